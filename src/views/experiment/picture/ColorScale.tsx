import { type ErrorScale, LOG_SPAN, shareOf } from '../../../charts/sweep-scale.ts';
import { formatError } from '../../../strings/errors-of-runs.ts';
import { sweepPictures as words } from '../../../strings/sweep-pictures.ts';
import type { Ramp } from '../../../theme/ramps.ts';

interface Props {
  readonly scale: ErrorScale | null;
  readonly ramp: Ramp;
  /** What the numbers are. */
  readonly name: string;
  /** Beside the picture, or under it. */
  readonly upright: boolean;
  /** CSS pixels, of an upright one. */
  readonly height: number;
  /** What predicting the mean alone comes to: marked where it lies on the scale. */
  readonly mean?: number | null;
}

/** Colors enough that the eye sees no steps. */
const STOPS = 16;

function gradient(ramp: Ramp, upright: boolean): string {
  const stops = Array.from({ length: STOPS + 1 }, (_, at) => ramp.css[Math.round((at / STOPS) * 255)]);
  return `linear-gradient(${upright ? 'to top' : 'to right'}, ${stops.toReversed().join(', ')})`;
}

/** The color scale with its numbers: the least error is at the bottom (or left) and has the strongest color. */
export function ColorScale({ scale, ramp, name, upright, height, mean = null }: Props) {
  const marked = scale !== null && mean !== null && mean >= scale.low && mean <= scale.high;
  const place = marked ? `${shareOf(scale, mean) * 100}%` : '0';
  const ends = scale === null ? '' : words.scaleEnds(scale.ticks[0]?.label ?? '', scale.ticks.at(-1)?.label ?? '');
  return (
    <figure
      className="sweep-scale numbers"
      data-upright={upright || undefined}
      style={upright ? { height } : undefined}
      aria-label={`${words.scale}: ${name}${ends}`}
    >
      <div className="sweep-scale-name">{name}</div>
      <div className="sweep-scale-worse">{words.worse}</div>
      <div className="sweep-scale-body">
        <div className="sweep-scale-bar" style={{ background: gradient(ramp, upright) }}>
          {marked && <span className="sweep-scale-mark" style={upright ? { bottom: place } : { left: place }} />}
        </div>
        <div className="sweep-scale-ticks">
          {scale?.ticks.map(({ share, label }) => (
            <span key={label} style={upright ? { bottom: `${share * 100}%` } : { left: `${share * 100}%` }}>
              {label}
            </span>
          ))}
        </div>
      </div>
      <div className="sweep-scale-better">{words.better}</div>
      {marked && (
        <div className="sweep-scale-mean">
          <span className="sweep-scale-key" aria-hidden="true" /> {words.meanMark(formatError(mean))}
        </div>
      )}
    </figure>
  );
}

/** The rule of the scale, in words. */
export function scaleRule(scale: ErrorScale | null): string {
  return words.scaleRule(scale?.axis === 'log' ? LOG_SPAN : null);
}

import type { Ramp } from '../../../theme/ramps.ts';

interface Props {
  readonly ramp: Ramp;
  /** From the first shade that is shown to the last. */
  readonly from: number;
  readonly low: string;
  readonly middle?: string;
  readonly high: string;
  readonly name: string;
}

const STOPS = 9;

/** What the colors say: a strip of the ramp, with the numbers of its ends. */
export function ColorScale({ ramp, from, low, middle, high, name }: Props) {
  const stops = Array.from({ length: STOPS }, (_, stop) => {
    const shade = Math.round(from + ((ramp.css.length - 1 - from) * stop) / (STOPS - 1));
    return ramp.css[shade] ?? '';
  });
  return (
    <div className="compare-scale small numbers" role="img" aria-label={name}>
      <div className="compare-scale-strip" style={{ background: `linear-gradient(to right, ${stops.join(', ')})` }} />
      <div className="compare-scale-ends" aria-hidden="true">
        <span>{low}</span>
        {middle !== undefined && <span>{middle}</span>}
        <span>{high}</span>
      </div>
    </div>
  );
}

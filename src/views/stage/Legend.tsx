import { strings } from '../../strings/index.ts';
import { formatExact } from '../../strings/numbers.ts';
import { NEUTRAL_SHADE, RAMPS, type Ramp, SHADES } from '../../theme/ramps.ts';
import { useApp } from '../context.ts';
import type { StageHandle } from './stage-handle.ts';
import { useTheme } from './useTheme.ts';

const words = strings.stage;

/** A ramp as a CSS gradient; `from` … `to` are shades. */
function gradient(ramp: Ramp, from: number, to: number): string {
  const stops = Array.from({ length: 9 }, (_, at) => ramp.css[Math.round(from + ((to - from) * at) / 8)] ?? '');
  return `linear-gradient(to right, ${stops.join(', ')})`;
}

/** What the cells mean, and which color is which rating. */
export function Legend({ handle }: { readonly handle: StageHandle }) {
  const theme = useTheme();
  const scale = useApp((state) => state.study.dataset.scale);
  const truthShown = useApp((state) => handle.sceneOf(state).truth !== null);
  const cells = useApp((state) => handle.sceneOf(state).cells);
  const noData = cells.userWithoutData.includes(1) || cells.itemWithoutData.includes(1);
  const ramps = RAMPS[theme];
  const signs = (ramp: Ramp) => ({ background: gradient(ramp, NEUTRAL_SHADE - 90, NEUTRAL_SHADE + 90) });
  const entries: readonly [string, string, { background: string } | undefined][] = [
    ['seen', words.legendSeen, { background: ramps.rating.css[Math.round(SHADES * 0.66)] ?? '' }],
    ['gap', truthShown ? words.legendTruth : words.legendGap, undefined],
    truthShown ? ['error', words.legendError, signs(ramps.error)] : ['filled', words.legendFilled, undefined],
    ['hidden', words.legendHidden, undefined],
    ['judged', words.legendJudged, undefined],
    ['factor', words.legendFactor, signs(ramps.factor)],
  ];
  return (
    <div className="stage-legend">
      <ul aria-label={words.legend}>
        {entries.map(([key, text, style]) => (
          <li key={key}>
            <span className={`stage-swatch stage-swatch-${key}`} style={style} aria-hidden="true" />
            {text}
          </li>
        ))}
        {noData && (
          <li>
            <span className="stage-swatch stage-swatch-nodata" aria-hidden="true">
              –
            </span>
            {words.legendNoData}
          </li>
        )}
      </ul>
      <p className="stage-scale numbers">
        {words.legendScale} {formatExact(scale.min)}
        <span
          className="stage-scale-bar"
          style={{ background: gradient(ramps.rating, 0, SHADES - 1) }}
          aria-hidden="true"
        />
        <span className="visually-hidden"> … </span>
        {formatExact(scale.max)}
      </p>
    </div>
  );
}

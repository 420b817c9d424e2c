import { type MatrixBox, OUTLINE_CELL, PIXEL_CELL, type StageLayout } from '../../charts/stage-layout.ts';
import { strings } from '../../strings/index.ts';
import { formatExact } from '../../strings/numbers.ts';
import { NEUTRAL_SHADE, RAMPS, type Ramp, SHADES } from '../../theme/ramps.ts';
import { useApp } from '../context.ts';
import { Term } from '../controls/Term.tsx';
import type { StageHandle } from './stage-handle.ts';
import { useTheme } from './useTheme.ts';

const words = strings.stage;

/** A ramp as a CSS gradient; `from` … `to` are shades. */
export function gradient(ramp: Ramp, from: number, to: number): string {
  const stops = Array.from({ length: 9 }, (_, at) => ramp.css[Math.round(from + ((to - from) * at) / 8)] ?? '');
  return `linear-gradient(to right, ${stops.join(', ')})`;
}

interface Props {
  readonly layout: StageLayout;
  readonly handle: StageHandle;
}

/** Swatches look as the cells do: large ones have outlines, middling ones a dot or a thin frame, tiny ones color alone. */
function sizeOfCells(box: MatrixBox): 'large' | 'middling' | 'tiny' {
  const smaller = Math.min(box.columnWidth, box.rowHeight);
  return smaller >= OUTLINE_CELL ? 'large' : smaller >= PIXEL_CELL ? 'middling' : 'tiny';
}

/** What the cells mean, and which color is which rating. */
export function Legend({ layout, handle }: Props) {
  const theme = useTheme();
  const scale = useApp((state) => state.study.dataset.scale);
  const truthShown = useApp((state) => handle.sceneOf(state).truth !== null);
  const cells = useApp((state) => handle.sceneOf(state).cells);
  const noData = cells.userWithoutData.includes(1) || cells.itemWithoutData.includes(1);
  const ramps = RAMPS[theme];
  const signs = (ramp: Ramp) => ({ background: gradient(ramp, NEUTRAL_SHADE - 90, NEUTRAL_SHADE + 90) });
  const inR = sizeOfCells(layout.R);
  const inPredictions = sizeOfCells(layout.predictions);
  const means = words.legendMeanings;
  /** Swatch, words, meaning, and the colors that only the theme knows. */
  const entries: (readonly [string, string, string, { background: string } | undefined])[] = [
    ['seen', words.legendSeen, means.seen, { background: ramps.rating.css[Math.round(SHADES * 0.66)] ?? '' }],
    truthShown
      ? [`gap-${inR}`, words.legendTruth, means.truth, undefined]
      : [`gap-${inR}`, words.legendGap, means.gap, undefined],
    [`hidden-${inR}`, words.legendHidden, means.hidden, undefined],
    ['factor', words.legendFactor, means.factor, signs(ramps.factor)],
  ];
  // Tiny cells of R̂ have no room for what they are: only their color is left.
  if (inPredictions !== 'tiny') {
    entries.splice(2, 0, [`filled-${inPredictions}`, words.legendFilled, means.filled, undefined]);
    entries.splice(4, 0, [`judged-${inPredictions}`, words.legendJudged, means.judged, undefined]);
  }
  if (truthShown) entries.push(['error', words.legendError, means.error, signs(ramps.error)]);
  return (
    <div className="stage-legend">
      <ul aria-label={words.legend}>
        {entries.map(([key, text, meaning, style]) => (
          <li key={key}>
            <span className={`stage-swatch stage-swatch-${key}`} style={style} aria-hidden="true" />
            <Term term={text} meaning={meaning} />
          </li>
        ))}
        {noData && (
          <li>
            <span className="stage-swatch stage-swatch-nodata" aria-hidden="true">
              –
            </span>
            <Term term={words.legendNoData} meaning={means.noData} />
          </li>
        )}
      </ul>
      <p className="stage-scale numbers">
        <Term term={words.legendScale} meaning={means.scale} /> {formatExact(scale.min)}
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

import { line } from 'd3';
import { EMPTY_HISTORY } from '../core/history.ts';
import { formatReadout } from '../strings/numbers.ts';
import { LINE_HEIGHT, type LossFrame, type LossLabel, lossFrame } from './loss-chart.ts';
import { type CurvePoint, decimate } from './loss-decimate.ts';
import { type LossAxisKind, lossDomain, roundUp } from './loss-domain.ts';
import { placeLabels } from './loss-labels.ts';
import { TIMES_START } from './loss-pinned.ts';
import { textWidth } from './text-width.ts';

/** A run's curves: RMSE seen and held out at positions along x, NaN where nothing was measured. */
export interface ComparedCurve {
  /** A, B, C … */
  readonly letter: string;
  /** Epochs, updates or milliseconds; ascending. */
  readonly positions: Float64Array;
  readonly seen: Float64Array;
  readonly heldOut: Float64Array;
}

export interface ComparedLine {
  readonly run: number;
  readonly kind: 'seen' | 'heldOut';
  /** An SVG path. */
  readonly path: string;
  readonly end: { readonly x: number; readonly y: number };
  readonly label: LossLabel;
  /** Runs differ in weight, and their held-out curves in dashes, too: color says only what was measured. */
  readonly width: number;
  readonly dashes: string | null;
}

/** Marks of curves laid over each other. */
export interface ComparedCurves {
  readonly frame: LossFrame;
  readonly lines: readonly ComparedLine[];
}

const GAP = 8;
const FONT = 12;
const WIDTHS = [2.6, 1.4, 2, 1.1, 2.3, 1.7];
const DASHES = ['7 4', '2 3', '11 3 2 3', '4 2', '14 4', '5 2 1 2 1 2'];

/** How run number `run` is drawn, in the chart and beside its name. */
export function lineStyle(
  run: number,
  kind: 'seen' | 'heldOut',
): { readonly width: number; readonly dashes: string | null } {
  return {
    width: WIDTHS[run % WIDTHS.length] ?? 2,
    dashes: kind === 'seen' ? null : (DASHES[run % DASHES.length] ?? '6 4'),
  };
}

/** What the frame has to hold of a curve. One that blew up would press all others flat: it is cut off at the frame's edge. */
function drawnValues(column: Float64Array): readonly number[] {
  const finite = [...column].filter(Number.isFinite);
  const most = TIMES_START * Math.abs(finite[0] ?? 0);
  return finite.filter((value) => value <= most);
}

/** The curves of several runs in one frame. Null where there is nothing to draw. `names`: what "seen" and "held out" are called. */
export function compareCurves(
  curves: readonly ComparedCurve[],
  axis: LossAxisKind,
  size: { readonly width: number; readonly height: number },
  names: { readonly seen: string; readonly heldOut: string },
): ComparedCurves | null {
  const values = curves.flatMap(({ seen, heldOut }) => [...drawnValues(seen), ...drawnValues(heldOut)]);
  const last = curves.reduce((most, { positions }) => Math.max(most, positions.at(-1) ?? 0), 0);
  if (values.length === 0 || !(last > 0)) return null;
  const domain = lossDomain(EMPTY_HISTORY, 'rmse', axis, 0, values);
  const frame = lossFrame({ ...domain, epochEnd: roundUp(last) }, size);
  const draw = line<CurvePoint>()
    .defined((point) => point !== null)
    .x((point) => (point ? point[0] : 0))
    .y((point) => (point ? frame.y(point[1]) : 0))
    .digits(1);
  const drawn = curves.flatMap(({ letter, positions, seen, heldOut }, run) =>
    (['seen', 'heldOut'] as const).flatMap((kind) => {
      const points = decimate(positions, kind === 'seen' ? seen : heldOut, frame.x);
      const end = points.at(-1);
      if (!end) return [];
      const words = `${letter} ${names[kind]}`;
      const text = frame.tight ? words : `${words} ${formatReadout(end[1])}`;
      const at = { x: end[0], y: frame.y(end[1]) };
      return [{ run, kind, path: draw(points) ?? '', end: at, text, ...lineStyle(run, kind) }];
    }),
  );
  // A label begins where its curve ends, but never runs over the edge.
  const wanted = drawn.map(({ end, text }) => {
    const width = textWidth(text, FONT, true);
    return { x: Math.max(frame.plot.left, Math.min(end.x + GAP, frame.width - width)), y: end.y, width };
  });
  const heights = placeLabels(wanted, LINE_HEIGHT, frame.plot.top, frame.plot.bottom);
  return {
    frame,
    lines: drawn.map(({ text, ...one }, at) => ({
      ...one,
      label: { x: wanted[at]?.x ?? 0, y: heights[at] ?? 0, text },
    })),
  };
}

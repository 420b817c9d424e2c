import { line } from 'd3';
import { GAP, type LossFrame } from './loss-chart.ts';
import { type CurvePoint, decimate } from './loss-decimate.ts';
import type { LossKind } from './loss-domain.ts';
import { textWidth } from './text-width.ts';

/** A run that stays in the chart while another one goes on. Columns of one length; NaN where nothing was measured. */
export interface PinnedCurve {
  readonly id: string;
  /** Its settings, in few words. */
  readonly label: string;
  /** What others are held against: drawn a bit stronger. */
  readonly baseline: boolean;
  readonly epoch: ArrayLike<number>;
  readonly rmseSeen: ArrayLike<number>;
  readonly rmseHeldOut: ArrayLike<number>;
  readonly objective: ArrayLike<number>;
}

/** A pinned run, drawn. */
export interface PinnedLine {
  readonly id: string;
  readonly baseline: boolean;
  /** SVG paths; empty where there is nothing to draw. */
  readonly seen: string;
  readonly heldOut: string;
  /** Left edge and middle of its label, before it is moved out of the way of others. */
  readonly at: { readonly x: number; readonly y: number };
  readonly text: string;
  /** CSS pixels. */
  readonly width: number;
}

const PINNED_FONT = 11;
/** How far the label of an early end stands above it. */
const RAISED = 9;
/** A run that blew up would press all others flat: of it, so many times its start is in the frame. */
export const TIMES_START = 2;

/** Nothing of MAE was kept. The objective has no held-out side. */
function columnsOf(curve: PinnedCurve, kind: LossKind): readonly ArrayLike<number>[] {
  if (kind === 'rmse') return [curve.rmseSeen, curve.rmseHeldOut];
  return kind === 'objective' ? [curve.objective] : [];
}

/** What the frame has to hold for pinned runs: their last epoch, and their least and greatest values. */
export function pinnedExtent(
  pinned: readonly PinnedCurve[],
  kind: LossKind,
): { readonly lastEpoch: number; readonly values: readonly number[] } {
  let lastEpoch = 0;
  const values: number[] = [];
  for (const curve of pinned) {
    for (const column of columnsOf(curve, kind)) {
      let least = Number.POSITIVE_INFINITY;
      let most = Number.NEGATIVE_INFINITY;
      let first: number | null = null;
      for (let at = 0; at < column.length; at += 1) {
        const value = column[at] ?? Number.NaN;
        if (!Number.isFinite(value)) continue;
        first ??= value;
        lastEpoch = Math.max(lastEpoch, curve.epoch[at] ?? 0);
        least = Math.min(least, value);
        if (value <= Math.abs(first) * TIMES_START) most = Math.max(most, value);
      }
      if (first !== null) values.push(least, Math.max(least, most));
    }
  }
  return { lastEpoch, values };
}

/** As much of a text as fits into so many pixels, with … where it was cut. */
function fitted(text: string, room: number): string {
  if (textWidth(text, PINNED_FONT) <= room) return text;
  const glyphs = [...text];
  while (glyphs.length > 0 && textWidth(`${glyphs.join('').trimEnd()}…`, PINNED_FONT) > room) glyphs.pop();
  return `${glyphs.join('').replace(/[\s,]+$/, '')}…`;
}

/** Pinned runs in the frame of the run that goes on; those without a curve of this kind are left out. */
export function pinnedLines(frame: LossFrame, pinned: readonly PinnedCurve[], kind: LossKind): readonly PinnedLine[] {
  const draw = line<CurvePoint>()
    .defined((point) => point !== null)
    .x((point) => (point ? point[0] : 0))
    .y((point) => (point ? frame.y(point[1]) : 0))
    .digits(1);
  const room = frame.width - frame.plot.right - GAP;
  return pinned.flatMap((curve) => {
    const [seen = [], heldOut = []] = columnsOf(curve, kind).map((column) => decimate(curve.epoch, column, frame.x));
    // The held-out curve is the one that runs are compared by.
    const end = heldOut.at(-1) ?? seen.at(-1);
    if (!end) return [];
    const text = fitted(curve.label, room);
    const width = textWidth(text, PINNED_FONT);
    return [
      {
        id: curve.id,
        baseline: curve.baseline,
        seen: draw(seen) ?? '',
        heldOut: draw(heldOut) ?? '',
        // A run that ended before the frame does has other curves to its right; its label stands over its end.
        at: {
          x: Math.min(end[0] + GAP, frame.width - width),
          y: frame.y(end[1]) - (end[0] < frame.plot.right - GAP ? RAISED : 0),
        },
        text,
        width,
      },
    ];
  });
}

import type { Scale } from '../core/dataset.ts';
import type { Painter } from './heatmap-draw.ts';
import { cellRect, type MatrixBox } from './stage-layout.ts';

/** Cells at least this large have room for an interval under their number (CSS px). */
const LEAST_WIDTH = 26;
const LEAST_HEIGHT = 20;
/** Smaller ones have no pixel to spare. */
const LARGE_CELL = 28;
/** From the cell's edges to the ends of the scale. */
const INSET = 5;
/** From the cell's foot up to the bar, clear of a dashed outline, and how far its ends reach; in small and in large cells. */
const SMALL = { foot: 4.5, end: 1.5 } as const;
const LARGE = { foot: 6.5, end: 2.5 } as const;

/** An interval in each cell, row by row; NaN = none there. */
export interface IntervalMarks {
  readonly rows: number;
  readonly columns: number;
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** What can be read on each cell's color. */
  readonly colors: readonly string[];
  /** What was found for another epoch is paler. */
  readonly stale: boolean;
}

/** How far a number makes room for the interval under it. */
export function liftOver(box: MatrixBox): number {
  return hasIntervals(box) ? 2 : 0;
}

/** Whether a matrix has room for them. */
export function hasIntervals({ columnWidth, rowHeight }: MatrixBox): boolean {
  return columnWidth >= LEAST_WIDTH && rowHeight >= LEAST_HEIGHT;
}

/** Where an interval stands in a cell whose inside is `room` wide: on the scale, cut at its ends; which ends are its own. */
export function intervalPlace(
  low: number,
  high: number,
  scale: Scale,
  room: number,
): { readonly from: number; readonly to: number; readonly ownLow: boolean; readonly ownHigh: boolean } {
  const span = scale.max - scale.min;
  const at = (value: number) => (span > 0 ? Math.max(0, Math.min(1, (value - scale.min) / span)) * room : room / 2);
  return { from: at(low), to: at(high), ownLow: low >= scale.min, ownHigh: high <= scale.max };
}

/**
 * A thin bar with ends at the foot of each cell, on the rating scale from the cell's left to its right:
 *
 *     │   2.87   │
 *     │ ·├──┤··· │      an end beyond the scale has no tick
 */
export function drawIntervals(painter: Painter, marks: IntervalMarks, box: MatrixBox, scale: Scale): void {
  if (!hasIntervals(box)) return;
  const { foot, end } = Math.min(box.columnWidth, box.rowHeight) >= LARGE_CELL ? LARGE : SMALL;
  for (let row = 0, place = 0; row < marks.rows; row += 1) {
    for (let column = 0; column < marks.columns; column += 1, place += 1) {
      const low = marks.low[place] ?? Number.NaN;
      const high = marks.high[place] ?? Number.NaN;
      if (!Number.isFinite(low) || !Number.isFinite(high)) continue;
      const { x, y, width, height } = cellRect(box, row, column);
      const room = width - 2 * INSET;
      const left = x + INSET;
      const middle = y + height - foot;
      const { from, to, ownLow, ownHigh } = intervalPlace(low, high, scale, room);
      painter.fillStyle = marks.colors[place] ?? '#000000';
      painter.globalAlpha = 0.18;
      painter.fillRect(left, middle - 0.5, room, 1);
      painter.globalAlpha = marks.stale ? 0.4 : 0.9;
      painter.fillRect(left + from - 0.5, middle - 0.75, Math.max(1, to - from + 1), 1.5);
      if (ownLow) painter.fillRect(left + from - 0.75, middle - end, 1.5, 2 * end);
      if (ownHigh) painter.fillRect(left + to - 0.75, middle - end, 1.5, 2 * end);
      painter.globalAlpha = 1;
    }
  }
}

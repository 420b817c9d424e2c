import { type Ramp, signedShade } from '../theme/ramps.ts';
import { SANS } from '../theme/tokens.ts';
import { cellText, type Painter } from './heatmap-draw.ts';
import { cellRect, type MatrixBox } from './stage-layout.ts';

/** Smaller cells have no room for a sign: color alone, and the list beside it. */
const SIGN_CELL = 9;
const BAR_CELL = 20;

/** A change smaller than this part of the greatest can hardly be told from none by its color. */
const FAINT = 1 / 20;

/** How many changes are drawn with next to no color, `bound` being the greatest. */
export function countFaint(changes: readonly number[], bound: number): number {
  return changes.filter((change) => Math.abs(change) < FAINT * bound).length;
}

/** What each rating does to one prediction, in its place of R, row by row; NaN = not known there. */
export interface InfluenceMarks {
  readonly rows: number;
  readonly columns: number;
  readonly change: Float64Array;
  readonly ratings: Float64Array;
  /** The change at the end of the ramp and of the bar. */
  readonly bound: number;
  readonly ramp: Ramp;
}

/**
 * R's ratings colored by influence, over the picture of R: the number stays the rating, the bar at the foot is the change
 * (right of the middle for +, left of it for −), and small cells carry a + or a −.
 */
export function drawInfluence(painter: Painter, marks: InfluenceMarks, box: MatrixBox): void {
  const smaller = Math.min(box.columnWidth, box.rowHeight);
  painter.textAlign = 'center';
  painter.textBaseline = 'middle';
  for (let row = 0, place = 0; row < marks.rows; row += 1) {
    for (let column = 0; column < marks.columns; column += 1, place += 1) {
      const change = marks.change[place] ?? Number.NaN;
      if (!Number.isFinite(change)) continue;
      const { x, y, width, height } = cellRect(box, row, column);
      const shade = signedShade(change, marks.bound);
      painter.fillStyle = marks.ramp.css[shade] ?? '#808080';
      painter.beginPath();
      painter.roundRect(x, y, width, height, box.radius);
      painter.fill();
      painter.fillStyle = marks.ramp.text[shade] ?? '#000000';
      const middleX = x + width / 2;
      const middleY = y + height / 2;
      if (smaller >= BAR_CELL) {
        const half = width / 2 - 4;
        const length = Math.max(-1, Math.min(1, change / marks.bound)) * half;
        const foot = y + height - 4.5;
        painter.globalAlpha = 0.3;
        painter.fillRect(middleX - half, foot + 0.75, 2 * half, 0.5);
        painter.globalAlpha = 1;
        painter.fillRect(Math.min(middleX, middleX + length), foot, Math.abs(length), 2);
        painter.fillRect(middleX - 0.5, foot - 1, 1, 4);
        const fitted =
          box.fontSize > 0
            ? cellText(marks.ratings[place] ?? 0, true, box.decimals, width - 4, box.fontSize, false)
            : null;
        if (!fitted) continue;
        painter.font = `${fitted.size}px ${SANS}`;
        painter.fillText(fitted.text, middleX, middleY - 1);
      } else if (smaller >= SIGN_CELL && change !== 0) {
        painter.fillRect(middleX - 2.5, middleY - 0.5, 5, 1);
        if (change > 0) painter.fillRect(middleX - 0.5, middleY - 2.5, 1, 5);
      }
    }
  }
}

import { SANS, type Tokens } from '../theme/tokens.ts';
import type { Painter } from './heatmap-draw.ts';
import { cellRect, type MatrixBox, type StageLayout, sizeOf } from './stage-layout.ts';
import { textWidth } from './text-width.ts';

interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What is to be pointed at, in rows and columns of the stage. */
export interface StageLinks {
  /** The prediction that everything else leads to; null = none on this stage. */
  readonly row: number;
  readonly column: number;
  /** The factor under the pointer. */
  readonly factor: number | null;
}

/** The rating that was just visited, and where each number of p_u and q_i was pushed: −1, 0, 1. */
export interface Visit {
  readonly row: number;
  readonly column: number;
  /** e = r − r̂, as text. */
  readonly error: string;
  readonly pushP: readonly number[];
  readonly pushQ: readonly number[];
}

/** A cell, or a run of cells, in the coordinates of the stage, as far as it is painted. */
export function placeOf(box: MatrixBox, row: number, column: number, rows = 1, columns = 1): Rect {
  const first = cellRect(box, row, column);
  return {
    x: box.x + first.x,
    y: box.y + first.y,
    width: (columns - 1) * box.columnWidth + first.width,
    height: (rows - 1) * box.rowHeight + first.height,
  };
}

/** How far a frame stands off the cells it holds. */
const STAND_OFF = 2.5;

/** A frame on a ring of paper, so that it can be seen on any color. */
function frame(painter: Painter, rect: Rect, color: string, tokens: Tokens, width: number, radius: number): void {
  for (const [stroke, line] of [
    [tokens.paper, width + 2],
    [color, width],
  ] as const) {
    painter.strokeStyle = stroke;
    painter.lineWidth = line;
    painter.beginPath();
    painter.roundRect(
      rect.x - STAND_OFF,
      rect.y - STAND_OFF,
      rect.width + 2 * STAND_OFF,
      rect.height + 2 * STAND_OFF,
      radius + STAND_OFF,
    );
    painter.stroke();
  }
}

/**
 * The linking: row u of P and column i of Qᵀ framed, thin lines from them to the joined cell of R̂, and the same cell of R.
 *
 *                         ┌─┐
 *                         │q│
 *                         └─┘
 *                          │
 *          ┌─────┐         │
 *     [r]  │  p  │ ───────[r̂]
 *          └─────┘
 *
 * Inside R̂ a line passes behind the cells: it shows between them.
 */
export function drawLinks(painter: Painter, layout: StageLayout, links: StageLinks, tokens: Tokens): void {
  const { P, Q, R, predictions, userBiases, itemBiases } = layout;
  const { row, column, factor } = links;
  const width = Math.min(predictions.columnWidth, predictions.rowHeight) >= 14 ? 2 : 1.5;

  const rowEnd = userBiases ?? P;
  const columnEnd = itemBiases ?? Q;
  const fromX = rowEnd.x + sizeOf(rowEnd).width + STAND_OFF + 3;
  const fromY = columnEnd.y + sizeOf(columnEnd).height + STAND_OFF + 3;
  const middleX = predictions.x + (column + 0.5) * predictions.columnWidth;
  const middleY = predictions.y + (row + 0.5) * predictions.rowHeight;

  painter.strokeStyle = tokens.focus;
  painter.lineWidth = width - 0.5;
  painter.beginPath();
  painter.moveTo(fromX, middleY);
  painter.lineTo(predictions.x - 3, middleY);
  painter.moveTo(middleX, fromY);
  painter.lineTo(middleX, predictions.y - 3);
  const half = predictions.gap / 2;
  if (half >= 1) {
    for (let c = 1; c <= column; c += 1) {
      const x = predictions.x + c * predictions.columnWidth;
      painter.moveTo(x - half, middleY);
      painter.lineTo(x + half, middleY);
    }
    for (let r = 1; r <= row; r += 1) {
      const y = predictions.y + r * predictions.rowHeight;
      painter.moveTo(middleX, y - half);
      painter.lineTo(middleX, y + half);
    }
  }
  painter.stroke();

  if (factor !== null && factor < P.columns) {
    frame(painter, placeOf(P, row, factor), tokens.focus, tokens, width, P.radius);
    frame(painter, placeOf(Q, factor, column), tokens.focus, tokens, width, Q.radius);
  }
  frame(painter, placeOf(P, row, 0, 1, P.columns), tokens.focus, tokens, width, P.radius);
  frame(painter, placeOf(Q, 0, column, Q.rows, 1), tokens.focus, tokens, width, Q.radius);
  if (userBiases) frame(painter, placeOf(userBiases, row, 0), tokens.focus, tokens, width, P.radius);
  if (itemBiases) frame(painter, placeOf(itemBiases, 0, column), tokens.focus, tokens, width, Q.radius);
  if (layout.mean) frame(painter, placeOf(layout.mean, 0, 0), tokens.focus, tokens, width, P.radius);
  frame(painter, placeOf(predictions, row, column), tokens.focus, tokens, width + 0.5, predictions.radius);
  frame(painter, placeOf(R, row, column), tokens.focus, tokens, width + 0.5, R.radius);
}

/** A small triangle in a cell's corner: up for pushed up, down for pushed down. */
function triangle(painter: Painter, rect: Rect, push: number, tokens: Tokens): void {
  if (push === 0) return;
  // In small cells it stands on the very corner, clear of the number.
  const large = rect.width >= 36;
  const size = large ? 8 : 6;
  const right = rect.x + rect.width + (large ? -2 : 1.5);
  const top = rect.y + (large ? 2 : -1.5);
  painter.beginPath();
  if (push > 0) {
    painter.moveTo(right - size / 2, top);
    painter.lineTo(right, top + size * 0.85);
    painter.lineTo(right - size, top + size * 0.85);
  } else {
    painter.moveTo(right - size / 2, top + size * 0.85);
    painter.lineTo(right, top);
    painter.lineTo(right - size, top);
  }
  painter.closePath();
  painter.strokeStyle = tokens.paper;
  painter.lineWidth = large ? 2.5 : 1.5;
  painter.lineJoin = 'round';
  painter.stroke();
  painter.fillStyle = tokens.ink;
  painter.fill();
}

/** Slow training: the visited rating outlined in R with its error, and which way each number of p_u and q_i was pushed. */
export function drawVisit(painter: Painter, layout: StageLayout, visit: Visit, tokens: Tokens): void {
  const { P, Q, R } = layout;
  const cell = placeOf(R, visit.row, visit.column);
  frame(painter, cell, tokens.ink, tokens, 2.5, R.radius);

  const size = 11;
  const width = Math.ceil(textWidth(visit.error, size, true)) + 10;
  const height = 17;
  const x = Math.max(1, Math.min(cell.x + cell.width / 2 - width / 2, layout.width - width - 1));
  // Over the row above, or under the first row: names stay readable.
  const y = visit.row > 0 ? cell.y - height - STAND_OFF - 1 : cell.y + cell.height + STAND_OFF + 1;
  painter.beginPath();
  painter.roundRect(x, y, width, height, 4);
  painter.strokeStyle = tokens.paper;
  painter.lineWidth = 3;
  painter.stroke();
  painter.fillStyle = tokens.ink;
  painter.fill();
  painter.fillStyle = tokens.paper;
  painter.font = `700 ${size}px ${SANS}`;
  painter.textAlign = 'center';
  painter.textBaseline = 'middle';
  painter.fillText(visit.error, x + width / 2, y + height / 2 + 0.5);

  if (Math.min(P.columnWidth, P.rowHeight) >= 16) {
    visit.pushP.forEach((push, factor) => {
      if (factor < P.columns) triangle(painter, placeOf(P, visit.row, factor), push, tokens);
    });
  }
  if (Math.min(Q.columnWidth, Q.rowHeight) >= 16) {
    visit.pushQ.forEach((push, factor) => {
      if (factor < Q.rows) triangle(painter, placeOf(Q, factor, visit.column), push, tokens);
    });
  }
}

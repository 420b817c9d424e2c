import { SANS, type Tokens } from '../theme/tokens.ts';
import type { Painter } from './heatmap-draw.ts';
import { cellRect, type MatrixBox, type StageLayout, sizeOf, TITLE_R } from './stage-layout.ts';
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

/** Under ALS: the user or item whose numbers were all solved together, by its place on the stage. */
export interface SolvedPlace {
  readonly side: 'users' | 'items';
  readonly at: number;
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
 *          ┌─────┐    ┌ ─ ─ ─ ─
 *     [r]  │  p  │ ── │   [r̂]
 *          └─────┘    └ ─ ─ ─ ─
 *
 * A line ends at R̂'s edge: what shows of it between two numbers reads as a minus.
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

/** Slow training under ALS: the row (or column) whose numbers were solved, its ratings in R, and what is predicted for it. */
export function drawSolved(painter: Painter, layout: StageLayout, { side, at }: SolvedPlace, tokens: Tokens): void {
  const { P, Q, R, predictions, userBiases, itemBiases } = layout;
  const users = side === 'users';
  const whole = (box: MatrixBox): void => {
    const rect = users ? placeOf(box, at, 0, 1, box.columns) : placeOf(box, 0, at, box.rows, 1);
    frame(painter, rect, tokens.ink, tokens, 2.5, box.radius);
  };
  whole(R);
  whole(predictions);
  whole(users ? P : Q);
  const biases = users ? userBiases : itemBiases;
  if (biases) whole(biases);
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

const ERROR_SIZE = 11;
const ERROR_HEIGHT = 17;
/** Between the error and what it stands beside. */
const ERROR_GAP = 7;

/**
 * Where the error of the visited rating stands without covering a number or a name: beside its row where R ends, else at the
 * end of R's title. Null where neither has room: the corner says it too.
 */
export function errorPlace(layout: StageLayout, row: number, text: string): Rect | null {
  const { R, P, titleR } = layout;
  const width = Math.ceil(textWidth(text, ERROR_SIZE, true)) + 10;
  const height = ERROR_HEIGHT;
  const end = R.x + sizeOf(R).width;
  const beside = (layout.shape === 'wide' ? P.x - ERROR_GAP : layout.width) - end - ERROR_GAP;
  if (beside >= width) {
    return { x: end + ERROR_GAP, y: R.y + (row + 0.5) * R.rowHeight - height / 2, width, height };
  }
  const titleEnd = Math.min(titleR.x + titleR.width, Math.max(end, titleR.x + TITLE_R + width));
  if (titleEnd - TITLE_R - width < titleR.x) return null;
  return { x: titleEnd - width, y: titleR.y + (titleR.height - height) / 2, width, height };
}

/**
 * Slow training: the visited rating outlined in R and R̂, with its error, and which way each number of p_u and q_i was
 * pushed.
 */
export function drawVisit(painter: Painter, layout: StageLayout, visit: Visit, tokens: Tokens): void {
  const { P, Q, R, predictions } = layout;
  frame(painter, placeOf(R, visit.row, visit.column), tokens.ink, tokens, 2.5, R.radius);
  frame(painter, placeOf(predictions, visit.row, visit.column), tokens.ink, tokens, 2.5, predictions.radius);

  const place = errorPlace(layout, visit.row, visit.error);
  if (place) {
    const { x, y, width, height } = place;
    painter.beginPath();
    painter.roundRect(x, y, width, height, 4);
    painter.fillStyle = tokens.ink;
    painter.fill();
    painter.fillStyle = tokens.paper;
    painter.font = `700 ${ERROR_SIZE}px ${SANS}`;
    painter.textAlign = 'center';
    painter.textBaseline = 'middle';
    painter.fillText(visit.error, x + width / 2, y + height / 2 + 0.5);
  }

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

import { formatError } from '../strings/errors-of-runs.ts';
import { formatPrediction } from '../strings/numbers.ts';
import type { Ramp } from '../theme/ramps.ts';
import { SANS, type Tokens } from '../theme/tokens.ts';
import type { Painter } from './heatmap-draw.ts';
import { cellRect, type MatrixBox } from './stage-layout.ts';
import { type ErrorScale, errorShade } from './sweep-scale.ts';
import { textWidth } from './text-width.ts';

/*
 * A map over two settings. Cell = second · columns + first: the first setting to the right, the second one up.
 *
 *      1.0 │ ▒ ▒ ▓ █ █ ╱        ring: best          ╱ diverged
 *    β     │ ░ ▒ ▓ ◯ █ ╱        dot: where Play     blank: not run yet
 *     0.01 │ ░ ░ ▒ ▓ • ╱        stands
 *          └───────────
 *           0.001   α  0.1
 */

/** What a cell looks like. */
export const HEAT = { unknown: 0, plain: 1, partly: 2, diverged: 3 } as const;

/** What is known of a cell. */
export interface HeatCell {
  /** Its error; null for none. */
  readonly value: number | null;
  readonly diverged: boolean;
  /** Not all of its runs are there, or it is that of its neighbor: drawn paler. */
  readonly partly: boolean;
  /** Runs of it were to train until settled and did not settle: marked in the corner. */
  readonly unsettled?: boolean;
}

/** By cell. */
export interface HeatMarks {
  readonly columns: number;
  readonly rows: number;
  readonly shades: Uint8Array;
  readonly looks: Uint8Array;
  /** 1: with the corner of what did not settle. */
  readonly unsettled: Uint8Array;
  /** NaN for those without one. */
  readonly values: Float64Array;
  readonly best: number | null;
  /** Where Play stands, in places along the two settings: 2.5 is halfway between the third and the fourth. */
  readonly here: { readonly first: number; readonly second: number } | null;
}

export function heatMarks(
  cells: readonly HeatCell[],
  columns: number,
  scale: ErrorScale | null,
  { best, here }: Pick<HeatMarks, 'best' | 'here'>,
): HeatMarks {
  const shades = new Uint8Array(cells.length);
  const looks = new Uint8Array(cells.length);
  const unsettled = Uint8Array.from(cells, (of) => (of.unsettled && !of.diverged && of.value !== null ? 1 : 0));
  const values = new Float64Array(cells.length).fill(Number.NaN);
  cells.forEach(({ value, diverged, partly }, cell) => {
    if (diverged) looks[cell] = HEAT.diverged;
    else if (value !== null && scale !== null) {
      looks[cell] = partly ? HEAT.partly : HEAT.plain;
      shades[cell] = errorShade(scale, value);
      values[cell] = value;
    }
  });
  const rows = Math.ceil(cells.length / Math.max(1, columns));
  return { columns, rows, shades, looks, unsettled, values, best, here };
}

/** What is written into cells that have room for it: made only then, as ten thousand have none. */
export function heatTexts({ values }: HeatMarks, format: (value: number) => string = formatError): readonly string[] {
  return Array.from(values, (value) => (Number.isNaN(value) ? '' : format(value)));
}

export interface HeatTick {
  /** Middle of its cells. */
  readonly at: number;
  readonly label: string;
}

/** Where everything stands; CSS pixels, (0, 0) is the picture's corner. */
export interface HeatFrame {
  readonly box: MatrixBox;
  readonly width: number;
  readonly height: number;
  readonly xTicks: readonly HeatTick[];
  readonly yTicks: readonly HeatTick[];
  /** Middle of the cells, sideways and up and down: where the axes' names stand. */
  readonly middle: { readonly x: number; readonly y: number };
}

const FONT = 12;
/** Over the cells: half a label, and an edge's line. */
const ABOVE = 8;
/** The name of the second axis, upright at the left. */
const NAME = 20;
/** The numbers and the name of the first axis. */
const BELOW = 44;
const WIDEST = 76;
const HIGHEST = 46;
/** A cell with a number in it. */
const NUMBER_WIDTH = 40;
const NUMBER_HEIGHT = 20;

/** Labels for cells of that pitch: the first, and as many as do not touch, evenly; the last too where that divides. */
function labeled(labels: readonly string[], needed: number, pitch: number): readonly number[] {
  const last = labels.length - 1;
  let stride = Math.max(1, Math.ceil(needed / pitch));
  // A stride that ends on the last label, unless it would leave many out.
  for (let wider = stride; wider <= stride * 1.6 + 1; wider += 1) {
    if (last > 0 && last % wider === 0) {
      stride = wider;
      break;
    }
  }
  return labels.map((_, at) => at).filter((at) => at % stride === 0);
}

/** `columns`: labels of the first setting from left to right; `rows`: of the second one from the bottom up. */
export function heatFrame(
  room: { readonly width: number; readonly height: number },
  columns: readonly string[],
  rows: readonly string[],
): HeatFrame {
  const width = Math.max(160, room.width);
  const side = Math.max(...rows.map((label) => textWidth(label, FONT)), 0);
  const left = Math.ceil(NAME + Math.min(side, width / 3) + 14);
  const wide = (width - left - 12) / Math.max(1, columns.length);
  const columnWidth = Math.max(2, wide >= 12 ? Math.min(WIDEST, Math.floor(wide)) : wide);
  const high = Math.max(120, room.height - ABOVE - BELOW) / Math.max(1, rows.length);
  const rowHeight = Math.max(4, Math.min(HIGHEST, Math.floor(high), Math.max(Math.floor(columnWidth), 18)));
  const gap = columnWidth >= 18 && rowHeight >= 18 ? 2 : 1;
  const numbers = columnWidth >= NUMBER_WIDTH && rowHeight >= NUMBER_HEIGHT;
  const box: MatrixBox = {
    x: left,
    y: ABOVE,
    rows: rows.length,
    columns: columns.length,
    columnWidth,
    rowHeight,
    gap,
    radius: Math.min(columnWidth, rowHeight) >= 16 ? 4 : 1,
    fontSize: numbers ? FONT : 0,
    decimals: 2,
  };
  const across = columns.length * columnWidth;
  const down = rows.length * rowHeight;
  const widest = Math.max(...columns.map((label) => textWidth(label, FONT)), 1);
  return {
    box,
    width,
    height: ABOVE + down + BELOW,
    xTicks: labeled(columns, widest + 10, columnWidth).map((at) => ({
      at: left + (at + 0.5) * columnWidth,
      label: columns[at] ?? '',
    })),
    yTicks: labeled(rows, FONT + 6, rowHeight).map((at) => ({
      at: ABOVE + down - (at + 0.5) * rowHeight,
      label: rows[at] ?? '',
    })),
    middle: { x: left + across / 2, y: ABOVE + down / 2 },
  };
}

/** Row from the top and column of a cell. */
export function rowAndColumn(
  cell: number,
  columns: number,
  rows: number,
): { readonly row: number; readonly column: number } {
  const column = cell % columns;
  return { row: rows - 1 - (cell - column) / columns, column };
}

/** The cell that stands in a row (from the top) and column. */
export function cellAt(row: number, column: number, columns: number, rows: number): number {
  return (rows - 1 - row) * columns + column;
}

/** Diagonals of a rectangle, `pitch` apart, as pairs of points inside it. */
export function hatchLines(
  x: number,
  y: number,
  width: number,
  height: number,
  pitch: number,
): readonly (readonly [number, number, number, number])[] {
  const lines: (readonly [number, number, number, number])[] = [];
  // Lines x + y = c in the rectangle's own coordinates.
  for (let c = pitch; c < width + height; c += pitch) {
    const fromX = Math.max(0, c - height);
    const toX = Math.min(c, width);
    lines.push([x + fromX, y + c - fromX, x + toX, y + c - toX]);
  }
  return lines;
}

/** How far paler than itself a cell is drawn that is not whole. */
const PALER = 0.45;

/** Paints the cells with the first one's corner at (0, 0), then the ring of the best and the dot of Play over them. */
export function drawHeat(painter: Painter, marks: HeatMarks, box: MatrixBox, ramp: Ramp, tokens: Tokens): void {
  const { columns, rows, looks, shades } = marks;
  const rectOf = (cell: number) => {
    const { row, column } = rowAndColumn(cell, columns, rows);
    return cellRect(box, row, column);
  };
  const fill = (cell: number) => {
    const { x, y, width, height } = rectOf(cell);
    // Of ten thousand small cells nobody sees the corners, and a path for each takes ten times as long.
    if (box.radius <= 1) {
      painter.fillRect(x, y, width, height);
      return;
    }
    painter.beginPath();
    painter.roundRect(x, y, width, height, box.radius);
    painter.fill();
  };
  painter.setLineDash([]);
  const hatched: number[] = [];
  let color: string | null = null;
  for (let cell = 0; cell < looks.length; cell += 1) {
    const look = looks[cell];
    if (look === HEAT.diverged) hatched.push(cell);
    const known = look === HEAT.plain || look === HEAT.partly;
    painter.globalAlpha = look === HEAT.partly ? PALER : 1;
    const next = known ? (ramp.css[shades[cell] ?? 0] ?? tokens.soft) : tokens.soft;
    if (next !== color) painter.fillStyle = next;
    color = next;
    fill(cell);
  }
  painter.globalAlpha = 1;
  drawHatching(painter, hatched.map(rectOf), Math.max(4, Math.min(7, box.rowHeight / 3)), tokens);
  drawCorners(painter, marks, rectOf, box, ramp, tokens);
  if (box.fontSize > 0) drawNumbers(painter, marks, box, ramp, tokens);
  if (marks.best !== null) drawRing(painter, rectOf(marks.best), box, tokens);
  if (marks.here !== null) {
    const { first, second } = marks.here;
    const radius = Math.max(3, Math.min(6, box.columnWidth / 4, box.rowHeight / 4));
    painter.beginPath();
    painter.arc((first + 0.5) * box.columnWidth, (rows - 0.5 - second) * box.rowHeight, radius, 0, 2 * Math.PI);
    painter.fillStyle = tokens.ink;
    painter.strokeStyle = tokens.paper;
    painter.lineWidth = 3;
    painter.stroke();
    painter.fill();
  }
}

type Rect = ReturnType<typeof cellRect>;

function drawHatching(painter: Painter, rects: readonly Rect[], pitch: number, tokens: Tokens): void {
  painter.strokeStyle = tokens.edge;
  painter.lineWidth = 1.2;
  painter.lineCap = 'butt';
  painter.beginPath();
  for (const { x, y, width, height } of rects) {
    for (const [x1, y1, x2, y2] of hatchLines(x, y, width, height, pitch)) {
      painter.moveTo(x1, y1);
      painter.lineTo(x2, y2);
    }
  }
  painter.stroke();
}

/** A triangle in the upper right corner, in the color that can be read on the cell. */
function drawCorners(
  painter: Painter,
  { unsettled, looks, shades }: HeatMarks,
  rectOf: (cell: number) => Rect,
  box: MatrixBox,
  ramp: Ramp,
  tokens: Tokens,
): void {
  const side = Math.max(3, Math.min(9, box.columnWidth / 3, box.rowHeight / 3));
  unsettled.forEach((marked, cell) => {
    if (marked === 0) return;
    const { x, y, width } = rectOf(cell);
    const inset = Math.min(2, side / 3);
    painter.fillStyle = looks[cell] === HEAT.partly ? tokens.ink : (ramp.text[shades[cell] ?? 0] ?? tokens.ink);
    painter.beginPath();
    painter.moveTo(x + width - inset - side, y + inset);
    painter.lineTo(x + width - inset, y + inset);
    painter.lineTo(x + width - inset, y + inset + side);
    painter.fill();
  });
}

/** From here on a number and Play's dot stand below each other in one cell; in lower ones the dot takes the number's place. */
const DOT_AND_NUMBER = 36;

/** How far the number of a cell gives way to Play's dot; null where there is no room for both. */
function givesWay({ here, columns }: HeatMarks, { rowHeight }: MatrixBox, cell: number): number | null {
  if (here === null || Math.round(here.second) * columns + Math.round(here.first) !== cell) return 0;
  if (rowHeight < DOT_AND_NUMBER) return null;
  // Up where the dot is in the lower half of the cell.
  return here.second < Math.round(here.second) ? -rowHeight / 4 : rowHeight / 4;
}

function drawNumbers(painter: Painter, marks: HeatMarks, box: MatrixBox, ramp: Ramp, tokens: Tokens): void {
  const { columns, rows, looks, shades } = marks;
  const fits = (text: string) => textWidth(text, box.fontSize) <= box.columnWidth - 4;
  const long = heatTexts(marks);
  // With two decimals where not all of them fit.
  const texts = long.every(fits) ? long : heatTexts(marks, formatPrediction);
  painter.font = `${box.fontSize}px ${SANS}`;
  painter.textAlign = 'center';
  painter.textBaseline = 'middle';
  texts.forEach((text, cell) => {
    const aside = givesWay(marks, box, cell);
    if (text === '' || aside === null || !fits(text)) return;
    const { row, column } = rowAndColumn(cell, columns, rows);
    // On a paler cell only the ink can be read.
    painter.fillStyle = looks[cell] === HEAT.partly ? tokens.ink : (ramp.text[shades[cell] ?? 0] ?? tokens.ink);
    painter.fillText(text, (column + 0.5) * box.columnWidth, (row + 0.5) * box.rowHeight + 0.5 + aside);
  });
}

/** A ring of ink on a ring of paper: seen on every shade. */
function drawRing(painter: Painter, { x, y, width, height }: Rect, box: MatrixBox, tokens: Tokens): void {
  for (const [line, color] of [
    [5, tokens.paper],
    [2, tokens.ink],
  ] as const) {
    painter.beginPath();
    painter.roundRect(x - 1, y - 1, width + 2, height + 2, box.radius + 1);
    painter.lineWidth = line;
    painter.strokeStyle = color;
    painter.stroke();
  }
}

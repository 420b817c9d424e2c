import { textWidth } from './text-width.ts';

/** CSS pixels. */
type Px = number;

/** What the stage has to find room for. */
export interface StageInput {
  /** The most it may be wide. */
  readonly width: Px;
  /** The height that would spare the page from scrolling; null = no wish. */
  readonly height: Px | null;
  /** m, n and k of what is shown. */
  readonly users: number;
  readonly items: number;
  readonly k: number;
  readonly biases: boolean;
  readonly mean: boolean;
  /** Width of the longest user's label, and of every item's, at LABEL_SIZE. */
  readonly userLabel: Px;
  readonly itemLabels: readonly Px[];
}

/** One matrix: `columns` × `rows` cells whose pitch includes the gap to the next cell; (x, y) is where the first pitch begins. */
export interface MatrixBox {
  readonly x: Px;
  readonly y: Px;
  readonly rows: number;
  readonly columns: number;
  readonly columnWidth: Px;
  readonly rowHeight: Px;
  /** Between two cells. */
  readonly gap: Px;
  readonly radius: Px;
  /** Of the numbers in cells; 0 = color alone. */
  readonly fontSize: Px;
  /** What fits behind the point; a cell with a longer number takes fewer. */
  readonly decimals: number;
}

/** Labels along one side of a matrix. */
export interface Labels {
  readonly visible: boolean;
  /** The length they have (rows: width, columns: height). */
  readonly extent: Px;
  /** Degrees: columns narrower than their labels lean them; where leaning ones would overlap they stand upright. */
  readonly turn: 0 | 45 | 90;
  readonly fontSize: Px;
}

interface Place {
  readonly x: Px;
  readonly y: Px;
  readonly width: Px;
  readonly height: Px;
}

/**
 * Where everything on the stage stands. Wide, in one row (b_u, b_i and μ where the model has them):
 *
 *     corner: r̂ = p · q …                   Qᵀ
 *                                 μ         b_i
 *     users  R          P        b_u        R̂
 *
 * Narrow: R on its own, then the corner, then Qᵀ above R̂ with P and the users beside it.
 */
export interface StageLayout {
  readonly shape: 'wide' | 'narrow';
  readonly width: Px;
  readonly height: Px;
  /** Wider than what was there: the stage scrolls inside itself. */
  readonly scrolls: boolean;
  readonly R: MatrixBox;
  readonly P: MatrixBox;
  readonly Q: MatrixBox;
  readonly predictions: MatrixBox;
  readonly userBiases: MatrixBox | null;
  readonly itemBiases: MatrixBox | null;
  readonly mean: MatrixBox | null;
  readonly corner: Place;
  readonly titleR: Place;
  readonly titleP: Place;
  readonly titleQ: Place;
  readonly titlePredictions: Place & { readonly beside: boolean };
  /** Beside R: the headers of its rows, and above it those of its columns. */
  readonly rowLabelsR: Labels;
  readonly columnLabelsR: Labels;
  /** Beside P, in the narrow shape only (in the wide one R's labels serve all). */
  readonly rowLabelsP: Labels;
  /** Above Qᵀ. */
  readonly columnLabelsQ: Labels;
  /** 1 … k, left of Qᵀ and under P. */
  readonly factorLabels: boolean;
  readonly factorLabelsUnderP: boolean;
}

/** Font size of labels. */
export const LABEL_SIZE = 12;
/** Below this width the matrices no longer fit beside one another. */
export const NARROW = 620;
/** Cells this large show their number. */
export const NUMBER_CELL = 22;
/** Columns at least this far apart are labeled, and every row; closer rows every second. */
export const LABEL_PITCH = 11;
const THINNED_SIZE = 10;
/** Cells below this are painted as pixels; rows that get smaller for the chart's sake stay at least as high. */
export const PIXEL_CELL = 8;
/** Cells from this size up have outlines; smaller ones carry a dot or a thin frame. */
export const OUTLINE_CELL = 16;
/** Nothing gets smaller than this: the stage scrolls first. */
export const SMALLEST_CELL = 3.5;

const LARGEST_COLUMN = 48;
const LARGEST_ROW = 44;
/** Where there is more height than this, cells may be larger: it is a projector, which is read from afar. */
const PROJECTOR_HEIGHT = 520;
const PROJECTOR_GROWTH = 0.3;
const LARGEST_PROJECTED = 80;
/** R and R̂ keep columns of this width for as long as factor columns can give way. */
const COMFORTABLE_COLUMN = 28;
const SMALLEST_FACTOR = 6;
const TITLE = 22;
/** The width of “P users × factors”. */
const TITLE_P = 126;
/** The width of “R ratings — click a cell to edit”, and what keeps others off it. */
export const TITLE_R = 184;
const BESIDE = 76;
const ROW_LABEL_LIMIT = 92;
const COLUMN_LABEL_LIMIT = 76;
/** Room for the thin line from P's row, and for the numbers of factors beside Qᵀ. */
const GAP_P = 44;
const GAP_P_NARROW = 30;
/** Room for the thin line from Qᵀ's column, and for P's title. */
const GAP_Q = 26;
const GAP_R = 24;
const GAP_R_LARGEST = 72;
/** Where the last of R's labels leans over it: past P's title. */
const GAP_R_LEANING = 40;
/** Between a matrix and its biases. */
const GAP_BIAS = 8;
const HEADER_STUB = 12;
/** Under the matrices: the factors' numbers, R̂'s title, the buttons that add a user or an item to R. */
const BELOW = 27;
/** About what stands above and below the rows of Qᵀ and R̂: titles, labels, gaps. */
const ABOUT_ROWS = 150;
const LEAN = Math.SQRT1_2;
/** Leaning lines of text lie pitch · √½ apart: from this pitch on they do not touch. */
const LEAST_LEANING = Math.ceil((LABEL_SIZE + 1) / LEAN);

/** How many factors of a dot product are written out. */
export const TERMS_SHOWN = 6;
const TERM_SIZE = 14;
const HEAD_SIZE = 15;
const TERM_LINE = 20;
const CORNER_HEAD = 25;
const CORNER_RESULT = 40;
/** r̂ and, beside it, what a step made of its error: in one line, which nothing cuts. */
const RESULT_WIDTH = textWidth('-8.88', 25) + 12 + textWidth('rated 5, error -8.888, now -8.888', 13);

function clamp(x: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, x));
}

/** Whole pixels while that wastes little, quarters below. */
function crisp(pitch: Px): Px {
  return pitch >= PIXEL_CELL ? Math.floor(pitch) : Math.floor(pitch * 4) / 4;
}

/** 3 px between large cells, 1 px between middling ones, none between tiny ones. */
function gapFor(columnWidth: Px, rowHeight: Px): Px {
  const smaller = Math.min(columnWidth, rowHeight);
  return smaller >= 28 ? 3 : smaller >= NUMBER_CELL ? 2 : smaller >= PIXEL_CELL ? 1 : 0;
}

/**
 * Font size and decimals of numbers in a cell: as many decimals (≤ wanted) as fit at 10 px or more with a sign, one at 9 px
 * before none (0 and 1 say nothing about a factor), then longer numbers get smaller type when they are painted.
 */
export function fitNumbers(columnWidth: Px, rowHeight: Px, wanted: number): { fontSize: Px; decimals: number } {
  if (columnWidth < NUMBER_CELL || rowHeight < NUMBER_CELL) return { fontSize: 0, decimals: wanted };
  const room = columnWidth - gapFor(columnWidth, rowHeight) - 3;
  const most = Math.max(wanted > 1 ? 13 : 15, Math.floor(rowHeight * 0.34));
  const largest = clamp(Math.floor(rowHeight * 0.42), 10, most);
  for (let decimals = wanted; decimals >= 1; decimals -= 1) {
    const sample = `-8.${'8'.repeat(decimals)}`;
    const smallest = decimals > 1 ? 10 : 9;
    for (let fontSize = largest; fontSize >= smallest; fontSize -= 0.5) {
      if (textWidth(sample, fontSize) <= room) return { fontSize, decimals };
    }
  }
  return { fontSize: 9, decimals: 1 };
}

function matrix(
  x: Px,
  y: Px,
  rows: number,
  columns: number,
  columnWidth: Px,
  rowHeight: Px,
  wanted: number,
): MatrixBox {
  const gap = gapFor(columnWidth, rowHeight);
  const smaller = Math.min(columnWidth, rowHeight);
  const radius = smaller >= 36 ? 5 : smaller >= 28 ? 4 : smaller >= NUMBER_CELL ? 3 : smaller >= 12 ? 2 : 0;
  return { x, y, rows, columns, columnWidth, rowHeight, gap, radius, ...fitNumbers(columnWidth, rowHeight, wanted) };
}

/** How wide and high a matrix is. */
export function sizeOf(box: MatrixBox): { readonly width: Px; readonly height: Px } {
  return { width: box.columns * box.columnWidth, height: box.rows * box.rowHeight };
}

/** The cell under a point of the stage, or null. The gaps belong to the cells beside them. */
export function hitTest(box: MatrixBox, x: Px, y: Px): { readonly row: number; readonly column: number } | null {
  const column = Math.floor((x - box.x) / box.columnWidth);
  const row = Math.floor((y - box.y) / box.rowHeight);
  return row >= 0 && row < box.rows && column >= 0 && column < box.columns ? { row, column } : null;
}

/** The painted part of a cell, in the coordinates of the box's own (0, 0). */
export function cellRect(box: MatrixBox, row: number, column: number): Place {
  return {
    // A whole pixel before the cell and the rest after it: edges stay sharp.
    x: column * box.columnWidth + Math.floor(box.gap / 2),
    y: row * box.rowHeight + Math.floor(box.gap / 2),
    width: box.columnWidth - box.gap,
    height: box.rowHeight - box.gap,
  };
}

/** The widest a column may get: on a projector about as wide as its rows can be high. */
function widestColumn({ height, users, k }: StageInput): Px {
  if (height === null || height <= PROJECTOR_HEIGHT) return LARGEST_COLUMN;
  const grown = Math.min(LARGEST_PROJECTED, LARGEST_COLUMN + (height - PROJECTOR_HEIGHT) * PROJECTOR_GROWTH);
  const row = (height - ABOUT_ROWS) / (users + k);
  return Math.floor(clamp(1.2 * row, LARGEST_COLUMN, grown));
}

/**
 * Column widths of R and R̂ (`column`) and of P (`factor`) from the room that `columns` of the first and `factors` of the
 * second share. Equal, but where factors outnumber them and columns would get uncomfortable, factor columns give way first:
 * R can still be edited at k = 64.
 */
function shareColumns(
  room: Px,
  columns: number,
  factors: number,
  widest: Px = LARGEST_COLUMN,
): { column: Px; factor: Px } {
  const equal = Math.min(widest, room / (columns + factors));
  if (equal >= COMFORTABLE_COLUMN || equal < SMALLEST_FACTOR || factors <= columns)
    return { column: crisp(equal), factor: crisp(equal) };
  const left = (room - columns * COMFORTABLE_COLUMN) / factors;
  const factor = crisp(clamp(left, SMALLEST_FACTOR, equal));
  return { column: crisp(Math.min(widest, (room - factors * factor) / columns)), factor };
}

interface RowWish {
  readonly users: number;
  /** k, and one more with biases. */
  readonly factors: number;
  /** Room for the rows of users and of factors together, and for those of users alone; null = no wish. */
  readonly both: Px | null;
  readonly alone: Px | null;
}

/** So many factors' rows stand above R̂ at full height; more of them give way. */
const FEW_FACTORS = 8;
const MANY_FACTORS_HEIGHT = 240;

/** Row heights of users and of factors: never taller than wide, small enough for the height that is wished for, yet readable. */
function shareRows(column: Px, factor: Px, wish: RowWish): { row: Px; factorRow: Px } {
  const highest = Math.min(Math.max(LARGEST_ROW, column - (LARGEST_COLUMN - LARGEST_ROW)), column);
  const lowest = Math.min(
    highest,
    column >= NUMBER_CELL ? NUMBER_CELL : column >= PIXEL_CELL ? PIXEL_CELL : SMALLEST_CELL,
  );
  const ratio = Math.min(1, factor / column);
  const wished = Math.min(
    wish.both === null ? highest : wish.both / (wish.users + wish.factors * ratio),
    wish.alone === null ? highest : wish.alone / wish.users,
  );
  const row = crisp(clamp(wished, lowest, highest));
  if (wish.factors <= FEW_FACTORS) {
    return { row, factorRow: crisp(clamp(row * ratio, SMALLEST_CELL, row)) };
  }
  const left = wish.both === null ? MANY_FACTORS_HEIGHT : Math.max(MANY_FACTORS_HEIGHT, wish.both - wish.users * row);
  const least = Math.min(row, LABEL_PITCH);
  return { row, factorRow: crisp(clamp(left / wish.factors, least, Math.max(least, row * ratio))) };
}

function rowLabels(visible: boolean, widest: Px): Labels {
  const extent = visible ? Math.min(widest, ROW_LABEL_LIMIT) + 10 : HEADER_STUB;
  return { visible, extent, turn: 0, fontSize: LABEL_SIZE };
}

/** Once it is known how far apart rows are: their labels' type fits. */
function fitRowLabels(labels: Labels, rowHeight: Px): Labels {
  return { ...labels, fontSize: rowHeight < LABEL_PITCH ? THINNED_SIZE : clamp(rowHeight - 1, 8, LABEL_SIZE) };
}

/** Column labels in the order of preference: level, leaning, upright, none. */
const TURNS = [0, 45, 90, null] as const;

interface Columns {
  readonly column: Px;
  readonly factor: Px;
  readonly labels: Labels;
  /** How far the last leaning label reaches beyond its matrix. */
  readonly overhang: Px;
}

/** The height of leaning labels as long as this. */
function leaningHeight(length: Px): Px {
  return Math.ceil((length + LABEL_SIZE) * LEAN) + 3;
}

/** How far leaning labels reach beyond the last column: the last does most often, a long one before it may. */
function overhangOf(labels: readonly Px[]): Px {
  return labels.reduce((most, label, column) => {
    const beforeEnd = (labels.length - column - 0.5) * LEAST_LEANING;
    return Math.max(most, Math.ceil(Math.min(label, COLUMN_LABEL_LIMIT) * LEAN + 9 - beforeEnd));
  }, 0);
}

/**
 * Chooses how column labels stand and what that leaves for the columns: the first way that is readable at the width it
 * leads to. `share(overhang)` gives the columns when leaning labels need that much room beyond a matrix.
 */
function chooseColumns(itemLabels: readonly Px[], share: (overhang: Px) => { column: Px; factor: Px }): Columns {
  const widest = widestOf(itemLabels);
  const length = Math.min(widest, COLUMN_LABEL_LIMIT);
  for (const turn of TURNS) {
    const overhang = turn === 45 ? overhangOf(itemLabels) : 0;
    const shared = share(overhang);
    const column = Math.max(SMALLEST_CELL, shared.column);
    const factor = Math.max(SMALLEST_CELL, shared.factor);
    const readable = turn === 0 ? widest <= column - 2 : turn === 45 ? column >= LEAST_LEANING : column >= LABEL_PITCH;
    // Leaning labels take room beyond the matrix: not if that costs the cells their numbers.
    if (turn === 45 && column < NUMBER_CELL && share(0).column >= NUMBER_CELL) continue;
    if (turn === null || readable) {
      const extent =
        turn === 0 ? 20 : turn === 45 ? leaningHeight(length) : turn === 90 ? Math.ceil(length) + 6 : HEADER_STUB;
      const fontSize = clamp(column - 1, 8, LABEL_SIZE);
      return { column, factor, labels: { visible: turn !== null, extent, turn: turn ?? 0, fontSize }, overhang };
    }
  }
  throw new Error('unreachable: no labels always fit');
}

function widestOf(widths: readonly Px[]): Px {
  return widths.reduce((most, width) => Math.max(most, width), 0);
}

/** Height of the written-out dot product: reserved, so that nothing moves when the numbers change. */
function cornerHeight(input: StageInput, width: Px): Px {
  const term = textWidth('-8.888 × 8.888 + ', TERM_SIZE);
  const single = textWidth('-8.888 + ', TERM_SIZE);
  const terms = Math.min(input.k, TERMS_SHOWN) * term + (input.k > TERMS_SHOWN ? 110 : 0);
  const symbols = textWidth('r( , ) = p( ) q( ) ', HEAD_SIZE) + (input.biases ? 62 : 0) + (input.mean ? 28 : 0);
  const head = 2 * (input.userLabel + widestOf(input.itemLabels)) * (HEAD_SIZE / LABEL_SIZE) + symbols;
  const heads = clamp(Math.ceil(head / width), 1, 2);
  const whole = terms + (input.biases ? 2 * single : 0) + (input.mean ? single : 0) + 16;
  const lines = clamp(Math.ceil(whole / Math.max(term, width)), 1, 5);
  return heads * CORNER_HEAD + lines * TERM_LINE + CORNER_RESULT;
}

/** P's title stands above P, and moves left rather than into the lines that come down from Qᵀ. */
function titleOfP(xP: Px, top: Px, end: Px, most: Px): Place {
  const left = clamp(TITLE_P - (end - xP), 0, Math.max(0, most));
  return { x: xP - left, y: top - TITLE - 4, width: TITLE_P, height: TITLE };
}

/** Lays the stage out; pure, so that every width can be tested. All counts ≥ 1. */
export function layoutStage(input: StageInput): StageLayout {
  return input.width <= NARROW ? layoutNarrow(input) : layoutWide(input);
}

function layoutWide(input: StageInput): StageLayout {
  const labeled = wide(input, true);
  return labeled.R.rowHeight >= PIXEL_CELL ? labeled : wide(input, false);
}

function wide(input: StageInput, labelRows: boolean): StageLayout {
  const { users, items, k, biases } = input;
  const factors = k + (biases ? 1 : 0);
  const rowLabelsR = rowLabels(labelRows, input.userLabel);
  const biasGap = biases ? GAP_BIAS : 0;
  const fixed = rowLabelsR.extent + GAP_P + biasGap;
  const widest = widestColumn(input);

  // The prediction's title stands beside R̂ where that costs no cell its size, else under it.
  const roomy = chooseColumns(input.itemLabels, (overhang) =>
    shareColumns(input.width - fixed - GAP_R_LARGEST - Math.max(BESIDE, overhang), 2 * items, factors, widest),
  );
  const beside = roomy.column >= LARGEST_COLUMN - 6;
  // Leaning labels reach beyond R̂; those of R lean over P's corner, where nothing stands.
  const { column, factor, labels, overhang } = beside
    ? roomy
    : chooseColumns(input.itemLabels, (beyond) =>
        shareColumns(input.width - fixed - (beyond > 0 ? GAP_R_LEANING : GAP_R) - beyond, 2 * items, factors, widest),
      );
  const right = beside ? Math.max(BESIDE, overhang) : overhang;

  const cells = 2 * items * column + factors * factor;
  const gapR = clamp(input.width - cells - fixed - right, overhang > 0 ? GAP_R_LEANING : GAP_R, GAP_R_LARGEST);
  const width = rowLabelsR.extent + cells + gapR + biasGap + GAP_P + right;
  // What is left over stands to both sides.
  const left = Math.max(0, Math.floor((input.width - width) / 2));

  const xR = left + rowLabelsR.extent;
  const xP = xR + items * column + gapR;
  const xBias = xP + k * factor + biasGap;
  const xPredictions = xP + factors * factor + biasGap + GAP_P;

  // Few columns leave it no room above them; to their left there is some.
  const cornerEnd = xPredictions - GAP_P;
  const xCorner = Math.min(xR, Math.max(0, cornerEnd - RESULT_WIDTH));
  const cornerWidth = cornerEnd - xCorner;
  const corner = cornerHeight(input, cornerWidth);
  const aboveR = corner + TITLE + labels.extent + 4;
  const aboveQ = TITLE + labels.extent;
  const factorLabels = factor >= LABEL_PITCH;
  // The taller of the two columns of things decides: Qᵀ above R̂, or the corner above R.
  const room = input.height === null ? null : input.height - BELOW;
  const { row, factorRow } = shareRows(column, factor, {
    users,
    factors,
    both: room === null ? null : room - aboveQ - biasGap - GAP_Q,
    alone: room === null ? null : room - aboveR,
  });
  const heightQ = factors * factorRow + biasGap;
  const top = Math.ceil(Math.max(aboveR, aboveQ + heightQ + GAP_Q));
  const yQ = top - GAP_Q - heightQ;
  const predictions = matrix(xPredictions, top, users, items, column, row, 1);

  return {
    shape: 'wide',
    width: Math.max(input.width, width),
    height: top + users * row + BELOW,
    scrolls: width > input.width,
    R: matrix(xR, top, users, items, column, row, 1),
    P: matrix(xP, top, users, k, factor, row, 2),
    Q: matrix(xPredictions, yQ, k, items, column, factorRow, 2),
    predictions,
    userBiases: biases ? matrix(xBias, top, users, 1, factor, row, 2) : null,
    itemBiases: biases ? matrix(xPredictions, top - GAP_Q - factorRow, 1, items, column, factorRow, 2) : null,
    mean: input.mean ? matrix(xBias, top - GAP_Q - factorRow, 1, 1, factor, factorRow, 2) : null,
    corner: { x: xCorner, y: Math.max(0, Math.floor((top - aboveR) / 3)), width: cornerWidth, height: corner },
    titleR: { x: xR, y: top - labels.extent - TITLE - 2, width: items * column + gapR - 8, height: TITLE },
    titleP: titleOfP(xP, top, xPredictions, gapR - overhang - 8),
    titleQ: { x: xPredictions, y: yQ - labels.extent - TITLE, width: items * column + right, height: TITLE },
    titlePredictions: beside
      ? { x: xPredictions + items * column + 12, y: top + 4, width: BESIDE - 12, height: 90, beside }
      : { x: xPredictions, y: top + users * row + 2, width: items * column + right, height: TITLE, beside },
    rowLabelsR: fitRowLabels(rowLabelsR, row),
    columnLabelsR: labels,
    rowLabelsP: { visible: false, extent: 0, turn: 0, fontSize: LABEL_SIZE },
    columnLabelsQ: labels,
    factorLabels: factorRow >= LABEL_PITCH,
    factorLabelsUnderP: factorLabels,
  };
}

function layoutNarrow(input: StageInput): StageLayout {
  const labeled = narrow(input, true);
  return labeled.predictions.rowHeight >= LABEL_PITCH ? labeled : narrow(input, false);
}

function narrow(input: StageInput, labelRows: boolean): StageLayout {
  const { users, items, k, biases } = input;
  const factors = k + (biases ? 1 : 0);
  const biasGap = biases ? GAP_BIAS : 0;
  // A label may take a fifth of a narrow page.
  const widest = Math.min(input.userLabel, Math.max(40, input.width / 5));

  // R on its own: as large as it can be, for fingers.
  const alone = (labels: Labels) =>
    chooseColumns(input.itemLabels, (overhang) => shareColumns(input.width - labels.extent - overhang, items, 0));
  const labeledR = alone(rowLabels(true, widest));
  const rowLabelsR = rowLabels(labeledR.column >= LABEL_PITCH, widest);
  const { column: columnR, labels: columnsR, overhang: beyondR } = rowLabelsR.visible ? labeledR : alone(rowLabelsR);
  const rowR = shareRows(columnR, columnR, { users, factors: 0, both: null, alone: null }).row;
  const xR = rowLabelsR.extent;
  const yR = TITLE + columnsR.extent;
  const endR = yR + users * rowR + BELOW;

  // Then Qᵀ above R̂, P and the users beside it.
  const rowLabelsP = rowLabels(labelRows, widest);
  const fixed = rowLabelsP.extent + biasGap + GAP_P_NARROW;
  const { column, factor, labels, overhang } = chooseColumns(input.itemLabels, (beyond) =>
    shareColumns(input.width - fixed - beyond, items, factors),
  );
  const { row, factorRow } = shareRows(column, factor, { users, factors, both: null, alone: null });

  const corner = { x: 0, y: endR + 6, width: input.width, height: cornerHeight(input, input.width) };
  const xP = rowLabelsP.extent;
  const xBias = xP + k * factor + biasGap;
  const xPredictions = xP + factors * factor + biasGap + GAP_P_NARROW;
  const yTitleQ = corner.y + corner.height + 4;
  const yQ = yTitleQ + TITLE + labels.extent;
  const heightQ = factors * factorRow + biasGap;
  const top = yQ + heightQ + GAP_Q;
  const width = Math.max(xR + items * columnR + beyondR, xPredictions + items * column + overhang);
  const factorLabelsUnderP = factor >= LABEL_PITCH;
  const yBelow = top + users * row;

  return {
    shape: 'narrow',
    width: Math.max(input.width, width),
    height: yBelow + TITLE + 4,
    scrolls: width > input.width,
    R: matrix(xR, yR, users, items, columnR, rowR, 1),
    P: matrix(xP, top, users, k, factor, row, 2),
    Q: matrix(xPredictions, yQ, k, items, column, factorRow, 2),
    predictions: matrix(xPredictions, top, users, items, column, row, 1),
    userBiases: biases ? matrix(xBias, top, users, 1, factor, row, 2) : null,
    itemBiases: biases ? matrix(xPredictions, top - GAP_Q - factorRow, 1, items, column, factorRow, 2) : null,
    mean: input.mean ? matrix(xBias, top - GAP_Q - factorRow, 1, 1, factor, factorRow, 2) : null,
    corner,
    titleR: { x: xR, y: 0, width: input.width - xR, height: TITLE },
    titleP: titleOfP(xP, top, xPredictions, xP),
    titleQ: { x: xPredictions, y: yTitleQ, width: input.width - xPredictions, height: TITLE },
    titlePredictions: {
      x: xPredictions,
      y: yBelow + 2,
      width: input.width - xPredictions,
      height: TITLE,
      beside: false,
    },
    rowLabelsR: fitRowLabels(rowLabelsR, rowR),
    columnLabelsR: columnsR,
    rowLabelsP: fitRowLabels(rowLabelsP, row),
    columnLabelsQ: labels,
    factorLabels: factorRow >= LABEL_PITCH,
    factorLabelsUnderP,
  };
}

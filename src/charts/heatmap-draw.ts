import { formatCell, formatExact } from '../strings/numbers.ts';
import { pixelOf } from '../theme/ramps.ts';
import { SANS, type Tokens } from '../theme/tokens.ts';
import { type HeatmapMarks, LOOK } from './heatmap-marks.ts';
import { cellRect, type MatrixBox, NUMBER_CELL, OUTLINE_CELL, PIXEL_CELL } from './stage-layout.ts';
import { textWidth } from './text-width.ts';

/** The part of a 2d context that a heatmap needs; a test hands in one that writes down what was asked of it. */
export type Painter = Pick<
  CanvasRenderingContext2D,
  | 'fillStyle'
  | 'strokeStyle'
  | 'lineWidth'
  | 'lineCap'
  | 'lineJoin'
  | 'globalAlpha'
  | 'font'
  | 'textAlign'
  | 'textBaseline'
  | 'imageSmoothingEnabled'
  | 'fillRect'
  | 'strokeRect'
  | 'beginPath'
  | 'moveTo'
  | 'lineTo'
  | 'closePath'
  | 'arc'
  | 'roundRect'
  | 'fill'
  | 'stroke'
  | 'fillText'
  | 'setLineDash'
  | 'drawImage'
>;

/** A surface of width × height pixels that a small image is made on: its picture, and what puts pixels on it. */
export interface Scratch {
  readonly image: CanvasImageSource;
  put(pixels: Uint32Array, width: number, height: number): void;
}

/** Half the ring of paper that dashes, frames and focus rings sit on shows inside a cell's outline. */
const RING = 2;

/** Paints a matrix with its first cell's pitch at (0, 0). */
export function drawHeatmap(
  painter: Painter,
  marks: HeatmapMarks,
  box: MatrixBox,
  tokens: Tokens,
  scratch: Scratch | null,
): void {
  if (Math.min(box.columnWidth, box.rowHeight) < PIXEL_CELL && scratch)
    drawPixels(painter, marks, box, tokens, scratch);
  else drawCells(painter, marks, box, tokens);
}

/**
 * Cells too small for shapes: one pixel each, scaled up without smoothing. In R a hidden rating is a dot of orange and a
 * gap is the paper; in R̂ only the color of the prediction is left.
 */
function drawPixels(painter: Painter, marks: HeatmapMarks, box: MatrixBox, tokens: Tokens, scratch: Scratch): void {
  const pixels = new Uint32Array(marks.rows * marks.columns);
  const paper = pixelOf(tokens.soft);
  const hidden = pixelOf(tokens.unseen);
  const ramp = marks.ramp.pixels;
  const errors = marks.errorRamp.pixels;
  for (let place = 0; place < pixels.length; place += 1) {
    const look = marks.looks[place];
    const shade = marks.shades[place] ?? 0;
    if (look === LOOK.gap || look === LOOK.noData || look === LOOK.noDataJudged || look === LOOK.pending) {
      pixels[place] = paper;
    } else if (look === LOOK.hidden) pixels[place] = hidden;
    else pixels[place] = (look === LOOK.error ? errors[shade] : ramp[shade]) ?? paper;
  }
  scratch.put(pixels, marks.columns, marks.rows);
  painter.imageSmoothingEnabled = false;
  painter.drawImage(
    scratch.image,
    0,
    0,
    marks.columns,
    marks.rows,
    0,
    0,
    marks.columns * box.columnWidth,
    marks.rows * box.rowHeight,
  );
}

function drawCells(painter: Painter, marks: HeatmapMarks, box: MatrixBox, tokens: Tokens): void {
  painter.textAlign = 'center';
  painter.textBaseline = 'middle';
  drawFills(painter, marks, box, tokens);
  drawHatching(painter, marks, box, tokens);
  drawOutlines(painter, marks, box, tokens);
  if (box.fontSize > 0) {
    if (marks.bound !== null && box.columnWidth >= 30 && box.rowHeight >= 26) drawBars(painter, marks, box);
    drawNumbers(painter, marks, box, tokens);
  }
}

/** Whether this look stands inside an orange outline, and so leaves room for it. */
function outlined(look: number): boolean {
  return look === LOOK.filled || look === LOOK.judged || look === LOOK.error || look === LOOK.noDataJudged;
}

function hasOutlines(box: MatrixBox): boolean {
  return Math.min(box.columnWidth, box.rowHeight) >= OUTLINE_CELL;
}

function outlineWidth(box: MatrixBox): number {
  return Math.min(box.columnWidth, box.rowHeight) >= 32 ? 2 : 1.5;
}

function drawFills(painter: Painter, marks: HeatmapMarks, box: MatrixBox, tokens: Tokens): void {
  const inset = hasOutlines(box) ? outlineWidth(box) + (box.rowHeight >= 28 ? RING : 1) : 0;
  // A thin frame stands off what it holds too: orange on dark teal would not be seen.
  const judgedInset = hasOutlines(box) ? inset : 2;
  for (let row = 0, place = 0; row < marks.rows; row += 1) {
    for (let column = 0; column < marks.columns; column += 1, place += 1) {
      const look = marks.looks[place] ?? 0;
      if (look === LOOK.gap) continue;
      const { x, y, width, height } = cellRect(box, row, column);
      const shade = marks.shades[place] ?? 0;
      const neutral = look === LOOK.noData || look === LOOK.noDataJudged || look === LOOK.pending;
      painter.fillStyle =
        look === LOOK.hidden
          ? tokens.panel
          : neutral
            ? tokens.soft
            : ((look === LOOK.error ? marks.errorRamp : marks.ramp).css[shade] ?? tokens.soft);
      const by = look === LOOK.judged || look === LOOK.noDataJudged ? judgedInset : outlined(look) ? inset : 0;
      if (box.radius === 0) {
        painter.fillRect(x + by, y + by, width - 2 * by, height - 2 * by);
      } else {
        painter.beginPath();
        painter.roundRect(x + by, y + by, width - 2 * by, height - 2 * by, Math.max(1, box.radius - by / 2));
        painter.fill();
      }
    }
  }
}

/** Diagonal lines, 5 px apart, running on from cell to cell: x + y = constant, cut to each cell. */
function drawHatching(painter: Painter, marks: HeatmapMarks, box: MatrixBox, tokens: Tokens): void {
  const step = box.columnWidth >= NUMBER_CELL ? 6 : 4;
  let any = false;
  painter.beginPath();
  for (let row = 0, place = 0; row < marks.rows; row += 1) {
    for (let column = 0; column < marks.columns; column += 1, place += 1) {
      if (marks.looks[place] !== LOOK.gap && marks.looks[place] !== LOOK.truth) continue;
      any = true;
      const { x, y, width, height } = cellRect(box, row, column);
      const last = x + y + width + height;
      for (let sum = Math.ceil((x + y + 1) / step) * step; sum < last - 1; sum += step) {
        const left = Math.max(x, sum - y - height);
        const right = Math.min(x + width, sum - y);
        painter.moveTo(left, sum - left);
        painter.lineTo(right, sum - right);
      }
    }
  }
  if (!any) return;
  painter.strokeStyle = tokens.edge;
  painter.lineWidth = 1;
  painter.globalAlpha = HATCH_ALPHA;
  painter.stroke();
  painter.globalAlpha = 1;
}

/** A gap is quiet: it is told by its emptiness first. */
const HATCH_ALPHA = 0.55;

function drawOutlines(painter: Painter, marks: HeatmapMarks, box: MatrixBox, tokens: Tokens): void {
  const width = outlineWidth(box);
  const large = hasOutlines(box);
  painter.strokeStyle = tokens.unseen;
  painter.fillStyle = tokens.unseen;
  painter.lineWidth = width;
  for (const [looks, dash] of [
    [[LOOK.filled, LOOK.error], box.rowHeight >= 28 ? [5, 3] : [3, 2]],
    [[LOOK.judged, LOOK.noDataJudged], []],
    [[LOOK.hidden], [width, width]],
  ] as const) {
    const wanted: readonly number[] = looks;
    let any = false;
    painter.setLineDash([...dash]);
    painter.beginPath();
    for (let row = 0, place = 0; row < marks.rows; row += 1) {
      for (let column = 0; column < marks.columns; column += 1, place += 1) {
        if (!wanted.includes(marks.looks[place] ?? 0)) continue;
        const rect = cellRect(box, row, column);
        if (large) {
          any = true;
          const by = width / 2;
          painter.roundRect(rect.x + by, rect.y + by, rect.width - width, rect.height - width, box.radius);
        } else if (looks[0] === LOOK.hidden) {
          dotFrame(painter, rect);
        } else if (dash.length === 0) {
          painter.fillRect(rect.x, rect.y, rect.width, 1);
          painter.fillRect(rect.x, rect.y + rect.height - 1, rect.width, 1);
          painter.fillRect(rect.x, rect.y, 1, rect.height);
          painter.fillRect(rect.x + rect.width - 1, rect.y, 1, rect.height);
        } else {
          const dot = Math.max(2, Math.round(rect.width / 5));
          painter.fillRect(rect.x + rect.width - dot, rect.y, dot, dot);
        }
      }
    }
    if (any) painter.stroke();
  }
  painter.setLineDash([]);
  if (box.fontSize > 0) drawEyes(painter, marks, box, tokens);
}

/** Too small for a stroke of dots: one pixel and one not, all around, the same on every cell. */
function dotFrame(painter: Painter, { x, y, width, height }: ReturnType<typeof cellRect>): void {
  for (let dx = 0; dx < width; dx += 2) {
    painter.fillRect(x + dx, y, 1, 1);
    painter.fillRect(x + dx, y + height - 1, 1, 1);
  }
  for (let dy = 2; dy < height - 1; dy += 2) {
    painter.fillRect(x, y + dy, 1, 1);
    painter.fillRect(x + width - 1, y + dy, 1, 1);
  }
}

/** A small closed eye in the lower right corner of every hidden rating: a lid with three lashes. */
function drawEyes(painter: Painter, marks: HeatmapMarks, box: MatrixBox, tokens: Tokens): void {
  let any = false;
  painter.beginPath();
  for (let row = 0, place = 0; row < marks.rows; row += 1) {
    for (let column = 0; column < marks.columns; column += 1, place += 1) {
      if (marks.looks[place] !== LOOK.hidden) continue;
      any = true;
      const rect = cellRect(box, row, column);
      const small = rect.width < 34 || rect.height < 30;
      const tiny = rect.width < 24 || rect.height < 24;
      const x = rect.x + rect.width - (tiny ? 6 : small ? 6.5 : 9);
      const y = rect.y + rect.height - (tiny ? 7.2 : small ? 7.5 : 10);
      const radius = tiny ? 2.5 : small ? 2.8 : 4.2;
      painter.moveTo(x + radius * Math.cos(0.16 * Math.PI), y + radius * Math.sin(0.16 * Math.PI));
      painter.arc(x, y, radius, 0.16 * Math.PI, 0.84 * Math.PI);
      for (const angle of [0.25, 0.5, 0.75]) {
        const cos = Math.cos(angle * Math.PI);
        const sin = Math.sin(angle * Math.PI);
        painter.moveTo(x + radius * cos, y + radius * sin);
        painter.lineTo(x + radius * 1.5 * cos, y + radius * 1.5 * sin);
      }
    }
  }
  if (!any) return;
  painter.strokeStyle = tokens.unseen;
  painter.lineWidth = 1.2;
  painter.lineCap = 'round';
  painter.stroke();
  painter.lineCap = 'butt';
}

/** A signed bar at the foot of a factor's cell: right of the middle for +, left of it for −. */
function drawBars(painter: Painter, marks: HeatmapMarks, box: MatrixBox): void {
  const bound = marks.bound ?? 1;
  for (let row = 0, place = 0; row < marks.rows; row += 1) {
    for (let column = 0; column < marks.columns; column += 1, place += 1) {
      if (marks.looks[place] === LOOK.pending) continue;
      const { x, y, width, height } = cellRect(box, row, column);
      const middle = x + width / 2;
      const half = width / 2 - 5;
      const length = Math.max(-1, Math.min(1, (marks.values[place] ?? 0) / bound)) * half;
      const foot = y + height - 5;
      painter.fillStyle = marks.ramp.text[marks.shades[place] ?? 0] ?? '#000000';
      painter.globalAlpha = 0.16;
      painter.fillRect(middle - half, foot + 0.75, 2 * half, 0.5);
      painter.globalAlpha = 0.5;
      painter.fillRect(Math.min(middle, middle + length), foot, Math.abs(length), 2);
      painter.fillRect(middle - 0.5, foot - 1, 1, 4);
      painter.globalAlpha = 1;
    }
  }
}

/** The number in a cell: as many decimals as fit, fewer for long numbers, smaller type before it is left out. */
export function cellText(
  value: number,
  exact: boolean,
  decimals: number,
  room: number,
  fontSize: number,
  bold: boolean,
): { text: string; size: number } | null {
  const candidates = exact ? [formatExact(value)] : [];
  for (let d = decimals; d >= 0; d -= 1) candidates.push(formatCell(value, d));
  for (const text of candidates) {
    // A decimal is worth more than a pixel of type.
    for (let size = fontSize; size >= Math.max(8, fontSize - 2.5); size -= 0.5) {
      if (textWidth(text, size, bold) <= room) return { text, size };
    }
  }
  const shortest = candidates[candidates.length - 1] ?? '';
  const size = Math.floor((2 * fontSize * room) / textWidth(shortest, fontSize, bold)) / 2;
  return size >= 7 ? { text: shortest, size } : null;
}

function drawNumbers(painter: Painter, marks: HeatmapMarks, box: MatrixBox, tokens: Tokens): void {
  const lifted = marks.lift ?? (marks.bound !== null && box.columnWidth >= 30 && box.rowHeight >= 26 ? 2 : 0);
  let font = '';
  for (let row = 0, place = 0; row < marks.rows; row += 1) {
    for (let column = 0; column < marks.columns; column += 1, place += 1) {
      const look = marks.looks[place] ?? 0;
      if (look === LOOK.gap || look === LOOK.pending) continue;
      const { x, y, width, height } = cellRect(box, row, column);
      const bold = look === LOOK.filled || look === LOOK.judged || look === LOOK.error;
      const neutral = look === LOOK.noData || look === LOOK.noDataJudged;
      const room = width - (outlined(look) ? 5 : 3);
      const fitted = neutral
        ? { text: '–', size: box.fontSize }
        : cellText(
            marks.values[place] ?? 0,
            marks.exact && look !== LOOK.truth,
            box.decimals,
            room,
            box.fontSize,
            bold,
          );
      if (!fitted) continue;
      const wanted = `${bold ? '700 ' : ''}${fitted.size}px ${SANS}`;
      if (wanted !== font) {
        font = wanted;
        painter.font = font;
      }
      const shade = marks.shades[place] ?? 0;
      painter.fillStyle = neutral
        ? tokens.muted
        : look === LOOK.hidden
          ? tokens.ink
          : ((look === LOOK.error ? marks.errorRamp : marks.ramp).text[shade] ?? tokens.ink);
      // Next to the eye of a small cell the number makes room.
      const aside = look !== LOOK.hidden ? 0 : width < 24 || height < 24 ? 2 : width < 34 || height < 30 ? 1 : 0;
      painter.fillText(fitted.text, x + width / 2 - aside, y + height / 2 + 0.5 - lifted - aside);
    }
  }
}

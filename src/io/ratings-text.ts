import Papa from 'papaparse';
import { fail, type Result } from '../core/problem.ts';
import { files } from '../strings/files.ts';
import { inspectBytes } from './decode-text.ts';
import { holdsNestedList, nestedListRows } from './nested-list.ts';
import { RatingsBuilder, type ReadRatings } from './ratings-builder.ts';
import { type Delimiter, detectLayout } from './ratings-layout.ts';
import { readMatrixRows } from './read-matrix-text.ts';
import { scanRatings } from './scan-ratings.ts';

/** Bytes that a file of ratings may have. */
export const RATINGS_BYTES_LIMIT = 300_000_000;
/** Characters and lines that the layout is told from. */
const SAMPLE_CHARACTERS = 65_536;
const SAMPLE_LINES = 30;

const QUOTE = 34;
const LINE_FEED = 10;
const RETURN = 13;

function sampleLines(text: string): string[] {
  return text
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '')
    .slice(0, SAMPLE_LINES);
}

/** Rows of a text with quotes, each with the line it begins on. Blank lines are left out. */
function quotedRows(
  text: string,
  delimiter: Delimiter,
): { readonly line: number; readonly cells: readonly string[] }[] {
  const rows: { line: number; cells: readonly string[] }[] = [];
  let line = 1;
  for (const cells of Papa.parse<string[]>(text, { delimiter, skipEmptyLines: false }).data) {
    if (cells.some((cell) => cell.trim() !== '')) rows.push({ line, cells });
    line += 1 + cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0);
  }
  return rows;
}

/**
 * Reads ratings as text: `user,item,rating[,time]`, a line each, or a matrix of numbers (`detectLayout` says how they are
 * told apart), or a matrix as programs write it, `[[5,3,0,1],[4,0,0,1]]`. Comma, tab, semicolon or `::`; header or none; quotes, byte order mark, CRLF; UTF-8, UTF-16 or Windows-1252.
 *
 * A line that cannot be read is skipped, with its number and the reason; of a pair that comes twice the last line counts.
 * Users and items are named by their ids, in numeric order where every id is a whole number, else in order of appearance.
 *
 * Errors: 'file-empty', 'file-not-text', 'file-too-large', 'file-not-understood', 'file-no-ratings', and those of `parseBlock`.
 */
export function readRatingsText(
  input: Uint8Array | string,
  name: string,
  onProgress?: (share: number) => void,
): Result<ReadRatings> {
  const bytes = typeof input === 'string' ? new TextEncoder().encode(input) : input;
  if (bytes.length > RATINGS_BYTES_LIMIT) {
    const limit = `${RATINGS_BYTES_LIMIT / 1_000_000} MB`;
    return fail({ code: 'file-too-large', got: `${Math.ceil(bytes.length / 100_000) / 10} MB`, expected: limit });
  }
  const inspected = inspectBytes(bytes);
  if (!inspected.ok) return inspected;
  const { encoding, mark } = inspected.value;
  const decoder = new TextDecoder(encoding);
  const rowNames = { user: files.userNumber, item: files.itemNumber };
  const sample = new TextDecoder(encoding).decode(bytes.subarray(mark, mark + SAMPLE_CHARACTERS));
  const nested = holdsNestedList(sample) ? nestedListRows(decoder.decode(bytes.subarray(mark))) : null;
  if (nested) return readMatrixRows(nested, name, ',', rowNames);
  const lines = sampleLines(sample);
  // The last line of a sample may be cut in two.
  if (bytes.length > SAMPLE_CHARACTERS && lines.length < SAMPLE_LINES && lines.length > 1) lines.pop();
  if (lines.length === 0) return fail({ code: 'file-empty' });
  const detected = detectLayout(lines);
  if (!detected.ok) return detected;
  const layout = detected.value;

  const isPlain =
    layout.kind === 'list' &&
    !encoding.startsWith('utf-16') &&
    !bytes.includes(QUOTE) &&
    (bytes.includes(LINE_FEED) || !bytes.includes(RETURN));
  if (layout.kind === 'list' && isPlain) {
    const { delimiter, header, columns } = layout;
    const builder = new RatingsBuilder(columns.time >= 0);
    scanRatings(bytes, builder, { from: mark, delimiter, columns, header, decoder, onProgress });
    return builder.finish(name, delimiter, header);
  }

  const rows = quotedRows(decoder.decode(bytes.subarray(mark)), layout.delimiter);
  if (layout.kind === 'matrix') {
    const cells = rows.map((row) => row.cells);
    return readMatrixRows(cells, name, layout.delimiter, rowNames);
  }
  const { user, item, rating, time } = layout.columns;
  const needed = Math.max(user, item, rating);
  const builder = new RatingsBuilder(time >= 0);
  for (const { line, cells } of layout.header ? rows.slice(1) : rows) {
    if (cells.length <= needed) {
      builder.skip(line, { code: 'wrong-length', got: String(cells.length), expected: `${needed + 1} or more` });
      continue;
    }
    builder.addTexts(
      line,
      cells[user] ?? '',
      cells[item] ?? '',
      cells[rating] ?? '',
      time < 0 ? null : (cells[time] ?? null),
    );
  }
  return builder.finish(name, layout.delimiter, layout.header);
}

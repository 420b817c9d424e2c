import type { Dataset } from './dataset.ts';
import { parseRating } from './parse-number.ts';
import { fail, ok, type Problem, type Result } from './problem.ts';
import { findRating, type ItemIndex, type UserIndex } from './ratings.ts';

/** The most cells that one paste may bring. */
const BLOCK_LIMIT = 100_000;

/** A rectangle of ratings on its way in: `values[row][column]`, null is a gap; names where the block brought them. */
export interface Block {
  readonly values: readonly (readonly (number | null)[])[];
  readonly userNames: readonly string[] | null;
  readonly itemNames: readonly string[] | null;
}

/** Bounded, so that a text full of stray quotes is not read over and over. */
const QUOTED_CELL = /"((?:[^"]|""){0,1000})"(?=[\t\r\n]|$)/y;

/**
 * The cells of tab-separated text. A cell that begins with a quote may hold tabs and line breaks up to its closing quote, ""
 * stands for one quote; a quote that is never closed is an ordinary character, as in spreadsheets. One line break at the end
 * belongs to no row. Cells beyond the limit are counted, not kept.
 */
function splitCells(
  text: string,
  limit: number,
): { readonly rows: readonly (readonly string[])[]; readonly count: number } {
  const rows: string[][] = [[]];
  let count = 0;
  let at = 0;
  while (at <= text.length) {
    let cell: string;
    QUOTED_CELL.lastIndex = at;
    const quoted = QUOTED_CELL.exec(text);
    if (quoted) {
      cell = (quoted[1] ?? '').replaceAll('""', '"');
      at += quoted[0].length;
    } else {
      let end = at;
      while (end < text.length && text[end] !== '\t' && text[end] !== '\n' && text[end] !== '\r') end += 1;
      cell = text.slice(at, end);
      at = end;
    }
    count += 1;
    if (count <= limit) rows.at(-1)?.push(cell);
    if (at >= text.length) break;
    if (text[at] === '\t') {
      at += 1;
      continue;
    }
    at += text.startsWith('\r\n', at) ? 2 : 1;
    if (at >= text.length) break;
    if (count < limit) rows.push([]);
  }
  return { rows, count };
}

/** What spreadsheets and programs write where a number is missing: wrong as a rating, and nobody's name. */
const NOT_A_NAME = /^(#.*|[+-]?(nan|inf|infinity)|n\/?a|null|none)$/i;

/** Whether a cell can only be a name: text that holds a letter and is no attempt at a number. */
function isName(cell: string): boolean {
  const text = cell.trim();
  if (!/\p{L}/u.test(text) || NOT_A_NAME.test(text)) return false;
  const parsed = parseRating(text);
  return !parsed.ok && parsed.problem.code === 'not-a-number';
}

/**
 * Which edges hold names. An edge is names only if every one of its cells is: a single text among numbers is a mistake that must be
 * answered, not a name. Where both edges are names, the corner between them (blank, or a word such as "user") is neither.
 */
function nameEdges(rows: readonly (readonly string[])[]): { readonly top: boolean; readonly left: boolean } {
  const first = rows[0] ?? [];
  if (rows.length < 2 || first.length < 2) return { top: false, left: false };
  const corner = first[0] ?? '';
  const top = first.slice(1).every(isName);
  const left = rows.slice(1).every((row) => isName(row[0] ?? ''));
  if (top && left && (corner.trim() === '' || isName(corner))) return { top: true, left: true };
  return { top: top && isName(corner), left: left && isName(corner) };
}

/**
 * A block as it is copied from a spreadsheet. Blank cells are gaps, 0 is a rating. A row and a column of names at its edge are
 * taken as names.
 *
 * Errors, with the row and column of the block (from 1, names counted) as `where`: 'nothing-to-paste', 'block-too-large',
 * 'block-ragged', and those of `parseRating`. `cellName` says what the block's cell (from 0, names not counted) falls on; it
 * is added to the row and column of a wrong one.
 */
export function parseBlock(text: string, cellName?: (row: number, column: number) => string | null): Result<Block> {
  if (text === '') return fail({ code: 'nothing-to-paste' });
  const { rows, count } = splitCells(text, BLOCK_LIMIT);
  if (count > BLOCK_LIMIT) return fail({ code: 'block-too-large', got: String(count), expected: String(BLOCK_LIMIT) });
  const columns = rows[0]?.length ?? 0;
  const ragged = rows.findIndex((row) => row.length !== columns);
  if (ragged >= 0) {
    return fail({
      code: 'block-ragged',
      where: `row ${ragged + 1}`,
      got: String(rows[ragged]?.length ?? 0),
      expected: String(columns),
    });
  }
  const { top, left } = nameEdges(rows);
  let problem: Problem | null = null;
  const values = rows.slice(top ? 1 : 0).map((row, r) =>
    row.slice(left ? 1 : 0).map((cell, c) => {
      if (cell.trim() === '') return null;
      const parsed = parseRating(cell);
      if (parsed.ok) return parsed.value;
      const name = problem ? null : (cellName?.(r, c) ?? null);
      const where = `row ${r + (top ? 2 : 1)}, column ${c + (left ? 2 : 1)}${name === null ? '' : ` (${name})`}`;
      problem ??= { ...parsed.problem, where };
      return null;
    }),
  );
  if (problem) return fail(problem);
  return ok({
    values,
    userNames: left ? rows.slice(top ? 1 : 0).map((row) => row[0] ?? '') : null,
    itemNames: top ? (rows[0] ?? []).slice(left ? 1 : 0) : null,
  });
}

/** The ratings of these users and items as a spreadsheet takes them: tabs between columns, line breaks between rows, gaps blank. */
export function blockToText(dataset: Dataset, users: readonly UserIndex[], items: readonly ItemIndex[]): string {
  const { ratings } = dataset;
  const lines = users.map((user) =>
    items
      .map((item) => {
        const at = findRating(ratings, user, item);
        return at < 0 ? '' : String(ratings.value[at]);
      })
      .join('\t'),
  );
  // A last line that is blank would be taken for the end of the text.
  return lines.join('\n') + (lines.at(-1) === '' ? '\n' : '');
}

/** How many zeros a block holds; 0 for a block with gaps or of a single cell, where 0 was surely meant as a rating. */
export function zerosInDenseBlock(block: Block): number {
  const cells = block.values.flat();
  if (cells.length < 2 || cells.includes(null)) return 0;
  return cells.filter((value) => value === 0).length;
}

/** The block repeated to fill rows × columns where these are multiples of its own size and it brought no names; else the block as it is. */
export function tileBlock(block: Block, rows: number, columns: number): Block {
  const height = block.values.length;
  const width = block.values[0]?.length ?? 0;
  const fits = height > 0 && width > 0 && rows % height === 0 && columns % width === 0;
  if (!fits || block.userNames || block.itemNames || rows * columns > BLOCK_LIMIT) return block;
  return {
    ...block,
    values: Array.from({ length: rows }, (_, r) =>
      Array.from({ length: columns }, (_, c) => block.values[r % height]?.[c % width] ?? null),
    ),
  };
}

import { parseNumber } from '../core/parse-number.ts';
import { fail, ok, type Result } from '../core/problem.ts';

export type Delimiter = ',' | '\t' | ';' | '::';

/** Which column holds what, from 0; `time` −1 where there is none. */
export interface RatingColumnsAt {
  readonly user: number;
  readonly item: number;
  readonly rating: number;
  readonly time: number;
}

/** How a delimited text is laid out: a list of ratings, or a matrix (a row for each user, a column for each item). */
export type Layout =
  | {
      readonly kind: 'list';
      readonly delimiter: Delimiter;
      readonly header: boolean;
      readonly columns: RatingColumnsAt;
    }
  | { readonly kind: 'matrix'; readonly delimiter: Delimiter };

/** The first fits best where two split a text equally well. */
const DELIMITERS: readonly Delimiter[] = ['::', '\t', ';', ','];

/** What the columns are called in files that people have, best first; compared without case, spaces and punctuation. */
const COLUMN_NAMES: Readonly<Record<keyof RatingColumnsAt, readonly string[]>> = {
  user: [
    'userid',
    'user',
    'uid',
    'usernum',
    'username',
    'reviewerid',
    'reviewer',
    'customerid',
    'customer',
    'viewerid',
    'viewer',
    'personid',
    'person',
    'raterid',
    'rater',
    'readerid',
    'reader',
  ],
  item: [
    'itemid',
    'item',
    'iid',
    'movieid',
    'movie',
    'filmid',
    'film',
    'productid',
    'product',
    'asin',
    'bookid',
    'book',
    'isbn',
    'songid',
    'song',
    'trackid',
    'track',
    'artistid',
    'artist',
    'businessid',
    'gameid',
    'game',
    'itemname',
    'title',
    'moviename',
    'movietitle',
  ],
  rating: ['rating', 'ratings', 'userrating', 'score', 'stars', 'star', 'overall', 'value', 'rate', 'bookrating', 'r'],
  time: ['timestamp', 'time', 'unixtime', 'unixreviewtime', 'datetime', 'date', 'when'],
};

function plainName(cell: string): string {
  return cell.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** The cells of one line; a cell in quotes may hold the delimiter, and "" in it is one quote. */
function splitLine(line: string, delimiter: Delimiter): string[] {
  if (!line.includes('"')) return line.split(delimiter).map((cell) => cell.trim());
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < line.length; at += 1) {
    if (line[at] === '"') {
      if (quoted && line[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else quoted = !quoted;
    } else if (!quoted && line.startsWith(delimiter, at)) {
      cells.push(cell.trim());
      cell = '';
      at += delimiter.length - 1;
    } else cell += line[at];
  }
  cells.push(cell.trim());
  return cells;
}

/** The delimiter that makes a header of known names out of the first line, else the one by which most lines have as many cells as most others, three at best. */
function detectDelimiter(lines: readonly string[]): Delimiter {
  const named = DELIMITERS.find((delimiter) => isHeader(matchHeader(splitLine(lines[0] ?? '', delimiter)).columns));
  if (named) return named;
  let best: Delimiter = ',';
  let bestScore = 0;
  for (const delimiter of DELIMITERS) {
    const widths = new Map<number, number>();
    for (const line of lines) {
      const width = splitLine(line, delimiter).length;
      if (width > 1) widths.set(width, (widths.get(width) ?? 0) + 1);
    }
    const [width, agreeing] = [...widths].reduce((a, b) => (b[1] > a[1] ? b : a), [0, 0]);
    const score = agreeing * (width >= 3 ? 2 : 1);
    if (score > bestScore) {
      best = delimiter;
      bestScore = score;
    }
  }
  return best;
}

function matchHeader(cells: readonly string[]): { readonly columns: RatingColumnsAt; readonly known: number } {
  const names = cells.map(plainName);
  const find = (wanted: readonly string[]) => {
    const name = wanted.find((candidate) => names.includes(candidate));
    return name === undefined ? -1 : names.indexOf(name);
  };
  const columns = {
    user: find(COLUMN_NAMES.user),
    item: find(COLUMN_NAMES.item),
    rating: find(COLUMN_NAMES.rating),
    time: find(COLUMN_NAMES.time),
  };
  return { columns, known: Object.values(columns).filter((at) => at >= 0).length };
}

function isHeader({ user, item, rating }: RatingColumnsAt): boolean {
  return user >= 0 && item >= 0 && rating >= 0;
}

const isNumber = (cell: string | undefined) => cell !== undefined && parseNumber(cell).ok;

/** A word, not a number that went wrong ("3,5", "4abc"). */
function looksLikeName(cell: string | undefined): boolean {
  return cell !== undefined && /\p{L}/u.test(cell) && !/^[\d.,+-]/.test(cell);
}

/** A number, or an attempt at one ("3,5"). */
function looksLikeNumber(cell: string | undefined): boolean {
  return cell !== undefined && /^[+\-\u2212]?[.,]?\d/.test(cell);
}

/** Whether rows of three or four cells are a matrix after all: its corner is blank, or many of its numbers are missing. */
function isGappyMatrix(rows: readonly (readonly string[])[]): boolean {
  if (rows[0]?.[0] === '') return rows.length > 1;
  const inside = rows.slice(1).flatMap((row) => row.slice(1));
  const blanks = inside.filter((cell) => cell === '').length;
  return inside.every((cell) => cell === '' || isNumber(cell)) && blanks * 10 >= inside.length && blanks > 0;
}

/**
 * Finds out how a text is laid out from its first lines (blank ones left out).
 *
 * - A first line of known column names, in any order, is a header: `userId,movieId,rating,timestamp`.
 * - Else three or four columns are user, item, rating and perhaps time; the first line is a header when a word stands for
 *   its rating and a number for the second line's.
 * - Else numbers are a matrix; so are three or four columns whose corner is blank, or a tenth of whose numbers are (gaps).
 *
 * Error: 'file-not-understood', with the columns' names or the first line as `got`.
 */
export function detectLayout(lines: readonly string[]): Result<Layout> {
  const delimiter = detectDelimiter(lines);
  const rows = lines.map((line) => splitLine(line, delimiter));
  const [first = [], second = first] = rows;

  const { columns, known } = matchHeader(first);
  if (isHeader(columns)) {
    return ok({ kind: 'list', delimiter, header: true, columns });
  }
  const namedOnly = !first.some((cell) => isNumber(cell));
  if (known >= 2 && namedOnly) {
    return fail({ code: 'file-not-understood', got: `the columns are ${first.join(', ')}` });
  }

  const widths = rows.map((row) => row.length).sort((a, b) => a - b);
  const width = widths[widths.length >> 1] ?? 0;
  if ((width === 3 || width === 4) && !isGappyMatrix(rows)) {
    const header = looksLikeName(first[2]) && looksLikeNumber(second[2]);
    return ok({
      kind: 'list',
      delimiter,
      header,
      columns: { user: 0, item: 1, rating: 2, time: width === 4 ? 3 : -1 },
    });
  }
  const cells = rows.flat();
  const numeric = cells.filter((cell) => cell === '' || isNumber(cell)).length;
  if (numeric * 2 < cells.length || !cells.some(isNumber)) {
    return fail({ code: 'file-not-understood', got: lines[0] ?? '' });
  }
  return ok({ kind: 'matrix', delimiter });
}

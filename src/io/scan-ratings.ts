import { NAME_LIMIT } from '../core/edit-rows.ts';
import type { Ids, RatingsBuilder } from './ratings-builder.ts';
import type { RatingColumnsAt } from './ratings-layout.ts';

const LINE_FEED = 10;
const RETURN = 13;
const SPACE = 32;
const TAB = 9;
const POINT = 46;
const MINUS = 45;

/** Exact powers of ten: an integer below 2⁵³ divided by one of these is the decimal's nearest double. */
const POWERS = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/** Lines between two reports of progress. */
const REPORT_EVERY = 1 << 16;

export interface ScanOptions {
  readonly from: number;
  readonly delimiter: string;
  readonly columns: RatingColumnsAt;
  readonly header: boolean;
  readonly decoder: TextDecoder;
  readonly onProgress?: ((share: number) => void) | undefined;
}

/**
 * Reads the plain case (no quotes, lines ended by LF or CRLF, an ASCII-compatible encoding) straight from the bytes:
 *
 *     1 , 3 1 , 2 . 5 , 1 2 6 0 7 5 9 1 4 4 CR LF
 *     ↑ ↑ ↑   ↑
 *     starts[0], ends[0], starts[1], ends[1] … columns beyond the last one needed are passed over
 *
 * Short whole ids and plain decimals never become texts; whatever is less plain goes through `addTexts` like the rest.
 */
export function scanRatings(bytes: Uint8Array, builder: RatingsBuilder, options: ScanOptions): void {
  const { delimiter, columns, decoder } = options;
  const mark = delimiter.charCodeAt(0);
  const markLength = delimiter.length;
  const needed = Math.max(columns.user, columns.item, columns.rating);
  const last = Math.max(needed, columns.time);
  const starts = new Int32Array(last + 1);
  const ends = new Int32Array(last + 1);
  const end = bytes.length;
  let headerPending = options.header;
  let line = 0;
  let at = options.from;

  const textAt = (column: number) => decoder.decode(bytes.subarray(starts[column] ?? 0, ends[column] ?? 0));

  /** A whole number of at most nine digits, none of them a leading zero; −1 for anything else. */
  function shortNumberAt(column: number): number {
    const from = starts[column] ?? 0;
    const to = ends[column] ?? 0;
    const length = to - from;
    if (length < 1 || length > 9 || (bytes[from] === 48 && length > 1)) return -1;
    let number = 0;
    for (let i = from; i < to; i += 1) {
      const digit = (bytes[i] ?? 0) - 48;
      if (digit < 0 || digit > 9) return -1;
      number = number * 10 + digit;
    }
    return number;
  }

  /** A plain decimal of at most 15 digits; NaN for anything else. */
  function decimalAt(column: number): number {
    let i = starts[column] ?? 0;
    const to = ends[column] ?? 0;
    const negative = bytes[i] === MINUS;
    if (negative) i += 1;
    if (to - i < 1 || to - i > 15) return Number.NaN;
    let integer = 0;
    let digits = 0;
    let point = -1;
    for (; i < to; i += 1) {
      const byte = bytes[i] ?? 0;
      if (byte === POINT) {
        if (point >= 0) return Number.NaN;
        point = digits;
        continue;
      }
      const digit = byte - 48;
      if (digit < 0 || digit > 9) return Number.NaN;
      integer = integer * 10 + digit;
      digits += 1;
    }
    if (digits === 0) return Number.NaN;
    const value = point < 0 ? integer : integer / (POWERS[digits - point] ?? 1);
    return negative ? -value : value;
  }

  function idAt(column: number, ids: Ids): number {
    const number = shortNumberAt(column);
    return number < 0 ? ids.ofText(textAt(column)) : ids.ofNumber(number);
  }

  /** An id that needs a second look: none, or perhaps too long. */
  function isOddId(column: number): boolean {
    const length = (ends[column] ?? 0) - (starts[column] ?? 0);
    return length < 1 || length > NAME_LIMIT;
  }

  while (at < end) {
    line += 1;
    if (options.onProgress && line % REPORT_EVERY === 0) options.onProgress(at / end);
    const lineStart = at;
    let column = 0;
    starts[0] = at;
    while (at < end && bytes[at] !== LINE_FEED) {
      if (bytes[at] === mark && (markLength === 1 || bytes[at + 1] === mark)) {
        if (column <= last) ends[column] = at;
        column += 1;
        at += markLength;
        if (column <= last) starts[column] = at;
      } else at += 1;
    }
    let lineEnd = at;
    at += 1;
    if (lineEnd > lineStart && bytes[lineEnd - 1] === RETURN) lineEnd -= 1;
    if (column <= last) ends[column] = lineEnd;

    let blank = true;
    for (let i = lineStart; i < lineEnd && blank; i += 1) blank = bytes[i] === SPACE || bytes[i] === TAB;
    if (blank) continue;
    if (headerPending) {
      headerPending = false;
      continue;
    }
    if (column < needed) {
      builder.skip(line, { code: 'wrong-length', got: String(column + 1), expected: `${needed + 1} or more` });
      continue;
    }
    for (let c = 0; c <= last && c <= column; c += 1) {
      let from = starts[c] ?? 0;
      let to = ends[c] ?? 0;
      while (from < to && (bytes[from] === SPACE || bytes[from] === TAB)) from += 1;
      while (to > from && (bytes[to - 1] === SPACE || bytes[to - 1] === TAB)) to -= 1;
      starts[c] = from;
      ends[c] = to;
    }
    const value = decimalAt(columns.rating);
    const timed = columns.time >= 0 && columns.time <= column;
    const time = timed ? decimalAt(columns.time) : Number.NaN;
    if (Number.isNaN(value) || (timed && Number.isNaN(time)) || isOddId(columns.user) || isOddId(columns.item)) {
      builder.addTexts(
        line,
        textAt(columns.user),
        textAt(columns.item),
        textAt(columns.rating),
        timed ? textAt(columns.time) : null,
      );
    } else {
      builder.add(line, idAt(columns.user, builder.users), idAt(columns.item, builder.items), value, time);
    }
  }
}

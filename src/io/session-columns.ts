import type { Dataset } from '../core/dataset.ts';
import { NAME_LIMIT } from '../core/edit-rows.ts';
import { fail, ok, type Result } from '../core/problem.ts';
import { RATING_LIMIT, type Ratings } from '../core/ratings.ts';
import { shown } from './session-schema.ts';

/*
 * The long lists of a session file, read entry by entry into the columns that core works on. `where` is the field's name
 * so far ("dataset.ratings"); a problem adds the place in it ("dataset.ratings[4][2]").
 */

function wrongType(where: string, value: unknown, expected: string) {
  return fail({ code: 'wrong-type', where, got: shown(value), expected });
}

function wrongLength(where: string, got: number, expected: number | string) {
  return fail({ code: 'wrong-length', where, got: String(got), expected: String(expected) });
}

/** Names or ids: texts of 1 … NAME_LIMIT characters; `count` of them, or at least one. */
export function readNames(list: readonly unknown[], where: string, count: number | null): Result<string[]> {
  if (count === null ? list.length === 0 : list.length !== count)
    return wrongLength(where, list.length, count ?? '1 or more');
  const names: string[] = [];
  for (const [at, name] of list.entries()) {
    if (typeof name !== 'string') return wrongType(`${where}[${at}]`, name, 'a text');
    if (name === '') return fail({ code: 'name-empty', where: `${where}[${at}]` });
    if (name.length > NAME_LIMIT) {
      return fail({
        code: 'out-of-range',
        where: `${where}[${at}]`,
        got: shown(name),
        expected: `at most ${NAME_LIMIT} characters`,
      });
    }
    names.push(name);
  }
  return ok(names);
}

/** What the numbers of a list may be; a double where nothing is said. */
export interface Bounds {
  readonly low?: number;
  /** The greatest magnitude. */
  readonly magnitude?: number;
}

/** `count` numbers within the bounds. */
export function readNumbers(
  list: readonly unknown[],
  where: string,
  count: number,
  { low = -Infinity, magnitude = Infinity }: Bounds = {},
): Result<Float64Array> {
  if (list.length !== count) return wrongLength(where, list.length, count);
  const numbers = new Float64Array(count);
  for (let at = 0; at < count; at += 1) {
    const value = list[at];
    if (typeof value !== 'number') return wrongType(`${where}[${at}]`, value, 'a number');
    if (value < low)
      return fail({ code: 'below-minimum', where: `${where}[${at}]`, got: shown(value), expected: String(low) });
    if (Math.abs(value) > magnitude) {
      const expected = `${-magnitude} to ${magnitude}`;
      return fail({ code: 'out-of-range', where: `${where}[${at}]`, got: shown(value), expected });
    }
    numbers[at] = value;
  }
  return ok(numbers);
}

/** `rows` lists of k numbers each within the bounds, row by row into one array. */
export function readMatrix(
  list: readonly unknown[],
  where: string,
  rows: number,
  k: number,
  bounds: Bounds = {},
): Result<Float64Array> {
  if (list.length !== rows) return wrongLength(where, list.length, rows);
  const matrix = new Float64Array(rows * k);
  for (let row = 0; row < rows; row += 1) {
    const numbers = list[row];
    if (!Array.isArray(numbers)) return wrongType(`${where}[${row}]`, numbers, 'a list');
    const read = readNumbers(numbers, `${where}[${row}]`, k, bounds);
    if (!read.ok) return read;
    matrix.set(read.value, row * k);
  }
  return ok(matrix);
}

/** An index into the users or items. */
function readIndex(value: unknown, where: string, count: number): Result<number> {
  if (typeof value !== 'number') return wrongType(where, value, 'a number');
  if (!Number.isInteger(value)) return fail({ code: 'not-an-integer', where, got: shown(value) });
  if (value < 0 || value >= count)
    return fail({ code: 'out-of-range', where, got: shown(value), expected: `0 to ${count - 1}` });
  return ok(value);
}

/** Reads [user, item, …] rows of `width` entries and sees to it that the pairs ascend. */
function readPairs(
  list: readonly unknown[],
  where: string,
  width: number,
  dataset: Pick<Dataset, 'users' | 'items'>,
  visit: (at: number, user: number, item: number, row: readonly unknown[]) => ReturnType<typeof fail> | null,
): ReturnType<typeof fail> | null {
  let lastUser = -1;
  let lastItem = -1;
  for (let at = 0; at < list.length; at += 1) {
    const row: unknown = list[at];
    if (!Array.isArray(row)) return wrongType(`${where}[${at}]`, row, 'a list');
    if (row.length !== width) return wrongLength(`${where}[${at}]`, row.length, width);
    const user = readIndex(row[0], `${where}[${at}][0]`, dataset.users.length);
    if (!user.ok) return user;
    const item = readIndex(row[1], `${where}[${at}][1]`, dataset.items.length);
    if (!item.ok) return item;
    if (user.value === lastUser && item.value === lastItem) {
      const names = `${dataset.users[lastUser] ?? ''}, ${dataset.items[lastItem] ?? ''}`;
      return fail({ code: 'duplicate-rating', where: `${where}[${at}]`, got: names });
    }
    if (user.value < lastUser || (user.value === lastUser && item.value < lastItem)) {
      return fail({ code: 'not-sorted', where: `${where}[${at}]` });
    }
    lastUser = user.value;
    lastItem = item.value;
    const problem = visit(at, lastUser, lastItem, row);
    if (problem) return problem;
  }
  return null;
}

/** Pairs with a whole number each (and, with `flag`, 0 or 1 behind it), ascending; they need not be rated. Null for an empty list. */
export function readMarkedPairs(
  list: readonly unknown[],
  where: string,
  dataset: Pick<Dataset, 'users' | 'items'>,
  flag: boolean,
): Result<{ user: Int32Array; item: Int32Array; epoch: Float64Array; flag: Uint8Array } | null> {
  const user = new Int32Array(list.length);
  const item = new Int32Array(list.length);
  const epochs = new Float64Array(list.length);
  const flags = new Uint8Array(list.length);
  const wrong = readPairs(list, where, flag ? 4 : 3, dataset, (at, u, i, row) => {
    const epoch = readIndex(row[2], `${where}[${at}][2]`, Number.MAX_SAFE_INTEGER + 1);
    if (!epoch.ok) return epoch;
    const marked = flag ? readIndex(row[3], `${where}[${at}][3]`, 2) : null;
    if (marked && !marked.ok) return marked;
    user[at] = u;
    item[at] = i;
    epochs[at] = epoch.value + 0;
    flags[at] = marked?.value ?? 0;
    return null;
  });
  if (wrong) return wrong;
  return ok(list.length === 0 ? null : { user, item, epoch: epochs, flag: flags });
}

/** `ratings`, `heldOut` and `times` of a dataset as columns. Both lists ascend, so held-out pairs are met on the way. */
export function readRatings(
  file: {
    readonly ratings: readonly unknown[];
    readonly heldOut: readonly unknown[];
    readonly times?: readonly unknown[] | undefined;
  },
  dataset: Pick<Dataset, 'users' | 'items'>,
): Result<Ratings> {
  const count = file.ratings.length;
  const user = new Int32Array(count);
  const item = new Int32Array(count);
  const value = new Float64Array(count);
  const heldOut = new Uint8Array(count);

  const wrong = readPairs(file.ratings, 'dataset.ratings', 3, dataset, (at, u, i, row) => {
    const rating: unknown = row[2];
    const where = `dataset.ratings[${at}][2]`;
    if (typeof rating !== 'number') return wrongType(where, rating, 'a number');
    if (Math.abs(rating) > RATING_LIMIT) return fail({ code: 'rating-too-large', where, got: shown(rating) });
    user[at] = u;
    item[at] = i;
    value[at] = rating;
    return null;
  });
  if (wrong) return wrong;

  let next = 0;
  const strayed = readPairs(file.heldOut, 'dataset.heldOut', 2, dataset, (at, u, i) => {
    while (next < count && ((user[next] ?? 0) < u || (user[next] === u && (item[next] ?? 0) < i))) next += 1;
    if (user[next] !== u || item[next] !== i) {
      return fail({ code: 'gap-cannot-be-held-out', where: `dataset.heldOut[${at}]`, got: `${u}, ${i}` });
    }
    heldOut[next] = 1;
    return null;
  });
  if (strayed) return strayed;

  const time = file.times ? readNumbers(file.times, 'dataset.times', count) : null;
  if (time && !time.ok) return time;
  return ok({ user, item, value, heldOut, time: time ? time.value : null });
}

/** Each of 0 … count − 1 once. */
export function readPermutation(list: readonly unknown[], where: string, count: number): Result<number[]> {
  if (list.length !== count) return wrongLength(where, list.length, count);
  const places: number[] = [];
  const met = new Set<number>();
  for (const [at, value] of list.entries()) {
    const place = readIndex(value, `${where}[${at}]`, count);
    if (!place.ok) return place;
    if (met.has(place.value)) {
      return fail({ code: 'out-of-range', where: `${where}[${at}]`, got: shown(value), expected: 'each place once' });
    }
    met.add(place.value);
    places.push(place.value);
  }
  return ok(places);
}

import { arrangeItems, arrangeUsers } from './change-cells.ts';
import type { Dataset, Truth } from './dataset.ts';
import { fail, ok, type Result } from './problem.ts';
import type { ItemIndex, UserIndex } from './ratings.ts';

/** The most characters a name may have. */
export const NAME_LIMIT = 200;

/** Users are the rows of R, items its columns; both are edited alike. */
export type Side = 'users' | 'items';

/** What new users and items are called before a person names them: "User 7". */
const NEW_NAME: Record<Side, string> = { users: 'User', items: 'Item' };

function idsOf(dataset: Dataset, side: Side): readonly string[] | null {
  return side === 'users' ? dataset.userIds : dataset.itemIds;
}

function keysOf(dataset: Dataset, side: Side): readonly number[] {
  return side === 'users' ? dataset.userKeys : dataset.itemKeys;
}

/** One more than the greatest key that any row of this dataset ever had, so that a removed user is never mistaken for a new one. */
function nextKey(dataset: Dataset, side: Side): number {
  return keysOf(dataset, side).reduce((next, key) => Math.max(next, key + 1), dataset.nextKeys?.[side] ?? 0);
}

/** Hands out texts that are not taken yet: make(from), make(from + 1), … */
function freshTexts(taken: readonly string[], from: number, make: (n: number) => string): () => string {
  const used = new Set(taken);
  let n = from;
  return () => {
    while (used.has(make(n))) n += 1;
    const text = make(n);
    used.add(text);
    return text;
  };
}

function pickRows(values: Float64Array, k: number, order: readonly number[]): Float64Array {
  const picked = new Float64Array(order.length * k);
  order.forEach((old, now) => {
    picked.set(values.subarray(old * k, (old + 1) * k), now * k);
  });
  return picked;
}

/** The planted truth follows its rows; a row that nobody planted has none, and then the whole set has none. */
function arrangeTruth(truth: Truth | null, side: Side, order: readonly number[]): Truth | null {
  if (!truth || order.some((old) => old < 0)) return null;
  return side === 'users'
    ? { ...truth, P: pickRows(truth.P, truth.k, order), bu: truth.bu && pickRows(truth.bu, 1, order) }
    : { ...truth, Q: pickRows(truth.Q, truth.k, order), bi: truth.bi && pickRows(truth.bi, 1, order) };
}

/** The dataset after rows or columns were added, removed or moved: `order[new index] = old index`, −1 for a new one. */
export function arrange(dataset: Dataset, side: Side, order: readonly number[]): Dataset {
  const names = dataset[side];
  const keys = keysOf(dataset, side);
  const ids = idsOf(dataset, side);
  const freshName = freshTexts(names, names.length + 1, (n) => `${NEW_NAME[side]} ${n}`);
  const freshId = freshTexts(ids ?? [], names.length + 1, String);
  let key = nextKey(dataset, side);
  const newNames = order.map((old) => names[old] ?? freshName());
  const newKeys = order.map((old) => keys[old] ?? key++);
  const newIds = ids && order.map((old) => ids[old] ?? freshId());
  const removed = order.filter((old) => old >= 0).length < names.length;
  const nextKeys = removed
    ? { users: nextKey(dataset, 'users'), items: nextKey(dataset, 'items'), [side]: key }
    : dataset.nextKeys;
  const common = { ...dataset, truth: arrangeTruth(dataset.truth, side, order), ...(nextKeys && { nextKeys }) };
  return side === 'users'
    ? { ...common, users: newNames, userKeys: newKeys, userIds: newIds, ratings: arrangeUsers(dataset.ratings, order) }
    : {
        ...common,
        items: newNames,
        itemKeys: newKeys,
        itemIds: newIds,
        ratings: arrangeItems(dataset.ratings, order, names.length),
      };
}

function indices(count: number): number[] {
  return Array.from({ length: count }, (_, n) => n);
}

/** Appends `count` new rows or columns. */
export function grow(dataset: Dataset, side: Side, count: number): Dataset {
  if (count <= 0) return dataset;
  return arrange(dataset, side, [...indices(dataset[side].length), ...Array.from({ length: count }, () => -1)]);
}

function insert(dataset: Dataset, side: Side, at: number): Dataset {
  const order = indices(dataset[side].length);
  order.splice(at, 0, -1);
  return arrange(dataset, side, order);
}

function remove(dataset: Dataset, side: Side, gone: readonly number[]): Result<Dataset> {
  const order = indices(dataset[side].length).filter((n) => !gone.includes(n));
  if (order.length === 0) return fail({ code: 'last-row' });
  return ok(order.length === dataset[side].length ? dataset : arrange(dataset, side, order));
}

function move(dataset: Dataset, side: Side, from: number, to: number): Dataset {
  const order = indices(dataset[side].length);
  const target = Math.max(0, Math.min(order.length - 1, to));
  if (target === from || order[from] === undefined) return dataset;
  order.splice(from, 1);
  order.splice(target, 0, from);
  return arrange(dataset, side, order);
}

/** A name as it is kept: white space (also line breaks of a pasted cell) as single blanks, none at the ends. */
function cleanName(text: string): Result<string> {
  const name = text.replace(/\s+/g, ' ').trim();
  if (name === '') return fail({ code: 'name-empty' });
  if (name.length > NAME_LIMIT)
    return fail({ code: 'name-too-long', got: String(name.length), expected: String(NAME_LIMIT) });
  return ok(name);
}

/**
 * Gives several rows or columns new names at once. Names stay unique unless the file brought ids that tell them apart.
 * Errors: 'name-empty', 'name-too-long', 'name-taken', each with `where` from the caller's words for the n-th name.
 */
export function renameSome(
  dataset: Dataset,
  side: Side,
  changes: readonly { readonly index: number; readonly name: string; readonly where?: string }[],
): Result<Dataset> {
  const names = [...dataset[side]];
  const cleaned: (typeof changes)[number][] = [];
  for (const change of changes) {
    const name = cleanName(change.name);
    if (!name.ok) return change.where === undefined ? name : fail({ ...name.problem, where: change.where });
    names[change.index] = name.value;
    cleaned.push({ ...change, name: name.value });
  }
  if (!idsOf(dataset, side) && new Set(names).size < names.length) {
    const counts = new Map<string, number>();
    for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
    // A set that came with repeated names may keep them; only a name given here must be its own.
    const taken = cleaned.find(({ index, name }) => name !== dataset[side][index] && (counts.get(name) ?? 0) > 1);
    if (taken)
      return fail({ code: 'name-taken', got: taken.name, ...(taken.where !== undefined && { where: taken.where }) });
  }
  if (names.every((name, n) => name === dataset[side][n])) return ok(dataset);
  return ok({ ...dataset, [side]: names });
}

/** Inserts a user without ratings ("User 7") before index `at`; m appends. */
export function addUser(dataset: Dataset, at: UserIndex = dataset.users.length): Dataset {
  return insert(dataset, 'users', at);
}

/** Inserts an item without ratings ("Item 5") before index `at`; n appends. */
export function addItem(dataset: Dataset, at: ItemIndex = dataset.items.length): Dataset {
  return insert(dataset, 'items', at);
}

/** Removes users and their ratings. Error: 'last-row' when none would be left. */
export function removeUsers(dataset: Dataset, users: readonly UserIndex[]): Result<Dataset> {
  return remove(dataset, 'users', users);
}

/** Removes items and their ratings. Error: 'last-row' when none would be left. */
export function removeItems(dataset: Dataset, items: readonly ItemIndex[]): Result<Dataset> {
  return remove(dataset, 'items', items);
}

/** Errors: 'name-empty', 'name-too-long' (over 200 characters), 'name-taken' (unless ids exist). */
export function renameUser(dataset: Dataset, user: UserIndex, name: string): Result<Dataset> {
  return renameSome(dataset, 'users', [{ index: user, name }]);
}

/** Errors: 'name-empty', 'name-too-long' (over 200 characters), 'name-taken' (unless ids exist). */
export function renameItem(dataset: Dataset, item: ItemIndex, name: string): Result<Dataset> {
  return renameSome(dataset, 'items', [{ index: item, name }]);
}

/** Moves a user so that it stands at index `to` (held to 0 … m − 1) afterwards. */
export function moveUser(dataset: Dataset, from: UserIndex, to: UserIndex): Dataset {
  return move(dataset, 'users', from, to);
}

/** Moves an item so that it stands at index `to` (held to 0 … n − 1) afterwards. */
export function moveItem(dataset: Dataset, from: ItemIndex, to: ItemIndex): Dataset {
  return move(dataset, 'items', from, to);
}

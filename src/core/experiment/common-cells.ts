import type { Dataset } from '../dataset.ts';

/** Where the users and items that several data sets share stand in each of them. */
export interface CommonCells {
  readonly users: readonly string[];
  readonly items: readonly string[];
  /** By data set: row of each shared user, column of each shared item. */
  readonly places: readonly { readonly users: Int32Array; readonly items: Int32Array }[];
}

/** Names that all lists hold, in the order of the first, and where; the second of a name is not the first. */
function common(lists: readonly (readonly string[])[]): { readonly names: string[]; readonly places: Int32Array[] } {
  const [first = []] = lists;
  const asCounted = (list: readonly string[]): string[] => {
    const seen = new Map<string, number>();
    return list.map((name) => {
      const before = seen.get(name) ?? 0;
      seen.set(name, before + 1);
      return `${before} ${name}`;
    });
  };
  const where = lists.map((list) => new Map(asCounted(list).map((key, at) => [key, at])));
  const shared = asCounted(first).filter((key) => where.every((places) => places.has(key)));
  return {
    names: shared.map((key) => key.slice(key.indexOf(' ') + 1)),
    places: where.map((places) => Int32Array.from(shared, (key) => places.get(key) ?? 0)),
  };
}

/** Users and items by their ids where there are ids, else by their names, that all data sets have. */
export function commonCells(datasets: readonly Dataset[]): CommonCells {
  const byId = (of: 'userIds' | 'itemIds') => datasets.every((dataset) => dataset[of] !== null);
  const users = common(datasets.map((d) => (byId('userIds') ? (d.userIds ?? d.users) : d.users)));
  const items = common(datasets.map((d) => (byId('itemIds') ? (d.itemIds ?? d.items) : d.items)));
  const [first] = datasets;
  const named = (names: readonly string[] | undefined, places: Int32Array | undefined) =>
    Array.from(places ?? [], (place) => names?.[place] ?? '');
  return {
    users: named(first?.users, users.places[0]),
    items: named(first?.items, items.places[0]),
    places: datasets.map((_, at) => ({
      users: users.places[at] ?? new Int32Array(0),
      items: items.places[at] ?? new Int32Array(0),
    })),
  };
}

/** Those cells of R̂ (m × n, row by row, n columns) that stand at `users` × `items`, row by row. */
export function cellsAt(
  predictions: Float64Array,
  n: number,
  { users, items }: { readonly users: Int32Array; readonly items: Int32Array },
): Float64Array {
  const cells = new Float64Array(users.length * items.length);
  let place = 0;
  for (const user of users) for (const item of items) cells[place++] = predictions[user * n + item] ?? Number.NaN;
  return cells;
}

/** Places of the greatest |change|, the greatest first (ties: the earlier); no NaN, no 0. One pass, however many there are. */
export function mostMoved(changes: Float64Array, count: number): readonly number[] {
  const found: number[] = [];
  const size = (place: number) => Math.abs(changes[place] ?? 0);
  for (let place = 0; place < changes.length && count > 0; place += 1) {
    const own = size(place);
    if (!(own > 0)) continue;
    if (found.length === count && own <= size(found[count - 1] ?? 0)) continue;
    let at = found.length;
    while (at > 0 && size(found[at - 1] ?? 0) < own) at -= 1;
    found.splice(at, 0, place);
    if (found.length > count) found.pop();
  }
  return found;
}

/** The rows and columns (ascending) of an m × n matrix whose |change| adds up to most; all, where there are no more than asked for. */
export function rowsThatMoved(
  changes: Float64Array,
  m: number,
  n: number,
  most: { readonly users: number; readonly items: number },
): { readonly users: Int32Array; readonly items: Int32Array } {
  const byUser = new Float64Array(m);
  const byItem = new Float64Array(n);
  for (let user = 0, place = 0; user < m; user += 1) {
    for (let item = 0; item < n; item += 1, place += 1) {
      const change = Math.abs(changes[place] ?? 0);
      if (!Number.isFinite(change)) continue;
      byUser[user] = (byUser[user] ?? 0) + change;
      byItem[item] = (byItem[item] ?? 0) + change;
    }
  }
  const greatest = (sums: Float64Array, count: number): Int32Array => {
    const all = Int32Array.from(sums, (_, at) => at);
    if (sums.length <= count) return all;
    return all
      .sort((a, b) => (sums[b] ?? 0) - (sums[a] ?? 0) || a - b)
      .slice(0, count)
      .sort();
  };
  return { users: greatest(byUser, most.users), items: greatest(byItem, most.items) };
}

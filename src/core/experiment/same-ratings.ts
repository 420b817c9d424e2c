import type { Dataset } from '../dataset.ts';

const known = new WeakMap<Dataset, WeakMap<Dataset, boolean>>();

/** The same, looked at once for two data sets: what was kept and read again is another object of the same ratings. */
export function knownSameRatings(a: Dataset, b: Dataset): boolean {
  if (a.ratings.value === b.ratings.value) return true;
  const of = known.get(a) ?? new WeakMap<Dataset, boolean>();
  known.set(a, of);
  const before = of.get(b);
  if (before !== undefined) return before;
  const same = sameRatings(a, b);
  of.set(b, same);
  return same;
}

/** Whether two data sets hold the same ratings, whatever they hold out and however they are called. */
export function sameRatings({ ratings: a, ...first }: Dataset, { ratings: b, ...second }: Dataset): boolean {
  if (a === b) return true;
  if (a.value.length !== b.value.length) return false;
  if (first.users.length !== second.users.length || first.items.length !== second.items.length) return false;
  const same = (one: ArrayLike<number>, other: ArrayLike<number>) => {
    for (let at = 0; at < one.length; at += 1) if (one[at] !== other[at]) return false;
    return true;
  };
  return same(a.user, b.user) && same(a.item, b.item) && same(a.value, b.value);
}

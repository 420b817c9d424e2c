import type { Dataset } from '../dataset.ts';

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

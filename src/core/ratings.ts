/** Row of P, row of R: 0 … m − 1. */
export type UserIndex = number;
/** Row of Q, column of R: 0 … n − 1. */
export type ItemIndex = number;
/** Completed passes over the training ratings. */
export type Epoch = number;

/** No rating may be farther from zero than this. */
export const RATING_LIMIT = 1e100;

/**
 * The known entries of R as columns, sorted by user, then item; each pair at most once. What is not listed is a gap; a
 * rating of 0 is a rating. Never a dense m × n array: a million ratings will come.
 *
 *     index      0    1    2
 *     user       0    0    1        Int32Array
 *     item       0    1    0        Int32Array
 *     value      5    3    4        Float64Array, |value| ≤ 1e100
 *     heldOut    0    1    0        Uint8Array, 1 = hidden from training
 *     time       …                  Float64Array or null, seconds since 1970 when the file knew
 *
 * The arrays are never written after the object was made (a study is immutable).
 */
export interface Ratings {
  readonly user: Int32Array;
  readonly item: Int32Array;
  readonly value: Float64Array;
  readonly heldOut: Uint8Array;
  readonly time: Float64Array | null;
}

/** One rating, as the functions that edit and build take it. */
export interface Rating {
  readonly user: UserIndex;
  readonly item: ItemIndex;
  readonly value: number;
  readonly heldOut?: boolean;
  readonly time?: number;
}

/** Index of the pair (user, item) in the columns, or −1 − (where it would be inserted) when it is a gap. */
export function findRating(ratings: Ratings, user: UserIndex, item: ItemIndex): number {
  let low = 0;
  let high = ratings.user.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const u = ratings.user[middle] ?? 0;
    const i = ratings.item[middle] ?? 0;
    if (u < user || (u === user && i < item)) low = middle + 1;
    else high = middle;
  }
  return low < ratings.user.length && ratings.user[low] === user && ratings.item[low] === item ? low : -1 - low;
}

/** Where the ratings of `user` begin, or would begin. */
export function firstRatingOf(ratings: Ratings, user: UserIndex): number {
  const found = findRating(ratings, user, 0);
  return found < 0 ? -1 - found : found;
}

/** How many ratings are held out, hidden from training; from their `heldOut` column. */
export function countHeldOut(heldOut: Uint8Array): number {
  let count = 0;
  for (const flag of heldOut) count += flag;
  return count;
}

/** Columns from a list in any order. A pair that comes twice keeps its last value (callers that must refuse it check first). */
export function ratingsFrom(list: readonly Rating[]): Ratings {
  const sorted = list
    .map((rating, order) => ({ rating, order }))
    .sort((a, b) => a.rating.user - b.rating.user || a.rating.item - b.rating.item || a.order - b.order)
    .map((entry) => entry.rating);
  const kept = sorted.filter((rating, at) => {
    const next = sorted[at + 1];
    return !next || next.user !== rating.user || next.item !== rating.item;
  });
  const timed = kept.some((rating) => rating.time !== undefined);
  return {
    user: Int32Array.from(kept, (rating) => rating.user),
    item: Int32Array.from(kept, (rating) => rating.item),
    value: Float64Array.from(kept, (rating) => rating.value),
    heldOut: Uint8Array.from(kept, (rating) => (rating.heldOut ? 1 : 0)),
    time: timed ? Float64Array.from(kept, (rating) => rating.time ?? 0) : null,
  };
}

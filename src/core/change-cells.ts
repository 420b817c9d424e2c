import { findRating, firstRatingOf, type ItemIndex, type Ratings, type UserIndex } from './ratings.ts';

/** What becomes of one cell: a rating, or a gap (null). */
export interface CellChange {
  readonly user: UserIndex;
  readonly item: ItemIndex;
  readonly value: number | null;
  /** Of the rating that it becomes; a gap has none. */
  readonly heldOut: boolean;
}

interface Columns {
  readonly user: Int32Array;
  readonly item: Int32Array;
  readonly value: Float64Array;
  readonly heldOut: Uint8Array;
  readonly time: Float64Array | null;
}

function emptyColumns(length: number, timed: boolean): Columns {
  return {
    user: new Int32Array(length),
    item: new Int32Array(length),
    value: new Float64Array(length),
    heldOut: new Uint8Array(length),
    time: timed ? new Float64Array(length) : null,
  };
}

/** Copies ratings from … until − 1 to place `to`; as blocks of memory, since a million ratings will be edited one at a time. */
function copyRatings(target: Columns, to: number, source: Ratings, from: number, until: number): void {
  target.user.set(source.user.subarray(from, until), to);
  target.item.set(source.item.subarray(from, until), to);
  target.value.set(source.value.subarray(from, until), to);
  target.heldOut.set(source.heldOut.subarray(from, until), to);
  if (target.time && source.time) target.time.set(source.time.subarray(from, until), to);
}

/**
 * New columns with the changes made. `changes` come sorted by user, then item, each cell at most once, values finite. A changed
 * rating keeps its time; a new one in a timed set has time 0. Cost: the changes plus one copy of the columns.
 */
export function changeCells(ratings: Ratings, changes: readonly CellChange[]): Ratings {
  const count = ratings.user.length;
  const places = changes.map((change) => findRating(ratings, change.user, change.item));
  let length = count;
  changes.forEach((change, n) => {
    const wasRating = (places[n] ?? 0) >= 0;
    if (wasRating && change.value === null) length -= 1;
    if (!wasRating && change.value !== null) length += 1;
  });
  const next = emptyColumns(length, ratings.time !== null);
  let from = 0;
  let to = 0;
  changes.forEach((change, n) => {
    const found = places[n] ?? 0;
    const at = found >= 0 ? found : -1 - found;
    copyRatings(next, to, ratings, from, at);
    to += at - from;
    from = found >= 0 ? at + 1 : at;
    if (change.value === null) return;
    next.user[to] = change.user;
    next.item[to] = change.item;
    next.value[to] = change.value;
    next.heldOut[to] = change.heldOut ? 1 : 0;
    if (next.time && ratings.time) next.time[to] = found >= 0 ? (ratings.time[at] ?? 0) : 0;
    to += 1;
  });
  copyRatings(next, to, ratings, from, count);
  return next;
}

/** The ratings after users were added, removed or moved: `order[new index] = old index`, −1 for a user without ratings. */
export function arrangeUsers(ratings: Ratings, order: readonly number[]): Ratings {
  const segments = order.map((old) =>
    old < 0 ? { from: 0, until: 0 } : { from: firstRatingOf(ratings, old), until: firstRatingOf(ratings, old + 1) },
  );
  const next = emptyColumns(
    segments.reduce((sum, { from, until }) => sum + until - from, 0),
    ratings.time !== null,
  );
  let to = 0;
  segments.forEach(({ from, until }, user) => {
    copyRatings(next, to, ratings, from, until);
    next.user.fill(user, to, to + until - from);
    to += until - from;
  });
  return next;
}

/** The ratings after items were added, removed or moved: `order[new index] = old index`, −1 for an item without ratings. */
export function arrangeItems(ratings: Ratings, order: readonly number[], itemsBefore: number): Ratings {
  const newIndex = new Int32Array(itemsBefore).fill(-1);
  order.forEach((old, now) => {
    if (old >= 0) newIndex[old] = now;
  });
  const kept = ratings.item.reduce((sum, item) => sum + ((newIndex[item] ?? -1) >= 0 ? 1 : 0), 0);
  const next = emptyColumns(kept, ratings.time !== null);
  let to = 0;
  for (let at = 0; at < ratings.item.length; at++) {
    const item = newIndex[ratings.item[at] ?? 0] ?? -1;
    if (item < 0) continue;
    const user = ratings.user[at] ?? 0;
    // Insertion sort among this user's ratings: moving one item puts at most one of them out of place.
    let place = to;
    while (place > 0 && next.user[place - 1] === user && (next.item[place - 1] ?? 0) > item) place -= 1;
    if (place < to) {
      next.user.copyWithin(place + 1, place, to);
      next.item.copyWithin(place + 1, place, to);
      next.value.copyWithin(place + 1, place, to);
      next.heldOut.copyWithin(place + 1, place, to);
      next.time?.copyWithin(place + 1, place, to);
    }
    next.user[place] = user;
    next.item[place] = item;
    next.value[place] = ratings.value[at] ?? 0;
    next.heldOut[place] = ratings.heldOut[at] ?? 0;
    if (next.time && ratings.time) next.time[place] = ratings.time[at] ?? 0;
    to += 1;
  }
  return next;
}

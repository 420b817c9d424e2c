import type { Dataset } from './dataset.ts';
import { randomStream } from './random.ts';
import type { Ratings } from './ratings.ts';

/** The dataset with `percent` (0 … 90) of all its ratings held out, chosen anew; what was held out before is returned first. */
export function chooseHeldOut(dataset: Dataset, percent: number, seed: number): Dataset {
  const heldOut = drawHeldOut(dataset.ratings, percent, seed);
  return {
    ...dataset,
    ratings: { ...dataset.ratings, heldOut },
    holdOut: percent > 0 ? { share: percent, kind: 'random', seed } : null,
  };
}

/**
 * Up to this many ratings the draw spares the last training rating of a user or item. On large sets it must not: leaving
 * out every item that was rated once would make the held-out ratings easier than those that come later.
 */
const SPARING_LIMIT = 5_000;

/**
 * `percent` of all ratings (rounded) drawn from the seed's `hold-out` stream, as a `heldOut` column. A rating that is the last one left in training for its user or item is passed over as long as
 * others can be taken instead: a model can say nothing about a row it never saw.
 */
export function drawHeldOut(ratings: Ratings, percent: number, seed: number): Uint8Array {
  const count = ratings.user.length;
  const heldOut = new Uint8Array(count);
  let wanted = Math.min(count, Math.round((count * percent) / 100));
  if (wanted <= 0) return heldOut;

  const order = Int32Array.from({ length: count }, (_, at) => at);
  const random = randomStream(seed, 'hold-out');
  for (let last = count - 1; last > 0; last -= 1) {
    const chosen = random.below(last + 1);
    const kept = order[last] ?? 0;
    order[last] = order[chosen] ?? 0;
    order[chosen] = kept;
  }

  const leftOfUser = new Map<number, number>();
  const leftOfItem = new Map<number, number>();
  for (let at = 0; at < count; at += 1) {
    const u = ratings.user[at] ?? 0;
    const i = ratings.item[at] ?? 0;
    leftOfUser.set(u, (leftOfUser.get(u) ?? 0) + 1);
    leftOfItem.set(i, (leftOfItem.get(i) ?? 0) + 1);
  }
  for (const sparing of count <= SPARING_LIMIT ? [true, false] : [false]) {
    for (const at of order) {
      if (wanted === 0) return heldOut;
      const u = ratings.user[at] ?? 0;
      const i = ratings.item[at] ?? 0;
      const ofUser = leftOfUser.get(u) ?? 0;
      const ofItem = leftOfItem.get(i) ?? 0;
      if (heldOut[at] === 1 || (sparing && (ofUser <= 1 || ofItem <= 1))) continue;
      heldOut[at] = 1;
      leftOfUser.set(u, ofUser - 1);
      leftOfItem.set(i, ofItem - 1);
      wanted -= 1;
    }
  }
  return heldOut;
}

import type { Side } from './edit-rows.ts';
import type { ModelSettings } from './model.ts';
import { randomStream } from './random.ts';
import { gatherColumns, type RatingColumns, type TrainingData } from './training-data.ts';

/**
 * Fills `order` with the permutation of 0 … length − 1 in which a shuffled epoch visits the training ratings
 * (Fisher and Yates, from the last place to the second). It depends on seed and epoch alone, so a run that is
 * paused, saved or resumed in mid-epoch finds the same order again. epoch: epochs completed before this one.
 */
export function shuffleInto(order: Int32Array, seed: number, epoch: number): void {
  const random = randomStream(seed, 'shuffle', epoch);
  for (let at = 0; at < order.length; at += 1) order[at] = at;
  for (let last = order.length - 1; last > 0; last -= 1) {
    const chosen = random.below(last + 1);
    const kept = order[last] ?? 0;
    order[last] = order[chosen] ?? 0;
    order[chosen] = kept;
  }
}

/** How many numbers `visitingOrder` writes for this data. */
export function roomForOrder({ training, passedOver }: TrainingData): number {
  return training.value.length + (passedOver === undefined ? 0 : 1);
}

/**
 * The order of a shuffled epoch for this data, written into `room` (of `roomForOrder` numbers). Without a rating that is passed
 * over it is that of `shuffleInto`. With one, it is the order of one rating more, in which that one is skipped: an order drawn
 * for one fewer would be wholly another, and what it changes would be taken for what the rating does.
 */
export function visitingOrder(room: Int32Array, { passedOver }: TrainingData, seed: number, epoch: number): Int32Array {
  shuffleInto(room, seed, epoch);
  if (passedOver === undefined) return room;
  let count = 0;
  for (const place of room) {
    if (place === passedOver) continue;
    room[count] = place > passedOver ? place - 1 : place;
    count += 1;
  }
  return room.subarray(0, count);
}

/**
 * The training ratings in the order in which the epoch after `epoch` completed ones visits them; shared where that is theirs.
 * (ALS visits rows, whatever the order says.)
 */
export function inVisitingOrder(
  training: RatingColumns,
  { order, seed }: Pick<ModelSettings, 'order' | 'seed'>,
  epoch: number,
): RatingColumns {
  if (order === 'row-major') return training;
  const chosen = new Int32Array(training.value.length);
  shuffleInto(chosen, seed, epoch);
  return gatherColumns(training, chosen);
}

/** Under ALS: whose turn it is, users before items. position: visits made in the epoch under way; users: how many there are. */
export function turnOf(position: number, users: number): Side {
  return position < users ? 'users' : 'items';
}

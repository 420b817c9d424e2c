import type { Side } from './edit-rows.ts';
import type { ModelSettings } from './model.ts';
import { randomStream } from './random.ts';
import { gatherColumns, type RatingColumns } from './training-data.ts';

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

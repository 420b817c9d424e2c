import type { Dataset } from './dataset.ts';

/** Ratings in the order they are visited, as columns of one length. */
export interface RatingColumns {
  readonly user: Int32Array;
  readonly item: Int32Array;
  readonly value: Float64Array;
}

/**
 * What training and measuring read of a dataset: its ratings parted into those that are trained on and those held out,
 * both row-major (users from first to last as displayed, within each its items).
 */
export interface TrainingData {
  /** Users, items. */
  readonly m: number;
  readonly n: number;
  readonly training: RatingColumns;
  readonly heldOut: RatingColumns;
  /** Mean of the training ratings, summed left to right; 0 when there are none. */
  readonly mean: number;
  /** A place among the training ratings that is passed over: shuffled, the others come in the order that they had with it. */
  readonly passedOver?: number;
}

/** Sum of the values from left to right, over their number; 0 for none. */
export function meanOf(values: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < values.length; at += 1) sum += values[at] ?? 0;
  return values.length === 0 ? 0 : sum / values.length;
}

/** The rows of `columns` that `chosen` lists, in its order. */
export function gatherColumns(columns: RatingColumns, chosen: Int32Array): RatingColumns {
  const gathered = {
    user: new Int32Array(chosen.length),
    item: new Int32Array(chosen.length),
    value: new Float64Array(chosen.length),
  };
  gatherInto(gathered, columns, chosen);
  return gathered;
}

/** As `gatherColumns`, into columns that are there already (a shuffled epoch makes no garbage). */
export function gatherInto(into: RatingColumns, columns: RatingColumns, chosen: Int32Array): void {
  for (let at = 0; at < chosen.length; at += 1) {
    const from = chosen[at] ?? 0;
    into.user[at] = columns.user[from] ?? 0;
    into.item[at] = columns.item[from] ?? 0;
    into.value[at] = columns.value[from] ?? 0;
  }
}

/** Parts a dataset's ratings into training and held out. Shares its arrays where nothing is held out. */
export function trainingData(dataset: Dataset): TrainingData {
  const { ratings } = dataset;
  const count = ratings.user.length;
  let held = 0;
  for (let at = 0; at < count; at += 1) held += ratings.heldOut[at] === 0 ? 0 : 1;
  const trainingAt = new Int32Array(held === 0 ? 0 : count - held);
  const heldOutAt = new Int32Array(held);
  if (held > 0) {
    let training = 0;
    let heldOut = 0;
    for (let at = 0; at < count; at += 1) {
      if (ratings.heldOut[at] === 0) trainingAt[training++] = at;
      else heldOutAt[heldOut++] = at;
    }
  }
  const all: RatingColumns = { user: ratings.user, item: ratings.item, value: ratings.value };
  const training = held === 0 ? all : gatherColumns(all, trainingAt);
  return {
    m: dataset.users.length,
    n: dataset.items.length,
    training,
    heldOut: gatherColumns(all, heldOutAt),
    mean: meanOf(training.value),
  };
}

/** The same data with training rating number `left` as the only one held out: what leave-one-out trains on. */
export function withoutTrainingRating(data: TrainingData, left: number): TrainingData {
  const others = Int32Array.from({ length: data.training.user.length - 1 }, (_, at) => (at < left ? at : at + 1));
  const training = gatherColumns(data.training, others);
  return {
    m: data.m,
    n: data.n,
    training,
    heldOut: gatherColumns(data.training, Int32Array.of(left)),
    mean: meanOf(training.value),
  };
}

import { type ModelSettings, unreachable } from '../core/model.ts';
import type { Epoch, ItemIndex, UserIndex } from '../core/ratings.ts';
import type { TrainingData } from '../core/training-data.ts';
import { sampleForInfluence } from '../core/understand/influence.ts';

/** What one retraining may cost on its way to rest, and what all of a sample may: in rating visits × factors, 2 to 4 ns each. */
const WORK_TO_SETTLE = 4e8;
const WORK_OF_SAMPLE = 1.2e10;
/** The notebook's 6 × 4 settles in some 600,000 epochs at its own α of .0002, without one of its ratings in up to 1,500,000. */
const MOST_EPOCHS_TO_SETTLE = 3_000_000;
const LEAST_EPOCHS_TO_SETTLE = 1_000;
/** A sample is never smaller than this; fewer ratings are all left out in turn. */
const LEAST_SAMPLE = 40;

/** Roughly what an epoch costs, in rating visits × factors. */
function epochCost({ k, optimizer }: ModelSettings, { training, m, n }: TrainingData): number {
  const ratings = Math.max(1, training.value.length);
  switch (optimizer.kind) {
    case 'sgd':
    case 'momentum':
      return ratings * (k + 4);
    case 'adam':
      return Math.ceil(ratings / optimizer.batch) * (m + n) * (k + 1) * 4 + ratings * (k + 4) * 2;
    // For each rating of a row k² products, on both sides; for each row k³/3 to solve it.
    case 'als':
      return ratings * (k + 1) * (k + 4) * 2 + (m + n) * (k + 4) * (k + 4) * (k + 4);
    default:
      return unreachable(optimizer);
  }
}

/** After how many epochs a retraining is not waited for any longer; more than the run's own `mark`. */
export function settleLimit(model: ModelSettings, data: TrainingData, mark: Epoch): Epoch {
  const affordable = Math.floor(WORK_TO_SETTLE / epochCost(model, data));
  return Math.max(2 * mark, LEAST_EPOCHS_TO_SETTLE, Math.min(affordable, MOST_EPOCHS_TO_SETTLE));
}

/** A sample of training ratings, as places in the columns, and of how many. All of them where that is affordable. */
export interface RatingSample {
  readonly ratings: Int32Array;
  readonly of: number;
}

/**
 * The ratings that are left out in turn: all, or for a `cell` its user's and item's and every s-th of the others, or without
 * one every s-th. `epochs`: what a retraining takes.
 */
export function sampleToLeaveOut(
  model: ModelSettings,
  data: TrainingData,
  epochs: Epoch,
  cell: { readonly user: UserIndex; readonly item: ItemIndex } | null,
): RatingSample {
  const of = data.training.value.length;
  const affordable = Math.floor(WORK_OF_SAMPLE / (Math.max(1, epochs) * epochCost(model, data)));
  const limit = Math.max(LEAST_SAMPLE, affordable);
  if (of < 2) return { ratings: new Int32Array(0), of };
  return { ratings: sampleForInfluence(data, cell?.user ?? -1, cell?.item ?? -1, limit), of };
}

import type { Side } from '../core/edit-rows.ts';
import type { ModelSettings } from '../core/model.ts';
import type { TrainingState } from '../core/parameters.ts';
import type { Problem } from '../core/problem.ts';
import type { RatingColumns, TrainingData } from '../core/training-data.ts';

/**
 * A stretch of one epoch: visits `from` … `to` − 1. A visit is one rating under SGD and momentum, one batch under Adam, one
 * row under ALS.
 *
 *     columns   r₀ r₁ r₂ r₃ r₄ …     training ratings in visiting order (row-major, or shuffled for this epoch)
 *     SGD       └0 └1 └2 └3 └4
 *     Adam      └──0──┘ └──1──┘ …    batches of `batch` ratings, the last one smaller
 *     ALS       user 0, user 1 … user m − 1, item 0 … item n − 1, each with all of its ratings
 */
export interface Stretch {
  columns: RatingColumns;
  from: number;
  to: number;
  /** Stop before the update of a visit whose |e| is not below this (Infinity: only where e is not finite). */
  limit: number;
  /** Written by the engine: e = r − r̂ of the last rating visited, before its update. */
  error: number;
  /** Written by the engine when it cannot make the next visit at all, whatever the limit: ALS, where β = 0 leaves a row open. */
  refusal?: Refusal | null;
}

/** A row that has no single best value, and why. */
export interface Refusal {
  readonly side: Side;
  readonly row: number;
  readonly problem: Problem;
}

/** How visits are made. The reference engine defines what is right; a faster one states where it may differ and why. */
export interface Engine {
  readonly name: string;
  /** Visits in a whole epoch over the training ratings of `data`. */
  visitsPerEpoch(model: ModelSettings, data: Pick<TrainingData, 'm' | 'n' | 'training'>): number;
  /**
   * Makes the visits of `stretch` in order, writing `state.parameters` and the optimizer's memory (`state.adam`,
   * `state.velocity`; they must fit `model`), and returns how many it made; fewer than asked means that the next one ran into
   * `limit`, or was refused, with nothing of it written. α is that of the epoch after `state.epoch`. `state.epoch`,
   * `state.position` and μ are the caller's.
   */
  run(state: TrainingState, model: ModelSettings, stretch: Stretch): number;
}

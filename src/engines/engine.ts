import type { ModelSettings } from '../core/model.ts';
import type { TrainingState } from '../core/parameters.ts';
import type { RatingColumns } from '../core/training-data.ts';

/**
 * A stretch of one epoch: visits `from` … `to` − 1. A visit is one rating under SGD, one batch under Adam.
 *
 *     columns   r₀ r₁ r₂ r₃ r₄ …     training ratings in visiting order (row-major, or shuffled for this epoch)
 *     SGD       └0 └1 └2 └3 └4
 *     Adam      └──0──┘ └──1──┘ …    batches of `batch` ratings, the last one smaller
 */
export interface Stretch {
  columns: RatingColumns;
  from: number;
  to: number;
  /** Stop before the update of a visit whose |e| is not below this (Infinity: only where e is not finite). */
  limit: number;
  /** Written by the engine: e = r − r̂ of the last rating visited. */
  error: number;
}

/** How visits are made. The reference engine defines what is right; a faster one states where it may differ and why. */
export interface Engine {
  readonly name: string;
  /** Visits in a whole epoch over `ratings` training ratings. */
  visitsPerEpoch(model: ModelSettings, ratings: number): number;
  /**
   * Makes the visits of `stretch` in order, writing `state.parameters` and `state.adam` (which must fit `model`), and
   * returns how many it made; fewer than asked means that the next one ran into `limit`, with nothing of it written.
   * `state.epoch`, `state.position` and μ are the caller's.
   */
  run(state: TrainingState, model: ModelSettings, stretch: Stretch): number;
}

import type { Epoch } from '../ratings.ts';
import type { Study } from '../study.ts';
import type { Assignment, Axis } from './axis.ts';

/**
 * How runs are judged: by ratings that they never see.
 *
 *     hold-out        share null: the ratings that the study holds out; else `repeats` draws of `share` percent
 *     k-fold          every rating is left out once; `folds` (≥ 2) parts of one shuffle
 *     leave-one-out   every rating is left out once, by itself
 *     time-ordered    `folds` + 1 stretches by time; fold f trains on the first f + 1 and is judged by the next (where times are known)
 *
 * All but the first forget what the study holds out. Folds are drawn by `splitSeed` from a stream of their own.
 */
export type Judging =
  | { readonly kind: 'hold-out'; readonly share: number | null; readonly repeats: number }
  | { readonly kind: 'k-fold'; readonly folds: number }
  | { readonly kind: 'leave-one-out' }
  | { readonly kind: 'time-ordered'; readonly folds: number };

/**
 * When a run is over. `epochs` gives all the same budget, which confounds a learning rate with how far it got; `settled` is the
 * same stopping rule for all (`stopWhenSettled` of `understand/retrain.ts`: a tenth more epochs improve J by less than one part in
 * 100,000); `early` stops when the error it watches has not been less for `patience` epochs, and goes back to the best epoch. It
 * watches the very ratings that judge the run (which flatters it, and the verdict says so), or `watchShare` percent of the
 * training ratings, set aside.
 */
export type Stop =
  | { readonly kind: 'epochs'; readonly epochs: Epoch }
  | { readonly kind: 'settled'; readonly limit: Epoch }
  | { readonly kind: 'early'; readonly limit: Epoch; readonly patience: number; readonly watchShare: number | null };

/** Points in the space of the axes in the place of a grid: `count` of them. */
export interface Search {
  readonly kind: 'random' | 'quasi-random';
  readonly count: number;
  readonly seed: number;
}

/**
 * A sweep: one study, with some of its settings varied. Everything that it runs follows from this and a number
 * (`run-spec.ts`), so it can be run anywhere, in any order, again.
 */
export interface SweepPlan {
  /** What is not varied; its seed is not used (`seeds` are), its start only where nothing about it changes. */
  readonly study: Study;
  /** 1 or 2 for a grid (the second goes up a map), any number for a search. */
  readonly axes: readonly Axis[];
  /** Null: every combination of the axes' values. */
  readonly search: Search | null;
  /** Each combination is run from each of them; at least one. */
  readonly seeds: readonly number[];
  readonly judging: Judging;
  readonly splitSeed: number;
  readonly stop: Stop;
  /**
   * Nested selection: within the training ratings of every fold so many inner folds choose a combination, which the fold then
   * judges. The honest figure where the best of many is judged; null for none.
   */
  readonly innerFolds: number | null;
}

/** A combination of the axes' values; `cell` of a grid counts along the first axis first. */
export type CellIndex = number;

/** One run of a plan. */
export interface RunSpec {
  readonly index: number;
  readonly cell: CellIndex;
  readonly assignments: readonly Assignment[];
  /** The study's settings with the assignments, and the seed. */
  readonly model: Study['model'];
  readonly seed: number;
  readonly fold: number;
  /** Which inner fold of that fold; null: the fold itself. */
  readonly inner: number | null;
  /** Index into `splitsOf(plan)`. */
  readonly split: number;
}

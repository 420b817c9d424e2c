import type { Assignment } from './axis.ts';
import type { CellIndex } from './plan.ts';

/**
 * What the runs of one combination came to. Figures are over the seeds that have all their folds; a seed's figure is the RMSE
 * over the left-out ratings of all its folds together: √(Σe²/N).
 */
export interface CellSummary {
  readonly cell: CellIndex;
  readonly assignments: readonly Assignment[];
  /** Runs that came, that diverged, that there are to be (inner folds not counted). */
  readonly done: number;
  readonly diverged: number;
  readonly total: number;
  /** Seeds in the figures. */
  readonly seeds: number;
  /** Mean over seeds of RMSE held out; null where there is none yet, or every seed diverged. */
  readonly mean: number | null;
  /** √(Σ(x − mean)²/(seeds − 1)) over seeds; null for fewer than two. */
  readonly spreadOverSeeds: number | null;
  /** The same over folds, of each fold's mean over seeds; null for fewer than two folds, or where a fold is a single rating. */
  readonly spreadOverFolds: number | null;
  readonly least: number | null;
  readonly greatest: number | null;
  /** Means over seeds: RMSE seen (of all folds' ratings), objective, epochs, milliseconds of all folds. */
  readonly rmseSeen: number | null;
  readonly objective: number | null;
  readonly epochs: number | null;
  readonly milliseconds: number | null;
}

/** A best that lies on the edge of an axis: better ones may lie beyond. */
export interface EdgeOfAxis {
  /** Place of the axis in the plan. */
  readonly axis: number;
  readonly side: 'low' | 'high';
  /** The values that `extendPlan` would add, in the axis's order; empty at a limit of the setting. */
  readonly beyond: readonly number[];
}

/** A difference of two errors on the same left-out ratings and seeds; below 0 says that the first is better. */
export interface PairedInterval {
  /** RMSE of the first − RMSE of the second, over all left-out ratings and seeds. */
  readonly difference: number;
  /** Where 95 % of the resampled differences lie. */
  readonly low: number;
  readonly high: number;
  /** Left-out ratings. */
  readonly ratings: number;
  /** Seeds; with one of them their luck is not in the interval. */
  readonly seeds: number;
  /** Whether there are enough left-out ratings (8) to tell anything apart. */
  readonly enough: boolean;
  /** Whether the interval leaves out 0 (`clear-of-zero.ts`): it is more than which ratings and seeds one happens to have. Never where they are not enough. */
  readonly clear: boolean;
}

/** Errors of predicting without factors, on the same folds. */
export interface BaselineErrors {
  readonly mean: number;
  readonly biases: number;
}

/** What a learning curve comes to: its greatest share of the ratings beside the one before. */
export interface LastStep {
  readonly first: CellSummary;
  readonly before: CellSummary;
  /** RMSE with the greatest share − RMSE with the one before. */
  readonly interval: PairedInterval;
}

/** What a sweep says, in numbers; `strings.experiment` has the words. */
export interface Verdict {
  readonly best: CellSummary | null;
  /** Every combination that came out whole, the best first. */
  readonly ranked: readonly CellIndex[];
  readonly baselines: BaselineErrors | null;
  /** The best beside the second best; null where there is no second one. */
  readonly againstNext: { readonly next: CellSummary; readonly interval: PairedInterval } | null;
  readonly againstMean: PairedInterval | null;
  readonly againstBiases: PairedInterval | null;
  /**
   * A learning curve has no winner, as nobody chooses how many ratings there are: `best` is the one of the greatest share, with no
   * rivals. Null for everything else, and for a single share.
   */
  readonly lastStep: LastStep | null;
  /** Of those compared: combinations that cannot be told from the best, as the interval of the difference holds 0. */
  readonly alike: readonly CellIndex[];
  /** How many others stand beside the best; with a learning axis only those of its share. */
  readonly rivals: number;
  /** How many of the next best were compared with the best: not all where there are many. */
  readonly compared: number;
  /** The best is better than every other one, and than both baselines, beyond the noise. */
  readonly clearWinner: boolean;
  readonly edges: readonly EdgeOfAxis[];
  /** The honest figure of choosing the best of many; null unless the plan asks for it. */
  readonly nested: NestedFigure | null;
  /** What makes the figures look better than they are. */
  readonly caveats: readonly Caveat[];
}

/**
 * best-of-many: the best of several, judged by what chose it. stop-watched-judges: early stopping watched the ratings that judge.
 * same-budget: a learning rate is swept at fixed epochs; fewer-updates: the share of ratings seen is. diverged: some runs diverged.
 * other-penalty: Adam beside other optimizers, where the same β is another penalty.
 * few-ratings: fewer than 30 left-out ratings; too-few-ratings: fewer than 8, which tell nothing apart.
 */
export type Caveat =
  | 'best-of-many'
  | 'stop-watched-judges'
  | 'same-budget'
  | 'fewer-updates'
  | 'other-penalty'
  | 'diverged'
  | 'few-ratings'
  | 'too-few-ratings'
  | 'one-seed';

/** Nested selection: for every fold, what its inner folds chose, and how that fared on the fold. */
export interface NestedFigure {
  /** RMSE over all left-out ratings, mean over seeds. */
  readonly rmse: number;
  readonly spreadOverSeeds: number | null;
  readonly againstMean: PairedInterval | null;
  /** By fold (of the first seed …): the cell that was chosen most often over seeds. */
  readonly chosen: readonly CellIndex[];
}

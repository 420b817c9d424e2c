import type { Split } from '../core/experiment/folds.ts';
import type { PackedRuns } from '../core/experiment/packed-runs.ts';
import type { Stop } from '../core/experiment/plan.ts';
import type { BaselineErrorColumns } from '../core/experiment/results.ts';
import type { RunResult } from '../core/experiment/run-result.ts';
import type { History } from '../core/history.ts';
import type { ModelSettings } from '../core/model.ts';
import type { Parameters } from '../core/parameters.ts';
import type { Epoch } from '../core/ratings.ts';
import type { Study } from '../core/study.ts';
import type { Outcome, StoppingRule } from '../core/understand/retrain.ts';

/** Cells of R̂, as columns of one length. */
export interface Cells {
  readonly user: Int32Array;
  readonly item: Int32Array;
}

/** One training of a study from epoch 0, away from the run: as the study is, from another seed, or without a rating. */
export interface TrainTask {
  /** When it is over: `stopAt(epochs)`, or `stopWhenSettled(limit, mark)`. */
  readonly stop: StoppingRule;
  /** In the place of the study's: another start, drawn anew, and other shuffles. */
  readonly seed?: number;
  /** Place of a training rating in row-major order. It becomes the only held-out one. Not together with `seed`. */
  readonly leaveOut?: number;
  /** In the place of the study's learning rate. */
  readonly alpha?: number;
  /** Which predictions are wanted; 'all' is row by row (m × n). */
  readonly wanted: Cells | 'all' | 'none';
  /** Whether P, Q … are wanted too, at the end and at the rule's mark. */
  readonly wantParameters?: boolean;
  /**
   * Whether the curve is wanted, measured as a run's is. Such a task goes to `stop.epochs` whatever the objective does, has
   * no mark, and where it diverges its final parameters are those of the last epoch measured.
   */
  readonly wantCurve?: boolean;
}

/** What a task came to. */
export interface TaskResult {
  /** r̂ of the cells wanted, in their order, at the end; empty when it diverged. */
  readonly predictions: Float64Array;
  /** The same at the rule's mark; null without one, or when it diverged before. */
  readonly predictionsAtMark: Float64Array | null;
  readonly rmseSeen: number | null;
  readonly rmseHeldOut: number | null;
  readonly objective: number | null;
  readonly epochs: Epoch;
  readonly ended: Outcome['ended'];
  /** Null when not asked for, or when it diverged. */
  readonly finalParameters: Parameters | null;
  readonly parametersAtMark: Parameters | null;
  /** Null when not asked for. */
  readonly curve: History | null;
}

/** One run of a sweep: its own settings and seed, judged by ratings of its own. See `core/experiment/`. */
export interface RunTask {
  readonly model: ModelSettings;
  /** Index into the splits posted with the study; null: as the study holds out. */
  readonly split: number | null;
  readonly stop: Stop;
  readonly wantCurve: boolean;
  /** The error of every so many-th left-out rating is wanted; 0: of none. */
  readonly errorStride: number;
  /** Whether the errors of the mean alone and of biases only are wanted, on the same ratings. */
  readonly wantBaselines: boolean;
  /** Whether R̂ (m × n, row by row) is wanted. */
  readonly wantPredictions: boolean;
}

/** What a run of a sweep came to: the same bits wherever it was run. How long it took stands beside it in the answer. */
export interface RunTaskResult {
  readonly run: Omit<RunResult, 'milliseconds'>;
  readonly baselines: BaselineErrorColumns | null;
  /** Null when not asked for, or when it diverged. */
  readonly predictions: Float64Array | null;
}

/** Page to worker. A study is posted once a worker and run, and goes for all tasks of that run. */
export type TaskRequest =
  | { readonly kind: 'study'; readonly run: number; readonly study: Study; readonly splits?: readonly Split[] }
  | { readonly kind: 'tasks'; readonly run: number; readonly tasks: readonly NumberedTask[] }
  | { readonly kind: 'runs'; readonly run: number; readonly tasks: readonly NumberedRunTask[] };

/** A task and its place in the list it came from. */
export interface NumberedTask {
  readonly index: number;
  readonly task: TrainTask;
}

export interface NumberedRunTask {
  readonly index: number;
  readonly task: RunTask;
}

/** What came of one of them. */
export type NumberedResult =
  | { readonly index: number; readonly result: TaskResult }
  | { readonly index: number; readonly run: RunTaskResult; readonly milliseconds: number };

/** What few runs of a sweep have beside their figures. */
export type BesideRun = Pick<RunTaskResult, 'baselines' | 'predictions'>;

/** Results of runs as they are posted: a few arrays that are handed over, in the place of thousands that are copied. */
export interface PackedResults {
  readonly runs: PackedRuns;
  /** By place in `runs`. */
  readonly beside: ReadonlyMap<number, BesideRun>;
}

/** Worker to page. */
export type TaskAnswer =
  /** Some tasks of a chunk, or all of them, and the milliseconds they took. */
  | {
      readonly kind: 'results';
      readonly run: number;
      readonly results: readonly NumberedResult[];
      readonly milliseconds: number;
    }
  /** The same of runs of a sweep. */
  | {
      readonly kind: 'packed';
      readonly run: number;
      readonly results: PackedResults;
      readonly milliseconds: number;
    }
  /** Still at work on a long task. */
  | { readonly kind: 'alive'; readonly run: number };

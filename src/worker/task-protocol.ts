import type { History } from '../core/history.ts';
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

/** Page to worker. A study is posted once a worker and run, and goes for all tasks of that run. */
export type TaskRequest =
  | { readonly kind: 'study'; readonly run: number; readonly study: Study }
  | { readonly kind: 'tasks'; readonly run: number; readonly tasks: readonly NumberedTask[] };

/** A task and its place in the list it came from. */
export interface NumberedTask {
  readonly index: number;
  readonly task: TrainTask;
}

/** Worker to page. */
export type TaskAnswer =
  /** Some tasks of a chunk, or all of them, and the milliseconds they took. */
  | {
      readonly kind: 'results';
      readonly run: number;
      readonly results: readonly { readonly index: number; readonly result: TaskResult }[];
      readonly milliseconds: number;
    }
  /** Still at work on a long task. */
  | { readonly kind: 'alive'; readonly run: number };

import type { Epoch } from '../ratings.ts';
import type { Session } from '../session.ts';
import type { Study } from '../study.ts';
import type { CellIndex, Judging, Stop } from './plan.ts';
import type { FoldEnds, RunCurve, RunEnd } from './run-result.ts';

/**
 * "run-3-38817264": kept from Play. "sweep-2-38817264:alpha=0.01 beta=0.2#42": a combination of a sweep from one seed, with all its folds; it
 * stays the same run when the sweep is extended.
 */
export type RunId = string;

/** Where a run comes from. */
export type RunSource =
  | { readonly kind: 'play' }
  | {
      readonly kind: 'sweep';
      readonly sweep: string;
      readonly cell: CellIndex;
      readonly seed: number;
      /** How many folds it was judged on; its figures are of all their left-out ratings together. */
      readonly folds: number;
      readonly judging: Judging;
      readonly stop: Stop;
    };

/** A run as it is kept, compared and exported: plain data, whole. */
export interface RunRecord {
  readonly id: RunId;
  readonly name: string;
  readonly source: RunSource;
  /** All that is needed to run it again; of several folds the first one's (`openRun` makes the others). */
  readonly study: Study;
  readonly epochs: Epoch;
  readonly standsAt: Epoch;
  /** Of several folds the epoch at which the error of all of them together is least; see `bestIsMean`. */
  readonly bestEpoch: Epoch | null;
  /** Each fold was brought back to its own best epoch: `bestEpoch` is the mean of theirs. */
  readonly bestIsMean?: boolean;
  readonly bestHeldOut: number | null;
  readonly rmseSeen: number | null;
  readonly rmseHeldOut: number | null;
  /** Of a run of Play that holds nothing out: `rmseHeldOut` is the leave-one-out figure, of so many ratings, at this epoch. */
  readonly leaveOneOut?: { readonly ratings: number; readonly epoch: Epoch } | null;
  readonly objective: number | null;
  readonly ended: RunEnd;
  /** Where folds ended differently; `ended` is then the least good way of theirs. */
  readonly ends?: FoldEnds | null;
  /** Visits made by one training, the mean of its folds; null for a run of Play that was changed on its way. */
  readonly updates: number | null;
  /** Time taken by one training, the mean of its folds; null where it was not measured. */
  readonly milliseconds: number | null;
  /** Epochs that those took, where folds ended at different ones: the mean of theirs. */
  readonly meanEpochs?: number;
  readonly curve: RunCurve | null;
  /** Settings or ratings were changed in mid-run, so the study alone does not lead there. */
  readonly changed: boolean;
  /** As it stood in Play; null for runs of a sweep, which are trained again. */
  readonly session: Session | null;
}

/** What curves can be drawn against. */
export type CurveAxis = 'epochs' | 'updates' | 'time';

/** What `epochs` epochs (`meanEpochs` of several folds) took; null where it was not counted or measured. */
export type RunExtent = Pick<RunRecord, 'epochs' | 'meanEpochs' | 'updates' | 'milliseconds'>;

/** Where an epoch of one training lies: at itself, after so many updates, or milliseconds (spread evenly over the epochs). */
export function positionAt(epoch: Epoch, extent: RunExtent, by: CurveAxis): number | null {
  if (by === 'epochs') return epoch;
  const whole = by === 'updates' ? extent.updates : extent.milliseconds;
  const epochs = extent.meanEpochs ?? extent.epochs;
  return whole === null || epochs === 0 ? null : (epoch / epochs) * whole;
}

/** Where the points of a run's curve lie; null where it has none, or that was not counted. */
export function curvePositions(run: RunRecord, by: CurveAxis): Float64Array | null {
  const { curve } = run;
  if (curve === null || by === 'epochs') return curve === null ? null : curve.epoch;
  if (positionAt(0, run, by) === null) return null;
  return curve.epoch.map((epoch) => positionAt(epoch, run, by) ?? Number.NaN);
}

import type { RunSlice } from '../../store/state.ts';

/** How well the model does on ratings that it has not seen, whichever way that was measured. */
export interface UnseenFigure {
  readonly kind: 'held-out' | 'leave-one-out';
  readonly rmse: number;
  /** The same ratings, predicted by the mean alone. */
  readonly mean: number | null;
  readonly ratings: number;
  /** The epoch that it was measured for: leave-one-out lags. */
  readonly epoch: number;
}

/** The held-out figure, or where nothing is held out the leave-one-out figure, or null. */
export function unseenFigure(
  run: Pick<RunSlice, 'measures' | 'baselines' | 'leaveOneOut' | 'view' | 'epoch'>,
  heldOut: number,
): UnseenFigure | null {
  const { rmseHeldOut } = run.measures;
  if (heldOut > 0) {
    if (rmseHeldOut === null) return null;
    const mean = run.baselines?.rmseMean ?? null;
    return { kind: 'held-out', rmse: rmseHeldOut, mean, ratings: heldOut, epoch: run.view?.epoch ?? run.epoch };
  }
  if (!run.leaveOneOut) return null;
  const { rmse, baselineMean, ratings, epoch } = run.leaveOneOut;
  return { kind: 'leave-one-out', rmse, mean: baselineMean, ratings, epoch };
}

/** How many ratings are hidden from training. */
export function heldOutCount(flags: Uint8Array): number {
  let count = 0;
  for (const flag of flags) count += flag;
  return count;
}

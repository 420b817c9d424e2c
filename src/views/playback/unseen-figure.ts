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
  /**
   * `behind`: worth telling of; `stale`: so far behind that it says nothing about the numbers shown; `untrained`: before epoch 1
   * nothing was retrained, so it would be RMSE seen by another name, and look like a victory over the mean.
   */
  readonly lag: 'none' | 'behind' | 'stale' | 'untrained';
}

/** A lag of this many epochs, or of this share of them, is not worth telling of. */
const LAG_EPOCHS = 2;
const LAG_SHARE = 0.02;
const STALE_SHARE = 0.5;

/** How far a figure of one epoch is from the epoch shown. It is ahead of a playhead in the past. */
function lagOf(measured: number, shown: number): UnseenFigure['lag'] {
  if (measured === 0) return shown === 0 ? 'untrained' : 'stale';
  if (shown - measured > STALE_SHARE * shown && shown - measured > LAG_EPOCHS) return 'stale';
  return Math.abs(shown - measured) > Math.max(LAG_EPOCHS, LAG_SHARE * shown) ? 'behind' : 'none';
}

/** The held-out figure, or where nothing is held out the leave-one-out figure, or null. */
export function unseenFigure(
  run: Pick<RunSlice, 'measures' | 'baselines' | 'leaveOneOut' | 'view' | 'epoch'>,
  heldOut: number,
): UnseenFigure | null {
  const { rmseHeldOut } = run.measures;
  const shown = run.view?.epoch ?? run.epoch;
  if (heldOut > 0) {
    if (rmseHeldOut === null) return null;
    const mean = run.baselines?.rmseMean ?? null;
    return { kind: 'held-out', rmse: rmseHeldOut, mean, ratings: heldOut, epoch: shown, lag: 'none' };
  }
  if (!run.leaveOneOut) return null;
  const { rmse, baselineMean, ratings, epoch } = run.leaveOneOut;
  return { kind: 'leave-one-out', rmse, mean: baselineMean, ratings, epoch, lag: lagOf(epoch, shown) };
}

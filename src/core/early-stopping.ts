import type { EarlyStopping } from './model.ts';
import type { Epoch } from './ratings.ts';

/** The epoch with the lowest RMSE held out so far, and the epoch from which patience is counted. */
export interface BestEpoch {
  readonly epoch: Epoch;
  /** RMSE held out after it. */
  readonly rmse: number;
  /** The best epoch itself, or, where somebody trained on after a stop, the epoch of that stop. */
  readonly since: Epoch;
}

/** What the end of an epoch says: the lowest RMSE held out yet; none, but there is patience left; or none for too long. */
export type EpochVerdict = 'improved' | 'waiting' | 'stop';

/**
 * Looks at RMSE held out after `epoch`. It has improved when it is below every one before it; training stops when it has not for
 * `patience` epochs. Every epoch is looked at, so the answer never depends on how training was sliced. `rmse` is null where
 * nothing is held out, and then there is nothing to be patient about.
 *
 * Source: Prechelt, Early Stopping — But When?, 1998, with the third class of criteria ("stop when it got no better s times").
 */
export function lookAtHeldOut(
  best: BestEpoch | null,
  epoch: Epoch,
  rmse: number | null,
  { patience }: EarlyStopping,
): { readonly best: BestEpoch | null; readonly verdict: EpochVerdict } {
  if (rmse !== null && (best === null || rmse < best.rmse)) {
    return { best: { epoch, rmse, since: epoch }, verdict: 'improved' };
  }
  return { best, verdict: best !== null && epoch - best.since >= patience ? 'stop' : 'waiting' };
}

import type { Epoch } from '../ratings.ts';

/**
 * The curve of a run, measured at few epochs so that measuring stays cheap: those that `core/thinning.ts` keeps at density
 * CURVE_DENSITY (1 … 7, 8 10 12 14, 16 20 24 28 …: four an octave), and the last. Columns of one length; NaN where there is nothing to measure.
 */
export interface RunCurve {
  readonly epoch: Float64Array;
  readonly rmseSeen: Float64Array;
  readonly rmseHeldOut: Float64Array;
  readonly objective: Float64Array;
}

export const CURVE_DENSITY = 4;

/** `limit`: the epochs were up. `settled`: J stopped improving. `stopped`: early, with the best epoch brought back. */
export type RunEnd = 'limit' | 'settled' | 'stopped' | 'diverged';

/** How many folds of a run ended which way. */
export type FoldEnds = Readonly<Record<RunEnd, number>>;

/** What one run came to. Figures are null where there is nothing to measure, or when it diverged. */
export interface RunResult {
  readonly rmseSeen: number | null;
  readonly rmseHeldOut: number | null;
  readonly objective: number | null;
  /** Epochs trained. */
  readonly epochs: Epoch;
  /** The epoch that the figures belong to: `epochs`, or the best one after early stopping. */
  readonly standsAt: Epoch;
  /** Of the epochs measured, the one with the least error held out (ties: the earlier); null where none is measured. */
  readonly bestEpoch: Epoch | null;
  readonly bestHeldOut: number | null;
  readonly ended: RunEnd;
  /** Visits made: ratings (SGD), batches (Adam), rows (ALS). */
  readonly updates: number;
  /** Time taken; the only thing here that is not the same again. */
  readonly milliseconds: number;
  /** e = r − r̂ of each left-out rating (of a sample on large sets), in the order of the split; null when not asked for, or diverged. */
  readonly errors: Float64Array | null;
  readonly curve: RunCurve | null;
}

/**
 * The loss curve: one entry a recorded epoch, columns of equal length. `null` where there is nothing to measure (no held-out
 * rating, no rating at all). Which epochs are recorded is stated in `core/thinning.ts` and depends on the epoch numbers alone.
 */
export interface History {
  readonly epoch: readonly number[];
  readonly rmseSeen: readonly (number | null)[];
  readonly rmseHeldOut: readonly (number | null)[];
  readonly maeSeen: readonly (number | null)[];
  readonly maeHeldOut: readonly (number | null)[];
  readonly objective: readonly (number | null)[];
}

/** One row of it, and what the readouts show. */
export interface Measures {
  readonly rmseSeen: number | null;
  readonly rmseHeldOut: number | null;
  readonly maeSeen: number | null;
  readonly maeHeldOut: number | null;
  readonly objective: number | null;
}

export const EMPTY_HISTORY: History = {
  epoch: [],
  rmseSeen: [],
  rmseHeldOut: [],
  maeSeen: [],
  maeHeldOut: [],
  objective: [],
};

/** What was changed in mid-run, marked on the curve where it took effect. */
export interface ChangeMark {
  /** Completed epochs when it was changed. */
  readonly epoch: number;
  /** In words, from `strings/` at the time: "Bo, Clue: 4", "α 0.01 → 0.02". */
  readonly label: string;
}

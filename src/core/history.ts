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

/** A history that grows. */
export type HistoryColumns = { -readonly [K in keyof History]: History[K][number][] };

export function emptyColumns(): HistoryColumns {
  return { epoch: [], rmseSeen: [], rmseHeldOut: [], maeSeen: [], maeHeldOut: [], objective: [] };
}

/** Writes a row behind the others. */
export function appendRow(columns: HistoryColumns, epoch: number, measures: Measures): void {
  columns.epoch.push(epoch);
  columns.rmseSeen.push(measures.rmseSeen);
  columns.rmseHeldOut.push(measures.rmseHeldOut);
  columns.maeSeen.push(measures.maeSeen);
  columns.maeHeldOut.push(measures.maeHeldOut);
  columns.objective.push(measures.objective);
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

import { RUN_ENDS } from './results.ts';
import type { RunCurve, RunResult } from './run-result.ts';

/** A run's number and what it came to. */
export interface NumberedRun {
  readonly index: number;
  readonly result: RunResult;
}

/**
 * What some runs came to, as a few columns instead of some objects and arrays a run: hundreds of short runs go from a worker to
 * the page, or to the browser's store, in one copy.
 *
 *     index     17          18 …
 *     ended     1           4             1 + place in RUN_ENDS
 *     numbers   rmseSeen, rmseHeldOut … milliseconds │ rmseSeen … │     NaN where there is nothing
 *     lengths   errors, points of the curve │ …                        −1 where there is none
 *     values    errors, epochs, seen, held out, objective │ …
 */
export interface PackedRuns {
  readonly index: Int32Array;
  readonly ended: Uint8Array;
  readonly numbers: Float64Array;
  readonly lengths: Int32Array;
  readonly values: Float64Array;
}

/** Numbers of a run in `numbers`. */
export const NUMBERS_A_RUN = 9;
/** Columns of a curve. */
const COLUMNS = 4;

export function packRuns(runs: readonly NumberedRun[]): PackedRuns {
  const index = new Int32Array(runs.length);
  const ended = new Uint8Array(runs.length);
  const numbers = new Float64Array(runs.length * NUMBERS_A_RUN);
  const lengths = new Int32Array(runs.length * 2);
  let count = 0;
  for (const { result } of runs) {
    count += (result.errors?.length ?? 0) + COLUMNS * (result.curve?.epoch.length ?? 0);
  }
  const values = new Float64Array(count);
  let written = 0;
  const put = (column: Float64Array) => {
    values.set(column, written);
    written += column.length;
  };
  runs.forEach((run, at) => {
    const { result } = run;
    const { errors, curve } = result;
    index[at] = run.index;
    ended[at] = 1 + RUN_ENDS.indexOf(result.ended);
    const first = at * NUMBERS_A_RUN;
    numbers[first] = result.rmseSeen ?? Number.NaN;
    numbers[first + 1] = result.rmseHeldOut ?? Number.NaN;
    numbers[first + 2] = result.objective ?? Number.NaN;
    numbers[first + 3] = result.epochs;
    numbers[first + 4] = result.standsAt;
    numbers[first + 5] = result.bestEpoch ?? Number.NaN;
    numbers[first + 6] = result.bestHeldOut ?? Number.NaN;
    numbers[first + 7] = result.updates;
    numbers[first + 8] = result.milliseconds;
    lengths[at * 2] = errors === null ? -1 : errors.length;
    lengths[at * 2 + 1] = curve === null ? -1 : curve.epoch.length;
    if (errors !== null) put(errors);
    if (curve === null) return;
    put(curve.epoch);
    put(curve.rmseSeen);
    put(curve.rmseHeldOut);
    put(curve.objective);
  });
  return { index, ended, numbers, lengths, values };
}

/** The other way round. Errors and curves are views into `values`. Of lengths that do not belong together nothing is made up: null. */
export function unpackRuns({ index, ended, numbers, lengths, values }: PackedRuns): readonly NumberedRun[] | null {
  const count = index.length;
  if (ended.length !== count || numbers.length !== count * NUMBERS_A_RUN || lengths.length !== count * 2) return null;
  let read = 0;
  const take = (length: number): Float64Array => {
    const column = values.subarray(read, read + length);
    read += length;
    return column;
  };
  const runs: NumberedRun[] = [];
  for (let at = 0; at < count; at += 1) {
    const end = RUN_ENDS[(ended[at] ?? 0) - 1];
    if (end === undefined) return null;
    const number = (place: number) => numbers[at * NUMBERS_A_RUN + place] ?? Number.NaN;
    const orNull = (place: number) => (Number.isNaN(number(place)) ? null : number(place));
    const judges = lengths[at * 2] ?? -1;
    const points = lengths[at * 2 + 1] ?? -1;
    const errors = judges < 0 ? null : take(judges);
    const curve: RunCurve | null =
      points < 0
        ? null
        : { epoch: take(points), rmseSeen: take(points), rmseHeldOut: take(points), objective: take(points) };
    runs.push({
      index: index[at] ?? 0,
      result: {
        rmseSeen: orNull(0),
        rmseHeldOut: orNull(1),
        objective: orNull(2),
        epochs: number(3),
        standsAt: number(4),
        bestEpoch: orNull(5),
        bestHeldOut: orNull(6),
        ended: end,
        updates: number(7),
        milliseconds: number(8),
        errors,
        curve,
      },
    });
  }
  return read === values.length ? runs : null;
}

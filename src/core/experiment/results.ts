import type { RunCurve, RunEnd, RunResult } from './run-result.ts';

/** How a run ended, as a number in a column; 0 = it has not come yet. */
export const RUN_ENDS: readonly RunEnd[] = ['limit', 'settled', 'stopped', 'diverged'];

/**
 * What the runs of a plan came to, as columns by the run's index (ten thousand objects would be slow to make, to keep and to
 * go through). NaN where there is nothing. Written in place as results land; `SweepProgress.version` tells that they did.
 *
 *     index         0     1     2   …
 *     ended         1     0     4          0 not yet, else 1 + place in RUN_ENDS
 *     rmseHeldOut   1.24  NaN   NaN
 */
export interface SweepResults {
  readonly count: number;
  readonly ended: Uint8Array;
  readonly rmseSeen: Float64Array;
  readonly rmseHeldOut: Float64Array;
  readonly objective: Float64Array;
  readonly epochs: Float64Array;
  readonly standsAt: Float64Array;
  readonly bestEpoch: Float64Array;
  readonly bestHeldOut: Float64Array;
  readonly updates: Float64Array;
  readonly milliseconds: Float64Array;
  readonly errors: (Float64Array | null)[];
  readonly curves: (RunCurve | null)[];
  /** By split: what predicting without factors came to there; null where no run has brought it yet, and for inner folds. */
  readonly baselines: (BaselineErrorColumns | null)[];
}

/** r − r̂ of the left-out ratings (or a sample of them) of the mean alone and of biases only, in the order of the split. */
export interface BaselineErrorColumns {
  readonly mean: Float64Array;
  readonly biases: Float64Array;
}

export function emptyResults(count: number, splits: number): SweepResults {
  const column = () => new Float64Array(count).fill(Number.NaN);
  return {
    count,
    ended: new Uint8Array(count),
    rmseSeen: column(),
    rmseHeldOut: column(),
    objective: column(),
    epochs: column(),
    standsAt: column(),
    bestEpoch: column(),
    bestHeldOut: column(),
    updates: column(),
    milliseconds: column(),
    errors: new Array<Float64Array | null>(count).fill(null),
    curves: new Array<RunCurve | null>(count).fill(null),
    baselines: new Array<BaselineErrorColumns | null>(splits).fill(null),
  };
}

/** By the column `ended`, which a copy of the columns shares. */
const landings = new WeakMap<Uint8Array, number[]>();

/**
 * The runs that were put, in the order in which they came. It only grows: whoever follows remembers how far they have read, and
 * need not look through ten thousand runs to find the few that are new.
 */
export function landedIn({ ended }: Pick<SweepResults, 'ended'>): readonly number[] {
  const known = landings.get(ended) ?? [];
  landings.set(ended, known);
  return known;
}

/** Writes what run number `index` came to. */
export function putResult(results: SweepResults, index: number, result: RunResult): void {
  landings.get(results.ended)?.push(index);
  results.ended[index] = 1 + RUN_ENDS.indexOf(result.ended);
  results.rmseSeen[index] = result.rmseSeen ?? Number.NaN;
  results.rmseHeldOut[index] = result.rmseHeldOut ?? Number.NaN;
  results.objective[index] = result.objective ?? Number.NaN;
  results.epochs[index] = result.epochs;
  results.standsAt[index] = result.standsAt;
  results.bestEpoch[index] = result.bestEpoch ?? Number.NaN;
  results.bestHeldOut[index] = result.bestHeldOut ?? Number.NaN;
  results.updates[index] = result.updates;
  results.milliseconds[index] = result.milliseconds;
  results.errors[index] = result.errors;
  results.curves[index] = result.curve;
}

function orNull(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}

/** What run number `index` came to; null when it has not come. */
export function resultAt(results: SweepResults, index: number): RunResult | null {
  const ended = RUN_ENDS[(results.ended[index] ?? 0) - 1];
  if (ended === undefined) return null;
  return {
    rmseSeen: orNull(results.rmseSeen[index]),
    rmseHeldOut: orNull(results.rmseHeldOut[index]),
    objective: orNull(results.objective[index]),
    epochs: results.epochs[index] ?? 0,
    standsAt: results.standsAt[index] ?? 0,
    bestEpoch: orNull(results.bestEpoch[index]),
    bestHeldOut: orNull(results.bestHeldOut[index]),
    ended,
    updates: results.updates[index] ?? 0,
    milliseconds: results.milliseconds[index] ?? 0,
    errors: results.errors[index] ?? null,
    curve: results.curves[index] ?? null,
  };
}

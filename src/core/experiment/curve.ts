import type { Epoch } from '../ratings.ts';
import type { RunCurve } from './run-result.ts';

/**
 * Calls back for each epoch that the curves of all folds have, with the row of each fold there. `rest`: a fold that is over stands
 * where it ended, as one that settled does; without it nothing is common beyond the first one's end.
 */
function eachCommon(curves: readonly RunCurve[], rest: boolean, look: (epoch: Epoch, rows: Int32Array) => void): void {
  if (curves.some(({ epoch }) => epoch.length === 0)) return;
  const next = new Int32Array(curves.length);
  const rows = new Int32Array(curves.length);
  for (;;) {
    let epoch = Number.POSITIVE_INFINITY;
    for (let fold = 0; fold < curves.length; fold += 1) {
      const own = curves[fold]?.epoch[next[fold] ?? 0];
      if (own === undefined && !rest) return;
      if (own !== undefined && own < epoch) epoch = own;
    }
    if (epoch === Number.POSITIVE_INFINITY) return;
    let common = true;
    for (let fold = 0; fold < curves.length; fold += 1) {
      const at = next[fold] ?? 0;
      const own = curves[fold]?.epoch[at];
      if (own === epoch) next[fold] = at + 1;
      else if (own !== undefined) common = false;
      rows[fold] = (next[fold] ?? 0) - 1;
    }
    if (common) look(epoch, rows);
  }
}

/** Held out over all folds, √(Σ n·rmse²/Σ n) with n the ratings that judge a fold. */
function pooledAt(curves: readonly RunCurve[], judges: readonly number[], rows: Int32Array): number {
  let squares = 0;
  let count = 0;
  for (let fold = 0; fold < curves.length; fold += 1) {
    const rmse = curves[fold]?.rmseHeldOut[rows[fold] ?? 0] ?? Number.NaN;
    const judging = judges[fold] ?? 0;
    squares += judging * rmse * rmse;
    count += judging;
  }
  return Math.sqrt(squares / count);
}

/**
 * The curve of a run over its folds: at the epochs that all of them have measured, held out √(Σ n·rmse²/Σ n) with n the ratings
 * that judge a fold, seen and objective as means. Null where a fold has none. `rest`: whether a fold that is over stands where it
 * ended (settled), so that the curve goes on to the last one's end.
 */
export function pooledCurve(curves: readonly RunCurve[], judges: readonly number[], rest = false): RunCurve | null {
  const [first] = curves;
  if (first === undefined || curves.length < judges.length) return null;
  if (curves.length === 1) return first;
  const epochs: number[] = [];
  const seen: number[] = [];
  const heldOut: number[] = [];
  const objective: number[] = [];
  const meanOf = (name: 'rmseSeen' | 'objective', rows: Int32Array) => {
    let sum = 0;
    for (let fold = 0; fold < curves.length; fold += 1) {
      sum += curves[fold]?.[name][rows[fold] ?? 0] ?? Number.NaN;
    }
    return sum / curves.length;
  };
  eachCommon(curves, rest, (epoch, rows) => {
    epochs.push(epoch);
    seen.push(meanOf('rmseSeen', rows));
    heldOut.push(pooledAt(curves, judges, rows));
    objective.push(meanOf('objective', rows));
  });
  return {
    epoch: Float64Array.from(epochs),
    rmseSeen: Float64Array.from(seen),
    rmseHeldOut: Float64Array.from(heldOut),
    objective: Float64Array.from(objective),
  };
}

/** Where that curve is least held out (ties: the earlier), without making it; null where a fold has none, or nothing is held out. */
export function leastOfPooled(
  curves: readonly RunCurve[],
  judges: readonly number[],
  rest = false,
): { readonly epoch: Epoch; readonly rmse: number } | null {
  if (curves.length < judges.length) return null;
  let least: { epoch: Epoch; rmse: number } | null = null;
  eachCommon(curves, rest, (epoch, rows) => {
    const rmse = pooledAt(curves, judges, rows);
    if (rmse < (least?.rmse ?? Number.POSITIVE_INFINITY)) least = { epoch, rmse };
  });
  return least;
}

import type { RunCurve } from './run-result.ts';

/**
 * The curve of a run over its folds: at the epochs that all of them have measured, held out √(Σ n·rmse²/Σ n) with n the ratings
 * that judge a fold, seen and objective as means. Null where a fold has none.
 */
export function pooledCurve(curves: readonly RunCurve[], judges: readonly number[]): RunCurve | null {
  const [first] = curves;
  if (first === undefined || curves.length < judges.length) return null;
  if (curves.length === 1) return first;
  const rows = curves.map((curve) => new Map(Array.from(curve.epoch, (epoch, at) => [epoch, at])));
  const epochs = Array.from(first.epoch).filter((epoch) => rows.every((row) => row.has(epoch)));
  const column = (name: 'rmseSeen' | 'rmseHeldOut' | 'objective', pooled: boolean) =>
    Float64Array.from(epochs, (epoch) => {
      let sum = 0;
      let weights = 0;
      curves.forEach((curve, fold) => {
        const value = curve[name][rows[fold]?.get(epoch) ?? 0] ?? Number.NaN;
        const weight = pooled ? (judges[fold] ?? 0) : 1;
        sum += pooled ? weight * value * value : value;
        weights += weight;
      });
      return pooled ? Math.sqrt(sum / weights) : sum / weights;
    });
  return {
    epoch: Float64Array.from(epochs),
    rmseSeen: column('rmseSeen', false),
    rmseHeldOut: column('rmseHeldOut', true),
    objective: column('objective', false),
  };
}

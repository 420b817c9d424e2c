import { meanOf } from '../training-data.ts';
import type { FactorRecovery } from './recovery.ts';

/**
 * For each planted factor, the correlation of the learned one with it over users and items (the rows of P and Q stacked):
 *
 *     r = Σ (x − x̄)(y − ȳ) / √(Σ (x − x̄)² · Σ (y − ȳ)²)
 *
 * Null where either is constant, as the columns of zeros are that fill up the smaller k.
 */
export function correlateFactors({ k, P, Q, trueP, trueQ }: FactorRecovery): (number | null)[] {
  return Array.from({ length: k }, (_, f) => correlate(columnOf(P, Q, k, f), columnOf(trueP, trueQ, k, f)));
}

function columnOf(P: Float64Array, Q: Float64Array, k: number, f: number): Float64Array {
  const users = P.length / k;
  return Float64Array.from({ length: users + Q.length / k }, (_, row) =>
    row < users ? (P[row * k + f] ?? 0) : (Q[(row - users) * k + f] ?? 0),
  );
}

function correlate(x: Float64Array, y: Float64Array): number | null {
  const meanX = meanOf(x);
  const meanY = meanOf(y);
  let [xy, xx, yy] = [0, 0, 0];
  for (let at = 0; at < x.length; at += 1) {
    const dx = (x[at] ?? 0) - meanX;
    const dy = (y[at] ?? 0) - meanY;
    xy += dx * dy;
    xx += dx * dx;
    yy += dy * dy;
  }
  return xx > 0 && yy > 0 ? Math.max(-1, Math.min(1, xy / (Math.sqrt(xx) * Math.sqrt(yy)))) : null;
}

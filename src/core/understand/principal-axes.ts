import type { Parameters } from '../parameters.ts';
import { decomposeSymmetric } from './symmetric-eigen.ts';

/** The directions in factor space along which rows differ most. */
export interface PrincipalAxes {
  readonly k: number;
  /** k × k: row a is the unit vector of axis a; the axes are orthogonal. */
  readonly axes: Float64Array;
  /** What each axis explains of the variance of the rows, 0 … 1, greatest first; all 0 when the rows are one point. */
  readonly shares: Float64Array;
  /** Mean of the rows: k numbers. */
  readonly center: Float64Array;
}

/** Whose rows: users and items stacked (one map for both), or one kind alone. */
export type AxesOf = 'users' | 'items' | 'both';

/**
 * Principal axes of the factors (PCA): eigenvectors of C = Σ (x − x̄)(x − x̄)ᵀ / rows, over P's rows, Q's, or both. The
 * largest component of each axis is positive, so that a map does not flip. Source: Pearson, 1901.
 */
export function principalAxes({ k, P, Q }: Parameters, of: AxesOf): PrincipalAxes {
  const groups = of === 'both' ? [P, Q] : [of === 'users' ? P : Q];
  const rows = groups.reduce((sum, group) => sum + group.length / k, 0);
  const center = new Float64Array(k);
  for (const X of groups) {
    for (let at = 0; at < X.length; at += 1) center[at % k] = (center[at % k] ?? 0) + (X[at] ?? 0);
  }
  let size = 0;
  for (let f = 0; f < k; f += 1) {
    const mean = (center[f] ?? 0) / rows;
    center[f] = mean;
    size += mean * mean;
  }
  const C = new Float64Array(k * k);
  const x = new Float64Array(k);
  for (const X of groups) {
    for (let row = 0; row < X.length; row += k) {
      for (let f = 0; f < k; f += 1) x[f] = (X[row + f] ?? 0) - (center[f] ?? 0);
      for (let f = 0; f < k; f += 1) {
        for (let g = 0; g < k; g += 1) C[f * k + g] = (C[f * k + g] ?? 0) + ((x[f] ?? 0) * (x[g] ?? 0)) / rows;
      }
    }
  }
  const { values, vectors } = decomposeSymmetric(C, k);
  let total = 0;
  for (const value of values) total += Math.max(0, value);
  // Rows that differ by the rounding of their mean alone do not differ.
  const none = total <= 1e-28 * size;
  const shares = values.map((value) => (none ? 0 : Math.max(0, value) / total));
  return { k, axes: vectors, shares, center };
}

/**
 * Where the rows of X (rows × k) lie along the first `count` axes: rows × count. Not centered: the origin of factor space
 * stays at 0, so that the projection of one vector on another, which is what r̂ uses, is seen as it is; with all k axes
 * p·q keeps its value. The middle of the rows is `alongAxes(axes, axes.center, count)`.
 */
export function alongAxes({ k, axes }: PrincipalAxes, X: Float64Array, count: number): Float64Array {
  const rows = X.length / k;
  const places = new Float64Array(rows * count);
  for (let row = 0; row < rows; row += 1) {
    for (let axis = 0; axis < count; axis += 1) {
      let sum = 0;
      for (let f = 0; f < k; f += 1) sum += (X[row * k + f] ?? 0) * (axes[axis * k + f] ?? 0);
      places[row * count + axis] = sum;
    }
  }
  return places;
}

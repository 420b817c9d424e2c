import { identity } from './svd.ts';

/** Eigenvalues from the greatest to the least; row a of `vectors` (k × k) is the unit vector of value a. */
export interface Eigen {
  readonly values: Float64Array;
  readonly vectors: Float64Array;
}

const SWEEP_LIMIT = 60;

/**
 * Eigenvalues of a symmetric k × k matrix by Jacobi rotations: each turns the plane (a, b) by the angle that makes C_ab zero,
 *
 *     θ = (C_bb − C_aa) / (2·C_ab),   t = sign(θ) / (|θ| + √(1 + θ²)),   c = 1/√(1 + t²),   s = c·t
 *
 * until nothing is left beside the diagonal. +, −, ×, ÷ and √ alone. Signs are made stable: the component of a vector that is
 * largest in size is positive (the first of equals). Source: Golub and Van Loan, Matrix Computations, 8.5.
 */
export function decomposeSymmetric(C: Float64Array, k: number): Eigen {
  const A = C.slice();
  const V = identity(k);
  let scale = 0;
  for (const value of A) scale += value * value;
  for (let sweep = 0; sweep < SWEEP_LIMIT; sweep += 1) {
    let beside = 0;
    for (let a = 0; a < k; a += 1) {
      for (let b = a + 1; b < k; b += 1) beside += (A[a * k + b] ?? 0) * (A[a * k + b] ?? 0);
    }
    if (beside <= 1e-34 * scale) break;
    for (let a = 0; a < k - 1; a += 1) {
      for (let b = a + 1; b < k; b += 1) turnPlane(A, V, k, a, b);
    }
  }
  const order = Array.from({ length: k }, (_, a) => a);
  order.sort((a, b) => (A[b * k + b] ?? 0) - (A[a * k + a] ?? 0) || a - b);
  const vectors = new Float64Array(k * k);
  order.forEach((from, to) => {
    let largest = 0;
    for (let row = 0; row < k; row += 1) {
      const component = V[row * k + from] ?? 0;
      // A hair's breadth more, so that equals in all but rounding keep the first.
      if (Math.abs(component) > Math.abs(largest) * (1 + 1e-9)) largest = component;
    }
    const sign = largest < 0 ? -1 : 1;
    for (let row = 0; row < k; row += 1) vectors[to * k + row] = sign * (V[row * k + from] ?? 0);
  });
  return { values: Float64Array.from(order, (a) => A[a * k + a] ?? 0), vectors };
}

/** A ← Jᵀ A J, V ← V J for the rotation J of the plane (a, b) that makes A_ab zero. */
function turnPlane(A: Float64Array, V: Float64Array, k: number, a: number, b: number): void {
  const ab = A[a * k + b] ?? 0;
  if (ab === 0) return;
  const theta = ((A[b * k + b] ?? 0) - (A[a * k + a] ?? 0)) / (2 * ab);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(1 + theta * theta));
  const c = 1 / Math.sqrt(1 + t * t);
  const s = c * t;
  for (const matrix of [A, V]) {
    for (let row = 0; row < k; row += 1) {
      const x = matrix[row * k + a] ?? 0;
      const y = matrix[row * k + b] ?? 0;
      matrix[row * k + a] = c * x - s * y;
      matrix[row * k + b] = s * x + c * y;
    }
  }
  for (let column = 0; column < k; column += 1) {
    const x = A[a * k + column] ?? 0;
    const y = A[b * k + column] ?? 0;
    A[a * k + column] = c * x - s * y;
    A[b * k + column] = s * x + c * y;
  }
  A[a * k + b] = 0;
  A[b * k + a] = 0;
}

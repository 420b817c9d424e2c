import { fail, ok, type Result } from '../problem.ts';

/** A pivot this small beside its diagonal entry is rounding: the matrix has no full rank. */
const PIVOT_LIMIT = 1e-13;

/** The lower triangle L (n × n, row by row) of A = L Lᵀ. */
export interface Cholesky {
  readonly n: number;
  readonly L: Float64Array;
}

/**
 * A = L Lᵀ for a symmetric positive definite A (n × n, row by row; only its lower triangle is read):
 *
 *     L_jj = √(A_jj − Σ_{h<j} L_jh²)
 *     L_ij = (A_ij − Σ_{h<j} L_ih·L_jh) / L_jj       i > j
 *
 * Refused where A is singular or indefinite (`out-of-range`, naming the pivot) or holds a number that is not finite.
 * Source: Golub and Van Loan, Matrix Computations, 4.2.
 */
export function factorize(A: Float64Array, n: number): Result<Cholesky> {
  const L = new Float64Array(n * n);
  for (let j = 0; j < n; j += 1) {
    const diagonal = A[j * n + j] ?? 0;
    let pivot = diagonal;
    for (let h = 0; h < j; h += 1) pivot -= (L[j * n + h] ?? 0) * (L[j * n + h] ?? 0);
    if (pivot - pivot !== 0) return fail({ code: 'not-finite', where: `pivot ${j + 1}`, got: String(pivot) });
    if (pivot <= PIVOT_LIMIT * diagonal || pivot <= 0) {
      return fail({ code: 'out-of-range', where: `pivot ${j + 1}`, got: String(pivot), expected: '> 0' });
    }
    const root = Math.sqrt(pivot);
    L[j * n + j] = root;
    for (let i = j + 1; i < n; i += 1) {
      let rest = A[i * n + j] ?? 0;
      for (let h = 0; h < j; h += 1) rest -= (L[i * n + h] ?? 0) * (L[j * n + h] ?? 0);
      L[i * n + j] = rest / root;
    }
  }
  return ok({ n, L });
}

/** x of A x = y, from A = L Lᵀ: first L z = y from the top, then Lᵀ x = z from the bottom. y: n numbers, not written. */
export function solveFactorized({ n, L }: Cholesky, y: Float64Array): Float64Array {
  const x = new Float64Array(n);
  for (let i = 0; i < n; i += 1) {
    let rest = y[i] ?? 0;
    for (let h = 0; h < i; h += 1) rest -= (L[i * n + h] ?? 0) * (x[h] ?? 0);
    x[i] = rest / (L[i * n + i] ?? 0);
  }
  for (let i = n - 1; i >= 0; i -= 1) {
    let rest = x[i] ?? 0;
    for (let h = i + 1; h < n; h += 1) rest -= (L[h * n + i] ?? 0) * (x[h] ?? 0);
    x[i] = rest / (L[i * n + i] ?? 0);
  }
  return x;
}

import { toRows } from './gauss.ts';

/** Eigenvalues and vectors of a symmetric positive matrix by power iteration and deflation: another route than Jacobi. */
export function powerIteration(C: ArrayLike<number>, k: number): { value: number; vector: number[] }[] {
  let A = toRows(C, k);
  return Array.from({ length: k }, (_, at) => {
    let vector = Array.from({ length: k }, (_unused, f) => 1 + ((at + 1) * (f + 2)) / 7);
    let value = 0;
    for (let round = 0; round < 20_000; round += 1) {
      const next = A.map((row) => row.reduce((sum, entry, f) => sum + entry * (vector[f] ?? 0), 0));
      value = Math.hypot(...next);
      if (value < 1e-14) break;
      vector = next.map((entry) => entry / value);
    }
    A = A.map((row, f) => row.map((entry, g) => entry - value * (vector[f] ?? 0) * (vector[g] ?? 0)));
    return { value, vector };
  });
}

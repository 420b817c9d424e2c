import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ok } from '../../../src/core/problem.ts';
import { factorize, solveFactorized } from '../../../src/core/understand/solve.ts';
import { gauss, toRows } from './gauss.ts';
import { normals } from './samples.ts';

/** B Bᵀ + ridge·I of a random B (n × rank). */
function gram(n: number, rank: number, ridge: number, seed: number): Float64Array {
  const B = toRows(normals(seed, n * rank), rank);
  return Float64Array.from({ length: n * n }, (_, at) => {
    const row = Math.floor(at / n);
    const column = at % n;
    const dot = (B[row] ?? []).reduce((sum, value, h) => sum + value * (B[column]?.[h] ?? 0), 0);
    return dot + (row === column ? ridge : 0);
  });
}

/** x of A x = y. */
function solve(A: Float64Array, y: Float64Array) {
  const factorized = factorize(A, y.length);
  return factorized.ok ? ok(solveFactorized(factorized.value, y)) : factorized;
}

describe('factorize and solveFactorized', () => {
  it('solve 4x + 2y = 10, 2x + 3y = 9', () => {
    const solved = solve(Float64Array.of(4, 2, 2, 3), Float64Array.of(10, 9));
    expect(solved.ok && [...solved.value]).toEqual([expect.closeTo(1.5, 14), expect.closeTo(2, 14)]);
  });

  it('find what elimination finds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 99_999 }), (n, seed) => {
        const A = gram(n, n, 0.5, seed);
        const y = normals(seed + 7, n);
        const solved = solve(A, y);
        const expected = gauss(toRows(A, n), [...y]);
        if (!solved.ok) return false;
        return expected.every((value, at) => Math.abs(value - (solved.value[at] ?? 0)) <= 1e-9 * (1 + Math.abs(value)));
      }),
      { numRuns: 60 },
    );
  });

  it('read the lower triangle alone and leave their arguments as they are', () => {
    const A = Float64Array.of(4, 99, 2, 3);
    const y = Float64Array.of(10, 9);
    expect(solve(A, y)).toEqual(solve(Float64Array.of(4, 2, 2, 3), y));
    expect([...A, ...y]).toEqual([4, 99, 2, 3, 10, 9]);
  });

  it('refuse a matrix without full rank, whatever its size and scale', () => {
    for (const scale of [1e-12, 1, 1e12]) {
      for (const n of [2, 5, 20]) {
        const A = gram(n, n - 1, 0, n).map((value) => value * scale);
        const solved = factorize(A, n);
        expect(solved.ok || solved.problem.code).toBe('out-of-range');
      }
    }
  });

  it('accept the smallest ridge that double precision can tell', () => {
    expect(factorize(gram(5, 4, 1e-9, 3), 5).ok).toBe(true);
  });

  it('refuse an indefinite matrix, zeros and what is not finite', () => {
    const codeOf = (...A: number[]) => {
      const solved = factorize(Float64Array.from(A), Math.sqrt(A.length));
      return solved.ok ? null : [solved.problem.code, solved.problem.where];
    };
    expect(codeOf(1, 2, 2, 1)).toEqual(['out-of-range', 'pivot 2']);
    expect(codeOf(0)).toEqual(['out-of-range', 'pivot 1']);
    expect(codeOf(Number.NaN)).toEqual(['not-finite', 'pivot 1']);
    expect(codeOf(1, 0, Number.POSITIVE_INFINITY, 1)).toEqual(['not-finite', 'pivot 2']);
  });
});

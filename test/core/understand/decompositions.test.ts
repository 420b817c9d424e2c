import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decompose, identity } from '../../../src/core/understand/svd.ts';
import { decomposeSymmetric } from '../../../src/core/understand/symmetric-eigen.ts';
import { powerIteration } from './power-iteration.ts';
import { normals } from './samples.ts';

const multiply = (A: Float64Array, B: Float64Array, k: number) =>
  Float64Array.from({ length: k * k }, (_, at) => {
    let sum = 0;
    for (let h = 0; h < k; h += 1) sum += (A[Math.floor(at / k) * k + h] ?? 0) * (B[h * k + (at % k)] ?? 0);
    return sum;
  });
const transpose = (A: Float64Array, k: number) => A.map((_, at) => A[(at % k) * k + Math.floor(at / k)] ?? 0);
const diagonal = (values: Float64Array) =>
  Float64Array.from({ length: values.length ** 2 }, (_, at) =>
    at % (values.length + 1) === 0 ? (values[at % values.length] ?? 0) : 0,
  );
const apart = (A: Float64Array, B: Float64Array) => Math.max(...A.map((value, at) => Math.abs(value - (B[at] ?? 0))));

const matrices = fc.tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 99_999 }));

describe('decompose', () => {
  it('gives M back from orthogonal U and V and sorted singular values', () => {
    fc.assert(
      fc.property(matrices, ([k, seed]) => {
        const M = normals(seed, k * k);
        const { U, singular, V } = decompose(M, k);
        expect(apart(multiply(multiply(U, diagonal(singular), k), transpose(V, k), k), M)).toBeLessThan(1e-12);
        expect(apart(multiply(transpose(U, k), U, k), identity(k))).toBeLessThan(1e-12);
        expect(apart(multiply(transpose(V, k), V, k), identity(k))).toBeLessThan(1e-12);
        expect([...singular]).toEqual([...singular].sort((a, b) => b - a));
      }),
      { numRuns: 40 },
    );
  });

  it('has the singular values that power iteration finds in MᵀM', () => {
    const M = normals(3, 16);
    const expected = powerIteration(multiply(transpose(M, 4), M, 4), 4).map(({ value }) => Math.sqrt(value));
    expect([...decompose(M, 4).singular]).toEqual(expected.map((value) => expect.closeTo(value, 8)));
  });

  it('stays orthogonal where the rank is short', () => {
    const a = normals(1, 4);
    const b = normals(2, 4);
    for (const M of [
      Float64Array.from({ length: 16 }, (_, at) => (a[at >> 2] ?? 0) * (b[at & 3] ?? 0)),
      new Float64Array(16),
    ]) {
      const { U, singular, V } = decompose(M, 4);
      expect(apart(multiply(transpose(U, 4), U, 4), identity(4))).toBeLessThan(1e-12);
      expect(apart(multiply(multiply(U, diagonal(singular), 4), transpose(V, 4), 4), M)).toBeLessThan(1e-12);
      expect(singular[1]).toBeLessThan(1e-12);
    }
  });
});

describe('decomposeSymmetric', () => {
  it('gives C back, with sorted values and signs that are settled', () => {
    fc.assert(
      fc.property(matrices, ([k, seed]) => {
        const B = normals(seed, k * k);
        const C = B.map((value, at) => value + (transpose(B, k)[at] ?? 0));
        const { values, vectors } = decomposeSymmetric(C, k);
        expect(apart(multiply(multiply(transpose(vectors, k), diagonal(values), k), vectors, k), C)).toBeLessThan(
          1e-11,
        );
        expect(apart(multiply(vectors, transpose(vectors, k), k), identity(k))).toBeLessThan(1e-12);
        expect([...values]).toEqual([...values].sort((a, b) => b - a));
        for (let axis = 0; axis < k; axis += 1) {
          const vector = [...vectors.slice(axis * k, axis * k + k)];
          expect(Math.max(...vector)).toBeGreaterThanOrEqual(-Math.min(...vector) * (1 - 1e-8));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('has the values and vectors that power iteration finds', () => {
    const B = normals(9, 25);
    const C = multiply(transpose(B, 5), B, 5);
    const { values, vectors } = decomposeSymmetric(C, 5);
    powerIteration(C, 5).forEach(({ value, vector }, axis) => {
      expect(values[axis]).toBeCloseTo(value, 8);
      const cosine = vector.reduce((sum, entry, f) => sum + entry * (vectors[axis * 5 + f] ?? 0), 0);
      expect(Math.abs(cosine)).toBeCloseTo(1, 8);
    });
  });

  it('makes the first of two equal components positive', () => {
    const { vectors } = decomposeSymmetric(Float64Array.of(1, -0.5, -0.5, 1), 2);
    const r = Math.SQRT1_2;
    expect([...vectors]).toEqual([r, -r, r, r].map((value) => expect.closeTo(value, 14)));
  });
});

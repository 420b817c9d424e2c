import { describe, expect, it } from 'vitest';
import { leastOfPooled, pooledCurve } from '../../../src/core/experiment/curve.ts';
import type { RunCurve } from '../../../src/core/experiment/run-result.ts';

function curve(epochs: number[], heldOut: number[]): RunCurve {
  const column = Float64Array.from(heldOut);
  return { epoch: Float64Array.from(epochs), rmseSeen: column, rmseHeldOut: column, objective: column };
}

const close = (values: number[]) => values.map((value) => expect.closeTo(value, 12));

describe('the curve of several folds', () => {
  // One fold is best at its start, the other at its end: their mean, 50, is nobody's best.
  const folds = [curve([0, 50, 100], [1, 2, 2]), curve([0, 50, 100], [4, 3, 1])];

  it('pools the left-out ratings of all of them, and is least where those together are', () => {
    const pooled = pooledCurve(folds, [1, 3]);
    expect(Array.from(pooled?.rmseHeldOut ?? [])).toEqual(
      close([Math.sqrt(49 / 4), Math.sqrt(31 / 4), Math.sqrt(7 / 4)]),
    );
    expect(Array.from(pooled?.rmseSeen ?? [])).toEqual([2.5, 2.5, 1.5]);
    expect(leastOfPooled(folds, [1, 3])).toEqual({ epoch: 100, rmse: expect.closeTo(Math.sqrt(7 / 4), 12) });
    expect(leastOfPooled(folds, [9, 1])?.epoch).toBe(0);
  });

  it('has only epochs that all have; those that settled stand where they ended', () => {
    const early = [curve([0, 1, 2, 3], [4, 3, 2, 2]), curve([0, 1, 2, 4, 5], [4, 4, 4, 2, 1])];
    expect(Array.from(pooledCurve(early, [1, 1])?.epoch ?? [])).toEqual([0, 1, 2]);
    const rested = pooledCurve(early, [1, 1], true);
    expect(Array.from(rested?.epoch ?? [])).toEqual([0, 1, 2, 4, 5]);
    expect(rested?.rmseHeldOut.at(-1)).toBeCloseTo(Math.sqrt((2 * 2 + 1 * 1) / 2), 12);
    expect(leastOfPooled(early, [1, 1])?.epoch).toBe(2);
    expect(leastOfPooled(early, [1, 1], true)?.epoch).toBe(5);
  });

  it('is none where a fold has none, and has no least where nothing is held out', () => {
    expect(leastOfPooled(folds.slice(1), [1, 3])).toBeNull();
    expect(leastOfPooled([curve([0, 1], [Number.NaN, Number.NaN])], [0])).toBeNull();
    expect(leastOfPooled([curve([], []), curve([], [])], [1, 1], true)).toBeNull();
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgedByK, withinOneStandardError } from '../../../src/core/experiment/one-standard-error.ts';
import { notebookModel } from '../../../src/core/presets.ts';
import { studyFromText } from '../../store/harness.ts';
import { planOf, runPlan } from './run-plan.ts';

const judged = (...values: readonly (readonly [k: number, rmse: number, error: number])[]) =>
  values.map(([k, rmse, error]) => ({ k, rmse, error }));

describe('one standard error', () => {
  it('takes the smallest k that the error of the best does not tell from it', () => {
    const values = judged([1, 1.3, 0.01], [2, 0.78, 0.2], [3, 0.76, 0.01], [4, 0.75, 0.02], [5, 0.77, 0.03]);
    const found = withinOneStandardError(values);
    expect(found?.best.k).toBe(4);
    expect(found?.limit).toBeCloseTo(0.77, 12);
    // That of 2 is large and not asked: it is the error of the best that counts.
    expect(found?.smallest.k).toBe(3);
  });

  it('takes the best where nothing smaller is as good, and the smaller of two that are equal', () => {
    expect(withinOneStandardError(judged([1, 2, 1], [2, 1, 0.5], [3, 1.1, 0]))?.smallest.k).toBe(2);
    expect(withinOneStandardError(judged([3, 1, 0], [2, 1, 0.5], [1, 4, 0]))?.best.k).toBe(2);
    expect(withinOneStandardError([])).toBeNull();
  });

  it('is within the limit, and everything smaller is not, whatever the order', () => {
    const one = fc.record({
      rmse: fc.double({ min: 0, max: 5, noNaN: true }),
      error: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 12 }), (list) => {
        const values = list.map((value, at) => ({ ...value, k: at + 1 }));
        const found = withinOneStandardError(values.toReversed());
        expect(found?.limit).toBe(Math.min(...values.map(({ rmse }) => rmse)) + (found?.best.error ?? 0));
        const within = values.filter(({ rmse }) => rmse <= (found?.limit ?? 0)).map(({ k }) => k);
        expect(found?.smallest.k).toBe(Math.min(...within));
      }),
    );
  });

  it('reads the error of a sweep from its folds', () => {
    const study = studyFromText('5 3 . 1 / 4 . . 1 / 1 1 . 5 / 1 . . 4 / . 1 5 4 / 2 1 3 .', {
      ...notebookModel,
      alpha: 0.01,
    });
    const plan = planOf(study, {
      axes: [{ setting: 'k', spacing: 'listed', values: [1, 2] }],
      judging: { kind: 'k-fold', folds: 4 },
      seeds: [1, 2],
    });
    const { runs, results, summaries } = runPlan(plan);
    const values = judgedByK(runs, summaries);
    expect(values.map(({ k }) => k)).toEqual([1, 2]);
    for (const [cell, { rmse, error }] of values.entries()) {
      // By another route: every fold's mean over the two seeds, then s²/folds = Σ(x − x̄)²/(4 · 3).
      const folds = [0, 1, 2, 3].map((fold) => {
        const of = (seed: number) => results.rmseHeldOut[runs.indexOf(cell, seed, fold, null)] ?? Number.NaN;
        return (of(0) + of(1)) / 2;
      });
      const squares = folds.reduce((sum, x) => sum + x * x, 0) - folds.reduce((sum, x) => sum + x, 0) ** 2 / 4;
      expect(error).toBeCloseTo(Math.sqrt(squares / 12), 10);
      expect(rmse).toBe(summaries[cell]?.mean);
    }
    // A fold that is missing makes no figure.
    results.ended[runs.indexOf(0, 1, 3, null)] = 0;
    expect(
      judgedByK(
        runs,
        summaries.map((one, at) => (at === 0 ? { ...one, done: 7 } : one)),
      ).map(({ k }) => k),
    ).toEqual([2]);
  });
});

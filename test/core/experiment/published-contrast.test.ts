import { describe, expect, it } from 'vitest';
import { findBuiltin } from '../../../src/core/builtin.ts';
import { judge } from '../../../src/core/experiment/verdict.ts';
import { NOTEBOOK_EPOCHS } from '../../../src/core/presets.ts';
import { strings } from '../../../src/strings/index.ts';
import { planOf, runPlan } from './run-plan.ts';

const notebook = findBuiltin('notebook')?.study();
const seeds = Array.from({ length: 20 }, (_, at) => at + 1);

describe('leave-one-out on the notebook’s matrix, 20 seeds', () => {
  if (notebook === undefined) throw new Error('no notebook');

  it('factors alone at the notebook’s settings are worse than the mean alone', () => {
    const plan = planOf(notebook, {
      axes: [{ setting: 'k', spacing: 'listed', values: [3] }],
      seeds,
      stop: { kind: 'epochs', epochs: NOTEBOOK_EPOCHS },
    });
    const { runs, results, summaries } = runPlan(plan);
    const [factors] = summaries;
    expect(factors).toMatchObject({ done: 320, diverged: 0, seeds: 20 });
    expect(factors?.mean).toBeGreaterThan(2.3);
    expect(factors?.mean).toBeLessThan(2.8);
    const verdict = judge(runs, results, summaries);
    expect(verdict.baselines?.mean).toBeCloseTo(1.723, 3);
    expect(verdict.againstMean?.low).toBeGreaterThan(0);
    expect(verdict.clearWinner).toBe(false);
  });

  it('μ + biases with two small factors are better, beyond which ratings one happens to have', () => {
    const study = {
      ...notebook,
      model: {
        ...notebook.model,
        prediction: 'mean+factors+biases',
        init: { kind: 'normal', mean: 0, std: 0.1 },
        alpha: 0.01,
        beta: 0.2,
      },
    } as const;
    const plan = planOf(study, {
      axes: [{ setting: 'k', spacing: 'listed', values: [2] }],
      seeds,
      stop: { kind: 'epochs', epochs: 1_000 },
    });
    const { runs, results, summaries } = runPlan(plan);
    const [biased] = summaries;
    expect(biased?.seeds).toBe(20);
    expect(biased?.mean).toBeLessThan(1.3);
    const verdict = judge(runs, results, summaries);
    expect(verdict.baselines?.mean).toBeCloseTo(1.723, 3);
    expect(verdict.againstMean?.high).toBeLessThan(0);
    expect(verdict.caveats).toContain('few-ratings');
    expect(strings.experiment.verdict(verdict)).toEqual([
      'k 2: held-out RMSE 1.231 ± 0.019 over 20 seeds; the mean alone 1.723, biases only 1.795.',
      expect.stringMatching(
        /^It is better than the mean alone: RMSE 0\.49\d lower \(95 %: −0\.\d{3} … −0\.\d{3}, 16 left-out ratings\)\.$/,
      ),
      expect.stringMatching(
        /^It is better than biases only: RMSE 0\.56\d lower \(95 %: −\d\.\d{3} … −0\.\d{3}, 16 left-out ratings\)\.$/,
      ),
      'The intervals draw both the left-out ratings and the seeds anew, with repeats (bootstrap), and are widened for how few there are.',
      'With so few left-out ratings the intervals are rough.',
    ]);
  });
});

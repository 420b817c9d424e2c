import { describe, expect, it } from 'vitest';
import { fitBiasesOnly } from '../../../src/core/baselines.ts';
import { findBuiltin } from '../../../src/core/builtin.ts';
import { pairedInterval } from '../../../src/core/experiment/paired-interval.ts';
import type { SweepPlan } from '../../../src/core/experiment/plan.ts';
import { plansFor } from '../../../src/core/experiment/suggest.ts';
import { judge } from '../../../src/core/experiment/verdict.ts';
import { drawStart } from '../../../src/core/init.ts';
import { predict } from '../../../src/core/predict.ts';
import { randomStream } from '../../../src/core/random.ts';
import { ratingsFrom } from '../../../src/core/ratings.ts';
import type { Study } from '../../../src/core/study.ts';
import { trainingData, withoutTrainingRating } from '../../../src/core/training-data.ts';
import { createReferenceEngine } from '../../../src/engines/reference/reference.ts';
import { strings } from '../../../src/strings/index.ts';
import { datasetFromMatrix, notebookModel } from '../../engines/from-fixture.ts';
import { studyFromText } from '../../store/harness.ts';
import { planOf, runPlan } from './run-plan.ts';

const study = studyFromText('5 3 . 1 / 4 . . 1 / 1 1 . 5 / 1 . . 4 / . 1 5 4 / 2 1 3 .');
const engine = createReferenceEngine();

/** Leave-one-out by another route: the engine's own loop, without tasks, plans or folds. */
function leaveOneOut({ dataset, model }: Study, seed: number, epochs: number): number {
  const data = trainingData(dataset);
  let squares = 0;
  for (let left = 0; left < data.training.value.length; left += 1) {
    const others = withoutTrainingRating(data, left);
    const reseeded = { ...model, seed };
    const parameters = drawStart(reseeded, data.m, data.n, others.mean);
    const state = { epoch: 0, position: 0, parameters, adam: null };
    const to = others.training.value.length;
    for (let epoch = 0; epoch < epochs; epoch += 1) {
      const limit = Number.POSITIVE_INFINITY;
      engine.run(state, reseeded, { columns: others.training, from: 0, to, limit, error: 0 });
    }
    const e =
      (data.training.value[left] ?? 0) -
      predict(parameters, data.training.user[left] ?? 0, data.training.item[left] ?? 0);
    squares += e * e;
  }
  return Math.sqrt(squares / data.training.value.length);
}

describe('a combination', () => {
  it('is summed up over seeds, each over all its left-out ratings', () => {
    const plan = planOf(study, { seeds: [3, 4, 5] });
    const { summaries } = runPlan(plan);
    const figures = [3, 4, 5].map((seed) =>
      leaveOneOut({ ...study, model: { ...study.model, alpha: 0.005 } }, seed, 50),
    );
    const mean = ((figures[0] ?? 0) + (figures[1] ?? 0) + (figures[2] ?? 0)) / 3;
    const spread = Math.sqrt(figures.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 2);
    expect(summaries[0]?.mean).toBeCloseTo(mean, 12);
    expect(summaries[0]?.spreadOverSeeds).toBeCloseTo(spread, 12);
    expect(summaries[0]).toMatchObject({ done: 48, total: 48, seeds: 3, diverged: 0, spreadOverFolds: null });
    expect([summaries[0]?.least, summaries[0]?.greatest]).toEqual([
      expect.closeTo(Math.min(...figures), 12),
      expect.closeTo(Math.max(...figures), 12),
    ]);
  });

  it('is the same in whatever order its runs finish', () => {
    const plan = planOf(study, { seeds: [3, 4], judging: { kind: 'k-fold', folds: 4 } });
    const inOrder = runPlan(plan);
    const backwards = runPlan(plan, (indices) => indices.toReversed());
    expect(backwards.summaries).toEqual(inOrder.summaries);
    expect(backwards.results).toEqual(inOrder.results);
    expect(inOrder.summaries[0]?.spreadOverFolds).toBeGreaterThan(0);
  });

  it('of Adam beside others says that β is another penalty there; without β it is not', () => {
    const across = (values: readonly ('sgd' | 'adam' | 'als')[], beta: number) => {
      const of = { ...study, model: { ...study.model, beta } };
      const plan = planOf(of, { axes: [{ setting: 'optimizer', spacing: 'listed', values }] });
      const { runs, results, summaries } = runPlan(plan);
      return judge(runs, results, summaries).caveats.includes('other-penalty');
    };
    expect([across(['sgd', 'adam'], 0.1), across(['sgd', 'als'], 0.1), across(['sgd', 'adam'], 0)]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('with a run that diverged is never the best, and counts it', () => {
    const plan = planOf(study, { axes: [{ setting: 'alpha', spacing: 'listed', values: [0.01, 5] }] });
    const { runs, results, summaries } = runPlan(plan);
    expect(summaries[1]?.diverged).toBeGreaterThan(0);
    const verdict = judge(runs, results, summaries);
    expect(verdict.ranked).toEqual([0]);
    expect(verdict.caveats).toContain('diverged');
    expect(verdict.caveats).toContain('same-budget');
  });

  it('that equals another loses to the simpler one', () => {
    // β does nothing in 0 epochs’ worth of difference: two equal cells by a learning rate that is lost in rounding.
    const plan = planOf(study, {
      axes: [{ setting: 'alpha', spacing: 'listed', values: [1e-12, 2e-12] }],
      stop: { kind: 'epochs', epochs: 1 },
    });
    const { runs, results, summaries } = runPlan(plan);
    const same = summaries.map((summary) => ({ ...summary, mean: 1 }));
    expect(judge(runs, results, same).ranked).toEqual([0, 1]);
  });
});

describe('baselines', () => {
  it('are fitted on the same folds', () => {
    const { runs, results, summaries } = runPlan(planOf(study));
    const data = trainingData(study.dataset);
    let ofMean = 0;
    let ofBiases = 0;
    for (let left = 0; left < 16; left += 1) {
      const others = withoutTrainingRating(data, left);
      const { mu, bu, bi } = fitBiasesOnly(others.training, 6, 4, others.mean);
      const u = data.training.user[left] ?? 0;
      const i = data.training.item[left] ?? 0;
      const r = data.training.value[left] ?? 0;
      ofMean += (r - others.mean) ** 2;
      ofBiases += (r - (mu + (bu[u] ?? 0) + (bi[i] ?? 0))) ** 2;
    }
    const { baselines } = judge(runs, results, summaries);
    expect(baselines?.mean).toBeCloseTo(Math.sqrt(ofMean / 16), 12);
    expect(baselines?.biases).toBeCloseTo(Math.sqrt(ofBiases / 16), 12);
  });
});

describe('a paired interval', () => {
  /** Seeds below each other; NaN: not left out. */
  const squares = (...bySeed: readonly (readonly number[])[]) => ({
    sums: bySeed.map((values) => Float64Array.from(values, (value) => (Number.isNaN(value) ? 0 : value))),
    counts: bySeed.map((values) => Float64Array.from(values, (value) => (Number.isNaN(value) ? 0 : 1))),
  });

  it('of a constant difference has no width', () => {
    const of = (square: number, ratings: number) => squares(new Array<number>(ratings).fill(square));
    const none = { difference: 1, low: 1, high: 1, seeds: 1 };
    expect(pairedInterval(of(4, 8), of(1, 8), 1)).toEqual({ ...none, ratings: 8, enough: true, clear: true });
    // Fewer have no width to speak of: nothing is told apart by them.
    expect(pairedInterval(of(4, 7), of(1, 7), 1)).toEqual({ ...none, ratings: 7, enough: false, clear: false });
    expect(pairedInterval(of(4, 1), of(1, 1), 1)).toMatchObject({ ratings: 1, enough: false, clear: false });
  });

  it('of errors that are shared is far narrower than either error’s own', () => {
    const base = Array.from({ length: 60 }, (_, at) => ((at * 37) % 60) / 10);
    const first = squares(base.map((e) => e * e));
    const second = squares(base.map((e) => (e + 0.1) * (e + 0.1)));
    const interval = pairedInterval(second, first, 1);
    expect(interval?.clear).toBe(true);
    expect((interval?.high ?? 0) - (interval?.low ?? 0)).toBeLessThan(0.02);
    const unpaired = pairedInterval(second, squares(base.toReversed().map((e) => e * e)), 1);
    expect(unpaired?.clear).toBe(false);
  });

  it('is as wide as seeds make it, however sure the ratings are', () => {
    // Five seeds of two models on the same 336 ratings, as k 1 and k 2 came out on planted factors.
    const seeds = (rmse: readonly number[]) => squares(...rmse.map((one) => new Array<number>(336).fill(one * one)));
    const first = seeds([0.196, 0.197, 0.196, 0.197, 0.197]);
    const second = seeds([0.141, 0.258, 0.23, 0.192, 0.19]);
    const interval = pairedInterval(first, second, 42);
    expect(interval?.difference).toBeCloseTo(0.1966 - 0.2022, 12);
    expect(interval?.clear).toBe(false);
    expect(interval?.low).toBeLessThan(-0.03);
    expect(interval?.high).toBeGreaterThan(0.02);
    // Of normal means: ± t(4)·s/√5, s = .0437.
    const width = 2 * 2.776 * (0.0437 / Math.sqrt(5));
    expect((interval?.high ?? 0) - (interval?.low ?? 0)).toBeGreaterThan(width * 0.85);
    expect((interval?.high ?? 0) - (interval?.low ?? 0)).toBeLessThan(width * 1.15);
    // A difference that every seed has is told.
    expect(pairedInterval(first, seeds([0.25, 0.258, 0.23, 0.24, 0.26]), 42)?.clear).toBe(true);
  });

  it('of very many ratings is as wide as the spread of their differences says', () => {
    const random = randomStream(5, 'planted');
    const a = squares(Array.from({ length: 30_000 }, () => 1 + random.uniform()));
    const b = squares(Array.from({ length: 30_000 }, () => 1 + random.uniform()));
    const interval = pairedInterval(a, b, 1);
    // d ≈ (Σa − Σb)/(2·N·√1.5), and the variance of a − b is 2/12: ± 1.96·√(2/12/N)/(2·√1.5).
    const half = (1.96 * Math.sqrt(2 / 12 / 30_000)) / (2 * Math.sqrt(1.5));
    expect(((interval?.high ?? 0) - (interval?.low ?? 0)) / 2 / half).toBeGreaterThan(0.85);
    expect(((interval?.high ?? 0) - (interval?.low ?? 0)) / 2 / half).toBeLessThan(1.15);
    expect(interval?.ratings).toBe(30_000);
  });

  it('leaves out ratings that only one of them has', () => {
    expect(pairedInterval(squares([4, Number.NaN, 9]), squares([4, 1, Number.NaN]), 1)?.ratings).toBe(1);
    expect(pairedInterval(squares([Number.NaN]), squares([1]), 1)).toBeNull();
  });

  it('holds the truth about 95 times in 100', () => {
    let held = 0;
    for (let trial = 0; trial < 100; trial += 1) {
      const random = randomStream(trial, 'planted');
      const a = squares(Array.from({ length: 80 }, () => random.uniform()));
      const b = squares(Array.from({ length: 80 }, () => random.uniform()));
      const interval = pairedInterval(a, b, trial);
      if (interval && interval.low <= 0 && interval.high >= 0) held += 1;
    }
    expect(held).toBeGreaterThanOrEqual(88);
  });
});

describe('a verdict', () => {
  it('names no winner between combinations that cannot be told apart', () => {
    const plan = planOf(study, { axes: [{ setting: 'beta', spacing: 'listed', values: [0.02, 0.0201] }] });
    const { runs, results, summaries } = runPlan(plan);
    const verdict = judge(runs, results, summaries);
    expect(verdict.clearWinner).toBe(false);
    expect(verdict.againstNext?.interval.difference).toBeLessThanOrEqual(0);
    expect(Math.abs(verdict.againstNext?.interval.difference ?? 1)).toBeLessThan(0.001);
    expect(verdict.caveats).toEqual(expect.arrayContaining(['best-of-many', 'few-ratings', 'one-seed']));
    const words = strings.experiment.verdict(verdict).join(' ');
    expect(words).toMatch(/^β 0\.02(01)?: held-out RMSE \d\.\d{3} over 1 seed; /);
    expect(words).not.toContain('by more than the noise');
  });

  it('of a learning curve crowns no share: it tells what the last ratings brought', () => {
    const plan = planOf(study, {
      axes: [{ setting: 'seen', spacing: 'listed', values: [25, 50, 100] }],
      seeds: [1, 2, 3],
    });
    const { runs, results, summaries } = runPlan(plan);
    // Whatever the means are: the end is where all ratings are seen.
    const flattered = summaries.map((summary) => (summary.cell === 0 ? { ...summary, mean: 0.001 } : summary));
    const verdict = judge(runs, results, flattered);
    expect(verdict.best?.cell).toBe(2);
    expect(verdict).toMatchObject({ clearWinner: false, againstNext: null, alike: [], rivals: 0, edges: [] });
    expect(verdict.lastStep?.before.cell).toBe(1);
    expect(verdict.lastStep?.interval.difference).toBeCloseTo(
      (summaries[2]?.mean ?? 0) - (summaries[1]?.mean ?? 0),
      12,
    );
    const words = strings.experiment.verdict(judge(runs, results, summaries));
    expect(words[1]).toMatch(/^From seen % 25 to seen % 100 it goes from \d\.\d{3} to \d\.\d{3}\.$/);
    expect(words[2]).toMatch(/^The last step, from seen % 50, .*: RMSE/);
    expect(words.join(' ')).not.toMatch(/the next|winner|best of many/i);
    expect(strings.experiment.brief(verdict)).toMatch(/^With the most ratings: seen % 100, held-out RMSE/);
  });

  it('of k 1 beside k 2 that scatters over seeds, on planted factors, names no winner', () => {
    const planted = findBuiltin('planted')?.study();
    if (planted === undefined) throw new Error('no planted factors');
    const plan: SweepPlan = {
      ...plansFor(planted, 500).overK,
      axes: [{ setting: 'k', spacing: 'listed', values: [1, 2] }],
      seeds: [42, 43, 44, 45, 46],
    };
    const { runs, results, summaries } = runPlan(plan);
    const verdict = judge(runs, results, summaries);
    expect(verdict.againstNext?.interval).toMatchObject({ ratings: 336, seeds: 5, clear: false });
    expect(strings.experiment.verdict(verdict)[1]).toMatch(
      /^It cannot be told from the next, k \d, which seeds alone move by ± 0\.04\d\d: RMSE 0\.0056 lower /,
    );
    expect(verdict.clearWinner).toBe(false);
  });

  it('of nested selection judges each fold by what its inner folds chose', () => {
    const plan: SweepPlan = planOf(study, {
      axes: [{ setting: 'alpha', spacing: 'listed', values: [0.0001, 0.01] }],
      judging: { kind: 'k-fold', folds: 4 },
      innerFolds: 3,
      seeds: [1, 2],
      stop: { kind: 'epochs', epochs: 200 },
    });
    const { runs, results, summaries } = runPlan(plan);
    const { nested } = judge(runs, results, summaries);
    const figures = [0, 1].map((seed) => {
      let squares = 0;
      let count = 0;
      for (let fold = 0; fold < 4; fold += 1) {
        const scores = [0, 1].map((cell) =>
          [0, 1, 2].reduce((sum, inner) => {
            const judges = runs.splits[runs.splitOf(cell, fold, inner)]?.heldOut.length ?? 0;
            return sum + (results.rmseHeldOut[runs.indexOf(cell, seed, fold, inner)] ?? 0) ** 2 * judges;
          }, 0),
        );
        const chosen = (scores[1] ?? 0) < (scores[0] ?? 0) ? 1 : 0;
        const errors = results.errors[runs.indexOf(chosen, seed, fold, null)] ?? new Float64Array(0);
        for (const e of errors) squares += e * e;
        count += errors.length;
      }
      expect(count).toBe(16);
      return Math.sqrt(squares / count);
    });
    expect(nested?.rmse).toBeCloseTo(((figures[0] ?? 0) + (figures[1] ?? 0)) / 2, 12);
    expect(nested?.chosen).toHaveLength(4);
  });
});

describe('learning curves', () => {
  it('on planted 40 × 30 with 50 % gaps and noise .5: train goes down over k, held out is a U', () => {
    const random = randomStream(11, 'planted');
    const [P, Q] = [40, 30].map((rows) => Array.from({ length: rows }, () => [0, 1, 2].map(() => random.normal())));
    const ratings = (P ?? []).flatMap((p, user) =>
      (Q ?? []).flatMap((q, item) => {
        const rated = random.uniform() < 0.5;
        const value = p.reduce((dot, x, f) => dot + x * (q[f] ?? 0), 0) + 0.5 * random.normal();
        return rated ? [{ user, item, value }] : [];
      }),
    );
    const empty = datasetFromMatrix(Array.from({ length: 40 }, () => Array.from({ length: 30 }, () => 0)));
    const planted: Study = {
      dataset: { ...empty, ratings: ratingsFrom(ratings) },
      model: notebookModel({
        k: 3,
        alpha: 0.01,
        beta: 0.1,
        order: 'shuffled',
        init: { kind: 'normal', mean: 0, std: 0.1 },
      }),
      start: null,
    };
    const ks = [1, 2, 3, 4, 6, 8];
    const plan = planOf(planted, {
      axes: [{ setting: 'k', spacing: 'listed', values: ks }],
      judging: { kind: 'k-fold', folds: 4 },
      seeds: [1, 2, 3],
      stop: { kind: 'epochs', epochs: 300 },
    });
    const { summaries, runs, results } = runPlan(plan);
    const means = summaries.map(({ mean }) => mean ?? 0);
    const seen = summaries.map(({ rmseSeen }) => rmseSeen ?? 0);
    for (let at = 1; at < ks.length; at += 1) expect(seen[at]).toBeLessThan(seen[at - 1] ?? 0);
    const best = means.indexOf(Math.min(...means));
    expect(ks[best]).toBeGreaterThan(1);
    expect(ks[best]).toBeLessThan(8);
    for (let at = 0; at < best; at += 1) expect(means[at]).toBeGreaterThan(means[at + 1] ?? 0);
    for (let at = best; at < ks.length - 1; at += 1) expect(means[at]).toBeLessThan(means[at + 1] ?? 0);
    for (const { spreadOverSeeds, spreadOverFolds } of summaries) {
      expect(spreadOverSeeds).toBeGreaterThan(0);
      expect(spreadOverFolds).toBeGreaterThan(0);
    }
    expect(judge(runs, results, summaries).edges).toEqual([]);
  });
});

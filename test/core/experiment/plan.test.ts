import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Axis, axisValues, betweenOnLogScale, valueAt } from '../../../src/core/experiment/axis.ts';
import { checkPlan } from '../../../src/core/experiment/check-plan.ts';
import { estimateCost } from '../../../src/core/experiment/cost.ts';
import { carryOver, extendPlan, valuesBeyond } from '../../../src/core/experiment/edge.ts';
import { datasetOfSplit, foldsOf, splitData } from '../../../src/core/experiment/folds.ts';
import { planRuns, readPlan } from '../../../src/core/experiment/run-spec.ts';
import { searchPoints } from '../../../src/core/experiment/search.ts';
import { withAssignments } from '../../../src/core/experiment/settings.ts';
import { plansFor } from '../../../src/core/experiment/suggest.ts';
import { chooseHeldOut } from '../../../src/core/split.ts';
import { trainingData } from '../../../src/core/training-data.ts';
import { studyFromText } from '../../store/harness.ts';
import { planOf, runPlan } from './run-plan.ts';

const study = studyFromText('5 3 . 1 / 4 . . 1 / 1 1 . 5 / 1 . . 4 / . 1 5 4 / 2 1 3 .');
const count = study.dataset.ratings.value.length;

describe('an axis', () => {
  it('goes evenly, by factors of 3 digits, or as it was listed', () => {
    expect(axisValues({ setting: 'alpha', spacing: 'evenly', from: 0.1, to: 0.5, count: 5 })).toEqual([
      0.1, 0.2, 0.3, 0.4, 0.5,
    ]);
    expect(axisValues({ setting: 'alpha', spacing: 'log', from: 0.001, to: 1, count: 7 })).toEqual([
      0.001, 0.00316, 0.01, 0.0316, 0.1, 0.316, 1,
    ]);
    expect(axisValues({ setting: 'k', spacing: 'evenly', from: 1, to: 3, count: 9 })).toEqual([1, 2, 3]);
    expect(axisValues({ setting: 'order', spacing: 'listed', values: ['shuffled', 'row-major'] })).toEqual([
      'shuffled',
      'row-major',
    ]);
  });

  it('finds powers without pow: as pow does, to 12 digits', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 1, noNaN: true }),
        fc.double({ min: 1, max: 1e6, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (from, to, u) => {
          const expected = from * (to / from) ** u;
          expect(Math.abs(betweenOnLogScale(from, to, u) / expected - 1)).toBeLessThan(1e-9);
        },
      ),
    );
  });

  it('gives every choice the same share of a search', () => {
    const axis: Axis = { setting: 'optimizer', spacing: 'listed', values: ['sgd', 'adam', 'als'] };
    expect([0, 0.33, 0.34, 0.66, 0.67, 0.999].map((u) => valueAt(axis, u))).toEqual([
      'sgd',
      'sgd',
      'adam',
      'adam',
      'als',
      'als',
    ]);
  });
});

describe('assignments', () => {
  it('choose the optimizer before its batch, keep the update, and scale the start', () => {
    const adam = withAssignments(
      study.model,
      [
        { setting: 'batch', value: 3 },
        { setting: 'optimizer', value: 'adam' },
        { setting: 'initScale', value: 0.5 },
      ],
      7,
    );
    expect(adam).toMatchObject({ optimizer: { kind: 'adam', batch: 3 }, init: { low: 0, high: 0.5 }, seed: 7 });
    const simultaneous = { ...study.model, optimizer: { kind: 'sgd', update: 'simultaneous' } } as const;
    const momentum = withAssignments(simultaneous, [{ setting: 'optimizer', value: 'momentum' }], 1);
    expect(momentum.optimizer).toMatchObject({ kind: 'momentum', update: 'simultaneous' });
    expect(withAssignments({ ...study.model, earlyStopping: { patience: 3 } }, [], 1)).not.toHaveProperty(
      'earlyStopping',
    );
  });
});

describe('folds', () => {
  it('leave every rating out once, in parts as equal as can be', () => {
    const folds = foldsOf(study.dataset, { kind: 'k-fold', folds: 5 }, 3, null);
    expect(folds.map(({ heldOut }) => heldOut.length)).toEqual([4, 3, 3, 3, 3]);
    expect(folds.flatMap(({ heldOut }) => [...heldOut]).sort((a, b) => a - b)).toEqual(
      Array.from({ length: count }, (_, at) => at),
    );
    const other = foldsOf(study.dataset, { kind: 'k-fold', folds: 5 }, 4, null);
    expect(other.map(({ heldOut }) => [...heldOut])).not.toEqual(folds.map(({ heldOut }) => [...heldOut]));
  });

  it('hold out what Play would', () => {
    const [first, second] = foldsOf(study.dataset, { kind: 'hold-out', share: 25, repeats: 2 }, 9, null);
    const ofSeed = (seed: number) =>
      [...chooseHeldOut(study.dataset, 25, seed).ratings.heldOut].flatMap((held, at) => (held === 1 ? [at] : []));
    expect([...(first?.heldOut ?? [])]).toEqual(ofSeed(9));
    expect([...(second?.heldOut ?? [])]).toEqual(ofSeed(10));
  });

  it('train on what was before, and are judged by what comes next', () => {
    const time = Float64Array.from({ length: count }, (_, at) => (at * 7) % count);
    const timed = { ...study.dataset, ratings: { ...study.dataset.ratings, time } };
    for (const split of foldsOf(timed, { kind: 'time-ordered', folds: 3 }, 1, null)) {
      const at = (places: Int32Array) => Array.from(places, (place) => time[place] ?? 0);
      const rest = Array.from({ length: count }, (_, place) => place).filter(
        (place) => !split.heldOut.includes(place) && !split.ignored.includes(place),
      );
      expect(Math.max(...rest.map((place) => time[place] ?? 0))).toBeLessThan(Math.min(...at(split.heldOut)));
      expect(Math.max(...at(split.heldOut))).toBeLessThan(Math.min(...at(split.ignored), Number.POSITIVE_INFINITY));
    }
  });

  it('part the ratings as the data set of the fold does', () => {
    for (const innerFolds of [null, 2]) {
      const runs = readPlan(
        planOf(study, {
          judging: { kind: 'k-fold', folds: 3 },
          innerFolds,
          axes: [{ setting: 'seen', spacing: 'listed', values: [50, 100] }],
          stop: { kind: 'early', limit: 10, patience: 2, watchShare: 20 },
        }),
      );
      for (const split of runs.splits) {
        const { data } = splitData(study.dataset, split);
        expect(data).toEqual(trainingData(datasetOfSplit(study.dataset, split)));
        const all = [...split.heldOut, ...split.ignored, ...split.watched];
        expect(new Set(all).size).toBe(all.length);
        expect(data.training.user.length).toBe(count - all.length);
      }
    }
  });

  it('show more and more of the same ratings along a learning curve', () => {
    const runs = readPlan(
      planOf(study, {
        judging: { kind: 'k-fold', folds: 4 },
        axes: [{ setting: 'seen', spacing: 'listed', values: [25, 50, 100] }],
      }),
    );
    for (let fold = 0; fold < 4; fold += 1) {
      const [few, some, all] = [0, 1, 2].map((cell) => runs.splits[runs.splitOf(cell, fold, null)]);
      expect(few?.heldOut).toEqual(all?.heldOut);
      expect(all?.ignored.length).toBe(0);
      expect(some?.ignored.every((place) => few?.ignored.includes(place))).toBe(true);
      expect(few?.ignored.length).toBe(12 - 3);
    }
  });

  it('of a nested plan never show an inner run what judges it or its fold', () => {
    const runs = readPlan(planOf(study, { judging: { kind: 'k-fold', folds: 4 }, innerFolds: 3 }));
    for (const spec of planRuns(runs.plan)) {
      const split = runs.splits[spec.split];
      const outer = runs.splits[runs.splitOf(spec.cell, spec.fold, null)];
      if (spec.inner === null || !split || !outer) continue;
      expect([...split.ignored]).toEqual([...outer.heldOut]);
      expect([...split.heldOut].some((place) => outer.heldOut.includes(place))).toBe(false);
    }
  });
});

describe('a plan', () => {
  it('numbers its runs one to one', () => {
    const plan = planOf(study, {
      axes: [
        { setting: 'alpha', spacing: 'listed', values: [0.01, 0.02, 0.03] },
        { setting: 'k', spacing: 'listed', values: [1, 2] },
      ],
      seeds: [5, 6],
      judging: { kind: 'k-fold', folds: 3 },
      innerFolds: 2,
    });
    const runs = readPlan(plan);
    expect(runs).toMatchObject({ shape: [3, 2], count: 3 * 2 * 2 * 3 * 3, folds: 3, inner: 2 });
    const specs = planRuns(plan);
    specs.forEach((spec, index) => {
      expect(spec.index).toBe(index);
      expect(runs.indexOf(spec.cell, plan.seeds.indexOf(spec.seed), spec.fold, spec.inner)).toBe(index);
    });
    expect(runs.cells[4]).toEqual([
      { setting: 'alpha', value: 0.02 },
      { setting: 'k', value: 2 },
    ]);
    expect(specs.at(-1)?.model).toMatchObject({ alpha: 0.03, k: 2, seed: 6 });
    expect(estimateCost(plan, 2)).toMatchObject({ runs: 108, cells: 6, seeds: 2, folds: 3, epochs: 108 * 50 });
  });

  it.each([
    ['no axis', { axes: [] }, 'plan-axes', 'axes'],
    ['one value', { axes: [{ setting: 'k', spacing: 'listed', values: [2] }] }, 'axis-values', 'k'],
    ['a value twice', { axes: [{ setting: 'k', spacing: 'listed', values: [1, 2, 1] }] }, 'value-twice', 'k'],
    ['half a factor', { axes: [{ setting: 'k', spacing: 'listed', values: [1, 2.5] }] }, 'not-an-integer', 'k'],
    ['log from 0', { axes: [{ setting: 'beta', spacing: 'log', from: 0, to: 1, count: 5 }] }, 'axis-log', 'beta'],
    ['batch under SGD', { axes: [{ setting: 'batch', spacing: 'listed', values: [1, 2] }] }, 'axis-unused', 'batch'],
    [
      'held out in folds',
      { axes: [{ setting: 'holdOut', spacing: 'listed', values: [10, 20] }] },
      'axis-unused',
      'holdOut',
    ],
    ['no seed', { seeds: [] }, 'plan-seeds', 'seeds'],
    ['a seed twice', { seeds: [1, 1] }, 'plan-seeds', 'seeds'],
    ['nothing held out', { judging: { kind: 'hold-out', share: null, repeats: 1 } }, 'nothing-held-out', 'judging'],
    ['no times', { judging: { kind: 'time-ordered', folds: 2 } }, 'no-times', 'judging'],
    ['more folds than ratings', { judging: { kind: 'k-fold', folds: 17 } }, 'too-few-ratings', 'judging'],
    ['no epoch', { stop: { kind: 'epochs', epochs: 0 } }, 'below-minimum', 'epochs'],
    ['too many runs', { seeds: Array.from({ length: 7_000 }, (_, at) => at) }, 'plan-too-large', 'runs'],
  ] as const)('says what is wrong: %s', (_, changes, code, where) => {
    expect(checkPlan(planOf(study, changes))).toContainEqual(expect.objectContaining({ code, where }));
  });

  it('to begin with is sound', () => {
    for (const plan of Object.values(plansFor(study, 100))) expect(checkPlan(plan)).toEqual([]);
  });
});

describe('a search', () => {
  it.each(['random', 'quasi-random'] as const)('%s: more points leave the first ones as they are', (kind) => {
    const few = searchPoints({ kind, count: 20, seed: 3 }, 4);
    expect(searchPoints({ kind, count: 50, seed: 3 }, 4).slice(0, 20)).toEqual(few);
    expect(searchPoints({ kind, count: 20, seed: 4 }, 4)).not.toEqual(few);
    expect(few.flat().every((u) => u >= 0 && u < 1)).toBe(true);
  });

  it('quasi-random covers every axis more evenly than chance', () => {
    const emptiest = (kind: 'random' | 'quasi-random') =>
      [0, 1, 2].map((axis) => {
        const bins = new Int32Array(20);
        for (const point of searchPoints({ kind, count: 200, seed: 1 }, 3)) {
          const bin = Math.floor((point[axis] ?? 0) * 20);
          bins[bin] = (bins[bin] ?? 0) + 1;
        }
        return Math.max(...bins) - Math.min(...bins);
      });
    expect(Math.max(...emptiest('quasi-random'))).toBeLessThanOrEqual(5);
    expect(Math.min(...emptiest('random'))).toBeGreaterThan(5);
  });
});

describe('an edge', () => {
  it('goes on by the same factor, the same step, and stops at limits', () => {
    expect(valuesBeyond({ setting: 'alpha', spacing: 'log', from: 0.01, to: 1, count: 3 }, 'low')).toEqual([
      0.0001, 0.001,
    ]);
    expect(valuesBeyond({ setting: 'beta', spacing: 'evenly', from: 0.2, to: 0.6, count: 3 }, 'high')).toEqual([
      0.8, 1,
    ]);
    expect(valuesBeyond({ setting: 'beta', spacing: 'evenly', from: 0.2, to: 0.6, count: 3 }, 'low')).toEqual([0]);
    expect(valuesBeyond({ setting: 'k', spacing: 'listed', values: [1, 2, 3] }, 'low')).toEqual([]);
    expect(valuesBeyond({ setting: 'k', spacing: 'listed', values: [1, 2, 4] }, 'high')).toEqual([8, 16]);
    expect(valuesBeyond({ setting: 'order', spacing: 'listed', values: ['shuffled', 'row-major'] }, 'low')).toEqual([]);
  });

  it('extended keeps what is done: the same results as the whole plan at once', () => {
    const plan = planOf(study, {
      axes: [{ setting: 'alpha', spacing: 'log', from: 0.001, to: 0.01, count: 3 }],
      seeds: [1, 2],
    });
    const before = runPlan(plan);
    const wider = extendPlan(plan, 0, 'high');
    expect(
      readPlan(wider)
        .cells.flat()
        .map(({ value }) => value),
    ).toEqual([0.001, 0.00316, 0.01, 0.0316, 0.1]);
    const carried = carryOver(plan, before.results, wider);
    const whole = runPlan(wider);
    let taken = 0;
    carried.ended.forEach((ended, index) => {
      if (ended === 0) return;
      taken += 1;
      expect(carried.rmseHeldOut[index]).toBe(whole.results.rmseHeldOut[index]);
    });
    expect(taken).toBe(3 * 2 * 16);
    expect(carried.baselines).toEqual(whole.results.baselines);
  });
});

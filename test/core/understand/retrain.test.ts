import { describe, expect, it } from 'vitest';
import { drawStart } from '../../../src/core/init.ts';
import { measure } from '../../../src/core/metrics.ts';
import type { ModelSettings } from '../../../src/core/model.ts';
import { trainingData } from '../../../src/core/training-data.ts';
import {
  type Member,
  nextLook,
  Retraining,
  type RunSetup,
  type StoppingRule,
  setupOf,
  stopAt,
  stopWhenSettled,
} from '../../../src/core/understand/retrain.ts';
import { ratingsFromText } from '../../fixtures/ratings-from-text.ts';
import { trainStudy } from '../train-study.ts';
import { NOTEBOOK, sgd } from './samples.ts';
import { train } from './train.ts';

const dataset = ratingsFromText(NOTEBOOK);
const data = trainingData(dataset);
const shuffled: ModelSettings = { ...sgd, prediction: 'mean+factors+biases', order: 'shuffled', alpha: 0.005 };
const setup: RunSetup = { model: shuffled, data, start: drawStart(shuffled, data.m, data.n, data.mean) };

function retrained(
  from: RunSetup,
  rule: StoppingRule,
  slice: number,
  members: readonly Member[] = [{ kind: 'whole' }],
) {
  const work = new Retraining(from, members, rule, train);
  let steps = 1;
  while (work.step(slice)) steps += 1;
  return { outcomes: work.outcomes, steps, progress: work.progress };
}

describe('Retraining', () => {
  it.each(['shuffled', 'row-major'] as const)(
    'ends where the run itself ends: whole, with another seed: %s',
    (order) => {
      const model = { ...shuffled, order };
      const { outcomes } = retrained({ ...setup, model }, stopAt(50), 1000, [
        { kind: 'whole' },
        { kind: 'seed', seed: 7 },
      ]);
      const study = { dataset, model, start: null };
      const expected = [trainStudy(study, 50), trainStudy({ ...study, model: { ...model, seed: 7 } }, 50)];
      expect(outcomes.map((outcome) => outcome.parameters)).toEqual(expected.map((one) => one.parameters));
      expect(outcomes.map(({ epochs, ended }) => [epochs, ended])).toEqual([
        [50, 'limit'],
        [50, 'limit'],
      ]);
    },
  );

  it('ends, with a rating less, where the run without it ends: row by row as if it had never been given', () => {
    const model: ModelSettings = { ...shuffled, order: 'row-major' };
    const { outcomes } = retrained({ ...setup, model }, stopAt(50), 1000, [{ kind: 'without', rating: 2 }]);
    const fewer = ratingsFromText(NOTEBOOK.replace('5 3 . 1 /', '5 3 . . /'));
    expect(outcomes[0]?.parameters).toEqual(trainStudy({ dataset: fewer, model, start: null }, 50).parameters);
  });

  it('measures, shuffled, what a rating does and not what another shuffle does', () => {
    // User 12 rated one film as everybody does: among 97 ratings theirs matters little to the others.
    const rows = Array.from({ length: 12 }, (_, u) => Array.from({ length: 8 }, (_, i) => 1 + ((u + i) % 5)).join(' '));
    const many = trainingData(ratingsFromText([...rows, '. . . . . . . 3'].join(' / ')));
    const model: ModelSettings = { ...shuffled, prediction: 'factors', alpha: 0.02 };
    const from = { model, data: many, start: drawStart(model, many.m, many.n, many.mean) };
    const rating = many.training.value.length - 1;
    const { outcomes } = retrained(from, stopAt(30), 1000, [{ kind: 'whole' }, { kind: 'without', rating }]);
    const ofOthers = outcomes.map(({ parameters }) => parameters?.P.subarray(0, 12 * model.k) ?? new Float64Array());
    const change = Math.max(...(ofOthers[0] ?? []).map((p, at) => Math.abs(p - (ofOthers[1]?.[at] ?? 0))));
    // The same with another order of the same ratings.
    const again = { ...from, model: { ...model, seed: model.seed + 1 } };
    const reshuffled = retrained(again, stopAt(30), 1000).outcomes[0]?.parameters?.P.subarray(0, 12 * model.k);
    const ofOrder = Math.max(...(ofOthers[0] ?? []).map((p, at) => Math.abs(p - (reshuffled?.[at] ?? 0))));
    expect(change).toBeLessThan(ofOrder / 10);
  });

  it('gives the same numbers however the work is sliced', () => {
    const rule = { ...stopWhenSettled(3000, 130), improvement: 0.01 };
    const whole = retrained(setup, rule, 1e9);
    const fine = retrained(setup, rule, 7);
    expect(fine.outcomes).toEqual(whole.outcomes);
    expect(whole.steps).toBe(1);
    expect(fine.steps).toBeGreaterThan(50);
    expect([whole.progress, fine.progress]).toEqual([1, 1]);
  });

  it('does not touch the run', () => {
    const before = setup.start.P.slice();
    retrained(setup, stopAt(20), 20);
    expect(setup.start.P).toEqual(before);
  });

  it('looks every hundred epochs, and after a thousand every time there are a tenth more', () => {
    const looks = (count: number, part: number) => {
      const found: number[] = [];
      for (let epoch = 0; found.length < count; found.push(epoch)) epoch = nextLook(epoch, { every: 100, part });
      return found;
    };
    expect(looks(13, 10)).toEqual([100, 200, 300, 400, 500, 600, 700, 800, 900, 1000, 1100, 1300, 1500]);
    expect(looks(6, 2)).toEqual([100, 200, 300, 500, 800, 1200]);
    expect(nextLook(300_000, { every: 100, part: 10 })).toBe(330_000);
  });

  it('stops at the first look since which J improved by less than the rule asks, and not before', () => {
    const model = { ...sgd, alpha: 0.01 };
    const from = { model, data, start: drawStart(model, data.m, data.n, data.mean) };
    const rule = stopWhenSettled(100_000, null);
    const { outcomes } = retrained(from, rule, 1e9);
    const end = outcomes[0]?.epochs ?? 0;
    expect(outcomes[0]?.ended).toBe('settled');
    const J = (epochs: number) =>
      measure(trainStudy({ dataset, model, start: null }, epochs).parameters, data, model).objective ?? Number.NaN;
    const looks = [0];
    for (let epoch = 0; epoch < end; ) {
      epoch = nextLook(epoch, rule);
      looks.push(epoch);
    }
    expect(looks.at(-1)).toBe(end);
    const improvements = looks.slice(1).map((epoch, at) => {
      const before = J(looks[at] ?? 0);
      return (before - J(epoch)) / before;
    });
    expect(improvements.at(-1)).toBeLessThan(1e-5);
    expect(Math.min(...improvements.slice(0, -1))).toBeGreaterThanOrEqual(1e-5);
  });

  it('stops equally near to the end at whatever pace: a fifth of α takes five times the epochs', () => {
    const ends = [0.02, 0.004].map((alpha) => {
      const model = { ...sgd, alpha };
      const from = { model, data, start: drawStart(model, data.m, data.n, data.mean) };
      const { outcomes } = retrained(from, stopWhenSettled(1_000_000, null), 1e9);
      const [outcome] = outcomes;
      const parameters = outcome?.parameters ?? from.start;
      return { epochs: outcome?.epochs ?? 0, J: measure(parameters, data, model).objective ?? Number.NaN };
    });
    const [fast, slow] = ends;
    expect((slow?.epochs ?? 0) / (fast?.epochs ?? 1)).toBeGreaterThan(4);
    expect((slow?.epochs ?? 0) / (fast?.epochs ?? 1)).toBeLessThan(6.25);
    // α itself moves where sequential updates come to rest, by more than the rule leaves.
    expect(Math.abs((slow?.J ?? 0) / (fast?.J ?? 1) - 1)).toBeLessThan(1e-3);
  });

  it('takes a start near zero, which stands still at first, for what it is', () => {
    const model = { ...sgd, alpha: 0.001, init: { kind: 'normal', mean: 0, std: 0.001 } } as const;
    const from = { model, data, start: drawStart(model, data.m, data.n, data.mean) };
    const { outcomes } = retrained(from, stopWhenSettled(1_000_000, null), 1e9);
    expect(outcomes[0]?.ended).toBe('settled');
    expect(measure(outcomes[0]?.parameters ?? from.start, data, model).rmseSeen).toBeLessThan(0.2);
    // At nothing but zero there is nowhere to go, and no reason to wait.
    const zero = { ...model, init: { kind: 'uniform', low: 0, high: 0 } } as const;
    const nowhere = { model: zero, data, start: drawStart(zero, data.m, data.n, data.mean) };
    expect(retrained(nowhere, stopWhenSettled(1_000_000, null), 1e9).outcomes[0]?.epochs).toBe(100);
  });

  it('keeps the parameters at the mark, and goes on to it even where J has settled before', () => {
    const { outcomes } = retrained(setup, { ...stopWhenSettled(2000, 150), improvement: 0.9 }, 1e9);
    expect(outcomes[0]?.atMark).toEqual(trainStudy({ dataset, model: shuffled, start: null }, 150).parameters);
    expect([outcomes[0]?.epochs, outcomes[0]?.ended]).toEqual([200, 'settled']);
    expect(retrained(setup, { ...stopAt(10), mark: 0 }, 1e9).outcomes[0]?.atMark).toEqual(setup.start);
  });

  it('says which diverged and trains the others', () => {
    const wild = { ...sgd, alpha: 0.5 };
    const from = { model: wild, data, start: drawStart(wild, data.m, data.n, data.mean) };
    const { outcomes } = retrained(from, stopAt(50), 3, [{ kind: 'whole' }, { kind: 'whole' }]);
    expect(outcomes.map(({ ended, parameters }) => [ended, parameters])).toEqual([
      ['diverged', null],
      ['diverged', null],
    ]);
  });

  it('is over at once where nothing is to be done', () => {
    expect(retrained(setup, stopAt(9), 1, []).outcomes).toEqual([]);
    expect(retrained(setup, stopAt(0), 1).outcomes[0]?.parameters).toEqual(setup.start);
  });
});

describe('setupOf', () => {
  it('gives a member the mean of the ratings that it sees', () => {
    const without = setupOf(setup, { kind: 'without', rating: 0 });
    const mean = (4 + 1 + 1 + 1 + 5 + 1 + 4 + 1 + 5 + 4 + 2 + 1 + 3 + 3 + 1) / 15;
    expect(without.start.mu).toBeCloseTo(mean, 14);
    expect(without.data.training.value.length).toBe(15);
    expect(setupOf({ ...setup, start: { ...setup.start, mu: null } }, { kind: 'whole' }).start.mu).toBeNull();
  });
});

describe('Retraining with patience', () => {
  // Overfits: its RMSE held out has a lowest point long before epoch 3,000.
  const heldOut = ratingsFromText('5 3* . 1 / 4 . . 1 / 1 1 . 5* / 1 . . 4 / . 1 5* 4');
  const free: ModelSettings = { ...sgd, alpha: 0.01, beta: 0, seed: 6 };
  const seen = trainingData(heldOut);
  const overfitting: RunSetup = { model: free, data: seen, start: drawStart(free, seen.m, seen.n, seen.mean) };
  const study = { dataset: heldOut, model: free, start: null };
  const rmseAt = (epoch: number) => {
    const { parameters } = trainStudy(study, epoch);
    return measure(parameters, seen, free).rmseHeldOut ?? Number.NaN;
  };

  it('stops after so many epochs without a lower RMSE held out, and gives the best epoch back', () => {
    const rule = { ...stopAt(3000), patience: 20 };
    const [outcome] = retrained(overfitting, rule, 7).outcomes;
    const best = outcome?.epochs ?? -1;
    expect(outcome?.ended).toBe('stopped');
    expect(outcome?.stoppedAt).toBe(best + 20);
    expect(outcome?.parameters).toEqual(trainStudy(study, best).parameters);
    for (let epoch = 0; epoch <= best + 20; epoch += 1) {
      if (epoch < best) expect(rmseAt(epoch)).toBeGreaterThan(rmseAt(best));
      if (epoch > best) expect(rmseAt(epoch)).toBeGreaterThanOrEqual(rmseAt(best));
    }
  });

  it('does the same however the work is sliced, and is over in one step', () => {
    const rule = { ...stopAt(3000), patience: 20 };
    const whole = retrained(overfitting, rule, 100_000).outcomes;
    for (const slice of [1, 3, 50]) expect(retrained(overfitting, rule, slice).outcomes).toEqual(whole);
  });

  it('goes to the end where nothing is held out', () => {
    const [outcome] = retrained(setup, { ...stopAt(60), patience: 1 }, 10).outcomes;
    expect([outcome?.ended, outcome?.epochs]).toEqual(['limit', 60]);
  });
});

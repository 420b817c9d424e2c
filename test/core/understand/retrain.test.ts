import { describe, expect, it } from 'vitest';
import { drawStart } from '../../../src/core/init.ts';
import { measure } from '../../../src/core/metrics.ts';
import type { ModelSettings } from '../../../src/core/model.ts';
import { trainingData } from '../../../src/core/training-data.ts';
import {
  type Member,
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
  it('ends where the run itself ends: whole, with another seed, with a rating less', () => {
    const { outcomes } = retrained(setup, stopAt(50), 1000, [
      { kind: 'whole' },
      { kind: 'seed', seed: 7 },
      { kind: 'without', rating: 2 },
    ]);
    const study = { dataset, model: shuffled, start: null };
    const fewer = ratingsFromText(NOTEBOOK.replace('5 3 . 1 /', '5 3 . . /'));
    const expected = [
      trainStudy(study, 50),
      trainStudy({ ...study, model: { ...shuffled, seed: 7 } }, 50),
      trainStudy({ ...study, dataset: fewer }, 50),
    ];
    expect(outcomes.map((outcome) => outcome.parameters)).toEqual(expected.map((one) => one.parameters));
    expect(outcomes.map(({ epochs, ended }) => [epochs, ended])).toEqual([
      [50, 'limit'],
      [50, 'limit'],
      [50, 'limit'],
    ]);
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

  it('stops at the first hundred epochs that improve J by less than the rule asks, and not before', () => {
    const model = { ...sgd, alpha: 0.01 };
    const from = { model, data, start: drawStart(model, data.m, data.n, data.mean) };
    const { outcomes } = retrained(from, stopWhenSettled(100_000, null), 1e9);
    const end = outcomes[0]?.epochs ?? 0;
    const J = (epochs: number) =>
      measure(trainStudy({ dataset, model, start: null }, epochs).parameters, data, model).objective ?? Number.NaN;
    const improvement = (epoch: number) => (J(epoch - 100) - J(epoch)) / J(epoch - 100);
    expect(outcomes[0]?.ended).toBe('settled');
    expect(end % 100).toBe(0);
    expect(improvement(end)).toBeLessThan(1e-6);
    for (let epoch = end - 100; epoch >= 100; epoch -= Math.max(100, Math.floor(end / 1000) * 100)) {
      expect(improvement(epoch)).toBeGreaterThanOrEqual(1e-6);
    }
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

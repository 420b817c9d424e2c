import { describe, expect, test } from 'vitest';
import { BUILTINS, FIRST_BUILTIN, findBuiltin } from '../../src/core/builtin.ts';
import type { ModelSettings } from '../../src/core/model.ts';
import { plantedRating } from '../../src/core/planted.ts';
import { predict } from '../../src/core/predict.ts';
import { notebookModel } from '../../src/core/presets.ts';
import { findRating } from '../../src/core/ratings.ts';
import type { Study } from '../../src/core/study.ts';
import classic from '../fixtures/quux5x4_k2.json' with { type: 'json' };
import notebook from '../fixtures/seed6x4_k3.json' with { type: 'json' };
import { trainStudy } from './train-study.ts';

function builtin(id: string) {
  const found = findBuiltin(id);
  if (!found) throw new Error(`no built-in study ${id}`);
  return found;
}

/** The ratings as a table, 0 for a gap, as the notebook writes them. */
function table({ dataset }: Study): number[][] {
  return dataset.users.map((_, user) =>
    dataset.items.map((__, item) => dataset.ratings.value[findRating(dataset.ratings, user, item)] ?? 0),
  );
}

function heldOut({ dataset }: Study): number {
  return dataset.ratings.heldOut.reduce((sum, flag) => sum + flag, 0);
}

function figure(value: number | null | undefined): number {
  if (value === null || value === undefined) throw new Error('nothing was measured');
  return value;
}

describe('the built-in studies', () => {
  test('have ids and names of their own, and five stories', () => {
    expect(BUILTINS.map((each) => each.id)).toEqual(['taste', 'notebook', 'classic', 'judges', 'planted']);
    expect(new Set(BUILTINS.map((each) => each.name)).size).toBe(5);
    expect(FIRST_BUILTIN.id).toBe('taste');
    expect(findBuiltin('no such study')).toBeNull();
  });

  test.each(BUILTINS.map((each) => [each.id, each] as const))('%s is well formed', (_id, each) => {
    const { dataset, model, start } = each.study();
    const { ratings, scale } = dataset;
    expect(dataset.name).toBe(each.name);
    expect(start).toBeNull();
    expect(dataset.userKeys).toEqual(dataset.users.map((__, at) => at));
    expect(dataset.itemKeys).toEqual(dataset.items.map((__, at) => at));
    expect(new Set(dataset.users).size).toBe(dataset.users.length);
    expect(new Set(dataset.items).size).toBe(dataset.items.length);
    expect(Math.max(...ratings.user)).toBe(dataset.users.length - 1);
    expect(Math.max(...ratings.item)).toBe(dataset.items.length - 1);
    expect([...ratings.value].filter((value) => value < scale.min || value > scale.max)).toEqual([]);
    expect(model.seed).toBe(42);
    expect(each.study()).toEqual(each.study());
  });
});

describe('the notebook', () => {
  const study = builtin('notebook').study();

  test('is the matrix and the settings of the reference run', () => {
    expect(table(study)).toEqual(notebook.R);
    expect(study.model).toMatchObject({ k: 3, alpha: 0.0002, beta: 0.02, prediction: 'factors', order: 'row-major' });
    expect(study.model.optimizer).toEqual({ kind: 'sgd', update: 'sequential' });
    expect(study.model.init).toEqual({ kind: 'uniform', low: 0, high: 1 });
    expect(builtin('notebook').runTo).toBe(5000);
    expect(heldOut(study)).toBe(0);
  });

  test('fits its 16 ratings closely after 5,000 epochs', () => {
    const { rmseSeen, rmseHeldOut } = trainStudy(study, 5000).measures;
    expect(figure(rmseSeen)).toBeLessThan(0.1);
    expect(rmseHeldOut).toBeNull();
  });
});

test('the classic one is the published 5 × 4 matrix with two factors', () => {
  const study = builtin('classic').study();
  expect(table(study)).toEqual(classic.R);
  expect(study.model).toEqual({ ...notebookModel, k: 2 });
});

describe('twelve viewers, ten films', () => {
  const { study: make, runTo } = builtin('taste');
  const study = make();
  const outcome = trainStudy(study, runTo);

  test('has 85 ratings of 120, 15 % of them held out', () => {
    expect(study.dataset.ratings.value.length).toBe(85);
    expect(heldOut(study)).toBe(13);
    expect(study.dataset.holdOut).toEqual({ share: 15, kind: 'random', seed: 42 });
  });

  test('ends far better on held-out ratings than the mean and than biases alone', () => {
    const reached = figure(outcome.measures.rmseHeldOut);
    expect(figure(outcome.baselines?.mean.rmse)).toBeCloseTo(1.683, 3);
    expect(figure(outcome.baselines?.biases.rmse)).toBeCloseTo(1.662, 3);
    expect(reached).toBeCloseTo(0.853, 3);
    expect(figure(outcome.measures.rmseSeen)).toBeCloseTo(0.243, 3);
  });

  test('does so from other starts as well', () => {
    for (const seed of [1, 2, 3]) {
      const other = trainStudy({ ...study, model: { ...study.model, seed } }, runTo);
      expect(figure(other.measures.rmseHeldOut)).toBeLessThan(1);
    }
  });

  test('its gaps tell of taste: Ana would like Long Signal, not Two Roses; Fay Two Roses, not Wrong Goat', () => {
    const at = (user: string, item: string) => {
      const u = study.dataset.users.indexOf(user);
      const i = study.dataset.items.indexOf(item);
      expect(findRating(study.dataset.ratings, u, i)).toBeLessThan(0);
      return predict(outcome.parameters, u, i);
    };
    expect(at('Ana', 'Long Signal')).toBeGreaterThan(4);
    expect(at('Ana', 'Two Roses')).toBeLessThan(2);
    expect(at('Fay', 'Two Roses')).toBeGreaterThan(4);
    expect(at('Fay', 'Wrong Goat')).toBeLessThan(2.5);
    expect(at('Lou', 'Loud Picnic')).toBeGreaterThan(3.5);
  });
});

describe('generous and harsh', () => {
  const { study: make, runTo } = builtin('judges');
  const study = make();
  const held = (model: Partial<ModelSettings>) =>
    figure(trainStudy({ ...study, model: { ...study.model, ...model } }, runTo).measures.rmseHeldOut);

  test('with biases it predicts within a point, factors alone are more than twice as far off', () => {
    const withBiases = held({});
    const factorsAlone = held({ prediction: 'factors' });
    expect(withBiases).toBeCloseTo(0.838, 3);
    expect(factorsAlone).toBeCloseTo(2.386, 3);
    expect(held({ prediction: 'factors+biases' })).toBeLessThan(1);
  });

  test('biases beat factors from every start that was tried, and beat the mean', () => {
    for (const seed of [1, 2, 3, 7]) expect(held({ seed })).toBeLessThan(held({ seed, prediction: 'factors' }) / 2);
    const { baselines } = trainStudy(study, 0);
    expect(held({})).toBeLessThan(figure(baselines?.mean.rmse) / 2);
  });

  test('a rating of 0 is a rating there', () => {
    const zeros = [...study.dataset.ratings.value].filter((value) => value === 0);
    expect(zeros.length).toBeGreaterThan(5);
  });
});

describe('planted factors', () => {
  const { study: make, runTo } = builtin('planted');
  const study = make();

  /** RMSE against the planted truth over the gaps. */
  function gapError(parameters: Parameters<typeof predict>[0]): number {
    const { truth, ratings, users, items } = study.dataset;
    if (!truth) throw new Error('the planted set lost its truth');
    let squares = 0;
    let gaps = 0;
    for (let user = 0; user < users.length; user += 1) {
      for (let item = 0; item < items.length; item += 1) {
        if (findRating(ratings, user, item) >= 0) continue;
        const e = figure(plantedRating(truth, user, item)) - predict(parameters, user, item);
        squares += e * e;
        gaps += 1;
      }
    }
    return Math.sqrt(squares / gaps);
  }

  test('is 40 × 30 with about 70 % gaps, in steps of 0.1', () => {
    const { ratings, users, items, scale } = study.dataset;
    expect([users.length, items.length]).toEqual([40, 30]);
    expect(ratings.value.length / 1200).toBeGreaterThan(0.27);
    expect(ratings.value.length / 1200).toBeLessThan(0.33);
    expect(scale).toEqual({ min: 0, max: 5, step: 0.1 });
    expect([...ratings.value].every((value) => value === Number(value.toFixed(1)))).toBe(true);
  });

  test('its preset recovers the truth in the gaps to about the noise', () => {
    const before = gapError(trainStudy(study, 0).parameters);
    const after = gapError(trainStudy(study, runTo).parameters);
    expect(before).toBeGreaterThan(0.7);
    expect(after).toBeLessThan(0.15);
  });

  test('ends with held-out ratings far better than both baselines', () => {
    const { measures, baselines } = trainStudy(study, runTo);
    expect(figure(measures.rmseHeldOut)).toBeLessThan(0.2);
    expect(figure(baselines?.biases.rmse)).toBeGreaterThan(0.4);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findBuiltin } from '../../src/core/builtin.ts';
import type { Dataset } from '../../src/core/dataset.ts';
import { plantedRating, plantRatings } from '../../src/core/planted.ts';
import { movieLensPreset, presetFor } from '../../src/core/presets.ts';
import { ratingsFrom } from '../../src/core/ratings.ts';
import { trainStudy } from './train-study.ts';

/** `count` ratings by 200 users, all of one value. */
function ratingsOf(count: number, value: number): Dataset {
  const study = findBuiltin('notebook')?.study();
  if (!study) throw new Error('the notebook is gone');
  const ratings = Array.from({ length: count }, (_, at) => ({ user: at % 200, item: Math.floor(at / 200), value }));
  return { ...study.dataset, ratings: ratingsFrom(ratings) };
}

describe('settings for a set that comes without any', () => {
  test('many ratings get the MovieLens settings', () => {
    expect(presetFor(ratingsOf(20_000, 4))).toEqual(movieLensPreset);
    expect(movieLensPreset.model).toEqual({
      k: 20,
      prediction: 'mean+factors+biases',
      optimizer: { kind: 'sgd', update: 'sequential' },
      alpha: 0.0025,
      beta: 0.12,
      order: 'shuffled',
      init: { kind: 'normal', mean: 0, std: 0.01 },
      seed: 42,
    });
    expect(movieLensPreset.holdOut).toBe(10);
  });

  test('fewer ratings get fewer factors; a handful holds nothing out', () => {
    expect(presetFor(ratingsOf(2000, 4))).toMatchObject({ holdOut: 10, model: { k: 5, alpha: 0.005 } });
    expect(presetFor(ratingsOf(16, 4))).toMatchObject({ holdOut: 0, model: { k: 2, alpha: 0.01 } });
    expect(presetFor(ratingsOf(0, 4))).toMatchObject({ holdOut: 0, model: { k: 2, alpha: 0.01 } });
  });

  test('larger ratings get a smaller learning rate, so that a set from 0 to 100 does not blow up', () => {
    expect(presetFor(ratingsOf(16, 100)).model.alpha).toBe(0.0005);
    expect(presetFor(ratingsOf(16, -10)).model.alpha).toBe(0.005);
    const study = findBuiltin('notebook')?.study();
    if (!study) throw new Error('the notebook is gone');
    const { ratings } = study.dataset;
    const dataset = { ...study.dataset, ratings: { ...ratings, value: ratings.value.map((value) => value * 20) } };
    const { model, runTo } = presetFor(dataset);
    const { rmseSeen } = trainStudy({ dataset, model, start: null }, runTo).measures;
    expect(rmseSeen).toBeLessThan(20);
  });

  test('the learning rate is always a positive number of few digits', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e100, max: 1e100, noNaN: true }), (value) => {
        const { alpha } = presetFor(ratingsOf(1, value)).model;
        expect(alpha).toBeGreaterThan(0);
        expect(alpha).toBeLessThanOrEqual(0.01);
        expect(alpha).toBe(Number(alpha.toPrecision(3)));
      }),
    );
  });
});

describe('planted ratings', () => {
  const plan = { m: 9, n: 7, k: 3, share: 0.5, noise: 0, perUnit: 100, largest: 1.2, seed: 1 };

  test('without noise each rating is the truth, rounded', () => {
    const { truth, ratings } = plantRatings(plan);
    expect(truth.P.length).toBe(27);
    expect(truth.Q.length).toBe(21);
    for (const { user, item, value } of ratings) {
      expect(Math.abs(value - (plantedRating(truth, user, item) ?? Number.NaN))).toBeLessThanOrEqual(0.005 + 1e-12);
    }
  });

  test('the same seed gives the same ratings, another seed others; what is shown does not move the truth', () => {
    expect(plantRatings(plan)).toEqual(plantRatings(plan));
    expect(plantRatings({ ...plan, seed: 2 }).truth.P[0]).not.toBe(plantRatings(plan).truth.P[0]);
    expect(plantRatings({ ...plan, share: 1 }).truth).toEqual(plantRatings(plan).truth);
    expect(plantRatings({ ...plan, share: 1 }).ratings.length).toBe(63);
  });

  test('a row that was added later has no truth', () => {
    const { truth } = plantRatings(plan);
    expect(plantedRating(truth, 9, 0)).toBeNull();
    expect(plantedRating(truth, 0, 7)).toBeNull();
  });
});

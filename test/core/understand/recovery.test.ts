import { describe, expect, it } from 'vitest';
import { findBuiltin } from '../../../src/core/builtin.ts';
import type { Truth } from '../../../src/core/dataset.ts';
import type { Parameters } from '../../../src/core/parameters.ts';
import { plantRatings } from '../../../src/core/planted.ts';
import { ratingsFrom } from '../../../src/core/ratings.ts';
import { trainingData } from '../../../src/core/training-data.ts';
import { compareFactors, measureRecovery } from '../../../src/core/understand/recovery.ts';
import { rotatePlane } from '../../../src/core/understand/rotation.ts';
import { trainStudy } from '../train-study.ts';

const { truth, ratings: list } = plantRatings({
  m: 12,
  n: 9,
  k: 2,
  share: 0.6,
  noise: 0.2,
  perUnit: 10,
  largest: 1.5,
  seed: 3,
});
const ratings = ratingsFrom(list);
const planted: Parameters = { k: 2, P: truth.P, Q: truth.Q, bu: null, bi: null, mu: null };

describe('measureRecovery', () => {
  it('finds no error where the parameters are the truth, and the noise in the ratings', () => {
    const found = measureRecovery(planted, truth, ratings, 2, null);
    expect(found).toMatchObject({ gaps: 108 - list.length, onGaps: 0, onRatings: 0, floorKnown: false });
    expect(found.noiseFloor).toBeGreaterThan(0.15);
    expect(found.noiseFloor).toBeLessThan(0.25);
  });

  it('is the RMSE over the cells that are gaps, counted by hand', () => {
    const off = { ...planted, mu: 0.5, bu: new Float64Array(12), bi: new Float64Array(9) };
    const rated = new Set(list.map(({ user, item }) => `${user} ${item}`));
    let squares = 0;
    let gaps = 0;
    for (let u = 0; u < 12; u += 1) {
      for (let i = 0; i < 9; i += 1) {
        if (rated.has(`${u} ${i}`)) continue;
        const true_ = [0, 1].reduce((sum, f) => sum + (truth.P[u * 2 + f] ?? 0) * (truth.Q[i * 2 + f] ?? 0), 0);
        squares += (2 - true_) ** 2;
        gaps += 1;
      }
    }
    const found = measureRecovery(off, truth, ratings, 2, { noise: 0.3, step: 0.1 });
    expect(found.onGaps).toBeCloseTo(0.5, 12);
    expect(found.onRatings).toBeCloseTo(0.5, 12);
    expect(found.meanOnGaps).toBeCloseTo(Math.sqrt(squares / gaps), 12);
    expect(found.noiseFloor).toBeCloseTo(Math.sqrt(0.09 + 0.01 / 12), 14);
    expect(found.floorKnown).toBe(true);
  });

  it('leaves out rows that were added later, and has nothing to say without gaps', () => {
    const more = { ...planted, P: Float64Array.of(...planted.P, 9, 9), Q: planted.Q };
    expect(measureRecovery(more, truth, ratings, 2, null).onGaps).toBe(0);
    const full = ratingsFrom([{ user: 0, item: 0, value: 1 }]);
    const one: Truth = { ...truth, P: truth.P.slice(0, 2), Q: truth.Q.slice(0, 2) };
    expect(measureRecovery({ ...planted, P: one.P, Q: one.Q }, one, full, 2, null)).toMatchObject({
      gaps: 0,
      onGaps: null,
      meanOnGaps: null,
    });
  });
});

describe('compareFactors', () => {
  it('finds the truth again after a rotation and a scale shared out differently', () => {
    const turned = rotatePlane(planted, 0, 1, { c: -0.28, s: 0.96 });
    const scaled = { ...turned, P: turned.P.map((p) => p * 7), Q: turned.Q.map((q) => q / 7) };
    const compared = compareFactors(scaled, truth);
    expect(compared.relativeError).toBeLessThan(1e-12);
    expect([...compared.P]).toEqual([...compared.trueP].map((value) => expect.closeTo(value, 12)));
    expect([...compared.Q]).toEqual([...compared.trueQ].map((value) => expect.closeTo(value, 12)));
  });

  it('keeps R̂ of both as it was', () => {
    const { trueP, trueQ } = compareFactors(planted, truth);
    const dot = (P: Float64Array, Q: Float64Array) => (P[6] ?? 0) * (Q[4] ?? 0) + (P[7] ?? 0) * (Q[5] ?? 0);
    expect(dot(trueP, trueQ)).toBeCloseTo(dot(truth.P, truth.Q), 12);
  });

  it('sets other numbers of factors side by side, with zeros where there are none', () => {
    const wide: Parameters = {
      ...planted,
      k: 3,
      P: Float64Array.from({ length: 36 }, (_, at) =>
        at % 3 < 2 ? (truth.P[Math.floor(at / 3) * 2 + (at % 3)] ?? 0) : 0,
      ),
      Q: Float64Array.from({ length: 27 }, (_, at) =>
        at % 3 < 2 ? (truth.Q[Math.floor(at / 3) * 2 + (at % 3)] ?? 0) : 0,
      ),
    };
    const compared = compareFactors(wide, truth);
    expect(compared.k).toBe(3);
    expect(compared.relativeError).toBeLessThan(1e-12);
    expect(compareFactors({ ...planted, P: planted.P.map(() => 0) }, truth).relativeError).toBeGreaterThan(0.6);
  });

  it('says whether both predict with the same parts', () => {
    expect(compareFactors(planted, truth).samePrediction).toBe(true);
    expect(compareFactors({ ...planted, mu: 3 }, truth).samePrediction).toBe(false);
  });

  it('finds much of the planted set again once it is trained', () => {
    const study = findBuiltin('planted')?.study();
    if (!study?.dataset.truth) throw new Error('no planted set');
    const { parameters } = trainStudy(study, 500);
    const { mean } = trainingData(study.dataset);
    const found = measureRecovery(parameters, study.dataset.truth, study.dataset.ratings, mean, {
      noise: 0.1,
      step: 0.1,
    });
    expect(found.onGaps).toBeLessThan((found.meanOnGaps ?? 0) / 3);
    expect(compareFactors(parameters, study.dataset.truth).relativeError).toBeLessThan(0.2);
  });
});

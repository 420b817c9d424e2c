import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../src/core/dataset.ts';
import { randomStream } from '../../src/core/random.ts';
import { type Rating, ratingsFrom } from '../../src/core/ratings.ts';
import { chooseHeldOut } from '../../src/core/split.ts';
import { converse, differences, studyOf } from './conversation.ts';

/**
 * A set like those of film sites: a few films get most ratings, people differ in how generous they are, and taste has two
 * directions; rounded to half stars.
 */
function likeFilmRatings(m: number, n: number, count: number): Dataset {
  const random = randomStream(11, 'planted');
  const normals = (length: number) => Array.from({ length }, () => random.normal());
  const generous = normals(m);
  const good = normals(n);
  const P = normals(m * 2);
  const Q = normals(n * 2);
  const list: Rating[] = [];
  for (let rating = 0; rating < count; rating += 1) {
    const user = random.below(m);
    const item = Math.min(n - 1, Math.floor(random.uniform() * random.uniform() * n));
    const taste = (P[user * 2] ?? 0) * (Q[item * 2] ?? 0) + (P[user * 2 + 1] ?? 0) * (Q[item * 2 + 1] ?? 0);
    const value = 3.5 + 0.35 * (generous[user] ?? 0) + 0.4 * (good[item] ?? 0) + 0.5 * taste + 0.5 * random.normal();
    list.push({ user, item, value: Math.min(5, Math.max(0.5, Math.round(value * 2) / 2)) });
  }
  const names = (length: number) => Array.from({ length }, (_, at) => `${at}`);
  return {
    name: 'Like films',
    users: names(m),
    items: names(n),
    userKeys: names(m).map(Number),
    itemKeys: names(n).map(Number),
    userIds: null,
    itemIds: null,
    scale: { min: 0.5, max: 5, step: 0.5 },
    ratings: ratingsFrom(list),
    holdOut: null,
    truth: null,
  };
}

describe('twenty thousand ratings', () => {
  const dataset = chooseHeldOut(likeFilmRatings(300, 500, 22_000), 10, 42);
  const study = studyOf(dataset, {
    prediction: 'mean+factors+biases',
    k: 8,
    init: { kind: 'normal', mean: 0, std: 0.1 },
    alpha: 0.0025,
    beta: 0.12,
  });

  it('are predicted better than by biases alone, and those better than by the mean', () => {
    const { measures, baselines } = converse(study).trainTo(60);
    expect(baselines?.rmseBiases).toBeLessThan(0.95 * (baselines?.rmseMean ?? 0));
    expect(measures.rmseHeldOut).toBeLessThan(0.9 * (baselines?.rmseBiases ?? 0));
  });

  it('give the same bits in slices that end in mid-epoch', () => {
    const wide = { ...study, model: { ...study.model, k: 24 } };
    const whole = converse(wide);
    whole.trainTo(6);
    const sliced = converse(wide, 1);
    let inside = 0;
    for (;;) {
      const { epoch, position } = sliced.ask({
        kind: 'train',
        milliseconds: 1,
        untilEpoch: 6,
        steps: null,
        trace: false,
      });
      if (position > 0) inside += 1;
      if (epoch === 6) break;
    }
    expect(inside).toBeGreaterThan(3);
    expect(differences(sliced.state(), whole.state())).toBe(0);
    expect(sliced.history()).toEqual(whole.history());
  });
});

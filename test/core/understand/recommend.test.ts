import { describe, expect, it } from 'vitest';
import { fitBiasesOnly } from '../../../src/core/baselines.ts';
import { predict } from '../../../src/core/predict.ts';
import { trainingData } from '../../../src/core/training-data.ts';
import { recommendItems, recommendUsers } from '../../../src/core/understand/recommend.ts';
import { ratingsFromText } from '../../fixtures/ratings-from-text.ts';
import { someDataset, someParameters } from './samples.ts';

function baselineOf(dataset: ReturnType<typeof someDataset>) {
  const data = trainingData(dataset);
  return fitBiasesOnly(data.training, data.m, data.n, data.mean);
}

describe('recommend', () => {
  const dataset = someDataset(9, 12, 0.5);
  const baseline = baselineOf(dataset);
  const parameters = someParameters(9, 12, 3, 'mean+factors+biases');
  const rated = new Set(Array.from(dataset.ratings.user, (user, at) => `${user} ${dataset.ratings.item[at]}`));
  const gaps = Array.from({ length: 108 }, (_, at) => ({ user: Math.floor(at / 12), item: at % 12 }))
    .filter(({ user, item }) => !rated.has(`${user} ${item}`))
    .map((gap) => ({
      ...gap,
      predicted: predict(parameters, gap.user, gap.item),
      baseline: baseline.mu + (baseline.bu[gap.user] ?? 0) + (baseline.bi[gap.item] ?? 0),
    }))
    .sort((a, b) => b.predicted - a.predicted);

  it("a user's best gaps, with the opinion of biases alone", () => {
    for (const user of [0, 5]) {
      const expected = gaps.filter((gap) => gap.user === user);
      expect(recommendItems(parameters, dataset.ratings, baseline, user, 3)).toEqual(expected.slice(0, 3));
      expect(recommendItems(parameters, dataset.ratings, baseline, user, 99)).toEqual(expected);
    }
  });

  it('the users to offer an item to', () => {
    const expected = gaps.filter((gap) => gap.item === 7);
    expect(recommendUsers(parameters, dataset.ratings, baseline, 7, 99)).toEqual(expected);
  });

  it('takes held-out ratings for rated, and leaves out what has no data', () => {
    // C has only a held-out rating, D none; Cy has none.
    const sparse = ratingsFromText('5 . . . / 1 3* 2* . / . . . . / . 4 . .');
    const some = someParameters(4, 4, 2, 'factors');
    const of = (user: number) =>
      recommendItems(some, sparse.ratings, baselineOf(sparse), user, 9).map(({ item }) => item);
    expect([of(0), of(1), of(2), of(3)]).toEqual([[1], [], [], [0]]);
    const to = (item: number) =>
      recommendUsers(some, sparse.ratings, baselineOf(sparse), item, 9).map(({ user }) => user);
    expect([to(0), to(2), to(3)]).toEqual([[3], [], []]);
    expect(to(1)).toEqual([0]);
  });

  it('gives equal predictions in the order of their index, and none that is not finite', () => {
    const equal = {
      ...someParameters(2, 5, 1, 'factors'),
      P: Float64Array.of(1, 1),
      Q: Float64Array.of(1, 2, 2, Number.NaN, 2),
    };
    const text = ratingsFromText('1 . . . . / 1 1 1 1 1');
    const found = recommendItems(equal, text.ratings, baselineOf(text), 0, 9);
    expect(found.map(({ item }) => item)).toEqual([1, 2, 4]);
  });
});

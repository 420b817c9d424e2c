import type { Dataset } from '../../../src/core/dataset.ts';
import { drawStart } from '../../../src/core/init.ts';
import type { ModelSettings, Prediction } from '../../../src/core/model.ts';
import type { Parameters } from '../../../src/core/parameters.ts';
import { notebookModel } from '../../../src/core/presets.ts';
import { Random } from '../../../src/core/random.ts';
import { type Rating, ratingsFrom } from '../../../src/core/ratings.ts';

/** Numbers N(0, std), the same for a seed. */
export function normals(seed: number, length: number, std = 1): Float64Array {
  const random = new Random(seed, 2, 3, 4);
  for (let warm = 0; warm < 20; warm += 1) random.integer();
  return Float64Array.from({ length }, () => std * random.normal());
}

export const sgd: ModelSettings = { ...notebookModel, k: 2, beta: 0.1 };

/** Parameters as after some training: factors N(0, 1) by `seed`, biases N(0, .5), μ = 3, where the prediction has them. */
export function someParameters(m: number, n: number, k: number, prediction: Prediction, seed = 1): Parameters {
  const start = drawStart({ ...sgd, k, prediction }, m, n, 3);
  return {
    ...start,
    P: normals(seed, m * k),
    Q: normals(seed + 1, n * k),
    bu: start.bu && normals(seed + 2, m, 0.5),
    bi: start.bi && normals(seed + 3, n, 0.5),
  };
}

/** m × n, about `share` of it rated 1 … 5, by `seed`. */
export function someDataset(m: number, n: number, share: number, seed = 1): Dataset {
  const random = new Random(seed, 5, 6, 7);
  for (let warm = 0; warm < 20; warm += 1) random.integer();
  const list: Rating[] = [];
  for (let user = 0; user < m; user += 1) {
    for (let item = 0; item < n; item += 1) {
      const kept = random.uniform() < share;
      const value = 1 + random.below(5);
      if (kept) list.push({ user, item, value });
    }
  }
  return {
    name: 'a sample',
    users: Array.from({ length: m }, (_, u) => `User ${u + 1}`),
    items: Array.from({ length: n }, (_, i) => `Item ${i + 1}`),
    userKeys: Array.from({ length: m }, (_, u) => u),
    itemKeys: Array.from({ length: n }, (_, i) => i),
    userIds: null,
    itemIds: null,
    scale: { min: 1, max: 5, step: 1 },
    ratings: ratingsFrom(list),
    holdOut: null,
    truth: null,
  };
}

/** The notebook's matrix. */
export const NOTEBOOK = '5 3 . 1 / 4 . . 1 / 1 1 . 5 / 1 . . 4 / . 1 5 4 / 2 1 3 .';

import { type ErrorFigures, errorFigures } from './metrics.ts';
import type { RatingColumns, TrainingData } from './training-data.ts';

/** μ + b_u + b_i without factors. */
export interface BiasesOnly {
  readonly mu: number;
  readonly bu: Float64Array;
  readonly bi: Float64Array;
}

/** The two yardsticks a model has to beat, on the held-out ratings; null where nothing is held out or nothing is seen. */
export interface BaselineFigures {
  readonly mean: ErrorFigures;
  readonly biases: ErrorFigures;
}

/**
 * Biases only, from 0, by ten rounds of
 *
 *     b_i = Σ_u (r − μ − b_u) / (10 + n_i)
 *     b_u = Σ_i (r − μ − b_i) / (15 + n_u)
 *
 * over the training ratings (the damping is that of the usual baseline predictor: 10 for items, 15 for users).
 */
export function fitBiasesOnly(training: RatingColumns, m: number, n: number, mu: number): BiasesOnly {
  const { user, item, value } = training;
  const bu = new Float64Array(m);
  const bi = new Float64Array(n);
  const ratingsOfUser = new Float64Array(m);
  const ratingsOfItem = new Float64Array(n);
  for (let at = 0; at < user.length; at += 1) {
    const u = user[at] ?? 0;
    const i = item[at] ?? 0;
    ratingsOfUser[u] = (ratingsOfUser[u] ?? 0) + 1;
    ratingsOfItem[i] = (ratingsOfItem[i] ?? 0) + 1;
  }
  const round = (
    b: Float64Array,
    row: Int32Array,
    counts: Float64Array,
    other: Float64Array,
    column: Int32Array,
    damping: number,
  ) => {
    b.fill(0);
    for (let at = 0; at < row.length; at += 1) {
      const r = row[at] ?? 0;
      b[r] = (b[r] ?? 0) + ((value[at] ?? 0) - mu - (other[column[at] ?? 0] ?? 0));
    }
    for (let r = 0; r < b.length; r += 1) b[r] = (b[r] ?? 0) / (damping + (counts[r] ?? 0));
  };
  for (let rounds = 0; rounds < 10; rounds += 1) {
    round(bi, item, ratingsOfItem, bu, user, 10);
    round(bu, user, ratingsOfUser, bi, item, 15);
  }
  return { mu, bu, bi };
}

/** Both baselines, fitted on the training ratings and measured on the held-out ones. */
export function baselineFigures(data: TrainingData): BaselineFigures | null {
  if (data.heldOut.user.length === 0 || data.training.user.length === 0) return null;
  const { mu, bu, bi } = fitBiasesOnly(data.training, data.m, data.n, data.mean);
  return {
    mean: errorFigures(data.heldOut, () => mu),
    biases: errorFigures(data.heldOut, (u, i) => mu + (bu[u] ?? 0) + (bi[i] ?? 0)),
  };
}

import type { Truth } from './dataset.ts';
import { randomStream } from './random.ts';
import type { ItemIndex, Rating, UserIndex } from './ratings.ts';

/** What to plant: how large, how many factors, how much of it is shown. */
export interface PlantedPlan {
  /** Users, items, factors. */
  readonly m: number;
  readonly n: number;
  readonly k: number;
  /** Cells that keep a rating, 0 … 1. */
  readonly share: number;
  /** Standard deviation of what is added to each rating. */
  readonly noise: number;
  /** Ratings are rounded to whole multiples of 1/`perUnit`: 10 gives steps of 0.1. */
  readonly perUnit: number;
  /** Largest entry of the planted P and Q; all lie between 0 and it, so ratings lie between 0 and k·largest². */
  readonly largest: number;
  readonly seed: number;
}

/** The rating that the planted factors give a pair: ((μ + b_u) + b_i) + p·q. Null for a row that was added later. */
export function plantedRating(truth: Truth, user: UserIndex, item: ItemIndex): number | null {
  const { k, P, Q, bu, bi, mu } = truth;
  if ((user + 1) * k > P.length || (item + 1) * k > Q.length) return null;
  let dot = 0;
  for (let f = 0; f < k; f += 1) dot += (P[user * k + f] ?? 0) * (Q[item * k + f] ?? 0);
  return (mu ?? 0) + (bu?.[user] ?? 0) + (bi?.[item] ?? 0) + dot;
}

/** `largest` times uniform draws, row by row. */
function plantRows(rows: number, k: number, largest: number, draw: () => number): Float64Array {
  return Float64Array.from({ length: rows * k }, () => largest * draw());
}

/**
 * Ratings made from known factors: P (m × k), then Q (n × k) are drawn from stream `planted` 0, and from stream 1 for each cell,
 * row by row, whether it is rated and its noise. The truth in every gap is then known.
 */
export function plantRatings(plan: PlantedPlan): { truth: Truth; ratings: readonly Rating[] } {
  const { m, n, k, share, noise, perUnit, largest, seed } = plan;
  const factors = randomStream(seed, 'planted', 0);
  const draw = () => factors.uniform();
  const P = plantRows(m, k, largest, draw);
  const Q = plantRows(n, k, largest, draw);
  const truth: Truth = { k, P, Q, bu: null, bi: null, mu: null };
  const cells = randomStream(seed, 'planted', 1);
  const ratings: Rating[] = [];
  for (let user = 0; user < m; user += 1) {
    for (let item = 0; item < n; item += 1) {
      const kept = cells.uniform() < share;
      const exact = (plantedRating(truth, user, item) ?? 0) + noise * cells.normal();
      // A whole number divided once is the nearest double to the decimal: 37 / 10 is exactly what "3.7" reads as.
      const value = Math.max(0, Math.round(exact * perUnit)) / perUnit;
      if (kept) ratings.push({ user, item, value });
    }
  }
  return { truth, ratings };
}

import { describe, expect, it } from 'vitest';
import { LEAST_RATINGS, pairedInterval, type SquaredErrors } from '../../../src/core/experiment/paired-interval.ts';
import { type Random, randomStream } from '../../../src/core/random.ts';

const TRIALS = 400;

/**
 * Two models on the same ratings, from the same seeds. e = (x_j + m_j + v_sj)·(1 + w_s): what is hard for both, for one of them, for
 * one of them from that seed, and how well that seed went altogether.
 */
interface World {
  readonly ratings: number;
  readonly seeds: number;
  /** Standard deviation of w. */
  readonly bySeed: number;
  /** How much greater the second's errors are. */
  readonly ratio: number;
  /** One rating in four is three times as hard for both. */
  readonly uneven?: boolean;
}

const OWN = 0.6;
const OF_SEED = 0.2;

function drawn(
  { ratings, seeds, bySeed, ratio, uneven = false }: World,
  random: Random,
): [SquaredErrors, SquaredErrors] {
  const normals = (sd: number, count = ratings) => Float64Array.from({ length: count }, () => sd * random.normal());
  const hard = normals(1);
  const size = hard.map(() => (uneven && random.below(4) === 0 ? 3 : 1));
  const model = (scale: number): SquaredErrors => {
    const own = normals(OWN);
    const went = normals(bySeed, seeds);
    const sums = Array.from(went, (w) => {
      const v = normals(OF_SEED);
      return hard.map((x, j) => (scale * (1 + w) * (size[j] ?? 1) * (x + (own[j] ?? 0) + (v[j] ?? 0))) ** 2);
    });
    return { sums, counts: sums.map((sum) => new Float64Array(sum.length).fill(1)) };
  };
  return [model(1), model(ratio)];
}

/** In how many of TRIALS the interval holds the true difference, however few ratings there are. */
function held(world: World): number {
  // Mean of size²: (3·1² + 3²)/4.
  const rmse = Math.sqrt((1 + OWN * OWN + OF_SEED * OF_SEED) * (world.uneven ? 3 : 1));
  const truth = rmse * (1 - world.ratio);
  let count = 0;
  for (let trial = 0; trial < TRIALS; trial += 1) {
    const [first, second] = drawn(world, randomStream(trial, 'planted'));
    // As few resamples as each has beside 400 others.
    const interval = pairedInterval(first, second, trial, 400);
    if (interval && interval.low <= truth && truth <= interval.high) count += 1;
  }
  return count;
}

describe('95 % intervals hold the true difference, in trials of 400', () => {
  it.each([
    ['16 ratings, one seed', { ratings: 16, seeds: 1, bySeed: 0, ratio: 1 }, 377],
    ['16 ratings, one seed, errors a third apart', { ratings: 16, seeds: 1, bySeed: 0, ratio: 1.3 }, 373],
    ['16 ratings, 5 seeds alike', { ratings: 16, seeds: 5, bySeed: 0.02, ratio: 1 }, 367],
    ['16 ratings, 5 seeds that scatter', { ratings: 16, seeds: 5, bySeed: 0.2, ratio: 1 }, 385],
    ['16 ratings, 20 seeds, errors a third apart', { ratings: 16, seeds: 20, bySeed: 0.05, ratio: 1.3 }, 374],
    ['16 ratings, 2 seeds that scatter', { ratings: 16, seeds: 2, bySeed: 0.2, ratio: 1 }, 393],
    ['100 ratings, 3 seeds that scatter', { ratings: 100, seeds: 3, bySeed: 0.2, ratio: 1 }, 380],
    ['as few as are judged by', { ratings: LEAST_RATINGS, seeds: 1, bySeed: 0, ratio: 1 }, 371],
    [
      '16 ratings, some far harder, errors a half apart',
      { ratings: 16, seeds: 1, bySeed: 0, ratio: 1.5, uneven: true },
      345,
    ],
    [
      'as few, some far harder, errors a half apart',
      { ratings: LEAST_RATINGS, seeds: 1, bySeed: 0, ratio: 1.5, uneven: true },
      347,
    ],
  ])('%s', (_name, world, expected) => {
    expect(held(world)).toBe(expected);
  });
});

import { randomStream } from '../random.ts';
import { quantileOf } from '../understand/spread.ts';
import { isClearOfZero } from './clear-of-zero.ts';
import type { CellIndex } from './plan.ts';
import type { SweepResults } from './results.ts';
import type { PlannedRuns } from './run-spec.ts';
import type { PairedInterval } from './summary.ts';

/**
 * How wrong a model is about single ratings, by seed and by the rating's place in the data set: Σe² over the folds and draws that
 * left it out, and in how many of them it was. What has no seeds (a baseline) has one entry, which stands for all of them.
 */
export interface SquaredErrors {
  readonly sums: readonly Float64Array[];
  readonly counts: readonly Float64Array[];
}

function ratingsOf({ plan }: PlannedRuns): number {
  return plan.study.dataset.ratings.value.length;
}

/** e² of the ratings that the folds of a combination left out; null where a run is missing or diverged. */
export function squaredErrorsOf(runs: PlannedRuns, results: SweepResults, cell: CellIndex): SquaredErrors | null {
  return squaredErrorsOfChosen(runs, results, () => cell);
}

/** The same where each fold and seed has a combination of its own (nested selection): `chosen(seed, fold)`. */
export function squaredErrorsOfChosen(
  runs: PlannedRuns,
  results: SweepResults,
  chosen: (seed: number, fold: number) => CellIndex,
): SquaredErrors | null {
  const sums: Float64Array[] = [];
  const counts: Float64Array[] = [];
  for (let seed = 0; seed < runs.plan.seeds.length; seed += 1) {
    const sum = new Float64Array(ratingsOf(runs));
    const count = new Float64Array(ratingsOf(runs));
    for (let fold = 0; fold < runs.folds; fold += 1) {
      const cell = chosen(seed, fold);
      const errors = results.errors[runs.indexOf(cell, seed, fold, null)] ?? null;
      const split = runs.splits[runs.splitOf(cell, fold, null)];
      if (errors === null || split === undefined) return null;
      add(errors, split.heldOut, runs.errorStride, sum, count);
    }
    sums.push(sum);
    counts.push(count);
  }
  return { sums, counts };
}

/** e² of a baseline on the folds of a combination; null where it has not come yet. */
export function baselineSquaredErrors(
  runs: PlannedRuns,
  results: SweepResults,
  cell: CellIndex,
  which: 'mean' | 'biases',
): SquaredErrors | null {
  const sum = new Float64Array(ratingsOf(runs));
  const count = new Float64Array(ratingsOf(runs));
  for (let fold = 0; fold < runs.folds; fold += 1) {
    const at = runs.splitOf(cell, fold, null);
    const errors = results.baselines[at]?.[which] ?? null;
    const split = runs.splits[at];
    if (errors === null || split === undefined) return null;
    add(errors, split.heldOut, runs.errorStride, sum, count);
  }
  return { sums: [sum], counts: [count] };
}

/** Adds e² to the ratings at those places, every `stride`-th of which has an error. */
function add(errors: Float64Array, places: Int32Array, stride: number, sum: Float64Array, count: Float64Array): void {
  for (let at = 0; at < errors.length; at += 1) {
    const place = places[at * stride] ?? 0;
    const e = errors[at] ?? 0;
    sum[place] = (sum[place] ?? 0) + e * e;
    count[place] = (count[place] ?? 0) + 1;
  }
}

/** How many ratings were left out. */
export function leftOut({ counts }: SquaredErrors): number {
  let ratings = 0;
  for (const count of counts[0] ?? []) if (count > 0) ratings += 1;
  return ratings;
}

/** Mean over seeds of √(Σe²/N); null where nothing was left out. */
export function rmseOf({ sums, counts }: SquaredErrors): number | null {
  let total = 0;
  sums.forEach((sum, seed) => {
    let squares = 0;
    let count = 0;
    for (const square of sum) squares += square;
    for (const one of counts[seed] ?? []) count += one;
    total += Math.sqrt(squares / count);
  });
  return Number.isFinite(total) && sums.length > 0 ? total / sums.length : null;
}

const MOST_RESAMPLES = 2000;
const LEAST_RESAMPLES = 200;
/** Ratings are drawn in at most so many groups. */
const GROUPS = 2000;
/** Groups looked at, all resamples, seeds and intervals of one sweep together: some 100 ms, in as many steps as intervals. */
const LOOKS = 10_000_000;
const SHARE = 0.95;
/**
 * Below so many left-out ratings nothing is told apart. Of n differences that are as likely to be above as below 0 all lie on one side
 * 2/2ⁿ of the time: 6 % of five, so five can tell nothing at 95 % whatever they are. Below 8 the width of an interval rests on the
 * quantiles of t, that is on errors being normal, more than on the ratings. Of 8, intervals still hold the truth often enough
 * (`test/core/experiment/coverage.test.ts`).
 */
export const LEAST_RATINGS = 8;

/** 97.5 % quantiles of Student's t, by degrees of freedom from 1. */
const STUDENT = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447];
const NORMAL = 1.96;

/** The same for any degrees of freedom: of more than six by Fisher's expansion, to the second order. */
function student(freedom: number): number {
  return STUDENT[freedom - 1] ?? NORMAL + 2.372 / freedom + 2.823 / (freedom * freedom);
}

/** How much too narrow the bootstrap of a mean of n is: √(n/(n − 1)) as it divides by n, and t in the place of 1.96. 0 for one. */
function widening(n: number): number {
  return n < 2 ? 0 : (Math.sqrt(n / (n - 1)) * student(n - 1)) / NORMAL;
}

/**
 * The interval of the difference of two errors on the same left-out ratings and seeds, by a paired bootstrap of both (Efron and
 * Tibshirani, 1993), each widened for how few there are:
 *
 *     difference    d = mean over seeds s of d_s,   d_s = √(Σ_j a_sj/Σ_j n_sj) − √(Σ_j b_sj/Σ_j n_sj)
 *                   a, b: Σe² of rating j from seed s, n: how often it was left out
 *     ratings       N ratings drawn from the N with repeats, the same ones for both: d'
 *     seeds         S seeds drawn from the S with repeats, the same ones for both: d''
 *     resample      d* = d + c_N·(d' − d) + c_S·(d'' − d)             c_n = √(n/(n − 1))·t(n − 1)/1.96
 *     interval      the 2.5 % and 97.5 % quantiles of d* over up to 2,000 resamples
 *
 * Ratings and seeds are crossed (every seed meets every rating), and which of the two varies more is not known beforehand: a k that
 * scatters over seeds is no worse for a single unlucky one. Adding their shifts counts what is neither's alone twice, which errs to the
 * wide side. In simulations the intervals of 8 and of 16 ratings hold the truth 92 to 98 times in 100, but 86 times where one rating in
 * four is three times as hard (`test/core/experiment/coverage.test.ts`). One seed tells nothing of seeds: its intervals leave them out.
 *
 * More than 2,000 ratings are drawn in 2,000 groups (every 2,000th together), with as much spread and less work. No distribution is
 * assumed but for c; nothing is drawn but integers (stream `bootstrap`).
 *
 * Null where no rating was left out by both. `of`: how many such intervals there are to be, which share the work that may be done.
 */
export function pairedInterval(
  first: SquaredErrors,
  second: SquaredErrors,
  seed: number,
  of = 1,
): PairedInterval | null {
  const places = shared(first, second);
  const ratings = places.length;
  if (ratings === 0) return null;
  const groups = Math.min(ratings, GROUPS);
  const a = grouped(first, places, groups);
  const b = grouped(second, places, groups);
  const seeds = Math.max(a.length, b.length);
  const once = new Float64Array(groups).fill(1);
  const differences = Float64Array.from({ length: seeds }, (_, at) => rmseAt(a, at, once) - rmseAt(b, at, once));
  const difference = meanOf(differences);
  const affordable = Math.floor(LOOKS / (groups * (a.length + b.length + 1) * Math.max(1, of)));
  const resamples = Math.max(LEAST_RESAMPLES, Math.min(MOST_RESAMPLES, affordable));
  const resampled = new Float64Array(resamples);
  const random = randomStream(seed, 'bootstrap');
  const weights = new Float64Array(groups);
  const [ofRatings, ofSeeds] = [widening(groups), widening(seeds)];
  for (let resample = 0; resample < resamples; resample += 1) {
    weights.fill(0);
    for (let draw = 0; draw < groups; draw += 1) {
      const group = random.below(groups);
      weights[group] = (weights[group] ?? 0) + 1;
    }
    let sum = 0;
    if (seeds > 1) for (let draw = 0; draw < seeds; draw += 1) sum += differences[random.below(seeds)] ?? 0;
    resampled[resample] =
      difference +
      ofRatings * (meanRmse(a, weights) - meanRmse(b, weights) - difference) +
      (seeds > 1 ? ofSeeds * (sum / seeds - difference) : 0);
  }
  resampled.sort();
  const low = quantileOf(resampled, (1 - SHARE) / 2);
  const high = quantileOf(resampled, (1 + SHARE) / 2);
  const enough = ratings >= LEAST_RATINGS;
  return { difference, low, high, ratings, seeds, enough, clear: enough && isClearOfZero(low, high) };
}

/** Σe² and how many, by group of ratings. */
interface Groups {
  readonly squares: Float64Array;
  readonly counts: Float64Array;
}

function grouped({ sums, counts }: SquaredErrors, places: Int32Array, groups: number): Groups[] {
  return sums.map((sum, seed) => {
    const of = { squares: new Float64Array(groups), counts: new Float64Array(groups) };
    const count = counts[seed];
    places.forEach((place, at) => {
      const group = at % groups;
      of.squares[group] = (of.squares[group] ?? 0) + (sum[place] ?? 0);
      of.counts[group] = (of.counts[group] ?? 0) + (count?.[place] ?? 0);
    });
    return of;
  });
}

/** √(Σe²/N) of a seed over the drawn groups. What has no seeds is the same for each of them. */
function rmseAt(bySeed: readonly Groups[], seed: number, weights: Float64Array): number {
  const of = bySeed[bySeed.length === 1 ? 0 : seed];
  if (of === undefined) return Number.NaN;
  let squares = 0;
  let count = 0;
  for (let group = 0; group < weights.length; group += 1) {
    const weight = weights[group] ?? 0;
    squares += weight * (of.squares[group] ?? 0);
    count += weight * (of.counts[group] ?? 0);
  }
  return Math.sqrt(squares / count);
}

function meanRmse(bySeed: readonly Groups[], weights: Float64Array): number {
  let sum = 0;
  for (let seed = 0; seed < bySeed.length; seed += 1) sum += rmseAt(bySeed, seed, weights);
  return sum / bySeed.length;
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** The ratings that both left out. */
function shared(first: SquaredErrors, second: SquaredErrors): Int32Array {
  const [a] = first.counts;
  const [b] = second.counts;
  const places: number[] = [];
  a?.forEach((count, place) => {
    if (count > 0 && (b?.[place] ?? 0) > 0) places.push(place);
  });
  return Int32Array.from(places);
}

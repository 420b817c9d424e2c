import { randomStream } from '../random.ts';
import { quantileOf } from '../understand/spread.ts';
import type { CellIndex } from './plan.ts';
import type { SweepResults } from './results.ts';
import type { PlannedRuns } from './run-spec.ts';
import type { PairedInterval } from './summary.ts';

/**
 * How wrong a model is about single ratings: the mean of e² over all runs that left the rating out (seeds, repeats), by the
 * rating's place in the data set; NaN where none did.
 */
export type SquaredErrors = Float64Array;

/** Adds up e² of single ratings, and divides by how often each came. */
class Means {
  private readonly sums: Float64Array;
  private readonly counts: Float64Array;

  constructor(ratings: number) {
    this.sums = new Float64Array(ratings);
    this.counts = new Float64Array(ratings);
  }

  add(errors: Float64Array, places: Int32Array, stride: number): void {
    for (let at = 0; at < errors.length; at += 1) {
      const place = places[at * stride] ?? 0;
      const e = errors[at] ?? 0;
      this.sums[place] = (this.sums[place] ?? 0) + e * e;
      this.counts[place] = (this.counts[place] ?? 0) + 1;
    }
  }

  get values(): SquaredErrors {
    return this.sums.map((sum, place) => sum / (this.counts[place] ?? 0));
  }
}

function ratingsOf({ plan }: PlannedRuns): number {
  return plan.study.dataset.ratings.value.length;
}

/** e² of the ratings that the folds of a combination left out; null where a run is missing or diverged. */
export function squaredErrorsOf(runs: PlannedRuns, results: SweepResults, cell: CellIndex): SquaredErrors | null {
  const means = new Means(ratingsOf(runs));
  for (let seed = 0; seed < runs.plan.seeds.length; seed += 1) {
    for (let fold = 0; fold < runs.folds; fold += 1) {
      const errors = results.errors[runs.indexOf(cell, seed, fold, null)] ?? null;
      const split = runs.splits[runs.splitOf(cell, fold, null)];
      if (errors === null || split === undefined) return null;
      means.add(errors, split.heldOut, runs.errorStride);
    }
  }
  return means.values;
}

/** The same where each fold and seed has a combination of its own (nested selection): `chosen(seed, fold)`. */
export function squaredErrorsOfChosen(
  runs: PlannedRuns,
  results: SweepResults,
  chosen: (seed: number, fold: number) => CellIndex,
): SquaredErrors | null {
  const means = new Means(ratingsOf(runs));
  for (let seed = 0; seed < runs.plan.seeds.length; seed += 1) {
    for (let fold = 0; fold < runs.folds; fold += 1) {
      const cell = chosen(seed, fold);
      const errors = results.errors[runs.indexOf(cell, seed, fold, null)] ?? null;
      const split = runs.splits[runs.splitOf(cell, fold, null)];
      if (errors === null || split === undefined) return null;
      means.add(errors, split.heldOut, runs.errorStride);
    }
  }
  return means.values;
}

/** e² of a baseline on the folds of a combination; null where it has not come yet. */
export function baselineSquaredErrors(
  runs: PlannedRuns,
  results: SweepResults,
  cell: CellIndex,
  which: 'mean' | 'biases',
): SquaredErrors | null {
  const means = new Means(ratingsOf(runs));
  for (let fold = 0; fold < runs.folds; fold += 1) {
    const at = runs.splitOf(cell, fold, null);
    const errors = results.baselines[at]?.[which] ?? null;
    const split = runs.splits[at];
    if (errors === null || split === undefined) return null;
    means.add(errors, split.heldOut, runs.errorStride);
  }
  return means.values;
}

/** √ of the mean over the ratings that were left out; null for none. */
export function rmseOf(squares: SquaredErrors): number | null {
  let sum = 0;
  let count = 0;
  for (const square of squares) {
    if (Number.isNaN(square)) continue;
    sum += square;
    count += 1;
  }
  return count === 0 ? null : Math.sqrt(sum / count);
}

const MOST_RESAMPLES = 2000;
const LEAST_RESAMPLES = 100;
/** Ratings are drawn in at most so many groups. */
const GROUPS = 2000;
/** Groups drawn, all resamples of `of` intervals together: some 10 ms. */
const DRAWS = 1_000_000;
const SHARE = 0.95;

/**
 * The interval of the difference of two errors on the same left-out ratings, by the paired bootstrap (Efron and Tibshirani, 1993):
 *
 *     difference    d = √(Σ_j a_j/N) − √(Σ_j b_j/N)           a_j, b_j: mean e² of rating j over seeds
 *     resample      N ratings drawn from the N with repeats, the same ones for both; d* of those
 *     interval      the 2.5 % and 97.5 % quantiles of d* over up to 2,000 resamples
 *
 * More than 2,000 ratings are drawn in 2,000 groups (every 2,000th together), with as much spread and less work.
 *
 * Which ratings one happens to have is what is drawn anew: seeds vary far less. No distribution is assumed, nothing is drawn but
 * integers (stream `bootstrap`). For few ratings (below 30, say) such intervals come out somewhat too narrow.
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
  const count = places.length;
  if (count === 0) return null;
  const groups = Math.min(count, GROUPS);
  const a = new Float64Array(groups);
  const b = new Float64Array(groups);
  const sizes = new Float64Array(groups);
  let sumA = 0;
  let sumB = 0;
  places.forEach((place, at) => {
    const group = at % groups;
    a[group] = (a[group] ?? 0) + (first[place] ?? 0);
    b[group] = (b[group] ?? 0) + (second[place] ?? 0);
    sizes[group] = (sizes[group] ?? 0) + 1;
    sumA += first[place] ?? 0;
    sumB += second[place] ?? 0;
  });
  const affordable = Math.floor(DRAWS / (groups * Math.max(1, of)));
  const resamples = Math.max(LEAST_RESAMPLES, Math.min(MOST_RESAMPLES, affordable));
  const differences = new Float64Array(resamples);
  const random = randomStream(seed, 'bootstrap');
  for (let resample = 0; resample < resamples; resample += 1) {
    let drawnA = 0;
    let drawnB = 0;
    let size = 0;
    for (let draw = 0; draw < groups; draw += 1) {
      const group = random.below(groups);
      drawnA += a[group] ?? 0;
      drawnB += b[group] ?? 0;
      size += sizes[group] ?? 0;
    }
    differences[resample] = Math.sqrt(drawnA / size) - Math.sqrt(drawnB / size);
  }
  differences.sort();
  const low = quantileOf(differences, (1 - SHARE) / 2);
  const high = quantileOf(differences, (1 + SHARE) / 2);
  return {
    difference: Math.sqrt(sumA / count) - Math.sqrt(sumB / count),
    low,
    high,
    ratings: count,
    clear: low > 0 || high < 0,
  };
}

/** The ratings that both have an error for. */
function shared(first: SquaredErrors, second: SquaredErrors): Int32Array {
  const places: number[] = [];
  first.forEach((square, place) => {
    if (!Number.isNaN(square) && !Number.isNaN(second[place] ?? Number.NaN)) places.push(place);
  });
  return Int32Array.from(places);
}

/** Which quantiles a spread has: 5, 25, 50, 75 and 95 percent. */
const QUANTILES = [0.05, 0.25, 0.5, 0.75, 0.95] as const;

/** What values of one thing come to. */
export interface Spread {
  readonly count: number;
  readonly mean: number;
  /** √(Σ(x − mean)² / (count − 1)); 0 for one value. */
  readonly sd: number;
  readonly min: number;
  readonly max: number;
  /** One for each of QUANTILES. */
  readonly quantiles: readonly number[];
}

/** Null for no values. */
export function spreadOf(values: Float64Array): Spread | null {
  const count = values.length;
  if (count === 0) return null;
  const sorted = values.slice().sort();
  let sum = 0;
  for (const value of sorted) sum += value;
  const mean = sum / count;
  let squares = 0;
  for (const value of sorted) squares += (value - mean) * (value - mean);
  return {
    count,
    mean,
    sd: count === 1 ? 0 : Math.sqrt(squares / (count - 1)),
    min: sorted[0] ?? mean,
    max: sorted[count - 1] ?? mean,
    quantiles: QUANTILES.map((share) => quantileOf(sorted, share)),
  };
}

/** Between the values at places ⌊h⌋ and ⌊h⌋ + 1 of the sorted ones, h = (count − 1)·share (as numpy does by default). */
export function quantileOf(sorted: Float64Array, share: number): number {
  const h = (sorted.length - 1) * share;
  const low = Math.floor(h);
  const below = sorted[low] ?? 0;
  const above = sorted[Math.min(low + 1, sorted.length - 1)] ?? 0;
  return below + (h - low) * (above - below);
}

/** How many values fall into each of `counts.length` bins of equal width between low and high; high belongs to the last. */
export interface Histogram {
  readonly low: number;
  readonly high: number;
  readonly counts: readonly number[];
}

/** Counts values into bins. Without a range from the least to the greatest; values that are all one stand in the middle of ± ½. */
export function histogramOf(values: Float64Array, bins: number, range?: { low: number; high: number }): Histogram {
  let low = range?.low ?? Number.POSITIVE_INFINITY;
  let high = range?.high ?? Number.NEGATIVE_INFINITY;
  const counts = new Array<number>(bins).fill(0);
  if (!range) {
    for (const value of values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (!(low <= high)) return { low: 0, high: 1, counts };
  if (low === high) {
    low -= 0.5;
    high += 0.5;
  }
  for (const value of values) {
    if (value < low || value > high) continue;
    const bin = Math.min(bins - 1, Math.floor(((value - low) / (high - low)) * bins));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return { low, high, counts };
}

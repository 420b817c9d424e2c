import { formatFixed, formatPrediction } from '../../strings/numbers.ts';

/** A negative number inside a product or a sum stands in parentheses. */
export function enclosed(text: string): string {
  return text.startsWith('-') ? `(${text})` : text;
}

/** A prediction, a share, an error that stands alone: two decimals. */
export function writtenAlone(value: number): string {
  return formatPrediction(value);
}

const LEAST_DECIMALS = 2;
const MOST_DECIMALS = 5;
/** From here on numbers are written with exponents, and columns of them cannot be made to add up by a last digit. */
const LARGE = 1e6;

/** Decimals with which the smallest of these still shows two digits: from 2 to 5. */
export function decimalsFor(values: readonly number[]): number {
  const smallest = Math.min(...values.filter((value) => value !== 0).map(Math.abs));
  if (!Number.isFinite(smallest)) return LEAST_DECIMALS;
  return Math.min(MOST_DECIMALS, Math.max(LEAST_DECIMALS, 1 - Math.floor(Math.log10(smallest))));
}

/** Decimals with which the largest of these shows two digits: 2, and up to 5 where all are small. */
export function decimalsForLargest(values: readonly number[]): number {
  return decimalsFor([Math.max(0, ...values.map(Math.abs))]);
}

/**
 * Parts of `sum`, each written with so many decimals that the column adds up as printed: each is rounded down, and those with
 * the largest remainders up, until the printed parts make the printed sum (largest remainder). Nothing is off by a whole last digit.
 */
export function writtenParts(parts: readonly number[], sum: number, decimals: number): string[] {
  if (![...parts, sum].every((value) => Math.abs(value) < LARGE)) {
    return parts.map((value) => formatFixed(value, decimals));
  }
  const unit = 10 ** decimals;
  const down = parts.map((value) => Math.floor(value * unit));
  const missing = Math.round(Number(sum.toFixed(decimals)) * unit) - down.reduce((total, value) => total + value, 0);
  const byRemainder = parts
    .map((value, at) => ({ at, remainder: value * unit - (down[at] ?? 0) }))
    .sort((a, b) => b.remainder - a.remainder);
  const up = new Set(byRemainder.slice(0, Math.max(0, missing)).map(({ at }) => at));
  return down.map((value, at) => formatFixed((value + (up.has(at) ? 1 : 0)) / unit, decimals));
}

import { isClearOfZero } from '../core/experiment/clear-of-zero.ts';
import { formatReadout } from './numbers.ts';

/** An RMSE of a run: four significant digits, as people compare .8724 with .8450. */
export function formatError(x: number): string {
  return formatReadout(x);
}

function decimalsIn(text: string): number {
  return /e/.test(text) ? 0 : (text.split('.')[1]?.length ?? 0);
}

/**
 * What is added to an error or taken off it: as many decimals as the error has ("1.482 ± 0.001"); where nothing but zeros would be
 * left, its first digit ("1.466 ± 0.0001").
 */
export function formatSpread(spread: number, error: number): string {
  const error4 = formatError(error);
  if (/[e>]/.test(error4) || !Number.isFinite(spread)) return formatReadout(spread);
  const text = spread.toFixed(decimalsIn(error4));
  if (Number(text) !== 0 || spread === 0) return text;
  const first = Number(spread.toPrecision(1));
  return Math.abs(first) < 1e-6 ? first.toExponential(0) : first.toFixed(exponentOf(first));
}

/** Decimals up to its first digit that is not 0: 4 of 0.0003. Of a number below 1. */
function exponentOf(x: number): number {
  return -Number(x.toExponential().split('e')[1] ?? 0);
}

/** Fewer digits than this say too little of a difference of two errors. */
const LEAST_DECIMALS = 3;
const MOST_DECIMALS = 12;

/** So many decimals that each of them (but 0) has two significant digits, or one, at least three decimals. */
function decimalsFor(twoDigits: readonly number[], oneDigit: readonly number[]): number {
  const decimals = (values: readonly number[], more: number) =>
    values.filter((x) => x !== 0 && Number.isFinite(x)).map((x) => exponentOf(x) + more);
  return Math.min(MOST_DECIMALS, Math.max(LEAST_DECIMALS, ...decimals(twoDigits, 1), ...decimals(oneDigit, 0)));
}

function signed(x: number, decimals: number): string {
  if (!Number.isFinite(x) || Math.abs(x) >= 1e6) return x < 0 ? `−${formatReadout(-x)}` : `+${formatReadout(x)}`;
  const text = Math.abs(x).toFixed(decimals);
  // 0 has no sign: "−0.000" reads as a number that it is not.
  return Number(text) === 0 ? text : `${x < 0 ? '−' : '+'}${text}`;
}

/**
 * A difference of two errors and the ends of its interval, all with the decimals that the difference and the width need, and with
 * those that show on which side of 0 an end lies that is clear of it (`isClearOfZero`):
 * "RMSE 0.0012 higher (95 %: −0.0034 … +0.0058".
 */
export function formatDifference(
  difference: number,
  low: number,
  high: number,
): { readonly told: string; readonly low: string; readonly high: string } {
  const decimals = decimalsFor([difference, high - low], isClearOfZero(low, high) ? [low, high] : []);
  const size = Math.abs(difference);
  const text = size >= 1e6 || !Number.isFinite(size) ? formatReadout(size) : size.toFixed(decimals);
  const told = Number(text) === 0 ? 'RMSE the same' : `RMSE ${text} ${difference < 0 ? 'lower' : 'higher'}`;
  return { told, low: signed(low, decimals), high: signed(high, decimals) };
}

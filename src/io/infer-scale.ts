import type { Scale } from '../core/dataset.ts';

/** Steps that scales have, largest first. */
const STEPS = [1, 0.5, 0.25, 0.2, 0.1, 0.05, 0.01];

/**
 * A scale for ratings that came without one: from the least to the greatest value, with the largest usual step of which all
 * of them are multiples (0.5 … 5 in halves: 0.5; whole numbers: 1), else about a hundredth of the range. One value alone
 * spans from 0 to itself.
 */
export function inferScale(values: Float64Array): Scale {
  let min = Infinity;
  let max = -Infinity;
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (min > max) return { min: 1, max: 5, step: 1 };
  if (min === max) {
    max = Math.max(min, 0);
    min = Math.min(min, 0);
    if (min === max) max = 1;
  }
  const step = STEPS.find((candidate) => values.every((value) => isMultiple(value, candidate)));
  return { min: min + 0, max: max + 0, step: step ?? hundredth(max - min) };
}

function isMultiple(value: number, step: number): boolean {
  const times = value / step;
  return Math.abs(times) < 1e9 && Math.abs(times - Math.round(times)) < 1e-6;
}

/** The power of ten at or below a hundredth of `range`. */
function hundredth(range: number): number {
  const [, exponent = '0'] = (range / 100).toExponential().split('e');
  return Number(`1e${exponent}`) || Number.MIN_VALUE;
}

import { MANTISSAS } from '../../core/log-stops.ts';

export { logStops } from '../../core/log-stops.ts';

/** The stop nearest to `value` (the lower one of two), as an index into the ascending `stops`. */
export function nearestStop(stops: readonly number[], value: number): number {
  let best = 0;
  for (let at = 1; at < stops.length; at += 1) {
    const stop = stops[at] ?? 0;
    const held = stops[best] ?? 0;
    if (Math.abs(stop - value) < Math.abs(held - value)) best = at;
  }
  return best;
}

/** The smallest and the largest step of a number field: below it there is only 0, above it nothing. */
const LOWEST_EXPONENT = -8;
const HIGHEST_EXPONENT = 99;

/** The exponent and the mantissa of a positive number, as decimal text to 3 significant digits. */
function split(value: number): { mantissa: number; exponent: number } {
  const [mantissa = '1', exponent = '0'] = value.toExponential(2).split('e');
  return { mantissa: Number(mantissa), exponent: Number(exponent) };
}

/**
 * One step along the logarithmic scale from `value` (≥ 0), `up` or down; with `decade` ten times as far: the same digits
 * with the next exponent. From 0 up is the lowest stop, 1e-8; from there down is 0.
 */
export function logStep(value: number, up: boolean, decade: boolean): number {
  const lowest = Number(`1e${LOWEST_EXPONENT}`);
  if (value < lowest) return up ? lowest : 0;
  const { mantissa, exponent } = split(value);
  if (up && exponent >= HIGHEST_EXPONENT) return value;
  if (decade) {
    if (!up && exponent <= LOWEST_EXPONENT) return 0;
    return Number(`${mantissa}e${exponent + (up ? 1 : -1)}`);
  }
  if (up) {
    const next = MANTISSAS.find((text) => Number(text) > mantissa);
    return next === undefined ? Number(`1e${exponent + 1}`) : Number(`${next}e${exponent}`);
  }
  const previous = MANTISSAS.findLast((text) => Number(text) < mantissa);
  if (previous !== undefined) return Number(`${previous}e${exponent}`);
  return exponent <= LOWEST_EXPONENT ? 0 : Number(`9e${exponent - 1}`);
}

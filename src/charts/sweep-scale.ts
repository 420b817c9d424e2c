import { SHADES } from '../theme/ramps.ts';
import { decimal } from './loss-domain.ts';
import { formatTick } from './loss-ticks.ts';

/** A cell that has no number to color: nothing known yet, or diverged. */
export type NoError = number | null;

/**
 * From errors to shades. The strong end of the ramp is the least error, on light and on dark paper alike, as what one looks for
 * should stand out; the numbers stand beside the picture.
 */
export interface ErrorScale {
  readonly axis: 'linear' | 'log';
  /** The error at the strong end, and that at the weak one. Both round. */
  readonly low: number;
  readonly high: number;
  /** Errors above `high` exist; they have the weak end's color. */
  readonly capped: boolean;
  /** `share`: 0 at low, 1 at high. */
  readonly ticks: readonly { readonly share: number; readonly value: number; readonly label: string }[];
}

/** A linear scale reaches to so many times the least error, if there are errors as great. */
export const LINEAR_SPAN = 2;
/** Where more than one in ten lie beyond that, it goes on until they do not, at most to so many times the least. */
export const LINEAR_LIMIT = 4;
const SHARE_BELOW = 0.9;
/** The same on a log scale. */
export const LOG_SPAN = 1_000;

/** The least of 1, 2, 5 × 10ⁿ that is ≥ x, for x > 0. */
export function roundStep(x: number): number {
  const exponent = Number(x.toExponential().split('e')[1] ?? 0);
  for (const mantissa of [1, 2, 5, 10])
    if (decimal(mantissa, exponent) >= x * (1 - 1e-9)) return decimal(mantissa, exponent);
  return decimal(1, exponent + 1);
}

/** The greatest of 1, 2, 5 × 10ⁿ that is ≤ x, for x > 0. */
function roundDown(x: number): number {
  const exponent = Number(x.toExponential().split('e')[1] ?? 0);
  const below = [5, 2, 1].find((mantissa) => decimal(mantissa, exponent) <= x * (1 + 1e-9)) ?? 1;
  return decimal(below, exponent);
}

/** Sizes that a scale can be made of: a machine's last digits, and errors beyond any meaning, would make steps of 0 or Infinity. */
function usable(value: NoError): value is number {
  return value !== null && value >= 0 && value < 1e100;
}

/**
 * The scale of some errors; null where there is none. From the least to the greatest, but where few are far worse than all others
 * only to what nine in ten are below (between twice and four times the least; a thousand times on a log scale): one run that
 * went wrong does not make all others look alike, and half a map is not one flat color. Both ends are rounded outward to
 * a step of 1, 2 or 5, so that the scale stands still while most results land, and grows by whole steps.
 */
export function errorScale(values: Iterable<NoError>, axis: ErrorScale['axis']): ErrorScale | null {
  const known = Float64Array.from(Array.from(values).filter(usable)).sort();
  const least = known[0];
  const greatest = known.at(-1);
  if (least === undefined || greatest === undefined) return null;
  const most = known[Math.floor(SHARE_BELOW * (known.length - 1))] ?? greatest;
  return axis === 'log' ? logScale(least, greatest) : linearScale(least, greatest, most);
}

/** `most`: what nine in ten are not above. */
function linearScale(least: number, greatest: number, most: number): ErrorScale {
  const unit = Math.max(least, 1e-12);
  const top = Math.min(greatest, Math.max(unit * LINEAR_SPAN, Math.min(most, unit * LINEAR_LIMIT)));
  const step = roundStep(Math.max(top - least, least * 0.02, 1e-12) / 6);
  const first = Math.floor(least / step + 1e-9);
  const last = Math.max(first + 1, Math.ceil(top / step - 1e-9));
  const at = (place: number) => Number((place * step).toPrecision(12));
  const [low, high] = [at(first), at(last)];
  const capped = greatest > high * (1 + 1e-9);
  const ticks = Array.from({ length: last - first + 1 }, (_, place) => ({
    share: place / (last - first),
    value: at(first + place),
    label: labelOf(at(first + place), step, capped && first + place === last),
  }));
  return { axis: 'linear', low, high, capped, ticks };
}

/** As many decimals as the step has, so that all labels are equally exact: 1, 1.2 and 1.4 read 1.0, 1.2, 1.4. */
function labelOf(value: number, step: number, capped: boolean): string {
  const decimals = Math.max(0, -Number(step.toExponential().split('e')[1] ?? 0));
  const text = value >= 1e6 || decimals > 6 ? formatTick(value) : value.toFixed(decimals);
  return capped ? `≥ ${text}` : text;
}

function logScale(least: number, greatest: number): ErrorScale {
  if (greatest <= 0) return linearScale(0, 0, 0);
  const floor = Math.max(least, greatest / 1e12);
  const low = roundDown(floor);
  const high = Math.max(roundStep(Math.min(greatest, floor * LOG_SPAN)), roundStep(low * 1.5));
  const capped = greatest > high * (1 + 1e-9);
  const values: number[] = [];
  for (let value = low; value <= high * (1 + 1e-9); value = roundStep(value * 1.5)) values.push(value);
  const scale = { axis: 'log', low, high } as const;
  // Many decades: both ends, and the powers of ten that leave them room.
  const apart = (value: number) => shareOf(scale, value) > 0.12 && shareOf(scale, value) < 0.88;
  const wanted =
    values.length <= 6
      ? values
      : values.filter(
          (value) => value === low || value === high || (apart(value) && /^1e/.test(value.toExponential())),
        );
  const ticks = wanted.map((value) => ({
    share: shareOf(scale, value),
    value,
    label: `${capped && value === high ? '≥ ' : ''}${formatTick(value)}`,
  }));
  return { ...scale, capped, ticks };
}

/** Where an error lies between the ends, 0 … 1. */
export function shareOf({ axis, low, high }: Pick<ErrorScale, 'axis' | 'low' | 'high'>, value: number): number {
  const share =
    axis === 'log' ? Math.log(Math.max(value, low) / low) / Math.log(high / low) : (value - low) / (high - low);
  // Written so that NaN falls to the weak end instead of through it.
  return share < 1 ? Math.max(0, share) : 1;
}

/** The shade of an error: SHADES − 1 (strong) at the low end, 0 at the high one and beyond. */
export function errorShade(scale: ErrorScale, value: number): number {
  return Math.round((1 - shareOf(scale, value)) * (SHADES - 1));
}

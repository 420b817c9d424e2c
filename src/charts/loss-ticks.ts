import { scaleLinear } from 'd3';
import { formatCount } from '../strings/numbers.ts';
import { decimal, type LossDomain } from './loss-domain.ts';

/** Where an axis is labeled, in the axis's own units. */
export interface Tick {
  readonly value: number;
  readonly label: string;
}

/** A round number, short: 0.05, 3, 2,000, 1e6, 2e-9. */
export function formatTick(x: number): string {
  const size = Math.abs(x);
  if (size !== 0 && (size >= 1e5 || size < 1e-4)) {
    return String(Number(x.toPrecision(3)).toExponential()).replace('e+', 'e');
  }
  return size >= 1000 ? formatCount(x) : String(Number(x.toPrecision(6)));
}

/** Whole epochs, about `count` of them, the first at 0. */
export function epochTicks(end: number, count: number): readonly Tick[] {
  return scaleLinear([0, end], [0, 1])
    .ticks(Math.max(1, count))
    .filter(Number.isInteger)
    .map((value) => ({ value, label: value >= 1e6 ? formatTick(value) : formatCount(value) }));
}

/** At most `most` values, each inside the domain. On a log axis 1-2-5, 1-3, or powers of ten, whatever fits. */
export function valueTicks(domain: LossDomain, most: number): readonly Tick[] {
  if (domain.axis === 'linear') {
    let count = Math.max(1, most);
    let values = scaleLinear([domain.low, domain.high], [0, 1]).ticks(count);
    while (values.length > Math.max(2, most) && count > 1) {
      count--;
      values = scaleLinear([domain.low, domain.high], [0, 1]).ticks(count);
    }
    return values.map((value) => ({ value, label: formatTick(value) }));
  }
  const first = Math.floor(Math.log10(domain.low)) - 1;
  const last = Math.ceil(Math.log10(domain.high)) + 1;
  const inside = (mantissas: readonly number[], stride: number): number[] => {
    const values: number[] = [];
    for (let exponent = first; exponent <= last; exponent++) {
      if (exponent % stride !== 0) continue;
      for (const mantissa of mantissas) {
        const value = decimal(mantissa, exponent);
        if (value >= domain.low && value <= domain.high) values.push(value);
      }
    }
    return values;
  };
  let values = inside([1, 2, 5], 1);
  if (values.length > most) values = inside([1, 3], 1);
  for (let stride = 1; values.length > Math.max(2, most) && stride < 64; stride++) values = inside([1], stride);
  if (domain.floored && values[0] !== domain.low) {
    // The floor must be named: what lies on it is that small or smaller.
    const ratio = (values[0] ?? domain.high) / domain.low;
    if (ratio < (domain.high / domain.low) ** (1 / Math.max(2, most))) values.shift();
    values.unshift(domain.low);
  }
  return values.map((value) => ({
    value,
    label: domain.floored && value === domain.low ? `≤ ${formatTick(value)}` : formatTick(value),
  }));
}

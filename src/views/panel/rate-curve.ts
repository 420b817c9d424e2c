import type { RateTest } from '../../core/rate-finder.ts';
import { formatExact } from '../../strings/numbers.ts';

const WIDTH = 220;
const HEIGHT = 110;
/** What stands below the curve: the values of α. */
const FOOT = 16;

/** The picture of a range test: α on a logarithmic axis, RMSE seen from 0 up to a little more than where it began. */
export interface RateCurve {
  readonly width: number;
  readonly height: number;
  /** One stroke; it leaves the top where RMSE does. */
  readonly path: string;
  readonly startY: number;
  readonly x: (alpha: number) => number;
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
}

export function rateCurve({ start, points }: RateTest, rates: readonly number[]): RateCurve {
  const low = Math.log10(rates[0] ?? 1e-5);
  const high = Math.log10(rates.at(-1) ?? 10);
  const x = (alpha: number) => {
    const share = (Math.log10(alpha) - low) / (high - low);
    return Number((Math.min(1, Math.max(0, share)) * WIDTH).toFixed(1));
  };
  const top = start > 0 ? start * 1.25 : 1;
  const y = (rmse: number) => Number(((1 - Math.min(rmse, top) / top) * (HEIGHT - FOOT)).toFixed(1));
  const path = points.map(({ alpha, rmse }, at) => `${at === 0 ? 'M' : 'L'}${x(alpha)} ${y(rmse ?? top)}`).join('');
  const ticks = [0.0001, 0.001, 0.01, 0.1, 1].map((alpha) => ({ at: x(alpha), label: formatExact(alpha) }));
  return { width: WIDTH, height: HEIGHT, path, startY: y(start), x, ticks };
}

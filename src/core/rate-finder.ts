import { logStops } from './log-stops.ts';

/** The learning rates of the test, ascending, from .00001 to 10: every other stop of the α slider, 3 significant digits. */
export const FINDER_RATES: readonly number[] = logStops(-5, 1).filter((_, at) => at % 2 === 0);

/** RMSE seen after a little training with `alpha`; null where a number left the range of a double. */
export interface RatePoint {
  readonly alpha: number;
  readonly rmse: number | null;
}

/** One model trained on and on while α rises, and where it began. */
export interface RateTest {
  /** RMSE seen before the first step. */
  readonly start: number;
  readonly points: readonly RatePoint[];
}

export type RateRegime = 'crawling' | 'converging' | 'oscillating' | 'diverged';

/**
 * What the test says, with L the RMSE seen:
 *
 *     crawls until   the first α by which L has fallen by 1/20 of all it will fall
 *     lowest         the α at which L is lowest; past it a step loses more than it wins
 *     breaks at      the first α after it at which L is above its start, or no number
 *     suggested      the α at which L falls fastest from one α to the next, over three of them together; at most lowest/2
 *
 * Source: Smith, Cyclical Learning Rates for Training Neural Networks, 2017 (the range test).
 */
export interface RateFinding {
  readonly suggested: number;
  readonly crawlsUntil: number;
  readonly lowest: number;
  readonly breaksAt: number | null;
}

/** Of all that L falls, what still counts as crawling. */
const CRAWLING = 1 / 20;

/** Null where L never fell: nothing can be suggested. */
export function readRateTest({ start, points }: RateTest): RateFinding | null {
  const values = points.map(({ rmse }) => rmse ?? Number.POSITIVE_INFINITY);
  const least = Math.min(...values);
  const at = values.indexOf(least);
  const lowest = points[at]?.alpha;
  if (lowest === undefined || !(least < start)) return null;
  const begin = values.findIndex((value) => start - value >= CRAWLING * (start - least));
  let suggested = points[begin]?.alpha ?? lowest;
  let fastest = 0;
  for (let place = 0; place <= at; place += 1) {
    const before = values[place - 2] ?? start;
    const fall = before - (values[Math.min(at, place + 1)] ?? least);
    const { alpha = lowest } = points[place] ?? {};
    if (fall > fastest && alpha <= lowest / 2) {
      fastest = fall;
      suggested = alpha;
    }
  }
  const breaks = values.findIndex((value, place) => place > at && !(value <= start));
  return { suggested, crawlsUntil: points[begin]?.alpha ?? lowest, lowest, breaksAt: points[breaks]?.alpha ?? null };
}

/** What an α is by the test. */
export function regimeAt(alpha: number, { crawlsUntil, lowest, breaksAt }: RateFinding): RateRegime {
  if (alpha < crawlsUntil) return 'crawling';
  if (alpha <= lowest) return 'converging';
  return breaksAt !== null && alpha >= breaksAt ? 'diverged' : 'oscillating';
}

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
  /** What became of those α from the start on; null where there was no time for it. */
  readonly trials?: RateTrials | null;
}

/** A few epochs at each α say nothing of many: so long runs of one α were tried, from the greatest α of the test down. */
export interface RateTrials {
  /** Of each run. */
  readonly epochs: number;
  /** The least α whose run left the range of a double, or ended above its start; null where none did. */
  readonly diverges: number | null;
}

export type RateRegime = 'crawling' | 'converging' | 'oscillating' | 'diverged';

/**
 * What the test says, with L the RMSE seen:
 *
 *     crawls until   the first α by which L has fallen by 1/20 of all it will fall
 *     lowest         the α at which L is lowest; past it a step loses more than it wins
 *     breaks at      the least α with which a long run diverges; without trials the first α after `lowest` at which L is above
 *                    its start, or no number
 *     suggested      the α at which L falls fastest from one α to the next, over three of them together; at most lowest/2, and
 *                    at most a third of where long runs diverge
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

/** So much of the least α that diverges may be suggested. */
const SAFE = 1 / 3;

/** Null where L never fell: nothing can be suggested. */
export function readRateTest({ start, points, trials = null }: RateTest): RateFinding | null {
  const values = points.map(({ rmse }) => rmse ?? Number.POSITIVE_INFINITY);
  const least = Math.min(...values);
  const at = values.indexOf(least);
  const lowest = points[at]?.alpha;
  if (lowest === undefined || !(least < start)) return null;
  const begin = values.findIndex((value) => start - value >= CRAWLING * (start - least));
  const safe = trials?.diverges == null ? lowest / 2 : Math.min(lowest / 2, trials.diverges * SAFE);
  const crawlsUntil = points[begin]?.alpha ?? lowest;
  let suggested = Math.min(crawlsUntil, points.findLast(({ alpha }) => alpha <= safe)?.alpha ?? crawlsUntil);
  let fastest = 0;
  for (let place = 0; place <= at; place += 1) {
    const before = values[place - 2] ?? start;
    const fall = before - (values[Math.min(at, place + 1)] ?? least);
    const { alpha = lowest } = points[place] ?? {};
    if (fall > fastest && alpha <= safe) {
      fastest = fall;
      suggested = alpha;
    }
  }
  const breaks = values.findIndex((value, place) => place > at && !(value <= start));
  const breaksAt = trials === null ? (points[breaks]?.alpha ?? null) : trials.diverges;
  return { suggested, crawlsUntil, lowest, breaksAt };
}

/** What an α is by the test. */
export function regimeAt(alpha: number, { crawlsUntil, lowest, breaksAt }: RateFinding): RateRegime {
  if (breaksAt !== null && alpha >= breaksAt) return 'diverged';
  if (alpha < crawlsUntil) return 'crawling';
  return alpha <= lowest ? 'converging' : 'oscillating';
}

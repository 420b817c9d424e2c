import { logStops } from '../log-stops.ts';
import type { WholeRun } from './whole-run.ts';

/** The learning rates of the strip, ascending: 93 values from .0001 to 1, those of the α slider. */
export const STRIP_RATES: readonly number[] = logStops(-4, 0);

/** The whole run of one learning rate. */
export interface RateRun extends WholeRun {
  readonly alpha: number;
}

/**
 * What a learning rate makes of a run, each with the number it is told by. With E(e) = RMSE seen after epoch e, N epochs:
 *
 *     gained      = E(0) − min E(e)
 *     given back  = Σ max(0, E(e) − E(e − 1)) / gained          what was won and lost again on the way
 *     covered     = (E(0) − E(N)) / (E(0) − best)               best: the least E(N) on the strip
 *
 *     diverged      a number left the range of a double: in that epoch
 *     oscillating   given back > 1/10; or covered < 9/10 though α is larger than the best one: it steps too far
 *     crawling      covered < 9/10
 *     converging    all others
 *
 * The first that holds counts. Over recorded epochs, so long runs are judged by the points of their curve.
 */
export type Regime =
  | { readonly name: 'diverged'; readonly during: number }
  | { readonly name: 'oscillating'; readonly givenBack: number }
  | { readonly name: 'crawling'; readonly covered: number }
  | { readonly name: 'converging'; readonly covered: number };

export const LEAST_COVERED = 0.9;
export const MOST_GIVEN_BACK = 0.1;

/** Where a run arrived: RMSE at its end; null where there is none, or when it diverged. */
export function endOf({ curve, diverged }: WholeRun): {
  readonly seen: number | null;
  readonly heldOut: number | null;
} {
  if (diverged) return { seen: null, heldOut: null };
  return { seen: curve.rmseSeen.at(-1) ?? null, heldOut: curve.rmseHeldOut.at(-1) ?? null };
}

/** The run with the least RMSE seen at its end (the first of equals); null when none has one. */
export function bestOf(runs: Iterable<RateRun>): RateRun | null {
  let best: RateRun | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const run of runs) {
    const { seen } = endOf(run);
    if (seen === null || seen >= least) continue;
    best = run;
    least = seen;
  }
  return best;
}

/** Σ of the rises over what was gained at the lowest point; 0 where nothing rose, ∞ where nothing was ever gained. */
export function givenBack(rmse: readonly (number | null)[]): number {
  let risen = 0;
  let least = rmse[0] ?? 0;
  for (let at = 1; at < rmse.length; at += 1) {
    const here = rmse[at] ?? 0;
    risen += Math.max(0, here - (rmse[at - 1] ?? 0));
    least = Math.min(least, here);
  }
  return risen === 0 ? 0 : risen / ((rmse[0] ?? 0) - least);
}

/**
 * The regime of a run, by the rule at `Regime`. `best`: of the whole strip. Null where nothing can be told: no ratings, or
 * no run of the strip that got anywhere.
 */
export function regimeOf(run: RateRun, best: RateRun | null): Regime | null {
  const { curve, epochs } = run;
  const [start = null] = curve.rmseSeen;
  // Recorded epochs are neighbors up to epoch 512; later it is the first one that was not reached.
  if (run.diverged) return { name: 'diverged', during: epochs + 1 };
  const end = endOf(run).seen;
  const bestEnd = best === null ? null : endOf(best).seen;
  if (start === null || end === null || best === null || bestEnd === null || !(bestEnd < start)) return null;
  const back = givenBack(curve.rmseSeen);
  const covered = (start - end) / (start - bestEnd);
  const overshoots = covered < LEAST_COVERED && run.alpha > best.alpha;
  if (back > MOST_GIVEN_BACK || overshoots) return { name: 'oscillating', givenBack: back };
  return { name: covered < LEAST_COVERED ? 'crawling' : 'converging', covered };
}

/** Neighbors on the strip with one regime: the first and the last place, both included. */
export interface RegimeRange {
  readonly name: Regime['name'];
  readonly from: number;
  readonly to: number;
}

/** The strip from left to right; places without a regime (null) end a range. */
export function regimeRanges(regimes: readonly (Regime | null)[]): readonly RegimeRange[] {
  const ranges: { name: Regime['name']; from: number; to: number }[] = [];
  regimes.forEach((regime, at) => {
    if (regime === null) return;
    const last = ranges.at(-1);
    if (last && last.name === regime.name && last.to === at - 1) last.to = at;
    else ranges.push({ name: regime.name, from: at, to: at });
  });
  return ranges;
}

/**
 * In which order to compute `count` places, so that the shape stands early: every 16th, then those between, and so on.
 *
 *     0 16 32 …   8 24 40 …   4 12 20 …   2 6 10 …   1 3 5 …
 */
export function coarseFirst(count: number): readonly number[] {
  const order: number[] = [];
  for (let at = 0; at < count; at += 16) order.push(at);
  for (let stride = 8; stride >= 1; stride /= 2) {
    for (let at = stride; at < count; at += 2 * stride) order.push(at);
  }
  return order;
}

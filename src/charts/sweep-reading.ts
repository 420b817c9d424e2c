import type { Axis } from '../core/experiment/axis.ts';
import type { Verdict } from '../core/experiment/summary.ts';
import type { LineReading } from '../strings/sweep-pictures.ts';
import type { LineValue } from './sweep-line.ts';

/** Less than this share of an error is no difference, even where one seed tells no spread. */
const LEAST_SPREAD = 0.02;

interface Known {
  readonly at: number;
  readonly heldOut: number;
  readonly seen: number | null;
  readonly spread: number;
}

/**
 * What a curve over `seen` or k says, with its numbers; null for other settings and for fewer than three values.
 *
 *     seen    more data would help: E(½) − E(1) > spread, E(1) − min E ≤ spread, and E(1) − E_seen(1) > spread
 *             E: error on left-out ratings; ½: the value nearest to half of the greatest share
 *     k       valley: E(first) − E(best) > spread and E(last) − E(best) > spread; falls, rises: only one of them; flat: none
 *
 * spread: the greater one of the two that are compared, at least 2 % of the error. With a verdict also what its paired intervals tell:
 * whether the last step of a learning curve is more than the noise, and which k cannot be told from the best.
 */
export function readLine(axis: Axis, values: readonly LineValue[], verdict: Verdict | null = null): LineReading | null {
  const known = values.flatMap(({ value, heldOut, seen, spread, diverged }): Known[] =>
    typeof value !== 'number' || heldOut === null || diverged
      ? []
      : [{ at: value, heldOut, seen, spread: Math.max(spread ?? 0, LEAST_SPREAD * heldOut) }],
  );
  const first = known[0];
  const last = known.at(-1);
  if (known.length < 3 || first === undefined || last === undefined) return null;
  const spreads = values.map(({ spread }) => spread ?? Number.NaN).filter((spread) => !Number.isNaN(spread));
  const overSeeds = (used: number) => (spreads.length === 0 ? null : spreads.includes(used) ? 'is' : 'below');
  if (axis.setting === 'seen') {
    const middle = known.reduce((best, one) =>
      Math.abs(one.at - last.at / 2) < Math.abs(best.at - last.at / 2) ? one : best,
    );
    const spread = Math.max(middle.spread, last.spread);
    const least = Math.min(...known.map(({ heldOut }) => heldOut));
    const falls = middle.heldOut - last.heldOut > spread && last.heldOut - least <= spread;
    const gap = last.seen === null || last.heldOut - last.seen > spread;
    const step = verdict?.lastStep?.interval;
    const sure = step === undefined || (step.clear && step.difference < 0);
    return { kind: 'seen', helps: falls && gap, sure, from: middle, to: last, spread, overSeeds: overSeeds(spread) };
  }
  if (axis.setting !== 'k') return null;
  const best = known.reduce((least, one) => (one.heldOut < least.heldOut ? one : least));
  // Of all of them: a k whose seeds scatter may be the better one.
  const spread = Math.max(...known.map((one) => one.spread));
  const fell = first.heldOut - best.heldOut > spread;
  const rose = last.heldOut - best.heldOut > spread;
  const shape = fell ? (rose ? 'valley' : 'falls') : rose ? 'rises' : 'flat';
  const alike = values.flatMap(({ cell, value }) => (verdict?.alike.includes(cell) ? [Number(value)] : []));
  return { kind: 'k', shape, best, first, last, alike, spread, overSeeds: overSeeds(spread) };
}

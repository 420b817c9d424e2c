import type { AloneTrace } from '../../core/trace-als.ts';
import { formatFixed, formatReadout } from '../../strings/numbers.ts';
import { type WrittenLine, written } from './written-adam.ts';
import { decimalsOf, FEWEST_DIGITS, shortest } from './written-step.ts';

const LEAST_DECIMALS = 4;
const MOST_DECIMALS = 10;

/** A number before and after, with so many decimals that their difference is seen where there is room for it. */
export function writtenChange(before: number, after: number): readonly [string, string] {
  if (!(Math.abs(before) < 1e6 && Math.abs(after) < 1e6)) return [formatReadout(before), formatReadout(after)];
  const decimals = Math.min(MOST_DECIMALS, Math.max(LEAST_DECIMALS, decimalsOf(after - before, 2)));
  return [formatFixed(before, decimals), formatFixed(after, decimals)];
}

/** rest / A_ff = best; null where the diagonal is 0 and the number stays. */
export function writtenAlone({ rest, diagonal, best }: AloneTrace): WrittenLine | null {
  if (!(diagonal > 0)) return null;
  return written(
    best,
    (x) => shortest(x, FEWEST_DIGITS),
    ({ round, term }) => [`${term(rest)} / ${term(diagonal)}`, round(rest) / round(diagonal)],
  );
}

/** n × β / 2 = λ. */
export function writtenLambda(ratings: number, beta: number, lambda: number): WrittenLine {
  return { sum: `${ratings} × ${String(beta)} / 2`, is: shortest(lambda, 12) };
}

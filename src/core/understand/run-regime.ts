import type { History } from '../history.ts';
import type { Epoch } from '../ratings.ts';
import { givenBack, MOST_GIVEN_BACK } from './rate-strip.ts';

/**
 * What a run by itself looks like so far, with the number it is told by. `rate-strip.ts` judges a run beside those of other
 * learning rates; here there is none to hold it against, so a crawl is told by its being as steep late as early. With E(e) =
 * RMSE seen after epoch e, from epoch s (0, or the one after the last change in mid-run) to epoch N, and h halfway:
 *
 *     gained      = E(s) − min E(e)
 *     given back  = Σ max(0, E(e) − E(e − 1)) / gained         what was won and lost again on the way
 *     late        = (E(h) − E(N)) / (E(s) − E(N))              what the second half won of all that was won
 *
 *     oscillating   given back > 1/10
 *     crawling      late > 1/4; or, from epoch 0 on, E has moved by less than 1/1000 of E(0)
 *     converging    all others
 *
 * The first that holds counts. Over recorded epochs. A run that diverged says so itself.
 */
export type RunRegime =
  | { readonly name: 'oscillating'; readonly givenBack: number }
  /** late: null where it has hardly moved at all. */
  | { readonly name: 'crawling'; readonly late: number | null }
  | { readonly name: 'converging'; readonly late: number };

const MOST_LATE = 1 / 4;
/** Of where it began, what counts as having moved. */
const MOVED = 1 / 1000;
/** Fewer epochs tell nothing. */
export const LEAST_EPOCHS = 10;

/**
 * The regime of a run by its curve. `changedAt`: epochs completed when it was last changed in mid-run; null for never. Null
 * where nothing can be told: fewer than `LEAST_EPOCHS` epochs, nothing to train on, or nothing has moved since a change.
 */
export function regimeSoFar(
  { epoch, rmseSeen }: Pick<History, 'epoch' | 'rmseSeen'>,
  changedAt: Epoch | null,
): RunRegime | null {
  const first = changedAt === null ? 0 : epoch.findIndex((one) => one > changedAt);
  const from = epoch[first];
  const until = epoch.at(-1);
  if (from === undefined || until === undefined || until - from < LEAST_EPOCHS) return null;
  const curve = rmseSeen.slice(first);
  const start = curve[0] ?? null;
  const end = curve.at(-1) ?? null;
  if (start === null || end === null) return null;
  let least = start;
  let most = start;
  for (const here of curve) {
    least = Math.min(least, here ?? least);
    most = Math.max(most, here ?? most);
  }
  if (most - least <= MOVED * start) return changedAt === null ? { name: 'crawling', late: null } : null;
  const back = givenBack(curve);
  if (back > MOST_GIVEN_BACK) return { name: 'oscillating', givenBack: back };
  const halfway = curve[epoch.findIndex((one) => one >= (from + until) / 2) - first] ?? end;
  const late = (halfway - end) / (start - end);
  return { name: late > MOST_LATE ? 'crawling' : 'converging', late };
}

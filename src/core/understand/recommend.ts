import type { BiasesOnly } from '../baselines.ts';
import type { Parameters } from '../parameters.ts';
import { predict } from '../predict.ts';
import type { ItemIndex, Ratings, UserIndex } from '../ratings.ts';

/** A gap worth filling. */
export interface Recommendation {
  readonly user: UserIndex;
  readonly item: ItemIndex;
  /** r̂ */
  readonly predicted: number;
  /** The opinion of biases alone, μ + b_u + b_i: what is popular, for somebody as generous. */
  readonly baseline: number;
}

/** Which users and items have a training rating; the factors of the others are chance. */
interface Known {
  readonly users: Uint8Array;
  readonly items: Uint8Array;
}

function knownRows(ratings: Ratings, m: number, n: number): Known {
  const known = { users: new Uint8Array(m), items: new Uint8Array(n) };
  for (let at = 0; at < ratings.user.length; at += 1) {
    if (ratings.heldOut[at] === 1) continue;
    known.users[ratings.user[at] ?? 0] = 1;
    known.items[ratings.item[at] ?? 0] = 1;
  }
  return known;
}

/**
 * The `count` gaps of a user with the greatest r̂, best first, ties by index. A gap is what has no rating at all: what is held
 * out is rated. Items without a training rating are left out, and a user without one gets nothing: there are no data.
 */
export function recommendItems(
  parameters: Parameters,
  ratings: Ratings,
  baseline: BiasesOnly,
  user: UserIndex,
  count: number,
): Recommendation[] {
  const { known, taken } = survey(parameters, ratings, (at) =>
    ratings.user[at] === user ? (ratings.item[at] ?? 0) : -1,
  );
  if (known.users[user] !== 1) return [];
  const open: Recommendation[] = [];
  for (let item = 0; item < known.items.length; item += 1) {
    if (known.items[item] === 1 && !taken.has(item)) open.push(opinions(parameters, baseline, user, item));
  }
  return best(open, count);
}

/** The `count` users who have no rating for an item and the greatest r̂ for it; users without data are left out. */
export function recommendUsers(
  parameters: Parameters,
  ratings: Ratings,
  baseline: BiasesOnly,
  item: ItemIndex,
  count: number,
): Recommendation[] {
  const { known, taken } = survey(parameters, ratings, (at) =>
    ratings.item[at] === item ? (ratings.user[at] ?? 0) : -1,
  );
  if (known.items[item] !== 1) return [];
  const open: Recommendation[] = [];
  for (let user = 0; user < known.users.length; user += 1) {
    if (known.users[user] === 1 && !taken.has(user)) open.push(opinions(parameters, baseline, user, item));
  }
  return best(open, count);
}

function survey({ k, P, Q }: Parameters, ratings: Ratings, partnerAt: (at: number) => number) {
  const taken = new Set<number>();
  for (let at = 0; at < ratings.user.length; at += 1) {
    const partner = partnerAt(at);
    if (partner >= 0) taken.add(partner);
  }
  return { known: knownRows(ratings, P.length / k, Q.length / k), taken };
}

function opinions(
  parameters: Parameters,
  { mu, bu, bi }: BiasesOnly,
  user: UserIndex,
  item: ItemIndex,
): Recommendation {
  return {
    user,
    item,
    predicted: predict(parameters, user, item),
    baseline: mu + (bu[user] ?? 0) + (bi[item] ?? 0),
  };
}

/** Greatest r̂ first; they come in the order of their index, and sorting is stable. What is not finite is no prediction. */
function best(open: readonly Recommendation[], count: number): Recommendation[] {
  return open
    .filter(({ predicted }) => predicted - predicted === 0)
    .sort((a, b) => b.predicted - a.predicted)
    .slice(0, count);
}

import { formatCount, formatExact, formatPrediction, formatSignificant } from './numbers.ts';

const factor = (value: number) => {
  const written = formatSignificant(value, 3);
  return value < 0 ? `(${written})` : written;
};

/** The inspector's tab on which gaps are worth filling, and for somebody new. */
export const recommend = {
  loading: 'Drawing the first numbers.',
  for: 'For',
  side: { user: 'user', item: 'item' },
  itemsFor: (user: string) => `For ${user}`,
  usersFor: (item: string) => `Who to offer ${item}`,
  noDataUser: (user: string) => `No data: the model sees no rating by ${user}, so it can recommend nothing.`,
  noDataItem: (item: string) => `No data: the model sees no rating of ${item}, so it can be offered to nobody.`,
  noGapUser: (user: string) => `${user} has a rating for everything.`,
  noGapItem: (item: string) => `Everybody has a rating for ${item}.`,
  leftOutItems: (count: number) =>
    count === 1
      ? '1 item without a seen rating is left out: no data.'
      : `${formatCount(count)} items without a seen rating are left out: no data.`,
  leftOutUsers: (count: number) =>
    count === 1
      ? '1 user without a seen rating is left out: no data.'
      : `${formatCount(count)} users without a seen rating are left out: no data.`,
  more: (count: number) => (count === 1 ? 'and 1 more gap' : `and ${formatCount(count)} more gaps`),
  predicted: 'r̂',
  baseline: (value: number) => `biases only ${formatPrediction(value)}`,
  /** `adds` is written as its column is. */
  reason: (value: number, rest: number, weight: number, adds: string) => {
    const rated = rest === 0 ? formatExact(value) : `(${formatExact(value)} − ${factor(rest)})`;
    return `${rated} × ${factor(weight)} = ${adds}`;
  },
  reasonBase: 'base: mean and bias',
  reasonOthers: (count: number) => (count === 1 ? '1 other rating' : `${formatCount(count)} other ratings`),
  reasonUnfinished: 'p is not there yet',
  reasonSum: 'r̂',
  intervals: 'How sure',
  interval: { starts: 'other starts, trained on', fewer: 'one rating fewer, trained on' },
  between: (low: number, high: number) => `${formatPrediction(low)} … ${formatPrediction(high)}`,
  intervalsRun: 'How sure are these?',
  intervalsWhy: 'Trains the study again from other starts, and with one rating fewer, until nothing moves.',
  intervalsWhat:
    'Trained until nothing moves: of other starts where nine of ten lie, of one rating fewer from the least to the greatest. The point is r̂ of this run; outside, its training is unfinished.',
  staleStudy: 'The study was changed since: run it again.',
  staleEpoch: (epoch: number) => `Asked at epoch ${formatCount(epoch)}; the run stands elsewhere now.`,
  reasonsWhat:
    'Reasons: with Q held and their row solved, r̂ is a weighted sum of their own ratings, each as rating × weight. The three that add (or take) most, the others, and how far p is from there; Q goes on moving too.',
  reasonsWhatBiases:
    'Reasons: with Q held and their row solved, r̂ is a base plus a weighted sum of their own ratings, less what anybody would give there. The three that add (or take) most, the others, and how far p is from there; Q goes on moving too.',
  reasonsOf: (name: string) => `Reasons: ratings of ${name}`,
  noReasons: (why: string) => `No reasons: ${why}`,
  asOf: (epoch: number) => `As of epoch ${formatCount(epoch)}.`,

  newUser: 'New user',
  newUserWhat:
    'Somebody who is not in R: type a few ratings. p is solved from them with Q held (fold-in); nothing is trained.',
  chooseItem: 'Rate an item',
  choosePlaceholder: 'Choose an item',
  remove: (item: string) => `Remove ${item}`,
  ratings: 'Ratings of the new user',
  predictions: 'Predictions for the new user',
  unrated: (count: number) =>
    count === 1 ? '1 chosen item has no rating yet.' : `${formatCount(count)} chosen items have no rating yet.`,
  outsideScale: (item: string, min: number, max: number) =>
    `${item}: outside the scale ${formatExact(min)} … ${formatExact(max)}; allowed.`,
  noRatings: 'No rating yet: r̂ is what anybody would get.',
  noRatingsFactors: 'No rating yet, so nothing is known: every r̂ is 0.',
  allRated: 'Every item is rated.',
  noFold: (why: string) => `Not solved: ${why}`,
  add: 'Add to R',
  added: (name: string, count: number) =>
    `${name} is in R with ${formatCount(count)} ${count === 1 ? 'rating' : 'ratings'}. Their row of P is the one solved here, and is trained on from it.`,
  addedAtRandom: (name: string, count: number) =>
    `${name} is in R with ${formatCount(count)} ${count === 1 ? 'rating' : 'ratings'}. Their row of P starts at random and is trained from now on.`,
  markAdded: (name: string) => `${name} added`,
};

import { formatCount, formatPrediction, formatSignificant } from './numbers.ts';

/** The inspector's tab on who is alike. */
export const similar = {
  loading: 'Drawing the first numbers.',
  compare: 'Compare',
  side: { users: 'users', items: 'items' },
  likeness: 'Likeness',
  by: { cosine: 'cosine', distance: 'distance', correlation: 'correlation' },
  meaning: {
    cosine: 'Cosine of the angle between their factors: 1 the same direction, −1 the opposite one.',
    distance: 'Distance between their factors: 0 the same, larger less alike.',
    correlation: 'Correlation of their rows of R̂: 1 they go up and down together, −1 the one against the other.',
  },
  meaningItems: 'Correlation of their columns of R̂: 1 they go up and down together, −1 the one against the other.',
  centered: 'Centered',
  centeredMeaning: 'seen from the mean of all, not from 0',
  signOnly: {
    cosine:
      'With one factor there are only two directions: each cosine is 1 or −1, and says on which side of the middle it lies, not how alike it is. Distance does.',
    correlation:
      'With one factor and no biases every row of R̂ is one row times a number: each correlation is 1 or −1, and does not say how alike they are. Distance does.',
  },
  useDistance: 'Compare by distance',
  nearest: (name: string) => `Most like ${name}`,
  none: 'There is nobody to compare with.',
  noneItems: 'There is nothing to compare with.',
  noData: (name: string) => `No data: the model sees no rating of ${name}, so its factors are chance.`,
  leftOut: (count: number) =>
    count === 1
      ? '1 without a rating is left out: no data.'
      : `${formatCount(count)} without a rating are left out: no data.`,
  /** apart: mean difference of the shared ones; far: as far as those of strangers. */
  shared: (count: number, apart: number, far: boolean) => {
    if (count === 0) return 'no shared rating: weak';
    const apartOnAverage = `${formatSignificant(apart, 2)} apart`;
    if (count === 1) return `1 shared rating, ${apartOnAverage}: weak`;
    return `${formatCount(count)} shared ratings, ${apartOnAverage}${far ? ': unlike' : ''}`;
  },
  sharedMeaning:
    'Apart: how far shared ratings differ on average. From a third of the scale on, as those of strangers do, they are called unlike, whatever the factors say.',
  untrained:
    'Not trained yet: these are the factors that the run begins with. No rating has shaped them, so who is alike here is chance.',
  cannotTell: 'cannot be told',
  strip: (name: string, low: number, high: number) =>
    `${name} in R̂: from ${formatPrediction(low)} to ${formatPrediction(high)}`,
  asOf: (epoch: number) => `As of epoch ${formatCount(epoch)}.`,

  groups: 'Groups',
  groupsWhat: { users: 'Groups of alike users', items: 'Groups of alike items' },
  seed: 'Seed',
  kMeans: (starts: number) =>
    starts === 1
      ? 'k-means on the factors, drawn once from this seed'
      : `k-means on the factors: of ${formatCount(starts)} draws from this seed the one whose groups lie closest`,
  notGrouped: (count: number) =>
    count === 1
      ? '1 without a rating is in no group: its factors are chance.'
      : `${formatCount(count)} without a rating are in no group: their factors are chance.`,
  lines: 'Lines on the stage part the groups as they were when it was ordered.',
  linesOld: 'Since then some have changed groups: order again to follow.',
  sizes: (sizes: readonly number[]) =>
    `${sizes.length === 1 ? 'Group' : 'Groups'} of ${sizes.map(formatCount).join(', ')}`,
  group: (number: number) => `group ${number}`,
  tree: 'Tree of likeness',
  treeWhat:
    'Those who are alike meet early, at the left (average linkage of the likeness above). The number is the k-means group.',
  treeByDistance:
    'Those who are alike meet early, at the left (average linkage of the distance of their factors). The number is the k-means group.',
  treeTooLarge: (limit: number) => `The tree is drawn for up to ${formatCount(limit)} rows.`,
  members: (names: readonly string[]) => names.join(', '),
  order: { users: 'Order rows by group', items: 'Order columns by group' },
  ordered: {
    users:
      'The rows of R, P and R̂ now stand by group. Names and ratings went with them, and so does the order in which epochs visit; lines are where groups meet.',
    items:
      'The columns of R, Qᵀ and R̂ now stand by group. Names and ratings went with them, and so does the order in which epochs visit; lines are where groups meet.',
  },
  firstOrder: 'First order',
  otherOrder: {
    users: 'The rows stand in another order than they came in; First order puts them back.',
    items: 'The columns stand in another order than they came in; First order puts them back.',
  },
  firstOrderAgain: {
    users: 'The rows stand in the order in which they came.',
    items: 'The columns stand in the order in which they came.',
  },
  markFirstOrder: { users: 'rows in their first order', items: 'columns in their first order' },
  inOrder: 'They stand in this order already.',
  markOrdered: { users: 'rows ordered by group', items: 'columns ordered by group' },
};

import { formatCount, formatExact, formatPrediction } from './numbers.ts';

/** What can be said about a cell of R̂, beside its number. */
export type PredictionKind =
  | { readonly kind: 'gap' }
  | { readonly kind: 'seen'; readonly rating: number }
  | { readonly kind: 'held-out'; readonly rating: number }
  | { readonly kind: 'no-data'; readonly rating: number | null };

function aboutPrediction(kind: PredictionKind): string {
  switch (kind.kind) {
    case 'gap':
      return 'gap filled';
    case 'seen':
      return `seen ${formatExact(kind.rating)}`;
    case 'held-out':
      return `held out ${formatExact(kind.rating)}`;
    case 'no-data':
      return kind.rating === null ? 'no data' : `no data, held out ${formatExact(kind.rating)}`;
  }
}

export const stage = {
  region: 'Matrices',
  scrollRegion: 'Matrices, scrolls sideways',

  // Grids, as promised to assistive technology.
  factorsP: 'User factors P',
  factorsQ: 'Item factors Qᵀ',
  predictions: 'Predictions R̂',
  userBiases: 'User biases b_u',
  itemBiases: 'Item biases b_i',
  mean: 'Mean μ',
  picture: (grid: string) => `Picture of ${grid}`,
  linksPicture: 'Frames and lines between the selected cells',
  factor: (number: number) => `factor ${number}`,
  userBias: 'b_u',
  itemBias: 'b_i',

  // Cells.
  factorCell: (name: string, number: number, value: number) => `${name}, factor ${number}: ${formatPrediction(value)}`,
  biasCell: (name: string, value: number) => `${name}, bias: ${formatPrediction(value)}`,
  predictionCell: (user: string, item: string, value: number, kind: PredictionKind) =>
    kind.kind === 'no-data'
      ? `${user}, ${item}: ${aboutPrediction(kind)}`
      : `${user}, ${item}: ${formatPrediction(value)}, ${aboutPrediction(kind)}`,
  clippedFrom: (value: number) => `, clipped from ${formatPrediction(value)}`,
  truthInGap: (truth: number, error: number) => `, truth ${formatPrediction(truth)}, error ${formatPrediction(error)}`,
  pendingCell: (row: string, column: string) => `${row}, ${column}: not computed yet`,
  ratingCell: (user: string, item: string, rating: number | null, hidden: boolean) =>
    `${user}, ${item}: ${rating === null ? 'gap' : formatExact(rating)}${hidden ? ', held out' : ''}`,

  // Titles.
  titleR: 'ratings — click a cell to edit',
  titleP: 'users × factors',
  titleQ: 'factors × items',

  // The dot product.
  dotProduct: 'The selected prediction, written out',
  more: (count: number) => `… (${count} more)`,
  aGap: 'a gap: no rating given',
  seen: (rating: number, error: number) => `rated ${formatExact(rating)}, error ${formatPrediction(error)}`,
  heldOut: (rating: number, error: number) => `held out ${formatExact(rating)}, error ${formatPrediction(error)}`,
  truth: (truth: number, error: number) =>
    `a gap: the truth is ${formatPrediction(truth)}, error ${formatPrediction(error)}`,
  clippedTo: (value: number) => `${formatPrediction(value)} on the scale; `,
  noUserData: (user: string) => `no data: no rating of ${user} to learn from`,
  noItemData: (item: string) => `no data: no rating for ${item} to learn from`,
  pending: 'not computed yet',

  // Legend.
  legend: 'What the cells mean',
  legendSeen: 'seen rating',
  legendGap: 'gap',
  legendFilled: 'gap, now filled',
  legendHidden: 'held out in R',
  legendJudged: 'held out in R̂',
  legendFactor: 'factor −/+',
  legendError: 'error −/+ in a gap',
  legendTruth: 'truth in a gap',
  legendNoData: 'no data',
  legendScale: 'rating',
  windowOf: (users: number, items: number, allUsers: number, allItems: number) =>
    `${formatCount(users)} users and ${formatCount(items)} items with the most ratings, of ${formatCount(allUsers)} × ${formatCount(allItems)}`,
  visitedError: (error: number) => `e ${error < 0 ? '' : '+'}${formatPrediction(error)}`,
};

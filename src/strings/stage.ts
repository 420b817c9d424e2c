import { formatCount, formatExact, formatPrediction, formatTerm } from './numbers.ts';

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

const between = (low: number, high: number) => `${formatPrediction(low)} … ${formatPrediction(high)}`;
const signed = (value: number) => `${value < 0 ? '' : '+'}${formatPrediction(value)}`;

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
  intervalsPicture: 'How sure each prediction is',
  influencePicture: 'Influence of each rating',
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
  cellInterval: {
    starts: (low: number, high: number) => `, other starts ${between(low, high)}`,
    fewer: (low: number, high: number) => `, one rating fewer ${between(low, high)}`,
  },
  cellInfluence: (change: number) => `, without it the chosen prediction changes by ${signed(change)}`,
  ratingCell: (user: string, item: string, rating: number | null, hidden: boolean) =>
    `${user}, ${item}: ${rating === null ? 'gap' : formatExact(rating)}${hidden ? ', held out' : ''}`,

  // Titles.
  titleR: 'ratings — click a cell to edit',
  titleP: 'users × factors',
  titleQ: 'factors × items',

  // What the symbols mean, a sentence each.
  meanings: {
    R: 'The ratings that people gave, one row for each user and one column for each item; where nobody rated there is a gap.',
    P: 'What was learned about the users: k numbers each, a row of P, that say how much a user cares for each factor.',
    Qᵀ: 'What was learned about the items: k numbers each, a column of Qᵀ, that say how much an item has of each factor.',
    R̂: 'The predictions: each cell is its user’s row of P times its item’s column of Qᵀ, plus biases and mean where the model has them, in the gaps too.',
    b_u: 'A bias for each user: how much higher or lower than others this user rates, whatever the item.',
    b_i: 'A bias for each item: how much higher or lower it is rated than others, whoever rates it.',
    μ: 'The mean of all ratings that are trained on: what would be predicted if nothing else were known.',
  },

  // The dot product.
  dotProduct: 'The selected prediction, written out',
  more: (count: number) => `… (${count} more)`,
  aGap: 'a gap: no rating given',
  seen: (rating: number, error: number) => `rated ${formatExact(rating)}, error ${formatPrediction(error)}`,
  /** The error at the visit, and what the update left of it. */
  stepped: (rating: number, before: number, after: number) =>
    `rated ${formatExact(rating)}, error ${formatTerm(before)}, now ${formatTerm(after)}`,
  seenUntil: (epoch: number) => `; seen until epoch ${formatCount(epoch)}`,
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
  legendFilled: 'gap, predicted',
  legendHidden: 'held out in R',
  legendJudged: 'held out in R̂',
  legendFactor: 'factor −/+',
  legendError: 'error −/+ in a gap',
  legendTruth: 'truth in a gap',
  legendNoData: 'no data',
  legendScale: 'rating',
  legendMeanings: {
    seen: 'A rating that the model is trained on; the same colors in R̂ show how near the prediction comes.',
    gap: 'Nobody gave this rating, so nothing is learned from it and nothing can be checked.',
    filled: 'What the model predicts where R has a gap; before training it comes from the random start alone.',
    hidden: 'A rating that is known but kept from the model, so that it can be asked for it.',
    judged: 'The prediction for a rating that the model has not seen: only here it can be judged.',
    factor: 'A learned number below or above zero: neutral is zero, and the stronger the color the farther from it.',
    error: 'The truth minus the prediction in a gap, which only a made-up set can know.',
    truth: 'The rating that the factors of this made-up set give where R has a gap.',
    noData: 'No rating of this user, or of this item, is trained on, so there is nothing to predict from.',
    scale:
      'The colors of ratings, from the lowest to the highest of the scale; numbers beyond it keep the color of its end.',
  },
  /** What else is drawn on R and R̂, for as long as it is. */
  legendIntervals: {
    starts: 'In R̂: other starts, where nine of ten lie,',
    fewer: 'In R̂: one rating fewer, from the least to the greatest,',
  },
  legendMoment: {
    mark: (epoch: number) => `at epoch ${formatCount(epoch)}.`,
    end: 'trained until nothing moves.',
  },
  legendUnfinished: 'Much of it may be unfinished training.',
  legendTooSmall: 'These cells are too small for it: point at one.',
  legendAsked: (epoch: number) => `Asked at epoch ${formatCount(epoch)}; the run stands elsewhere now.`,
  legendInfluence: (user: string, item: string) => `In R: change of ${user} × ${item} without each rating`,
  legendFaint: (faint: number, of: number) =>
    `${formatCount(faint)} of ${formatCount(of)} are nearly blank: less than a twentieth of the greatest.`,
  hideIntervals: 'Hide intervals',
  windowOf: (users: number, items: number, allUsers: number, allItems: number) =>
    `${formatCount(users)} users and ${formatCount(items)} items with the most ratings, of ${formatCount(allUsers)} × ${formatCount(allItems)}`,
  visitedError: (error: number) => `e ${signed(error)}`,
};

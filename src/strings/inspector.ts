import { formatCount, formatExact } from './numbers.ts';

/** The inspector: one prediction, taken apart. */
export const inspector = {
  tabs: 'Inspector',
  inspect: 'Inspect',
  fetching: 'Fetching this tab.',
  cell: (user: string, item: string) => `${user} × ${item}`,
  loading: 'Drawing the first numbers.',
  outside: 'This cell is not among the rows and columns on the stage.',

  gap: 'Predicted, no rating given',
  heldOut: 'Predicted; its rating is held out',
  seen: 'Predicted; its rating is seen',
  noDataUser: (user: string) =>
    `No data: the model sees no rating by ${user}, so this number is the random start, not a prediction.`,
  noDataItem: (item: string) =>
    `No data: the model sees no rating of ${item}, so this number is the random start, not a prediction.`,
  clipped: (shown: number) => `outside the scale: shown clipped as ${formatExact(shown)}`,
  rating: 'rating',
  predicted: 'predicted',
  error: 'error',
  truth: 'truth',
  truthError: 'error against it',

  shares: 'What adds up to it',
  mean: 'mean',
  userBias: 'user bias',
  itemBias: 'item bias',
  factor: (number: number) => `factor ${number}`,
  others: (count: number) => `${formatCount(count)} smaller`,
  sum: 'sum',
  arithmetic: 'arithmetic, not a reason',
  turned: ': turning P and Q together changes these and not the sum',

  next: 'Next update',
  nextGap: 'A gap is never visited: no update. Choose a rating to see its step.',
  nextHeldOut: 'A held-out rating is never visited: no update. Choose a seen rating to see its step.',
  nextWith: 'if this rating were visited now',
  nextNonNegative: 'Factors are kept non-negative: where a p or q came out below 0, it became 0.',
  nextAls:
    'ALS has no update for one rating. It solves the whole row of a user, and later that of an item, with everything else held: each is put where the objective is lowest.',
  nextMomentum: 'Momentum begins with the next epoch. From then on its velocities are written out here.',
  nextVelocity: 'first v, the velocity that each number carries on, then the number moved by it',
  nextAdam: 'Adam steps once for each batch. This rating’s part of the gradient, before it is averaged:',
  moreFactors: (count: number) => `and so on for ${formatCount(count)} more factors`,
};

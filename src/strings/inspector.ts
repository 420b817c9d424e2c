import { formatCount, formatExact } from './numbers.ts';

/** The inspector: one prediction, taken apart. */
export const inspector = {
  tabs: 'Inspector',
  inspect: 'Inspect',
  map: 'Map',
  similar: 'Similar',
  recommend: 'Recommend',
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
  allShares: (k: number) => `Show all ${formatCount(k)} factors`,
  largestShares: 'Show the largest factors only',
  arithmetic: 'arithmetic, not a reason',
  turned: ': turning P and Q together changes these and not the sum',
};

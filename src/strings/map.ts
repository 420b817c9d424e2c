import { formatCount, formatPrediction } from './numbers.ts';

const percent = (share: number) => `${Math.round(share * 100)} %`;

/** The inspector's map of users and items, and what is known of planted factors. */
export const map = {
  figure: 'Map',
  axes: 'Axes',
  factors: 'two factors',
  main: 'main axes',
  across: 'Across',
  up: 'Up',
  factor: (number: number) => `factor ${number}`,
  mainAxis: (number: number, share: number) => `axis ${number} (${percent(share)})`,
  mainMeaning:
    'The two directions in which the factors of the users and items shown differ most, with their share of the variance of these factors.',
  shownOf: (users: number, allUsers: number, items: number, allItems: number) =>
    `Shown are the ${formatCount(users)} users and ${formatCount(items)} items on the stage, of ${formatCount(allUsers)} and ${formatCount(allItems)}.`,
  toTruth: 'Truth: recovered factors, below',
  legendUser: 'user',
  legendItem: 'item',
  legendUnknown: 'no data',
  unknown: 'No data: the model sees no rating of it, so it lies where chance put it.',
  near: 'Near means alike only within one kind: users among users, items among items.',
  draw: 'Click chooses one; draw a line around several to list them.',
  loading: 'Drawing the first numbers.',
  outside: 'The chosen cell is not among the rows and columns on the stage.',
  projection: (user: string, item: string) => `Shadow of ${user} on ${item} × length of ${item}`,
  product: (shadow: number, length: number, product: number) =>
    `${formatPrediction(shadow)} × ${formatPrediction(length)} = ${formatPrediction(product)}`,
  projectionInPlane: (user: string, item: string) => `In this plane: shadow of ${user} on ${item} × length of ${item}`,
  noProjection: (item: string) => `${item} lies at the origin`,
  whole: 'This is p · q, the number that r̂ uses.',
  ofWhole: (k: number, dot: number) => `All ${formatCount(k)} factors: p · q = ${formatPrediction(dot)}, what r̂ uses.`,
  biases: 'The biases are added to it.',

  table: 'As a table',
  tableName: 'Places on the map',
  name: 'name',
  kind: 'kind',
  list: 'list',
  pick: (name: string) => `List ${name}`,
  choose: (name: string) => `Choose ${name}`,
  user: 'user',
  item: 'item',
  noData: 'no data',
  picked: (users: number, items: number) => {
    const parts = [
      ...(users > 0 ? [`${formatCount(users)} ${users === 1 ? 'user' : 'users'}`] : []),
      ...(items > 0 ? [`${formatCount(items)} ${items === 1 ? 'item' : 'items'}`] : []),
    ];
    return `Listed: ${parts.join(', ')}`;
  },
  pickedName: 'Listed',
  clear: 'Clear list',

  truth: 'Truth',
  truthWhat: 'This set was made from known factors. Learned ones are turned onto them as a whole, which changes no r̂.',
  truthFactor: 'planted factor',
  correlation: 'correlation, over users',
  truthError: (error: number) => `Off by ${percent(error)} of the length of the planted factors.`,
  truthOther: 'The model has other biases than the planted one, so factors may carry what biases carry there.',
  onGaps: (count: number) => `RMSE on ${formatCount(count)} gaps, against the truth`,
  onRatings: 'RMSE on ratings, against the truth',
  meanOnGaps: 'mean alone, on the gaps',
  noiseFloor: 'noise of the ratings',
  floorMeaning:
    'What was added to the truth to make ratings. No prediction meets new ratings better than this; the truth in the gaps it can meet better.',
};

import type { SpreadVerdict } from '../core/understand/ensemble.ts';
import { formatCount, formatExact, formatPrediction } from './numbers.ts';

const signed = (value: number) => `${value < 0 ? '' : '+'}${formatPrediction(value)}`;
const ratings = (count: number) => (count === 1 ? '1 rating' : `${formatCount(count)} ratings`);
const percent = (share: number) => `${Math.round(100 * share)} %`;

/** Inspect, taken further: how sure, because of which ratings, layers, rotation. */
export const understand = {
  loading: 'Loading.',
  noNumbers: 'The numbers of all users and items are on their way.',
  signed,

  howSure: 'How sure',
  howSureIntro: 'Two questions that are not the same. Each trains the study again, beside the run.',
  otherStarts: 'Other starts',
  otherStartsAsks: 'Would other random starts say the same?',
  oneFewer: 'One rating fewer',
  oneFewerAsks: 'Would it still say so without any one of the ratings?',
  models: 'Seeds',
  cancel: 'Cancel',
  progress: (what: string) => `${what}: progress`,
  trained: (done: number, all: number) => `${formatCount(done)} of ${formatCount(all)} trained`,
  waiting: 'waits for another one',
  canceled: 'Not all were trained; those that were are shown.',
  canceledAll: 'Canceled before any was trained.',
  asked: (epoch: number) => `Asked at epoch ${formatCount(epoch)}; the run stands elsewhere now.`,
  fewerSample: (asked: number, count: number) =>
    `A sample: ${formatCount(asked)} of ${ratings(count)}, at even distances.`,
  outdated: 'The study was changed since: run it again.',
  atMark: (epoch: number) => `at epoch ${formatCount(epoch)}, as far as this run`,
  atEnd: 'trained until nothing moves',
  atLimit: 'trained on, some as long as is allowed',
  settledRule: 'Until nothing moves: until a tenth more epochs improve the objective by less than one part in 100,000.',
  stillMoving: (count: number, epochs: number) =>
    `${formatCount(count)} ${count === 1 ? 'was' : 'were'} still moving at epoch ${formatCount(epochs)}, the last that is allowed.`,
  fromTo: (epoch: number, mark: { min: number; max: number }, end: { min: number; max: number }) =>
    `At epoch ${formatCount(epoch)} they say ${formatPrediction(mark.min)} … ${formatPrediction(mark.max)}; trained on, ${formatPrediction(end.min)} … ${formatPrediction(end.max)}.`,
  intervals: 'Intervals in R̂',
  intervalsOff: 'none',
  intervalsOf: 'Of models',
  moment: { mark: 'as far as this run', end: 'until nothing moves' },
  interval: 'nine of ten lie in',
  between: (low: number, high: number) => `${formatPrediction(low)} … ${formatPrediction(high)}`,
  histogram: (when: string, count: number, low: number, high: number, middle: number) =>
    `Histogram ${when}: ${formatCount(count)} predictions from ${formatPrediction(low)} to ${formatPrediction(high)}, median ${formatPrediction(middle)}`,
  verdict: {
    alike: 'All starts agree already: what varies is less than a hundredth of a rating step.',
    unfinished:
      'What varies is unfinished training: trained on, the starts come to one value. It says nothing about what the ratings leave open.',
    partly: 'Part of what varies is unfinished training; the rest stays however long it is trained.',
    lasting: 'What varies stays however long it is trained: the ratings allow more than one answer.',
    undecided: 'Some were still moving at the last epoch allowed, so what will last cannot be told yet.',
  } satisfies Record<SpreadVerdict, string>,
  vanished: (share: number) =>
    share >= 0.1
      ? `Training on takes away ${percent(share)} of the variance.`
      : share > -0.1
        ? 'Training on changes less than a tenth of the variance.'
        : 'Training on makes the starts differ more.',
  fewerVerdict: (low: number, high: number) =>
    `Without one rating or another this prediction moves between ${formatPrediction(low)} and ${formatPrediction(high)}. More training does not mend that; more ratings do.`,
  fewerNeedsTwo: 'It takes two seen ratings at least.',
  diverged: (count: number) => `${formatCount(count)} diverged and ${count === 1 ? 'is' : 'are'} left out.`,
  /** α is null where the optimizer has none. */
  allDiverged: (count: number, alpha: number | null) =>
    `${alpha === null ? 'With these settings' : `With α ${formatExact(alpha)}`} each of the ${formatCount(count)} diverges: there is nothing to compare.${alpha === null ? '' : ' A smaller α lets them settle.'}`,
  oneLeft: 'Fewer than two came to an end: there is nothing to compare.',

  because: 'Because of which ratings',
  side: 'Ratings of',
  sideUser: 'the user',
  sideItem: 'the item',
  weightsUser: (user: string) =>
    `With Q held, p is solved from ${user}’s own ratings, so r̂ is a weighted sum of them. Turning the factors changes no weight.`,
  weightsItem: (item: string) =>
    `With P held, q is solved from ${item}’s own ratings, so r̂ is a weighted sum of them. Turning the factors changes no weight.`,
  weightsTable: 'Weights of own ratings',
  ofItem: 'item',
  ofUser: 'user',
  rating: 'rating',
  restOff: 'less its mean and bias',
  weight: 'weight',
  contribution: 'adds',
  rest: 'mean and bias',
  smaller: (count: number) => `${formatCount(count)} smaller`,
  solved: { users: 'sum, p solved with Q as it stands', items: 'sum, q solved with P as it stands' },
  predictedNow: 'r̂ now',
  unfinished: { users: 'p is not there yet', items: 'q is not there yet' },
  whyUnfinished: {
    users:
      'Not there yet: so far is p from what these ratings ask for with Q as it stands, because training goes on, or because numbers of P or Q were typed over.',
    items:
      'Not there yet: so far is q from what these ratings ask for with P as it stands, because training goes on, or because numbers of P or Q were typed over.',
  },
  notTheEnd: {
    users:
      'The sum is not where training ends: Q goes on moving too, and weights and sum with it. Where r̂ comes to rest, How sure says.',
    items:
      'The sum is not where training ends: P goes on moving too, and weights and sum with it. Where r̂ comes to rest, How sure says.',
  },
  noOwn: 'No seen rating: there is nothing to weigh.',

  influence: 'Influence of every rating',
  influenceAsks: 'How would this prediction change if one rating had never been given?',
  influenceBridge:
    'Not the same as the weights above: those hold one side as it is, here everything is trained anew. A rating may add much to r̂ and change little when it is gone, because others take its place; one that adds little may have shaped the other side.',
  influenceElsewhere: (predicted: number) =>
    `The run says ${formatPrediction(predicted)}: on its way a rating, a setting or a number was changed, or it stands within an epoch. Here each is trained from the start with everything as it is now, so compare these with one another and not with the run.`,
  influenceRun: 'Retrain without each',
  influenceAll: (count: number, epochs: number) =>
    `Each of the ${ratings(count)} left out in turn, trained from the same start to epoch ${formatCount(epochs)}.`,
  influenceSample: (asked: number, count: number, epochs: number) =>
    `A sample: ${formatCount(asked)} of ${ratings(count)}, first those of this user and this item, then others at even distances; trained from the same start to epoch ${formatCount(epochs)}.`,
  influenceWhole: (predicted: number) => `With all of them r̂ is ${formatPrediction(predicted)}.`,
  influenceList: 'Ratings by influence',
  influenceMap: (user: string, item: string, value: number) =>
    `Influence of the ratings in R. Greatest: ${user}, ${item}, without it r̂ changes by ${signed(value)}`,
  influenceRow: (user: string, item: string, value: number) => `${user}, ${item}: ${formatExact(value)}`,
  influenceChange: 'change without it',
  influenceWithout: 'r̂ without it',
  influenceFirst: (shown: number, count: number) => `The ${formatCount(shown)} greatest of ${formatCount(count)}.`,
  influenceOnR: 'Show on R',
  influenceAtStart: 'Train first: at epoch 0 no rating has any influence.',

  layers: 'Layers',
  layersIntro: 'R̂ is a sum of simple layers: each is one column of P times one row of Qᵀ.',
  layerMean: 'mean μ',
  layerUserBias: 'user biases',
  layerItemBias: 'item biases',
  layer: (number: number) => `factor ${number}`,
  /** `value` is written as it is beside the picture. */
  layerPicture: (name: string, user: string, item: string, value: string) =>
    `Layer ${name}. ${user}, ${item}: ${value}`,
  layersSum: 'Sum of layers',
  layersSumPicture: (user: string, item: string, value: string) => `Sum of layers. ${user}, ${item}: ${value}`,
  layersSumIs: 'sum of the chosen layers',
  layersAll: 'All on: the sum is R̂.',
  layersSome: (off: number) => `${off === 1 ? 'One layer is' : `${formatCount(off)} layers are`} off.`,
  layersReset: 'All layers',
  layersMore: (more: number) => (more === 1 ? 'Show 1 more layer' : `Show ${formatCount(more)} more layers`),
  layersFewer: 'Show fewer layers',
  layersScale: (factors: string) => `Full color is ±${factors}.`,
  layersScales: (factors: string, others: string) =>
    `Full color is ±${factors} in layers of factors, ±${others} in those of mean and biases.`,

  rotation: 'Rotation',
  rotationIntro: 'Turns two factors of every user and every item together.',
  rotationKeeps: 'Each number in P and Q changes; no prediction does.',
  rotationFirst: 'Turn factor',
  rotationSecond: 'with factor',
  angle: 'Angle',
  angleField: 'Angle in degrees',
  degrees: (value: number) => `${formatExact(value)}°`,
  turnAway: (factor: number) => `Turn until the share of factor ${factor} is zero`,
  turnedTable: 'Factors before and after',
  before: 'before',
  after: 'turned',
  shareOf: (factor: number) => `share of factor ${factor}`,
  predicted: 'r̂',
  objective: 'objective',
  difference: 'difference',
  apply: 'Apply to the run',
  turnBack: 'Turn back',
  onlyOneFactor: 'With one factor there is nothing to turn it with. Choose k of 2 or more.',
  rotationMark: (first: number, second: number, degrees: string) =>
    `factors ${first} and ${second} turned by ${degrees}°`,
  adamNote: 'Adam’s memory of past gradients is not turned with them, so training on may take another path.',

  writeLabel: (name: string) => `${name}: new value`,
};

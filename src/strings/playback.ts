import { formatCount, formatExact, formatPrediction } from './numbers.ts';

type Speed =
  | { readonly unit: 'ratings'; readonly perSecond: number }
  | { readonly unit: 'epochs'; readonly perSecond: number }
  | { readonly unit: 'maximum' };

const plural = (count: number, one: string): string => `${formatCount(count)} ${count === 1 ? one : `${one}s`}`;

export const playback = {
  bar: 'Playback',
  train: 'Train',
  pause: 'Pause',
  /** Two halves of one name, so that a narrow bar can show the second alone. */
  stepRating: ['Step', 'one rating'],
  stepEpoch: ['Step', 'one epoch'],
  reset: 'Reset',
  more: 'More',
  moreControls: 'More playback controls',
  speed: 'Speed',
  speedText: (speed: Speed): string => {
    if (speed.unit === 'maximum') return 'as fast as possible';
    return `${plural(speed.perSecond, speed.unit === 'ratings' ? 'rating' : 'epoch')} a second`;
  },
  /** The same in the room of the bar. */
  speedShort: (speed: Speed): string =>
    speed.unit === 'maximum'
      ? 'maximum'
      : `${plural(speed.perSecond, speed.unit === 'ratings' ? 'rating' : 'epoch')}/s`,
  runTo: 'Run to epoch',
  run: 'Run',
  epoch: 'Epoch',
  rmseSeen: 'RMSE seen',
  rmseHeldOut: 'RMSE held out',
  within: (position: number, of: number, visit: 'rating' | 'batch' | 'row') =>
    `${visit} ${formatCount(position)} of ${formatCount(of)}`,
  epochMeaning: 'One epoch is one visit to every rating that the model sees.',
  rmseSeenMeaning:
    'Root mean squared error on the ratings that the model learns from: how far its predictions are off there, typically, in points of the scale. It can be small because the model learned them by heart.',
  rmseHeldOutMeaning:
    'The same error on ratings that the model has not seen. This says whether it learned anything beyond the ratings it was given.',
  meanAlone: 'mean alone',
  meanAloneMeaning:
    'The same ratings, each predicted by the mean of all seen ratings: the simplest guess. A model is worth having where it does better.',
  meanAloneFigure: (rmse: number) => formatPrediction(rmse),
  leaveOneOut: 'leave-one-out',
  leaveOneOutMeaning:
    'Nothing is held out, so every rating is left out once in turn: a model is trained without it, from the start and for as many epochs, and asked for it.',
  /** What stands behind the term: how many ratings were left out, and whether the run itself was trained otherwise. */
  leaveOneOutOf: (ratings: number, changedInMidRun: boolean) =>
    `, ${formatCount(ratings)}${changedInMidRun ? ', retrained as set now' : ''}`,
  whenPaused: ' when paused',
  /** Before that nothing is trained without a rating either. */
  onceTrained: ', from epoch 1 on',
  atEpoch: (epoch: number) => `at epoch ${formatCount(epoch)}`,
  seenBefore: (count: number) => `${formatCount(count)} trained on before`,
  seenBeforeMeaning:
    'Held out after training had seen them: the model still knows them, so the figure flatters until the run is reset.',

  narration: 'The update, step by step',
  narrationEmpty: 'A step of one rating, or a slow speed, writes the update out here.',
  narrationAls:
    'With ALS one step is one row: all numbers of a user, or of an item, are solved together. “Step one rating” takes one such step and tells it here.',
  narrationMomentum:
    'With momentum a step carries the steps before it along, so it is not retold here. Next update writes it out.',
  narrationAdam:
    'With Adam one step is one batch: the ratings of a batch move their numbers together, so it is not retold here. Next update writes it out. Adam counts the penalty β once for each number, not once for each rating: the same β weighs less.',
  steps: {
    pick: 'Pick a rating',
    predict: 'Predict it',
    error: 'Take the error',
    biases: 'Update the biases',
    p: 'Update p',
    q: 'Update q',
  },
  /** Under ALS: a row solved, in words. */
  solved: {
    pick: 'Pick a row',
    of: (name: string, side: 'users' | 'items', ratings: number) =>
      `${side === 'users' ? 'user' : 'item'} ${name}, with ${formatCount(ratings)} seen ${ratings === 1 ? 'rating' : 'ratings'}`,
    hold: (side: 'users' | 'items') =>
      `Hold everything else: with the numbers of all ${side === 'users' ? 'items' : 'users'} fixed, the objective of this row has one lowest point.`,
    solve: (numbers: number) =>
      numbers === 1 ? 'Put its number there' : `Put all its ${formatCount(numbers)} numbers there, at once`,
    error: 'What it comes to on its seen ratings',
    none: 'It has no seen rating, so nothing moves it.',
  },
  picked: (user: string, item: string) => `${user}, ${item}`,
  newP: 'with the p just written',
  oldP: 'with the old p',
  moreFactors: (shown: number, all: number) => `and ${formatCount(all - shown)} more factors the same way`,
  adamStep: (batch: number) =>
    `Adam moves p and q once a batch, by its ${formatCount(batch)} ratings’ mean gradient and the gradients before it.`,

  blewUp: (during: number, where: string | null, update: number | null) =>
    `Training blew up in epoch ${formatCount(during)}${where ? `, at the rating ${where}` : ''}${update === null ? '' : ` (visit ${formatCount(update)})`}.`,
  openRow: (row: string, during: number) => `ALS cannot solve the row of ${row} in epoch ${formatCount(during)}.`,
  fellBack: (epoch: number) => `It fell back to epoch ${formatCount(epoch)}; every rating and setting is kept.`,
  cause: {
    alpha: (value: number) =>
      `The learning rate α = ${formatExact(value)} is too large: each step overshoots farther than the last. Try a smaller one.`,
    beta: (value: number) =>
      `The regularization β = ${formatExact(value)} is too large for this α: it throws the factors past zero. Try a smaller one.`,
    rating: (where: string, value: number) =>
      `The rating ${where}: ${formatExact(value)} is too large for these settings. Make it a gap, or correct it.`,
    ratings: (count: number, magnitude: number) =>
      `${count === 1 ? 'One rating is' : `${formatCount(count)} ratings are`} too large for any learning rate: farther from 0 than ${formatExact(magnitude)}. Make ${count === 1 ? 'it a gap, or correct it' : 'them gaps, or correct them'}.`,
    openRow: (beta: number, unknowns: number, ratings: number) =>
      `At β = ${formatExact(beta)}, ${formatCount(unknowns)} numbers have no single best value from ${formatCount(ratings)} ${ratings === 1 ? 'rating' : 'ratings'}. A larger β settles them.`,
    start: (magnitude: number) =>
      `The start is too large for training: its numbers reach ${formatPrediction(magnitude)}. Begin with smaller ones.`,
  },
  mend: {
    alpha: (value: number) => `Set α to ${formatExact(value)} and train again`,
    beta: (value: number) => `Set β to ${formatExact(value)} and train again`,
    rating: (where: string) => `Make ${where} a gap and train again`,
    ratings: (count: number) =>
      count === 1 ? 'Make it a gap and train again' : `Make all ${formatCount(count)} gaps and train again`,
    start: 'Start between 0 and 1 and train again',
  },

  mendGoesOn: (epoch: number) => `Training then goes on from epoch ${formatCount(epoch)}.`,
  mendStartsOver: 'Training then starts over at epoch 0; Undo brings everything back.',

  worseThanMean: (model: number, mean: number) =>
    `On ratings it has not seen, this model (${formatPrediction(model)}) does worse than guessing the mean (${formatPrediction(mean)}).`,
  tryBiases: 'Try μ + biases, k 2, N(0, .1), α .01, β .2',
  startsOver: 'This starts the run over; Undo brings it back.',
};

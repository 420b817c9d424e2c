import { formatCount, formatExact } from './numbers.ts';

const count = (number: number, one: string): string => `${formatCount(number)} ${number === 1 ? one : `${one}s`}`;

/** Inspect, "Next update": one step of the optimizer with all its numbers, and the button that makes it. */
export const nextUpdate = {
  heading: 'Next update',
  gap: 'A gap is never visited: no update. Choose a rating to see its step.',
  gapAdam:
    'A gap is in no batch: no update of its own. Its p and q move all the same with every batch. Choose a rating to see its step.',
  heldOut: 'A held-out rating is never visited: no update. Choose a seen rating to see its step.',
  heldOutAdam:
    'A held-out rating is in no batch: no update of its own. Its p and q move all the same with every batch. Choose a seen rating to see its step.',
  with: 'if this rating were visited now',
  velocity: 'first v, the velocity that each number carries on, then the number moved by it',
  momentumWaits: 'Momentum begins with the next epoch. From then on its velocities are written out here.',
  adamWaits: 'Adam begins with the next epoch. From then on its steps are written out here.',
  trainingBatch: 'Training goes on, and every batch changes these numbers. Pause to see the next step written out.',
  trainingRow: 'Training goes on, and every epoch solves all rows. Pause to see the next one written out.',
  needsAll: 'The step needs the numbers of users and items that are not on the stage. They come when the run rests.',
  needsAllPast:
    'The step needs the numbers of users and items that are not on the stage, which are not at hand for the past. Return to the run to see its step.',

  waiting: 'Changed settings wait for the next epoch: this step goes by those of the epoch under way.',
  diverged: (during: number, epoch: number) =>
    `Training blew up in epoch ${formatCount(during)} and fell back to epoch ${formatCount(epoch)}. This is the update from there.`,
  stopped: (at: number, best: number) =>
    `The run stopped at epoch ${formatCount(at)} and went back to its best, epoch ${formatCount(best)}. This is the update from there.`,
  alphaZero: 'The schedule has brought α down to 0: nothing moves by it.',
  past: (epoch: number) => `With the numbers of epoch ${formatCount(epoch)}.`,

  /** What a batch is of. */
  batchOne: (batch: number, batches: number) =>
    `Batch size 1: this step takes this rating alone (batch ${formatCount(batch)} of ${formatCount(batches)} of the epoch).`,
  batchMany: (ratings: number, batch: number, batches: number) =>
    `This step takes the ${formatCount(ratings)} ratings of the batch that holds this cell (batch ${formatCount(batch)} of ${formatCount(batches)} of the epoch).`,
  batchLastOne: (batch: number, batches: number) =>
    `The batch that holds this cell is the last, of this rating alone (batch ${formatCount(batch)} of ${formatCount(batches)} of the epoch).`,
  batchTable: 'Ratings of the batch',
  rating: 'rating',
  moves: 'part of the gradient of',
  thisCell: 'this cell',
  adamOthers: 'The step moves every other number of P and Q as well, by the m it carries.',
  adamOthersBiases: 'The step moves every other number of P, Q and the biases as well, by the m they carry.',
  steps: 'steps of Adam, with this one',
  sumOfParts: (parts: number) => `sum of ${count(parts, 'part')}`,

  alsTurn: (side: 'users' | 'items', name: string, ratings: number) =>
    `It is the turn of the ${side}: the row of ${name} is solved from its ${count(ratings, 'seen rating')}, with all else held.`,
  alsGap: 'This cell is a gap, so it is not among them; its r̂ moves with the row.',
  alsHeldOut: 'This rating is held out, so it is not among them; its r̂ moves with the row.',
  alsEmpty: (side: 'users' | 'items', name: string) =>
    `It is the turn of the ${side}, and ${name} has no seen rating: the row stays as it is.`,
  alsRefused: (name: string, beta: number, ratings: number, unknowns: number) =>
    `The row of ${name} has no single best value: ${count(ratings, 'rating')} cannot settle ${count(unknowns, 'number')} at β ${formatExact(beta)}. A larger β settles them.`,
  alsTooLarge: 'The numbers of this row are too large to be solved.',
  alsLambda:
    'β/2 once for each of the n ratings of the row, as the objective counts it; it stands on the diagonal of A',
  alsRatings: 'Ratings of the row',
  alsSystem: 'The system A w = b',
  /** The name of the function in a formula. */
  max: 'max',
  alsClipped:
    'Non-negative factors: one after the other, each is put where the objective is lowest at 0 or above, with the others as they stand then.',
  old: 'old',
  new: 'new',

  showFactors: (all: number) => `Show all ${formatCount(all)} factors`,
  firstFactors: (shown: number, all: number) =>
    `The first ${formatCount(shown)} of ${formatCount(all)} factors stand here; the row is solved for all of them at once.`,
  showRatings: (all: number) => `Show all ${formatCount(all)} ratings`,
  showFewer: 'Show the first only',
  capped: (shown: number, all: number) => `The first ${formatCount(shown)} of ${formatCount(all)} stand here.`,

  doIt: 'Do this update',
  note: 'An extra visit, beside those of the epoch; it is marked on the curve and can be undone.',
  notePast: 'These are numbers of the past. Return to the run to make its update.',
  noteTraining: 'Training goes on. Pause to make the update that is written out.',
  noteTooLarge:
    'This update would make a number that is too large, so it cannot be made. A smaller α makes a smaller step.',
};

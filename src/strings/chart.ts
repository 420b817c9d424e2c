import { formatCount, formatReadout } from './numbers.ts';

type LossShown = 'rmse' | 'mae' | 'objective';

const NAMES: Record<LossShown, string> = { rmse: 'RMSE', mae: 'MAE', objective: 'objective' };

export const chart = {
  figure: 'Loss',
  lossShown: 'Loss shown',
  lossAxis: 'Loss axis',
  loss: NAMES,
  axis: { linear: 'linear', log: 'log' },
  showBaselines: 'Show baselines',
  title: 'Loss',
  meaning: {
    rmse: 'Root mean squared error: the square root of the mean of the squared errors. As large as a typical error, in points of the scale; large errors count more.',
    mae: 'Mean absolute error: the mean of the errors without their signs. One error of 2 counts as much as two errors of 1.',
    objective:
      'What training makes small: the squared errors of the seen ratings plus the penalty β on large numbers. It has no held-out side.',
  },
  curves: (loss: LossShown) => `Curves of ${NAMES[loss]} by epoch`,
  hint: 'Drag the playhead, or use its arrow keys, to go back.',
  epochs: 'epochs',
  seen: 'seen',
  heldOut: 'held out',
  objective: 'objective',
  meanAlone: 'mean alone',
  biasesOnly: 'biases only',
  biasesOnlyMeaning:
    'A model without factors: the mean of the seen ratings plus one bias for each user and each item. Factors are worth having where they do better on ratings not seen.',
  leaveOneOut: 'leave-one-out',
  /** The same at the edge of a narrow chart. */
  short: { meanAlone: 'mean', biasesOnly: 'biases', leaveOneOut: 'left out' },
  playhead: 'Playhead epoch',
  /** What the playhead says of the epoch it stands on. */
  at: (epoch: number, loss: LossShown, seen: number | null, heldOut: number | null, changes: readonly string[]) => {
    const figures =
      loss === 'objective'
        ? `objective ${formatReadout(seen)}`
        : `${NAMES[loss]} seen ${formatReadout(seen)}${heldOut === null ? '' : `, held out ${formatReadout(heldOut)}`}`;
    return `epoch ${formatCount(epoch)}: ${figures}${changes.length > 0 ? `; changed here: ${changes.join('; ')}` : ''}`;
  },
  epochAt: (epoch: number) => `epoch ${formatCount(epoch)}`,
  showing: (epoch: number, of: number) => `Showing epoch ${formatCount(epoch)} of ${formatCount(of)}`,
  trainOn: 'Train on from here',
  letGo: (later: number) =>
    `Training on lets ${later === 1 ? 'the later epoch' : `${formatCount(later)} later epochs`} go; Undo brings ${later === 1 ? 'it' : 'them'} back.`,
  back: (epoch: number) => `Back to epoch ${formatCount(epoch)}`,
  numbers: 'Loss as numbers',
  table: 'Loss by epoch',
  epoch: 'Epoch',
  changes: 'Changed in mid-run',
  noChanges: 'Nothing was changed in mid-run.',
  change: (epoch: number, label: string) => `epoch ${formatCount(epoch)}: ${label}`,
  tableOf: (rows: number, all: number) =>
    rows === all ? `All ${formatCount(all)} recorded epochs.` : `${rows} of ${formatCount(all)} recorded epochs.`,
};

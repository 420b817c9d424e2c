import { formatCount, formatExact, formatReadout } from './numbers.ts';

type LossShown = 'rmse' | 'mae' | 'objective';

const NAMES: Record<LossShown, string> = { rmse: 'RMSE', mae: 'MAE', objective: 'objective' };

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

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
  curves: (loss: LossShown, letGoAfter: number | null) =>
    `Curves of ${NAMES[loss]} by epoch${letGoAfter === null ? '' : `; paler after the best epoch, ${formatCount(letGoAfter)}: let go`}`,
  afterBest: 'after the best epoch; let go',
  letGoAt: (epoch: number) => `epoch ${formatCount(epoch)}, let go`,
  caption: {
    names: { crawling: 'Crawling', converging: 'Converging', oscillating: 'Oscillating', diverged: 'Diverged' },
    meaning: {
      crawling:
        'Steps are too small, or too few: the second half of the epochs won more than a quarter of all that was won, or RMSE seen has hardly moved.',
      converging:
        'Most was won early: the second half of the epochs won at most a quarter of all that was won, and hardly anything was lost on the way.',
      oscillating: 'Steps overshoot: more than a tenth of what RMSE seen had fallen rose again on the way.',
      diverged: 'Each step overshoots farther than the last, until a number is too large to be told.',
    },
    diverged: (epoch: number) => `in epoch ${formatCount(epoch)}; the run fell back before it.`,
    oscillating: (share: number) =>
      Number.isFinite(share)
        ? `RMSE seen gave back ${share < 10 ? `${percent(share)} of` : `${formatCount(Math.round(share))} times`} its fall on the way.`
        : 'RMSE seen never got below its start.',
    late: (share: number) =>
      share < 0.005
        ? 'by now settled; the second half of the epochs won less than 1 % of the fall in RMSE seen.'
        : `the second half of the epochs won ${percent(share)} of the fall in RMSE seen.`,
    still: 'RMSE seen has moved by less than 0.1 %.',
    tooEarly: (epochs: number) => `How the run goes stands here after ${epochs} epochs.`,
    unchanged: (epoch: number) =>
      `Too little has moved since the change at epoch ${formatCount(epoch)} to say how it goes.`,
    changedLately: (epochs: number, at: number) =>
      `How the run goes stands here ${epochs} epochs after the change at epoch ${formatCount(at)}.`,

    alpha: (alpha: number) => `α now ${formatExact(Number(alpha.toPrecision(3)))}`,
    inverse: 'falls like 1/t',
    step: (factor: number, epoch: number) => `× ${formatExact(factor)} at epoch ${formatCount(epoch)}`,
    zero: (epoch: number) => `0 at epoch ${formatCount(epoch)}`,
    restart: (epoch: number) => `starts again at epoch ${formatCount(epoch)}`,

    patience: (best: number, waited: number, patience: number) =>
      `best at epoch ${formatCount(best)}; ${formatCount(waited)} of ${formatCount(patience)} epochs without improvement`,
    trainedOn: (best: number, next: number) =>
      `best at epoch ${formatCount(best)}; trained on past its stop: without improvement it stops at epoch ${formatCount(next)}`,
    stopped: (at: number, best: number) =>
      `stopped at epoch ${formatCount(at)}; best at epoch ${formatCount(best)}, chosen by the held-out ratings: their error looks better than it is`,
    looks: 'stops early: looks at RMSE held out after each epoch',
    nothingHeldOut: 'cannot stop early: nothing is held out',

    updates: (perEpoch: number) => `updates: ${formatCount(perEpoch)} an epoch, as set now`,
    time: (milliseconds: number) =>
      `time: training alone, without drawing; ${formatExact(Number(milliseconds.toPrecision(2)))} ms an epoch as measured here`,
    noTime: 'time: not measured yet; it is once this page trains the run',
  },
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

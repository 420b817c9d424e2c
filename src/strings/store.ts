import { formatCount, formatExact, formatReadout } from './numbers.ts';

/** What the store says: names of undo steps, labels of marks on the curve, messages. */
export const store = {
  undoSetting: (name: string) => `change ${name}`,
  undoLoad: (name: string) => `load ${name}`,
  undoReset: 'reset',
  undoTrainFrom: (epoch: number) => `train on from epoch ${formatCount(epoch)}`,
  undoHoldOut: (percent: number) => `hold out ${formatExact(percent)} %`,
  undoMend: 'mend the run',
  wroteFactor: (letter: 'p' | 'q', name: string, factor: number, value: number) =>
    `${letter}(${name}) factor ${factor}: ${formatExact(value)}`,
  wroteBias: (name: string, value: number) => `b(${name}): ${formatExact(value)}`,
  visited: (user: string, item: string) => `one more visit: ${user} × ${item}`,
  visitedBatch: (user: string, item: string) => `one more step: the batch of ${user} × ${item}`,
  visitedRow: (name: string) => `one more solve: the row of ${name}`,
  markSetting: (name: string, from: string, to: string) => `${name} ${from} → ${to}`,
  markUndone: (label: string) => `undone: ${label}`,
  markRedone: (label: string) => `redone: ${label}`,
  alreadyPast: (epoch: number, asked: number) =>
    `Training is at epoch ${formatCount(epoch)}, past ${formatCount(asked)}. Drag the playhead back, or press Reset.`,
  nothingToTrain: 'There is no rating to train on. Type one, or return a held-out rating to training.',
  workerRestarted: (epoch: number) =>
    `The training worker stopped and was started again. Training goes on from epoch ${formatCount(epoch)}; nothing you typed is lost.`,
  workerGone:
    'The training worker stopped several times in a row, so training is paused. Your ratings and settings are kept. Reload the page to try again.',
  stoppedEarly: ({ at, best, rmse, rmseAt }: { at: number; best: number; rmse: number; rmseAt: number | null }) =>
    `Stopped at epoch ${formatCount(at)}: held out was best at epoch ${formatCount(best)} (${formatReadout(rmse)}${rmseAt === null ? '' : `; ${formatReadout(rmseAt)} when it stopped`}). P and Q are those of epoch ${formatCount(best)}. Train goes on past the stop.`,
  opened: (name: string) => `Opened ${name}. Undo brings back what was there.`,
  loaded: (name: string) => `Loaded ${name}. Undo brings back what was there.`,
  trainedFrom: (epoch: number) =>
    `Later epochs were let go; training goes on from epoch ${formatCount(epoch)}. Undo brings them back.`,
  bringBack: 'Bring it back',
  goesOnFromEnd: (latest: number, past: number) =>
    `Training goes on from epoch ${formatCount(latest)}, the latest. To train from epoch ${formatCount(past)} instead, drag the playhead there and choose “Train on from here”.`,
  actedAtEnd: (latest: number) => `The change acted where the run stands, at epoch ${formatCount(latest)}.`,
  retrainingRedone: 'A worker stopped while models were retrained; what it had is done again.',
  retrainedIsKept: 'What was retrained so far is kept. Ask again to do the rest.',
  undo: 'Undo',
  redo: 'Redo',
  commandTrainOrPause: 'Train or pause',
  showingPlay: 'Play is shown instead.',
  pageStays: 'What is on the page stays as it was; export it as a session file to be safe.',
};

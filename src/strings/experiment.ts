import type { Assignment, Setting, SettingValue } from '../core/experiment/axis.ts';
import type { Judging, Stop } from '../core/experiment/plan.ts';
import type { RunEnd } from '../core/experiment/run-result.ts';
import type { SettingName } from '../core/experiment/run-settings.ts';
import type { Caveat, CellSummary, EdgeOfAxis, PairedInterval, Verdict } from '../core/experiment/summary.ts';
import type { Problem } from '../core/problem.ts';
import { formatCount, formatExact, formatPrediction } from './numbers.ts';
import { describeProblem } from './problems.ts';

const SETTINGS: Record<Setting, string> = {
  k: 'Factors k',
  alpha: 'Learning rate α',
  beta: 'Regularization β',
  initScale: 'Start scale',
  batch: 'Batch size',
  holdOut: 'Hold out %',
  seen: 'Ratings seen %',
  optimizer: 'Optimizer',
  prediction: 'Prediction',
  update: 'Update',
  order: 'Visiting order',
};

const SYMBOLS: Record<Setting, string> = {
  ...SETTINGS,
  k: 'k',
  alpha: 'α',
  beta: 'β',
  initScale: 'start scale',
  batch: 'batch',
  holdOut: 'held out %',
  seen: 'seen %',
  optimizer: 'optimizer',
  prediction: 'prediction',
  update: 'update',
  order: 'order',
};

const VALUES: Record<string, string> = {
  sgd: 'SGD',
  adam: 'Adam',
  als: 'ALS',
  momentum: 'momentum',
  factors: 'P Qᵀ',
  'factors+biases': 'P Qᵀ + biases',
  'mean+factors+biases': 'μ + P Qᵀ + biases',
  sequential: 'sequential',
  simultaneous: 'simultaneous',
  'row-major': 'row by row',
  shuffled: 'shuffled',
};

/** Parts of a plan that a problem can be about. */
const PARTS: Record<string, string> = {
  ...SETTINGS,
  axes: 'Settings',
  judging: 'Judged by',
  repeats: 'Repeats',
  folds: 'Folds',
  innerFolds: 'Inner folds',
  epochs: 'Epochs',
  patience: 'Patience',
  watchShare: 'Watched %',
  search: 'Points',
  seeds: 'Seeds',
  runs: 'Runs',
};

function valueText(value: SettingValue): string {
  return typeof value === 'number' ? formatExact(value) : (VALUES[value] ?? value);
}

function assignmentText({ setting, value }: Assignment): string {
  return setting === 'optimizer' || setting === 'prediction'
    ? valueText(value)
    : `${SYMBOLS[setting]} ${valueText(value)}`;
}

function cellText({ assignments }: Pick<CellSummary, 'assignments'>): string {
  return assignments.map(assignmentText).join(', ');
}

function count(n: number, one: string, many: string): string {
  return `${formatCount(n)} ${n === 1 ? one : many}`;
}

function judging(of: Judging): string {
  switch (of.kind) {
    case 'hold-out':
      if (of.share === null) return 'the ratings held out in Play';
      return `${formatExact(of.share)} % held out${of.repeats > 1 ? `, ${count(of.repeats, 'draw', 'draws')}` : ''}`;
    case 'k-fold':
      return `${formatCount(of.folds)} folds`;
    case 'leave-one-out':
      return 'leave-one-out';
    case 'time-ordered':
      return `${count(of.folds, 'stretch', 'stretches')} of time`;
  }
}

function stop(of: Stop): string {
  switch (of.kind) {
    case 'epochs':
      return `${count(of.epochs, 'epoch', 'epochs')} each`;
    case 'settled':
      return `until settled, ${formatCount(of.limit)} epochs at most`;
    case 'early': {
      const watched =
        of.watchShare === null ? 'the left-out ratings' : `${formatExact(of.watchShare)} % of the training ratings`;
      return `early stopping on ${watched}, patience ${formatCount(of.patience)}, ${formatCount(of.limit)} epochs at most`;
    }
  }
}

function signed(x: number): string {
  return x < 0 ? `−${formatPrediction(-x)}` : `+${formatPrediction(x)}`;
}

function interval({ difference, low, high, ratings }: PairedInterval): string {
  return `${signed(difference)} (95 %: ${signed(low)} … ${signed(high)}, ${count(ratings, 'left-out rating', 'left-out ratings')})`;
}

function spread(x: number | null): string {
  return x === null ? '' : ` ± ${formatPrediction(x)}`;
}

/** "β 0.2, k 2: held-out RMSE 1.24 ± 0.08 over 20 seeds; the mean alone 1.72, biases only 1.79." */
function figure(best: CellSummary, baselines: Verdict['baselines']): string {
  const beside =
    baselines === null
      ? ''
      : `; the mean alone ${formatPrediction(baselines.mean)}, biases only ${formatPrediction(baselines.biases)}`;
  return `${cellText(best)}: held-out RMSE ${formatPrediction(best.mean ?? 0)}${spread(best.spreadOverSeeds)} over ${count(best.seeds, 'seed', 'seeds')}${beside}.`;
}

const CAVEATS: Record<Caveat, string> = {
  'best-of-many':
    'The best of many, judged by what chose it, looks better than it is; nested selection gives the honest figure.',
  'stop-watched-judges': 'Early stopping watched the ratings that judge, so the figures look better than they are.',
  'same-budget':
    'All runs had the same epochs, so a learning rate is judged together with how far it got; train to the same stopping rule to tell them apart.',
  diverged: 'Combinations with a run that diverged are left out.',
  'few-ratings': 'With so few left-out ratings the intervals are rough.',
  'one-seed': 'One seed only: nothing is known about luck.',
};

/** What the verdict says, sentence by sentence; never a winner inside the noise. */
function verdict({
  best,
  baselines,
  againstNext,
  againstMean,
  againstBiases,
  alike,
  clearWinner,
  nested,
  caveats,
}: Verdict): string[] {
  if (best === null) return ['No combination came out whole, so there is nothing to judge.'];
  const sentences = [figure(best, baselines)];
  if (againstNext !== null) {
    const { next, interval: between } = againstNext;
    sentences.push(
      clearWinner
        ? `It is better than the next, ${cellText(next)}, by more than the noise: ${interval(between)}.`
        : between.clear
          ? `Beside the next, ${cellText(next)}: ${interval(between)}.`
          : `It cannot be told from the next, ${cellText(next)}: ${interval(between)}.`,
    );
  }
  if (alike.length > 1) {
    sentences.push(`${count(alike.length, 'combination', 'combinations')} cannot be told from it: there is no winner.`);
  }
  if (againstMean !== null) {
    const { clear, high } = againstMean;
    const told = clear ? (high < 0 ? 'better than' : 'worse than') : 'not told from';
    sentences.push(`It is ${told} the mean alone: ${interval(againstMean)}.`);
  }
  if (againstBiases !== null && !(againstBiases.clear && againstBiases.high < 0)) {
    const told = againstBiases.clear ? 'worse than' : 'not told from';
    sentences.push(`It is ${told} biases only: ${interval(againstBiases)}.`);
  }
  if (nested !== null) {
    sentences.push(
      `Choosing the best on other ratings and judging it on these gives ${formatPrediction(nested.rmse)}${spread(nested.spreadOverSeeds)}.`,
    );
  }
  return [...sentences, ...caveats.map((caveat) => CAVEATS[caveat])];
}

const ENDED: Record<RunEnd, string> = {
  limit: 'all epochs',
  settled: 'settled',
  stopped: 'stopped early',
  diverged: 'diverged',
};

/** Names of what differs between runs, in the table and beside each other. */
const NAMES: Record<SettingName, string> = {
  dataset: 'Data',
  ...SETTINGS,
  init: 'Initialization',
  seed: 'Seed',
  schedule: 'Schedule',
  nonNegative: 'Non-negative',
  judging: 'Judged by',
  stop: 'Stop',
};

/** Sweeps, runs and what they say. */
export const experiment = {
  settings: SETTINGS,
  symbols: SYMBOLS,
  settingNames: NAMES,
  value: valueText,
  assignment: assignmentText,
  cell: cellText,
  judging,
  stop,
  ended: ENDED,
  interval,
  verdict,
  caveats: CAVEATS,
  statuses: {
    planned: 'Waiting',
    running: 'Running',
    paused: 'Paused',
    canceled: 'Canceled',
    failed: 'Stopped by an error',
    done: 'Done',
  },
  progress: (done: number, total: number) => `${formatCount(done)} of ${count(total, 'run', 'runs')}`,
  secondsLeft: (seconds: number) =>
    seconds < 1
      ? 'less than a second left'
      : seconds < 90
        ? `about ${count(Math.round(seconds), 'second', 'seconds')} left`
        : `about ${count(Math.round(seconds / 60), 'minute', 'minutes')} left`,
  extend: (axisName: string, { beyond, side }: EdgeOfAxis) =>
    `The best lies on the edge: extend ${axisName} ${side === 'low' ? 'down' : 'up'} to ${formatExact((side === 'low' ? beyond[0] : beyond.at(-1)) ?? 0)}`,
  keptRun: (n: number, name: string, epochs: number) => `Run ${formatCount(n)}: ${name}, epoch ${formatCount(epochs)}`,
  runOfSweep: (sweep: string, what: string, seed: number) => `${sweep}: ${what}, seed ${formatExact(seed)}`,
  undoDelete: (n: number) => `delete ${count(n, 'run', 'runs')}`,
  undoDeleteSweep: (name: string) => `delete ${name}`,
  openedRun: (name: string) => name,
  workerRedone: 'A worker stopped during the sweep; its runs are done again, nothing is lost.',
  sweepFailed: 'The sweep is paused there; what is done is kept. Resume tries the rest again.',
  notOpened: 'This run was changed on its way, so only the epoch that was kept can be opened.',
  storageFailed: 'Runs are kept on this page, but a reload would lose the latest ones.',
  damaged: 'Runs of last time could not be read; they were put aside, not deleted.',
};

/** A problem of a plan, with the name of what it is about. */
export function describePlanProblem(problem: Problem): string {
  const { where } = problem;
  return describeProblem(where === undefined ? problem : { ...problem, where: PARTS[where] ?? where });
}

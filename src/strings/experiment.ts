import type { Dataset } from '../core/dataset.ts';
import type { Assignment, Setting, SettingValue } from '../core/experiment/axis.ts';
import type { Judging, Stop } from '../core/experiment/plan.ts';
import type { FoldEnds, RunEnd } from '../core/experiment/run-result.ts';
import type { SettingName } from '../core/experiment/run-settings.ts';
import type { Caveat, CellSummary, EdgeOfAxis, PairedInterval, Verdict } from '../core/experiment/summary.ts';
import type { Problem } from '../core/problem.ts';
import { formatDifference, formatError, formatSpread } from './errors-of-runs.ts';
import { formatCount, formatExact } from './numbers.ts';
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

function interval({ difference, low, high, ratings }: PairedInterval): string {
  const { told, low: from, high: to } = formatDifference(difference, low, high);
  return `${told} (95 %: ${from} … ${to}, ${count(ratings, 'left-out rating', 'left-out ratings')})`;
}

function spread(x: number | null, error: number): string {
  return x === null ? '' : ` ± ${formatSpread(x, error)}`;
}

/** "β 0.2, k 2: held-out RMSE 1.240 ± 0.080 over 20 seeds; the mean alone 1.723, biases only 1.795." */
function figure(best: CellSummary, baselines: Verdict['baselines']): string {
  const beside =
    baselines === null
      ? ''
      : `; the mean alone ${formatError(baselines.mean)}, biases only ${formatError(baselines.biases)}`;
  const mean = best.mean ?? 0;
  return `${cellText(best)}: held-out RMSE ${formatError(mean)}${spread(best.spreadOverSeeds, mean)} over ${count(best.seeds, 'seed', 'seeds')}${beside}.`;
}

/** Where another seed moves the next best by more than the two differ. */
function seedsAlone({ spreadOverSeeds, mean }: CellSummary, { difference }: PairedInterval): string {
  return spreadOverSeeds === null || spreadOverSeeds <= Math.abs(difference)
    ? ''
    : `, which seeds alone move by ± ${formatSpread(spreadOverSeeds, mean ?? 0)}`;
}

/** "3 left-out ratings are too few to tell" */
function tooFew({ ratings }: PairedInterval): string {
  return `${count(ratings, 'left-out rating is', 'left-out ratings are')} too few to tell`;
}

/** The difference with its interval, or without where there are too few ratings for one. */
function evidence(of: PairedInterval): string {
  return of.enough ? interval(of) : `${formatDifference(of.difference, of.low, of.high).told}, but ${tooFew(of)}`;
}

/** How the best comes out beside predicting without factors: a worse one is called so, whether or not it may be luck. */
function besideBaseline(of: PairedInterval, name: string): string {
  const worse = of.difference > 0;
  const told = of.clear
    ? `It is ${worse ? 'worse' : 'better'} than ${name}`
    : !of.enough
      ? `Beside ${name}`
      : worse
        ? `It comes out worse than ${name}, though that may be luck`
        : `It cannot be told from ${name}`;
  return `${told}: ${evidence(of)}.`;
}

/** The same of what nested selection chose: the honest one of the two. */
function chosenBeside(of: PairedInterval): string {
  const told = besideBaseline(of, 'the mean alone');
  return `So chosen, ${told.charAt(0).toLowerCase()}${told.slice(1)}`;
}

/** The same in a few words. */
function brieflyBeside(of: PairedInterval, name: string, error: number): string {
  const beside = `${name} (${formatError(error)})`;
  if (of.clear) return `${of.difference > 0 ? 'worse' : 'better'} than ${beside}`;
  return of.difference > 0 ? `worse than ${beside}, which may be luck` : `not told from ${beside}`;
}

/** Whether the best is a winner, in a few words. */
function brieflyAmong({ best, againstNext, alike, compared, clearWinner, rivals }: Verdict): string {
  const nearest = `the ${formatCount(compared)} nearest`;
  if (clearWinner) return `better than ${rivals > compared ? nearest : 'all others'} by more than the noise`;
  if (againstNext !== null && !againstNext.interval.enough) return `no winner: ${tooFew(againstNext.interval)}`;
  if (alike.length > 0) {
    const others =
      rivals > compared ? `${formatCount(alike.length)} of ${nearest}` : count(alike.length, 'other', 'others');
    return `no winner: ${others} cannot be told from it`;
  }
  return best?.seeds === 1 ? 'better on these ratings, but from one seed' : 'better than its rivals';
}

/** The verdict in one line: what came out best, whether it is a winner, and whether it is any better than no factors. */
function brief(verdict: Verdict): string {
  const { best, baselines, againstMean, againstBiases, lastStep, rivals } = verdict;
  if (best === null) return 'No combination came out whole, so there is nothing to judge.';
  const mean = best.mean ?? 0;
  const parts = [`${cellText(best)}, held-out RMSE ${formatError(mean)}${spread(best.spreadOverSeeds, mean)}`];
  if (lastStep === null && rivals > 0) parts.push(brieflyAmong(verdict));
  if (baselines !== null) {
    if (againstMean !== null) parts.push(brieflyBeside(againstMean, 'the mean alone', baselines.mean));
    if (againstBiases !== null) parts.push(brieflyBeside(againstBiases, 'biases only', baselines.biases));
  }
  return `${lastStep === null ? 'Best' : 'With the most ratings'}: ${parts.join('; ')}.`;
}

/** The end of a learning curve: what the last ratings brought. */
function lastStepText({ best, lastStep }: Verdict): string[] {
  if (best === null || lastStep === null) return [];
  const { first, before, interval: step } = lastStep;
  const from = cellText(before);
  const told = !step.enough
    ? `The last step, from ${from}`
    : !step.clear
      ? `The last step, from ${from}, cannot be told from the noise`
      : `The last step, from ${from}, ${step.difference < 0 ? 'helped' : 'did not help'}`;
  return [
    `From ${cellText(first)} to ${cellText(best)} it goes from ${formatError(first.mean ?? 0)} to ${formatError(best.mean ?? 0)}.`,
    `${told}: ${evidence(step)}.`,
  ];
}

/** Of the best and the next. */
function besideNext({ againstNext, clearWinner }: Verdict): string[] {
  if (againstNext === null) return [];
  const { next, interval: between } = againstNext;
  const name = `the next, ${cellText(next)}`;
  const told = clearWinner
    ? `It is better than ${name}, by more than the noise`
    : between.clear
      ? between.seeds === 1
        ? `It is better than ${name}, on these ratings, but from one seed`
        : `It is better than ${name}`
      : between.enough
        ? `It cannot be told from ${name}${seedsAlone(next, between)}`
        : `Beside ${name}`;
  return [`${told}: ${evidence(between)}.`];
}

/** Of all that cannot be told from the best; not all are compared where there are many. */
function alikeText({ alike, againstNext, compared, rivals }: Verdict): string[] {
  if (alike.length < 2 || againstNext?.interval.enough === false) return [];
  const counted =
    rivals > compared
      ? `${formatCount(alike.length)} of the ${formatCount(compared)} nearest, which alone were compared,`
      : count(alike.length, 'combination', 'combinations');
  return [`${counted} cannot be told from it: there is no winner.`];
}

/** How the intervals were made; '' where there are none. */
function method(of: PairedInterval | null): string[] {
  if (of === null || !of.enough) return [];
  return [
    of.seeds > 1
      ? 'The intervals draw both the left-out ratings and the seeds anew, with repeats (bootstrap), and are widened for how few there are.'
      : 'The intervals draw the left-out ratings anew, with repeats (bootstrap), and are widened for how few there are; the luck of the seed is not in them.',
  ];
}

const CAVEATS: Record<Caveat, string> = {
  'best-of-many':
    'The best of many, judged by what chose it, looks better than it is; nested selection gives the honest figure.',
  'stop-watched-judges': 'Early stopping watched the ratings that judge, so the figures look better than they are.',
  'same-budget':
    'All runs had the same epochs, so a learning rate is judged together with how far it got; train to the same stopping rule to tell them apart.',
  'fewer-updates':
    'All runs had the same epochs, and an epoch of fewer ratings is fewer updates: part of the fall is more training. Train to the same stopping rule to see that of the ratings alone.',
  'other-penalty':
    'The same β is another penalty with Adam: it counts once for each number learned, with the others once for each rating. So Adam is not beside them on equal terms; vary β too, and compare each at its best.',
  diverged: 'Combinations with a run that diverged are left out.',
  'few-ratings': 'With so few left-out ratings the intervals are rough.',
  'too-few-ratings':
    'Fewer than 8 left-out ratings tell nothing apart, whatever the figures say; leave more out, or each one in turn.',
  'one-seed': 'One seed only: from another start it may come out otherwise.',
};

/** What the verdict says, sentence by sentence: what is worse than no factors first, and never a winner inside the noise. */
function verdict(of: Verdict): string[] {
  const { best, baselines, againstMean, againstBiases, nested, caveats } = of;
  if (best === null) return ['No combination came out whole, so there is nothing to judge.'];
  const beside = [
    { against: againstMean, name: 'the mean alone' },
    { against: againstBiases, name: 'biases only' },
  ].flatMap(({ against, name }) => (against === null ? [] : [{ against, text: besideBaseline(against, name) }]));
  const isWorse = (against: PairedInterval) => against.clear && against.difference > 0;
  return [
    figure(best, baselines),
    ...beside.filter(({ against }) => isWorse(against)).map(({ text }) => text),
    ...lastStepText(of),
    ...besideNext(of),
    ...alikeText(of),
    ...beside.filter(({ against }) => !isWorse(against)).map(({ text }) => text),
    ...(nested === null
      ? []
      : [
          `Choosing the best on other ratings and judging it on these gives ${formatError(nested.rmse)}${spread(nested.spreadOverSeeds, nested.rmse)}.`,
          ...(nested.againstMean === null ? [] : [chosenBeside(nested.againstMean)]),
        ]),
    ...method(againstMean ?? of.againstNext?.interval ?? null),
    ...caveats.map((caveat) => CAVEATS[caveat]),
  ];
}

const ENDED: Record<RunEnd, string> = {
  limit: 'all epochs',
  settled: 'settled',
  stopped: 'stopped early',
  diverged: 'diverged',
};

/** How a run ended: "settled", or, where its folds ended differently, "4 settled, 1 all epochs". */
function endedText({ ended, ends }: { readonly ended: RunEnd; readonly ends?: FoldEnds | null }): string {
  if (ends === null || ends === undefined) return ENDED[ended];
  const order: readonly RunEnd[] = ['settled', 'stopped', 'limit', 'diverged'];
  return order.flatMap((end) => (ends[end] === 0 ? [] : [`${formatCount(ends[end])} ${ENDED[end]}`])).join(', ');
}

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
interface FoldsTold {
  readonly folds: number;
  /** From 0. */
  readonly diverged: readonly number[];
  readonly ratings: number;
  readonly rmse: number | null;
}

/** "fold 3 diverged, so ", "all folds diverged, so "; nothing where none did. */
function divergedFolds(folds: number, diverged: readonly number[]): string {
  const [first = 0] = diverged;
  if (diverged.length === 0) return '';
  if (diverged.length === folds) return 'all folds diverged, so ';
  return diverged.length === 1 ? `fold ${first + 1} diverged, so ` : `${diverged.length} folds diverged, so `;
}

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
  endedText,
  interval,
  verdict,
  brief,
  /** Beside a sweep that has not all its runs: nothing is judged yet. */
  soFar: (whole: number, of: number, best: CellSummary | null, rests = false) =>
    `So far ${formatCount(whole)} of ${count(of, 'combination', 'combinations')}${
      best?.mean == null ? '' : `, the least ${formatError(best.mean)} at ${cellText(best)}`
    }; ${rests ? 'Resume runs the rest, then comes the verdict' : 'the verdict comes when all have run'}.`,
  /** "Notebook, 6 × 4 · 16 ratings" */
  dataset: ({ name, users, items, ratings }: Dataset) =>
    `${name}, ${formatCount(users.length)} × ${formatCount(items.length)} · ${count(ratings.value.length, 'rating', 'ratings')}`,
  caveats: CAVEATS,
  statuses: {
    planned: 'Waiting',
    running: 'Running',
    paused: 'Paused',
    canceled: 'Canceled',
    failed: 'Stopped by an error',
    done: 'Done',
  },
  /** In the place of a status: the sweep of another tab of this browser. */
  elsewhere: 'Running in another tab',
  elsewhereNote: 'Its results follow here. Pause or cancel it there; when that tab is closed, it goes on here.',
  elsewhereOnly: 'Another tab runs this sweep: change it there, or close that tab first.',
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
  numbered: (name: string, n: number) => `${name} (${formatCount(n)})`,
  undoDelete: (n: number) => `delete ${count(n, 'run', 'runs')}`,
  undoDeleteSweep: (name: string) => `delete ${name}`,
  /** Said where Play is not seen: its own step was taken back, or made again. */
  undoneInPlay: (what: string) => `Undone in Play: ${what}.`,
  redoneInPlay: (what: string) => `Redone in Play: ${what}.`,
  openedRun: (name: string) => name,
  /** "α × β: α 0.01, β 0.2, seed 42 (one of 3 seeds)" */
  openedSeed: (name: string, seeds: number) => `${name} (one of ${formatCount(seeds)} seeds)`,
  openedFold: (name: string, fold: number, folds: number) =>
    `${name}, fold ${formatCount(fold)} of ${formatCount(folds)}`,
  /** In Play, beside a fold of a run: the table's figure is of all folds. */
  foldShown: (name: string, { folds, ratings, rmse, diverged }: FoldsTold) => ({
    before: `${name}: fold`,
    after: `of ${formatCount(folds)}; ${
      rmse === null
        ? `${divergedFolds(folds, diverged)}all together came to no figure.`
        : `all ${count(ratings, 'left-out rating', 'left-out ratings')} together: RMSE ${formatError(rmse)}.`
    }`,
  }),
  openedDiverged: (run: string) => `${run} (this run diverged)`,
  foldField: 'Fold in Play',
  workerRedone: 'A worker stopped during the sweep; its runs are done again, nothing is lost.',
  sweepFailed: 'The sweep is paused there; what is done is kept. Resume tries the rest again.',
  notOpened: 'This run was changed on its way, so only the epoch that was kept can be opened.',
  storageFailed: 'Runs are kept on this page, but a reload would lose the latest ones.',
  damaged: 'Runs of last time could not be read; they were put aside, not deleted.',
};

/** The same led by the name of what it is about, for a message that stands elsewhere. */
export function namePlanProblem(problem: Problem): string {
  const { where = '' } = problem;
  const part = PARTS[where];
  return part === undefined ? describeProblem(problem) : `${part}: ${describeProblem({ ...problem, where: '' })}`;
}

/** A problem of a plan, with the name of what it is about. */
export function describePlanProblem(problem: Problem): string {
  const { where } = problem;
  return describeProblem(where === undefined ? problem : { ...problem, where: PARTS[where] ?? where });
}

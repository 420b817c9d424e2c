import type { CostEstimate } from '../core/experiment/cost.ts';
import type { RunEnd } from '../core/experiment/run-result.ts';
import type { Caveat, EdgeOfAxis } from '../core/experiment/summary.ts';
import { experiment } from './experiment.ts';
import { formatCount } from './numbers.ts';

const plural = (count: number, one: string, many: string) => `${formatCount(count)} ${count === 1 ? one : many}`;

function duration(seconds: number): string {
  if (seconds < 1) return 'under 1 s';
  if (seconds < 90) return `about ${Math.round(seconds)} s`;
  if (seconds < 5400) return `about ${Math.round(seconds / 60)} min`;
  return `about ${Math.round(seconds / 3600)} h`;
}

/** Experiment: its frame, the form of a sweep, how it goes, and what is made of it. */
export const sweepForm = {
  pageTitle: 'Experiment: sweeps and runs',
  sweepRegion: 'Sweep',
  pictureRegion: 'Results',
  runsRegion: 'Runs and comparison',
  tabs: 'What is drawn',
  sweepTab: 'Sweep',
  liveTab: 'Live map',

  title: 'Sweep',
  begin: 'Begin with',
  plans: {
    alphaBeta: 'α × β map',
    overK: 'Choose k',
    learningCurve: 'Learning curve',
    search: 'Search',
  },
  takeBack: (plan: string) => `Take back “${plan}”`,

  way: 'Values',
  ways: { grid: 'grid', random: 'random', 'quasi-random': 'quasi-random' },
  across: 'Across',
  down: 'Down',
  none: 'none',
  searched: 'Settings of the search',
  points: 'Combinations',

  /** Names of fields that belong to one setting. */
  ofSetting: (setting: string, field: string) => `${setting}: ${field}`,
  from: 'from',
  to: 'to',
  count: 'values',
  spacing: 'spacing',
  spacings: { evenly: 'evenly', log: 'log', listed: 'listed' },
  list: 'list',
  choices: 'choices',

  judging: 'Judge by',
  judges: {
    'held-out': 'held out in Play',
    'hold-out': 'hold-out',
    'k-fold': 'k-fold',
    'leave-one-out': 'leave-one-out',
    'time-ordered': 'time-ordered',
  },
  /** Beside a choice that cannot be taken. */
  because: (what: string, reason: string) => `${what} (${reason})`,
  noTimes: 'these ratings have no times',
  nothingHeldOut: 'nothing is held out',
  share: 'Share %',
  repeats: 'Repeats',
  folds: 'Folds',
  nested: 'Nested selection',
  nestedNote: 'judges the choice itself: inner folds choose, outer ones judge',
  innerFolds: 'Inner folds',

  seeds: 'Seeds',
  stop: 'Stop',
  stops: { epochs: 'after epochs', settled: 'until settled', early: 'early' },
  epochs: 'Epochs',
  limit: 'Epochs at most',
  patience: 'Patience',
  patienceNote: 'epochs without a lesser error',
  watched: 'Watch',
  watchedOptions: { judges: 'the ratings that judge', share: 'a share of the training ratings' },
  watchShare: 'Watched %',
  settledNote:
    'the same rule for all: the objective J, what training makes small, improves by less than one part in 100,000 while a tenth more epochs are trained',

  termsLead: 'What it means:',
  /** What a student may not know, with its meaning. */
  terms: {
    'held-out': [
      'held out in Play',
      'The ratings that Play holds out are never trained on; the error on them judges a run.',
    ],
    'hold-out': [
      'hold-out',
      'A share of the ratings is drawn and never trained on; the error on it judges a run. Repeats draw it anew.',
    ],
    'k-fold': [
      'k-fold',
      'The ratings are dealt into so many folds. Each is left out once while a run trains on the others; all together they judge.',
    ],
    'leave-one-out': [
      'leave-one-out',
      'Each rating is left out once, and a run trained on all others predicts it: as many folds as there are ratings.',
    ],
    'time-ordered': [
      'time-ordered',
      'Runs train on what came earlier and are judged by the stretch of time that follows, as in use.',
    ],
    seeds: [
      'seeds',
      'A seed fixes the random start. The same settings from several seeds tell how much of a result is luck.',
    ],
    nested: [
      'nested selection',
      'The best of many looks better than it is. Inner folds choose the best, and outer folds, which it never saw, judge it.',
    ],
    epochs: ['after epochs', 'All runs train for as many epochs, whether or not they have settled by then.'],
    settled: [
      'until settled',
      'A run has settled when a tenth more epochs improve its objective J by less than one part in 100,000.',
    ],
    early: [
      'early stopping',
      'A run ends when the watched ratings have not got better for so many epochs (its patience), and stands at its best epoch.',
    ],
    interval: [
      '95 %',
      'The left-out ratings and the seeds are drawn again and again; 95 % of the differences found so lie between the two ends.',
    ],
    told: [
      'cannot be told from',
      'With other ratings left out, or other seeds, the order might be the other way round: the interval holds 0.',
    ],
  } satisfies Record<string, readonly [term: string, meaning: string]>,

  fixed: 'Fixed, as in Play',
  name: 'Name',
  /** What a sweep is called that nobody named. */
  named: (symbols: readonly string[], search: boolean) =>
    `${search ? 'Search: ' : ''}${symbols.join(search ? ', ' : ' × ')}`,

  cost: ({ runs, seconds }: Pick<CostEstimate, 'runs' | 'seconds'>, workers: number) =>
    `${plural(runs, 'run', 'runs')}, ${duration(seconds)} on ${plural(workers, 'worker', 'workers')}`,
  costParts: ({ cells, seeds, folds }: Pick<CostEstimate, 'cells' | 'seeds' | 'folds'>) =>
    `${plural(cells, 'combination', 'combinations')} × ${plural(seeds, 'seed', 'seeds')} × ${plural(folds, 'fold', 'folds')}`,

  /** Buttons beside a setting that would do nothing. */
  putRight: {
    holdOut: 'Judge by hold-out',
    adam: 'Use Adam in Play',
    adamAlone: 'Use Adam in Play, and leave Optimizer out',
    sgd: 'Use SGD in Play',
    sgdAndMomentum: 'Tick SGD and momentum only',
  },

  start: 'Start sweep',
  pause: 'Pause',
  resume: 'Resume',
  cancel: 'Cancel',
  /** `first`: the first thing that is wrong with the plan. */
  problems: (first: string) => `Not started: ${first}`,
  fieldRefused: 'a field does not hold what it can take.',
  queued: (name: string) => `It waits until ${name} is through.`,

  progressOf: (name: string) => `${name}: runs done`,
  /** Said politely when a sweep comes to rest. */
  rests: (name: string, status: string, progress: string) => `${name}: ${status}, ${progress}.`,

  sweeps: 'Sweeps',
  noSweeps: 'None yet. Choose what to vary and start one.',
  entry: (status: string, done: number, total: number) =>
    done === total ? plural(total, 'run', 'runs') : `${status.toLowerCase()}, ${experiment.progress(done, total)}`,
  rename: 'Rename',
  newName: 'New name',
  keepName: 'Keep name',
  delete: 'Delete',
  renameOf: (name: string) => `Rename ${name}`,
  deleteOf: (name: string) => `Delete ${name}`,
  deleted: (name: string) => `${name} and its runs were deleted.`,
  undo: 'Undo',
  show: 'Fill in the form',
  showOf: (name: string) => `Fill in the form with ${name}`,

  verdict: 'Verdict',
  underJudgment: 'All runs are there; they are being judged.',
  judgedBy: (judging: string, stop: string) => `Judged by ${judging}; trained ${stop}.`,
  edge: (symbol: string, side: EdgeOfAxis['side']) =>
    `The best lies on the ${side === 'low' ? 'lower' : 'upper'} edge of ${symbol}: a better one may lie beyond, and the picture offers to extend it.`,
  /** Of the best, where the rule was to train until settled. */
  unsettledBest: (unsettled: number, total: number) =>
    `${formatCount(unsettled)} of ${plural(total, 'run', 'runs')} of the best never settled: it is judged by how far it got, and with more epochs another may be best.`,
  remedies: {
    'best-of-many': 'Judge the choice itself',
    'stop-watched-judges': 'Watch other ratings',
    'same-budget': 'Train to the same stopping rule',
    'fewer-updates': 'Train to the same stopping rule',
    'one-seed': 'Run from 5 seeds',
  } satisfies Partial<Record<Caveat, string>>,
  remedied: {
    'best-of-many': (name: string) => `${name}, nested`,
    'stop-watched-judges': (name: string) => `${name}, watching others`,
    'same-budget': (name: string) => `${name}, until settled`,
    'fewer-updates': (name: string) => `${name}, until settled`,
    'one-seed': (name: string) => `${name}, 5 seeds`,
  } satisfies Partial<Record<Caveat, (name: string) => string>>,

  noise: 'Why noise matters',
  noiseRows: { next: 'the next', mean: 'the mean alone', biases: 'biases only' },
  noiseCaption: (ratings: number, seeds: number) =>
    `Best less the other, in RMSE, over ${plural(ratings, 'left-out rating', 'left-out ratings')}${seeds > 1 ? ` and ${plural(seeds, 'seed', 'seeds')}` : ' from one seed'}, drawn again and again: 95 % of the differences lie on the bar. Left of 0 the best is better; a bar that holds 0 may be luck.`,
  noiseName: 'Paired intervals of the best beside the next, the mean alone and biases only',

  /** Which regime the runs ended in, where that can be told. */
  regimes: (ends: Readonly<Record<RunEnd, number>>, stop: 'epochs' | 'settled' | 'early') => {
    const parts: string[] = [];
    if (ends.settled > 0) parts.push(`${plural(ends.settled, 'run', 'runs')} converged`);
    if (ends.stopped > 0) parts.push(`${plural(ends.stopped, 'run', 'runs')} stopped early, at the best epoch`);
    if (stop !== 'epochs' && ends.limit > 0) {
      parts.push(
        `${plural(ends.limit, 'run', 'runs')} still ${stop === 'settled' ? 'crawling' : 'improving'} when the epochs were up`,
      );
    }
    if (ends.diverged > 0)
      parts.push(`${plural(ends.diverged, 'run', 'runs')} diverged: the learning rate was too large there`);
    return parts.join('; ');
  },
};

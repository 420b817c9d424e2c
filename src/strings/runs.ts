import { formatCount, formatExact, formatReadout } from './numbers.ts';

function counted(n: number, one: string): string {
  return `${formatCount(n)} ${n === 1 ? one : `${one}s`}`;
}

function count(n: number): string {
  return `${formatCount(n)} ${n === 1 ? 'run' : 'runs'}`;
}

/** Seconds from a second on, milliseconds below; "—" where it was not measured. */
function duration(milliseconds: number | null): string {
  if (milliseconds === null) return '—';
  return milliseconds >= 1000 ? `${(milliseconds / 1000).toPrecision(3)} s` : `${milliseconds.toPrecision(3)} ms`;
}

/** The runs table, runs side by side, and what Play shows of them. */
export const runs = {
  title: 'Runs',
  table: 'Runs',
  none: 'No runs yet. Keep one in Play with “Keep this run”, or start a sweep.',
  nothingFound: 'No run fits the filter.',
  shown: (shown: number, all: number) => (shown === all ? count(all) : `${formatCount(shown)} of ${count(all)}`),
  filter: 'Filter runs',
  filterHint: 'name, k=2, α 0.1 …',
  from: 'Runs from',
  fromAll: 'everywhere',
  fromPlay: 'Play',
  pinnedOnly: 'Pinned only',
  leaveOneOut: 'RMSE held out is leave-one-out: each rating predicted by a model that never saw it.',
  differs: 'Only settings that differ have a column.',
  columns: {
    select: 'Select',
    name: 'Run',
    seed: 'Seed',
    rmseHeldOut: 'RMSE held out',
    rmseSeen: 'RMSE seen',
    bestEpoch: 'Best epoch',
    epochs: 'Epochs',
    ended: 'Ended',
    milliseconds: 'Time',
    pin: 'Pin',
  },
  /** Under early stopping each fold has a best epoch of its own. */
  bestEpoch: (epoch: number | null, isMean = false) =>
    epoch === null ? '—' : isMean ? `mean ${formatCount(epoch)}` : formatCount(epoch),
  bestIsMean: 'Early stopping brought each fold back to its own best epoch: “mean” is the mean of theirs.',
  ofOneFold: 'Time is that of one training, the mean of the folds.',
  /** A figure with how it was had: "RMSE held out, leave-one-out". */
  judgedBy: (figure: string, judging: string) => `${figure}, ${judging}`,
  /** The same at the head of a column: two lines, of which neither breaks. */
  headJudgedBy: (figure: string, judging: string) =>
    `${figure.replaceAll(' ', '\u00a0')}, ${judging.replaceAll('-', '\u2011')}`,
  /** Of a run that was kept before its leave-one-out figure was there. */
  leaveOneOutAt: (epoch: number) =>
    `Leave-one-out lagged as it was kept: RMSE held out is that of epoch ${formatCount(epoch)}.`,
  /** Of a run of Play that stopped early and stands at its best epoch. */
  stoppedEarly:
    'Stopped early: the held-out ratings that judge it chose its epoch, so their error looks better than it is.',
  /** The same below a table in which some did. */
  someStoppedEarly:
    'Runs of Play that stopped early stand at the epoch that the held-out ratings chose, so their error looks better than it is.',
  duration,
  /** A run of a sweep, where its settings stand beside it. */
  number: (n: number) => `#${formatExact(n)}`,
  /** "Run 3" of "Run 3: Notebook, epoch 100"; a name that was given stays whole. */
  shortName: (name: string) => /^(Run [\d,]+): .+, epoch [\d,]+$/.exec(name)?.[1] ?? name,
  /** In full beside the short one, for those who hear it. */
  fullName: (short: string, name: string) => (name.startsWith(short) ? name : `${short}, ${name}`),
  meanAlone: 'mean alone',
  biasesOnly: 'biases only',
  select: (name: string) => `Select ${name}`,
  pin: (name: string) => `Pin ${name}`,
  baseline: 'baseline',
  details: (name: string) => `Details of ${name}`,
  selectAll: 'Select all that are shown',
  keys: 'Arrow keys move between cells, Enter opens, F2 renames, Delete deletes.',
  pinIt: 'Pin',
  deleteSelected: 'Delete selected',
  selected: (n: number) => `${count(n)} selected`,
  compare: 'Compare',
  compareNeedsTwo: 'Select two or more runs to compare them.',
  compareMost: (most: number) => `At most ${most} runs are compared at a time.`,
  delete: 'Delete',
  clearSelection: 'Clear selection',
  deleted: (n: number) => `${count(n)} deleted.`,
  undo: (what: string) => `Undo ${what}`,
  undone: (what: string) => `Undone: ${what}.`,
  export: 'Export runs',
  exports: { csv: 'Runs shown (.csv)', json: 'Runs shown, with curves (.json)' },
  rename: 'Rename',
  renameField: 'Name of the run',
  save: 'Save name',
  cancel: 'Cancel',
  nameStays: (name: string) => `The name stays “${name}”.`,
  makeBaseline: 'Make it the baseline',
  noBaseline: 'No longer the baseline',
  close: 'Close',
  openTitle: 'Open in Play',
  openEnd: (epoch: number) => `At its end, epoch ${formatCount(epoch)}`,
  openEndOfFold: 'At its end',
  /** Play says then in which epoch, and at which rating. */
  openDiverged: 'Where it diverged',
  openBest: (epoch: number) => `At its best, epoch ${formatCount(epoch)}`,
  openAt: 'Epoch to open',
  open: 'Open at this epoch',
  fold: 'Fold to open',
  foldsNote: (folds: number) =>
    `Judged on ${formatCount(folds)} folds. Its figures are of all left-out ratings together; Play holds one fold out and shows that fold’s own.`,
  changedNote: 'Changed on its way: only the epoch that was kept can be opened.',
  figures: (heldOut: number | null, seen: number | null) =>
    `RMSE held out ${formatReadout(heldOut)}, seen ${formatReadout(seen)}`,

  comparison: 'Compare',
  notComparing: 'Select two or more runs in the table and press Compare.',
  closeComparison: 'Close comparison',
  curvesAgainst: 'Curves against',
  against: { epochs: 'epochs', updates: 'updates', time: 'time' },
  axisUnit: { epochs: 'epochs', updates: 'updates', time: 'ms' },
  curvesTitle: 'Curves',
  curves: (against: string, ends: string) => `RMSE against ${against}. Where the curves end: ${ends}.`,
  nothingDrawn: 'No run has a curve to draw here.',
  seen: 'seen',
  heldOut: 'held out',
  notMeasured: (names: string, against: 'epochs' | 'updates' | 'time') =>
    `Not drawn, because ${against} ${against === 'time' ? 'was' : 'were'} not recorded: ${names}.`,
  /** Under curves against updates or time, of runs that were judged on several folds. */
  curvesOfOneFold: (names: string, against: 'updates' | 'time') =>
    `${names}: ${against === 'time' ? 'the time' : 'the updates'} of one training, the mean of the folds.`,
  noCurve: (names: string) => `No curve was kept: ${names}.`,
  settingsTable: 'Settings that differ, and figures',
  noDifferences: 'No setting differs.',
  setting: 'Setting',
  predictionsTitle: 'Predictions',
  noPredictions: (run: string, diverged: boolean) =>
    diverged
      ? `${run} diverged, so it has no predictions.`
      : `${run} has no predictions to show: nothing was learned, or R̂ is too large.`,
  training: 'Training the runs again for their predictions …',
  failed: 'The runs could not be trained again. Close the comparison and compare once more.',
  foldsTrainedOnAll: (names: string) =>
    `${names}: judged on several folds, so for R̂ it is trained once on all ratings.`,
  otherCells: (users: number, items: number) =>
    `The runs are about different users or items. Compared on what they share: ${counted(users, 'user')} × ${counted(items, 'item')}.`,
  nothingShared: 'The runs share no user or no item, so their predictions cannot be compared.',
  windowed: (users: number, allUsers: number, items: number, allItems: number) =>
    `${formatCount(users)} of ${formatCount(allUsers)} users and ${formatCount(items)} of ${formatCount(allItems)} items: those whose predictions moved most.`,
  /** What a cell of R̂ is to the run. */
  cellKinds: { gap: 'gap', seen: 'seen in training', heldOut: 'held out' },
  matrix: (run: string) => `R̂ of ${run}`,
  difference: (before: string, after: string) => `Difference: ${after} − ${before}`,
  before: (run: string) => `Before, ${run}`,
  after: (run: string) => `After, ${run}`,
  differenceFrom: 'Difference from',
  differenceTo: 'to',
  noNumber: '—',
  scaleOfPredictions: (low: string, high: string) => `Color scale of R̂, ${low} to ${high}`,
  scaleOfDifference: (bound: string) => `Color scale of the difference, −${bound} to +${bound}`,
  movedTitle: 'Predictions that moved most',
  moved: (before: string, after: string) => `Predictions that moved most from ${before} to ${after}`,
  user: 'User',
  item: 'Item',
  change: 'Change',
  nothingMoved: 'No prediction moved.',

  keep: 'Keep this run',
  kept: (name: string) => `Kept: ${name}. It stands in Experiment, in the table of runs.`,
  pinKept: 'Pin it here',
  pinned: 'Pinned runs',
  unpin: 'Unpin',
  unpinRun: (name: string) => `Unpin ${name}`,
  /** The figure that runs are compared by. */
  pinnedFigure: (heldOut: number | null, seen: number | null, leaveOneOut = false) =>
    heldOut === null
      ? `seen ${formatReadout(seen)}`
      : `${leaveOneOut ? 'leave-one-out' : 'held out'} ${formatReadout(heldOut)}`,
  pinnedNoMae: 'Pinned runs keep no MAE; choose RMSE or objective to see them.',
  /** Behind the name of a pinned run whose error is of others than Play's. */
  otherRatings: 'other ratings',
  overFolds: (folds: number) => `over ${formatCount(folds)} folds`,
  /** Against updates or time, where a pinned run was judged on several folds. */
  pinnedOfOneFold: {
    updates: 'Over folds: the updates of one training, the mean of the folds.',
    time: 'Over folds: the time of one training, the mean of the folds.',
  },
  pinnedMore: (n: number) => `${count(n)} more pinned, not drawn.`,
};

import type { Study } from '../study.ts';
import { countKept } from '../thinning.ts';
import { type Assignment, axisValues, valueAt } from './axis.ts';
import { datasetOfSplit, foldCount, foldsOf, innerSplits, type Split, withSeenShare, withWatched } from './folds.ts';
import type { CellIndex, RunSpec, SweepPlan } from './plan.ts';
import { CURVE_DENSITY } from './run-result.ts';
import { searchPoints } from './search.ts';
import { sameStart, withAssignments } from './settings.ts';

/** Errors of single ratings that all runs of a plan keep together: 32 MB. */
export const ERROR_BUDGET = 4_000_000;
/** Numbers that all curves of a plan hold together. */
export const CURVE_BUDGET = 6_000_000;

/**
 * A plan, read: its combinations, and what every run is. Runs are numbered so that the first seed of all combinations comes
 * first, and the folds of one combination stand together:
 *
 *     index = (seed · cells + cell) · (folds · (1 + inner)) + fold · (1 + inner) + (0: the fold itself | 1 + inner fold)
 */
export interface PlannedRuns {
  readonly plan: SweepPlan;
  readonly cells: readonly (readonly Assignment[])[];
  /** Values along the first and the second axis of a grid; a search is one row. */
  readonly shape: readonly [number, number];
  readonly folds: number;
  /** Inner folds; 0 without nested selection. */
  readonly inner: number;
  /** Runs of one combination from one seed. */
  readonly runsOfSeed: number;
  readonly count: number;
  readonly splits: readonly Split[];
  spec(index: number): RunSpec;
  /** The index of a run; `inner` null: the fold itself. `seed`: its place in the plan's seeds. */
  indexOf(cell: CellIndex, seed: number, fold: number, inner: number | null): number;
  /** The run of a split that measures the baselines there: the first one. */
  firstWithSplit(split: number): number;
  /** Every so many-th left-out rating is kept with its error, so that all of them together stay within ERROR_BUDGET. */
  readonly errorStride: number;
  /** Whether curves are kept: together within CURVE_BUDGET. */
  readonly keepsCurves: boolean;
  /** Which split a run of that combination has. */
  splitOf(cell: CellIndex, fold: number, inner: number | null): number;
}

function cellsOf({ axes, search }: SweepPlan): readonly (readonly Assignment[])[] {
  if (search !== null) {
    return searchPoints(search, axes.length).map((point) =>
      axes.map((axis, at) => ({ setting: axis.setting, value: valueAt(axis, point[at] ?? 0) })),
    );
  }
  // The first axis runs fastest.
  return axes.reduce<readonly (readonly Assignment[])[]>(
    (cells, axis) =>
      axisValues(axis).flatMap((value) => cells.map((cell) => [...cell, { setting: axis.setting, value }])),
    [[]],
  );
}

function numberOf(cell: readonly Assignment[], setting: Assignment['setting']): number | null {
  const value = cell.find((assignment) => assignment.setting === setting)?.value;
  return typeof value === 'number' ? value : null;
}

/** The splits of one share held out and one share seen, folds and inner folds in the order of the runs. */
function splitsOf(plan: SweepPlan, holdOut: number | null, seen: number | null): Split[] {
  const { study, judging, splitSeed, stop, innerFolds } = plan;
  const { ratings } = study.dataset;
  const whole = foldsOf(study.dataset, judging, splitSeed, holdOut).flatMap((split, fold) => {
    const shown = seen === null ? split : withSeenShare(ratings, split, seen, splitSeed, fold);
    return innerFolds === null ? [shown] : [shown, ...innerSplits(ratings, shown, innerFolds, splitSeed, fold)];
  });
  const share = stop.kind === 'early' ? stop.watchShare : null;
  return share === null ? whole : whole.map((split, at) => withWatched(ratings, split, share, splitSeed, at));
}

const known = new WeakMap<SweepPlan, PlannedRuns>();

/** Reads a plan that is sound (`checkPlan`); once for each plan, as many ask. */
export function readPlan(plan: SweepPlan): PlannedRuns {
  const before = known.get(plan);
  if (before !== undefined) return before;
  const runs = readAnew(plan);
  known.set(plan, runs);
  return runs;
}

function readAnew(plan: SweepPlan): PlannedRuns {
  const { study, axes, search, seeds, judging, stop, innerFolds } = plan;
  const cells = cellsOf(plan);
  const [first, second] = axes;
  const shape =
    search === null && first !== undefined
      ? ([axisValues(first).length, second === undefined ? 1 : axisValues(second).length] as const)
      : ([cells.length, 1] as const);
  const folds = foldCount(judging, study.dataset.ratings.value.length);
  const inner = innerFolds ?? 0;
  const runsOfSeed = folds * (1 + inner);
  const splits: Split[] = [];
  const firstSplits = new Map<string, number>();
  const firstSplitOf = cells.map((cell) => {
    const holdOut = numberOf(cell, 'holdOut');
    const seen = numberOf(cell, 'seen');
    const name = `${holdOut}/${seen}`;
    const drawn = firstSplits.get(name);
    if (drawn !== undefined) return drawn;
    const at = splits.length;
    splits.push(...splitsOf(plan, holdOut, seen));
    firstSplits.set(name, at);
    return at;
  });
  const splitOf = (cell: CellIndex, fold: number, of: number | null) =>
    (firstSplitOf[cell] ?? 0) + fold * (1 + inner) + (of === null ? 0 : 1 + of);
  const firstRuns = new Map<number, number>();
  cells.forEach((_, cell) => {
    for (let fold = 0; fold < folds; fold += 1) {
      const split = splitOf(cell, fold, null);
      if (!firstRuns.has(split)) firstRuns.set(split, cell * runsOfSeed + fold * (1 + inner));
    }
  });
  const count = seeds.length * cells.length * runsOfSeed;
  const judges = splits.reduce((sum, { heldOut }) => sum + heldOut.length, 0) / Math.max(1, splits.length);
  const epochs = stop.kind === 'epochs' ? stop.epochs : stop.limit;
  return {
    plan,
    errorStride: Math.max(1, Math.ceil((judges * count) / ERROR_BUDGET)),
    keepsCurves: count * (countKept(epochs, CURVE_DENSITY) + 2) * 4 <= CURVE_BUDGET,
    firstWithSplit: (split) => firstRuns.get(split) ?? -1,
    cells,
    shape,
    folds,
    inner,
    runsOfSeed,
    count,
    splits,
    splitOf,
    indexOf: (cell, seed, fold, of) =>
      (seed * cells.length + cell) * runsOfSeed + fold * (1 + inner) + (of === null ? 0 : 1 + of),
    spec(index) {
      const run = index % runsOfSeed;
      const row = (index - run) / runsOfSeed;
      const cell = row % cells.length;
      const seed = seeds[(row - cell) / cells.length] ?? study.model.seed;
      const fold = Math.floor(run / (1 + inner));
      const within = run % (1 + inner);
      const of = within === 0 ? null : within - 1;
      const assignments = cells[cell] ?? [];
      return {
        index,
        cell,
        assignments,
        model: withAssignments(study.model, assignments, seed),
        seed,
        fold,
        inner: of,
        split: splitOf(cell, fold, of),
      };
    },
  };
}

/** The runs of a plan, one by one. */
export function planRuns(plan: SweepPlan): RunSpec[] {
  const runs = readPlan(plan);
  return Array.from({ length: runs.count }, (_, index) => runs.spec(index));
}

/**
 * The study of one run, to open in Play: trained to the epoch that the run stands at, it has its very bits. Its fold is held
 * out, what it was not shown is not there, and its seed is its own.
 */
export function studyOfRun(runs: PlannedRuns, index: number): Study {
  const { study } = runs.plan;
  const { model, split } = runs.spec(index);
  const parted = runs.splits[split];
  return {
    dataset: parted === undefined ? study.dataset : datasetOfSplit(study.dataset, parted),
    model,
    start: study.start !== null && sameStart(model, study.model) ? study.start : null,
  };
}

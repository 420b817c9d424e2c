import { type ModelSettings, unreachable } from '../model.ts';
import type { Setting } from './axis.ts';
import type { CellIndex, SweepPlan } from './plan.ts';
import type { SweepResults } from './results.ts';
import { readPlan } from './run-spec.ts';

/** What a plan would take. */
export interface CostEstimate {
  readonly runs: number;
  readonly cells: number;
  readonly seeds: number;
  readonly folds: number;
  /** Epochs that all runs train, at most. */
  readonly epochs: number;
  /** Rating visits × (factors + 4), at most: what time is proportional to. */
  readonly work: number;
  /** A guess for so many workers, at most. */
  readonly seconds: number;
}

/** What a rating visit costs for each factor and for itself (four factors' worth), in seconds: a guess until one is measured. */
export const SECONDS_PER_WORK = 3.5e-9;

/** What `epochWork` and the ratings of a split depend on; combinations that are alike in it cost the same. */
const COSTLY: ReadonlySet<Setting> = new Set(['k', 'optimizer', 'batch', 'holdOut', 'seen']);

/** Rating visits × factors of one epoch, roughly. m, n: users, items. */
export function epochWork({ k, optimizer }: ModelSettings, ratings: number, m: number, n: number): number {
  switch (optimizer.kind) {
    case 'sgd':
      return ratings * (k + 4);
    case 'momentum':
      return ratings * (k + 4) * 2;
    case 'adam':
      return Math.ceil(ratings / optimizer.batch) * (m + n) * (k + 1) * 4 + ratings * (k + 4) * 2;
    case 'als':
      // Every rating adds a k × k square to two systems, and every row solves one.
      return 2 * ratings * (k + 1) * (k + 1) + (m + n) * (k + 1) * (k + 1) * (k + 1);
    default:
      return unreachable(optimizer);
  }
}

/**
 * Seconds for each unit of work as runs of such a sweep took them; null while none has come. `results` are those of `plan`.
 * Runs that stopped early did less: their epochs are what counts.
 */
export function measuredPace(plan: SweepPlan, results: SweepResults): number | null {
  let milliseconds = 0;
  let epochs = 0;
  for (let run = 0; run < results.count; run += 1) {
    if ((results.ended[run] ?? 0) === 0) continue;
    const took = results.milliseconds[run] ?? Number.NaN;
    const trained = results.epochs[run] ?? Number.NaN;
    if (!(took >= 0) || !(trained > 0)) continue;
    milliseconds += took;
    epochs += trained;
  }
  const { work, epochs: all } = estimateCost(plan, 1);
  const pace = milliseconds / 1000 / ((work / all) * epochs);
  return Number.isFinite(pace) && pace > 0 ? pace : null;
}

/**
 * What a sound plan takes, with all epochs that its runs may train. `secondsPerWork`: as measured (`measuredPace`), or a guess.
 */
export function estimateCost(plan: SweepPlan, workers: number, secondsPerWork = SECONDS_PER_WORK): CostEstimate {
  const runs = readPlan(plan);
  const { study, seeds, stop } = plan;
  const epochs = stop.kind === 'epochs' ? stop.epochs : stop.limit;
  const m = study.dataset.users.length;
  const n = study.dataset.items.length;
  const all = study.dataset.ratings.value.length;
  /** Work of all epochs of a combination from one seed. */
  const workOf = (cell: CellIndex): number => {
    let work = 0;
    for (let at = 0; at < runs.runsOfSeed; at += 1) {
      const { model, split } = runs.spec(cell * runs.runsOfSeed + at);
      const parted = runs.splits[split];
      const hidden = parted === undefined ? 0 : parted.heldOut.length + parted.ignored.length + parted.watched.length;
      work += epochWork(model, Math.max(1, all - hidden), m, n) * epochs;
    }
    return work;
  };
  // Most combinations of a large map cost the same, and a page asks while somebody types.
  const telling = plan.axes.flatMap(({ setting }, at) => (COSTLY.has(setting) ? [at] : []));
  const known = new Map<string, number>();
  let work = 0;
  for (let cell = 0; cell < runs.cells.length; cell += 1) {
    const name = telling.map((at) => runs.cells[cell]?.[at]?.value).join(' ');
    const own = known.get(name) ?? workOf(cell);
    known.set(name, own);
    work += own * seeds.length;
  }
  return {
    runs: runs.count,
    cells: runs.cells.length,
    seeds: seeds.length,
    folds: runs.folds,
    epochs: epochs * runs.count,
    work,
    seconds: (work * secondsPerWork) / Math.max(1, workers),
  };
}

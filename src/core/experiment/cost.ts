import { type ModelSettings, unreachable } from '../model.ts';
import type { SweepPlan } from './plan.ts';
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
const SECONDS_PER_WORK = 3.5e-9;

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

/** What a sound plan takes, with all epochs that its runs may train. */
export function estimateCost(plan: SweepPlan, workers: number): CostEstimate {
  const runs = readPlan(plan);
  const { study, seeds, stop } = plan;
  const epochs = stop.kind === 'epochs' ? stop.epochs : stop.limit;
  const m = study.dataset.users.length;
  const n = study.dataset.items.length;
  const all = study.dataset.ratings.value.length;
  let work = 0;
  for (let cell = 0; cell < runs.cells.length; cell += 1) {
    for (let at = 0; at < runs.runsOfSeed; at += 1) {
      const { model, split } = runs.spec(cell * runs.runsOfSeed + at);
      const parted = runs.splits[split];
      const hidden = parted === undefined ? 0 : parted.heldOut.length + parted.ignored.length + parted.watched.length;
      work += epochWork(model, Math.max(1, all - hidden), m, n) * epochs * seeds.length;
    }
  }
  return {
    runs: runs.count,
    cells: runs.cells.length,
    seeds: seeds.length,
    folds: runs.folds,
    epochs: epochs * runs.count,
    work,
    seconds: (work * SECONDS_PER_WORK) / Math.max(1, workers),
  };
}

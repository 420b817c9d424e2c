import type { CellIndex } from './plan.ts';
import { RUN_ENDS, type SweepResults } from './results.ts';
import type { PlannedRuns } from './run-spec.ts';
import type { CellSummary } from './summary.ts';

const DIVERGED = 1 + RUN_ENDS.indexOf('diverged');

/** Mean, summed from left to right; null for none. */
function meanOfAll(values: readonly number[]): number | null {
  let sum = 0;
  for (const value of values) sum += value;
  return values.length === 0 ? null : sum / values.length;
}

/** √(Σ(x − mean)²/(count − 1)); null for fewer than two. */
export function spreadOfAll(values: readonly number[]): number | null {
  const mean = meanOfAll(values);
  if (mean === null || values.length < 2) return null;
  let squares = 0;
  for (const value of values) squares += (value - mean) * (value - mean);
  return Math.sqrt(squares / (values.length - 1));
}

/** How many ratings judge a fold. */
function judgesOf(runs: PlannedRuns, cell: CellIndex, fold: number): number {
  return runs.splits[runs.splitOf(cell, fold, null)]?.heldOut.length ?? 0;
}

/** A seed's figure: √(Σe²/N) over the left-out ratings of all its folds together. Null while a fold is missing, or it diverged. */
export function pooledRmse(runs: PlannedRuns, column: Float64Array, cell: CellIndex, seed: number): number | null {
  let squares = 0;
  let count = 0;
  for (let fold = 0; fold < runs.folds; fold += 1) {
    const rmse = column[runs.indexOf(cell, seed, fold, null)] ?? Number.NaN;
    const judges = judgesOf(runs, cell, fold);
    squares += rmse * rmse * judges;
    count += judges;
  }
  const pooled = Math.sqrt(squares / count);
  return Number.isFinite(pooled) ? pooled : null;
}

/** Means over the folds of a seed of a column; null where one is missing. */
function meanOverFolds(runs: PlannedRuns, column: Float64Array, cell: CellIndex, seed: number): number | null {
  let sum = 0;
  for (let fold = 0; fold < runs.folds; fold += 1) sum += column[runs.indexOf(cell, seed, fold, null)] ?? Number.NaN;
  return Number.isFinite(sum) ? sum / runs.folds : null;
}

/**
 * What the runs of one combination came to so far. It goes through them in the order of their numbers, so it is the same in
 * whatever order they finished.
 */
export function summarize(runs: PlannedRuns, results: SweepResults, cell: CellIndex): CellSummary {
  const { seeds } = runs.plan;
  let done = 0;
  let diverged = 0;
  const whole: number[] = [];
  const figures: number[] = [];
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  for (let seed = 0; seed < seeds.length; seed += 1) {
    for (let fold = 0; fold < runs.folds; fold += 1) {
      const ended = results.ended[runs.indexOf(cell, seed, fold, null)] ?? 0;
      if (ended !== 0) done += 1;
      if (ended === DIVERGED) diverged += 1;
    }
    const rmse = pooledRmse(runs, results.rmseHeldOut, cell, seed);
    if (rmse === null) continue;
    whole.push(seed);
    figures.push(rmse);
    least = Math.min(least, rmse);
    greatest = Math.max(greatest, rmse);
  }
  /** Means over the seeds that have all their folds. */
  const over = (column: Float64Array): number | null => {
    let sum = 0;
    let count = 0;
    for (const seed of whole) {
      const mean = meanOverFolds(runs, column, cell, seed);
      if (mean === null) continue;
      sum += mean;
      count += 1;
    }
    return count === 0 ? null : sum / count;
  };
  const sumOfFolds = over(results.milliseconds);
  return {
    cell,
    assignments: runs.cells[cell] ?? [],
    done,
    diverged,
    total: seeds.length * runs.folds,
    seeds: figures.length,
    mean: meanOfAll(figures),
    spreadOverSeeds: spreadOfAll(figures),
    spreadOverFolds: spreadOverFolds(runs, results, cell, whole),
    least: figures.length === 0 ? null : least,
    greatest: figures.length === 0 ? null : greatest,
    rmseSeen: over(results.rmseSeen),
    objective: over(results.objective),
    epochs: over(results.epochs),
    milliseconds: sumOfFolds === null ? null : sumOfFolds * runs.folds,
  };
}

function spreadOverFolds(
  runs: PlannedRuns,
  results: SweepResults,
  cell: CellIndex,
  whole: readonly number[],
): number | null {
  if (runs.folds < 2 || whole.length === 0) return null;
  const figures: number[] = [];
  for (let fold = 0; fold < runs.folds; fold += 1) {
    // The RMSE of a single rating is its |e|: a spread of those says nothing about folds.
    if (judgesOf(runs, cell, fold) < 2) return null;
    let sum = 0;
    for (const seed of whole) sum += results.rmseHeldOut[runs.indexOf(cell, seed, fold, null)] ?? 0;
    figures.push(sum / whole.length);
  }
  return spreadOfAll(figures);
}

/** How a combination compares where two are equally good: the lower, the simpler. */
export function complexityOf({ plan }: PlannedRuns, summary: CellSummary): readonly [number, number] {
  const number = (setting: string, base: number) => {
    const value = summary.assignments.find((assignment) => assignment.setting === setting)?.value;
    return typeof value === 'number' ? value : base;
  };
  return [number('k', plan.study.model.k), -number('beta', plan.study.model.beta)];
}

/** Whether all seeds and folds of a combination are there and none diverged: only those can be the best. */
function isRanked({ done, total, diverged, mean }: CellSummary): boolean {
  return done === total && diverged === 0 && mean !== null;
}

/** Below 0 where `a` is the better one: the least mean; ties: fewer factors, more β, the earlier. */
function compare(runs: PlannedRuns, a: CellSummary, b: CellSummary): number {
  const difference = (a.mean ?? 0) - (b.mean ?? 0);
  if (difference !== 0) return difference;
  const [ka, betaA] = complexityOf(runs, a);
  const [kb, betaB] = complexityOf(runs, b);
  return ka - kb || betaA - betaB || a.cell - b.cell;
}

/** Combinations whose seeds and folds are all there and none diverged, the least mean first; ties: fewer factors, more β, the earlier. */
export function ranked(runs: PlannedRuns, summaries: readonly CellSummary[]): CellSummary[] {
  return summaries.filter(isRanked).sort((a, b) => compare(runs, a, b));
}

/** The best of those that are whole so far, without ranking the others; null while there is none. */
export function bestCell(runs: PlannedRuns, summaries: readonly CellSummary[]): CellSummary | null {
  let best: CellSummary | null = null;
  for (const summary of summaries) {
    if (isRanked(summary) && (best === null || compare(runs, summary, best) < 0)) best = summary;
  }
  return best;
}

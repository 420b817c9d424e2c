import { summarize } from '../../../src/core/experiment/aggregate.ts';
import type { SweepPlan } from '../../../src/core/experiment/plan.ts';
import { emptyResults, putResult, type SweepResults } from '../../../src/core/experiment/results.ts';
import { type PlannedRuns, readPlan } from '../../../src/core/experiment/run-spec.ts';
import type { CellSummary } from '../../../src/core/experiment/summary.ts';
import type { Study } from '../../../src/core/study.ts';
import { createReferenceEngine } from '../../../src/engines/reference/reference.ts';
import { taskOfRun } from '../../../src/store/sweep-task.ts';
import { PartedStudy, runRunTask } from '../../../src/worker/run-task.ts';

const engine = createReferenceEngine();

export interface Ran {
  readonly runs: PlannedRuns;
  readonly results: SweepResults;
  readonly summaries: readonly CellSummary[];
}

/** All runs of a plan in this process, in any order that is wanted. */
export function runPlan(plan: SweepPlan, order: (indices: number[]) => number[] = (indices) => indices): Ran {
  const runs = readPlan(plan);
  const results = emptyResults(runs.count, runs.splits.length);
  const parted = new PartedStudy(plan.study, runs.splits);
  for (const index of order(Array.from({ length: runs.count }, (_, at) => at))) {
    const { run, baselines } = runRunTask(engine, parted, taskOfRun(runs, index));
    putResult(results, index, { ...run, milliseconds: 1 });
    if (baselines !== null) results.baselines[runs.spec(index).split] = baselines;
  }
  return { runs, results, summaries: runs.cells.map((_, cell) => summarize(runs, results, cell)) };
}

/** A plan over k of one value: hold-out, one seed, a few epochs; changed as a test likes. */
export function planOf(study: Study, changes: Partial<SweepPlan> = {}): SweepPlan {
  return {
    study,
    axes: [{ setting: 'alpha', spacing: 'listed', values: [0.005, 0.01] }],
    search: null,
    seeds: [42],
    judging: { kind: 'leave-one-out' },
    splitSeed: 42,
    stop: { kind: 'epochs', epochs: 50 },
    innerFolds: null,
    ...changes,
  };
}

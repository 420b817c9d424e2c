import type { PlannedRuns } from '../core/experiment/run-spec.ts';
import type { RunTask } from '../worker/task-protocol.ts';

/** What a worker is asked for run number `index` of a plan. */
export function taskOfRun(runs: PlannedRuns, index: number): RunTask {
  const { model, split, inner } = runs.spec(index);
  return {
    model,
    split,
    stop: runs.plan.stop,
    // Inner folds only choose.
    wantCurve: runs.keepsCurves && inner === null,
    errorStride: inner === null ? runs.errorStride : 0,
    wantBaselines: inner === null && runs.firstWithSplit(split) === index,
    wantPredictions: false,
  };
}

import { RUN_ENDS } from '../../../core/experiment/results.ts';
import type { CellSummary } from '../../../core/experiment/summary.ts';
import { plannedRuns } from '../../../store/experiment-select.ts';
import type { Sweep } from '../../../store/experiment-state.ts';

const AT_THE_LIMIT = RUN_ENDS.indexOf('limit') + 1;

/** A summary stays the same object while nothing lands in it. */
const counts = new WeakMap<CellSummary, number>();

/**
 * How many runs of a combination were to train until settled and had not when their epochs were up; 0 under any other rule. They
 * are judged by how far they got, which the rule was to rule out, so the picture marks them.
 */
export function unsettledRuns({ plan, results }: Sweep, summary: CellSummary): number {
  if (plan.stop.kind !== 'settled') return 0;
  const known = counts.get(summary);
  if (known !== undefined) return known;
  const runs = plannedRuns(plan);
  let count = 0;
  for (let seed = 0; seed < plan.seeds.length; seed += 1) {
    for (let fold = 0; fold < runs.folds; fold += 1) {
      if (results.ended[runs.indexOf(summary.cell, seed, fold, null)] === AT_THE_LIMIT) count += 1;
    }
  }
  counts.set(summary, count);
  return count;
}

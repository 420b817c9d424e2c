import type { Split } from '../core/experiment/folds.ts';
import { resultAt } from '../core/experiment/results.ts';
import type { RunId, RunRecord } from '../core/experiment/run-record.ts';
import { predict } from '../core/predict.ts';
import { placeOf, plannedRuns, recordOf } from './experiment-select.ts';
import type { ExperimentState } from './experiment-state.ts';
import type { RunPool } from './sweep-queue.ts';
import { taskOfRun } from './sweep-task.ts';

/** Above this many cells R̂ is not put side by side: 16 MB a run. */
const CELL_LIMIT = 2_000_000;
const NONE = new Int32Array(0);

/** R̂ of a run of Play, from what it had learned when it was kept. */
function predictionsOfKept({ session, study }: RunRecord): Float64Array | null {
  const parameters = session?.state?.parameters;
  const n = study.dataset.items.length;
  const m = study.dataset.users.length;
  if (parameters === undefined) return null;
  return Float64Array.from({ length: m * n }, (_, at) => predict(parameters, Math.floor(at / n), at % n));
}

/**
 * R̂ of every run that is compared. Runs of a sweep are trained again: one with a single fold to where it stands, bit for bit;
 * one with several folds on all ratings, since none of its folds speaks for it. Null when workers failed; a run that diverged,
 * or is too large, has none.
 */
export async function predictionsForComparing(
  state: Pick<ExperimentState, 'sweeps' | 'runs' | 'names'>,
  ids: readonly RunId[],
  pool: () => RunPool,
  signal: AbortSignal,
): Promise<readonly (Float64Array | null)[] | null> {
  const found: (Float64Array | null)[] = [];
  for (const id of ids) {
    const record = recordOf(state, id);
    const place = placeOf(state, id);
    if (record === null) return null;
    const { users, items } = record.study.dataset;
    if (users.length * items.length > CELL_LIMIT) {
      found.push(null);
      continue;
    }
    if (place === null) {
      found.push(predictionsOfKept(record));
      continue;
    }
    const { sweep, cell, seedPlace } = place;
    const { plan, results } = sweep;
    const runs = plannedRuns(plan);
    const index = runs.indexOf(cell, seedPlace, 0, null);
    const task = taskOfRun(runs, index);
    const single = runs.folds === 1 ? runs.splits[runs.spec(index).split] : undefined;
    const split: Split = single ?? { heldOut: NONE, ignored: NONE, watched: NONE };
    const standsAt = resultAt(results, index)?.standsAt ?? record.epochs;
    const epochs = single === undefined ? (record.bestEpoch ?? record.epochs) : standsAt;
    const stop = plan.stop.kind === 'early' ? ({ kind: 'epochs', epochs } as const) : plan.stop;
    let predictions: Float64Array | null = null;
    const wanted = { ...task, split: 0, stop, wantCurve: false, errorStride: 0, wantBaselines: false } as const;
    const ended = await pool().runAll(
      plan.study,
      [split],
      { count: 1, task: () => ({ ...wanted, wantPredictions: true }) },
      (_, result) => {
        predictions = result.predictions;
      },
      signal,
    );
    if (ended !== 'done') return null;
    found.push(predictions);
  }
  return found;
}

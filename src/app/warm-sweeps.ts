import { plansFor } from '../core/experiment/suggest.ts';
import { plannedRuns } from '../store/experiment-select.ts';
import { taskOfRun } from '../store/sweep-task.ts';
import type { AppHandle } from './boot.ts';

/** Of more ratings than these a run takes so long that it does not matter how quickly the first ones start. */
const MOST_RATINGS = 2_000;
const MOST_EPOCHS = 1_000;

/** Lets the workers of sweeps do some runs of Play's study once the page is idle; returns how to call it off. */
export function warmSweeps({ store, experiment }: Pick<AppHandle, 'store' | 'experiment'>): () => void {
  const warm = () => {
    const { study, view } = store.getState();
    if (study.dataset.ratings.value.length > MOST_RATINGS) return;
    const runs = plannedRuns(plansFor(study, Math.min(MOST_EPOCHS, view.runTo)).alphaBeta);
    experiment.warm(study, runs.splits, { count: runs.count, task: (index) => taskOfRun(runs, index) });
  };
  if (!('requestIdleCallback' in window)) {
    const timer = setTimeout(warm, 500);
    return () => clearTimeout(timer);
  }
  const asked = window.requestIdleCallback(warm);
  return () => window.cancelIdleCallback(asked);
}

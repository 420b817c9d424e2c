import { plansFor } from '../core/experiment/suggest.ts';
import { plannedRuns } from '../store/experiment-select.ts';
import type { ExperimentState } from '../store/experiment-state.ts';
import { taskOfRun } from '../store/sweep-task.ts';
import type { AppHandle } from './boot.ts';

/** Of more ratings than these a run takes so long that it does not matter how quickly the first ones start. */
const MOST_RATINGS = 2_000;
const MOST_EPOCHS = 1_000;

/** Does something once the page is idle; returns how to call it off. */
type WhenIdle = (work: () => void) => () => void;

const whenPageIdle: WhenIdle = (work) => {
  if (!('requestIdleCallback' in window)) {
    const timer = setTimeout(work, 500);
    return () => clearTimeout(timer);
  }
  const asked = window.requestIdleCallback(work);
  return () => window.cancelIdleCallback(asked);
};

function isAtWork({ sweeps }: ExperimentState): boolean {
  return sweeps.some(({ status }) => status === 'running' || status === 'planned');
}

/**
 * Lets the workers of sweeps do some runs of Play's study once the page is idle, and again whenever sweeps come to rest: one that
 * is canceled takes its workers with it. Those that are there stay as they are. Returns how to call it off.
 */
export function warmSweeps(
  { store, experiment }: Pick<AppHandle, 'store' | 'experiment'>,
  whenIdle: WhenIdle = whenPageIdle,
): () => void {
  const warm = () => {
    const { study, view } = store.getState();
    if (study.dataset.ratings.value.length > MOST_RATINGS || isAtWork(experiment.store.getState())) return;
    const runs = plannedRuns(plansFor(study, Math.min(MOST_EPOCHS, view.runTo)).alphaBeta);
    experiment.warm(study, runs.splits, { count: runs.count, task: (index) => taskOfRun(runs, index) });
  };
  let callOff = whenIdle(warm);
  const unfollow = experiment.store.subscribe((now, before) => {
    if (now.sweeps === before.sweeps || !isAtWork(before) || isAtWork(now)) return;
    callOff();
    callOff = whenIdle(warm);
  });
  return () => {
    unfollow();
    callOff();
  };
}

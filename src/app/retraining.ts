import type { StoreApi } from 'zustand/vanilla';
import { createJobs, type JobsState } from '../store/jobs.ts';
import type { Store } from '../store/store.ts';
import { strings } from '../strings/index.ts';
import { createPool, type Pool, workersFor } from '../worker/pool.ts';
import taskEntry from '../worker/task-entry.ts?worker&url';
import { browserSurroundings } from './surroundings.ts';
import { startWorker } from './worker-scripts.ts';

/** One pool for the page, Play and Learn alike, made when the first retraining is asked for. */
let pool: Pool | null = null;
/** Who asked last: one run of tasks at a time. */
let asker: Store | null = null;

function sharedPool(): Pool {
  pool ??= createPool({
    spawn: () => startWorker(taskEntry),
    size: workersFor(navigator.hardwareConcurrency),
    onDeath: () => asker?.actions.say(strings.store.retrainingRedone),
  });
  return pool;
}

/** Retrainings of what stands in `app`. */
export function createRetraining(app: Store): StoreApi<JobsState> {
  return createJobs({
    app,
    pool() {
      asker = app;
      return sharedPool();
    },
    surroundings: browserSurroundings,
  });
}

import type { StoreApi } from 'zustand';
import type { Guide } from '../store/lesson.ts';
import { createLessonSweep, type LessonSweepState } from '../store/lesson-sweep.ts';
import type { Store } from '../store/store.ts';
import { createPool, type Pool, workersFor } from '../worker/pool.ts';
import taskEntry from '../worker/task-entry.ts?worker&url';
import { browserSurroundings } from './surroundings.ts';
import { startWorker } from './worker-scripts.ts';

/** The sweep of a lesson on what stands in `app`, with workers of its own. */
export function createSweepOfLesson(app: Store, guide: Guide): StoreApi<LessonSweepState> {
  let pool: Pool | null = null;
  return createLessonSweep({
    app,
    pool() {
      pool ??= createPool({
        spawn: () => startWorker(taskEntry),
        size: workersFor(navigator.hardwareConcurrency),
        // Runs are short: what has landed is drawn soon.
        chunk: 25,
      });
      return pool;
    },
    surroundings: browserSurroundings,
    guide,
  });
}

import type { StoreApi } from 'zustand';
import type { Guide } from '../store/lesson.ts';
import { createRateStrip, type RateStripState } from '../store/rate-strip.ts';
import type { Store } from '../store/store.ts';
import { createPool } from '../worker/pool.ts';
import taskEntry from '../worker/task-entry.ts?worker&url';
import { browserSurroundings } from './surroundings.ts';
import { startWorker } from './worker-scripts.ts';

/** What is under way when another run is wanted first takes about so long, so that a drag never waits long (milliseconds). */
const CHUNK = 6;

/** The strip of learning rates of what stands in `app`. Its worker is its own, so that no other retraining holds up a drag. */
export function createStrip(app: Store, guide: Guide): StoreApi<RateStripState> {
  return createRateStrip({
    app,
    pool: () =>
      createPool({
        spawn: () => startWorker(taskEntry),
        size: 1,
        gentle: true,
        chunk: CHUNK,
      }),
    surroundings: browserSurroundings,
    onRun: guide.ranBeside,
  });
}

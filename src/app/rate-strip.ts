import type { StoreApi } from 'zustand';
import type { Guide } from '../store/lesson.ts';
import { createRateStrip, type RateStripState } from '../store/rate-strip.ts';
import type { Store } from '../store/store.ts';
import { createPool } from '../worker/pool.ts';
import { browserSurroundings } from './surroundings.ts';

/** The strip of learning rates of what stands in `app`. Its worker is its own, so that no other retraining holds up a drag. */
export function createStrip(app: Store, guide: Guide): StoreApi<RateStripState> {
  return createRateStrip({
    app,
    pool: () =>
      createPool({
        spawn: () => new Worker(new URL('../worker/task-entry.ts', import.meta.url), { type: 'module' }),
        size: 1,
      }),
    surroundings: browserSurroundings,
    onRun: guide.ranBeside,
  });
}

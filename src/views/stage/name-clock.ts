import type { StoreApi } from 'zustand/vanilla';
import type { AppState } from '../../store/state.ts';

/** Tells the grids when to write their cells' names anew. */
export interface NameClock {
  /** `refresh` is called now and at every tick; returns how to stop. */
  add(refresh: () => void): () => void;
}

/** Names change at most this often while training: four times a second is as fast as anyone can listen. */
const PACE_MS = 250;

/**
 * A clock that ticks when a name may have changed: at once while training rests (names are exact whenever it is paused), at
 * most four times a second while it runs.
 */
export function createNameClock(store: StoreApi<AppState>): NameClock & { start(): () => void } {
  const refreshers = new Set<() => void>();
  let last = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const tick = () => {
    clearTimeout(timer);
    timer = undefined;
    last = performance.now();
    for (const refresh of refreshers) refresh();
  };

  return {
    add(refresh) {
      refreshers.add(refresh);
      refresh();
      return () => refreshers.delete(refresh);
    },
    start() {
      const stop = store.subscribe((state, before) => {
        const training = state.run.status === 'training';
        const changed =
          state.run.view !== before.run.view ||
          state.study.dataset !== before.study.dataset ||
          state.window !== before.window ||
          state.view.clip !== before.view.clip ||
          state.view.showTruth !== before.view.showTruth;
        if (!changed) {
          // Training just paused with a tick still to come.
          if (timer !== undefined && !training) tick();
          return;
        }
        const wait = training ? last + PACE_MS - performance.now() : 0;
        if (wait <= 0) tick();
        else timer ??= setTimeout(tick, wait);
      });
      return () => {
        stop();
        clearTimeout(timer);
        timer = undefined;
      };
    },
  };
}

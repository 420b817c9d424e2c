import type { Study } from '../../src/core/study.ts';
import { createReferenceEngine } from '../../src/engines/reference/reference.ts';
import { createExperiment, type Experiment } from '../../src/store/experiment.ts';
import type { RunPool } from '../../src/store/sweep-queue.ts';
import type { Handle } from '../../src/views/context.ts';
import { PartedStudy, runRunTask } from '../../src/worker/run-task.ts';
import { type Call, fakeHandle, runAt, sixByFour } from './fake-handle.ts';

/** A room of sweeps in which runs are done when the test says so, in this page, by the engine of the workers. */
export interface SweepRoom {
  readonly handle: Handle;
  readonly experiment: Experiment;
  readonly calls: Call[];
  /** Does the next runs of the sweep under way; all that are left by default. Held, none. */
  land(count?: number): Promise<void>;
}

/** A pool that does runs in this page, by the engine of the workers, when the test says so. */
export function poolOnDemand(): { readonly pool: RunPool; land(count?: number): Promise<void> } {
  const engine = createReferenceEngine();
  let held = false;
  let under: { left: number; one(): void; end(): void } | null = null;
  const pool: RunPool = {
    hold: (now) => {
      held = now;
    },
    runAll: (of, splits, runs, onResult, signal) =>
      new Promise((resolve) => {
        const parted = new PartedStudy(of, splits);
        let at = 0;
        const mine = {
          left: runs.count,
          one() {
            onResult(at, runRunTask(engine, parted, runs.task(at)), 1);
            at += 1;
            mine.left -= 1;
          },
          end: () => resolve('done'),
        };
        under = mine;
        signal.addEventListener('abort', () => {
          if (under === mine) under = null;
          resolve('canceled');
        });
      }),
  };
  return {
    pool,
    async land(count = Number.POSITIVE_INFINITY) {
      const of = under;
      for (let done = 0; of !== null && !held && of.left > 0 && done < count; done += 1) of.one();
      if (of !== null && of.left === 0) of.end();
      // What landed is published with the next frame.
      await new Promise((resolve) => setTimeout(resolve, 5));
    },
  };
}

export function sweepRoom(study: Study = sixByFour(true)): SweepRoom {
  const fake = fakeHandle(runAt(5, true), true);
  fake.handle.store.setState({ study });
  const { pool, land } = poolOnDemand();
  const experiment = createExperiment({
    app: {
      store: fake.handle.store,
      actions: fake.handle.actions,
      session: () => ({
        study: fake.handle.store.getState().study,
        state: null,
        history: fake.handle.store.getState().run.history,
        marks: [],
        extensions: {},
      }),
    },
    pools: { sweep: () => pool, live: () => pool, compare: () => pool },
    surroundings: {
      now: () => performance.now(),
      nextFrame: (callback) => void setTimeout(callback, 0),
      after: (milliseconds, callback) => {
        const timer = setTimeout(callback, milliseconds);
        return () => clearTimeout(timer);
      },
    },
    keeper: null,
  });
  return {
    handle: { ...fake.handle, experiment, workers: 2 },
    experiment,
    calls: fake.calls,
    land,
  };
}

import type { RunRecord } from '../../src/core/experiment/run-record.ts';
import type { RunEnd } from '../../src/core/experiment/run-result.ts';
import type { Study } from '../../src/core/study.ts';
import { createExperiment, type Experiment } from '../../src/store/experiment.ts';
import type { Handle } from '../../src/views/context.ts';
import { sixByFour } from './fake-handle.ts';

const STUDY = sixByFour(true);
const EPOCHS = [0, 1, 2, 4, 8, 16, 32, 64, 100];

/** Kept from Play: α is 0.001 · number, β and the ratings are all the same; the higher the number, the lower the error. */
export function someRun(
  number: number,
  patch: Partial<RunRecord> = {},
  model: Partial<Study['model']> = {},
): RunRecord {
  const rmseHeldOut = 3 - number / 10_000;
  const falling = (to: number) => Float64Array.from(EPOCHS, (epoch) => to + 2 / (1 + epoch));
  return {
    id: `run-${number}`,
    name: `Run ${number}`,
    source: { kind: 'play' },
    study: { ...STUDY, model: { ...STUDY.model, alpha: number / 1000, ...model } },
    epochs: 100,
    standsAt: 100,
    bestEpoch: 64,
    bestHeldOut: rmseHeldOut - 0.01,
    rmseSeen: 1 - number / 20_000,
    rmseHeldOut,
    objective: 10,
    ended: (number % 7 === 0 ? 'settled' : 'limit') satisfies RunEnd,
    updates: 1400,
    milliseconds: number % 2 === 0 ? 12.5 : null,
    curve: {
      epoch: Float64Array.from(EPOCHS),
      rmseSeen: falling(1 - number / 20_000),
      rmseHeldOut: falling(rmseHeldOut),
      objective: falling(10),
    },
    changed: false,
    session: null,
    ...patch,
  };
}

/** A room of runs beside a page that does not train; it has no workers. */
export function roomOf(handle: Handle, runs: readonly RunRecord[]): Experiment {
  const pool = () => ({ runAll: () => Promise.resolve('failed' as const), hold: () => {} });
  const room = createExperiment({
    app: {
      store: handle.store,
      actions: handle.actions,
      session: () => ({
        study: handle.store.getState().study,
        state: null,
        history: handle.store.getState().run.history,
        marks: [],
        extensions: {},
      }),
    },
    pools: { sweep: pool, live: pool, compare: pool },
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
  room.store.setState({ runs });
  return room;
}

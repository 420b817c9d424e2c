import { createStore } from 'zustand/vanilla';
import type { History } from '../../src/core/history.ts';
import { ratingsFrom } from '../../src/core/ratings.ts';
import type { Study } from '../../src/core/study.ts';
import type { Actions } from '../../src/store/actions.ts';
import { createJobs } from '../../src/store/jobs.ts';
import { createPointerStore } from '../../src/store/pointer.ts';
import type { AppState, RunSlice, ViewSlice } from '../../src/store/state.ts';
import type { Handle } from '../../src/views/context.ts';

/** Every call of an action, in order: its name and what it was given. */
export type Call = readonly [name: keyof Actions, ...given: unknown[]];

/** A curve like a real one: seen falls, held out falls and rises again. One entry for each epoch given. */
export function historyAt(epochs: readonly number[], heldOut: boolean): History {
  const seen = epochs.map((epoch) => 0.15 + 2.3 / (1 + epoch / 20));
  const unseen = epochs.map((epoch) => (heldOut ? 1.4 + 1.2 / (1 + epoch / 15) + epoch / 900 : null));
  return {
    epoch: epochs,
    rmseSeen: seen,
    rmseHeldOut: unseen,
    maeSeen: seen.map((rmse) => rmse * 0.8),
    maeHeldOut: unseen.map((rmse) => (rmse === null ? null : rmse * 0.8)),
    objective: seen.map((rmse) => rmse * rmse * 14 + 1),
  };
}

const rated = [5, 3, 0, 1, 4, 0, 0, 1, 1, 1, 0, 5, 1, 0, 0, 4, 0, 1, 5, 4, 2, 1, 3, 0];

/** Six viewers, four films; with two held out, or none. */
export function sixByFour(heldOut: boolean): Study {
  const list = rated.flatMap((value, at) =>
    value === 0
      ? []
      : [{ user: Math.floor(at / 4), item: at % 4, value, heldOut: heldOut && (at === 11 || at === 20) }],
  );
  return {
    dataset: {
      name: 'Six viewers, four films',
      users: ['Ana', 'Bo', 'Chen', 'Dee', 'Eli', 'Fay'],
      items: ['Alien', 'Brazil', 'Clue', 'Dune'],
      userKeys: [0, 1, 2, 3, 4, 5],
      itemKeys: [0, 1, 2, 3],
      userIds: null,
      itemIds: null,
      scale: { min: 1, max: 5, step: 1 },
      ratings: ratingsFrom(list),
      holdOut: null,
      truth: null,
    },
    model: {
      k: 2,
      prediction: 'factors',
      optimizer: { kind: 'sgd', update: 'sequential' },
      alpha: 0.01,
      beta: 0.2,
      order: 'row-major',
      init: { kind: 'uniform', low: 0, high: 1 },
      seed: 42,
    },
    start: null,
  };
}

/** A run that stands at `epoch`, measured by the last entry of its history. */
export function runAt(epoch: number, heldOut: boolean, patch: Partial<RunSlice> = {}): RunSlice {
  const history = historyAt(
    Array.from({ length: epoch + 1 }, (_, at) => at),
    heldOut,
  );
  return {
    id: 1,
    status: 'ready',
    target: null,
    epoch,
    position: 0,
    stepsPerEpoch: 14,
    view: { epoch, position: 0, k: 2, P: new Float64Array(12), Q: new Float64Array(8), bu: null, bi: null, mu: null },
    measures: {
      rmseSeen: history.rmseSeen[epoch] ?? null,
      rmseHeldOut: history.rmseHeldOut[epoch] ?? null,
      maeSeen: history.maeSeen[epoch] ?? null,
      maeHeldOut: history.maeHeldOut[epoch] ?? null,
      objective: history.objective[epoch] ?? null,
    },
    history,
    snapshots: history.epoch,
    playhead: null,
    marks: [],
    baselines: heldOut ? { rmseMean: 1.8, rmseBiases: 1.21, maeMean: 1.6, maeBiases: 1.1 } : null,
    leaveOneOut: null,
    visited: null,
    trace: null,
    divergence: null,
    seenUntil: [],
    state: null,
    start: null,
    memory: null,
    stateStudy: null,
    visitsPerSecond: 0,
    ...patch,
  };
}

/** Jobs on which nothing was asked; asking fails, because there are no workers. */
export function idleJobs(app: Pick<Handle, 'store' | 'actions'>): Handle['jobs'] {
  const pool = { run: () => Promise.resolve('failed' as const) };
  return createJobs({ app, pool: () => pool, surroundings: { nextFrame: (callback) => void setTimeout(callback, 0) } });
}

/** A store that holds what it is given, and actions that only write down that they were asked. */
export function fakeHandle(
  run: RunSlice,
  heldOut: boolean,
  view: Partial<ViewSlice> = {},
): { readonly handle: Handle; readonly calls: Call[]; setRun(patch: Partial<RunSlice>): void } {
  const store = createStore<AppState>()(() => ({
    study: sixByFour(heldOut),
    datasetId: null,
    undo: [],
    redo: [],
    run,
    window: { users: null, items: null },
    view: {
      route: '#/play',
      moreSettings: false,
      lossShown: 'rmse',
      lossAxis: 'log',
      lossAgainst: 'epochs',
      clip: false,
      showTruth: false,
      showBaselines: true,
      speed: 7,
      runTo: 5000,
      theme: 'light',
      ...view,
    },
    messages: [],
    busy: null,
  }));
  const calls: Call[] = [];
  const record =
    (name: keyof Actions) =>
    (...given: unknown[]): void => {
      calls.push([name, ...given]);
    };
  const setRun = (patch: Partial<RunSlice>): void => store.setState((state) => ({ run: { ...state.run, ...patch } }));
  const actions: Actions = {
    train: record('train'),
    pause: record('pause'),
    stepRating: record('stepRating'),
    stepEpoch: record('stepEpoch'),
    reset: record('reset'),
    runTo: record('runTo'),
    show: (epoch) => {
      calls.push(['show', epoch]);
      setRun({ playhead: epoch });
    },
    trainFromPlayhead: record('trainFromPlayhead'),
    changeModel: record('changeModel'),
    changeDataset: record('changeDataset'),
    addUser: record('addUser'),
    writeParameter: record('writeParameter'),
    rotate: record('rotate'),
    visit: record('visit'),
    testRates: record('testRates'),
    holdOut: record('holdOut'),
    loadBuiltin: record('loadBuiltin'),
    openSession: record('openSession'),
    undo: record('undo'),
    redo: record('redo'),
    setView: (patch) => {
      calls.push(['setView', patch]);
      store.setState((state) => ({ view: { ...state.view, ...patch } }));
    },
    report: record('report'),
    say: record('say'),
    dismiss: record('dismiss'),
    setBusy: record('setBusy'),
    mendDivergence: record('mendDivergence'),
  };
  const jobs = idleJobs({ store, actions });
  return { handle: { store, pointer: createPointerStore(1, 2), actions, jobs }, calls, setRun };
}

import { describe, expect, it } from 'vitest';
import { setHeldOut, setRating } from '../../src/core/edit.ts';
import type { SweepPlan } from '../../src/core/experiment/plan.ts';
import { putResult, resultAt } from '../../src/core/experiment/results.ts';
import { studyOfRun } from '../../src/core/experiment/run-spec.ts';
import { judge } from '../../src/core/experiment/verdict.ts';
import { predict } from '../../src/core/predict.ts';
import type { Study } from '../../src/core/study.ts';
import { createReferenceEngine } from '../../src/engines/reference/reference.ts';
import { createExperimentStorage } from '../../src/io/experiment-storage.ts';
import { runsCsv, runsJson } from '../../src/io/export-runs.ts';
import type { ObjectStore } from '../../src/io/object-store.ts';
import { createExperiment, type ExperimentKeeper, type ExperimentTabs } from '../../src/store/experiment.ts';
import { comparisonOf } from '../../src/store/experiment-compare.ts';
import {
  allRows,
  baselinesOf,
  bestOf,
  curveOf,
  edgesOf,
  pinnedRecords,
  plannedRuns,
  recordOf,
  rowIdOf,
  summariesOf,
  verdictOf,
} from '../../src/store/experiment-select.ts';
import type { ExperimentState, Sweep } from '../../src/store/experiment-state.ts';
import { runsTable } from '../../src/store/runs-table.ts';
import type { RunPool } from '../../src/store/sweep-queue.ts';
import { strings } from '../../src/strings/index.ts';
import { PartedStudy, runRunTask } from '../../src/worker/run-task.ts';
import { planOf, runPlan } from '../core/experiment/run-plan.ts';
import { bench, studyFromText } from './harness.ts';

const engine = createReferenceEngine();
const notebook = studyFromText('5 3 . 1 / 4 . . 1 / 1 1 . 5 / 1 . . 4 / . 1 5 4 / 2 1 3 .');
const turn = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

/** A pool in this process: one run each turn of the event loop, the last one first. */
function inProcess(): RunPool & { held: boolean; made: number; fails: boolean } {
  let under: AbortController | null = null;
  const pool = {
    held: false,
    made: 0,
    fails: false,
    hold(held: boolean) {
      pool.held = held;
    },
    async runAll(...[study, splits, runs, onResult, signal]: Parameters<RunPool['runAll']>) {
      under?.abort();
      const own = new AbortController();
      under = own;
      const parted = new PartedStudy(study, splits);
      for (let index = runs.count - 1; index >= 0; index -= 1) {
        do {
          await turn();
          if (signal.aborted || own.signal.aborted) return 'canceled' as const;
        } while (pool.held);
        if (pool.fails) return 'failed' as const;
        pool.made += 1;
        onResult(index, runRunTask(engine, parted, runs.task(index)), 2);
      }
      return 'done' as const;
    },
  };
  return pool;
}

function open(
  study: Study = notebook,
  keeper: ExperimentKeeper | null = null,
  tabs: ExperimentTabs | null = null,
  tab?: string,
) {
  const app = bench(study);
  const pools = { sweep: inProcess(), live: inProcess(), compare: inProcess() };
  const timers: (() => void)[] = [];
  let clock = 0;
  const experiment = createExperiment({
    app,
    pools: { sweep: () => pools.sweep, live: () => pools.live, compare: () => pools.compare },
    surroundings: {
      // So late at every look that whatever landed is shown in the next frame.
      now: () => {
        clock += 300;
        return clock;
      },
      nextFrame: (callback) => void setTimeout(callback, 0),
      after: (_milliseconds, callback) => {
        timers.push(callback);
        return () => void timers.splice(timers.indexOf(callback), 1);
      },
    },
    keeper,
    tabs,
    ...(tab === undefined ? {} : { tab }),
  });
  const { store, actions } = experiment;
  const until = async (reached: (state: ExperimentState) => boolean) => {
    for (let turns = 0; turns < 20_000 && !reached(store.getState()); turns += 1) await turn();
    expect(reached(store.getState())).toBe(true);
  };
  const sweep = (at = 0): Sweep => {
    const found = store.getState().sweeps[at];
    if (found === undefined) throw new Error('no sweep');
    return found;
  };
  const pass = (milliseconds: number) => app.clock.pass(milliseconds);
  return { app, experiment, store, actions, pools, until, sweep, timers, pass };
}

const plan = (changes: Partial<SweepPlan> = {}): SweepPlan =>
  planOf(notebook, {
    axes: [
      { setting: 'alpha', spacing: 'listed', values: [0.001, 0.01] },
      { setting: 'beta', spacing: 'listed', values: [0.02, 0.2] },
    ],
    seeds: [1, 2],
    judging: { kind: 'k-fold', folds: 4 },
    stop: { kind: 'epochs', epochs: 40 },
    ...changes,
  });

describe('a sweep', () => {
  it('fills in, and comes to what its runs come to by themselves', async () => {
    const { store, actions, until, sweep } = open();
    const seen: number[] = [];
    store.subscribe(({ sweeps }) => {
      if (sweeps[0]) seen.push(sweeps[0].done);
    });
    expect(actions.startSweep(plan(), 'α × β')).toBeNull();
    expect(sweep()).toMatchObject({ id: 'sweep-1', name: 'α × β', status: 'running', done: 0, total: 32 });
    await until(({ sweeps }) => sweeps[0]?.done === 10);
    expect(sweep().secondsLeft).toBeGreaterThanOrEqual(0);
    expect(verdictOf(sweep())).toBeNull();
    await until(({ sweeps }) => sweeps[0]?.status === 'done');
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    const whole = runPlan(plan());
    expect(summariesOf(sweep()).map(({ mean }) => mean)).toEqual(whole.summaries.map(({ mean }) => mean));
    expect(verdictOf(sweep())).toEqual(judge(whole.runs, sweep().results, summariesOf(sweep())));
    expect(bestOf(sweep())?.cell).toBe(verdictOf(sweep())?.best?.cell);
  });

  it('that cannot be run says why, and nothing begins', () => {
    const { store, actions } = open();
    expect(actions.startSweep(plan({ seeds: [] }), 'x')).toMatchObject({ code: 'plan-seeds' });
    expect(actions.startSweep(plan(), '  ')).toEqual({ code: 'name-empty' });
    expect(store.getState().sweeps).toEqual([]);
  });

  it('is not judged while runs are missing, however it rests', async () => {
    const { actions, until, sweep } = open();
    actions.startSweep(plan(), 'one');
    await until(({ sweeps }) => (sweeps[0]?.done ?? 0) >= 20);
    for (const rest of [actions.pauseSweep, actions.cancelSweep]) {
      rest('sweep-1');
      expect(verdictOf(sweep())).toBeNull();
      expect(baselinesOf(sweep())).toBeNull();
    }
    actions.resumeSweep('sweep-1');
    await until(({ sweeps }) => sweeps[0]?.status === 'done');
    expect(verdictOf(sweep())?.ranked).toHaveLength(4);
    expect(baselinesOf(sweep())).toEqual(verdictOf(sweep())?.baselines);
  });

  it('of a name that another has is numbered', () => {
    const { store, actions } = open();
    for (let time = 0; time < 3; time += 1) actions.startSweep(plan(), 'α × β');
    expect(store.getState().sweeps.map(({ name }) => name)).toEqual(['α × β', 'α × β (2)', 'α × β (3)']);
  });

  it('pauses, goes on, is canceled and resumed; nothing is done twice', async () => {
    const { actions, until, sweep, pools } = open();
    actions.startSweep(plan(), 'one');
    await until(({ sweeps }) => (sweeps[0]?.done ?? 0) >= 5);
    actions.pauseSweep('sweep-1');
    expect([sweep().status, pools.sweep.held]).toEqual(['paused', true]);
    const { made } = pools.sweep;
    for (let turns = 0; turns < 20; turns += 1) await turn();
    expect(pools.sweep.made).toBeLessThanOrEqual(made + 1);
    actions.resumeSweep('sweep-1');
    await until(({ sweeps }) => (sweeps[0]?.done ?? 0) >= 12);
    actions.cancelSweep('sweep-1');
    const { done } = sweep();
    for (let turns = 0; turns < 20; turns += 1) await turn();
    expect(sweep().status).toBe('canceled');
    expect(sweep().done).toBeLessThanOrEqual(done + 1);
    actions.resumeSweep('sweep-1');
    await until(({ sweeps }) => sweeps[0]?.status === 'done');
    expect(pools.sweep.made).toBe(32);
    expect(summariesOf(sweep()).map(({ mean }) => mean)).toEqual(runPlan(plan()).summaries.map(({ mean }) => mean));
  });

  it('waits for the one before it; a paused one makes room', async () => {
    const { actions, until, sweep } = open();
    actions.startSweep(plan(), 'first');
    actions.startSweep(plan({ seeds: [9] }), 'second');
    expect([sweep(0).status, sweep(1).status]).toEqual(['running', 'planned']);
    actions.pauseSweep('sweep-1');
    expect([sweep(0).status, sweep(1).status]).toEqual(['paused', 'running']);
    await until(({ sweeps }) => sweeps[1]?.status === 'done');
    expect(sweep(0).status).toBe('paused');
    actions.resumeSweep('sweep-1');
    await until(({ sweeps }) => sweeps[0]?.status === 'done');
  });

  it('whose workers fail again and again stops, keeps what is done, and can be resumed', async () => {
    const { app, actions, until, sweep, pools } = open();
    actions.startSweep(plan(), 'first');
    await until(({ sweeps }) => (sweeps[0]?.done ?? 0) >= 3);
    pools.sweep.fails = true;
    await until(({ sweeps }) => sweeps[0]?.status === 'failed');
    expect(app.store.getState().messages.at(-1)?.text).toContain('what is done is kept');
    pools.sweep.fails = false;
    actions.resumeSweep('sweep-1');
    await until(({ sweeps }) => sweeps[0]?.status === 'done');
    expect(sweep().done).toBe(32);
  });

  it('extended beyond its edge runs only what is new, and keeps names and pins', async () => {
    const { store, actions, until, sweep, pools } = open();
    const over = plan({ axes: [{ setting: 'alpha', spacing: 'listed', values: [0.0005, 0.001, 0.002] }] });
    actions.startSweep(over, 'edge');
    await until(({ sweeps }) => sweeps[0]?.status === 'done');
    const best = bestOf(sweep());
    expect(best?.cell).toBe(2);
    const edge = edgesOf(sweep())[0];
    expect(edge).toEqual({ axis: 0, side: 'high', beyond: [0.004, 0.008] });
    const id = rowIdOf(sweep(), 2, 1);
    actions.togglePin(id);
    actions.renameRun(id, 'the edge');
    const { made } = pools.sweep;
    expect(actions.extendSweep('sweep-1', 0, 'high')).toBeNull();
    expect(sweep()).toMatchObject({ done: 24, total: 40 });
    await until(({ sweeps }) => sweeps[0]?.status === 'done');
    expect(pools.sweep.made - made).toBe(16);
    expect(pinnedRecords(store.getState()).map(({ name, study }) => [name, study.model.alpha])).toEqual([
      ['the edge', 0.002],
    ]);
    expect(summariesOf(sweep()).map(({ mean }) => mean)).toEqual(
      runPlan(sweep().plan).summaries.map(({ mean }) => mean),
    );
  });

  it('goes on after a reload where it was, from what the browser kept', async () => {
    const kept = new Map<string, unknown>();
    const objects: ObjectStore = {
      read: async (key) => structuredClone(kept.get(key)),
      write: async (key, value) => void kept.set(key, structuredClone(value)),
      remove: async (key) => void kept.delete(key),
    };
    const first = open(notebook, createExperimentStorage(objects));
    await first.experiment.loaded;
    first.actions.startSweep(plan(), 'kept');
    first.pass(2_000);
    first.actions.keepRun('by hand');
    await first.until(({ sweeps }) => (sweeps[0]?.done ?? 0) >= 12);
    const pinned = rowIdOf(first.sweep(), 3, 1);
    first.actions.togglePin(pinned);
    first.experiment.flush(true);
    first.actions.cancelSweep('sweep-1');
    for (let turns = 0; turns < 20; turns += 1) await turn();

    const second = open(notebook, createExperimentStorage(objects));
    expect(second.store.getState().loaded).toBe(false);
    await second.experiment.loaded;
    expect(second.sweep()).toMatchObject({ name: 'kept', status: 'running', total: 32 });
    expect(second.sweep().done).toBeGreaterThanOrEqual(12);
    expect(second.store.getState().runs[0]?.name).toBe('by hand');
    expect(second.store.getState().pins).toEqual([pinned]);
    await second.until(({ sweeps }) => sweeps[0]?.status === 'done');
    expect(second.pools.sweep.made).toBeLessThanOrEqual(20);
    expect(summariesOf(second.sweep()).map(({ mean }) => mean)).toEqual(
      runPlan(plan()).summaries.map(({ mean }) => mean),
    );
    second.actions.startSweep(plan(), 'next');
    expect(second.sweep(1).id).toBe('sweep-2');
  });

  it('that was damaged in the browser is put aside and said, and the page works', async () => {
    const kept = new Map<string, unknown>([['factorscope-experiment', { version: 1, sweeps: 'none' }]]);
    const objects: ObjectStore = {
      read: async (key) => kept.get(key),
      write: async (key, value) => void kept.set(key, value),
      remove: async (key) => void kept.delete(key),
    };
    const { app, experiment, store } = open(notebook, createExperimentStorage(objects));
    await experiment.loaded;
    expect(store.getState()).toMatchObject({ loaded: true, sweeps: [] });
    expect(app.store.getState().messages.at(-1)?.text).toContain('put aside');
    expect(kept.get('factorscope-experiment-damaged')).toMatchObject({ index: { sweeps: 'none' } });
  });
});

/** A browser with any number of tabs, in this process; `gone` closes a tab, with all that it holds. */
function browser() {
  const kept = new Map<string, unknown>();
  const objects: ObjectStore = {
    read: async (key) => structuredClone(kept.get(key)),
    write: async (key, value) => void kept.set(key, structuredClone(value)),
    remove: async (key) => void kept.delete(key),
  };
  const waiting: { readonly tab: number; mine(): void }[] = [];
  let holder: number | null = null;
  const next = () => {
    const first = waiting.shift();
    holder = first?.tab ?? null;
    first?.mine();
  };
  const give = (tab: number) => {
    const at = waiting.findIndex((one) => one.tab === tab);
    if (at >= 0) waiting.splice(at, 1);
    if (holder === tab) next();
  };
  const listeners = new Map<number, () => void>();
  let writing: Promise<void> = Promise.resolve();
  let tabs = 0;
  const openTab = (name?: string) => {
    tabs += 1;
    const tab = tabs;
    const page = open(
      notebook,
      createExperimentStorage(objects, `tab ${tab}`),
      {
        takeTurn({ mine, others }) {
          if (holder === null) {
            holder = tab;
            mine();
          } else {
            waiting.push({ tab, mine });
            others();
          }
          return () => give(tab);
        },
        alone(work) {
          writing = writing.then(work);
          return writing;
        },
        told() {
          for (const [other, listener] of listeners) if (other !== tab) listener();
        },
        onTold: (listener) => void listeners.set(tab, listener),
      },
      name,
    );
    /** All that waits for its time, and what comes of it; no run is begun meanwhile. */
    const settle = async () => {
      const { held } = page.pools.sweep;
      page.pools.sweep.held = true;
      for (let rounds = 0; rounds < 6; rounds += 1) {
        for (const timer of page.timers.splice(0)) timer();
        for (let turns = 0; turns < 5; turns += 1) await turn();
      }
      page.pools.sweep.held = held;
    };
    const gone = () => {
      page.pools.sweep.held = true;
      listeners.delete(tab);
      give(tab);
    };
    return { ...page, settle, gone };
  };
  return { openTab, holder: () => holder };
}

describe('in two tabs', () => {
  it('one runs a sweep, the other shows where and follows; when the first is closed, it goes on where that was', async () => {
    const { openTab, holder } = browser();
    const first = openTab();
    await first.experiment.loaded;
    first.actions.startSweep(plan(), 'shared');
    await first.until(({ sweeps }) => (sweeps[0]?.done ?? 0) >= 4);
    await first.settle();

    first.pools.sweep.held = true;
    const second = openTab();
    await second.experiment.loaded;
    expect(holder()).toBe(1);
    expect(second.store.getState().elsewhere).toBe('sweep-1');
    expect(second.sweep()).toMatchObject({ name: 'shared', status: 'planned' });
    const before = second.sweep().done;
    first.pools.sweep.held = false;
    await first.until(({ sweeps }) => (sweeps[0]?.done ?? 0) >= before + 6);
    first.pools.sweep.held = true;
    await first.settle();
    await second.settle();
    expect(second.sweep().done).toBeGreaterThanOrEqual(before + 6);
    expect(second.pools.sweep.made).toBe(0);

    // It is the other tab's to stop.
    second.actions.pauseSweep('sweep-1');
    second.actions.deleteSweep('sweep-1');
    expect(second.sweep().status).toBe('planned');
    expect(second.app.store.getState().messages.at(-1)?.text).toContain('Another tab runs this sweep');

    first.gone();
    const { made } = first.pools.sweep;
    await second.until(({ sweeps }) => sweeps[0]?.status === 'done');
    expect(second.store.getState().elsewhere).toBeNull();
    expect(first.pools.sweep.made).toBeLessThanOrEqual(made + 1);
    // What the first had written is not done again; what it had not, is.
    expect(second.pools.sweep.made).toBeLessThanOrEqual(32 - before - 6);
    expect(summariesOf(second.sweep()).map(({ mean }) => mean)).toEqual(
      runPlan(plan()).summaries.map(({ mean }) => mean),
    );
  });

  it('what each adds, names and takes away is there in both', async () => {
    const { openTab } = browser();
    const [first, second] = [openTab(), openTab()];
    await Promise.all([first.experiment.loaded, second.experiment.loaded]);
    const both = async () => {
      await first.settle();
      await second.settle();
      await first.settle();
    };
    first.actions.keepRun('of the first');
    await both();
    second.actions.keepRun('of the second');
    await both();
    expect(first.store.getState().runs.map(({ id, name }) => [id, name])).toEqual([
      ['run-1', 'of the first'],
      ['run-2', 'of the second'],
    ]);
    second.actions.startSweep(plan({ seeds: [1] }), 'one');
    await second.until(({ sweeps }) => sweeps[0]?.status === 'done');
    await both();
    expect(first.sweep()).toMatchObject({ id: 'sweep-1', name: 'one', status: 'done', done: 16 });
    expect(first.pools.sweep.made).toBe(0);
    // What was written and read again is another object of the same ratings.
    for (const { store } of [first, second]) {
      const { rows, differing } = runsTable(store.getState());
      expect(rows).toHaveLength(6);
      expect(differing.has('dataset')).toBe(false);
    }
    first.actions.renameSweep('sweep-1', 'named');
    second.actions.renameRun('run-1', 'renamed');
    second.actions.togglePin('run-2');
    await both();
    expect([first.sweep().name, second.sweep().name]).toEqual(['named', 'named']);
    expect(first.store.getState()).toMatchObject({ names: { 'run-1': 'renamed' }, pins: ['run-2'] });
    // The results are the ones that stood there: nothing is computed or drawn anew for a name.
    first.actions.deleteSweep('sweep-1');
    await both();
    expect(second.store.getState().sweeps).toEqual([]);
    expect(second.store.getState().runs).toHaveLength(2);
  });

  it('what both begin at once has ids of its own, and is there in both', async () => {
    const { openTab } = browser();
    const [first, second] = [openTab('a'), openTab('b')];
    await Promise.all([first.experiment.loaded, second.experiment.loaded]);
    for (const { actions } of [first, second]) {
      actions.keepRun('kept');
      actions.startSweep(plan({ seeds: [1] }), 'swept');
    }
    for (let rounds = 0; rounds < 2; rounds += 1) {
      await first.until(({ sweeps }) => sweeps.every(({ status }) => status !== 'running'));
      await first.settle();
      await second.settle();
    }
    for (const { store } of [first, second]) {
      expect(new Set(store.getState().runs.map(({ id }) => id))).toEqual(new Set(['run-1-a', 'run-1-b']));
      expect(new Set(store.getState().sweeps.map(({ id }) => id))).toEqual(new Set(['sweep-1-a', 'sweep-1-b']));
    }
  });

  it('one that is hidden takes in what the other wrote before it writes', async () => {
    const { openTab } = browser();
    const [first, second] = [openTab('a'), openTab('b')];
    await Promise.all([first.experiment.loaded, second.experiment.loaded]);
    second.actions.keepRun('theirs');
    await second.settle();
    first.actions.keepRun('ours');
    first.experiment.flush(false);
    for (let turns = 0; turns < 20; turns += 1) await turn();
    const third = openTab('c');
    await third.experiment.loaded;
    expect(third.store.getState().runs.map(({ name }) => name)).toEqual(['theirs', 'ours']);
  });

  it('a browser that keeps nothing says so, and the sweep runs all the same', async () => {
    const broken: ObjectStore = {
      read: () => Promise.reject(new Error('no store')),
      write: () => Promise.reject(new Error('no store')),
      remove: () => Promise.reject(new Error('no store')),
    };
    const { app, experiment, actions, timers, until } = open(notebook, createExperimentStorage(broken, 'a'), {
      takeTurn({ mine }) {
        mine();
        return () => {};
      },
      alone: (work) => work(),
      told: () => {},
      onTold: () => {},
    });
    await experiment.loaded;
    actions.startSweep(plan({ seeds: [1] }), 'kept nowhere');
    await until(({ sweeps }) => sweeps[0]?.status === 'done');
    for (const timer of timers.splice(0)) timer();
    for (let turns = 0; turns < 20; turns += 1) await turn();
    expect(app.store.getState().messages.at(-1)?.text).toContain('a reload would lose the latest ones');
  });

  it('a sweep that one paused is resumed in the other, from what the first had done', async () => {
    const { openTab } = browser();
    const first = openTab();
    await first.experiment.loaded;
    first.actions.startSweep(plan(), 'shared');
    await first.until(({ sweeps }) => (sweeps[0]?.done ?? 0) >= 8);
    first.actions.pauseSweep('sweep-1');
    await first.settle();
    const second = openTab();
    await second.experiment.loaded;
    expect(second.sweep().status).toBe('paused');
    const { done } = second.sweep();
    expect(done).toBeGreaterThanOrEqual(8);
    second.actions.resumeSweep('sweep-1');
    await second.until(({ sweeps }) => sweeps[0]?.status === 'done');
    expect(second.pools.sweep.made).toBe(32 - done);
    await second.settle();
    await first.settle();
    expect(first.sweep()).toMatchObject({ status: 'done', done: 32 });
    expect(first.store.getState().elsewhere).toBeNull();
  });
});

describe('runs', () => {
  it('of a set without held-out ratings keep the leave-one-out figure, and are compared by it', async () => {
    const { app, store, actions, pass } = open();
    const table = () => runsTable(store.getState());
    app.actions.runTo(60);
    pass(500);
    await turn();
    pass(500);
    const first = app.store.getState().run.leaveOneOut;
    expect(first).toMatchObject({ epoch: 60, ratings: 16 });
    const id = actions.keepRun('sixty') ?? '';
    expect(recordOf(store.getState(), id)).toMatchObject({
      rmseHeldOut: first?.rmse,
      leaveOneOut: { ratings: 16, epoch: 60 },
    });
    app.actions.runTo(400);
    pass(500);
    await turn();
    pass(500);
    const second = app.store.getState().run.leaveOneOut;
    expect(second?.epoch).toBe(400);
    actions.keepRun('four hundred');
    actions.setRunsView({ sort: 'rmseHeldOut' });
    const figures = [first?.rmse ?? 0, second?.rmse ?? 0];
    expect(table().rows.map(({ rmseHeldOut }) => rmseHeldOut)).toEqual(figures.toSorted((a, b) => a - b));
    expect(table().rows.map(({ judging }) => judging)).toEqual(['leave-one-out', 'leave-one-out']);
    const [head = '', line = ''] = runsCsv(table().rows).split('\r\n');
    const at = (name: string) => line.split(',')[head.split(',').indexOf(name)];
    expect([at('judging'), Number(at('rmseHeldOut'))]).toEqual(['leave-one-out', Math.min(...figures)]);

    // Beside one that is judged by what Play holds out, how each was judged differs, and is told.
    const { dataset } = app.store.getState().study;
    const holding = setHeldOut(dataset, { users: [0], items: [0] }, true);
    if (!holding.ok) throw new Error('nothing to hold out');
    app.actions.changeDataset(holding.value, 'hold out');
    pass(500);
    actions.keepRun('held out');
    expect(table().differing.has('judging')).toBe(true);
    expect(table().rows.find(({ name }) => name === 'held out')?.judging).toBe('the ratings held out in Play');
  });

  it('of a sweep that diverged diverge in Play again, in the fold that did, and it is said', async () => {
    const { app, store, actions, until, sweep, pass } = open();
    actions.startSweep(
      plan({
        axes: [{ setting: 'alpha', spacing: 'listed', values: [0.01, 5] }],
        seeds: [1],
        stop: { kind: 'epochs', epochs: 300 },
      }),
      'α',
    );
    await until(({ sweeps }) => sweeps[0]?.status === 'done');
    const messages = () => app.store.getState().messages.map(({ text }) => text);
    actions.openInPlay(rowIdOf(sweep(), 0));
    pass(5_000);
    expect(app.store.getState().run).toMatchObject({ epoch: 300, divergence: null });
    expect(store.getState().opened).toMatchObject({ fold: 0, diverged: [] });
    expect(messages().join()).not.toContain('diverged');

    actions.openInPlay(rowIdOf(sweep(), 1));
    expect(messages().join()).toContain('fold 1 of 4 (this run diverged)');
    pass(5_000);
    const { divergence, epoch } = app.store.getState().run;
    expect(divergence).toMatchObject({ during: epoch + 1, epoch });
    expect(epoch).toBeLessThan(300);
    const { opened } = store.getState();
    expect(opened).toMatchObject({ fold: 0, diverged: [0, 1, 2, 3], rmse: null });
    if (opened === null) throw new Error('nothing is opened');
    expect(strings.experiment.foldShown('α', opened).after).toBe(
      'of 4; all folds diverged, so all together came to no figure.',
    );
  });

  it('of which one fold diverged open at that fold', async () => {
    const { app, store, actions, until, sweep, pass } = open();
    const axes: SweepPlan['axes'] = [{ setting: 'alpha', spacing: 'listed', values: [0.01, 0.02] }];
    actions.startSweep(plan({ axes, seeds: [1] }), 'α');
    await until(({ sweeps }) => sweeps[0]?.status === 'done');
    const [one] = store.getState().sweeps;
    if (one === undefined) throw new Error('no sweep');
    const at = plannedRuns(one.plan).indexOf(0, 0, 2, null);
    const before = resultAt(one.results, at);
    if (before === null) throw new Error('no result');
    putResult(one.results, at, { ...before, ended: 'diverged', rmseHeldOut: null });
    store.setState({ sweeps: [{ ...one, results: { ...one.results } }] });
    actions.openInPlay(rowIdOf(sweep(), 0));
    pass(1_000);
    const { opened } = store.getState();
    expect(opened).toMatchObject({ fold: 2, diverged: [2], epoch: 40 });
    expect(opened && strings.experiment.foldShown('α', opened).after).toBe(
      'of 4; fold 3 diverged, so all together came to no figure.',
    );
    // Another fold is opened where it ended.
    actions.openInPlay(rowIdOf(sweep(), 0), undefined, 1);
    pass(1_000);
    expect(store.getState().opened).toMatchObject({ fold: 1, epoch: 40 });
    expect(app.store.getState().run.epoch).toBe(40);
  });

  it('that are kept before their leave-one-out figure is there get it while Play stands there', async () => {
    const { app, store, actions } = open();
    app.store.setState(({ run }) => ({
      run: { ...run, status: 'ready', epoch: 100, leaveOneOut: null },
    }));
    const id = actions.keepRun('early') ?? '';
    expect(recordOf(store.getState(), id)?.rmseHeldOut).toBeNull();
    const figure = { rmse: 2.5, mae: 2, ratings: 16, baselineMean: 1.7, baselineBiases: 1.8 };
    const arrives = (epoch: number) =>
      app.store.setState(({ run }) => ({ run: { ...run, leaveOneOut: { ...figure, epoch } } }));
    arrives(64);
    expect(recordOf(store.getState(), id)?.rmseHeldOut).toBeNull();
    arrives(100);
    expect(recordOf(store.getState(), id)).toMatchObject({
      rmseHeldOut: 2.5,
      leaveOneOut: { ratings: 16, epoch: 100 },
    });
  });

  it('of Play are kept as they stand, renamed, pinned, deleted with undo, and opened again', async () => {
    const { app, store, actions, pass } = open();
    app.actions.runTo(60);
    pass(500);
    const id = actions.keepRun();
    if (id === null) throw new Error('not kept');
    const { history } = app.store.getState().run;
    const record = recordOf(store.getState(), id);
    expect(record).toMatchObject({ id: 'run-1', epochs: 60, changed: false, ended: 'limit', updates: 60 * 16 });
    expect(record?.rmseSeen).toBe(history.rmseSeen.at(-1));
    expect([...(record?.curve?.epoch ?? [])]).toEqual(history.epoch);
    expect(actions.renameRun(id, ' base ')).toBeNull();
    expect(actions.renameRun(id, '')).toEqual({ code: 'name-empty' });
    actions.togglePin(id);
    actions.setBaseline(id);
    actions.deleteRuns([id]);
    expect(runsTable(store.getState()).rows).toEqual([]);
    expect(store.getState()).toMatchObject({ pins: [], baseline: null, undoLabel: 'delete 1 run' });
    actions.undo();
    expect(runsTable(store.getState()).rows.map(({ name }) => name)).toEqual(['base']);
    expect(store.getState()).toMatchObject({ pins: [id], baseline: id, undoLabel: null });
    app.actions.runTo(200);
    pass(500);
    actions.openInPlay(id);
    pass(500);
    expect(app.store.getState().run.epoch).toBe(60);
    expect(app.store.getState().run.measures.rmseSeen).toBe(record?.rmseSeen);
    actions.openInPlay(id, 20);
    pass(500);
    expect(app.store.getState().run.epoch).toBe(20);
    expect(app.store.getState().run.measures.rmseSeen).toBe(history.rmseSeen[history.epoch.indexOf(20)]);
  });

  it('of a sweep open in Play at their epoch, with their fold held out and their seed', async () => {
    const { app, actions, until, sweep, store, pass } = open();
    actions.startSweep(plan(), 'one');
    await until(({ sweeps }) => sweeps[0]?.status === 'done');
    const runs = plannedRuns(sweep().plan);
    const index = runs.indexOf(3, 1, 2, null);
    actions.openInPlay(rowIdOf(sweep(), 3, 1), undefined, 2);
    pass(500);
    const { study, run } = app.store.getState();
    expect(study).toEqual(studyOfRun(runs, index));
    expect(study.model).toMatchObject({ alpha: 0.01, beta: 0.2, seed: 2 });
    expect([run.epoch, run.measures.rmseHeldOut]).toEqual([40, sweep().results.rmseHeldOut[index]]);
    // The fold's figure is not the run's: what stands there tells which, and what all came to.
    expect(store.getState().opened).toMatchObject({
      id: rowIdOf(sweep(), 3, 1),
      study,
      asked: null,
      epoch: 40,
      fold: 2,
      folds: 4,
      ratings: 16,
      rmse: summariesOf(sweep())[3]?.seeds === 2 ? recordOf(store.getState(), rowIdOf(sweep(), 3, 1))?.rmseHeldOut : 0,
    });
    expect(app.store.getState().messages.at(-1)?.text).toContain('fold 3 of 4');
    app.actions.undo();
    expect(app.store.getState().study).toEqual(notebook);
    const record = recordOf(store.getState(), rowIdOf(sweep(), 3, 1));
    const pooled = Math.sqrt(
      [0, 1, 2, 3].reduce(
        (sum, fold) => sum + (sweep().results.rmseHeldOut[runs.indexOf(3, 1, fold, null)] ?? 0) ** 2 * 4,
        0,
      ) / 16,
    );
    expect(record?.rmseHeldOut).toBeCloseTo(pooled, 12);
    expect(record?.curve?.rmseHeldOut.at(-1)).toBeCloseTo(pooled, 12);
    expect(record?.curve?.epoch.at(-1)).toBe(40);
  });

  it('are sorted, filtered, and told apart by the settings in which they differ', async () => {
    const { store, actions, until } = open();
    actions.startSweep(plan(), 'one');
    await until(({ sweeps }) => sweeps[0]?.status === 'done');
    actions.keepRun('mine');
    const table = () => runsTable(store.getState());
    expect(table().all).toBe(9);
    actions.setRunsView({ from: 'sweep-1', sort: 'rmseHeldOut' });
    expect([...table().differing].sort()).toEqual(['alpha', 'beta', 'seed']);
    const figures = table().rows.map(({ rmseHeldOut }) => rmseHeldOut ?? 0);
    expect(figures).toEqual(figures.toSorted((a, b) => a - b));
    actions.setRunsView({ descending: true });
    expect(table().rows.map(({ rmseHeldOut }) => rmseHeldOut)).toEqual(figures.toReversed());
    actions.setRunsView({ text: 'Alpha 0.01' });
    expect(table().rows.map(({ model }) => model.alpha)).toEqual([0.01, 0.01, 0.01, 0.01]);
    expect([...table().differing].sort()).toEqual(['beta', 'seed']);
    expect(table()).toBe(table());
    const id = table().rows[0]?.id ?? '';
    actions.setRunsView({ text: '', from: null, pinnedOnly: true });
    expect(table().rows).toEqual([]);
    actions.togglePin(id);
    expect(table().rows.map((row) => row.id)).toEqual([id]);
    actions.setRunsView({ pinnedOnly: false, from: 'play' });
    expect(table().rows.map(({ name }) => name)).toEqual(['mine']);
  });

  it('are exported with every digit', async () => {
    const { store, actions, until, sweep } = open();
    actions.startSweep(plan({ seeds: [1] }), 'a, "b"');
    await until(({ sweeps }) => sweeps[0]?.status === 'done');
    actions.setRunsView({ sort: 'order' });
    const { rows } = runsTable(store.getState());
    const lines = runsCsv(rows).split('\r\n');
    expect(lines).toHaveLength(6);
    expect(lines[1]).toContain('"a, ""b"": α 0.001, β 0.02, seed 1"');
    const head = (lines[0] ?? '').split(',');
    const cells = (lines[4] ?? '').replace(/^".*?(?<!")"(?!")/, 'name').split(',');
    expect(Number(cells[head.indexOf('rmseHeldOut')])).toBe(rows[3]?.rmseHeldOut);
    expect(cells[head.indexOf('beta')]).toBe('0.2');
    const json: unknown = JSON.parse(
      runsJson(rows.map((row) => ({ ...row, id: row.id, name: row.name, curve: curveOf(store.getState(), row.id) }))),
    );
    expect(json).toMatchObject({
      format: 'factorscope-runs',
      version: 1,
      runs: [
        { model: { alpha: 0.001, seed: 1 }, rmseHeldOut: rows[0]?.rmseHeldOut, ended: 'limit', folds: 4 },
        {},
        {},
        {},
      ],
    });
    expect(sweep().results.count).toBe(16);
  });

  it('ten thousand of them are listed, sorted and renamed without making a row twice', async () => {
    const { store, actions, until, sweep } = open();
    const many = plan({
      axes: [
        { setting: 'alpha', spacing: 'log', from: 0.0001, to: 0.1, count: 100 },
        { setting: 'beta', spacing: 'log', from: 0.001, to: 1, count: 100 },
      ],
      seeds: [1],
      judging: { kind: 'hold-out', share: 25, repeats: 1 },
      stop: { kind: 'epochs', epochs: 1 },
    });
    actions.startSweep(many, 'many');
    await turn();
    actions.cancelSweep('sweep-1');
    const { results } = sweep();
    // The last one is the first to be made here.
    const came = resultAt(results, results.count - 1);
    if (came === null) throw new Error('no run came');
    for (let index = 0; index < results.count; index += 1) {
      putResult(results, index, { ...came, rmseHeldOut: (index * 7919) % 10_007 });
    }
    store.setState(({ sweeps }) => ({ sweeps: sweeps.map((one) => ({ ...one, version: 9, done: 10_000 })) }));
    expect(runsTable(store.getState()).rows).toHaveLength(10_000);
    const kept = new Set(runsTable(store.getState()).rows);
    actions.setRunsView({ sort: 'rmseHeldOut' });
    expect(runsTable(store.getState()).rows[0]?.rmseHeldOut).toBe(0);
    // Sorting makes no row anew, and a new name makes one.
    expect(runsTable(store.getState()).rows.filter((row) => !kept.has(row))).toEqual([]);
    actions.renameRun(rowIdOf(sweep(), 5), 'another');
    const fresh = runsTable(store.getState()).rows.filter((row) => !kept.has(row));
    expect(fresh.map(({ name }) => name)).toEqual(['another']);
    // The same question twice is answered once.
    expect(runsTable(store.getState())).toBe(runsTable(store.getState()));
    await until(({ sweeps }) => sweeps[0]?.status === 'canceled');
    expect(allRows(store.getState())).toHaveLength(10_000);
  });
});

describe('runs that are compared', () => {
  it('show what differs, R̂ of each, and the predictions that moved most', async () => {
    const { app, store, actions, until, sweep, pass } = open();
    const held = setHeldOut(notebook.dataset, { users: [2], items: [3] }, true);
    if (!held.ok) throw new Error('not held out');
    const one = plan({
      study: { ...notebook, dataset: held.value },
      judging: { kind: 'hold-out', share: null, repeats: 1 },
    });
    actions.startSweep(one, 'one');
    await until(({ sweeps }) => sweeps[0]?.status === 'done');
    app.actions.runTo(30);
    pass(500);
    const mine = actions.keepRun('mine') ?? '';
    const ids = [rowIdOf(sweep(), 0), rowIdOf(sweep(), 3), mine];
    actions.compare(ids);
    expect(comparisonOf(store.getState())).toMatchObject({ status: 'training' });
    await until(({ comparison }) => comparison?.status === 'done');
    const model = comparisonOf(store.getState());
    expect(model).toBe(comparisonOf(store.getState()));
    expect(model?.differences.find(({ setting }) => setting === 'alpha')?.values).toEqual(['0.001', '0.01', '0.01']);
    const parameters = app.store.getState().run.state?.parameters;
    if (!parameters || !model) throw new Error('nothing to compare');
    const ofMine = Array.from({ length: 24 }, (_, cell) => predict(parameters, Math.floor(cell / 4), cell % 4));
    expect([...(model.predictions[2] ?? [])]).toEqual(ofMine);
    const index = plannedRuns(sweep().plan).indexOf(3, 0, 0, null);
    const e = sweep().results.errors[index]?.[0] ?? 0;
    expect(5 - (model.predictions[1]?.[2 * 4 + 3] ?? 0)).toBe(e);
    const moved = model.moved(0, 1, 3);
    const changes = [...(model.difference(0, 1) ?? [])].map(Math.abs).sort((a, b) => b - a);
    expect(moved.map(({ change }) => Math.abs(change))).toEqual(changes.slice(0, 3));
    expect((moved[0]?.after ?? 0) - (moved[0]?.before ?? 0)).toBe(moved[0]?.change);
    actions.compare(null);
    expect(comparisonOf(store.getState())).toBeNull();
  });
});

describe('the live map', () => {
  const small = { size: 6, epochs: 30, alpha: { from: 0.001, to: 0.1 }, beta: { from: 0.001, to: 1 } };

  it('has in every cell what Play comes to there, and shows something at once', async () => {
    const { store, actions, until } = open();
    let coarse: { values: number[]; exact: number } | null = null;
    store.subscribe(({ liveMap }) => {
      if (coarse === null && liveMap && liveMap.done > 0 && liveMap.done < 10) {
        coarse = { values: [...liveMap.values], exact: liveMap.exact.reduce((sum, one) => sum + one, 0) };
      }
    });
    actions.openLiveMap(small);
    await until(({ liveMap }) => liveMap?.status === 'done');
    const { liveMap } = store.getState();
    expect(liveMap).toMatchObject({ figure: 'rmseSeen', done: 36, total: 36, here: { alpha: 0.01, beta: 0.02 } });
    expect(coarse).not.toBeNull();
    for (const cell of [0, 7, 35]) {
      const alpha = liveMap?.alphas[cell % 6] ?? 0;
      const beta = liveMap?.betas[Math.floor(cell / 6)] ?? 0;
      const play = bench({ ...notebook, model: { ...notebook.model, alpha, beta } });
      play.actions.runTo(30);
      play.clock.pass(500);
      expect(liveMap?.values[cell]).toBe(play.store.getState().run.measures.rmseSeen);
    }
    const values = [...(liveMap?.values ?? [])];
    expect(liveMap?.best).toBe(values.indexOf(Math.min(...values)));
    actions.closeLiveMap();
    expect(store.getState().liveMap).toBeNull();
  });

  it('is made anew when anything but α and β changes; they only move “here”', async () => {
    const { app, store, actions, until, pools } = open();
    actions.openLiveMap(small);
    await until(({ liveMap }) => liveMap?.status === 'done');
    const { made } = pools.live;
    app.actions.changeModel({ alpha: 0.05 });
    await until(({ liveMap }) => liveMap?.here?.alpha === 0.05);
    expect(pools.live.made).toBe(made);
    const before = store.getState().liveMap?.values;
    app.actions.changeModel({ k: 3 });
    app.actions.changeModel({ k: 1 });
    await until(({ liveMap }) => liveMap?.status === 'done' && liveMap.study.model.k === 1);
    expect(pools.live.made).toBeLessThanOrEqual(made + 36 + 2);
    expect(store.getState().liveMap?.values).not.toEqual(before);
    expect(store.getState().liveMap?.here).toEqual({ alpha: 0.05, beta: 0.02 });
  });

  it('says nothing of “here” once Play’s run was changed on its way', async () => {
    const { app, store, actions, until, pass } = open();
    actions.openLiveMap(small);
    await until(({ liveMap }) => liveMap?.status === 'done');
    app.actions.runTo(10);
    pass(300);
    app.actions.changeModel({ alpha: 0.05 });
    pass(100);
    await until(({ liveMap }) => liveMap?.here === null);
    const edited = setRating(app.store.getState().study.dataset, 0, 2, 4);
    if (!edited.ok) throw new Error('not edited');
    app.actions.reset();
    pass(100);
    app.actions.changeDataset(edited.value, 'a rating');
    await until(({ liveMap }) => liveMap?.status === 'done' && liveMap.study.dataset === edited.value);
    expect(store.getState().liveMap?.here).toEqual({ alpha: 0.05, beta: 0.02 });
  });

  it('puts a cell’s α and β into Play as one undo', async () => {
    const { app, store, actions, until } = open();
    actions.openLiveMap(small);
    await until(({ liveMap }) => liveMap?.status === 'done');
    actions.takeLiveMapCell(6 + 2);
    const { alphas = [], betas = [] } = store.getState().liveMap ?? {};
    expect(app.store.getState().study.model).toMatchObject({ alpha: alphas[2], beta: betas[1] });
    app.actions.undo();
    expect(app.store.getState().study.model).toMatchObject({ alpha: 0.01, beta: 0.02 });
  });

  it('is not begun where it could not keep up', async () => {
    const { actions, until, pools } = open();
    actions.openLiveMap({ ...small, epochs: 10_000_000 });
    await until(({ liveMap }) => liveMap?.status === 'failed');
    expect(pools.live.made).toBe(0);
  });
});

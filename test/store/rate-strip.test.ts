import { describe, expect, it } from 'vitest';
import { setHeldOut, setRating } from '../../src/core/edit.ts';
import { notebookModel } from '../../src/core/presets.ts';
import type { Study } from '../../src/core/study.ts';
import { STRIP_RATES } from '../../src/core/understand/rate-strip.ts';
import { createReferenceEngine } from '../../src/engines/reference/reference.ts';
import type { Moment } from '../../src/lessons/facts.ts';
import type { TaskPool } from '../../src/store/jobs.ts';
import { momentOf } from '../../src/store/lesson-moment.ts';
import { createRateStrip } from '../../src/store/rate-strip.ts';
import { setupOfStudy, startTask } from '../../src/worker/task.ts';
import type { TrainTask } from '../../src/worker/task-protocol.ts';
import { bench, studyFromText } from './harness.ts';

const NOTEBOOK = '5 3 . 1 / 4 . . 1 / 1 1 . 5 / 1 . . 4 / . 1 5 4 / 2 1 3 .';
const quick = studyFromText(NOTEBOOK, { ...notebookModel, k: 2, alpha: 0.03 });
const engine = createReferenceEngine();
const turn = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

/** A pool in this process: one task each turn of the event loop; each takes a millisecond of the clock. */
function inProcess(pass: (milliseconds: number) => void) {
  const pool = {
    asked: [] as TrainTask[],
    studies: [] as Study[],
    canceled: 0,
    disposed: 0,
    async run(...[study, tasks, onResult, signal]: Parameters<TaskPool['run']>) {
      pool.studies.push(study);
      const setup = setupOfStudy(study);
      for (const [index, task] of tasks.entries()) {
        pool.asked.push(task);
        await turn();
        pass(1);
        if (signal.aborted) {
          pool.canceled += 1;
          return 'canceled' as const;
        }
        const result = startTask(engine, setup, task).work(() => false);
        if (result !== null) onResult(index, result);
      }
      return 'done' as const;
    },
    dispose() {
      pool.disposed += 1;
    },
  };
  return pool;
}

function open(study: Study = quick) {
  const app = bench(study);
  app.actions.setView({ runTo: 200 });
  const pool = inProcess((milliseconds) => app.clock.pass(milliseconds));
  const told: Moment[] = [];
  const strip = createRateStrip({
    app,
    pool: () => pool,
    surroundings: app.clock,
    onRun(change) {
      const now = momentOf(
        app.store.getState(),
        { user: 0, item: 0 },
        { otherStarts: null, oneFewer: null, foldIn: null, sweep: null },
      );
      if (now === null) throw new Error('no moment');
      told.push(change(now));
    },
  });
  const get = strip.getState;
  const until = async (holds: () => boolean) => {
    for (let turns = 0; turns < 3_000 && !holds(); turns += 1) {
      await turn();
      app.clock.pass(16);
    }
    expect(holds()).toBe(true);
  };
  return { app, pool, strip, get, told, until, complete: () => until(() => get().complete) };
}

describe('the strip', () => {
  it('asks for nothing before somebody looks, then for the marker’s run first and every other once', async () => {
    const { get, pool, complete } = open();
    await turn();
    expect(pool.asked).toEqual([]);
    get().look();
    await complete();
    expect(pool.asked.map(({ alpha }) => alpha).slice(0, 4)).toEqual([
      0.03,
      STRIP_RATES[0],
      STRIP_RATES[16],
      STRIP_RATES[32],
    ]);
    expect(pool.asked).toHaveLength(93);
    expect([...get().runs.keys()].toSorted((a, b) => a - b)).toEqual(STRIP_RATES);
    expect(get().runs.get(0.02)?.curve.rmseSeen).toHaveLength(201);
  });

  it('says what the stage says when it has run that α', async () => {
    const { app, get, complete } = open();
    get().look();
    await complete();
    app.actions.runTo(200);
    app.clock.pass(2_000);
    const { run } = app.store.getState();
    expect(run.epoch).toBe(200);
    expect(get().runs.get(0.03)?.curve).toEqual(run.history);
  });

  it('makes no run twice while the marker moves, and one more where it stands between two places', async () => {
    const { app, get, pool, complete, until } = open();
    get().look();
    await complete();
    for (const alpha of [0.02, 0.07, 0.1]) {
      get().drag(alpha);
      expect(get().shown?.alpha).toBe(alpha);
    }
    await turn();
    expect(pool.asked).toHaveLength(93);
    app.actions.changeModel({ alpha: 0.0123 });
    expect(get().alpha).toBe(0.0123);
    expect(get().shown?.alpha).toBe(0.1);
    await until(() => get().shown?.alpha === 0.0123);
    expect(pool.asked.slice(93).map(({ alpha }) => alpha)).toEqual([0.0123]);
    expect(get().complete).toBe(true);
  });

  it('shows the marker’s run as soon as it is there', async () => {
    const { get, pool, until } = open();
    get().look();
    await until(() => get().shown !== null);
    expect(get().shown?.alpha).toBe(0.03);
    expect(pool.asked.length).toBeLessThan(5);
  });

  it('lets a marker that moves to unknown places go first: to the newest of them, after what has begun', async () => {
    const { get, pool, until, complete } = open();
    get().look();
    await until(() => get().shown !== null);
    const before = pool.asked.length;
    for (const alpha of [0.6, 0.7, 0.8, 0.9]) get().drag(alpha);
    await until(() => get().shown?.alpha === 0.9);
    expect(pool.asked.slice(before, before + 2).map(({ alpha }) => alpha)).toContain(0.9);
    await complete();
    expect(pool.asked.filter(({ alpha }) => alpha === 0.9)).toHaveLength(1);
    expect(pool.disposed).toBe(0);
  });

  it('shows the run under a hand that moves while the strip of before still stands', async () => {
    const { app, get, complete, until } = open();
    get().look();
    await complete();
    const of = get().runs.get(0.5);
    app.actions.changeModel({ beta: 0.5 });
    app.clock.pass(16);
    expect(get().complete).toBe(false);
    expect(get().runs.get(0.5)).toBe(of);
    get().drag(0.2);
    await until(() => get().shown?.alpha === 0.2);
    expect(get().runs.get(0.2)).toBe(get().shown);
    expect(get().runs.size).toBeLessThan(93);
    await complete();
    expect(get().runs.get(0.5)).not.toBe(of);
  });

  it('gives up a worker that is long at a run of a study that is no more, but not one that is still loading', async () => {
    const app = bench(quick);
    const pools: { asked: number; ended: boolean; tell: () => void }[] = [];
    const strip = createRateStrip({
      app,
      surroundings: app.clock,
      onRun() {},
      pool() {
        const made = { asked: 0, ended: false, tell: () => {} };
        pools.push(made);
        return {
          run(study, tasks, onResult, signal) {
            made.asked += 1;
            return new Promise((resolve) => {
              signal.addEventListener('abort', () => resolve('canceled'));
              const [task] = tasks;
              const result = task ? startTask(engine, setupOfStudy(study), task).work(() => false) : null;
              made.tell = () => result && onResult(0, result);
            });
          },
          dispose() {
            made.ended = true;
          },
        };
      },
    });
    strip.getState().look();
    const change = async (beta: number) => {
      app.actions.changeModel({ beta });
      app.clock.pass(400);
      await turn();
    };
    await change(0.1);
    expect(pools).toMatchObject([{ asked: 1, ended: false }]);
    // It tells of the study that is no more, and is asked anew.
    pools[0]?.tell();
    await turn();
    expect(pools).toMatchObject([{ asked: 2, ended: false }]);
    app.clock.pass(400);
    await change(0.2);
    expect(pools).toMatchObject([
      { asked: 2, ended: true },
      { asked: 1, ended: false },
    ]);
  });

  it.each([
    ['β', (app: ReturnType<typeof bench>) => app.actions.changeModel({ beta: 0.5 })],
    ['k', (app: ReturnType<typeof bench>) => app.actions.changeModel({ k: 3 })],
    ['the order', (app: ReturnType<typeof bench>) => app.actions.changeModel({ order: 'shuffled' })],
    ['the number of epochs', (app: ReturnType<typeof bench>) => app.actions.setView({ runTo: 150 })],
    [
      'a rating',
      (app: ReturnType<typeof bench>) => {
        const changed = setRating(app.store.getState().study.dataset, 0, 2, 5);
        if (changed.ok) app.actions.changeDataset(changed.value, 'x');
      },
    ],
  ])('computes all of it anew when %s changes', async (_, change) => {
    const { app, get, pool, complete, until } = open();
    get().look();
    await complete();
    const before = get().runs.get(0.02)?.curve.rmseSeen.at(-1);
    change(app);
    await until(() => !get().complete);
    // The strip of before stands until the new one is whole.
    expect(get().runs.size).toBe(93);
    await complete();
    expect(pool.asked).toHaveLength(2 * 93);
    expect(get().runs.get(0.02)?.curve.rmseSeen.at(-1)).not.toBe(before);
    expect(pool.studies.at(-1)?.dataset.ratings).toBe(app.store.getState().study.dataset.ratings);
  });

  it('takes a change that is undone within a frame for none', async () => {
    const { app, get, pool, complete } = open();
    get().look();
    await complete();
    app.actions.setView({ runTo: 300 });
    app.actions.setView({ runTo: 200 });
    app.clock.pass(100);
    await turn();
    expect(pool.asked).toHaveLength(93);
  });

  it('mixes no runs of two studies: what was under way is dropped', async () => {
    const { app, get, complete, until } = open();
    get().look();
    await until(() => get().runs.size > 20);
    app.actions.changeModel({ beta: 0.5 });
    await until(() => !get().complete);
    await complete();
    const beside = open(studyFromText(NOTEBOOK, { ...notebookModel, k: 2, alpha: 0.03, beta: 0.5 }));
    beside.get().look();
    await beside.complete();
    for (const rate of STRIP_RATES) expect(get().runs.get(rate)).toEqual(beside.get().runs.get(rate));
  });

  it('stops when nobody looks any more', async () => {
    const { get, pool, until } = open();
    const leave = get().look();
    await until(() => get().runs.size > 5);
    leave();
    const { length } = pool.asked;
    for (let turns = 0; turns < 10; turns += 1) await turn();
    expect([pool.disposed, pool.canceled, pool.asked.length]).toEqual([1, 1, length]);
  });
});

describe('letting the marker go', () => {
  it('gives its α to the stage, and tells the lesson of a whole run', async () => {
    const { app, get, told, complete } = open();
    get().look();
    await complete();
    get().drag(0.0002);
    expect(app.store.getState().study.model.alpha).toBe(0.03);
    app.clock.pass(64);
    expect(told).toEqual([]);
    let heard = false;
    void get()
      .release()
      .then(() => {
        heard = true;
      });
    expect(app.store.getState().study.model.alpha).toBe(0.0002);
    app.clock.pass(32);
    await turn();
    expect(heard).toBe(true);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ epoch: 200, position: 0, diverged: false, past: false });
    expect(told[0]?.study.model.alpha).toBe(0.0002);
    expect(told[0]?.measures.rmseSeen).toBe(get().runs.get(0.0002)?.curve.rmseSeen[200]);
    app.actions.undo();
    expect([app.store.getState().study.model.alpha, get().alpha]).toEqual([0.03, 0.03]);
  });

  it('takes the stage back to its start, so that no run has two learning rates', async () => {
    const { app, get, complete } = open();
    get().look();
    await complete();
    app.actions.runTo(50);
    app.actions.setView({ runTo: 200 });
    app.clock.pass(1_000);
    expect(app.store.getState().run.epoch).toBe(50);
    get().drag(0.02);
    void get().release();
    app.clock.pass(64);
    expect(app.store.getState().run.epoch).toBe(0);
    app.actions.runTo(200);
    app.clock.pass(2_000);
    expect(app.store.getState().run.history).toEqual(get().runs.get(0.02)?.curve);
  });

  it('tells of a run that diverged as the stage does: at its last completed epoch', async () => {
    const { app, get, told, until } = open();
    get().look();
    get().drag(0.14);
    void get().release();
    await until(() => told.length === 1);
    expect(told[0]).toMatchObject({ diverged: true, epoch: get().runs.get(0.14)?.epochs });
    app.actions.runTo(200);
    app.clock.pass(1_000);
    const { run } = app.store.getState();
    expect([run.divergence !== null, run.epoch]).toEqual([true, told[0]?.epoch]);
  });

  it('measures what is held out, too', async () => {
    const held = setHeldOut(quick.dataset, { users: [2], items: [3] });
    if (!held.ok) throw new Error('not held out');
    const { get, complete } = open({ ...quick, dataset: held.value });
    get().look();
    await complete();
    const { curve } = get().runs.get(0.02) ?? { curve: null };
    expect(curve?.rmseHeldOut.at(-1)).toBeGreaterThan(1);
    expect(curve?.rmseSeen.at(-1)).toBeLessThan(0.1);
  });
});

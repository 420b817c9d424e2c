import { describe, expect, it } from 'vitest';
import { setRating } from '../../src/core/edit.ts';
import { addUser } from '../../src/core/edit-rows.ts';
import { predict } from '../../src/core/predict.ts';
import { notebookModel } from '../../src/core/presets.ts';
import type { Study } from '../../src/core/study.ts';
import { trainingData } from '../../src/core/training-data.ts';
import { stopAt, stopWhenSettled } from '../../src/core/understand/retrain.ts';
import { createReferenceEngine } from '../../src/engines/reference/reference.ts';
import { histogramAt, intervalAt, judgmentAt, spreadAt, valuesAt } from '../../src/store/ensemble.ts';
import { sampleToLeaveOut, settleLimit } from '../../src/store/job-plan.ts';
import { createJobs, type JobsState, type TaskPool } from '../../src/store/jobs.ts';
import { runTask, setupOfStudy, startTask } from '../../src/worker/task.ts';
import { trainStudy } from '../core/train-study.ts';
import { someDataset } from '../core/understand/samples.ts';
import { bench, studyFromText } from './harness.ts';

const NOTEBOOK = '5 3 . 1 / 4 . . 1 / 1 1 . 5 / 1 . . 4 / . 1 5 4 / 2 1 3 .';
const engine = createReferenceEngine();
const turn = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

/** A pool in this process: one task each turn of the event loop, the last one first. */
function inProcess(): TaskPool & { runs: number; tasks: number; fails: boolean } {
  const pool = {
    runs: 0,
    tasks: 0,
    fails: false,
    async run(...[study, tasks, onResult, signal]: Parameters<TaskPool['run']>) {
      pool.runs += 1;
      const setup = setupOfStudy(study);
      for (const [index, task] of [...tasks.entries()].reverse()) {
        await turn();
        if (signal.aborted) return 'canceled' as const;
        if (pool.fails) return 'failed' as const;
        pool.tasks += 1;
        const result = startTask(engine, setup, task).work(() => false);
        if (result !== null) onResult(index, result);
      }
      return 'done' as const;
    },
  };
  return pool;
}

function open(study: Study, epoch = 0) {
  const app = bench(study);
  if (epoch > 0) app.actions.runTo(epoch);
  app.clock.pass(500);
  const pool = inProcess();
  const jobs = createJobs({
    app,
    pool: () => pool,
    surroundings: { nextFrame: (callback) => void setTimeout(callback, 0) },
  });
  const idle = ({ progress }: JobsState) => Object.values(progress).every((one) => one === null);
  const done = async () => {
    for (let turns = 0; turns < 5_000 && !idle(jobs.getState()); turns += 1) await turn();
    expect(idle(jobs.getState())).toBe(true);
  };
  const until = async (reached: (state: JobsState) => boolean) => {
    for (let turns = 0; turns < 5_000 && !reached(jobs.getState()); turns += 1) await turn();
    expect(reached(jobs.getState())).toBe(true);
  };
  return { app, jobs, pool, done, until };
}

const quick = studyFromText(NOTEBOOK, { ...notebookModel, alpha: 0.01 });

describe('other starts', () => {
  it('are the study from the next seeds, at the run’s epoch and settled', async () => {
    const { jobs, done } = open(quick, 60);
    jobs.getState().otherStarts(7);
    await done();
    const { starts } = jobs.getState();
    if (starts === null) throw new Error('no ensemble');
    expect(starts).toMatchObject({ mark: 60, asked: 7, ratings: 16, complete: true, stale: null });
    const data = trainingData(quick.dataset);
    const limit = settleLimit(quick.model, data, 60);
    const present = Array.from({ length: 7 }, (_, at) =>
      runTask(engine, quick, { stop: stopAt(60), seed: quick.model.seed + 1 + at, wanted: 'all' }),
    );
    const settled = Array.from({ length: 7 }, (_, at) =>
      runTask(engine, quick, { stop: stopWhenSettled(limit, 60), seed: quick.model.seed + 1 + at, wanted: 'all' }),
    );
    const cell = 0 * 4 + 2;
    expect([...valuesAt(starts, 0, 2, 'mark')]).toEqual(present.map(({ predictions }) => predictions[cell]));
    expect([...valuesAt(starts, 0, 2, 'end')]).toEqual(settled.map(({ predictions }) => predictions[cell]));
    expect(starts.settled.every(({ ended }) => ended === 'settled')).toBe(true);
  });

  it('stand for themselves in a cell: where nine of ten lie, and of one rating fewer all', async () => {
    const { jobs, done } = open(quick, 60);
    jobs.getState().otherStarts(20);
    jobs.getState().oneRatingFewer();
    await done();
    const { starts, fewer } = jobs.getState();
    if (starts === null || fewer === null) throw new Error('no ensemble');
    const sorted = [...valuesAt(starts, 0, 2, 'mark')].sort((a, b) => a - b);
    // (20 − 1) · .05 = .95: nearly at the second least.
    const fifth = (sorted[0] ?? 0) + 0.95 * ((sorted[1] ?? 0) - (sorted[0] ?? 0));
    const interval = intervalAt('starts', starts, 0, 2, 'mark');
    expect(interval?.low).toBeCloseTo(fifth, 12);
    expect(interval?.high).toBeLessThan(sorted.at(-1) ?? 0);
    const values = [...valuesAt(fewer, 0, 2, 'end')];
    expect(intervalAt('fewer', fewer, 0, 2, 'end')).toEqual({ low: Math.min(...values), high: Math.max(...values) });
    expect(intervalAt('starts', { ...starts, present: starts.present.slice(0, 1) }, 0, 2, 'mark')).toBe(null);
  });

  it('are drawn once asked for, the kind that was asked for last, unless none was chosen', async () => {
    const { jobs, done } = open(quick, 10);
    expect(jobs.getState().drawn).toEqual({ intervals: null, moment: 'end', influence: false });
    jobs.getState().otherStarts(2);
    expect(jobs.getState().drawn.intervals).toBe('starts');
    jobs.getState().oneRatingFewer();
    expect(jobs.getState().drawn.intervals).toBe('fewer');
    jobs.getState().otherStarts(2);
    expect(jobs.getState().drawn.intervals).toBe('starts');
    jobs.getState().draw({ intervals: 'none' });
    jobs.getState().otherStarts(2);
    await done();
    expect(jobs.getState().drawn).toEqual({ intervals: 'none', moment: 'end', influence: false });
  });

  it('tell unfinished training from what lasts, with figures and bars', async () => {
    const { jobs, done } = open(quick, 60);
    jobs.getState().otherStarts(20);
    await done();
    const { starts } = jobs.getState();
    if (starts === null) throw new Error('no ensemble');
    const mark = spreadAt(starts, 0, 2, 'mark');
    const end = spreadAt(starts, 0, 2, 'end');
    if (mark === null || end === null) throw new Error('no spread');
    expect(mark.count).toBe(20);
    expect([mark.min, mark.max]).toEqual([
      Math.min(...valuesAt(starts, 0, 2, 'mark')),
      Math.max(...valuesAt(starts, 0, 2, 'mark')),
    ]);
    expect(end.sd).toBeLessThan(mark.sd / 10);
    expect(judgmentAt(starts, 0, 2).verdict).toBe('unfinished');
    expect(spreadAt(starts, 0, 2, 'mark')).toBe(mark);
    const bars = histogramAt(starts, 0, 2, 'mark', 8);
    expect(bars.counts.reduce((sum, count) => sum + count, 0)).toBe(20);
    expect([bars.low, bars.high]).toEqual([mark.min, mark.max]);
  });

  it('fill in as they come, and say how far they are', async () => {
    const { jobs, done, until } = open(quick, 60);
    const seen: string[] = [];
    jobs.subscribe(({ progress: { starts } }) => {
      if (starts) seen.push(`${starts.phase} ${starts.done}/${starts.total}`);
    });
    jobs.getState().otherStarts(5);
    expect(jobs.getState().progress.starts).toEqual({ phase: 'present', done: 0, total: 10 });
    await until(({ starts }) => (starts?.present.length ?? 0) > 1);
    const { starts } = jobs.getState();
    expect(starts?.complete).toBe(false);
    if (starts) expect(judgmentAt(starts, 0, 2).verdict).toBe('undecided');
    // The last came first, and still they stand in the order of their seeds.
    const seeds = starts?.present.map(({ member }) => (member.kind === 'seed' ? member.seed : 0)) ?? [];
    expect(seeds).toEqual(seeds.toSorted((a, b) => a - b));
    await done();
    expect(seen).toContain('settling 5/10');
  });

  it('are canceled at once, and what is done is kept', async () => {
    const { jobs, pool, until } = open(quick, 60);
    jobs.getState().otherStarts(50);
    await until(({ starts }) => (starts?.present.length ?? 0) >= 3);
    jobs.getState().cancel();
    const { starts, progress } = jobs.getState();
    const kept = starts?.present.length ?? 0;
    const { tasks } = pool;
    expect([progress.starts, starts?.complete, kept < 50]).toEqual([null, false, true]);
    for (let turns = 0; turns < 10; turns += 1) await turn();
    expect([pool.tasks, jobs.getState().starts?.present.length]).toEqual([tasks, kept]);
  });
});

describe('one rating fewer', () => {
  it('leaves out each training rating in turn', async () => {
    const { jobs, done } = open(quick, 60);
    jobs.getState().oneRatingFewer();
    await done();
    const { fewer } = jobs.getState();
    expect(fewer).toMatchObject({ asked: 16, ratings: 16, complete: true });
    expect(fewer?.present.map(({ member }) => (member.kind === 'without' ? member.rating : -1))).toEqual(
      Array.from({ length: 16 }, (_, at) => at),
    );
  });

  it('takes a sample of them on a large set, and says of how many', () => {
    const data = trainingData(someDataset(200, 100, 0.5));
    const sample = sampleToLeaveOut({ ...notebookModel, k: 10 }, data, 5_000, null);
    expect(sample.of).toBe(data.training.value.length);
    expect(sample.ratings.length).toBeGreaterThanOrEqual(39);
    expect(sample.ratings.length).toBeLessThan(100);
    expect(settleLimit({ ...notebookModel, k: 10 }, data, 5_000)).toBe(10_000);
  });

  it('is nothing where there is but one rating', async () => {
    const { jobs, done } = open(studyFromText('5 .', { alpha: 0.01 }));
    jobs.getState().oneRatingFewer();
    await done();
    expect(jobs.getState().fewer).toMatchObject({ asked: 0, ratings: 1, present: [], settled: [], complete: true });
  });
});

describe('influence', () => {
  it('is what brute force finds: each rating deleted from the text, the study trained anew', async () => {
    const { app, jobs, done } = open(quick, 60);
    jobs.getState().influenceOn(0, 2);
    await done();
    const { influence } = jobs.getState();
    if (influence === null) throw new Error('no influence');
    const { state } = app.store.getState().run;
    if (state === null) throw new Error('no state');
    expect(influence.predicted).toBe(predict(state.parameters, 0, 2));
    expect(influence.ranked.length).toBe(16);
    const whole = influence.predicted ?? Number.NaN;
    const cells = NOTEBOOK.split(' ');
    const rated = cells.flatMap((cell, at) => (cell === '.' || cell === '/' ? [] : [at]));
    const brute = rated.map((at, rating) => {
      const fewer = cells.map((cell, place) => (place === at ? '.' : cell)).join(' ');
      const without = predict(trainStudy(studyFromText(fewer, quick.model), 60).parameters, 0, 2);
      return { rating, without, change: without - whole };
    });
    brute.sort((a, b) => Math.abs(b.change) - Math.abs(a.change));
    expect(influence.ranked.map(({ rating, without, change }) => ({ rating, without, change }))).toEqual(brute);
  });

  it('on another cell costs nothing, also while it is under way', async () => {
    const { jobs, pool, done, until } = open(quick, 60);
    jobs.getState().influenceOn(0, 2);
    await until(({ influence }) => (influence?.outcomes.length ?? 0) > 2);
    jobs.getState().influenceOn(5, 3);
    await done();
    const { influence } = jobs.getState();
    expect([pool.runs, influence?.user, influence?.item, influence?.ranked.length]).toEqual([1, 5, 3, 16]);
    const whole = runTask(engine, quick, { stop: stopAt(60), wanted: 'all' });
    expect(influence?.predicted).toBe(whole.predictions[23]);
    jobs.getState().influenceOn(0, 2);
    expect(jobs.getState().influence?.predicted).toBe(whole.predictions[2]);
    expect(pool.runs).toBe(1);
  });

  it('is retrained when the run went on', async () => {
    const { app, jobs, pool, done } = open(quick, 60);
    jobs.getState().influenceOn(0, 2);
    await done();
    app.actions.runTo(80);
    app.clock.pass(200);
    expect(jobs.getState().influence?.stale).toBe('epoch');
    jobs.getState().influenceOn(0, 2);
    await done();
    expect([pool.runs, jobs.getState().influence?.mark, jobs.getState().influence?.stale]).toEqual([2, 80, null]);
  });
});

describe('jobs', () => {
  it('begin where the run began, not where init and seed say', async () => {
    const { app, jobs, done } = open(quick, 0);
    const added = addUser(quick.dataset);
    app.actions.changeDataset(added, 'add');
    app.clock.pass(64);
    app.actions.runTo(30);
    app.clock.pass(200);
    jobs.getState().influenceOn(0, 2);
    await done();
    const { state } = app.store.getState().run;
    if (state === null) throw new Error('no state');
    expect(jobs.getState().influence?.predicted).toBe(predict(state.parameters, 0, 2));
  });

  it('are done one after the other; one that is asked for again begins anew', async () => {
    const { jobs, done, until } = open(quick, 60);
    jobs.getState().otherStarts(10);
    jobs.getState().oneRatingFewer();
    jobs.getState().influenceOn(0, 2);
    expect(jobs.getState().progress).toMatchObject({
      starts: { phase: 'present' },
      fewer: { phase: 'waiting', done: 0, total: 32 },
      // As many as are left out; the run whole is not one of them.
      influence: { phase: 'waiting', done: 0, total: 16 },
    });
    await until(({ starts }) => (starts?.present.length ?? 0) > 2);
    jobs.getState().otherStarts(4);
    expect(jobs.getState().progress.starts).toEqual({ phase: 'waiting', done: 0, total: 8 });
    jobs.getState().cancel('influence');
    await done();
    const { starts, fewer, influence } = jobs.getState();
    expect([starts?.settled.length, fewer?.settled.length, influence?.complete]).toEqual([4, 16, false]);
  });

  it('say when the run or the study went on, and take it back when it comes back', async () => {
    const { app, jobs, done } = open(quick, 60);
    jobs.getState().otherStarts(3);
    await done();
    const stale = () => jobs.getState().starts?.stale;
    app.actions.changeModel({ beta: 0.3 });
    app.clock.pass(32);
    expect(stale()).toBe('study');
    app.actions.undo();
    app.clock.pass(32);
    expect(stale()).toBe(null);
    const edit = setRating(app.store.getState().study.dataset, 0, 2, 4);
    if (!edit.ok) throw new Error('the edit was refused');
    app.actions.changeDataset(edit.value, 'rate');
    expect(stale()).toBe('study');
    app.actions.undo();
    app.actions.runTo(61);
    app.clock.pass(64);
    expect(stale()).toBe('epoch');
    app.actions.reset();
    app.clock.pass(32);
    app.actions.runTo(60);
    app.clock.pass(64);
    expect(stale()).toBe(null);
  });

  it('let go what was found for cells that are others now', async () => {
    const { app, jobs, done } = open(quick, 60);
    jobs.getState().oneRatingFewer();
    await done();
    jobs.getState().otherStarts(30);
    const added = addUser(app.store.getState().study.dataset);
    app.actions.changeDataset(added, 'add');
    const { starts, fewer, progress } = jobs.getState();
    expect([starts, fewer, progress.starts]).toEqual([null, null, null]);
  });

  it('say that workers died, keep what is done, and can be asked for again', async () => {
    const { app, jobs, pool, done, until } = open(quick, 60);
    jobs.getState().otherStarts(10);
    await until(({ starts }) => (starts?.present.length ?? 0) > 2);
    pool.fails = true;
    await done();
    expect(app.store.getState().messages.at(-1)).toMatchObject({ kind: 'error', text: expect.stringMatching(/kept/) });
    expect(jobs.getState().starts).toMatchObject({ complete: false, asked: 10 });
    pool.fails = false;
    jobs.getState().otherStarts(3);
    await done();
    expect(jobs.getState().starts?.complete).toBe(true);
  });

  it('leave a run that diverged out', async () => {
    const { jobs, done } = open(studyFromText(NOTEBOOK, { ...notebookModel, alpha: 0.4 }), 0);
    jobs.getState().otherStarts(4);
    await done();
    const { starts } = jobs.getState();
    if (starts === null) throw new Error('no ensemble');
    expect(starts.settled.map(({ ended }) => ended)).toEqual(['diverged', 'diverged', 'diverged', 'diverged']);
    expect(spreadAt(starts, 0, 2, 'end')).toBe(null);
    expect(judgmentAt(starts, 0, 2).verdict).toBe('undecided');
  });
});

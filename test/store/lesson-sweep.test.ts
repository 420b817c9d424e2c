import { describe, expect, it } from 'vitest';
import { setRating } from '../../src/core/edit.ts';
import { judgedByK, withinOneStandardError } from '../../src/core/experiment/one-standard-error.ts';
import type { Study } from '../../src/core/study.ts';
import { createReferenceEngine } from '../../src/engines/reference/reference.ts';
import { valueNow } from '../../src/lessons/check.ts';
import type { Lesson, Step, SweepOverK } from '../../src/lessons/lesson.ts';
import { sweepPlan } from '../../src/lessons/stage.ts';
import { createGuide } from '../../src/store/lesson.ts';
import { createLessonSweep } from '../../src/store/lesson-sweep.ts';
import type { RunPool } from '../../src/store/sweep-queue.ts';
import { PartedStudy, runRunTask } from '../../src/worker/run-task.ts';
import { runPlan } from '../core/experiment/run-plan.ts';
import { bench, studyFromText } from './harness.ts';

const engine = createReferenceEngine();
const turn = () => new Promise<void>((resolve) => setTimeout(resolve, 0));
const SWEEP: SweepOverK = { k: [1, 2, 3], folds: 4, seeds: [5, 6], epochs: 40 };
const ROWS = ['5 3 . 1', '4 . . 1', '1 1 . 5', '1 . . 4', '. 1 5 4', '2 1 3 .'];

const stage = {
  study: {
    matrix: {
      name: 'Six',
      users: ['A', 'B', 'C', 'D', 'E', 'F'],
      items: ['a', 'b', 'c', 'd'],
      scale: { min: 1, max: 5, step: 1 },
      rows: ROWS,
    },
  },
  model: { k: 4, alpha: 0.01, beta: 0.1 },
} as const;
const step = (id: string, more: Partial<Step>): Step => ({
  id,
  text: '',
  stage,
  focus: { panel: 'sweep' },
  ask: 'Do it.',
  expect: 'swept',
  why: 'So.',
  ...more,
});
const lesson: Lesson = {
  format: 'factorscope-lesson',
  version: 1,
  id: 'sweep',
  number: 0,
  title: 'A sweep',
  idea: 'Many runs.',
  steps: [
    step('run', { sweep: SWEEP, show: [{ do: 'sweep' }] }),
    step('choose', {
      stage: 'keep',
      expect: 'swept and k = sweepSmallest',
      show: [{ do: 'set-k', k: 'sweepSmallest' }],
    }),
    step('other', { expect: 'k = 3' }),
  ],
};

/** A pool in this process: one run each turn of the event loop. */
function inProcess() {
  const pool = {
    made: 0,
    hold() {},
    async runAll(...[study, splits, runs, onResult, signal]: Parameters<RunPool['runAll']>) {
      const parted = new PartedStudy(study, splits);
      for (let index = 0; index < runs.count; index += 1) {
        await turn();
        if (signal.aborted) return 'canceled' as const;
        pool.made += 1;
        onResult(index, runRunTask(engine, parted, runs.task(index)), 1);
      }
      return 'done' as const;
    },
  };
  return pool;
}

async function open(at: number) {
  const app = bench(studyFromText(ROWS.join(' / ')));
  const pool = inProcess();
  const guide = createGuide({
    app,
    surroundings: app.clock,
    done: new Set(),
    onDone: () => {},
    onStage: () => sweep.getState().clear(),
  });
  const sweep = createLessonSweep({
    app,
    pool: () => pool,
    surroundings: {
      now: () => performance.now(),
      nextFrame: (callback) => void setTimeout(callback, 0),
      after: () => () => {},
    },
    guide,
  });
  guide.serve('sweep', () => sweep.getState().start());
  const until = async (reached: () => boolean) => {
    for (let turns = 0; turns < 5_000 && !reached(); turns += 1) {
      app.clock.pass(100);
      await turn();
    }
    expect(reached()).toBe(true);
  };
  const ready = () => guide.store.getState().phase === 'ready';
  guide.enter(lesson, at);
  await until(ready);
  const now = (formula: string) => {
    const { facts } = guide.store.getState();
    return facts && valueNow(formula, facts);
  };
  return { app, guide, pool, sweep, until, ready, now };
}

/** The same runs without a store. */
function expected(study: Study) {
  const { runs, summaries } = runPlan(sweepPlan(study, SWEEP));
  return judgedByK(runs, summaries);
}

describe('the sweep of a lesson', () => {
  it('is done when all of its runs are there and not before, and comes to what its runs come to', async () => {
    const { app, guide, pool, sweep, until, now } = await open(0);
    expect(sweep.getState().wanted).toEqual(SWEEP);
    expect(now('swept')).toBe(false);
    const over = sweep.getState().start();
    await until(() => pool.made === 23);
    expect(guide.store.getState().met).toBe(false);
    expect(now('sweepBest')).toBeNull();
    await over;
    await until(() => guide.store.getState().met);
    expect(pool.made).toBe(3 * 4 * 2);
    const judged = expected(app.store.getState().study);
    for (const { k, rmse, error } of judged) {
      expect(now(`sweepRmse(${k})`)).toBe(rmse);
      expect(now(`sweepError(${k})`)).toBe(error);
    }
    const rule = withinOneStandardError(judged);
    expect([now('sweepBest'), now('sweepLimit'), now('sweepSmallest')]).toEqual([
      rule?.best.k,
      rule?.limit,
      rule?.smallest.k,
    ]);
    expect(now('sweepRmse(4)')).toBeNull();
  });

  it('stops when it is canceled, without being done, and goes on from there', async () => {
    const { guide, pool, sweep, until } = await open(0);
    const over = sweep.getState().start();
    await until(() => pool.made >= 6);
    sweep.getState().cancel();
    await over;
    const { made } = pool;
    for (let turns = 0; turns < 20; turns += 1) await turn();
    expect(pool.made).toBe(made);
    expect(sweep.getState().sweep?.status).toBe('canceled');
    expect(guide.store.getState().met).toBe(false);
    await sweep.getState().start();
    await until(() => guide.store.getState().met);
    // What landed before it was canceled is not run again.
    expect(pool.made).toBe(24);
  });

  it('outlives another k, and no other change: ratings and settings make it another sweep', async () => {
    const { app, sweep, until, now } = await open(0);
    await sweep.getState().start();
    await until(() => now('swept') === true);
    app.actions.changeModel({ k: 2 });
    await until(() => now('k') === 2);
    expect(now('swept')).toBe(true);
    app.actions.changeModel({ beta: 0.3 });
    await until(() => now('beta') === 0.3);
    expect([now('swept'), sweep.getState().sweep]).toEqual([false, null]);

    await sweep.getState().start();
    await until(() => now('swept') === true);
    const changed = setRating(app.store.getState().study.dataset, 0, 0, 2);
    if (changed.ok) app.actions.changeDataset(changed.value, 'a rating');
    await until(() => now('r(1, 1)') === 2);
    expect(now('swept')).toBe(false);
  });

  it('stands when a step that keeps the stage is opened by its address, and is gone on another stage', async () => {
    const { app, guide, pool, sweep, until, ready, now } = await open(1);
    expect(pool.made).toBe(24);
    expect(now('swept')).toBe(true);
    expect(sweep.getState().wanted).toEqual(SWEEP);
    const smallest = withinOneStandardError(expected(app.store.getState().study))?.smallest.k;
    expect(now('sweepSmallest')).toBe(smallest);
    guide.enter(lesson, 2);
    await until(ready);
    expect(sweep.getState().wanted).toBeNull();
    expect(sweep.getState().sweep).toBeNull();
    expect(now('swept')).toBe(false);
    await sweep.getState().start();
    expect(pool.made).toBe(24);
  });

  it('is shown, and its k set, by the lesson itself', async () => {
    const { guide, until, ready, now } = await open(0);
    guide.show();
    await until(() => guide.store.getState().met && !guide.store.getState().showing);
    guide.enter(lesson, 1);
    await until(ready);
    expect(guide.store.getState().met).toBe(false);
    expect(now('k')).toBe(4);
    guide.show();
    await until(() => guide.store.getState().met && !guide.store.getState().showing);
    expect(now('k')).toBe(now('sweepSmallest'));
  });
});

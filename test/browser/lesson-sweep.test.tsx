import { expect, onTestFinished, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { createStore } from 'zustand/vanilla';
import { judgedByK, withinOneStandardError } from '../../src/core/experiment/one-standard-error.ts';
import type { Lesson, SweepOverK } from '../../src/lessons/lesson.ts';
import { sweepPlan } from '../../src/lessons/stage.ts';
import type { Guide, GuideState } from '../../src/store/lesson.ts';
import { createLessonSweep } from '../../src/store/lesson-sweep.ts';
import { LessonSweep } from '../../src/views/learn/LessonSweep.tsx';
import { runPlan } from '../core/experiment/run-plan.ts';
import { fakeHandle, runAt } from './fake-handle.ts';
import { render } from './render.tsx';
import { poolOnDemand } from './sweep-room.ts';
import { TINY } from './tiny-lesson.ts';

const SWEEP: SweepOverK = { k: [1, 2, 4], folds: 3, seeds: [5, 6], epochs: 60 };
const RUNS = 3 * 3 * 2;

const NO_LESSON: Omit<GuideState, 'lesson' | 'step'> = {
  phase: 'ready',
  problem: null,
  facts: null,
  met: false,
  told: null,
  metAtStart: false,
  broken: null,
  answer: null,
  showing: false,
  acting: null,
  done: new Set(),
};

/** The step of a lesson that sweeps k, on six by four, with runs that are done when the test says so. */
function room() {
  const { handle } = fakeHandle(runAt(0, false), false);
  const { pool, land } = poolOnDemand();
  const [first] = TINY.steps;
  if (first === undefined) throw new Error('no step');
  const lesson: Lesson = { ...TINY, steps: [{ ...first, sweep: SWEEP }] };
  const told: Parameters<Guide['computed']>[0][] = [];
  const guide: Pick<Guide, 'store' | 'computed'> = {
    store: createStore<GuideState>()(() => ({ ...NO_LESSON, lesson, step: 0 })),
    computed: (found) => void told.push(found),
  };
  const sweep = createLessonSweep({
    app: {
      ...handle,
      session: () => ({
        study: handle.store.getState().study,
        state: null,
        history: handle.store.getState().run.history,
        marks: [],
        extensions: {},
      }),
    },
    pool: () => pool,
    surroundings: {
      now: () => performance.now(),
      nextFrame: (callback) => void setTimeout(callback, 0),
      after: (milliseconds, callback) => {
        const timer = setTimeout(callback, milliseconds);
        return () => clearTimeout(timer);
      },
    },
    guide,
  });
  onTestFinished(() => sweep.getState().cancel());
  render({ ...handle, sweep }, <LessonSweep />);
  const { runs, summaries } = runPlan(sweepPlan(handle.store.getState().study, SWEEP));
  return { land, told, sweep, judged: judgedByK(runs, summaries), summaries };
}

const button = (name: string) => page.getByRole('button', { name, exact: true });
const bar = () => page.getByRole('progressbar', { name: 'Runs of the sweep' });
const rows = () =>
  page
    .getByRole('table', { name: 'Figures of the sweep' })
    .getByRole('row')
    .elements()
    .slice(1)
    .map((row) => [...row.children].map((cell) => cell.textContent));

test('before it is started it says what it would take, and has no figures', async () => {
  const { told } = room();
  await expect
    .element(page.getByText('3 values of k × 2 seeds × 3 folds: 18 runs of 60 epochs', { exact: true }))
    .toBeVisible();
  await expect.element(button('Sweep k 1, 2 and 4')).toBeVisible();
  expect(rows()).toEqual(['1', '2', '4'].map((k) => [k, '—', '—', '—']));
  expect(told).toEqual([]);
});

test('started by keys it counts its runs, and its result is that of its runs: figures, line, and what the lesson hears', async () => {
  const { land, told, judged, summaries } = room();
  await expect.element(button('Sweep k 1, 2 and 4')).toBeVisible();
  const start = button('Sweep k 1, 2 and 4').element();
  if (!(start instanceof HTMLElement)) throw new Error('no button');
  start.focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(button('Cancel')).toHaveFocus();
  await land(7);
  await expect.element(bar()).toHaveAttribute('value', '7');
  await expect.element(bar()).toHaveAttribute('max', String(RUNS));
  await expect.element(bar()).toHaveAttribute('aria-valuetext', '7 of 18 runs');
  await expect.element(page.getByText('The line is drawn once all runs are there.', { exact: true })).toBeVisible();
  expect(told).toEqual([]);

  await land();
  await expect.element(page.getByRole('status')).toHaveTextContent('All 18 runs are there.');
  await expect.element(button('Sweep again')).toHaveFocus();
  expect(bar().elements()).toEqual([]);
  expect(told).toEqual([{ sweep: judged }]);
  const { best, limit } = withinOneStandardError(judged) ?? { best: null, limit: 0 };
  expect(rows().map(([k, heldOut]) => [k, heldOut])).toEqual(
    summaries.map(({ mean }, cell) => [String(SWEEP.k[cell]), (mean ?? 0).toFixed(3)]),
  );
  await expect
    .element(page.getByText(`The line: the best, k = ${best?.k} with ${best?.rmse.toFixed(3)}`, { exact: false }))
    .toHaveTextContent(`: ${limit.toFixed(3)}.`);
  await expect.element(page.getByRole('img', { name: /3 of 3 values/ })).toBeVisible();
});

test('canceled it keeps what is done, and goes on with the rest', async () => {
  const { land, told } = room();
  await button('Sweep k 1, 2 and 4').click();
  await land(5);
  await expect.element(bar()).toHaveAttribute('value', '5');
  await button('Cancel').click();
  await expect.element(page.getByRole('status')).toHaveTextContent('Canceled at 5 of 18 runs.');
  expect(told).toEqual([]);
  await button('Go on').click();
  await expect.element(bar()).toHaveAttribute('value', '5');
  await land(12);
  await expect.element(bar()).toHaveAttribute('value', '17');
  await land();
  await expect.element(page.getByRole('status')).toHaveTextContent('All 18 runs are there.');
  expect(told).toHaveLength(1);
});

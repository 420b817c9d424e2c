import { expect, onTestFinished, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { createReferenceEngine } from '../../src/engines/reference/reference.ts';
import type { Moment } from '../../src/lessons/facts.ts';
import { createRateStrip } from '../../src/store/rate-strip.ts';
import { RateStrip } from '../../src/views/learn/RateStrip.tsx';
import { setupOfStudy, startTask } from '../../src/worker/task.ts';
import { fakeHandle, runAt } from './fake-handle.ts';
import { painted, render } from './render.tsx';

/** The strip of the six by four (two held out) over 60 epochs, computed in this page. */
function strip(width = 900) {
  const { handle, calls } = fakeHandle(runAt(0, true), true, { runTo: 60 });
  const engine = createReferenceEngine();
  const told: ((now: Moment) => Moment)[] = [];
  const store = createRateStrip({
    app: handle,
    pool: () => ({
      async run(study, tasks, onResult) {
        const setup = setupOfStudy(study);
        for (const [index, task] of tasks.entries()) {
          const result = startTask(engine, setup, task).work(() => false);
          if (result) onResult(index, result);
        }
        return 'done' as const;
      },
      dispose: () => {},
    }),
    surroundings: {
      now: () => performance.now(),
      nextFrame: (callback) => void requestAnimationFrame(callback),
    },
    onRun: (change) => void told.push(change),
  });
  const place = render({ ...handle, strip: store }, <RateStrip />, width);
  onTestFinished(() => expect(store.getState().complete).toBe(true));
  return { calls, told, store, place };
}

const slider = () => page.getByRole('slider', { name: 'Learning rate α of the strip', exact: true });
const whole = (store: ReturnType<typeof strip>['store']) => expect.poll(() => store.getState().runs.size).toBe(93);

test('the slider says what became of the run of its α, and the page shows it', async () => {
  const { store } = strip();
  await whole(store);
  const run = store.getState().runs.get(0.01);
  const [seen = 0, heldOut = 0] = [run?.curve.rmseSeen.at(-1) ?? 0, run?.curve.rmseHeldOut.at(-1) ?? 0];
  await expect
    .element(slider())
    .toHaveAttribute(
      'aria-valuetext',
      expect.stringContaining(
        `α 0.01: RMSE seen ${seen.toPrecision(4)}, held out ${heldOut.toPrecision(4)} after 60 epochs, `,
      ),
    );
  await expect.element(page.getByText(seen.toPrecision(4), { exact: true })).toBeVisible();
  await expect.element(page.getByText(heldOut.toPrecision(4), { exact: true })).toBeVisible();
  await expect.element(page.getByRole('img', { name: 'RMSE by epoch at α 0.01, 60 epochs' })).toBeVisible();
});

test('keys move the marker from place to place; letting go hands its α over, once a key', async () => {
  const { store, calls, told } = strip();
  await whole(store);
  (slider().element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowRight}{ArrowRight}');
  expect(store.getState().alpha).toBe(0.012);
  await userEvent.keyboard('{ArrowLeft}');
  expect(calls.filter(([name]) => name === 'changeModel').map(([, patch]) => patch)).toEqual([
    { alpha: 0.011 },
    { alpha: 0.012 },
    { alpha: 0.011 },
  ]);
  await userEvent.keyboard('{Home}');
  await expect.element(slider()).toHaveAttribute('aria-valuenow', '0.0001');
  await userEvent.keyboard('{End}');
  await expect.element(slider()).toHaveAttribute('aria-valuenow', '1');
  await expect.element(slider()).toHaveAttribute('aria-valuetext', expect.stringMatching(/diverged in epoch \d$/));
  await painted();
  expect(told.length).toBeGreaterThan(0);
  expect(calls.filter(([name]) => name === 'reset')).toEqual([]);
});

test('a drag draws the curve under the hand, and changes nothing before the button is up', async () => {
  const { store, calls, place } = strip();
  await whole(store);
  const plot = place.querySelector<HTMLElement>('.rate-strip-alphas');
  if (!plot) throw new Error('no strip');
  const box = plot.getBoundingClientRect();
  const at = (type: string, share: number) =>
    plot.dispatchEvent(
      new PointerEvent(type, {
        bubbles: true,
        cancelable: true,
        isPrimary: true,
        pointerId: 1,
        button: 0,
        clientX: box.left + 38 + share * (box.width - 50),
        clientY: box.top + 60,
      }),
    );
  // No pointer is really down: what is captured is said to be.
  const captured = new Set<number>();
  plot.setPointerCapture = (id) => void captured.add(id);
  plot.hasPointerCapture = (id) => captured.has(id);
  at('pointermove', 0.9);
  expect(store.getState().alpha).toBe(0.01);
  at('pointerdown', 0.25);
  expect(store.getState().alpha).toBe(0.001);
  at('pointermove', 0.75);
  expect(store.getState().alpha).toBe(0.1);
  await expect.element(page.getByRole('img', { name: 'RMSE by epoch at α 0.1, 60 epochs' })).toBeVisible();
  expect(calls).toEqual([]);
  at('pointerup', 0.75);
  expect(calls).toEqual([['changeModel', { alpha: 0.1 }]]);
  await expect.element(slider()).toHaveFocus();
});

test('on a phone the curve stands below, and nothing is wider than the page', async () => {
  const { store, place } = strip(296);
  await whole(store);
  await painted();
  const [alphas, curve] = [...place.querySelectorAll('svg')].map((svg) => svg.getBoundingClientRect());
  expect(curve?.top).toBeGreaterThan(alphas?.bottom ?? 0);
  expect(Math.max(alphas?.right ?? 0, curve?.right ?? 0)).toBeLessThanOrEqual(place.getBoundingClientRect().right);
});

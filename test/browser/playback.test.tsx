import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { ADAM_DEFAULTS } from '../../src/core/model.ts';
import type { UpdateTrace } from '../../src/core/trace.ts';
import { DivergenceBanner } from '../../src/views/playback/DivergenceBanner.tsx';
import { HonestyNote } from '../../src/views/playback/HonestyNote.tsx';
import { Narration } from '../../src/views/playback/Narration.tsx';
import { PlaybackBar } from '../../src/views/playback/PlaybackBar.tsx';
import { fakeHandle, runAt } from './fake-handle.ts';
import { painted, render } from './render.tsx';

const readout = (name: string) => page.getByRole('status', { name, exact: true });

test('every button asks for its one thing, by its promised name', async () => {
  const { handle, calls, setRun } = fakeHandle(runAt(640, true), true);
  render(handle, <PlaybackBar />);
  for (const name of ['Train', 'Step one rating', 'Step one epoch', 'Reset', 'Run']) {
    await userEvent.click(page.getByRole('button', { name, exact: true }));
  }
  setRun({ status: 'training' });
  await userEvent.click(page.getByRole('button', { name: 'Pause', exact: true }));
  expect(calls).toEqual([['train'], ['stepRating'], ['stepEpoch'], ['reset'], ['runTo', 5000], ['pause']]);
});

test('Run to epoch takes whole numbers and answers others; Enter does what Run does', async () => {
  const { handle, calls } = fakeHandle(runAt(640, true), true);
  render(handle, <PlaybackBar />);
  const field = page.getByRole('spinbutton', { name: 'Run to epoch' });
  await userEvent.fill(field, '1200');
  await userEvent.click(page.getByRole('button', { name: 'Run', exact: true }));
  const byButton = [
    ['setView', { runTo: 1200 }],
    ['runTo', 1200],
  ];
  expect(calls).toEqual(byButton);
  await userEvent.fill(field, '700');
  await userEvent.keyboard('{Enter}');
  const byEnter = [
    ['setView', { runTo: 700 }],
    ['runTo', 700],
  ];
  expect(calls).toEqual([...byButton, ...byEnter]);
  // What stands there already is run to as well.
  await userEvent.keyboard('{Enter}');
  expect(calls.slice(4)).toEqual([['runTo', 700]]);
  await userEvent.fill(field, '3,5');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('alert')).toHaveTextContent('3,5');
  await userEvent.click(page.getByRole('button', { name: 'Run', exact: true }));
  expect(calls.length).toBe(5);
  await expect.element(field).toHaveFocus();
});

test('the speed says what it means', async () => {
  const { handle, calls } = fakeHandle(runAt(640, true), true, { speed: 0 });
  render(handle, <PlaybackBar />);
  const speed = page.getByRole('slider', { name: 'Speed' });
  await expect.element(speed).toHaveAttribute('aria-valuetext', '1 rating a second');
  (speed.element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowRight}');
  await expect.element(speed).toHaveAttribute('aria-valuetext', '2 ratings a second');
  await userEvent.keyboard('{End}');
  await expect.element(speed).toHaveAttribute('aria-valuetext', 'as fast as possible');
  expect(calls).toEqual([
    ['setView', { speed: 1 }],
    ['setView', { speed: 10 }],
  ]);
});

test('readouts are the number alone, quiet while it runs', async () => {
  const { handle, setRun } = fakeHandle(runAt(640, true), true);
  render(handle, <PlaybackBar />);
  await expect.element(readout('Epoch')).toHaveTextContent(/^640$/);
  await expect.element(readout('RMSE seen')).toHaveTextContent(/^0\.2197$/);
  await expect.element(readout('RMSE held out')).toHaveTextContent(/^2\.139$/);
  await expect.element(readout('Epoch')).toHaveAttribute('aria-live', 'polite');
  await expect.element(page.getByText('(2)')).toBeVisible();
  await expect.element(page.getByText('mean alone 1.80')).toBeVisible();
  setRun({ status: 'training' });
  await expect.element(readout('RMSE held out')).toHaveAttribute('aria-live', 'off');
  setRun({ status: 'ready', seenUntil: [[2, 3, 100]] });
  await expect.element(page.getByText('1 trained on before')).toBeVisible();
});

test('with nothing held out: leave-one-out where there is one, a dash where not; it says when it lags', async () => {
  const { handle, setRun } = fakeHandle(runAt(640, false), false);
  const place = render(handle, <PlaybackBar />);
  await expect.element(readout('RMSE held out')).toHaveTextContent(/^—$/);
  const height = place.offsetHeight;
  const leaveOneOut = { epoch: 500, rmse: 2.531, mae: 2, ratings: 16, baselineMean: 1.72, baselineBiases: 1.45 };
  setRun({ leaveOneOut });
  await expect.element(readout('RMSE held out')).toHaveTextContent(/^2\.531$/);
  await expect.element(page.getByText('leave-one-out, 16')).toBeVisible();
  await expect.element(page.getByText('at epoch 500 · mean alone 1.72')).toBeVisible();
  // A lag of 2 % is not worth a word.
  setRun({ leaveOneOut: { ...leaveOneOut, epoch: 630 } });
  await expect.element(page.getByText('mean alone 1.72')).toBeVisible();
  await expect.element(page.getByText('at epoch')).not.toBeInTheDocument();
  // One of half the epochs ago says nothing about now.
  setRun({ leaveOneOut: { ...leaveOneOut, epoch: 300 }, status: 'training' });
  await expect.element(readout('RMSE held out')).toHaveTextContent(/^—$/);
  await expect.element(page.getByText('leave-one-out when paused')).toBeVisible();
  setRun({ leaveOneOut, status: 'ready', marks: [{ epoch: 3, label: 'α 0.01 → 0.02' }] });
  await expect.element(page.getByText('leave-one-out, 16, retrained as set now')).toBeVisible();
  // Huge numbers do not shift the bar either.
  setRun({ measures: { rmseSeen: 1.234e20, rmseHeldOut: null, maeSeen: null, maeHeldOut: null, objective: null } });
  await expect.element(readout('RMSE seen')).toHaveTextContent('1.234e+20');
  expect(place.offsetHeight).toBe(height);
});

test('before epoch 1 nothing is retrained, so no figure of it stands beside the mean', async () => {
  const untrained = { epoch: 0, rmse: 1.615, mae: 1.4, ratings: 16, baselineMean: 1.72, baselineBiases: 1.45 };
  const { handle, setRun } = fakeHandle(runAt(0, false, { leaveOneOut: untrained }), false);
  render(handle, <PlaybackBar />);
  await expect.element(readout('RMSE held out')).toHaveTextContent(/^—$/);
  await expect.element(page.getByText('leave-one-out, from epoch 1 on')).toBeVisible();
  await expect.element(page.getByText('mean alone 1.72')).toBeVisible();
  // Nor does it say anything about the first epochs, until it is measured there.
  const { run } = handle.store.getState();
  if (!run.view) throw new Error('a run without a view');
  setRun({ epoch: 1, view: { ...run.view, epoch: 1 } });
  await expect.element(page.getByText('leave-one-out, 16')).toBeVisible();
  await expect.element(readout('RMSE held out')).toHaveTextContent(/^—$/);
  setRun({ leaveOneOut: { ...untrained, epoch: 1, rmse: 1.9 } });
  await expect.element(readout('RMSE held out')).toHaveTextContent(/^1\.900$/);
});

test('five digits and seven stand apart, with a gap', async () => {
  const { handle } = fakeHandle(runAt(640, true), true);
  const measures = { rmseSeen: 0.09984, rmseHeldOut: 0.09984, maeSeen: null, maeHeldOut: null, objective: null };
  handle.store.setState((state) => ({
    run: { ...state.run, measures, view: state.run.view && { ...state.run.view, epoch: 1234567 } },
  }));
  const place = render(handle, <PlaybackBar />, 784);
  await expect.element(readout('Epoch')).toHaveTextContent('1234567');
  const numbers = [...place.querySelectorAll('.readout-number')].map((number) => {
    const range = document.createRange();
    range.selectNodeContents(number);
    return range.getBoundingClientRect();
  });
  expect(numbers.length).toBe(3);
  numbers.slice(1).forEach((number, at) => {
    expect(number.left - (numbers[at]?.right ?? 0)).toBeGreaterThanOrEqual(8);
  });
});

test('every readout tells what it means, and keeps its promised name', async () => {
  const { handle } = fakeHandle(runAt(640, true), true);
  render(handle, <PlaybackBar />);
  await userEvent.click(page.getByRole('button', { name: 'RMSE held out: what it means' }));
  await expect.element(page.getByRole('dialog', { name: 'RMSE held out' })).toHaveTextContent('has not seen');
  await userEvent.keyboard('{Escape}');
  await userEvent.click(page.getByRole('button', { name: 'mean alone: what it means' }));
  await expect.element(page.getByRole('dialog', { name: 'mean alone' })).toHaveTextContent('simplest guess');
  await userEvent.keyboard('{Escape}');
  await expect.element(readout('RMSE held out')).toHaveTextContent(/^2\.139$/);
});

test('on a phone the bar is at the bottom edge, at most two rows, the rest behind More', async () => {
  await page.viewport(360, 740);
  const { handle, calls } = fakeHandle(runAt(640, true), true);
  const place = render(handle, <PlaybackBar />, 320);
  await expect.element(readout('Epoch')).toBeVisible();
  const bar = place.querySelector<HTMLElement>('.playback');
  expect(bar?.getBoundingClientRect().bottom).toBe(740);
  expect(bar?.offsetHeight).toBeLessThanOrEqual(134);
  await expect.element(page.getByRole('button', { name: 'Step one rating' })).toBeVisible();
  await expect.element(page.getByRole('slider', { name: 'Speed' })).not.toBeInTheDocument();
  await userEvent.click(page.getByRole('button', { name: 'More playback controls' }));
  await expect.element(page.getByRole('slider', { name: 'Speed' })).toBeVisible();
  await userEvent.click(page.getByRole('button', { name: 'Reset' }));
  expect(calls).toEqual([['reset']]);
  // What folds out covers none of the readouts, and Escape or a tap elsewhere closes it.
  const folded = place.querySelector('.playback-more')?.getBoundingClientRect();
  expect(folded?.bottom).toBeLessThanOrEqual(bar?.getBoundingClientRect().top ?? 0);
  const more = page.getByRole('button', { name: 'More playback controls' });
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByRole('slider', { name: 'Speed' })).not.toBeInTheDocument();
  await expect.element(more).toHaveFocus();
  await userEvent.click(more);
  await expect.element(more).toHaveAttribute('aria-expanded', 'true');
  document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
  await expect.element(more).toHaveAttribute('aria-expanded', 'false');
  await page.viewport(1280, 800);
});

const trace: UpdateTrace = {
  user: 1,
  item: 0,
  rating: 4,
  predicted: 2.5,
  error: 1.5,
  alpha: 0.01,
  beta: 0.2,
  mu: null,
  update: 'sequential',
  factors: [{ p: 2, q: -0.5, product: -1, gradientP: -1.9, gradientQ: 6.043, newP: 1.981, newQ: -0.43957 }],
  userBias: null,
  itemBias: null,
};

test('the narration writes one update in the order and with the numbers of the engine', async () => {
  const { handle, setRun } = fakeHandle(runAt(3, true, { trace }), true);
  const place = render(handle, <Narration />);
  const steps = () => [...place.querySelectorAll('li')].map((step) => step.textContent?.replace(/\s+/g, ' '));
  await expect
    .poll(steps)
    .toEqual([
      'Pick a rating: Bo, Alienrui = 4',
      'Predict itr̂ui = pu · qi= 2.000 × (-0.500) = 2.500',
      'Take the errore = rui − r̂ui = 4 − 2.500 = 1.500',
      'Update ppu1 ← 2.000 + 0.01 (2 × 1.500 × (-0.500) − 0.2 × 2.000) = 1.981',
      'Update q, with the p just writtenqi1 ← (-0.500) + 0.01 (2 × 1.500 × 1.981 − 0.2 × (-0.500)) = -0.440',
    ]);
  setRun({
    trace: {
      ...trace,
      mu: 3,
      update: 'simultaneous',
      userBias: { before: 0.1, gradient: 2.98, after: 0.1298 },
      itemBias: { before: 0, gradient: 3, after: 0.03 },
    },
  });
  await expect
    .poll(() => steps()[3])
    .toBe(
      'Update the biasesbu ← 0.100 + 0.01 (2 × 1.500 − 0.2 × 0.100) = 0.130bi ← 0.000 + 0.01 (2 × 1.500 − 0.2 × 0.000) = 0.030',
    );
  expect(steps()[1]).toBe('Predict itr̂ui = μ + bu + bi + pu · qi= 3.000 + 0.100 + 0.000 + 2.000 × (-0.500) = 2.500');
  expect(steps()[5]).toContain('with the old pqi1 ← (-0.500) + 0.01 (2 × 1.500 × 2.000');
  // Without a mean the engine adds the biases last.
  setRun({
    trace: {
      ...trace,
      userBias: { before: 0.1, gradient: 0, after: 0.1 },
      itemBias: { before: 0, gradient: 0, after: 0 },
    },
  });
  await expect
    .poll(() => steps()[1])
    .toBe('Predict itr̂ui = pu · qi + bu + bi= 2.000 × (-0.500) + 0.100 + 0.000 = 2.500');
  // At full speed it would be a blur, and is left out.
  setRun({ status: 'training' });
  await expect.poll(steps).toEqual([]);
});

test('the steps keep their height from one rating to the next', async () => {
  const { handle, setRun } = fakeHandle(runAt(3, true, { trace }), true);
  const place = render(handle, <Narration />, 281);
  await expect.poll(() => place.querySelectorAll('li').length).toBe(5);
  const before = place.offsetHeight;
  setRun({
    trace: {
      ...trace,
      predicted: -2.5,
      error: -1.5,
      factors: trace.factors.map((factor) => ({ ...factor, p: -2, q: -0.5, newP: -1.981, newQ: -0.439 })),
    },
  });
  await expect.poll(() => place.textContent).toContain('(-2.000)');
  expect(place.offsetHeight).toBe(before);
});

test('with Adam a step is a batch, and that is said', async () => {
  const { handle } = fakeHandle(runAt(3, true), true);
  handle.store.setState((state) => ({
    study: { ...state.study, model: { ...state.study.model, optimizer: ADAM_DEFAULTS } },
  }));
  render(handle, <Narration />);
  await expect.element(page.getByText('With Adam one step is one batch')).toBeVisible();
});

test('a banner out of sight comes into sight', async () => {
  const { handle, setRun } = fakeHandle(runAt(2, true), true);
  const place = render(handle, <DivergenceBanner />);
  place.style.paddingTop = '3000px';
  await painted();
  setRun({
    divergence: {
      during: 3,
      epoch: 2,
      update: 5,
      user: 1,
      item: 0,
      cause: { kind: 'alpha', value: 0.5, suggested: 0.05 },
    },
  });
  const box = () => page.getByRole('alert').element().getBoundingClientRect();
  await expect.poll(() => Math.floor(box().bottom), { timeout: 4000 }).toBeLessThanOrEqual(window.innerHeight);
  expect(box().top).toBeGreaterThanOrEqual(0);
  window.scrollTo(0, 0);
});

test('a run that blew up: an alert that says what happened, and one button', async () => {
  const divergence = {
    during: 3,
    epoch: 2,
    update: 5,
    user: 1,
    item: 0,
    cause: { kind: 'alpha' as const, value: 0.5, suggested: 0.05 },
  };
  const { handle, calls, setRun } = fakeHandle(runAt(2, true), true);
  render(handle, <DivergenceBanner />);
  await expect.element(page.getByRole('alert')).not.toBeInTheDocument();
  setRun({ divergence });
  await expect
    .element(page.getByRole('alert'))
    .toHaveTextContent('Training blew up in epoch 3, at the rating Bo, Alien (visit 5). It fell back to epoch 2');
  await expect.element(page.getByRole('alert')).toHaveTextContent('α = 0.5');
  await userEvent.click(page.getByRole('button', { name: 'Set α to 0.05 and train again' }));
  expect(calls).toEqual([['mendDivergence']]);
  setRun({ divergence: { ...divergence, cause: { kind: 'rating', user: 1, item: 0, value: 1e100 } } });
  await expect.element(page.getByRole('button', { name: 'Make Bo, Alien a gap and train again' })).toBeVisible();
});

test('a model that misses what it has not seen says so; a small one is offered better settings', async () => {
  const leaveOneOut = { epoch: 640, rmse: 2.531, mae: 2, ratings: 16, baselineMean: 1.72, baselineBiases: 1.45 };
  const { handle, calls, setRun } = fakeHandle(runAt(640, false, { leaveOneOut }), false);
  const place = render(handle, <HonestyNote />);
  await expect
    .element(page.getByText('On ratings it has not seen, this model (2.53) does worse than guessing the mean (1.72).'))
    .toBeVisible();
  await userEvent.click(page.getByRole('button', { name: 'Try μ + biases, k 2, N(0, .1), α .01, β .2' }));
  expect(calls).toEqual([
    [
      'changeModel',
      {
        prediction: 'mean+factors+biases',
        k: 2,
        init: { kind: 'normal', mean: 0, std: 0.1 },
        alpha: 0.01,
        beta: 0.2,
        optimizer: { kind: 'sgd', update: 'sequential' },
      },
    ],
  ]);
  setRun({ leaveOneOut: { ...leaveOneOut, rmse: 1.2 } });
  await expect.poll(() => place.textContent).toBe('');
  expect(place.offsetHeight).toBe(0);
  // A figure of long ago is held against no one.
  setRun({ leaveOneOut: { ...leaveOneOut, epoch: 200 } });
  await painted();
  expect(place.textContent).toBe('');
});

test('with ratings held out, biases are offered where there are none', async () => {
  const { handle } = fakeHandle(runAt(640, true), true);
  render(handle, <HonestyNote />);
  const button = page.getByRole('button', { name: /^Try μ \+ biases/ });
  await expect.element(button).toBeVisible();
  handle.store.setState((state) => ({
    study: { ...state.study, model: { ...state.study.model, prediction: 'factors+biases' } },
  }));
  await expect.element(button).not.toBeInTheDocument();
});

test('ratings that were trained on before they were held out make no verdict', async () => {
  const { handle, setRun } = fakeHandle(runAt(640, true), true);
  const place = render(handle, <HonestyNote />);
  await expect.element(page.getByText(/^On ratings it has not seen/)).toBeVisible();
  setRun({ seenUntil: [[2, 3, 640]] });
  await expect.poll(() => place.textContent).toBe('');
});

test('before training nothing is held against the model', async () => {
  const run = runAt(0, true);
  const { handle } = fakeHandle(run, true);
  const place = render(handle, <HonestyNote />);
  await expect.poll(() => place.querySelector('.honesty')).not.toBeNull();
  expect(run.measures.rmseHeldOut).toBeGreaterThan(1.8);
  expect(place.textContent).toBe('');
});

import { beforeEach, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { MOMENTUM_DEFAULTS } from '../../src/core/model.ts';
import type { UpdateTrace } from '../../src/core/trace.ts';
import { traceUpdate } from '../../src/core/trace-update.ts';
import type { AppState, RunSlice } from '../../src/store/state.ts';
import type { Handle } from '../../src/views/context.ts';
import { Inspector } from '../../src/views/inspector/Inspector.tsx';
import type { ParametersView } from '../../src/worker/protocol.ts';
import { fakeHandle, runAt } from './fake-handle.ts';
import { painted, render } from './render.tsx';
import { trainedView as view } from './trained-view.ts';

let handle: Handle;
let place: HTMLElement;

async function open(
  shown: ParametersView | null = view,
  state: (before: AppState) => Partial<AppState> = () => ({}),
): Promise<void> {
  handle = fakeHandle(runAt(640, true, { view: shown }), true).handle;
  handle.store.setState(state(handle.store.getState()));
  place = render(handle, <Inspector />);
  await painted();
}

const part = (name: string) => page.getByRole('region', { name, exact: true });

/** The rows of "What adds up to it": label and number. */
const rows = () =>
  [...place.querySelectorAll('.share')].map((row) => [
    row.querySelector('dt')?.textContent,
    row.querySelector('.share-value')?.textContent,
  ]);

/** The steps of the next update, each as the text it shows. */
const steps = () =>
  [...place.querySelectorAll('.step')].map(
    (step) =>
      `${step.querySelector('.step-symbol')?.textContent}: ${[...step.querySelectorAll('.step-line')]
        .map((line) => line.textContent)
        .join(', ')}`,
  );

describe('a gap', () => {
  beforeEach(() => open());

  test('it opens on Inspect; the other tabs are one key away', async () => {
    await expect.element(page.getByRole('tab', { name: 'Inspect' })).toHaveAttribute('aria-selected', 'true');
    const names = page
      .getByRole('tab')
      .elements()
      .map((tab) => tab.textContent);
    expect(names).toEqual(['Inspect', 'Map', 'Similar', 'Recommend']);
  });

  test('is named, predicted, and taken apart into shares that add up', async () => {
    await expect.element(page.getByRole('heading', { name: 'Bo × Clue' })).toBeVisible();
    await expect.element(page.getByText('Predicted, no rating given')).toBeVisible();
    expect(place.querySelector('.inspect-predicted')?.textContent).toBe('2.46');
    expect(rows()).toEqual([
      ['factor 1', '1.59'],
      ['factor 2', '0.87'],
      ['sum = r̂', '2.46'],
    ]);
    await expect.element(page.getByText('arithmetic, not a reason')).toBeVisible();
  });

  test('has no next update, and says so', async () => {
    await expect
      .element(part('Next update'))
      .toHaveTextContent('A gap is never visited: no update. Choose a rating to see its step.');
    expect(steps()).toEqual([]);
  });
});

describe('a seen rating', () => {
  test('shows r, r̂ and e, and its next update with the run’s own numbers', async () => {
    await open();
    handle.pointer.getState().select(1, 0);
    await expect.element(page.getByRole('heading', { name: 'Bo × Alien' })).toBeVisible();
    const trace = traceUpdate(view, 1, 0, 4, handle.store.getState().study.model);
    expect(trace?.error).toBeCloseTo(0.18785, 5);
    await expect.element(part('Bo × Alien')).toHaveTextContent(/3\.81rating r4error e = r − r̂0\.19$/);
    expect(steps()).toEqual([
      'e: 4 − 3.8121 = 0.1879',
      'pu1: 0.01 (2 × 0.1879 × 2.03 − 0.2 × 1.785) = 0.00406, 1.78500 + 0.00406 = 1.78906',
      `qi1: 0.01 (2 × 0.1879 × 1.789 − 0.2 × 2.03) = 0.00266, 2.03000 + 0.00266 = ${trace?.factors[0]?.newQ.toFixed(5)}`,
      `pu2: 0.01 (2 × 0.18785 × 0.46 − 0.2 × 0.41) = 0.000908, 0.410000 + 0.000908 = ${trace?.factors[1]?.newP.toFixed(6)}`,
      `qi2: 0.01 (2 × 0.1879 × 0.4109 − 0.2 × 0.46) = 0.000624, 0.460000 + 0.000624 = ${trace?.factors[1]?.newQ.toFixed(6)}`,
    ]);
  });

  test('a step too small for four digits is seen all the same', async () => {
    await open(view, ({ study }) => ({ study: { ...study, model: { ...study.model, alpha: 1e-6 } } }));
    handle.pointer.getState().select(1, 0);
    await expect.element(page.getByRole('button', { name: 'Do this update' })).toBeVisible();
    // 1e-6 × (2 × 0.18785 × 2.03 − 0.2 × 1.785) = 4.0567e-7
    expect(steps()[1]).toBe(
      'pu1: 0.000001 (2 × 0.1879 × 2.03 − 0.2 × 1.785) = 0.000000406, 1.785000000 + 0.000000406 = 1.785000406',
    );
  });

  test('a factor’s step lights its cells, and is lit when they are pointed at', async () => {
    await open();
    handle.pointer.getState().select(1, 0);
    await painted();
    const lit = () => [...place.querySelectorAll('.step')].map((step) => step.classList.contains('step-lit'));
    await page.getByRole('listitem').filter({ hasText: /^pu2/ }).hover();
    expect(handle.pointer.getState().hovered).toEqual({ user: 1, item: 0, factor: 1 });
    await expect.poll(lit).toEqual([false, false, false, true, true]);
    handle.pointer.getState().hover({ user: 1, item: null, factor: 0 });
    await expect.poll(lit).toEqual([false, true, true, false, false]);
    handle.pointer.getState().hover(null);
    await expect.poll(lit).toEqual([false, false, false, false, false]);
  });

  test('simultaneous: q reads the old p', async () => {
    await open(view, (before) => ({
      study: { ...before.study, model: { ...before.study.model, optimizer: { kind: 'sgd', update: 'simultaneous' } } },
    }));
    handle.pointer.getState().select(1, 0);
    await expect.element(page.getByText('both read the old values')).toBeVisible();
    expect(steps()[2]).toContain('2 × 0.1879 × 1.785');
  });

  test('under momentum the velocity is written out first, and every line is true as printed', async () => {
    const velocity = { P: new Float64Array(12), Q: new Float64Array(8), bu: null, bi: null };
    velocity.P[2] = 1.5;
    velocity.Q[0] = -0.25;
    await open({ ...view, velocity }, (before) => ({
      study: { ...before.study, model: { ...before.study.model, optimizer: MOMENTUM_DEFAULTS } },
    }));
    handle.pointer.getState().select(1, 0);
    await expect.element(page.getByRole('button', { name: 'Do this update' })).toBeVisible();
    // 0.9 × 1.5 + (2 × 0.18785 × 2.03 − 0.2 × 1.785) = 1.755671, and 0.01 × that.
    expect(steps()[1]).toBe(
      'pu1: 0.9 × 1.5 + (2 × 0.1879 × 2.03 − 0.2 × 1.785) = 1.756, 0.01 × 1.756 = 0.0176, 1.7850 + 0.0176 = 1.8026',
    );
    // q reads the new p, 1.80256: 0.9 × −0.25 + (2 × 0.18785 × 1.80256 − 0.2 × 2.03) = 0.04622.
    expect(steps()[2]).toMatch(
      /^qi1: 0\.9 × \(-0\.25\) \+ \(2 × 0\.18785 × 1\.802\d+ − 0\.2 × 2\.03\) = 0\.04622, 0\.01 × 0\.04622 = 0\.000462, /,
    );
  });

  test('momentum that waits for the next epoch says so', async () => {
    await open(view, (before) => ({
      study: { ...before.study, model: { ...before.study.model, optimizer: MOMENTUM_DEFAULTS } },
    }));
    handle.pointer.getState().select(1, 0);
    await expect.element(part('Next update')).toHaveTextContent('Momentum begins with the next epoch');
    expect(steps()).toEqual([]);
  });
});

test('a held-out rating shows its error and is never visited', async () => {
  await open();
  handle.pointer.getState().select(2, 3);
  await expect.element(page.getByText('Predicted; its rating is held out')).toBeVisible();
  await expect.element(part('Chen × Dune')).toHaveTextContent('rating r5error e = r − r̂5.20');
  await expect.element(part('Next update')).toHaveTextContent('A held-out rating is never visited');
});

test('biases and the mean are shares too, negative ones are bars to the left of zero', async () => {
  await open({
    ...view,
    bu: Float64Array.of(0, -0.5, 0, 0, 0, 0),
    bi: Float64Array.of(0, 0, 0.25, 0),
    mu: 1,
  });
  await expect.element(part('What adds up to it')).toBeVisible();
  expect(rows()).toEqual([
    ['mean μ', '1.00'],
    ['user bias bu', '-0.50'],
    ['item bias bi', '0.25'],
    ['factor 1', '1.59'],
    ['factor 2', '0.87'],
    ['sum = r̂', '3.21'],
  ]);
  const bars = [...place.querySelectorAll<HTMLElement>('.share-fill')];
  const zero = Number.parseFloat(bars[0]?.style.left ?? '');
  expect(zero).toBeGreaterThan(20);
  expect(bars[1]?.classList.contains('negative')).toBe(true);
  expect(Number.parseFloat(bars[1]?.style.left ?? '')).toBe(0);
  expect(Number.parseFloat(bars[1]?.style.width ?? '')).toBeCloseTo(zero, 6);
});

test('without a mean the biases come last, as the engine adds them', async () => {
  await open({ ...view, bu: Float64Array.of(0, -0.5, 0, 0, 0, 0), bi: Float64Array.of(0, 0, 0.25, 0) });
  await expect.element(part('What adds up to it')).toBeVisible();
  expect(rows().map(([label]) => label)).toEqual(['factor 1', 'factor 2', 'user bias bu', 'item bias bi', 'sum = r̂']);
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

test('a step that was just made stands first, until another cell is asked for', async () => {
  await open();
  const headings = () => [...place.querySelectorAll('h2, h3:not(.fold-heading)')].map((heading) => heading.textContent);
  const narration = 'The update, step by step';
  expect(headings()).toEqual(['Bo × Clue', 'What adds up to it', narration, 'Next update']);
  const narrate = (run: Partial<RunSlice>) => handle.store.setState((state) => ({ run: { ...state.run, ...run } }));
  narrate({ trace });
  await painted();
  expect(headings()).toEqual([narration, 'Bo × Clue', 'What adds up to it', 'Next update']);
  handle.pointer.getState().select(1, 0);
  await painted();
  expect(headings()).toEqual(['Bo × Alien', 'What adds up to it', narration, 'Next update']);
  narrate({ trace: { ...trace, user: 2 } });
  await painted();
  expect(headings()[0]).toBe(narration);
});

test('steps keep their height when signs turn', async () => {
  await open();
  place.style.width = '281px';
  handle.pointer.getState().select(1, 0);
  await painted();
  const height = () => place.querySelector<HTMLElement>('.steps')?.offsetHeight;
  const before = height();
  expect(before).toBeGreaterThan(100);
  handle.store.setState((state) => ({
    run: { ...state.run, view: { ...view, P: view.P.map((p) => -p), Q: view.Q.map((q) => -q) } },
  }));
  await painted();
  expect(place.querySelector('.steps')?.textContent).toContain('(-2.03)');
  expect(height()).toBe(before);
});

test('beside the stage, a model that does worse than the mean says so under the prediction', async () => {
  await open();
  const said = page.getByText(
    'On ratings it has not seen, this model (2.14) does worse than guessing the mean (1.80).',
  );
  await expect.element(said).toBeVisible();
  expect(said.element().getBoundingClientRect().top).toBeLessThan(
    place.querySelector('.shares')?.getBoundingClientRect().top ?? 0,
  );
});

test('a user without ratings is no prediction, and that is said', async () => {
  await open(view, (before) => {
    const { ratings } = before.study.dataset;
    const heldOut = ratings.heldOut.map((flag, at) => (ratings.user[at] === 1 ? 1 : flag));
    return { study: { ...before.study, dataset: { ...before.study.dataset, ratings: { ...ratings, heldOut } } } };
  });
  await expect.element(page.getByText('No data: the model sees no rating by Bo')).toBeVisible();
});

test('with the truth known and shown, it stands beside the prediction', async () => {
  const truth = {
    k: 1,
    P: new Float64Array(6).fill(2),
    Q: new Float64Array(4).fill(1.5),
    bu: null,
    bi: null,
    mu: null,
  };
  await open(view, (before) => ({
    study: { ...before.study, dataset: { ...before.study.dataset, truth } },
    view: { ...before.view, showTruth: true },
  }));
  await expect.element(part('Bo × Clue')).toHaveTextContent('truth3.00error against it0.54');
});

test('clipping is said, not done to the numbers', async () => {
  await open(view, (before) => ({ view: { ...before.view, clip: true } }));
  handle.pointer.getState().select(2, 3);
  await expect.element(page.getByText('outside the scale: shown clipped as 1')).toBeVisible();
  expect(place.querySelector('.inspect-predicted')?.textContent).toBe('-0.20');
});

test('before the first numbers are there, and outside the window, it says so', async () => {
  await open(null);
  await expect.element(page.getByText('Drawing the first numbers.')).toBeVisible();
  await open(view, () => ({ window: { users: Int32Array.of(0), items: null } }));
  await expect.element(page.getByText('This cell is not among the rows and columns on the stage.')).toBeVisible();
});

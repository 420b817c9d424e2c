import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { ratingsFrom } from '../../src/core/ratings.ts';
import type { Handle } from '../../src/views/context.ts';
import { Stage } from '../../src/views/stage/Stage.tsx';
import { fakeHandle, runAt } from './fake-handle.ts';
import { painted, render } from './render.tsx';

/** The drawing's factors: p(Bo)·q(Clue) = 1.785 × 0.892 + 0.410 × 2.127. */
const P = [2.25, 0.38, 1.785, 0.41, 0.59, -0.15, 0.03, 2.04, 0.59, 2.03, 0.67, 1.08];
const Q = [2.03, 0.46, 1.25, 0.12, 0.892, 2.127, 0.13, 1.86];

function viewOf(p: readonly number[] = P, q: readonly number[] = Q) {
  return {
    epoch: 640,
    position: 0,
    k: 2,
    P: Float64Array.from(p),
    Q: Float64Array.from(q),
    bu: null,
    bi: null,
    mu: null,
  };
}

function stage(width = 835) {
  const fake = fakeHandle(runAt(640, true, { view: viewOf() }), true);
  const place = render(fake.handle, <Stage />, width);
  return { ...fake, place };
}

const grid = (name: string) => page.getByRole('grid', { name, exact: true });
const cell = (of: string, name: string) => grid(of).getByRole('gridcell', { name, exact: true });

test('every number has a name: gap filled, seen, held out', async () => {
  stage();
  await expect.element(cell('Predictions R̂', 'Bo, Clue: 2.46, gap filled')).toBeInTheDocument();
  await expect.element(cell('Predictions R̂', 'Ana, Alien: 4.74, seen 5')).toBeInTheDocument();
  await expect.element(cell('Predictions R̂', 'Chen, Dune: -0.20, held out 5')).toBeInTheDocument();
  await expect.element(cell('User factors P', 'Ana, factor 1: 2.25')).toBeInTheDocument();
  await expect.element(cell('Item factors Qᵀ', 'Clue, factor 2: 2.13')).toBeInTheDocument();
  expect(grid('Predictions R̂').getByRole('gridcell').elements()).toHaveLength(24);
  expect(
    grid('Predictions R̂')
      .getByRole('rowheader')
      .elements()
      .map((header) => header.textContent),
  ).toEqual(['Ana', 'Bo', 'Chen', 'Dee', 'Eli', 'Fay']);
  expect(grid('User biases b_u').query()).toBeNull();
});

test('biases and μ come with the prediction that has them', async () => {
  const { setRun } = stage();
  const bu = Float64Array.of(0.5, -0.25, 0, 0, 0, 0);
  const bi = Float64Array.of(0.1, 0, 0, 0);
  setRun({ view: { ...viewOf(), bu, bi, mu: 2.5 } });
  await expect.element(cell('User biases b_u', 'Bo, bias: -0.25')).toBeInTheDocument();
  await expect.element(cell('Item biases b_i', 'Alien, bias: 0.10')).toBeInTheDocument();
  await expect.element(page.getByLabelText('Mean μ', { exact: true })).toHaveTextContent('2.500');
  await expect.element(cell('Predictions R̂', 'Bo, Clue: 4.71, gap filled')).toBeInTheDocument();
});

test('the dot product is written out in the numbers of the view', async () => {
  const { handle } = stage();
  const corner = page.getByRole('region', { name: 'The selected prediction, written out' });
  await expect.element(corner).toHaveTextContent('= 1.785 × 0.892 + 0.410 × 2.127');
  await expect.element(corner).toHaveTextContent('2.46');
  await expect.element(corner).toHaveTextContent('a gap: no rating given');
  handle.pointer.getState().hover({ user: 2, item: 3, factor: null });
  await expect.element(corner).toHaveTextContent('= 0.590 × 0.130 + (-0.150) × 1.860');
  await expect.element(corner).toHaveTextContent('held out 5, error 5.20');
  handle.pointer.getState().hover(null);
  await expect.element(corner).toHaveTextContent('2.46');
});

test('many factors: the first six, how many more, and the true sum', async () => {
  const { setRun } = stage();
  const k = 20;
  setRun({
    view: { ...viewOf(), k, P: new Float64Array(6 * k).fill(0.5), Q: new Float64Array(4 * k).fill(0.25) },
  });
  const corner = page.getByRole('region', { name: 'The selected prediction, written out' });
  await expect.element(corner).toHaveTextContent('… (14 more)');
  await expect.element(corner).toHaveTextContent('2.50');
  expect(corner.element().textContent?.match(/0\.500 × 0\.250/g)).toHaveLength(6);
});

test('one tab stop a grid; arrows, Home, End and Ctrl+arrows walk; Enter selects; focus is what is looked at', async () => {
  const { handle } = stage();
  await expect.element(grid('Predictions R̂')).toBeInTheDocument();
  const predictions = grid('Predictions R̂').element();
  expect(predictions.querySelectorAll('[tabindex="0"]')).toHaveLength(1);
  predictions.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  const focused = () => document.activeElement?.getAttribute('aria-label');
  expect(focused()).toBe('Ana, Alien: 4.74, seen 5');
  await userEvent.keyboard('{ArrowRight}{ArrowDown}{ArrowRight}');
  expect(focused()).toBe('Bo, Clue: 2.46, gap filled');
  expect(handle.pointer.getState().hovered).toEqual({ user: 1, item: 2, factor: null });
  await userEvent.keyboard('{End}');
  expect(focused()).toMatch(/^Bo, Dune/);
  await userEvent.keyboard('{Control>}{ArrowDown}{/Control}');
  expect(focused()).toMatch(/^Fay, Dune/);
  await userEvent.keyboard('{Home}{Enter}');
  expect(focused()).toMatch(/^Fay, Alien/);
  expect(handle.pointer.getState().selected).toEqual({ user: 5, item: 0 });
  expect(predictions.querySelectorAll('[tabindex="0"]')).toHaveLength(1);
});

test('a click in P selects its user and keeps the item; in Qᵀ the other way round', async () => {
  const { handle } = stage();
  await cell('User factors P', 'Dee, factor 2: 2.04').click();
  expect(handle.pointer.getState().selected).toEqual({ user: 3, item: 2 });
  expect(handle.pointer.getState().hovered).toEqual({ user: 3, item: null, factor: 1 });
  await cell('Item factors Qᵀ', 'Dune, factor 1: 0.13').click();
  expect(handle.pointer.getState().selected).toEqual({ user: 3, item: 3 });
});

test('names change at most four times a second while training, and are exact when it is paused', async () => {
  const { setRun } = stage();
  await expect.element(cell('User factors P', 'Ana, factor 1: 2.25')).toBeInTheDocument();
  const first = cell('User factors P', 'Ana, factor 1: 2.25').element();
  let changes = 0;
  const observer = new MutationObserver((records) => {
    changes += records.length;
  });
  observer.observe(first, { attributes: true, attributeFilter: ['aria-label'] });
  setRun({ status: 'training' });
  const began = performance.now();
  let value = 0;
  while (performance.now() - began < 700) {
    value += 1;
    setRun({ view: viewOf([value, ...P.slice(1)]) });
    await painted();
  }
  setRun({ status: 'ready' });
  await painted();
  observer.disconnect();
  expect(first.getAttribute('aria-label')).toBe(`Ana, factor 1: ${value}.00`);
  expect(value).toBeGreaterThan(8);
  expect(changes).toBeLessThanOrEqual(5);
});

/** Whether anything was painted. */
function hasPaint(canvas: HTMLCanvasElement): boolean {
  const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
  return pixels.some((byte) => byte > 0);
}

test('every canvas is painted, at the pixel ratio of the screen, and has a name', async () => {
  const { place } = stage();
  await expect.element(grid('Predictions R̂')).toBeInTheDocument();
  await painted();
  await painted();
  const canvases = [...place.querySelectorAll('canvas')];
  expect(canvases).toHaveLength(5);
  for (const canvas of canvases) {
    expect(canvas.getAttribute('aria-label')).toMatch(/\w/);
    expect(hasPaint(canvas)).toBe(true);
    expect(canvas.width).toBe(Math.round(canvas.getBoundingClientRect().width * devicePixelRatio));
  }
});

/** A large set: 200 × 100 with a rating here and there. */
function makeLarge(handle: Handle): void {
  const users = 200;
  const items = 100;
  const { store } = handle;
  const list = Array.from({ length: 400 }, (_, at) => ({
    user: at % users,
    item: (at * 7) % items,
    value: 1 + (at % 5),
  }));
  store.setState((state) => ({
    study: {
      ...state.study,
      dataset: {
        ...state.study.dataset,
        users: Array.from({ length: users }, (_, at) => `User ${at + 1}`),
        items: Array.from({ length: items }, (_, at) => `Item ${at + 1}`),
        userKeys: Array.from({ length: users }, (_, at) => at),
        itemKeys: Array.from({ length: items }, (_, at) => at),
        ratings: ratingsFrom(list),
      },
    },
    run: {
      ...state.run,
      view: { ...viewOf(), P: new Float64Array(2 * users).fill(1), Q: new Float64Array(2 * items).fill(0.5) },
    },
  }));
}

test('a large grid keeps only the focused row and its neighbors in the page, and says how large it is', async () => {
  const { handle } = stage();
  makeLarge(handle);
  const predictions = grid('Predictions R̂');
  await expect.element(predictions).toHaveAttribute('aria-rowcount', '201');
  await expect.element(predictions).toHaveAttribute('aria-colcount', '101');
  expect(predictions.element().querySelectorAll('[role="gridcell"]').length).toBeLessThan(400);
  predictions.element().querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  await userEvent.keyboard('{Control>}{End}{/Control}');
  expect(document.activeElement?.getAttribute('aria-label')).toBe('User 200, Item 100: 1.00, gap filled');
  expect(document.activeElement?.getAttribute('aria-colindex')).toBe('101');
  expect(document.activeElement?.parentElement?.getAttribute('aria-rowindex')).toBe('201');
  expect(predictions.element().querySelectorAll('[role="row"]').length).toBeLessThanOrEqual(4);
});

test('small cells tell their name and number in a tip', async () => {
  const { handle, place } = stage();
  makeLarge(handle);
  await expect.element(grid('Predictions R̂')).toHaveAttribute('aria-rowcount', '201');
  const predictions = grid('Predictions R̂').element();
  const { left, top } = predictions.getBoundingClientRect();
  predictions.dispatchEvent(new PointerEvent('pointermove', { bubbles: true, clientX: left + 1, clientY: top + 1 }));
  await painted();
  expect(place.querySelector('.stage-tip')?.textContent).toBe('User 1, Item 1: 1.00, seen 1');
});

test.each([288, 358, 748, 835, 1300])('nothing sticks out at %i px', async (width) => {
  const { place } = stage(width);
  await expect.element(grid('Predictions R̂')).toBeInTheDocument();
  const field = place.querySelector('.stage-field');
  const end = field?.getBoundingClientRect().right ?? 0;
  for (const element of place.querySelectorAll('canvas, .stage-title, .stage-corner, .stage-label, [role="grid"]')) {
    expect(element.getBoundingClientRect().right).toBeLessThanOrEqual(end + 1);
  }
  expect(place.scrollWidth).toBeLessThanOrEqual(width);
});

test('a user without ratings is no data, not a prediction', async () => {
  const { handle } = stage();
  handle.store.setState((state) => ({
    study: {
      ...state.study,
      dataset: {
        ...state.study.dataset,
        ratings: ratingsFrom([
          { user: 0, item: 0, value: 5 },
          { user: 1, item: 0, value: 3, heldOut: true },
        ]),
      },
    },
  }));
  await expect.element(cell('Predictions R̂', 'Chen, Alien: no data')).toBeInTheDocument();
  await expect.element(cell('Predictions R̂', 'Bo, Alien: no data, held out 3')).toBeInTheDocument();
  await expect.element(cell('Predictions R̂', 'Ana, Alien: 4.74, seen 5')).toBeInTheDocument();
  const corner = page.getByRole('region', { name: 'The selected prediction, written out' });
  await expect.element(corner).toHaveTextContent('no data: no rating of Bo to learn from');
});

test('clipped to the scale, a name says what it was clipped from', async () => {
  const { handle } = stage();
  handle.store.setState((state) => ({ view: { ...state.view, clip: true } }));
  await expect.element(cell('Predictions R̂', 'Chen, Dune: 1.00, held out 5, clipped from -0.20')).toBeInTheDocument();
});

test('a step of one rating is what the corner is about, with its error before and after, until a cell is selected', async () => {
  const { setRun, handle } = stage();
  const corner = page.getByRole('region', { name: 'The selected prediction, written out' });
  setRun({
    status: 'ready',
    visited: { user: 0, item: 0, error: 0.5 },
    trace: {
      user: 0,
      item: 0,
      rating: 5,
      predicted: 4.5,
      error: 0.5,
      alpha: 0.01,
      beta: 0.2,
      mu: null,
      update: 'sequential',
      factors: [],
      userBias: null,
      itemBias: null,
    },
  });
  await expect.element(corner).toHaveTextContent('(Ana, Alien)');
  await expect.element(corner).toHaveTextContent('rated 5, error 0.500, now 0.258');
  handle.pointer.getState().select(1, 2);
  await expect.element(corner).toHaveTextContent('(Bo, Clue)');
});

test('with the mean, the sum is written in the order in which it is added', async () => {
  const { setRun } = stage();
  const corner = page.getByRole('region', { name: 'The selected prediction, written out' });
  const bu = Float64Array.of(0.5, -0.25, 0, 0, 0, 0);
  const bi = Float64Array.of(0.1, 0, 0.125, 0);
  setRun({ view: { ...viewOf(), bu, bi, mu: 2.5 } });
  await expect.element(corner).toHaveTextContent('= 2.500 + (-0.250) + 0.125 + 1.785 × 0.892 + 0.410 × 2.127');
  setRun({ view: { ...viewOf(), bu, bi, mu: null } });
  await expect.element(corner).toHaveTextContent('= 1.785 × 0.892 + 0.410 × 2.127 + (-0.250) + 0.125');
});

test('every symbol and every entry of the legend tells its meaning', async () => {
  const { setRun } = stage();
  const bu = new Float64Array(6);
  setRun({ view: { ...viewOf(), bu, bi: new Float64Array(4), mu: 2.5 } });
  const terms = ['R', 'P', 'b_u', 'Qᵀ', 'b_i', 'μ', 'R̂'];
  const entries = ['seen rating', 'gap', 'gap, predicted', 'held out in R', 'held out in R̂', 'factor −/+', 'rating'];
  for (const term of [...terms, ...entries]) {
    const button = page.getByRole('button', { name: `${term}: what it means`, exact: true });
    await userEvent.click(button);
    const meaning = page.getByRole('dialog', { name: term, exact: true });
    await expect.element(meaning).toHaveTextContent(/^[A-Z].{40,}\.$/);
    await userEvent.keyboard('{Escape}');
    await expect.element(meaning).not.toBeInTheDocument();
  }
});

import { describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { ADAM_DEFAULTS, MOMENTUM_DEFAULTS, type ModelSettings } from '../../src/core/model.ts';
import { newVelocity } from '../../src/core/parameters.ts';
import type { RunSlice } from '../../src/store/state.ts';
import { strings } from '../../src/strings/index.ts';
import type { Handle } from '../../src/views/context.ts';
import { useApp, usePointer } from '../../src/views/context.ts';
import { NextUpdate } from '../../src/views/inspector/NextUpdate.tsx';
import { selectedCell } from '../../src/views/inspector/selected-cell.ts';
import type { ParametersView } from '../../src/worker/protocol.ts';
import { type Call, fakeHandle, runAt } from './fake-handle.ts';
import { painted, render } from './render.tsx';
import { trainedView } from './trained-view.ts';

let handle: Handle;
let place: HTMLElement;
let calls: Call[];

/** The panel about the selected cell, as Inspect shows it. */
function Panel() {
  const { dataset } = useApp((state) => state.study);
  const view = useApp((state) => state.run.view);
  const window = useApp((state) => state.window);
  const selected = usePointer((state) => state.selected);
  return view && <NextUpdate cell={selectedCell(dataset, view, window, selected)} view={view} />;
}

/** Bo × Alien (rated 4), unless another cell is given; two ratings, of Chen and of Fay, are held out. */
async function open(
  model: Partial<ModelSettings>,
  view: ParametersView = trainedView,
  run: Partial<RunSlice> = {},
  [user, item]: readonly [number, number] = [1, 0],
): Promise<void> {
  const fake = fakeHandle(runAt(view.epoch, true, { view, position: view.position, ...run }), true);
  ({ handle, calls } = fake);
  handle.store.setState(({ study }) => ({ study: { ...study, model: { ...study.model, k: view.k, ...model } } }));
  handle.pointer.getState().select(user, item);
  place = render(handle, <Panel />, 300);
  await painted();
  // The steps of Adam and ALS are fetched when they are first shown.
  await expect.poll(() => place.textContent).not.toContain(strings.understand.loading);
}

const part = () => page.getByRole('region', { name: 'Next update', exact: true });
const button = () => page.getByRole('button', { name: 'Do this update' });
/** The lines of the number with this letter. */
const linesOf = (symbol: string): string[] =>
  [...place.querySelectorAll('.step')]
    .filter((step) => step.querySelector('.step-symbol')?.textContent === symbol)
    .flatMap((step) => [...step.querySelectorAll('.step-line')].map((line) => line.textContent ?? ''));
/** What is announced for it, with all digits. */
const announced = (symbol: string): number =>
  Number(
    [...place.querySelectorAll('.step')]
      .find((step) => step.querySelector('.step-symbol')?.textContent === symbol)
      ?.querySelector('data')
      ?.getAttribute('value') ?? Number.NaN,
  );
const table = (name: string): string[][] =>
  [...place.querySelectorAll(`table[aria-label="${name}"] tbody tr`)].map((row) =>
    [...row.children].map((cell) => cell.textContent ?? ''),
  );
/** What a line comes to, read off it: the number behind its last sign of equality. */
const end = (line: string | undefined): number => Number(/= ([-\d.e+]+)$/.exec(line ?? '')?.[1] ?? Number.NaN);

/** Training ratings of `fake-handle`, row by row: [user, item, r]. */
const RATINGS: readonly (readonly [number, number, number])[] = [
  [0, 0, 5],
  [0, 1, 3],
  [0, 3, 1],
  [1, 0, 4],
  [1, 3, 1],
  [2, 0, 1],
  [2, 1, 1],
  [3, 0, 1],
  [3, 3, 4],
  [4, 1, 1],
  [4, 2, 5],
  [4, 3, 4],
  [5, 1, 1],
  [5, 2, 3],
];

const p = (u: number, f: number) => trainedView.P[u * 2 + f] ?? 0;
const q = (i: number, f: number) => trainedView.Q[i * 2 + f] ?? 0;
const predicted = (u: number, i: number) => p(u, 0) * q(i, 0) + p(u, 1) * q(i, 1);

/** Memory of seven steps, made up: m and v of every number are different ones. */
function remembering(view: ParametersView): ParametersView {
  const [m, v] = [newVelocity(view), newVelocity(view)];
  for (const [group, scale, shift] of [
    [m, 0.01, -0.05],
    [v, 0.002, 0.001],
  ] as const) {
    for (const numbers of [group.P, group.Q, group.bu ?? new Float64Array(0), group.bi ?? new Float64Array(0)]) {
      for (let at = 0; at < numbers.length; at += 1) numbers[at] = shift + scale * at;
    }
  }
  return { ...view, adam: { steps: 7, beta1Power: 0.9 ** 7, beta2Power: 0.999 ** 7, m, v } };
}

/** Adam as a textbook has it (Kingma and Ba, algorithm 1). */
function textbook(w: number, gradient: number, m: number, v: number, t: number, alpha: number) {
  const newM = 0.9 * m + 0.1 * gradient;
  const newV = 0.999 * v + 0.001 * gradient ** 2;
  const mHat = newM / (1 - 0.9 ** t);
  const vHat = newV / (1 - 0.999 ** t);
  return { newM, newV, mHat, vHat, after: w - (alpha * mHat) / (Math.sqrt(vHat) + 1e-8) };
}

describe('Adam', () => {
  test('a batch of five: its ratings, the gradient, moments, corrections and steps as a textbook reckons them', async () => {
    await open({ optimizer: { ...ADAM_DEFAULTS, batch: 5 }, beta: 0.2 }, remembering(trainedView));
    await expect
      .element(part())
      .toHaveTextContent(
        'This step takes the 5 ratings of the batch that holds this cell (batch 1 of 3 of the epoch).',
      );
    const batch = RATINGS.slice(0, 5);
    // Those that p of Bo or q of Alien are part of stand first; the other two behind them.
    expect(table('Ratings of the batch').map(([name, rating, , of]) => [name, rating, of])).toEqual([
      ['Ana × Alien', '5', 'qi'],
      ['Bo × Alien this cell', '4', 'pu, qi'],
      ['Bo × Dune', '1', 'pu'],
      ['Ana × Brazil', '3', '—'],
      ['Ana × Dune', '1', '—'],
    ]);
    expect(Number(table('Ratings of the batch')[0]?.[2])).toBeCloseTo(5 - predicted(0, 0), 3);
    expect(linesOf('t')).toEqual([
      '8 steps of Adam, with this one',
      expect.stringMatching(/^1 − β1t = 1 − 0\.98 = 0\.569533$/),
      expect.stringMatching(/^1 − β2t = 1 − 0\.9998 = 0\.00797206$/),
    ]);
    const pull = (keep: (u: number, i: number) => boolean, partner: (u: number, i: number) => number) =>
      batch.reduce((sum, [u, i, r]) => (keep(u, i) ? sum + (predicted(u, i) - r) * partner(u, i) : sum), 0) / 5;
    for (const f of [0, 1]) {
      const cases = [
        [
          `pu${f + 1}`,
          p(1, f),
          pull(
            (u) => u === 1,
            (_, i) => q(i, f),
          ),
          2 + f,
        ],
        [
          `qi${f + 1}`,
          q(0, f),
          pull(
            (_, i) => i === 0,
            (u) => p(u, f),
          ),
          f,
        ],
      ] as const;
      for (const [symbol, w, mean, at] of cases) {
        const by = textbook(w, mean + 0.2 * w, -0.05 + 0.01 * at, 0.001 + 0.002 * at, 8, 0.01);
        const lines = linesOf(symbol);
        expect(announced(symbol), symbol).toBeCloseTo(by.after, 13);
        const letters = (letter: string) => end(lines.find((line) => line.startsWith(`${letter} = `)));
        expect(letters('g')).toBeCloseTo(mean + 0.2 * w, 3);
        expect(letters('m')).toBeCloseTo(by.newM, 4);
        expect(letters('v')).toBeCloseTo(by.newV, 5);
        expect(letters('m̂')).toBeCloseTo(by.mHat, 3);
        expect(letters('v̂')).toBeCloseTo(by.vHat, 3);
        expect(end(lines.find((line) => line.startsWith('α m̂')))).toBeCloseTo(w - by.after, 4);
        expect(end(lines.at(-1))).toBeCloseTo(by.after, 4);
      }
    }
    await button().click();
    expect(calls).toEqual([['visit', 1, 0]]);
  });

  test('batch size 1, decoupled, with biases: this rating alone, and w shrinks beside the step', async () => {
    const view = remembering({
      ...trainedView,
      bu: new Float64Array(6).fill(0.3),
      bi: new Float64Array(4).fill(-0.1),
      mu: 0.5,
    });
    await open(
      { optimizer: { ...ADAM_DEFAULTS, batch: 1, decay: 'decoupled' }, beta: 0.2, prediction: 'mean+factors+biases' },
      view,
    );
    await expect
      .element(part())
      .toHaveTextContent('Batch size 1: this step takes this rating alone (batch 4 of 14 of the epoch).');
    expect(place.querySelector('table')).toBeNull();
    const error = 4 - (0.5 + 0.3 - 0.1 + predicted(1, 0));
    for (const [symbol, w, gradient, at] of [
      ['bu', 0.3, -error, 1],
      ['bi', -0.1, -error, 0],
      ['pu2', p(1, 1), -error * q(0, 1), 3],
      ['qi1', q(0, 0), -error * p(1, 0), 0],
    ] as const) {
      const shrunk = w * (1 - 0.01 * 0.2);
      const { after } = textbook(shrunk, gradient, -0.05 + 0.01 * at, 0.001 + 0.002 * at, 8, 0.01);
      expect(announced(symbol), symbol).toBeCloseTo(after, 13);
      expect(linesOf(symbol).some((line) => line.includes('(1 − 0.01 × 0.2)'))).toBe(true);
    }
    await expect.element(part()).toHaveTextContent('The step moves every other number of P, Q and the biases as well');
  });

  test('a shuffled epoch has other batches, and its ratings are those of the batch that the cell is in', async () => {
    await open({ optimizer: { ...ADAM_DEFAULTS, batch: 5 }, order: 'shuffled' }, remembering(trainedView));
    const names = table('Ratings of the batch').map(([name]) => name?.replace(' this cell', ''));
    expect(names).toContain('Bo × Alien');
    expect(new Set(names)).not.toEqual(
      new Set(['Ana × Alien', 'Ana × Brazil', 'Ana × Dune', 'Bo × Alien', 'Bo × Dune']),
    );
  });

  test('a rating of the batch lights its cell, and its cell lights it', async () => {
    await open({ optimizer: { ...ADAM_DEFAULTS, batch: 5 } }, remembering(trainedView));
    await page.getByRole('row', { name: /^Bo × Dune/ }).hover();
    expect(handle.pointer.getState().hovered).toEqual({ user: 1, item: 3, factor: null });
    handle.pointer.getState().hover({ user: 0, item: 1, factor: null });
    await expect
      .poll(() => [...place.querySelectorAll('.step-row-lit')].map((row) => row.firstElementChild?.textContent))
      .toEqual(['Ana × Brazil']);
  });

  test('what a step takes below zero is cut there', async () => {
    const view = remembering({ ...trainedView, P: trainedView.P.map((number, at) => (at === 3 ? 0.001 : number)) });
    view.adam?.m.P.fill(5);
    await open({ optimizer: { ...ADAM_DEFAULTS, batch: 1 }, nonNegative: true }, view);
    expect(announced('pu2')).toBe(0);
    expect(linesOf('pu2').at(-1)).toMatch(/^max\(0, -0\.\d+\) = 0$/);
    expect(linesOf('pu2').at(-2)).toMatch(/^0\.0010\d* − 0\.\d+ = -0\.\d+$/);
  });

  test.each([
    ['a gap', [1, 2], 'A gap is in no batch: no update of its own.'],
    ['a held-out rating', [2, 3], 'A held-out rating is in no batch: no update of its own.'],
  ] as const)('of %s there is none, and that is said', async (_, cell, said) => {
    await open({ optimizer: ADAM_DEFAULTS }, remembering(trainedView), {}, cell);
    await expect.element(part()).toHaveTextContent(said);
    await expect.element(button()).not.toBeInTheDocument();
  });
});

/** x of A x = b by Gauss and Jordan, with pivots: another route than Cholesky's. */
function gauss(A: readonly (readonly number[])[], b: readonly number[]): number[] {
  const rows = A.map((row, at) => [...row, b[at] ?? 0]);
  for (let column = 0; column < rows.length; column += 1) {
    rows.sort((one, two) =>
      rows.indexOf(one) < column || rows.indexOf(two) < column
        ? 0
        : Math.abs(two[column] ?? 0) - Math.abs(one[column] ?? 0),
    );
    const pivot = rows[column] ?? [];
    for (const row of rows) {
      if (row === pivot) continue;
      const share = (row[column] ?? 0) / (pivot[column] ?? 1);
      for (let at = 0; at < row.length; at += 1) row[at] = (row[at] ?? 0) - share * (pivot[at] ?? 0);
    }
  }
  return rows.map((row, at) => (row.at(-1) ?? 0) / (row[at] ?? 1));
}

describe('ALS', () => {
  const als = { optimizer: { kind: 'als' } } as const;

  test('at the users’ turn: λ, the system, old → new and r̂ before → after as a plain solve has them', async () => {
    await open({ ...als, beta: 0.2 });
    await expect
      .element(part())
      .toHaveTextContent(
        'It is the turn of the users: the row of Bo is solved from its 2 seen ratings, with all else held.',
      );
    // Two ratings: λ = 2 · 0.2 / 2.
    expect(linesOf('λ')[0]).toBe('n β / 2 = 2 × 0.2 / 2 = 0.2');
    const own = RATINGS.filter(([u]) => u === 1);
    const A = [0, 1].map((f) =>
      [0, 1].map((g) => own.reduce((sum, [, i]) => sum + q(i, f) * q(i, g), f === g ? 0.2 : 0)),
    );
    const b = [0, 1].map((f) => own.reduce((sum, [, i, r]) => sum + r * q(i, f), 0));
    expect(table('The system A w = b').map((row) => row.slice(1).map(Number))).toEqual(
      A.map((row, f) => [...row, b[f] ?? 0].map((number) => Number(number.toFixed(3)))),
    );
    const [first = 0, second = 0] = gauss(A, b);
    expect(announced('pu1')).toBeCloseTo(first, 12);
    expect(announced('pu2')).toBeCloseTo(second, 12);
    expect(linesOf('pu1')).toEqual([`1.7850 → ${first.toFixed(4)}`]);
    const after = first * q(0, 0) + second * q(0, 1);
    expect(announced('r̂')).toBeCloseTo(after, 12);
    expect(linesOf('r̂')).toEqual([`${predicted(1, 0).toFixed(4)} → ${after.toFixed(4)}`]);
    expect(table('Ratings of the row').map((row) => row.slice(0, 4))).toEqual([
      ['Alien', '4', predicted(1, 0).toFixed(3), after.toFixed(3)],
      ['Dune', '1', predicted(1, 3).toFixed(3), (first * q(3, 0) + second * q(3, 1)).toFixed(3)],
    ]);
    await button().click();
    expect(calls).toEqual([['visit', 1, 0]]);
  });

  test('at the items’ turn the row of the item, with biases and the mean', async () => {
    const view = {
      ...trainedView,
      position: 7,
      bu: Float64Array.of(0.1, 0.2, -0.3, 0.4, 0, 0.5),
      bi: Float64Array.of(0.1, 0, 0, 0),
      mu: 2,
    };
    await open({ ...als, beta: 0.2, prediction: 'mean+factors+biases' }, view);
    await expect
      .element(part())
      .toHaveTextContent('It is the turn of the items: the row of Alien is solved from its 4 seen');
    expect(linesOf('λ')[0]).toBe('n β / 2 = 4 × 0.2 / 2 = 0.4');
    const own = RATINGS.filter(([, i]) => i === 0);
    const z = (u: number) => [p(u, 0), p(u, 1), 1];
    const target = (u: number, r: number) => r - 2 - (view.bu[u] ?? 0);
    const A = [0, 1, 2].map((f) =>
      [0, 1, 2].map((g) => own.reduce((sum, [u]) => sum + (z(u)[f] ?? 0) * (z(u)[g] ?? 0), f === g ? 0.4 : 0)),
    );
    const b = [0, 1, 2].map((f) => own.reduce((sum, [u, , r]) => sum + target(u, r) * (z(u)[f] ?? 0), 0));
    const solved = gauss(A, b);
    for (const [at, symbol] of ['qi1', 'qi2', 'bi'].entries()) {
      expect(announced(symbol), symbol).toBeCloseTo(solved[at] ?? Number.NaN, 11);
    }
    expect(announced('r̂')).toBeCloseTo(
      2 + 0.2 + (solved[2] ?? 0) + p(1, 0) * (solved[0] ?? 0) + p(1, 1) * (solved[1] ?? 0),
      11,
    );
  });

  test.each([
    ['a gap', [1, 2], 'This cell is a gap, so it is not among them; its r̂ moves with the row.'],
    ['a held-out rating', [2, 3], 'This rating is held out, so it is not among them; its r̂ moves with the row.'],
  ] as const)('the row of %s is solved without it', async (_, cell, said) => {
    await open({ ...als, beta: 0.2 }, trainedView, {}, cell);
    await expect.element(part()).toHaveTextContent(said);
    await expect.element(part()).toHaveTextContent('from its 2 seen ratings');
    await button().click();
    expect(calls).toEqual([['visit', ...cell]]);
  });

  test('a row that β = 0 leaves open is not solved, and why is said', async () => {
    await open(
      { ...als, beta: 0, prediction: 'factors+biases' },
      {
        ...trainedView,
        bu: new Float64Array(6),
        bi: new Float64Array(4),
      },
    );
    await expect
      .element(part())
      .toHaveTextContent(
        'The row of Bo has no single best value: 2 ratings cannot settle 3 numbers at β 0. A larger β settles them.',
      );
    await expect.element(button()).not.toBeInTheDocument();
  });

  test('a row without a seen rating stays as it is', async () => {
    await open({ ...als, beta: 0.2 });
    handle.store.setState(({ study }) => {
      const { ratings } = study.dataset;
      const heldOut = ratings.heldOut.map((flag, at) => (ratings.user[at] === 1 ? 1 : flag));
      return { study: { ...study, dataset: { ...study.dataset, ratings: { ...ratings, heldOut } } } };
    });
    await expect.element(part()).toHaveTextContent('Bo has no seen rating: the row stays as it is.');
    await expect.element(button()).not.toBeInTheDocument();
  });

  test('non-negative: number after number, and the cut where it is made', async () => {
    await open({ ...als, beta: 0.2, nonNegative: true }, trainedView, {}, [2, 0]);
    // Chen gave Alien 1 and Brazil 1: b and A of both, λ = 0.2.
    const own = RATINGS.filter(([u]) => u === 2);
    const a = (f: number, g: number) => own.reduce((sum, [, i]) => sum + q(i, f) * q(i, g), f === g ? 0.2 : 0);
    const b = (f: number) => own.reduce((sum, [, i, r]) => sum + r * q(i, f), 0);
    const first = Math.max(0, (b(0) - a(0, 1) * p(2, 1)) / a(0, 0));
    const best = (b(1) - a(1, 0) * first) / a(1, 1);
    expect(announced('pu1')).toBeCloseTo(first, 12);
    expect(announced('pu2')).toBe(Math.max(0, best));
    expect(best).toBeLessThan(0);
    expect(linesOf('pu2')[1]).toMatch(/^max\(0, -0\.\d+\) = 0$/);
    await expect.element(part()).toHaveTextContent('each is put where the objective is lowest at 0 or above');
  });

  test('numbers of the system light their cells, and are lit when those are pointed at', async () => {
    await open({ ...als, beta: 0.2 });
    await page.getByRole('table', { name: 'The system A w = b' }).getByRole('row').nth(2).hover();
    expect(handle.pointer.getState().hovered).toEqual({ user: 1, item: 0, factor: 1 });
    handle.pointer.getState().hover({ user: 1, item: null, factor: 0 });
    await expect.poll(() => place.querySelector('.step-row-lit')?.firstElementChild?.textContent).toBe('pu1');
    await expect.poll(() => place.querySelector('.step-lit .step-symbol')?.textContent).toBe('pu1');
  });
});

test('under projected SGD and momentum the cut at zero stands where it is made, and what reads it reads 0', async () => {
  // Chen × Alien: r̂ = 0.59 · 2.03 + 0.2 · 0.46 = 1.29, so e < 0 and a large α takes p below zero.
  const view = {
    ...trainedView,
    P: Float64Array.from(trainedView.P, (number, at) => (at === 5 ? 0.2 : number)),
    velocity: newVelocity(trainedView),
  };
  const error = 1 - (0.59 * 2.03 + 0.2 * 0.46);
  const moved = 0.59 + 0.7 * (2 * error * 2.03 - 0.2 * 0.59);
  expect(moved).toBeLessThan(0);
  for (const optimizer of [{ kind: 'sgd', update: 'sequential' } as const, MOMENTUM_DEFAULTS]) {
    await open({ optimizer, alpha: 0.7, nonNegative: true }, view, {}, [2, 0]);
    expect(linesOf('pu1').slice(-2)).toEqual([
      expect.stringMatching(new RegExp(`= ${moved.toFixed(4)}$`)),
      `max(0, ${moved.toFixed(4)}) = 0`,
    ]);
    expect(announced('pu1')).toBe(0);
    // q reads the p that was cut: 2.03 + 0.7 (2 e · 0 − 0.2 · 2.03).
    expect(announced('qi1')).toBeCloseTo(2.03 - 0.7 * 0.2 * 2.03, 12);
  }
});

test('of many factors the first are written out, then all', async () => {
  const k = 20;
  const view: ParametersView = {
    ...trainedView,
    k,
    P: Float64Array.from({ length: 6 * k }, (_, at) => 0.1 + (at % 7) / 10),
    Q: Float64Array.from({ length: 4 * k }, (_, at) => 0.2 + (at % 5) / 10),
  };
  const symbols = () =>
    [...place.querySelectorAll('.steps .step-symbol')].filter((symbol) => /^[pq]/.test(symbol.textContent ?? ''));
  for (const [model, first, all] of [
    [{}, 8, 40],
    [{ optimizer: ADAM_DEFAULTS }, 4, 40],
    [{ optimizer: { kind: 'als' }, beta: 0.2 }, 4, 20],
  ] as const) {
    await open(model, remembering(view));
    expect(symbols()).toHaveLength(first);
    const more = page.getByRole('button', { name: 'Show all 20 factors' });
    await more.click();
    await expect.poll(() => symbols().length).toBe(all);
    // Tables scroll by themselves: nothing is wider than the panel.
    expect(place.scrollWidth).toBeLessThanOrEqual(place.clientWidth);
    await page.getByRole('button', { name: 'Show the first only' }).click();
    await expect.poll(() => symbols().length).toBe(first);
    place.remove();
  }
});

describe('when there is no next step to make', () => {
  test('while training goes on, SGD follows and waits for a pause; Adam and ALS say that it goes on', async () => {
    await open({}, trainedView, { status: 'training' });
    await expect.element(button()).toHaveAttribute('aria-disabled', 'true');
    await expect.element(part()).toHaveTextContent('Training goes on. Pause to make the update that is written out.');
    await button().click({ force: true });
    expect(calls).toEqual([]);
    for (const [optimizer, said] of [
      [ADAM_DEFAULTS, 'Training goes on, and every batch changes these numbers.'],
      [{ kind: 'als' }, 'Training goes on, and every epoch solves all rows.'],
    ] as const) {
      place.remove();
      await open({ optimizer }, remembering(trainedView), { status: 'training' });
      await expect.element(part()).toHaveTextContent(said);
      await expect.element(button()).not.toBeInTheDocument();
    }
  });

  test('of the past it is shown, not made', async () => {
    await open({ optimizer: ADAM_DEFAULTS }, remembering({ ...trainedView, epoch: 300 }), {
      playhead: 300,
      epoch: 640,
    });
    await expect.element(part()).toHaveTextContent('With the numbers of epoch 300.');
    await expect.element(part()).toHaveTextContent('Return to the run to make its update.');
    await button().click({ force: true });
    expect(calls).toEqual([]);
  });

  test('after a fall and after an early stop it says from where it is', async () => {
    const divergence: RunSlice['divergence'] = {
      during: 641,
      epoch: 640,
      update: 3,
      user: 0,
      item: 0,
      cause: { kind: 'alpha', value: 1, suggested: 0.1 },
    };
    await open({}, trainedView, { divergence });
    await expect
      .element(part())
      .toHaveTextContent('Training blew up in epoch 641 and fell back to epoch 640. This is the update from there.');
    place.remove();
    const after = { epoch: [], rmseSeen: [], rmseHeldOut: [], maeSeen: [], maeHeldOut: [], objective: [] };
    await open({}, trainedView, { stopped: { at: 700, best: 640, rmse: 1, rmseAt: 2, after } });
    await expect
      .element(part())
      .toHaveTextContent('The run stopped at epoch 700 and went back to its best, epoch 640.');
  });

  test('a schedule at its end moves nothing, and that is said', async () => {
    await open({ schedule: { kind: 'cosine', epochs: 100 } });
    await expect.element(part()).toHaveTextContent('The schedule has brought α down to 0: nothing moves by it.');
    expect(announced('pu1')).toBe(1.785);
  });

  test('one that makes a number too large is not made', async () => {
    await open({ alpha: 1e300 }, { ...trainedView, P: trainedView.P.map((number) => number * 1e60) });
    await expect.element(part()).toHaveTextContent('This update would make a number that is too large');
    await expect.element(button()).toHaveAttribute('aria-disabled', 'true');
  });
});

test('settings that wait are not those of the step: the epoch under way goes by its own', async () => {
  const view = { ...trainedView, position: 4 };
  await open({ alpha: 0.5 }, view);
  const { study } = handle.store.getState();
  const model = { ...study.model, alpha: 0.01 };
  handle.store.setState(({ run }) => ({
    run: {
      ...run,
      memory: {
        underWay: { epoch: 640, position: 4, model, bu: null, bi: null, mu: null, adam: null },
        seen: null,
        arrived: null,
      },
    },
  }));
  await expect.element(part()).toHaveTextContent('Changed settings wait for the next epoch');
  const error = 4 - predicted(1, 0);
  expect(announced('pu1')).toBeCloseTo(1.785 + 0.01 * (2 * error * 2.03 - 0.2 * 1.785), 12);
});

test('where the stage does not show all rows, Adam and ALS read the whole state, or say that it is not at hand', async () => {
  await open({ optimizer: { kind: 'als' }, beta: 0.2 });
  const whole = announced('pu1');
  const windowed = { users: Int32Array.of(1), items: Int32Array.of(0, 1) };
  const view = { ...trainedView, P: trainedView.P.slice(2, 4), Q: trainedView.Q.slice(0, 4) };
  handle.store.setState(({ run }) => ({ window: windowed, run: { ...run, view } }));
  await expect.element(part()).toHaveTextContent('They come when the run rests.');
  const { k, P, Q, bu, bi, mu } = trainedView;
  const state = { epoch: 640, position: 0, parameters: { k, P, Q, bu, bi, mu }, adam: null };
  handle.store.setState(({ run, study }) => ({ run: { ...run, state, stateStudy: study } }));
  await expect.element(button()).toBeVisible();
  expect(announced('pu1')).toBe(whole);
});

import { describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Dataset } from '../../src/core/dataset.ts';
import { findRating } from '../../src/core/ratings.ts';
import { trainingData } from '../../src/core/training-data.ts';
import { foldInUser } from '../../src/core/understand/fold-in.ts';
import { explainByWeights, type Weights } from '../../src/core/understand/weights.ts';
import type { AppState } from '../../src/store/state.ts';
import type { Handle } from '../../src/views/context.ts';
import Recommend, { reckon } from '../../src/views/inspector/recommend.tsx';
import type { ParametersView } from '../../src/worker/protocol.ts';
import { type Call, fakeHandle, runAt } from './fake-handle.ts';
import { painted, render } from './render.tsx';
import { trainedView as view } from './trained-view.ts';

let handle: Handle;
let calls: Call[];
let place: HTMLElement;

async function open(state: (before: AppState) => Partial<AppState> = () => ({})): Promise<void> {
  const fake = fakeHandle(runAt(640, true, { view }), true);
  handle = fake.handle;
  calls = fake.calls;
  handle.store.setState(state(handle.store.getState()));
  place = render(handle, <Recommend />, 300);
  await painted();
}

/** Hides every rating of a user, or of an item, from training. */
const without =
  (side: 'user' | 'item', index: number) =>
  (before: AppState): Partial<AppState> => {
    const { ratings } = before.study.dataset;
    const heldOut = ratings.heldOut.map((flag, at) => (ratings[side][at] === index ? 1 : flag));
    return { study: { ...before.study, dataset: { ...before.study.dataset, ratings: { ...ratings, heldOut } } } };
  };

const gaps = () =>
  [...place.querySelectorAll('.recommend-row')].map((row) => [
    row.querySelector('button')?.textContent,
    row.querySelector('.recommend-predicted')?.textContent,
  ]);
const reasons = () =>
  [...place.querySelectorAll('.recommend-row')].map((row) =>
    [...row.querySelectorAll('.recommend-reasons li')].map((reason) => reason.textContent),
  );

/** A user of a large set: many small weights, far from trained. */
const WEIGHTS: Weights = {
  ratings: [-0.0064, 0.0041, 0.004, 0.0012, 0.002].map((contribution, partner) => ({
    partner,
    value: 2.5,
    rest: 3.14,
    weight: contribution / -0.64,
    contribution,
  })),
  rest: 3.11,
  ridge: 3.1149,
  predicted: 4.74,
  unfinished: 1.6251,
};

describe('for a user', () => {
  test('the gaps by r̂, best first', async () => {
    await open();
    await expect.element(page.getByRole('heading', { name: 'For Bo' })).toBeVisible();
    // Bo rated Alien and Dune: Clue 2.46, Brazil 1.785 × 1.25 + 0.41 × 0.12 = 2.28.
    expect(gaps()).toEqual([
      ['Clue', '2.46'],
      ['Brazil', '2.28'],
    ]);
    await expect.element(page.getByText(/^biases only/).first()).toBeVisible();
  });

  test('because of their own ratings, by what they add', async () => {
    await open();
    const { dataset, model } = handle.store.getState().study;
    const explained = explainByWeights(view, trainingData(dataset).training, model, 'users', 1, 2);
    const ratings = explained.ok ? [...explained.value.ratings] : [];
    ratings.sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
    expect(ratings.length).toBe(2);
    expect(ratings.map(({ partner, weight }) => [dataset.items[partner], weight.toPrecision(3)])).toEqual([
      ['Alien', '0.370'],
      ['Dune', '0.995'],
    ]);
    expect(reasons()[0]).toEqual(['Alien4 × 0.370 = 1.48', 'Dune1 × 0.995 = 0.99', 'p is not there yet-0.01', 'r̂2.46']);
  });

  test('base, three reasons, the others and what is not yet trained add up to r̂ as printed', async () => {
    const biased: ParametersView = {
      ...view,
      bu: Float64Array.of(0.2, -0.1, 0.3, 0.1, -0.4, 0.05),
      bi: Float64Array.of(0.3, -0.2, 0.004, 0.1),
      mu: 2.84,
    };
    for (const shown of [view, biased]) {
      await open(({ run }) => ({ run: { ...run, view: shown } }));
      for (const user of [0, 1, 2, 4]) {
        handle.pointer.getState().select(user, 2);
        await painted();
        for (const [place, lines] of reasons().entries()) {
          const printed = lines.map((line) => Number(/-?[\d.]+$/.exec(line ?? '')?.[0]));
          const sum = printed.at(-1) ?? Number.NaN;
          expect(lines.at(-1)).toMatch(/^r̂/);
          expect(lines.at(-2)).toMatch(/^p is not there yet/);
          if (shown === biased) expect(lines[0]).toMatch(/^base: mean and bias/);
          expect(printed.slice(0, -1).reduce((total, part) => total + part, 0)).toBeCloseTo(sum, 9);
          expect(Number(sum.toFixed(2))).toBeCloseTo(Number(gaps()[place]?.[1]), 2);
        }
      }
    }
    // Users with more than three ratings have a line for those that are not told one by one.
    expect(reckon(WEIGHTS, true)).toEqual({
      base: '3.1100',
      reasons: [0, 1, 2].map((at) => ({ own: WEIGHTS.ratings[at], adds: ['-0.0064', '0.0041', '0.0040'][at] })),
      others: { count: 2, adds: '0.0032' },
      unfinished: '1.6251',
      predicted: '4.7400',
    });
  });

  test('where the ratings leave the weights open, it says so', async () => {
    await open((before) => ({ study: { ...before.study, model: { ...before.study.model, beta: 0, k: 2 } } }));
    handle.pointer.getState().select(2, 2);
    await painted();
    handle.store.setState((before) => without('item', 1)(before));
    await painted();
    // Chen is left with Alien alone: one rating for two factors.
    await expect.element(page.getByText(/^No reasons: β = 0/).first()).toBeVisible();
  });

  test('a click chooses the gap', async () => {
    await open();
    await page.getByRole('button', { name: 'Brazil' }).click();
    expect(handle.pointer.getState().selected).toEqual({ user: 1, item: 1 });
  });

  test('without data nothing is recommended, and items without data are left out', async () => {
    await open(without('user', 1));
    await expect.element(page.getByText('No data: the model sees no rating by Bo')).toBeVisible();
    expect(gaps()).toEqual([]);
    handle.store.setState(handle.store.getInitialState());
    handle.store.setState((before) => without('item', 2)(before));
    await expect.element(page.getByText('1 item without a seen rating is left out: no data.').first()).toBeVisible();
    expect(gaps().map(([name]) => name)).toEqual(['Brazil']);
  });
});

test('an interval says that it is of models trained on', async () => {
  await open();
  const { dataset, model } = handle.store.getState().study;
  const grown = (by: number) => ({ ...view, P: view.P.map((p) => p * by) });
  const settled = [1.1, 1.2].map((by, seed) => ({
    member: { kind: 'seed' as const, seed },
    atMark: null,
    parameters: grown(by),
    epochs: 5000,
    ended: 'settled' as const,
  }));
  const study = { dataset, model, start: null };
  const found = { study, mark: 640, asked: 2, ratings: 14, complete: true, stale: null, present: [], settled };
  handle.jobs.setState({ starts: found });
  await painted();
  const interval = place.querySelector('.recommend-intervals li');
  // r̂ 2.46 of the run lies outside: what it lies outside of is trained farther.
  expect(interval?.textContent).toMatch(/^other starts, trained on2\.7\d … 2\.9\d$/);
});

test('for an item, whom to offer it to', async () => {
  await open();
  await page.getByRole('radiogroup', { name: 'For' }).getByRole('radio', { name: 'item', exact: true }).click();
  await expect.element(page.getByRole('heading', { name: 'Who to offer Clue' })).toBeVisible();
  const { dataset } = handle.store.getState().study;
  expect(gaps().map(([name]) => findRating(dataset.ratings, dataset.users.indexOf(name ?? ''), 2) < 0)).toEqual(
    gaps().map(() => true),
  );
  const numbers = gaps().map(([, number]) => Number(number));
  expect(numbers).toEqual([...numbers].sort((a, b) => b - a));
  expect(gaps()[0]).toEqual(['Dee', '4.37']);
});

describe('a new user', () => {
  const folded = () =>
    [...place.querySelectorAll('.recommend-folded li')].map((row) => [
      row.querySelector('.recommend-name')?.textContent,
      row.querySelector('.recommend-predicted')?.textContent,
    ]);
  const choose = (name: string) => page.getByRole('combobox', { name: 'Rate an item' }).selectOptions(name);
  const rate = async (name: string, value: string) => {
    await choose(name);
    await page.getByRole('spinbutton', { name, exact: true }).fill(value);
    await userEvent.keyboard('{Enter}');
  };

  test('without a rating nothing is known', async () => {
    await open();
    await expect.element(page.getByText('No rating yet, so nothing is known: every r̂ is 0.')).toBeVisible();
    expect(folded()).toEqual([]);
    await expect.element(page.getByRole('button', { name: 'Add to R' })).toBeDisabled();
  });

  test('is solved from what was typed, at once, with Q held', async () => {
    await open();
    await rate('Alien', '5');
    const { model, dataset } = handle.store.getState().study;
    const ofAll = trainingData(dataset).training.value.length;
    const solved = (items: number[], values: number[]) => {
      const found = foldInUser(
        view,
        { partner: Int32Array.from(items), value: Float64Array.from(values) },
        model,
        ofAll,
      );
      return found.ok ? found.value.predictions : new Float64Array(4);
    };
    const one = solved([0], [5]);
    expect(folded()).toEqual(
      [1, 2, 3]
        .sort((a, b) => (one[b] ?? 0) - (one[a] ?? 0))
        .map((item) => [dataset.items[item], (one[item] ?? 0).toFixed(2)]),
    );
    await rate('Dune', '1');
    const two = solved([0, 3], [5, 1]);
    expect(folded()).toEqual(
      [1, 2]
        .sort((a, b) => (two[b] ?? 0) - (two[a] ?? 0))
        .map((item) => [dataset.items[item], (two[item] ?? 0).toFixed(2)]),
    );
    await page.getByRole('button', { name: 'Remove Dune' }).click();
    expect(folded().length).toBe(3);
  });

  test('a wrong number is answered and nothing typed is lost', async () => {
    await open();
    await rate('Alien', '3,5');
    await expect.element(page.getByRole('alert')).toHaveTextContent('write a point: 3.5');
    await expect.element(page.getByRole('spinbutton', { name: 'Alien' })).toHaveValue('3,5');
  });

  test('follows Q while training goes on', async () => {
    await open();
    await rate('Alien', '5');
    const before = folded();
    handle.store.setState(({ run }) => ({ run: { ...run, view: { ...view, Q: view.Q.map((q, at) => q + at / 8) } } }));
    await painted();
    expect(folded()).not.toEqual(before);
  });

  test('becomes a real user with those ratings, in one edit', async () => {
    await open();
    await rate('Dune', '1');
    await rate('Alien', '4.5');
    await page.getByRole('button', { name: 'Add to R' }).click();
    const [edit, said] = calls;
    expect(edit?.[0]).toBe('addUser');
    expect(edit?.[2]).toBe('User 7 added');
    // The row that made the predictions goes with them: r̂ of Brazil stays where it was.
    const { model } = handle.store.getState().study;
    const ratings = { partner: Int32Array.of(0, 3), value: Float64Array.of(4.5, 1) };
    const ofAll = trainingData(handle.store.getState().study.dataset).training.value.length;
    const solved = foldInUser(view, ratings, model, ofAll);
    expect(edit?.[3]).toEqual(solved.ok && solved.value);
    const dataset = edit?.[1] as Dataset;
    expect(dataset.users.at(-1)).toBe('User 7');
    const ratedAt = (item: number) => dataset.ratings.value[findRating(dataset.ratings, 6, item)];
    expect([ratedAt(0), ratedAt(1), ratedAt(2), ratedAt(3)]).toEqual([4.5, undefined, undefined, 1]);
    expect(said?.slice(0, 2)).toEqual([
      'say',
      'User 7 is in R with 2 ratings. Their row of P is the one solved here, and is trained on from it.',
    ]);
    expect(calls.length).toBe(2);
  });

  test('once added, the form is empty; undone, what was typed is back', async () => {
    await open();
    await rate('Dune', '1');
    await rate('Alien', '4.5');
    const before = handle.store.getState();
    await page.getByRole('button', { name: 'Add to R' }).click();
    const dataset = calls[0]?.[1] as Dataset;
    const P = Float64Array.of(...view.P, 1, 1);
    handle.store.setState({ study: { ...before.study, dataset }, run: { ...before.run, view: { ...view, P } } });
    await painted();
    const typed = () => [...place.querySelectorAll<HTMLInputElement>('.recommend-given input')].map((one) => one.value);
    expect(typed()).toEqual([]);
    await expect.element(page.getByRole('button', { name: 'Add to R' })).toBeDisabled();
    handle.store.setState(before);
    await painted();
    expect(typed()).toEqual(['1', '4.5']);
  });

  test('a rating outside the scale counts, as in R, and is said to be outside', async () => {
    await open();
    await rate('Alien', '9');
    await expect.element(page.getByText('Alien: outside the scale 1 … 5; allowed.')).toBeVisible();
    const { model, dataset } = handle.store.getState().study;
    const nine = { partner: Int32Array.of(0), value: Float64Array.of(9) };
    const solved = foldInUser(view, nine, model, trainingData(dataset).training.value.length);
    const best = solved.ok ? Math.max(...solved.value.predictions.slice(1)) : Number.NaN;
    expect(folded()[0]?.[1]).toBe(best.toFixed(2));
    await page.getByRole('spinbutton', { name: 'Alien', exact: true }).fill('5');
    await userEvent.keyboard('{Enter}');
    expect(page.getByText(/outside the scale/).elements().length).toBe(0);
  });

  test('an item that was chosen has no rating until one is typed', async () => {
    await open();
    await choose('Alien');
    const field = page.getByRole('spinbutton', { name: 'Alien' });
    await expect.element(field).toHaveValue('');
    await expect.element(field).toHaveFocus();
    await expect.element(page.getByText('1 chosen item has no rating yet.')).toBeVisible();
    await expect.element(page.getByText('No rating yet, so nothing is known: every r̂ is 0.')).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Add to R' })).toBeDisabled();
    // The arrow keys begin in the middle of the scale.
    await userEvent.keyboard('{ArrowUp}');
    await expect.element(field).toHaveValue('3');
    expect(folded().length).toBe(3);
  });

  test('what was typed outlives the tab', async () => {
    await open();
    await rate('Clue', '2');
    const again = render(handle, <Recommend />, 300);
    await painted();
    expect(again.querySelector<HTMLInputElement>('.recommend-given input')?.value).toBe('2');
  });
});

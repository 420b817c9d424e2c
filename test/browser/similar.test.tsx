import { describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import type { Dataset } from '../../src/core/dataset.ts';
import { arrange } from '../../src/core/edit-rows.ts';
import { trainingData } from '../../src/core/training-data.ts';
import { kMeans } from '../../src/core/understand/k-means.ts';
import { nearestRows } from '../../src/core/understand/similar.ts';
import type { AppState } from '../../src/store/state.ts';
import type { Handle } from '../../src/views/context.ts';
import Similar from '../../src/views/inspector/similar.tsx';
import { orderByGroup } from '../../src/views/inspector/similar-groups.tsx';
import { Stage } from '../../src/views/stage/Stage.tsx';
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
  place = render(handle, <Similar />, 300);
  await painted();
}

const radio = (group: string, name: string) =>
  page.getByRole('radiogroup', { name: group, exact: true }).getByRole('radio', { name, exact: true });
const rows = () =>
  [...place.querySelectorAll('.similar-row')].map((row) => [
    row.querySelector('button')?.textContent,
    row.querySelector('.similar-value')?.textContent,
    row.querySelector('.similar-shared')?.textContent,
  ]);

describe('the nearest', () => {
  test('of the chosen user by centered cosine, with the count of shared ratings', async () => {
    await open();
    await expect.element(page.getByRole('heading', { name: 'Most like Bo' })).toBeVisible();
    const { dataset } = handle.store.getState().study;
    const { training } = trainingData(dataset);
    const expected = nearestRows(view, training, 'users', 1, { by: 'cosine', centered: true }, 6);
    expect(rows().map(([name]) => name)).toEqual(expected.map(({ row }) => dataset.users[row]));
    expect(rows()[0]).toEqual(['Ana', '0.98', '2 shared ratings, 0.50 apart']);
    // Seen from the mean (0.9858, 0.965): (1.2642, −0.585) and (0.7992, −0.555).
    expect(expected[0]?.value).toBeCloseTo(0.98497, 4);
  });

  test('one shared rating or none looks weak, and is said to be', async () => {
    await open();
    const weak = [...place.querySelectorAll('.similar-row')].map(
      (row) => [row.querySelector('.similar-shared')?.textContent ?? '', row.classList.contains('weak')] as const,
    );
    expect(weak.length).toBe(5);
    for (const [said, isWeak] of weak) {
      expect(isWeak).toBe(/^(1 shared rating, [\d.]+ apart|no shared rating): weak$|: unlike$/.test(said));
    }
    expect(weak.some(([, isWeak]) => isWeak)).toBe(true);
  });

  test('two shared ratings far apart do not look like friendship', async () => {
    // Bo gave Alien 4 and Dune 1; Ana gave 5 and 1, and now 1 and 5.
    await open(({ study }) => {
      const { ratings } = study.dataset;
      const value = ratings.value.map((rating, at) =>
        ratings.user[at] !== 0 ? rating : ratings.item[at] === 0 ? 1 : ratings.item[at] === 3 ? 5 : rating,
      );
      return { study: { ...study, dataset: { ...study.dataset, ratings: { ...ratings, value } } } };
    });
    expect(rows()[0]).toEqual(['Ana', '0.98', '2 shared ratings, 3.5 apart: unlike']);
    expect(place.querySelector('.similar-row')?.classList.contains('weak')).toBe(true);
    await expect.element(page.getByText(/^Apart: how far shared ratings differ on average/)).toBeVisible();
  });

  test('at epoch 0 it says that nothing was learned', async () => {
    await open();
    expect(page.getByText(/^Not trained yet/).elements().length).toBe(0);
    await open(({ run }) => ({ run: { ...run, epoch: 0, view: { ...view, epoch: 0 } } }));
    await expect
      .element(page.getByText(/^Not trained yet: these are the factors that the run begins with/))
      .toBeVisible();
    expect(place.querySelectorAll('.similar-row').length).toBe(5);
    expect(place.querySelectorAll('.similar-row:not(.weak)').length).toBe(0);
  });

  test('by distance and by correlation other numbers stand there, and what they mean', async () => {
    await open();
    await radio('Likeness', 'distance').click();
    // Ana − Bo = (0.465, −0.03).
    expect(rows()[0]).toEqual(['Ana', '0.47', '2 shared ratings, 0.50 apart']);
    await expect.element(page.getByText('Distance between their factors')).toBeVisible();
    expect(place.querySelector('.similar-centered')?.checkVisibility({ visibilityProperty: true })).toBe(false);
    await radio('Likeness', 'correlation').click();
    await expect.element(page.getByText('Correlation of their rows of R̂')).toBeVisible();
    expect(Number(rows()[0]?.[1])).toBeGreaterThan(0.9);
  });

  test('from 0 instead of the mean', async () => {
    await open();
    await page.getByRole('checkbox', { name: /^Centered/ }).click();
    // Bo and Chen: (1.785 × 0.59 − 0.41 × 0.15) / (1.8315 × 0.6088) = 0.89.
    expect(rows().find(([name]) => name === 'Chen')?.[1]).toBe('0.89');
  });

  test('of items, and a click goes on from there', async () => {
    await open();
    await radio('Compare', 'items').click();
    await expect.element(page.getByRole('heading', { name: 'Most like Clue' })).toBeVisible();
    expect(rows()[0]?.[0]).toBe('Dune');
    await page.getByRole('list').first().getByRole('button', { name: 'Dune' }).click();
    expect(handle.pointer.getState().selected).toEqual({ user: 1, item: 3 });
    await expect.element(page.getByRole('heading', { name: 'Most like Dune' })).toBeVisible();
  });

  test('strips of R̂ are named with their range and painted', async () => {
    await open();
    const strip = page.getByRole('img', { name: /^Bo in R̂/ });
    await expect.element(strip).toHaveAccessibleName('Bo in R̂: from 0.99 to 3.81');
    const canvas = strip.element();
    const pixels =
      canvas instanceof HTMLCanvasElement ? canvas.getContext('2d')?.getImageData(0, 0, 4, 1).data : undefined;
    // Alien (3.81) and Dune (0.99, the scale's lower end) differ; nothing is left transparent.
    expect(pixels?.[3]).toBe(255);
    expect(pixels?.slice(12, 15)).toEqual(Uint8ClampedArray.of(0xd8, 0xe9, 0xe5));
    expect(pixels?.slice(0, 3)).not.toEqual(pixels?.slice(12, 15));
  });

  test('without data there is nothing to compare', async () => {
    await open((before) => {
      const { ratings } = before.study.dataset;
      const heldOut = ratings.heldOut.map((flag, at) => (ratings.user[at] === 1 ? 1 : flag));
      return { study: { ...before.study, dataset: { ...before.study.dataset, ratings: { ...ratings, heldOut } } } };
    });
    await expect.element(page.getByText('No data: the model sees no rating of Bo')).toBeVisible();
    expect(rows()).toEqual([]);
    handle.pointer.getState().select(0, 0);
    await expect.element(page.getByText('1 without a rating is left out: no data.')).toBeVisible();
    expect(rows().map(([name]) => name)).not.toContain('Bo');
  });
});

describe('groups', () => {
  const leaves = () =>
    [...place.querySelectorAll('.similar-tree li')].map((leaf) => [
      leaf.querySelector('button')?.textContent,
      leaf.querySelector('.similar-group [aria-hidden]')?.textContent,
    ]);

  test('by k-means from the study’s seed, on the tree’s leaves', async () => {
    await open();
    const groups = kMeans(view.P, 2, 3, 42);
    await expect.element(page.getByText(`Groups of ${[...groups.sizes].join(', ')}`)).toBeVisible();
    const { users } = handle.store.getState().study.dataset;
    expect(leaves().length).toBe(6);
    for (const [name, group] of leaves()) {
      expect(group).toBe(String((groups.group[users.indexOf(name ?? '')] ?? 0) + 1));
    }
    await expect.element(page.getByRole('figure', { name: 'Tree of likeness' })).toBeVisible();
  });

  test('as many as asked, from the seed asked', async () => {
    await open();
    const field = page.getByRole('spinbutton', { name: 'Groups', exact: true });
    await field.fill('2');
    await page.getByRole('spinbutton', { name: 'Seed', exact: true }).fill('7');
    await page.getByRole('spinbutton', { name: 'Seed', exact: true }).element().blur();
    const groups = kMeans(view.P, 2, 2, 7);
    await expect.element(page.getByText(`Groups of ${[...groups.sizes].join(', ')}`)).toBeVisible();
    await expect.element(field).toHaveAttribute('aria-valuemax', '6');
  });

  test('rows are ordered by group in one edit that can be undone, and it is said', async () => {
    // Ana and Eli with each other's factors: groups 1, 2, 3 no longer stand in order.
    const P = Float64Array.of(0.59, 2.03, ...view.P.subarray(2, 8), 2.25, 0.38, ...view.P.subarray(10));
    await open(({ run }) => ({ run: { ...run, view: { ...view, P } } }));
    const before = handle.store.getState().study.dataset;
    await page.getByRole('button', { name: 'Order rows by group' }).click();
    const [edit, said] = calls;
    const { group } = kMeans(P, 2, 3, 42);
    expect(edit?.[0]).toBe('changeDataset');
    expect(edit?.[2]).toBe('rows ordered by group');
    const after = edit?.[1];
    const users =
      after && typeof after === 'object' && 'users' in after && Array.isArray(after.users) ? after.users : [];
    const groupsInOrder = users.map((name) => group[before.users.indexOf(String(name))]);
    expect(groupsInOrder).toEqual([...groupsInOrder].sort());
    expect([...users].sort()).toEqual([...before.users].sort());
    expect(said?.[0]).toBe('say');
    expect(said?.[1]).toContain('now stand by group');
    expect(calls.length).toBe(2);
  });

  test('rows go back to the order in which they came, in one edit', async () => {
    await open();
    const back = page.getByRole('button', { name: 'First order' });
    await expect.element(back).toHaveAttribute('aria-disabled', 'true');
    const { study } = handle.store.getState();
    handle.store.setState({ study: { ...study, dataset: arrange(study.dataset, 'users', [3, 0, 5, 1, 4, 2]) } });
    await painted();
    await expect.element(back).toHaveAttribute('aria-disabled', 'false');
    // No lines say why they stand so: they were ordered before a reload, or by hand.
    await expect
      .element(page.getByText('The rows stand in another order than they came in; First order puts them back.'))
      .toBeVisible();
    await back.click();
    expect(calls.map(([name]) => name)).toEqual(['changeDataset', 'say']);
    expect(calls[0]?.[1]).toEqual(study.dataset);
    expect(calls[0]?.[2]).toBe('rows in their first order');
  });

  test('in that order already, nothing is edited', async () => {
    await open();
    await page.getByRole('button', { name: 'Order rows by group' }).click();
    expect(calls.map(([name]) => name)).toEqual(['say']);
    expect(orderByGroup(Int32Array.of(0, 0, 0), null)).toEqual([0, 1, 2]);
    expect(orderByGroup(Int32Array.of(1, 0, 1), null)).toEqual([1, 0, 2]);
  });

  test('who has no rating is in no group, and stands last', async () => {
    await open((before) => {
      const { ratings } = before.study.dataset;
      const heldOut = ratings.heldOut.map((flag, at) => (ratings.user[at] === 1 ? 1 : flag));
      return { study: { ...before.study, dataset: { ...before.study.dataset, ratings: { ...ratings, heldOut } } } };
    });
    await expect.element(page.getByText('1 without a rating is in no group: its factors are chance.')).toBeVisible();
    const others = kMeans(Float64Array.of(...view.P.subarray(0, 2), ...view.P.subarray(4)), 2, 3, 42);
    await expect.element(page.getByText(`Groups of ${[...others.sizes].join(', ')}`)).toBeVisible();
    expect(leaves().map(([name]) => name)).not.toContain('Bo');
    expect(orderByGroup(Int32Array.of(1, -1, 0, 1), null)).toEqual([2, 0, 3, 1]);
    expect(orderByGroup(Int32Array.of(1, -1, 0, 1), [3, 0, 2])).toEqual([2, 3, 0, 1]);
  });

  test('ordered rows are parted by lines for as long as they stand by group', async () => {
    await open();
    await page.getByRole('button', { name: 'Order rows by group' }).click();
    const edited = calls.find(([name]) => name === 'changeDataset')?.[1];
    const isDataset = (value: unknown): value is Dataset =>
      typeof value === 'object' && value !== null && 'users' in value;
    const stage = render(handle, <Stage />, 840);
    const lines = () => stage.querySelectorAll('.stage-group-line').length;
    const { group, sizes } = kMeans(view.P, 2, 3, 42);
    if (isDataset(edited)) {
      const { dataset } = handle.store.getState().study;
      const order = edited.userKeys.map((key) => dataset.userKeys.indexOf(key));
      const P = Float64Array.from(order.flatMap((row) => [...view.P.subarray(row * 2, row * 2 + 2)]));
      handle.store.setState(({ study, run }) => ({
        study: { ...study, dataset: edited },
        run: { ...run, view: { ...view, P } },
      }));
    }
    // R, P and R̂, each with a line between two groups.
    await expect.poll(lines).toBe(6);
    const R = stage.querySelectorAll<HTMLElement>('.stage-group-line');
    const step = (R[1]?.offsetTop ?? 0) - (R[0]?.offsetTop ?? 0);
    expect(step).toBeGreaterThan(0);
    await expect.element(page.getByText('Lines on the stage part the groups')).toBeVisible();
    await expect.element(page.getByText(`Groups of ${[...sizes].join(', ')}`)).toBeVisible();
    expect(new Set(group).size).toBe(3);
    // Another set of ratings, whose keys are the same numbers: nobody grouped anything there.
    const { study } = handle.store.getState();
    handle.store.setState({ study: { ...study, dataset: { ...structuredClone(study.dataset), name: 'another.csv' } } });
    await expect.poll(lines).toBe(0);
    expect(page.getByText('Lines on the stage part the groups').elements().length).toBe(0);
    handle.store.setState({ study });
    await expect.poll(lines).toBe(6);
    // By hand the first user goes last: no longer by group.
    handle.store.setState(({ study }) => ({
      study: { ...study, dataset: arrange(study.dataset, 'users', [1, 5, 2, 3, 4, 0]) },
    }));
    await expect.poll(lines).toBe(0);
  });

  test('with one factor a cosine is a sign, and that is said', async () => {
    const P = Float64Array.of(2.25, 1.785, 0.59, 0.03, 0.59, 0.67);
    await open(({ run }) => ({ run: { ...run, view: { ...view, k: 1, P, Q: Float64Array.of(2, 1, 0.9, 0.1) } } }));
    await expect.element(page.getByText('With one factor there are only two directions')).toBeVisible();
    expect(rows().every(([, value]) => value === '1.00' || value === '-1.00')).toBe(true);
    expect(place.querySelectorAll('.similar-row:not(.weak)').length).toBe(0);
    await expect.element(page.getByText('average linkage of the distance of their factors')).toBeVisible();
    await page.getByRole('button', { name: 'Compare by distance' }).click();
    await expect.element(radio('Likeness', 'distance')).toBeChecked();
    expect(rows()[0]).toEqual(['Ana', '0.47', '2 shared ratings, 0.50 apart']);
    expect(page.getByText('With one factor there are only two directions').elements().length).toBe(0);
  });

  test('what was set stays when the tab is left and opened again', async () => {
    await open();
    await radio('Likeness', 'correlation').click();
    const again = render(handle, <Similar />, 300);
    await painted();
    expect(again.querySelector<HTMLInputElement>('input[value="correlation"]')?.checked).toBe(true);
  });
});

import { describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { AppState } from '../../src/store/state.ts';
import { formatPrediction } from '../../src/strings/numbers.ts';
import type { Handle } from '../../src/views/context.ts';
import FactorMap from '../../src/views/inspector/map.tsx';
import type { ParametersView } from '../../src/worker/protocol.ts';
import { fakeHandle, runAt } from './fake-handle.ts';
import { painted, render } from './render.tsx';
import { trainedView as view } from './trained-view.ts';

/** The same users and items with a third factor of no weight, or with the first alone. */
function withFactors(k: 1 | 3): ParametersView {
  const rows = (X: Float64Array) =>
    Float64Array.from({ length: (X.length / 2) * k }, (_, at) =>
      at % k < 2 ? (X[Math.floor(at / k) * 2 + (at % k)] ?? 0) : 0.5,
    );
  return { ...view, k, P: rows(view.P), Q: rows(view.Q) };
}

let handle: Handle;
let place: HTMLElement;

async function open(
  shown: ParametersView | null = view,
  state: (before: AppState) => Partial<AppState> = () => ({}),
  width = 320,
): Promise<void> {
  handle = fakeHandle(runAt(640, true, { view: shown }), true).handle;
  handle.store.setState(state(handle.store.getState()));
  place = render(handle, <FactorMap />, width);
  await painted();
}

const figure = () => page.getByRole('figure', { name: 'Map', exact: true });
const names = () => [...place.querySelectorAll('.map-names text')].map((text) => text.textContent);
const boxOf = (name: string) => {
  const text = [...place.querySelectorAll<SVGTextElement>('.map-names text')].find((one) => one.textContent === name);
  return text?.getBoundingClientRect() ?? new DOMRect();
};
const plot = () => place.querySelector('.map-plot') ?? place;

/** Where the mark of the chosen kind is, read off the path of chosen marks: users first, then items. */
function chosenMarks(): string {
  return place.querySelector('.map-chosen')?.getAttribute('d') ?? '';
}

function drag(points: readonly (readonly [number, number])[]): void {
  const target = plot();
  const send = (type: string, [x, y]: readonly [number, number]) =>
    target.dispatchEvent(
      new PointerEvent(type, { bubbles: true, clientX: x, clientY: y, pointerId: 1, isPrimary: true, button: 0 }),
    );
  const [first] = points;
  const last = points.at(-1);
  if (!first || !last) return;
  target.setPointerCapture = () => {};
  send('pointerdown', first);
  for (const point of points) send('pointermove', point);
  send('pointerup', last);
}

describe('the map', () => {
  test('is a figure with all names apart', async () => {
    await open();
    await expect.element(figure()).toBeVisible();
    expect([...names()].sort()).toEqual(
      ['Alien', 'Ana', 'Bo', 'Brazil', 'Chen', 'Clue', 'Dee', 'Dune', 'Eli', 'Fay'].sort(),
    );
    const boxes = [...place.querySelectorAll('.map-names text')].map((text) => text.getBoundingClientRect());
    boxes.forEach((a, at) => {
      for (const b of boxes.slice(0, at)) {
        const overlap =
          Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0.5 &&
          // Lines of text are higher than their letters.
          Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3;
        expect(overlap).toBe(false);
      }
    });
  });

  test('says the projection in the numbers of p · q', async () => {
    await open();
    // Bo × Clue: 1.785 × 0.892 + 0.41 × 2.127 = 2.46429; |Clue| = 2.30645.
    await expect.element(figure()).toHaveTextContent('Shadow of Bo on Clue × length of Clue');
    await expect.element(figure()).toHaveTextContent('1.07 × 2.31 = 2.46');
    await expect.element(figure()).toHaveTextContent('This is p · q, the number that r̂ uses.');
    await expect.element(figure()).toHaveTextContent('Near means alike only within one kind');
  });

  test('with more factors than it shows, it says how much is in the plane', async () => {
    await open(withFactors(3));
    await page.getByRole('radiogroup', { name: 'Axes' }).getByRole('radio', { name: 'two factors' }).click();
    await expect.element(figure()).toHaveTextContent('In this plane: shadow of Bo on Clue');
    await expect.element(figure()).toHaveTextContent('1.07 × 2.31 = 2.46');
    await expect.element(figure()).toHaveTextContent('All 3 factors: p · q = 2.71, what r̂ uses.');
    await page.getByRole('combobox', { name: 'Across' }).selectOptions('factor 2');
    await expect.element(page.getByRole('combobox', { name: 'Up' })).toHaveValue('0');
    await expect.element(figure()).toHaveTextContent('→ factor 2');
  });

  test('main axes carry their shares; nothing differs along the third factor', async () => {
    await open(withFactors(3));
    const shares = (place.textContent?.match(/axis \d \((\d+) %\)/g) ?? []).map((found) =>
      Number(/\((\d+)/.exec(found)?.[1]),
    );
    expect(shares.length).toBe(2);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeGreaterThanOrEqual(99);
  });

  test('k = 1 is a line, without a choice of axes', async () => {
    await open(withFactors(1));
    expect(place.querySelector('.map-plot')?.getBoundingClientRect().height).toBe(130);
    expect(page.getByRole('radiogroup', { name: 'Axes' }).elements().length).toBe(0);
    await expect.element(figure()).toHaveTextContent('1.78 × 0.89 = 1.59');
  });

  test('a click chooses, and keeps the other half of the cell', async () => {
    await open();
    const box = boxOf('Fay');
    const before = chosenMarks();
    // The name stands right of its mark.
    drag([[box.left - 8, box.top + box.height / 2]]);
    await painted();
    expect(handle.pointer.getState().selected).toEqual({ user: 5, item: 2 });
    expect(chosenMarks()).not.toBe(before);
    await expect.element(figure()).toHaveTextContent('Shadow of Fay on Clue');
  });

  test('a line around all lists all, each a way to choose it', async () => {
    await open();
    const { left, top, right, bottom } = plot().getBoundingClientRect();
    drag([
      [left + 1, top + 1],
      [right - 1, top + 1],
      [right - 1, bottom - 1],
      [left + 1, bottom - 1],
    ]);
    await painted();
    await expect.element(page.getByText('Listed: 6 users, 4 items')).toBeVisible();
    const list = page.getByRole('region', { name: 'Listed' });
    await list.getByRole('button', { name: 'Dune' }).click();
    expect(handle.pointer.getState().selected).toEqual({ user: 1, item: 3 });
    await list.getByRole('button', { name: 'Clear list' }).click();
    expect(list.elements().length).toBe(0);
  });

  test('by keys alone: the table has every place, chooses and lists', async () => {
    await open();
    page.getByRole('button', { name: 'As a table' }).element().focus();
    await userEvent.keyboard('{Enter}');
    const table = page.getByRole('table', { name: 'Places on the map' });
    const rows = [...table.element().querySelectorAll('tbody tr')].map((row) =>
      [...row.querySelectorAll('th, td')].map((cell) => cell.textContent),
    );
    expect(rows.length).toBe(10);
    expect(rows[3]).toEqual(['', 'Dee', 'user', '0.03', '2.04']);
    expect(rows[8]).toEqual(['', 'Clue', 'item', '0.89', '2.13']);
    table.getByRole('button', { name: 'Dee' }).element().focus();
    await userEvent.keyboard('{Enter}');
    expect(handle.pointer.getState().selected).toEqual({ user: 3, item: 2 });
    table.getByRole('checkbox', { name: 'List Eli' }).element().focus();
    await userEvent.keyboard(' ');
    await expect.element(page.getByText('Listed: 1 user')).toBeVisible();
  });

  test('who has no data is marked so', async () => {
    await open(view, (before) => {
      const { ratings } = before.study.dataset;
      const heldOut = ratings.heldOut.map((flag, at) => (ratings.user[at] === 1 ? 1 : flag));
      return { study: { ...before.study, dataset: { ...before.study.dataset, ratings: { ...ratings, heldOut } } } };
    });
    await page.getByRole('button', { name: 'As a table' }).click();
    await expect.element(page.getByRole('cell', { name: 'user, no data' })).toBeVisible();
  });

  test('follows training without moving what stands below', async () => {
    await open();
    const below = () => page.getByRole('button', { name: 'As a table' }).element().getBoundingClientRect().top;
    const before = below();
    const marks = chosenMarks();
    for (let frame = 1; frame <= 5; frame += 1) {
      handle.store.setState(({ run }) => ({
        run: {
          ...run,
          status: 'training',
          view: { ...view, P: view.P.map((p) => p * (1 + frame / 3)), Q: view.Q.map((q) => -q * frame) },
        },
      }));
      await painted();
      expect(below()).toBe(before);
    }
    expect(chosenMarks()).not.toBe(marks);
    await expect
      .element(figure())
      .toHaveTextContent(`${formatPrediction(-2.85)} × 11.53 = ${formatPrediction(-32.86)}`);
  });
});

test('the truth of a planted set: recovered up to a rotation, and the error in the gaps', async () => {
  const [c, s] = [0.6, 0.8];
  const turn = (X: Float64Array) =>
    X.map((_, at) => {
      const row = at - (at % 2);
      const [x, y] = [X[row] ?? 0, X[row + 1] ?? 0];
      return at % 2 === 0 ? c * x - s * y : s * x + c * y;
    });
  const truth = { k: 2, P: turn(view.P), Q: turn(view.Q), bu: null, bi: null, mu: null };
  await open(view, (before) => ({ study: { ...before.study, dataset: { ...before.study.dataset, truth } } }));
  const region = page.getByRole('region', { name: 'Truth' });
  await expect.element(region).toHaveTextContent('11.0021.00');
  await expect.element(region).toHaveTextContent('Off by 0 % of the length');
  await expect.element(region).toHaveTextContent('RMSE on 8 gaps, against the truth');
  expect(Number(region.element().querySelector('dd')?.textContent)).toBeLessThan(1e-12);
  await expect.element(region).toHaveTextContent('correlation, over users');
  await page.getByRole('button', { name: 'Truth: recovered factors, below' }).click();
  await expect.element(page.getByRole('heading', { name: 'Truth' })).toHaveFocus();
});

test('of a large set it says how many it shows', async () => {
  const part = { ...view, P: view.P.slice(0, 6), Q: view.Q.slice(0, 4) };
  await open(part, () => ({ window: { users: Int32Array.of(0, 2, 3), items: Int32Array.of(1, 2) } }));
  await expect
    .element(page.getByText('Shown are the 3 users and 2 items on the stage, of 6 and 4.', { exact: true }))
    .toBeVisible();
});

test('without the truth there is no such part, and without numbers no map', async () => {
  await open(null);
  await expect.element(page.getByText('Drawing the first numbers.')).toBeVisible();
  expect(page.getByRole('region', { name: 'Truth' }).elements().length).toBe(0);
});

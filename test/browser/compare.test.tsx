import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { RunRecord } from '../../src/core/experiment/run-record.ts';
import { ComparePanel } from '../../src/views/experiment/runs/ComparePanel.tsx';
import { fakeHandle, runAt } from './fake-handle.ts';
import { painted, render } from './render.tsx';
import { roomOf, someRun } from './some-runs.ts';

/** R̂ of six users and four items, the same everywhere but in one cell. */
function predictions(value: number, place = -1, moved = 0): Float64Array {
  const all = new Float64Array(24).fill(value);
  if (place >= 0) all[place] = moved;
  return all;
}

function show(runs: readonly RunRecord[], hats: readonly (Float64Array | null)[], width = 840) {
  const { handle } = fakeHandle(runAt(100, true), true);
  const room = roomOf(handle, runs);
  const place = render({ ...handle, experiment: room }, <ComparePanel />, width);
  const compare = () =>
    room.store.setState({ comparison: { ids: runs.map((run) => run.id), status: 'done', predictions: hats } });
  return { room, place, compare };
}

const two = [someRun(2, { name: 'slow' }), someRun(40, { name: 'fast' }, { beta: 0.5 })];

test('says what to do, then takes whoever compares to its heading', async () => {
  const { compare, room } = show(two, [predictions(3), predictions(3)]);
  await expect.element(page.getByText('Select two or more runs in the table and press Compare.')).toBeVisible();
  compare();
  await expect.element(page.getByRole('heading', { name: 'Compare' })).toHaveFocus();
  await page.getByRole('button', { name: 'Close comparison' }).click();
  expect(room.store.getState().comparison).toBeNull();
});

test('settings that differ stand in bold beside each other, those that do not are left out', async () => {
  const { place, compare } = show(two, [predictions(3), predictions(3)]);
  compare();
  const table = page.getByRole('table', { name: 'Settings that differ, and figures' });
  await expect.element(table).toBeVisible();
  const rows = [...place.querySelectorAll('.compare-table:first-of-type tbody tr')].slice(0, 4);
  const text = rows.map((row) => [...row.children].map((cell) => cell.textContent));
  expect(text).toEqual([
    ['Learning rate α', '0.002', '0.04'],
    ['Regularization β', '0.2', '0.5'],
    ['RMSE held out', '3.000', '2.996'],
    ['RMSE seen', '0.9999', '0.9980'],
  ]);
  const bold = place.querySelector('.compare-table tbody td strong');
  expect(bold && getComputedStyle(bold).fontWeight).toBe('700');
});

test('curves are drawn against epochs, updates and time; a run whose time was not measured is named', async () => {
  const odd = [someRun(2), someRun(3)];
  const { compare } = show(odd, [predictions(3), predictions(3)]);
  compare();
  const curves = () => page.getByRole('figure', { name: 'Curves' }).getByRole('img');
  await expect.element(curves()).toHaveAttribute('aria-label', expect.stringContaining('RMSE against epochs'));
  const ends = curves().element().getAttribute('aria-label') ?? '';
  expect(ends).toContain('A seen');
  expect(ends).toContain('B held out');
  await page.getByRole('radiogroup', { name: 'Curves against' }).getByRole('radio', { name: 'time' }).click();
  await expect.element(page.getByText('Not drawn, because time was not recorded: B.')).toBeVisible();
  expect(curves().element().getAttribute('aria-label')).not.toContain('B held out');
  await page.getByRole('radiogroup', { name: 'Curves against' }).getByRole('radio', { name: 'updates' }).click();
  await expect.element(curves()).toHaveAttribute('aria-label', expect.stringContaining('B held out'));
});

test('R̂ side by side on one scale, their difference around zero, and what moved most', async () => {
  const { place, compare } = show(two, [predictions(3), predictions(3, 6, 1.75)]);
  compare();
  const cell = (table: string, row: number, column: number) => {
    const found = place.querySelector<HTMLElement>(
      `table[aria-label="${table}"] tbody tr:nth-child(${row}) td:nth-of-type(${column})`,
    );
    return { text: found?.textContent, color: found && getComputedStyle(found).backgroundColor };
  };
  await expect.element(page.getByRole('table', { name: 'R̂ of A' })).toBeVisible();
  // Place 6: the second user, the third item.
  expect(cell('R̂ of A', 2, 3).text).toBe('3.00');
  expect(cell('R̂ of B', 2, 3).text).toBe('1.75');
  expect(cell('R̂ of A', 1, 1).color).toBe(cell('R̂ of B', 1, 1).color);
  expect(cell('Difference: B − A', 2, 3).text).toBe('−1.25');
  expect(cell('Difference: B − A', 1, 1)).toEqual({ text: '0.00', color: 'rgb(244, 243, 238)' });
  // What a cell is to the run is told by more than color: the third user's fourth item is held out.
  const kind = (table: string, row: number, column: number) => {
    const found = place.querySelector<HTMLElement>(
      `table[aria-label="${table}"] tbody tr:nth-child(${row}) td:nth-of-type(${column})`,
    );
    return [found?.title, found?.firstElementChild && getComputedStyle(found.firstElementChild).borderTopStyle];
  };
  for (const table of ['R̂ of A', 'R̂ of B', 'Difference: B − A']) {
    expect(kind(table, 1, 1)).toEqual(['seen in training', 'solid']);
    expect(kind(table, 3, 4)).toEqual(['held out', 'dashed']);
    expect(kind(table, 1, 3)[0]).toBe('gap');
  }
  expect(getComputedStyle(place.querySelector('td .compare-cell.gap') ?? place).borderTopColor).toBe(
    'rgba(0, 0, 0, 0)',
  );
  await expect.element(page.getByRole('img', { name: 'Color scale of R̂, 1 to 5' })).toBeVisible();
  await expect.element(page.getByRole('img', { name: 'Color scale of the difference, −1.25 to +1.25' })).toBeVisible();
  const moved = [...place.querySelectorAll('table[aria-label^="Predictions that moved"] tbody tr')];
  expect(moved.map((row) => [...row.children].map((one) => one.textContent))).toEqual([
    ['Bo', 'Clue', '3.00', '1.75', '−1.25'],
  ]);
});

test('of three runs, any two are held against each other', async () => {
  const { compare } = show([...two, someRun(50, {}, { beta: 0.5 })], [predictions(3), null, predictions(4)]);
  compare();
  await expect.element(page.getByRole('table', { name: 'Difference: C − A' })).toBeVisible();
  await expect
    .element(page.getByText('B has no predictions to show: nothing was learned, or R̂ is too large.'))
    .toBeVisible();
});

test('runs about other users are compared on those that they share, and it is said', async () => {
  const [first] = two;
  if (!first) throw new Error('a run');
  const { dataset } = first.study;
  const users = ['Zoe', 'Ana'];
  const other = someRun(9, {
    study: { ...first.study, dataset: { ...dataset, users, userKeys: [0, 1], name: 'Two of them' } },
  });
  const hat = Float64Array.of(1, 1, 1, 1, 2, 3, 4, 5);
  const { place, compare } = show([first, other], [predictions(3), hat]);
  compare();
  await expect
    .element(page.getByText('Compared on what they share: 1 user × 4 items.', { exact: false }))
    .toBeVisible();
  const cells = [...place.querySelectorAll('table[aria-label="R̂ of B"] tbody td')];
  expect(cells.map((cell) => cell.textContent)).toEqual(['2.00', '3.00', '4.00', '5.00']);
});

test('at 320 px nothing but tables scrolls sideways, and every part is reached by Tab', async () => {
  const { place, compare } = show(two, [predictions(3), predictions(3, 6, 1.75)], 320);
  compare();
  await expect.element(page.getByRole('table', { name: 'R̂ of A' })).toBeVisible();
  await painted();
  expect(place.scrollWidth).toBe(320);
  const reached = new Set<string>();
  for (let press = 0; press < 14; press += 1) {
    await userEvent.keyboard('{Tab}');
    reached.add(document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '');
  }
  expect([...reached]).toEqual(
    expect.arrayContaining([
      'Settings that differ, and figures',
      'R̂ of A',
      'Difference: B − A',
      'Predictions that moved most from A to B',
    ]),
  );
});

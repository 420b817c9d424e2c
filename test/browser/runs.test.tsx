import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { RunRecord } from '../../src/core/experiment/run-record.ts';
import { RunsPanel } from '../../src/views/experiment/runs/RunsPanel.tsx';
import { LossChart } from '../../src/views/loss/LossChart.tsx';
import { fakeHandle, runAt, sixByFour } from './fake-handle.ts';
import { painted, render } from './render.tsx';
import { roomOf, someRun } from './some-runs.ts';

/** In the order in which they came. */
function show(runs: readonly RunRecord[], width = 840, onExport?: (kind: 'csv' | 'json') => void) {
  const { handle, calls } = fakeHandle(runAt(100, true), true);
  const room = roomOf(handle, runs);
  room.actions.setRunsView({ sort: 'order' });
  const place = render({ ...handle, experiment: room }, <RunsPanel {...(onExport && { onExport })} />, width);
  return { room, calls, place };
}

const table = () => page.getByRole('grid', { name: 'Runs' });
const three = [someRun(1), someRun(2), someRun(3)];
const namesShown = (place: HTMLElement) =>
  [...place.querySelectorAll('tbody .runs-name-button > span')].map((name) => name.textContent);

test('shows only the settings that differ, in bold, and the figures as Play reads them', async () => {
  const { place } = show([someRun(10, {}, { beta: 0.5 }), someRun(20)]);
  await expect.element(table()).toBeVisible();
  const heads = [...place.querySelectorAll('thead th')].map((head) => head.textContent);
  expect(heads.map((head) => head?.replace(/[▲▼]/g, ''))).toEqual([
    '',
    'Pin',
    'Run',
    'α',
    'β',
    'RMSE held out',
    'RMSE seen',
    'Best epoch',
    'Epochs',
    'Ended',
    'Time',
  ]);
  await expect.element(page.getByRole('columnheader', { name: 'Learning rate α' })).toBeVisible();
  const cells = [...place.querySelectorAll('tbody tr:first-child td')].slice(2);
  expect(cells.map((cell) => cell.textContent)).toEqual([
    '0.01',
    '0.5',
    '2.999',
    '0.9995',
    '64',
    '100',
    'all epochs',
    '12.5 ms',
  ]);
  expect(cells.slice(0, 4).map((cell) => getComputedStyle(cell).fontWeight)).toEqual(['700', '700', '600', '400']);
});

/** Of a set that holds nothing out: its error is the leave-one-out figure, of this epoch. */
function leftOut(number: number, beta: number, epoch = 100): RunRecord {
  const run = someRun(number, { leaveOneOut: { ratings: 16, epoch }, bestEpoch: null, bestHeldOut: null }, { beta });
  return { ...run, study: { ...run.study, dataset: sixByFour(false).dataset } };
}

test('leave-one-out figures are told: at the head where there is room, below the table, in the details', async () => {
  const told = 'RMSE held out, leave-one-out';
  const head = () => page.getByRole('columnheader', { name: told });
  const note = /^RMSE held out is leave-one-out: each rating predicted by a model that never saw it\./;
  const { place, room } = show([leftOut(10, 0.2), leftOut(20, 0.2, 64)], 330);
  await expect.element(head()).toBeVisible();
  const shown = () => place.querySelector('thead .runs-head-heldOut .runs-sort')?.firstChild?.textContent;
  expect(shown()).toBe('RMSE\u00a0held\u00a0out, leave\u2011one\u2011out');
  await expect.element(page.getByText(note)).toBeVisible();
  await head().getByRole('button').click();
  expect(namesShown(place)).toEqual(['Run 20', 'Run 10']);
  await page.getByRole('button', { name: 'Run 20', exact: true }).click();
  await expect
    .element(page.getByText('Leave-one-out lagged as it was kept: RMSE held out is that of epoch 64.'))
    .toBeVisible();

  // Two settings take the room; the name of the column says it still.
  room.store.setState({ runs: [leftOut(10, 0.2), leftOut(20, 0.5)] });
  await expect.element(page.getByRole('columnheader', { name: 'Regularization β' })).toBeVisible();
  await expect.element(head()).toBeVisible();
  expect(shown()).toBe('RMSE held out');

  // Beside one that is judged by what Play holds out, each says how it was judged.
  room.store.setState({ runs: [leftOut(10, 0.2), someRun(20)] });
  await expect.element(page.getByRole('columnheader', { name: 'Judged by' })).toBeVisible();
  expect(head().query()).toBeNull();
  expect(page.getByText(note).query()).toBeNull();
});

test('a column sorts up, then down, then not at all, and says so', async () => {
  const { place } = show(three);
  const head = () => page.getByRole('columnheader', { name: 'RMSE held out' });
  await expect.element(head()).toHaveAttribute('aria-sort', 'none');
  await head().getByRole('button').click();
  await expect.element(head()).toHaveAttribute('aria-sort', 'ascending');
  expect(namesShown(place)).toEqual(['Run 3', 'Run 2', 'Run 1']);
  await head().getByRole('button').click();
  await expect.element(head()).toHaveAttribute('aria-sort', 'descending');
  expect(namesShown(place)).toEqual(['Run 1', 'Run 2', 'Run 3']);
  await head().getByRole('button').click();
  await expect.element(head()).toHaveAttribute('aria-sort', 'none');
});

test('the least held-out error comes first until one sorts otherwise; any setting and the end sort too', async () => {
  const { handle } = fakeHandle(runAt(100, true), true);
  const room = roomOf(handle, [
    someRun(1, { ended: 'diverged', rmseHeldOut: 0.1 }),
    someRun(2, { ended: 'settled' }, { k: 9 }),
    someRun(30),
  ]);
  const place = render({ ...handle, experiment: room }, <RunsPanel />, 840);
  await expect.element(table()).toBeVisible();
  expect(namesShown(place)).toEqual(['Run 30', 'Run 2', 'Run 1']);
  await page.getByRole('columnheader', { name: 'Ended' }).getByRole('button').click();
  await expect.element(page.getByRole('columnheader', { name: 'Ended' })).toHaveAttribute('aria-sort', 'ascending');
  const ends = [...place.querySelectorAll('tbody tr')].map((row) => row.children[row.children.length - 2]?.textContent);
  expect(ends).toEqual(ends.toSorted());
  await page.getByRole('button', { name: 'Factors k' }).click();
  await page.getByRole('button', { name: 'Factors k' }).click();
  expect(namesShown(place)[0]).toBe('Run 2');
});

test('in the narrow column name, settings and held-out error are read without scrolling', async () => {
  const { place } = show([someRun(12.34, {}, { beta: 0.00345 }), someRun(2)], 327);
  await expect.element(table()).toBeVisible();
  const right = place.querySelector('.runs-scroll')?.getBoundingClientRect().right ?? 0;
  const cells = [...place.querySelectorAll<HTMLElement>('tbody tr:first-child > *')].slice(2, 6);
  expect(cells.map((cell) => cell.textContent)).toEqual(['Run 12.34', '0.01234', '0.00345', '2.999']);
  let left = 0;
  for (const cell of cells) {
    const box = cell.getBoundingClientRect();
    expect(box.right).toBeLessThanOrEqual(right);
    expect(box.left).toBeGreaterThanOrEqual(left);
    // Nothing is cut off.
    expect(cell.scrollWidth).toBeLessThanOrEqual(cell.clientWidth);
    left = box.right - 1;
  }
});

test('held-out errors that are the same in four digits are told apart', async () => {
  const { place } = show([someRun(1, { rmseHeldOut: 1.23451 }), someRun(2, { rmseHeldOut: 1.23459 })]);
  await expect.element(table()).toBeVisible();
  expect([...place.querySelectorAll('td.runs-heldOut')].map((cell) => cell.textContent)).toEqual([
    '1.23451',
    '1.23459',
  ]);
});

test('what was selected and opened is there again after another view was shown', async () => {
  const { handle } = fakeHandle(runAt(100, true), true);
  const room = roomOf(handle, three);
  const first = render({ ...handle, experiment: room }, <RunsPanel />, 840);
  await page.getByRole('checkbox', { name: 'Select Run 2' }).click();
  await page.getByRole('button', { name: 'Run 3', exact: true }).click();
  first.remove();
  render({ ...handle, experiment: room }, <RunsPanel />, 840);
  await expect.element(page.getByRole('checkbox', { name: 'Select Run 2' })).toBeChecked();
  await expect.element(page.getByText('1 run selected')).toBeVisible();
  await expect.element(page.getByRole('region', { name: 'Details of Run 3' })).toBeVisible();
});

test('filters by words and by pins, and counts', async () => {
  const { place } = show(three);
  await page.getByRole('button', { name: 'Pin Run 3', exact: true }).click();
  await page.getByRole('searchbox', { name: 'Filter runs' }).fill('α 0.002');
  await expect.element(page.getByText('1 of 3 runs', { exact: true })).toBeVisible();
  expect(namesShown(place)).toEqual(['Run 2']);
  await page.getByRole('searchbox', { name: 'Filter runs' }).fill('');
  await page.getByRole('checkbox', { name: 'Pinned only' }).click();
  await expect.element(page.getByText('1 of 3 runs', { exact: true })).toBeVisible();
  expect(namesShown(place)).toEqual(['Run 3']);
  await page.getByRole('searchbox', { name: 'Filter runs' }).fill('nothing like it');
  await expect.element(page.getByText('No run fits the filter.')).toBeVisible();
});

test('one tab stop; keys move from cell to cell, select, rename and delete; Undo has the focus then', async () => {
  const { room, place } = show(three);
  await expect.element(table()).toBeVisible();
  expect(place.querySelectorAll('[role="grid"] [tabindex="0"]').length).toBe(1);
  page.getByRole('button', { name: 'Run 1', exact: true }).element().focus();
  await userEvent.keyboard('{ArrowDown}{ArrowLeft}{ArrowLeft}{ }');
  await expect.element(page.getByRole('checkbox', { name: 'Select Run 2' })).toBeChecked();
  await userEvent.keyboard('{Home}{ArrowRight}{ArrowRight}{F2}');
  await expect.element(page.getByRole('textbox', { name: 'Name of the run' })).toHaveFocus();
  await userEvent.keyboard('slow and sure{Enter}');
  await expect.element(page.getByRole('button', { name: 'slow and sure', exact: true })).toHaveFocus();
  expect(room.store.getState().names).toEqual({ 'run-2': 'slow and sure' });
  await expect
    .element(page.getByRole('button', { name: 'slow and sure', exact: true }))
    .toHaveAttribute('aria-expanded', 'false');
  await userEvent.keyboard('{Delete}');
  await expect.element(page.getByRole('button', { name: 'Undo delete 1 run' })).toHaveFocus();
  expect(namesShown(place)).toEqual(['Run 1', 'Run 3']);
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('button', { name: 'slow and sure', exact: true })).toBeVisible();
  expect(namesShown(place)).toEqual(['Run 1', 'slow and sure', 'Run 3']);
});

test('an empty name is refused and said; Escape keeps the old one', async () => {
  const { room } = show(three);
  await expect.element(table()).toBeVisible();
  page.getByRole('button', { name: 'Run 1', exact: true }).element().focus();
  await userEvent.keyboard('{F2}');
  await page.getByRole('textbox', { name: 'Name of the run' }).fill(' ');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('alert')).toHaveTextContent('The name stays “Run 1”.');
  await expect.element(page.getByRole('textbox', { name: 'Name of the run' })).toHaveAttribute('aria-invalid', 'true');
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByRole('button', { name: 'Run 1', exact: true })).toHaveFocus();
  expect(room.store.getState().names).toEqual({});
});

test('compares what is selected, from two on', async () => {
  const { room } = show(three);
  const compare = page.getByRole('button', { name: 'Compare', exact: true });
  await page.getByRole('checkbox', { name: 'Select Run 3' }).click();
  await expect.element(compare).toHaveAttribute('aria-disabled', 'true');
  await page.getByRole('checkbox', { name: 'Select Run 1' }).click();
  await expect.element(page.getByText('2 runs selected')).toBeVisible();
  await compare.click();
  expect(room.store.getState().comparison?.ids).toEqual(['run-1', 'run-3']);
});

test('opens a run in Play at its end, its best epoch, or any', async () => {
  const { calls } = show(three);
  await page.getByRole('button', { name: 'Run 2', exact: true }).click();
  const details = page.getByRole('region', { name: 'Details of Run 2' });
  const opened = () =>
    calls
      .filter(([name]) => name === 'openSession' || name === 'runTo')
      .map(([name, given]) => (name === 'runTo' ? given : name));
  await details.getByRole('button', { name: 'At its end, epoch 100' }).click();
  expect(opened()).toEqual(['openSession', 100]);
  expect(window.location.hash).toBe('#/play');
  await details.getByRole('button', { name: 'At its best, epoch 64' }).click();
  expect(opened().slice(2)).toEqual(['openSession', 64]);
  await details.getByRole('spinbutton', { name: 'Epoch to open' }).fill('101');
  await details.getByRole('button', { name: 'Open at this epoch' }).click();
  await expect.element(details.getByRole('alert')).toHaveTextContent('100');
  expect(opened().length).toBe(4);
  await details.getByRole('spinbutton', { name: 'Epoch to open' }).fill('7');
  await details.getByRole('button', { name: 'Open at this epoch' }).click();
  expect(opened().slice(4)).toEqual(['openSession', 7]);
});

test('the menu exports what is shown', async () => {
  const kinds: string[] = [];
  show(three, 840, (kind) => kinds.push(kind));
  await page.getByRole('button', { name: 'Export runs' }).click();
  await page.getByRole('menuitem', { name: 'Runs shown (.csv)' }).click();
  expect(kinds).toEqual(['csv']);
});

test('at 320 px the table scrolls inside itself and nothing else does', async () => {
  const { place } = show(three, 320);
  await expect.element(table()).toBeVisible();
  const scroll = place.querySelector('.runs-scroll');
  expect(scroll?.scrollWidth).toBeGreaterThan(320);
  expect(place.scrollWidth).toBe(320);
});

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

/** Scrolls by little and by much, and says how long a step takes, in milliseconds, and how many rows the page holds at most. */
async function scrollThrough(place: HTMLElement): Promise<{ readonly milliseconds: number; readonly rows: number }> {
  const scroll = place.querySelector('.runs-scroll');
  if (!scroll) throw new Error('no table');
  const times: number[] = [];
  let rows = 0;
  for (let step = 0; step < 40; step += 1) {
    const began = performance.now();
    scroll.scrollTop += step % 10 === 9 ? scroll.scrollHeight / 5 : 180;
    await painted();
    times.push(performance.now() - began);
    rows = Math.max(rows, place.querySelectorAll('tbody tr:not(.runs-gap)').length);
    const first = Math.min(
      Math.floor(scroll.scrollTop / 32),
      Math.floor((scroll.scrollHeight - scroll.clientHeight) / 32),
    );
    const row = place.querySelector(`tr[aria-rowindex="${first + 3}"]`);
    const stands = (row?.getBoundingClientRect().top ?? 0) - scroll.getBoundingClientRect().top + scroll.scrollTop;
    // It stands where its number says, below the head.
    expect(Math.abs(stands - (first + 1) * 32 - 44)).toBeLessThan(3);
  }
  return { milliseconds: median(times), rows };
}

test('ten thousand runs scroll as a hundred do: few rows are in the page, all have their place', async () => {
  const few = show(Array.from({ length: 100 }, (_, at) => someRun(at + 1)));
  await expect.element(page.getByText('100 runs', { exact: true })).toBeVisible();
  const ofFew = await scrollThrough(few.place);
  few.place.remove();
  const { place } = show(Array.from({ length: 10_000 }, (_, at) => someRun(at + 1)));
  await expect.element(page.getByText('10,000 runs', { exact: true })).toBeVisible();
  await expect.element(table()).toHaveAttribute('aria-rowcount', '10001');
  const scroll = place.querySelector('.runs-scroll');
  // The scroll bar is as long as if all were there.
  expect(scroll?.scrollHeight).toBeGreaterThanOrEqual(10_000 * 32);
  const ofMany = await scrollThrough(place);
  expect(ofMany.rows).toBeLessThan(60);
  expect(ofMany.milliseconds).toBeLessThan(2 * ofFew.milliseconds + 20);

  await page.getByRole('button', { name: 'RMSE held out' }).click();
  await expect.element(page.getByRole('button', { name: 'Run 10000', exact: true })).toBeVisible();
  page.getByRole('button', { name: 'Run 10000', exact: true }).element().focus();
  await userEvent.keyboard('{Control>}{End}{/Control}');
  await painted();
  expect(document.activeElement?.closest('tr')?.getAttribute('aria-rowindex')).toBe('10001');
  await userEvent.keyboard('{PageUp}');
  expect(Number(document.activeElement?.getAttribute('data-row'))).toBeLessThan(9_999);
  // The focus stays where it was although its row was scrolled out of sight.
  const focused = document.activeElement;
  scroll?.scrollTo({ top: 0 });
  await painted();
  expect(document.activeElement).toBe(focused);
});

test('in Play: a run is kept as it stands, pinned from the message, drawn with its settings, and let go again', async () => {
  const { handle, calls } = fakeHandle(runAt(100, true), true);
  const room = roomOf(handle, []);
  const place = render({ ...handle, experiment: room }, <LossChart />);
  await page.getByRole('button', { name: 'Keep this run' }).click();
  const [kept] = room.store.getState().runs;
  expect(kept).toMatchObject({ id: 'run-1', epochs: 100, study: { model: { alpha: 0.01, beta: 0.2 } } });
  expect(kept?.rmseHeldOut).toBe(handle.store.getState().run.measures.rmseHeldOut);
  const [, words, offer] = calls.find(([name]) => name === 'say') ?? [];
  expect(words).toContain('Kept: Run 1');
  expect(offer).toMatchObject({ label: 'Pin it here' });
  expect(place.querySelectorAll('.loss-pinned-line').length).toBe(0);
  if (typeof offer !== 'object' || offer === null || !('run' in offer) || typeof offer.run !== 'function')
    throw new Error('nothing offered');
  offer.run();
  // Play goes on with other settings: those that differ are what the line is called.
  handle.store.setState(({ study }) => ({ study: { ...study, model: { ...study.model, alpha: 0.05, beta: 0 } } }));
  const list = page.getByRole('list', { name: 'Pinned runs' });
  await expect.element(list.getByText('α 0.01, β 0.2')).toBeVisible();
  const label = place.querySelector('.loss-label.pinned');
  expect(label?.textContent).toBe('α 0.01, β 0.2');
  expect(
    [...place.querySelectorAll('svg[role="img"] .loss-pinned-line')].map((path) => path.getAttribute('d')?.slice(0, 1)),
  ).toEqual(['M', 'M']);
  room.actions.setBaseline('run-1');
  await expect.element(list.getByText('α 0.01, β 0.2 (baseline)')).toBeVisible();
  await page.getByRole('radiogroup', { name: 'Loss shown' }).getByRole('radio', { name: 'MAE' }).click();
  await expect.element(page.getByText('Pinned runs keep no MAE; choose RMSE or objective to see them.')).toBeVisible();
  await list.getByRole('button', { name: /^Unpin Run 1/ }).click();
  await expect.element(list).not.toBeInTheDocument();
  expect(room.store.getState().pins).toEqual([]);
});

test('a lesson has no runs to keep', async () => {
  const { handle } = fakeHandle(runAt(100, true), true);
  render(handle, <LossChart />);
  await expect.element(page.getByRole('figure', { name: 'Loss' })).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Keep this run' })).not.toBeInTheDocument();
});

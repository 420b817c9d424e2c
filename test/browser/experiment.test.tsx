import { beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { SweepPlan } from '../../src/core/experiment/plan.ts';
import { plansFor } from '../../src/core/experiment/suggest.ts';
import type { Study } from '../../src/core/study.ts';
import { plannedRuns, verdictOf } from '../../src/store/experiment-select.ts';
import { experiment as words } from '../../src/strings/experiment.ts';
import { Experiment } from '../../src/views/experiment/Experiment.tsx';
import { experimentMemory } from '../../src/views/experiment/form-memory.ts';
import { Header } from '../../src/views/header/Header.tsx';
import { runPlan } from '../core/experiment/run-plan.ts';
import { sixByFour } from './fake-handle.ts';
import { painted, render } from './render.tsx';
import { type SweepRoom, sweepRoom } from './sweep-room.ts';

let room: SweepRoom;
let exported: string[];

async function open(study?: Study, width = 1280): Promise<void> {
  room = sweepRoom(study);
  exported = [];
  // The live map would ask for runs of its own.
  experimentMemory(room.handle.store).setState({ tab: 'sweep' });
  render(room.handle, <Experiment onExport={(kind) => exported.push(kind)} />, width);
  await painted();
}

const field = (name: string) => page.getByRole('spinbutton', { name, exact: true });
const list = (name: string) => page.getByRole('combobox', { name, exact: true });
const button = (name: string) => page.getByRole('button', { name, exact: true });
const verdict = () => page.getByRole('region', { name: 'Verdict' });
const progress = () => page.getByRole('progressbar');

async function set(name: string, value: string): Promise<void> {
  await field(name).fill(value);
  await userEvent.keyboard('{Enter}');
}

function lastPlan(): SweepPlan {
  const plan = room.experiment.store.getState().sweeps.at(-1)?.plan;
  if (!plan) throw new Error('no sweep was started');
  return plan;
}

/** α over three values by what Play holds out: three runs. */
async function three(): Promise<void> {
  await list('Down').selectOptions('none');
  await set('Learning rate α: from', '0.002');
  await set('Learning rate α: to', '0.02');
  await set('Learning rate α: values', '3');
  await set('Seeds', '1');
  await set('Epochs', '20');
}

describe('the form', () => {
  beforeEach(() => open());

  test('begins with α × β of Play’s study, judged by what is held out there', async () => {
    await expect.element(list('Across')).toHaveValue('alpha');
    await expect.element(list('Down')).toHaveValue('beta');
    await expect.element(list('Judge by')).toHaveValue('held-out');
    await expect.element(page.getByText('k 2 · P Qᵀ · SGD · sequential · row by row · start U(0, 1)')).toBeVisible();
    await expect.element(page.getByText('100 combinations × 3 seeds × 1 fold')).toBeVisible();
    await expect.element(page.getByText(/^300 runs, (under 1 s|about \d+ s) on 2 workers$/)).toBeVisible();
  });

  test('what is chosen and typed is the plan that is started', async () => {
    await list('Across').selectOptions('Factors k');
    await page.getByRole('textbox', { name: 'Factors k: list' }).fill('3 1, 2');
    await list('Down').selectOptions('Optimizer');
    await page.getByRole('checkbox', { name: 'ALS' }).click();
    await page.getByRole('checkbox', { name: 'momentum' }).click();
    await list('Judge by').selectOptions('k-fold');
    await set('Folds', '4');
    await page.getByRole('checkbox', { name: 'Nested selection' }).click();
    await set('Inner folds', '2');
    await set('Seeds', '2');
    await list('Stop').selectOptions('early');
    await set('Epochs at most', '70');
    await set('Patience', '5');
    await set('Watched %', '25');
    await page.getByRole('textbox', { name: 'Name' }).fill('  Mine ');
    await button('Start sweep').click();
    expect(lastPlan()).toEqual({
      study: sixByFour(true),
      axes: [
        { setting: 'k', spacing: 'listed', values: [1, 2, 3] },
        { setting: 'optimizer', spacing: 'listed', values: ['sgd', 'adam'] },
      ],
      search: null,
      seeds: [42, 43],
      judging: { kind: 'k-fold', folds: 4 },
      splitSeed: 42,
      stop: { kind: 'early', limit: 70, patience: 5, watchShare: 25 },
      innerFolds: 2,
    } satisfies SweepPlan);
    expect(room.experiment.store.getState().sweeps[0]?.name).toBe('Mine');
    // The name was that sweep's: the next one has its own.
    await expect.element(page.getByRole('textbox', { name: 'Name' })).toHaveValue('');
    await expect.element(page.getByText(/^The same β is another penalty with Adam/).first()).toBeVisible();
  });

  test('what a field refused is not started past', async () => {
    await three();
    await field('Epochs').fill('0');
    await button('Start sweep').click();
    await expect.element(page.getByText('Not started: a field does not hold what it can take.')).toBeVisible();
    await expect.element(field('Epochs')).toHaveFocus();
    expect(room.experiment.store.getState().sweeps).toEqual([]);
    await set('Epochs', '20');
    await button('Start sweep').click();
    expect(lastPlan().stop).toEqual({ kind: 'epochs', epochs: 20 });
  });

  test('terms that a student may not know can be tapped, those that are chosen', async () => {
    await button('held out in Play: what it means').click();
    await expect
      .element(page.getByText('The ratings that Play holds out are never trained on; the error on them judges a run.'))
      .toBeVisible();
    await userEvent.keyboard('{Escape}');
    await list('Judge by').selectOptions('k-fold');
    await button('k-fold: what it means').click();
    await expect.element(page.getByText(/^The ratings are dealt into so many folds\./)).toBeVisible();
  });

  test('a search draws combinations of all that is ticked', async () => {
    await list('Values').selectOptions('random');
    const searched = page.getByRole('group', { name: 'Settings of the search' });
    await searched.getByRole('checkbox', { name: 'Start scale', exact: true }).click();
    await searched.getByRole('checkbox', { name: 'Update', exact: true }).click();
    await set('Combinations', '7');
    await button('Start sweep').click();
    const { axes, search } = lastPlan();
    expect(search).toEqual({ kind: 'random', count: 7, seed: 42 });
    expect(axes.map(({ setting }) => setting)).toEqual(['k', 'alpha', 'beta', 'update']);
    expect(axes[3]).toEqual({ setting: 'update', spacing: 'listed', values: ['sequential', 'simultaneous'] });
  });

  test('each problem stands beside its field, and nothing is started', async () => {
    await list('Across').selectOptions('Batch size');
    await set('Regularization β: from', '0');
    await list('Judge by').selectOptions('hold-out');
    await set('Share %', '1');
    const spacing = list('Regularization β: spacing');
    await expect
      .element(field('Regularization β: from'))
      .toHaveAccessibleDescription('Log spacing needs values above 0.');
    await expect
      .element(page.getByRole('textbox', { name: 'Batch size: list' }))
      .toHaveAccessibleDescription('This setting is only used with Adam.');
    await expect
      .element(list('Judge by'))
      .toHaveAccessibleDescription(/^No rating is held out, so nothing can judge the runs\./);
    await button('Start sweep').click();
    await expect.element(page.getByText(/^Not started: /)).toBeVisible();
    expect(room.experiment.store.getState().sweeps).toEqual([]);
    // The reason is said beside the button, and the keyboard stands where it can be mended.
    await expect
      .element(page.getByText(/^Not started: (Batch size|Regularization β|Share %|Judged by): [A-Z]/))
      .toHaveAttribute('role', 'alert');
    await expect.element(page.getByRole('textbox', { name: 'Batch size: list' })).toHaveFocus();

    await spacing.selectOptions('evenly');
    await list('Across').selectOptions('Learning rate α');
    await set('Share %', '20');
    expect(page.getByText(/^Not started: /).query()).toBeNull();
    await button('Start sweep').click();
    expect(lastPlan().judging).toEqual({ kind: 'hold-out', share: 20, repeats: 5 });
  });

  test('a setting that would do nothing says so, and a click makes it count: in Play, in the form, or both', async () => {
    await list('Down').selectOptions('none');
    await list('Across').selectOptions('Batch size');
    await button('Use Adam in Play').click();
    const [name, given] = room.calls.at(-1) ?? [];
    expect(name).toBe('changeModel');
    expect(given).toMatchObject({ optimizer: { kind: 'adam', batch: 16 } });

    await list('Across').selectOptions('Hold out %');
    await expect.element(list('Judge by')).toHaveValue('held-out');
    await list('Judge by').selectOptions('leave-one-out');
    await expect
      .element(field('Hold out %: from'))
      .toHaveAccessibleDescription('This setting is only used with Hold-out.');
    await button('Judge by hold-out').click();
    await expect.element(list('Judge by')).toHaveValue('hold-out');
    expect(button('Judge by hold-out').query()).toBeNull();

    await list('Across').selectOptions('Optimizer');
    await list('Down').selectOptions('Update');
    const updates = page.getByRole('group', { name: 'Update: choices' });
    await expect
      .element(updates)
      .toHaveAccessibleDescription('This setting is only used with SGD and momentum; untick Adam and ALS.');
    await button('Tick SGD and momentum only').click();
    const optimizers = page.getByRole('group', { name: 'Optimizer: choices' });
    expect(
      optimizers
        .getByRole('checkbox', { checked: true })
        .elements()
        .map((box) => box.closest('label')?.textContent ?? box.getAttribute('aria-label')),
    ).toEqual(['SGD', 'momentum']);
    await expect.element(updates).toHaveAccessibleDescription('');

    await list('Down').selectOptions('Batch size');
    await button('Use Adam in Play, and leave Optimizer out').click();
    await expect.element(list('Across')).toHaveValue('batch');
    await expect.element(list('Down')).toHaveValue('none');
  });

  test('a search draws from whole ranges: it asks for no number of values', async () => {
    await expect.element(field('Learning rate α: values')).toBeVisible();
    await list('Values').selectOptions('quasi-random');
    await expect.element(field('Learning rate α: from')).toBeVisible();
    expect(field('Learning rate α: values').query()).toBeNull();
    await list('Values').selectOptions('grid');
    await expect.element(field('Learning rate α: values')).toHaveValue('10');
  });

  test('too many runs are said with their number', async () => {
    await set('Seeds', '1000');
    await set('Learning rate α: values', '200');
    await set('Regularization β: values', '100');
    await expect.element(page.getByText(/^This would be 20,000,000 runs; the most is 200,000\./)).toBeVisible();
  });

  test('choosing what the other has makes them change places', async () => {
    await list('Across').selectOptions('Regularization β');
    await expect.element(list('Down')).toHaveValue('alpha');
    await list('Down').selectOptions('Regularization β');
    await expect.element(list('Across')).toHaveValue('alpha');
  });
});

describe('a sweep', () => {
  beforeEach(async () => {
    await open();
    await three();
    await button('Start sweep').click();
  });

  test('says how far it is, and comes to rest politely', async () => {
    await expect.element(progress()).toHaveAttribute('value', '0');
    await expect.element(page.getByText('0 of 3 runs', { exact: true }).first()).toBeVisible();
    await room.land(2);
    await expect.element(progress()).toHaveAttribute('value', '2');
    await expect.element(progress()).toHaveAttribute('max', '3');
    expect(verdict().query()).toBeNull();
    await expect
      .element(page.getByText(/^So far 2 of 3 combinations, the least \d\.\d{3} at α 0\.0\d+;/))
      .toBeVisible();
    await room.land();
    await expect
      .element(page.getByText(/^Best: α 0\.0\d+, held-out RMSE \d\.\d{3}; .*(worse than|not told from|better than)/))
      .toBeVisible();
    await expect.element(page.getByText('α: done, 3 of 3 runs.')).toHaveAttribute('role', 'status');
    expect(progress().query()).toBeNull();
  });

  test('the verdict says the numbers of the same plan, run and judged elsewhere', async () => {
    await room.land();
    const { results, summaries } = runPlan(lastPlan());
    const best = summaries.toSorted((a, b) => (a.mean ?? 9) - (b.mean ?? 9))[0];
    const squares = plannedRuns(lastPlan()).splits[0]?.heldOut.length;
    expect(squares).toBe(2);
    const mean = results.baselines[0]?.mean ?? new Float64Array();
    const meanAlone = Math.sqrt(mean.reduce((sum, e) => sum + e * e, 0) / mean.length);
    await expect
      .element(verdict())
      .toHaveTextContent(
        `${words.cell({ assignments: best?.assignments ?? [] })}: held-out RMSE ${best?.mean?.toPrecision(4)} over 1 seed; the mean alone ${meanAlone.toPrecision(4)}`,
      );
    await expect
      .element(verdict())
      .toHaveTextContent('Judged by the ratings held out in Play; trained 20 epochs each.');
  });

  test('pause holds it, resume goes on, cancel keeps what is done', async () => {
    await room.land(1);
    await button('Pause').click();
    await expect.element(button('Resume')).toHaveFocus();
    await room.land();
    await expect.element(progress()).toHaveAttribute('value', '1');
    await button('Resume').click();
    await room.land(1);
    await expect.element(progress()).toHaveAttribute('value', '2');
    await button('Cancel').click();
    await expect.element(page.getByText('α: canceled, 2 of 3 runs.')).toHaveAttribute('role', 'status');
    await button('Resume').click();
    await room.land();
    await expect.element(page.getByText('α: done, 3 of 3 runs.')).toHaveAttribute('role', 'status');
  });

  test('a caveat goes with one click: another sweep without it, which is shown', async () => {
    await room.land();
    await button('Train to the same stopping rule').click();
    const { sweeps } = room.experiment.store.getState();
    expect(sweeps.map(({ name }) => name)).toEqual(['α', 'α, until settled']);
    expect(sweeps[1]?.plan).toEqual({ ...sweeps[0]?.plan, stop: { kind: 'settled', limit: 200 } });
    await room.land();
    await expect.element(verdict()).toHaveTextContent('until settled, 200 epochs at most');
    await button('Run from 5 seeds').click();
    expect(lastPlan().seeds).toEqual([42, 43, 44, 45, 46]);
    await room.land();
    await button('Judge the choice itself').click();
    expect(lastPlan().innerFolds).toBe(3);
  });

  test('its plan goes back into the form, and what stood there can be had again', async () => {
    await room.land();
    await set('Epochs', '99');
    await button('Fill in the form with α').click();
    await expect.element(field('Epochs')).toHaveValue('20');
    await button('Take back “α”').click();
    await expect.element(field('Epochs')).toHaveValue('99');
  });

  test('a name that is empty is refused; the old one stays', async () => {
    await button('Rename α').click();
    await expect.element(page.getByRole('textbox', { name: 'New name' })).toHaveFocus();
    await page.getByRole('textbox', { name: 'New name' }).fill(' ');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText('A name cannot be empty.')).toBeVisible();
    await userEvent.keyboard('{Escape}');
    expect(room.experiment.store.getState().sweeps[0]?.name).toBe('α');
  });

  test('deleted, it says so with a way back', async () => {
    await room.land();
    await button('Delete α').click();
    expect(room.experiment.store.getState().sweeps).toEqual([]);
    const said = room.calls.find(([name]) => name === 'say');
    expect(said?.[1]).toBe('α and its runs were deleted.');
    const way = said?.[2];
    expect(way).toMatchObject({ label: 'Undo' });
    room.experiment.actions.undo();
    await expect.element(verdict()).toBeVisible();
  });
});

test('the best is on an edge: the picture’s button goes beyond, and the verdict tells why', async () => {
  await open();
  await three();
  // So slow that faster is better.
  await set('Learning rate α: from', '0.0001');
  await set('Learning rate α: to', '0.001');
  await button('Start sweep').click();
  await room.land();
  await expect.element(verdict()).toHaveTextContent('The best lies on the upper edge of α');
  const sweep = () => room.experiment.store.getState().sweeps[0];
  const judged = sweep();
  expect(judged && verdictOf(judged)?.edges).toEqual([{ axis: 0, side: 'high', beyond: [0.00316, 0.01] }]);
  await button('Extend α up to 0.01').click();
  expect(sweep()).toMatchObject({ done: 3, total: 5 });
  await room.land();
  expect(sweep()).toMatchObject({ done: 5, status: 'done' });
});

test('one that another tab begins does not take the place of the one that runs', async () => {
  await open();
  await three();
  await button('Start sweep').click();
  await room.land(1);
  const { store } = room.experiment;
  const [running] = store.getState().sweeps;
  if (!running) throw new Error('no sweep');
  experimentMemory(room.handle.store).setState({ shown: null });
  store.setState({ sweeps: [running, { ...running, id: 'other', name: 'theirs', status: 'planned' }] });
  await expect.element(page.getByRole('progressbar', { name: `${running.name}: runs done` })).toBeInTheDocument();
});

test('in another view the header tells how far the sweep is, and leads to it', async () => {
  room = sweepRoom();
  render(room.handle, <Header experiment={room.experiment} onOpen={() => {}} onExport={() => {}} />);
  await painted();
  expect(page.getByRole('link', { name: /^Sweep/ }).query()).toBeNull();
  const plan = plansFor(sixByFour(true), 5).overK;
  room.experiment.actions.startSweep(
    { ...plan, seeds: [42], judging: { kind: 'hold-out', share: null, repeats: 1 } },
    'k',
  );
  await room.land(2);
  const link = page.getByRole('link', { name: 'Sweep 25 %' });
  await expect.element(link).toHaveAttribute('href', '#/experiment');
  await expect.element(link).toHaveAttribute('title', 'Sweep k, running: 2 of 8 runs');
  room.experiment.actions.pauseSweep('sweep-1');
  await expect
    .element(page.getByRole('link', { name: 'Sweep paused' }))
    .toHaveAttribute('title', 'Sweep k, paused: 2 of 8 runs');
  room.experiment.actions.resumeSweep('sweep-1');
  await room.land();
  expect(page.getByRole('link', { name: /^Sweep/ }).query()).toBeNull();
});

test('nothing held out and no times: both ways of judging say why they cannot be had', async () => {
  await open(sixByFour(false));
  await expect.element(list('Judge by')).toHaveValue('leave-one-out');
  const options = [...list('Judge by').element().querySelectorAll('option')].map((option) => [
    option.textContent,
    option.disabled,
  ]);
  expect(options).toEqual([
    ['held out in Play (nothing is held out)', true],
    ['hold-out', false],
    ['k-fold', false],
    ['leave-one-out', false],
    ['time-ordered (these ratings have no times)', true],
  ]);
});

test('the bars of the verdict stand where its intervals say', async () => {
  await open(sixByFour(false));
  await three();
  await button('Start sweep').click();
  await room.land();
  await expect.element(verdict()).toBeVisible();
  const sweep = room.experiment.store.getState().sweeps[0];
  const judged = sweep && verdictOf(sweep);
  const intervals = [judged?.againstNext?.interval, judged?.againstMean, judged?.againstBiases];
  const box = (selector: string) =>
    [...document.querySelectorAll(`.noise ${selector}`)].map((bar) => bar.getBoundingClientRect());
  const [zero] = box('.noise-zero');
  const bars = box('.noise-bar');
  const dots = box('.noise-dot');
  expect(bars).toHaveLength(3);
  intervals.forEach((interval, at) => {
    const { low = 0, high = 0, difference = 0 } = interval ?? {};
    const [bar, dot] = [bars[at], dots[at]];
    if (!bar || !dot || !zero) throw new Error('no bar');
    const middle = (dot.left + dot.right) / 2;
    expect(Math.sign(Math.round(middle - zero.left))).toBe(Math.sign(Math.round(difference * 100)));
    expect(bar.left - 0.5 <= zero.left && zero.left <= bar.right + 0.5).toBe(low <= 0 && high >= 0);
    expect(middle).toBeGreaterThanOrEqual(bar.left - 1);
    expect(middle).toBeLessThanOrEqual(bar.right + 1);
  });
});

test('a sweep of another tab says where it runs; what cannot be done to it here is not offered', async () => {
  await open();
  await three();
  await button('Start sweep').click();
  await room.land(1);
  const { store } = room.experiment;
  store.setState(({ sweeps }) => ({
    sweeps: sweeps.map((sweep) => ({ ...sweep, status: 'planned' as const })),
    elsewhere: 'sweep-1',
  }));
  await expect.element(page.getByText('Running in another tab', { exact: true })).toBeVisible();
  await expect.element(page.getByRole('button', { name: /^α .*running in another tab, 1 of 3 runs$/ })).toBeVisible();
  for (const name of ['Pause', 'Cancel', 'Delete α', 'Rename α']) expect(button(name).query()).toBeNull();
  await expect.element(page.getByText('It waits until α is through.', { exact: true })).toBeVisible();
});

test('the table shows the runs of the sweep that is shown; one that is kept in Play is found there too', async () => {
  await open();
  await three();
  const from = () => list('Runs from');
  await button('Start sweep').click();
  await room.land();
  await expect.element(from()).toHaveValue('sweep-1');
  await set('Seeds', '2');
  await button('Start sweep').click();
  await room.land();
  await expect.element(from()).toHaveValue('sweep-2');
  expect(from().element().textContent).toContain('α (2)');
  await page
    .getByRole('region', { name: 'Sweeps' })
    .getByRole('button', { name: /^α ?Six/ })
    .click();
  await expect.element(from()).toHaveValue('sweep-1');
  await expect.element(page.getByText('3 of 9 runs', { exact: true })).toBeVisible();
  room.experiment.actions.keepRun('by hand');
  await expect.element(from()).toHaveValue('');
  await from().selectOptions('α (2)');
  room.experiment.actions.deleteSweep('sweep-2');
  await expect.element(from()).toHaveValue('');
});

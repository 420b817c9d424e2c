import { readFileSync } from 'node:fs';
import type { Locator } from '@playwright/test';
import { type App, expect, type Grid, test } from './page.ts';
import { smallSession } from './sessions.ts';

/** The loss chart. */
const loss = (app: App): Locator => app.page.getByRole('figure', { name: 'Loss', exact: true });

/** The numbers of a matrix, as its cells say them. */
async function numbersIn(app: App, grid: Grid): Promise<number[]> {
  const names = await app
    .grid(grid)
    .getByRole('gridcell')
    .or(app.grid(grid).getByRole('cell'))
    .evaluateAll((cells) => cells.map((cell) => cell.getAttribute('aria-label') ?? cell.textContent ?? ''));
  return names.map((name) => Number(/-?\d[\d.]*(e[+-]?\d+)?$/.exec(name.replaceAll(',', ''))?.[0]));
}

/** α that the page says is in force. */
async function alphaNow(app: App): Promise<number> {
  const said = await app.page.getByText(/α of this epoch:/).innerText();
  return Number(/α of this epoch: (\S+)/.exec(said)?.[1]);
}

/** As the page writes it. */
const threeDigits = (alpha: number) => Number(alpha.toPrecision(3));

test('ALS: the objective never rises; β = 0 that leaves a row open is refused, and mended with a click', async ({
  app,
  page,
}) => {
  await app.open();
  await app.moreSettings();
  await app.choose('Optimizer', 'ALS');
  await expect(app.field('Learning rate α')).toBeDisabled();
  await app.runTo(60);
  const { history } = await app.exportSession();
  expect(history.objective).toHaveLength(61);
  history.objective.forEach((objective, at) => {
    const before = history.objective[at - 1] ?? Number.POSITIVE_INFINITY;
    expect((objective ?? Number.NaN) / Math.min(before, 1e300)).toBeLessThanOrEqual(1 + 1e-9);
  });

  await app.set('Factors k', '12');
  await app.set('Regularization β', '0');
  await app.button('Train').click();
  const alert = page.getByRole('alert').filter({ hasText: 'ALS cannot solve the row of' });
  await expect(alert).toContainText('At β = 0, 12 numbers have no single best value');
  await alert.getByRole('button', { name: 'Set β to 0.02 and train again' }).click();
  await expect.poll(() => app.read('Epoch')).toBeGreaterThan(5);
  await expect(app.field('Regularization β')).toHaveValue('0.02');
});

test('early stopping goes back to the best epoch, and trains on when asked to', async ({ app, page }) => {
  await app.open();
  await app.moreSettings();
  await app.set('Regularization β', '0');
  await page.getByRole('checkbox', { name: 'Stop early' }).check();
  await app.set('Patience', '25');
  await app.runTo(10);
  await expect(loss(app).getByText('best at epoch 10; 0 of 25 epochs without improvement')).toBeVisible();
  await app.field('Run to epoch').fill('20000');
  await app.button('Run').click();
  const said = page.getByText(/Stopped at epoch [\d,]+: held out was best at epoch [\d,]+/);
  await expect(said).toBeVisible({ timeout: 30_000 });
  const [, at = '', best = ''] =
    /epoch ([\d,]+): held out was best at epoch ([\d,]+)/.exec(await said.innerText()) ?? [];
  const number = (text: string) => Number(text.replaceAll(',', ''));
  expect(number(at)).toBe(number(best) + 25);
  await expect(app.readout('Epoch')).toHaveText(String(number(best)));
  const { version, history, state } = await app.exportSession();
  expect([version, state.epoch, history.epoch.at(-1)]).toEqual([2, number(best), number(best)]);
  const measured = history.rmseHeldOut.flatMap((rmse) => (rmse === null ? [] : [rmse]));
  expect(Math.min(...measured)).toBe(measured.at(-1));
  expect(await app.read('RMSE held out')).toBe(Number(measured.at(-1)?.toPrecision(4)));

  // What it let go stands there, paler, until training goes on.
  const chart = loss(app);
  const picture = chart.getByRole('img', { name: `paler after the best epoch, ${best}: let go` });
  await expect(picture).toBeVisible();
  await expect(picture.getByText('after the best epoch; let go')).toBeVisible();
  await expect(chart.getByText(`stopped at epoch ${at}; best at epoch ${best}`)).toBeVisible();
  await app.runTo(number(best) + 5);
  await expect(
    chart.getByText(
      `best at epoch ${best}; trained on past its stop: without improvement it stops at epoch ${number(at) + 25}`,
    ),
  ).toBeVisible();
  await expect(picture).toHaveCount(0);
  await expect(chart.getByRole('img', { name: 'Curves of RMSE by epoch', exact: true })).toBeVisible();

  await app.runTo(number(at) + 5);
});

test('early stopping on a planted set: patience is counted out, and the best epoch comes back', async ({
  app,
  page,
}) => {
  await app.open();
  await app.chooseDataset(/^Planted factors, 40 × 30/);
  await app.moreSettings();
  await app.set('Regularization β', '0');
  await page.getByRole('checkbox', { name: 'Stop early' }).check();
  await app.set('Patience', '40');
  await app.field('Run to epoch').fill('50000');
  await app.button('Run').click();
  await expect(loss(app).getByText(/stopped at epoch [\d,]+; best at epoch [\d,]+/)).toBeVisible({ timeout: 40_000 });
  const { history, state } = await app.exportSession();
  const measured = history.rmseHeldOut.flatMap((rmse) => (rmse === null ? [] : [rmse]));
  expect(await app.read('Epoch')).toBe(state.epoch);
  expect(Math.min(...measured)).toBe(measured.at(-1));
  expect(await app.read('RMSE held out')).toBe(Number(measured.at(-1)?.toPrecision(4)));
});

test('1,000 sweeps of ALS on the page bring R̂ within 1e-6 of the closed form', async ({ app }) => {
  const { R, K, cases } = JSON.parse(
    readFileSync(new URL('../fixtures/closedform_full6x4.json', import.meta.url), 'utf8'),
  ) as { R: number[][]; K: number; cases: { beta: number; Rhat: number[][] }[] };
  const small = smallSession();
  const { state: _none, ...begun } = small;
  await app.open();
  await app.moreSettings();
  for (const { beta, Rhat } of cases) {
    await app.openSession({
      ...begun,
      dataset: {
        ...small.dataset,
        users: R.map((_, user) => `User ${user}`),
        items: ['One', 'Two', 'Three', 'Four'],
        ratings: R.flatMap((row, user) => row.map((value, item) => [user, item, value])),
        heldOut: [],
      },
      model: { ...small.model, k: K, beta },
      history: { epoch: [], rmseSeen: [], rmseHeldOut: [], objective: [] },
    });
    await app.choose('Optimizer', 'ALS');
    await app.runTo(1000);
    const { state, history } = await app.exportSession();
    const off = Rhat.flatMap((row, user) =>
      row.map((best, item) => {
        const p = state.P[user] ?? [];
        const q = state.Q[item] ?? [];
        return Math.abs(best - p.reduce((sum, value, factor) => sum + value * (q[factor] ?? Number.NaN), 0));
      }),
    );
    expect(off).toHaveLength(24);
    expect(Math.max(...off), `β ${beta}`).toBeLessThan(1e-6);
    history.objective.forEach((objective, at) => {
      const before = history.objective[at - 1] ?? Number.MAX_VALUE;
      expect((objective ?? Number.NaN) / before).toBeLessThanOrEqual(1 + 1e-10);
    });
  }
});

test('a step of ALS is a row: told in words, user after user', async ({ app, page }) => {
  await app.open();
  await app.moreSettings();
  await app.choose('Optimizer', 'ALS');
  for (const group of ['Schedule', 'Visiting order', 'Update'])
    await expect(page.getByRole('radiogroup', { name: group })).toHaveCount(0);
  const told = page.getByRole('region', { name: 'The update, step by step' });
  await app.button('Step one rating').click();
  await expect(told.getByText(/^Pick a row: user Ana, with 6 seen ratings|^Pick a row: user Ana/)).toBeVisible();
  await expect(told.getByText('Put all its 3 numbers there, at once')).toBeVisible();
  const [, before = '', after = ''] = /RMSE (\S+) → (\S+)/.exec(await told.innerText()) ?? [];
  expect(Number(after)).toBeLessThan(Number(before));
  for (let step = 1; step < 13; step += 1) await app.button('Step one rating').click();
  await expect(told.getByText(/^Pick a row: item Star Harbor/)).toBeVisible();
});

test('Momentum goes farther than SGD in as many epochs, and says in what regime', async ({ app }) => {
  await app.open();
  await app.moreSettings();
  await app.set('Learning rate α', '0.0005');
  await app.runTo(60);
  const plain = (await app.read('RMSE seen')) ?? 0;
  await expect(loss(app).getByText(/^Crawling: the second half of the epochs won \d+ % of the fall/)).toBeVisible();
  await app.button('Reset').click();
  await app.choose('Optimizer', 'Momentum');
  await expect(app.field('Momentum γ')).toHaveValue('0.9');
  await app.runTo(60);
  expect(await app.read('RMSE seen')).toBeLessThan(plain * 0.8);
});

test('decoupled weight decay shrinks every number by αβ beside the step: another run than coupled', async ({ app }) => {
  await app.open();
  await app.moreSettings();
  await app.choose('Optimizer', 'Adam');
  await app.set('Regularization β', '0.5');
  const size = async (decay: string): Promise<number> => {
    await app.choose('Weight decay', decay);
    await app.button('Reset').click();
    await app.runTo(300);
    const { state } = await app.exportSession();
    return [...state.P, ...state.Q].flat().reduce((sum, value) => sum + value * value, 0);
  };
  const coupled = await size('coupled');
  const decoupled = await size('decoupled');
  // At β .5 the coupled penalty, rescaled with its gradient, pulls far harder.
  expect(decoupled).toBeGreaterThan(coupled * 1.2);
});

test('non-negative factors: no cell of P or Q is below 0, from a start half of which is', async ({ app, page }) => {
  await app.open();
  await app.moreSettings();
  await app.choose('Initialization', 'normal');
  const negative = async () => {
    const cells = [...(await numbersIn(app, 'User factors P')), ...(await numbersIn(app, 'Item factors Qᵀ'))];
    expect(cells).toHaveLength(66);
    expect(cells.filter(Number.isNaN)).toEqual([]);
    return cells.filter((value) => value < 0).length;
  };
  expect(await negative()).toBeGreaterThan(10);
  await page.getByRole('checkbox', { name: 'Non-negative factors' }).check();
  for (const optimizer of ['SGD', 'Momentum', 'Adam', 'ALS']) {
    await app.choose('Optimizer', optimizer);
    if (optimizer === 'Momentum') await app.set('Learning rate α', '0.001');
    await app.button('Reset').click();
    await app.runTo(40);
    expect(await negative(), optimizer).toBe(0);
    const { state } = await app.exportSession();
    expect(Math.min(...state.P.flat(), ...state.Q.flat()), optimizer).toBeGreaterThanOrEqual(0);
  }
});

test('each schedule: α on the page is the formula’s, and the caption says what comes next', async ({ app, page }) => {
  await app.open();
  await app.moreSettings();
  await app.set('Learning rate α', '0.02');
  const chart = loss(app);

  await app.choose('Schedule', '1/t');
  await app.set('Epochs to half α', '50');
  await app.runTo(20);
  expect(await alphaNow(app)).toBe(threeDigits(0.02 / (1 + 20 / 50)));
  await expect(chart.getByText('α now 0.0143; falls like 1/t')).toBeVisible();

  await app.choose('Schedule', 'step');
  await app.set('Step factor', '0.3');
  await app.set('Epochs a step', '8');
  await app.runTo(25);
  expect(await alphaNow(app)).toBe(threeDigits(0.02 * 0.3 ** Math.floor(25 / 8)));
  await expect(chart.getByText('α now 0.00054; × 0.3 at epoch 32')).toBeVisible();

  await app.choose('Schedule', 'cosine');
  await app.set('Epochs to 0', '90');
  await app.runTo(30);
  expect(await alphaNow(app)).toBe(threeDigits((0.02 * (1 + Math.cos((Math.PI * 30) / 90))) / 2));
  await expect(chart.getByText('α now 0.015; 0 at epoch 90')).toBeVisible();

  // Cycles of 10, 30, 90 … epochs: epoch 34 is 24 into the second, which began at 10 and is three times as long.
  await page.getByRole('checkbox', { name: 'Warm restarts' }).check();
  await app.set('Restart period', '10');
  await app.set('Period multiplier', '3');
  await app.set('Epochs to 0', '10');
  await app.runTo(34);
  expect(await alphaNow(app)).toBe(threeDigits((0.02 * (1 + Math.cos((Math.PI * 24) / 30))) / 2));
  await expect(chart.getByText('starts again at epoch 40')).toBeVisible();
  await app.runTo(40);
  expect(await alphaNow(app)).toBe(0.02);
  await expect(chart.getByText('α now 0.02; starts again at epoch 130')).toBeVisible();
});

test('curves against epochs, updates and time: the same curve, another axis, and the playhead still goes back', async ({
  app,
  page,
}) => {
  await app.open();
  await app.runTo(100);
  const chart = loss(app);
  const curve = chart.locator('svg path.loss-line').first();
  const shape = await curve.getAttribute('d');
  const playhead = chart.getByRole('slider', { name: 'Playhead epoch' });
  await expect(playhead).toHaveText('100');
  await app.choose('Curves against', 'updates');
  await expect(playhead).toHaveText('7,200');
  await expect(chart.getByText('updates: 72 an epoch, as set now')).toBeVisible();
  expect(await curve.getAttribute('d')).toBe(shape);
  await playhead.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(playhead).toHaveText('7,128');
  await expect(playhead).toHaveAttribute('aria-valuenow', '99');
  await expect(app.readout('Epoch')).toHaveText('99');
  await app.choose('Curves against', 'time');
  await expect(playhead).toHaveText(/^[\d.]+ m?s$/);
  const said = await chart.getByText(/^time: training alone, without drawing; /).innerText();
  const each = Number(/; (\S+) ms an epoch/.exec(said)?.[1]);
  const shown = Number((await playhead.innerText()).replace(' ms', ''));
  expect(shown / (99 * each)).toBeGreaterThan(0.9);
  expect(shown / (99 * each)).toBeLessThan(1.1);
  await page.reload();
  await app.ready();
  await expect(
    page.getByRole('radiogroup', { name: 'Curves against' }).getByRole('radio', { name: 'time' }),
  ).toBeChecked();
});

test('the caption names each regime with its number', async ({ app, page }) => {
  await app.open();
  const chart = loss(app);
  await expect(chart.getByText('How the run goes stands here after 10 epochs.')).toBeVisible();
  await app.runTo(300);
  await expect(
    chart.getByText(/^Converging: (by now settled; )?the second half of the epochs won (less than )?\d+ % of the fall/),
  ).toBeVisible();
  await app.button('Reset').click();
  await app.set('Learning rate α', '0.00001');
  await app.runTo(100);
  await expect(chart.getByText(/^Crawling: /)).toBeVisible();
  await app.button('Reset').click();
  await app.moreSettings();
  await app.choose('Optimizer', 'Adam');
  await app.set('Learning rate α', '0.5');
  await app.runTo(60);
  await expect(chart.getByText(/^Oscillating: RMSE seen gave back \d+ % of its fall on the way/)).toBeVisible();
  await app.button('Reset').click();
  await app.choose('Optimizer', 'SGD');
  await app.button('Train').click();
  await expect(page.getByRole('alert').filter({ hasText: 'Training blew up' })).toBeVisible();
  await expect(chart.getByText(/^Diverged in epoch \d+; the run fell back before it\.$/)).toBeVisible();
});

test('a schedule shows α of the epoch; a step of momentum is not retold, and Next update writes one out', async ({
  app,
  page,
}) => {
  await app.open();
  await app.moreSettings();
  await app.choose('Optimizer', 'Momentum');
  await app.choose('Schedule', 'step');
  await app.set('Epochs a step', '10');
  await app.runTo(20);
  await expect(app.field('Learning rate α')).toHaveAccessibleDescription(/α of this epoch: 0\.0025/);
  await expect(
    page.getByText(
      'With momentum a step carries the steps before it along, so it is not retold here. Next update writes it out.',
    ),
  ).toBeVisible();
  await app.button('Step one rating').click();
  await expect(page.getByText(/^rating 1 of/)).toBeVisible();
});

test('momentum: the next update is written out with its velocities, and the button does just that', async ({
  app,
  page,
}) => {
  await app.open();
  await app.chooseDataset(/otebook/);
  await app.moreSettings();
  await app.choose('Optimizer', 'Momentum');
  await app.runTo(5);
  await app.cell('User 1, Movie 1').click();
  const next = page.getByRole('region', { name: 'Next update', exact: true });
  const [said = ''] = (await next.getByRole('listitem').allInnerTexts()).slice(1);
  const numbers = (text: string) => (text.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);
  const line = said.split('\n').filter((text) => text.includes('='));
  expect(line).toHaveLength(3);
  const [gamma = 0, v = 0, two = 0, e = 0, q = 0, beta = 0, p = 0, newV = 0] = numbers(
    line[0]?.replace(/^\D*u1/, '') ?? '',
  );
  expect([gamma, two]).toEqual([0.9, 2]);
  expect(v).not.toBe(0);
  expect(gamma * v + 2 * e * q - beta * p).toBeCloseTo(newV, 2);
  const after = numbers(line[2] ?? '').at(-1) ?? Number.NaN;
  const { state: before } = await app.exportSession();
  expect(before.P[0]?.[0]).toBeCloseTo(p, 3);
  await next.getByRole('button', { name: 'Do this update' }).click();
  await expect(app.button('Undo')).toBeEnabled();
  const { state } = await app.exportSession();
  expect(state.P[0]?.[0]).toBeCloseTo(after, 4);
  expect([state.epoch, state.position]).toEqual([5, 0]);
  // What the button wrote carries on: v of the update after it is the v' that was spelled out.
  const carried = async () => /0\.9 × ([\d.]+) \+/.exec(await next.getByRole('listitem').nth(1).innerText())?.[1];
  await expect.poll(async () => Number(Number(await carried()).toPrecision(4))).toBe(Number(newV.toPrecision(4)));
});

test('a learning rate is found, with the reason, and used with a click', async ({ app, page }) => {
  await app.open();
  await app.moreSettings();
  await app.button('Find a learning rate').click();
  const use = page.getByRole('button', { name: /^Use α/ });
  const alpha = (await use.innerText()).replace('Use α ', '');
  await expect(page.getByText(`the loss falls well around α ${alpha}`)).toBeVisible();
  await use.click();
  await expect(app.field('Learning rate α')).toHaveValue(alpha);
  await expect(app.readout('Epoch')).toHaveText('0');
  const before = (await app.read('RMSE seen')) ?? 0;
  await app.runTo(200);
  expect(await app.read('RMSE seen')).toBeLessThan(before / 2);
  await expect(loss(app).getByText(/^Converging: /)).toBeVisible();
  await expect(page.getByRole('alert').filter({ hasText: 'blew up' })).toHaveCount(0);
});

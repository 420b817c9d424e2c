import { expect, test } from './page.ts';
import { largeSession, notebookSession, smallSession } from './sessions.ts';

test('the first visit: a named set with ratings held out, which ends better than the mean', async ({ app, page }) => {
  await app.open();
  const first = await app.exportSession();
  expect([first.dataset.users.length, first.dataset.items.length]).toEqual([12, 10]);
  const share = first.dataset.heldOut.length / first.dataset.ratings.length;
  expect(Math.abs(share - 0.15)).toBeLessThan(0.02);
  await expect(page.getByText('invented')).not.toHaveCount(0);

  await app.button('Run').click();
  await expect
    .poll(() => app.read('Epoch'), { timeout: 20_000 })
    .toBe(Number(await app.field('Run to epoch').inputValue()));
  const { dataset } = await app.exportSession();
  const isHeldOut = (user: number, item: number) => dataset.heldOut.some(([u, i]) => u === user && i === item);
  const seen = dataset.ratings.filter(([user, item]) => !isHeldOut(user, item)).map(([, , value]) => value);
  const unseen = dataset.ratings.filter(([user, item]) => isHeldOut(user, item)).map(([, , value]) => value);
  const mean = seen.reduce((sum, value) => sum + value, 0) / seen.length;
  const rmseOfTheMean = Math.sqrt(unseen.reduce((sum, value) => sum + (value - mean) ** 2, 0) / unseen.length);
  expect(await app.read('RMSE held out')).toBeLessThan(rmseOfTheMean * 0.8);
});

test('the built-in sets open, train, and say what they are', async ({ app, page }) => {
  await app.open();
  const picker = page.getByRole('combobox', { name: 'Dataset' });
  const names = await picker.getByRole('option').allInnerTexts();
  expect(names.length).toBeGreaterThanOrEqual(5);
  const sizes: string[] = [];
  for (const name of names) {
    await app.chooseDataset(name);
    await expect(app.readout('Epoch')).toHaveText('0');
    await app.runTo(20);
    const { dataset, state } = await app.exportSession();
    sizes.push(`${dataset.users.length} × ${dataset.items.length}`);
    expect(state.P.flat().every(Number.isFinite)).toBe(true);
    // Stage and chart are in the window together, 1440 × 900.
    expect([name, await page.evaluate(() => document.documentElement.scrollHeight)]).toEqual([name, 900]);
  }
  expect(sizes).toEqual(expect.arrayContaining(['12 × 10', '6 × 4', '5 × 4', '40 × 30']));
});

test('the notebook’s set has the notebook’s settings', async ({ app }) => {
  await app.open();
  await app.chooseDataset(/^Notebook/);
  const { model, dataset } = await app.exportSession();
  expect(model).toMatchObject({ k: 3, alpha: 0.0002, beta: 0.02, prediction: 'factors' });
  expect(dataset.heldOut).toEqual([]);
  await expect(app.field('Run to epoch')).toHaveValue('5000');
});

test('a rating changed in mid-run acts on the run, is marked, and is undone', async ({ app, page }) => {
  await app.open();
  await app.openSession(notebookSession());
  await app.button('Train').click();
  await expect.poll(() => app.read('Epoch')).toBeGreaterThan(3);
  await app.cell('User 1, Item 3').click();
  await page.keyboard.type('5');
  await page.keyboard.press('Enter');
  await expect(app.button('Pause')).toBeVisible();
  const at = (await app.read('Epoch')) ?? 0;
  await expect.poll(() => app.read('Epoch')).toBeGreaterThan(at + 3);
  await app.button('Pause').click();

  const { dataset, state } = await app.exportSession();
  expect(dataset.ratings).toContainEqual([0, 2, 5]);
  expect(state.epoch).toBeGreaterThan(at);
  await page.getByText('Loss as numbers').click();
  const changes = page.getByRole('list', { name: 'Changed in mid-run' });
  await expect(changes.getByRole('listitem')).toHaveCount(1);
  await expect(changes).toContainText('User 1, Item 3');

  await app.undo().click();
  await expect(app.cell('User 1, Item 3')).toHaveAccessibleName('User 1, Item 3: gap');
  await app.button('Redo').click();
  await expect(app.cell('User 1, Item 3')).toHaveAccessibleName('User 1, Item 3: 5');
});

test('α acts without a restart; k restarts, and said so before', async ({ app, page }) => {
  await app.open();
  await app.openSession(notebookSession());
  await app.runTo(50);
  await app.set('Learning rate α', 0.001);
  await expect(app.readout('Epoch')).toHaveText('50');
  await app.runTo(60);
  const { model, history } = await app.exportSession();
  expect(model.alpha).toBe(0.001);
  expect(history.epoch.slice(0, 3)).toEqual([0, 1, 2]);

  await expect(page.getByText('starts over at epoch 0').first()).toBeVisible();
  await app.set('Factors k', 2);
  await expect(app.readout('Epoch')).toHaveText('0');
  await app.undo().click();
  await expect(app.readout('Epoch')).toHaveText('60');
  await expect(app.field('Factors k')).toHaveValue('3');
});

test('one rating at a time: the update is spelled out with the run’s own numbers', async ({ app, page }) => {
  await app.open();
  await app.openSession(notebookSession());
  await app.button('Step one rating').click();
  await expect.poll(async () => (await app.exportSession()).state.position).toBe(1);
  const { state } = await app.exportSession();
  await expect(page.getByText('Update p', { exact: false }).first()).toBeVisible();
  await expect(page.getByText('User 1, Item 1').first()).toBeVisible();
  // e = r − p·q for the first rating, from the file's own start.
  const { P = [], Q = [] } = notebookSession().state ?? {};
  const dot = (P[0] ?? []).reduce((sum, p, k) => sum + p * (Q[0]?.[k] ?? 0), 0);
  await expect(page.locator('body')).toContainText((5 - dot).toFixed(3));
  const p0 = P[0]?.[0] ?? 0;
  expect(state.P[0]?.[0]).toBe(p0 + 0.0002 * (2 * (5 - dot) * (Q[0]?.[0] ?? 0) - 0.02 * p0));
});

test('the playhead shows an epoch of the past in every matrix and in the readouts', async ({ app, page }) => {
  await app.open();
  await app.openSession(notebookSession());
  await app.runTo(10);
  const then = { rmse: await app.readout('RMSE seen').innerText(), file: await app.exportSession() };
  await app.runTo(5_000);
  const now = await app.readout('RMSE seen').innerText();
  const playhead = page.getByRole('slider', { name: 'Playhead epoch' });
  await playhead.press('Home');
  await expect(app.readout('Epoch')).toHaveText('0');
  for (let epoch = 0; epoch < 10; ) {
    await playhead.press('ArrowRight');
    await expect.poll(() => app.read('Epoch')).toBeGreaterThan(epoch);
    epoch = (await app.read('Epoch')) ?? 0;
  }
  await expect(app.readout('Epoch')).toHaveText('10');
  await expect(app.readout('RMSE seen')).toHaveText(then.rmse);
  await playhead.press('End');
  await expect(app.readout('RMSE seen')).toHaveText(now);
  expect(then.file.state.epoch).toBe(10);
});

test('diverged: said with its cause, fallen back, mended by one button', async ({ app, page }) => {
  await app.open();
  await app.openSession(notebookSession());
  await app.runTo(20);
  await app.set('Learning rate α', 10);
  await app.button('Train').click();
  await expect(app.alert()).toContainText('α = 10');
  await expect(app.readout('Epoch')).toHaveText('20');
  await expect(page.locator('body')).not.toContainText(/NaN|Infinity/);
  expect(JSON.stringify(await app.exportSession())).not.toMatch(/NaN|Infinity/);
  await app.page.getByRole('button', { name: /^Set α to/ }).click();
  await expect.poll(() => app.read('Epoch')).toBeGreaterThan(0);
  await app.button('Pause').click();
  expect((await app.exportSession()).model.alpha).toBeLessThan(10);
});

for (const [title, change, runs] of [
  ['k = 64', { k: 64 }, true],
  ['β = 50', { beta: 50 }, true],
] as const) {
  test(`${title} behaves: numbers or a message, never NaN`, async ({ app, page }) => {
    await app.open();
    const { state: _, ...session } = notebookSession();
    await app.openSession({ ...session, model: { ...session.model, ...change } });
    await app.button('Train').click();
    await expect.poll(async () => ((await app.read('Epoch')) ?? 0) > 100 || (await app.alert().count()) > 0).toBe(runs);
    await expect(page.locator('body')).not.toContainText(/NaN|Infinity/);
  });
}

for (const [title, ratings] of [
  ['a single rating', [[0, 0, 5]]],
  [
    'all equal',
    [
      [0, 0, 3],
      [0, 1, 3],
      [1, 0, 3],
      [1, 2, 3],
    ],
  ],
  ['no rating', []],
] as const) {
  test(`${title}: behaves`, async ({ app, page }) => {
    await app.open();
    const session = smallSession();
    session.dataset.ratings = ratings.map((rating) => [...rating]);
    session.dataset.heldOut = [];
    await app.openSession(session);
    await app.button('Train').click();
    if (ratings.length === 0) await expect(page.getByText('no rating to train on')).toBeVisible();
    else await expect.poll(() => app.read('Epoch')).toBeGreaterThan(5);
    await expect(page.locator('body')).not.toContainText(/NaN|Infinity/);
  });
}

test('honest: on the notebook’s own settings the factors do worse on left-out ratings than the mean, and μ + biases mends it', async ({
  app,
}) => {
  await app.open();
  await app.chooseDataset(/^Notebook/);
  await app.runTo(5_000);
  await expect.poll(() => app.read('RMSE held out'), { timeout: 20_000 }).toBeGreaterThan(1.9);
  await expect(app.page.getByText('leave-one-out').first()).toBeVisible();
  await expect(app.page.getByText('mean alone 1.72', { exact: true })).toBeVisible();
  await app.page.getByRole('button', { name: /^Try μ \+ biases/ }).click();
  await app.runTo(500);
  await expect.poll(() => app.read('RMSE held out'), { timeout: 20_000 }).toBeLessThan(1.4);
});

test('a file of ratings opens, and trains in the worker while the page stays live', async ({ app, page }) => {
  const lines = ['user,item,rating,time'];
  for (let user = 0; user < 300; user += 1) {
    for (let pick = 0; pick < 60; pick += 1) {
      lines.push(`u${user},i${(user * 31 + pick * pick * 7) % 900},${1 + ((user + pick) % 9) / 2},${1e9 + pick}`);
    }
  }
  await app.open();
  await app.openFile('ratings.csv', `${lines.join('\n')}\n`);
  await expect(page.getByRole('status').filter({ hasText: 'ratings.csv' })).toBeVisible();
  await app.ready();
  await app.button('Train').click();
  await expect.poll(() => app.read('Epoch'), { timeout: 20_000 }).toBeGreaterThan(5);
  await app.button('Pause').click();
  expect(await app.read('RMSE held out')).toBeGreaterThan(0);
});

test('a file dropped on the page opens', async ({ app, page }) => {
  await app.open();
  const dropped = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(['Ana::Alien::5\nAna::Brazil::3\nBo::Alien::4\n'], 'two.dat', { type: 'text/plain' }));
    return data;
  });
  await page.dispatchEvent('main', 'dragover', { dataTransfer: dropped });
  await page.dispatchEvent('main', 'drop', { dataTransfer: dropped });
  await expect(app.cell('Bo, Alien')).toHaveAccessibleName(/^Bo, Alien: 4/);
  await expect(app.cell('Bo, Brazil')).toHaveAccessibleName('Bo, Brazil: gap');
});

test('a block goes out to the clipboard and comes in, grows the grid, and is one undo', async ({
  app,
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await app.open();
  await app.openSession(smallSession());
  await app.cell('Ana, Alien').click();
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Control+C');
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('5\t3\n4\t');

  await page.evaluate(() => navigator.clipboard.writeText('1\t2\t3\n\t4\t5\n0\t1\t2\n'));
  await app.cell('Ana, Brazil').click();
  await page.keyboard.press('Control+V');
  await expect
    .poll(async () => (await app.exportSession()).dataset.ratings)
    .toEqual([
      [0, 0, 5],
      [0, 1, 1],
      [0, 2, 2],
      [0, 3, 3],
      [1, 0, 4],
      [1, 2, 4],
      [1, 3, 5],
      [2, 1, 0],
      [2, 2, 1],
      [2, 3, 2],
    ]);
  const grown = await app.exportSession();
  expect([grown.dataset.users.length, grown.dataset.items.length]).toEqual([3, 4]);
  await app.undo().click();
  const back = await app.exportSession();
  expect(back.dataset.ratings).toEqual(smallSession().dataset.ratings);
  expect(back.dataset.users).toEqual(['Ana', 'Bo']);
});

test('in a hidden tab training goes on', async ({ app, page, context }) => {
  await app.open();
  await app.openSession(largeSession(40, 30, { alpha: 0.0002 }));
  await app.button('Train').click();
  await expect.poll(() => app.read('Epoch')).toBeGreaterThan(2);
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' });
    document.dispatchEvent(new Event('visibilitychange'));
    window.requestAnimationFrame = () => 0;
  });
  const before = (await app.read('Epoch')) ?? 0;
  await expect.poll(() => app.read('Epoch')).toBeGreaterThan(before + 20);
  expect(context.pages()).toHaveLength(1);
});

import { expect, type SessionFile, test } from './page.ts';
import { notebookSession, smallSession } from './sessions.ts';

declare global {
  interface Window {
    /** Every worker the page ever made, kept by the test below. */
    workersOfTheTest: Worker[];
  }
}

test('the worker dies in mid-run: training goes on from the last state, and says so', async ({ app, page }) => {
  await page.addInitScript(() => {
    window.workersOfTheTest = [];
    window.Worker = class extends Worker {
      constructor(address: string | URL, options?: WorkerOptions) {
        super(address, options);
        window.workersOfTheTest.push(this);
      }
    };
  });
  await app.open();
  await app.openSession(notebookSession());
  await app.button('Train').click();
  await expect.poll(() => app.read('Epoch')).toBeGreaterThan(20);
  const before = (await app.read('Epoch')) ?? 0;
  const started = await page.evaluate(() => {
    for (const worker of window.workersOfTheTest) worker.terminate();
    return window.workersOfTheTest.length;
  });
  await expect(app.alert()).toContainText('worker', { timeout: 15_000 });
  expect(await page.evaluate(() => window.workersOfTheTest.length)).toBe(started + 1);
  await expect.poll(() => app.read('Epoch'), { timeout: 15_000 }).toBeGreaterThan(before + 5);
  await app.button('Pause').click();

  // The numbers are those of a run that nothing happened to.
  const { state, model } = await app.exportSession();
  expect(model).toMatchObject({ k: 3, alpha: 0.0002 });
  await app.button('Reset').click();
  await app.runTo(state.epoch);
  if (state.position === 0) expect((await app.exportSession()).state).toEqual(state);
});

test('a reload brings the session back, with how far training got', async ({ app, page }) => {
  await app.open();
  await app.openSession(smallSession());
  await app.runTo(40);
  await app.cell('Bo, Clue').click();
  await page.keyboard.type('2.5');
  await page.keyboard.press('Enter');
  await page.waitForTimeout(600);
  const before = await app.export('Session (.json)');
  await page.reload();
  await app.ready();
  await expect(app.readout('Epoch')).toHaveText('40');
  await expect(app.cell('Bo, Clue')).toHaveAccessibleName('Bo, Clue: 2.5');
  expect((await app.export('Session (.json)')).text).toBe(before.text);
});

test('after a reload, RMSE held out still says what it was trained on before', async ({ app, page }) => {
  await app.open();
  await app.openSession(notebookSession());
  await app.runTo(40);
  await app.cell('User 1, Item 1').click();
  await page.keyboard.press('h');
  // Beside the figure, not in it.
  const held = page.getByText('1 trained on before');
  await expect(held).toBeVisible();
  await page.waitForTimeout(600);
  await page.reload();
  await app.ready();
  await expect(held).toBeVisible();
  await app.button('Reset').click();
  await expect(held).toBeHidden();
});

test('a reload at once after an edit loses nothing', async ({ app, page }) => {
  await app.open();
  await app.openSession(smallSession());
  await app.cell('Bo, Clue').click();
  await page.keyboard.type('1');
  await page.keyboard.press('Enter');
  await page.reload();
  await app.ready();
  await expect(app.cell('Bo, Clue')).toHaveAccessibleName('Bo, Clue: 1');
});

test('a number typed over, a turn and an update done by hand are there after a reload, and trained on', async ({
  app,
  page,
}) => {
  const kept = () => page.evaluate(() => localStorage.getItem('factorscope-session'));
  /** Waits until what stands on the page is kept, reloads, and finds it there; returns the session file. */
  const reloaded = async () => {
    const { text } = await app.export('Session (.json)');
    await expect.poll(async () => (await kept()) === text, { message: 'kept in the browser' }).toBe(true);
    await page.reload();
    await app.ready();
    expect((await app.export('Session (.json)')).text).toBe(text);
    return text;
  };
  const type = async (grid: 'User factors P' | 'Item factors Qᵀ', value: string) => {
    const cell = app.grid(grid).getByRole('gridcell').first();
    await cell.focus();
    await page.keyboard.press('9');
    const field = page.getByRole('textbox', { name: /factor 1.*: new value$/ });
    await field.fill(value);
    await field.press('Enter');
    await expect(cell).toHaveAccessibleName(new RegExp(`factor 1: ${value}0*$`));
  };
  const firstOf = (grid: 'User factors P' | 'Item factors Qᵀ') => app.grid(grid).getByRole('gridcell').first();
  await app.open();
  await app.openSession(smallSession());
  await type('User factors P', '8.25');
  await reloaded();
  await expect(firstOf('User factors P')).toHaveAccessibleName(/factor 1: 8\.250*$/);

  await app.runTo(40);
  await type('Item factors Qᵀ', '2.5');
  const typed = await reloaded();
  await expect(firstOf('Item factors Qᵀ')).toHaveAccessibleName(/factor 1: 2\.50*$/);
  const { epoch, Q } = (JSON.parse(typed) as SessionFile).state;
  expect([epoch, Q[0]?.[0]]).toEqual([40, 2.5]);

  await app.cell('Bo, Alien').click();
  await app.button('Do this update').click();
  await expect(app.undo()).toBeEnabled();
  await reloaded();
  await app.button('Rotation').click();
  await app.button('Turn until the share of factor 1 is zero').click();
  await app.button('Apply to the run').click();
  await expect(app.undo()).toBeEnabled();
  const turned = await reloaded();

  // Training goes on from those numbers, as it does from the file.
  await app.runTo(60);
  const onward = (await app.exportSession()).state;
  await app.openFile('turned.json', turned);
  await expect(app.readout('Epoch')).toHaveText('40');
  await app.runTo(60);
  expect((await app.exportSession()).state).toEqual(onward);
});

test('a million epochs later the history, the page and its heap are as small as before', async ({ app, page }) => {
  test.setTimeout(90_000);
  const devtools = await page.context().newCDPSession(page);
  const heap = async () => {
    await devtools.send('HeapProfiler.collectGarbage');
    const { usedSize } = await devtools.send('Runtime.getHeapUsage');
    return usedSize;
  };
  await app.open();
  await app.openSession(notebookSession());
  await app.runTo(100_000);
  const early = {
    heap: await heap(),
    nodes: await page.locator('*').count(),
    file: (await app.export('Session (.json)')).text,
  };
  await app.field('Run to epoch').fill('1000000');
  await app.button('Run').click();
  await expect.poll(() => app.read('Epoch'), { timeout: 60_000 }).toBe(1_000_000);
  await expect(app.button('Train')).toBeVisible();
  const late = {
    heap: await heap(),
    nodes: await page.locator('*').count(),
    file: (await app.export('Session (.json)')).text,
  };
  expect(late.heap - early.heap).toBeLessThan(8_000_000);
  expect(Math.abs(late.nodes - early.nodes)).toBeLessThan(200);
  expect(late.file.length).toBeLessThan(early.file.length * 1.5);

  // Thinned out, the curve keeps its shape: its ends, every early epoch, and no hole wider than a hundredth of the way gone.
  const { history } = JSON.parse(late.file) as { history: { epoch: number[]; rmseSeen: number[] } };
  expect(history.epoch.length).toBeLessThan(7_000);
  expect(history.epoch.slice(0, 4)).toEqual([0, 1, 2, 3]);
  expect(history.epoch.at(-1)).toBe(1_000_000);
  const holes = history.epoch.flatMap((epoch, at) =>
    epoch - (history.epoch[at - 1] ?? 0) > Math.max(1, epoch / 100) ? [epoch] : [],
  );
  expect(holes).toEqual([]);
  expect(history.rmseSeen.filter((rmse) => !Number.isFinite(rmse))).toEqual([]);
});

import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import Papa from 'papaparse';
import { violations } from './axe.ts';
import { Experiment } from './experiment-page.ts';
import { type App, expect, test } from './page.ts';

/** Runs as a person finds them: in Play the button that keeps one, in Experiment the table and what is compared. */
class Runs {
  readonly page: Page;
  readonly app: App;

  constructor(app: App) {
    this.app = app;
    this.page = app.page;
  }

  async go(view: 'Play' | 'Experiment'): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: view, exact: true }).click();
  }

  table(): Locator {
    return this.page.getByRole('grid', { name: 'Runs', exact: true });
  }

  row(name: string | RegExp): Locator {
    return this.table().getByRole('row', { name });
  }

  /** In full: beside its settings a run is called by the short one. */
  names(): Promise<string[]> {
    return this.table()
      .locator('tbody')
      .getByRole('rowheader')
      .getByRole('button')
      .evaluateAll((buttons) => buttons.map((button) => button.getAttribute('title') ?? ''));
  }

  /** What stands in a run's row under a head. */
  async figure(name: string | RegExp, head: string): Promise<string> {
    // A table is made in tasks of its own, so it may stand a moment after its view.
    await expect(this.row(name)).toBeVisible();
    const heads = this.table().getByRole('columnheader');
    const labels = await heads.evaluateAll((cells) =>
      cells.map((cell) => (cell.querySelector('[aria-label]') ?? cell).getAttribute('aria-label') ?? cell.textContent),
    );
    const at = labels.findIndex((label) => label?.replace(/[▲▼]/, '').trim() === head);
    expect(at, `a column “${head}” among ${labels.join(', ')}`).toBeGreaterThan(0);
    return (await this.row(name).locator('td, th').nth(at).innerText()).trim();
  }

  details(name: string | RegExp): Locator {
    return this.page.getByRole('region', { name });
  }

  async reads(readout: 'RMSE held out' | 'RMSE seen'): Promise<string> {
    return (await this.app.readout(readout).innerText()).trim();
  }

  /** Two runs of Play with ratings held out: α 0.01 to epoch 100, α 0.03 to epoch 60. Returns what Play read of them. */
  async keepTwo() {
    const { app } = this;
    await app.open();
    await app.moreSettings();
    await app.set('Hold out %', 20);
    await app.set('Learning rate α', 0.01);
    await app.runTo(40);
    const early = await this.reads('RMSE held out');
    await app.runTo(100);
    const first = { heldOut: await this.reads('RMSE held out'), seen: await this.reads('RMSE seen'), early };
    const hat = (await app.cell('Bo', 'Predictions R̂').first().getAttribute('aria-label')) ?? '';
    await app.button('Keep this run').click();
    await expect(this.page.getByRole('status').filter({ hasText: 'Kept: Run 1' })).toBeVisible();
    await app.button('Reset').click();
    await app.set('Learning rate α', 0.03);
    await app.runTo(60);
    const second = { heldOut: await this.reads('RMSE held out'), seen: await this.reads('RMSE seen') };
    await app.button('Keep this run').click();
    await expect(this.page.getByRole('status').filter({ hasText: 'Kept: Run 2' })).toBeVisible();
    await app.dismissAll();
    return { first, second, hat };
  }

  async export(item: string): Promise<string> {
    await this.app.button('Export runs').click();
    const downloading = this.page.waitForEvent('download');
    await this.page.getByRole('menuitem', { name: item, exact: true }).click();
    return readFile(await (await downloading).path(), 'utf8');
  }
}

test('runs that are kept stand in the table with what Play read, and open in Play with the same numbers', async ({
  app,
}) => {
  const runs = new Runs(app);
  const { first, second } = await runs.keepTwo();
  await runs.go('Experiment');
  expect(await runs.names()).toEqual([
    expect.stringMatching(/^Run 1: .*, epoch 100$/),
    expect.stringMatching(/^Run 2: .*, epoch 60$/),
  ]);
  expect(await runs.figure(/Run 1/, 'Learning rate α')).toBe('0.01');
  expect(await runs.figure(/Run 2/, 'Learning rate α')).toBe('0.03');
  expect(await runs.figure(/Run 1/, 'RMSE held out')).toBe(first.heldOut);
  expect(await runs.figure(/Run 1/, 'RMSE seen')).toBe(first.seen);
  expect(await runs.figure(/Run 2/, 'RMSE held out')).toBe(second.heldOut);
  const best = Number(await runs.figure(/Run 1/, 'Best epoch'));

  await runs
    .table()
    .getByRole('button', { name: /^Run 1/ })
    .click();
  await runs
    .details(/Details of Run 1/)
    .getByRole('button', { name: 'At its end, epoch 100' })
    .click();
  await app.restsAt(100);
  await expect(app.readout('RMSE held out')).toHaveText(first.heldOut);
  await expect(app.readout('RMSE seen')).toHaveText(first.seen);
  await expect(app.field('Learning rate α')).toHaveValue('0.01');

  // Its details are open still.
  await runs.go('Experiment');
  await app.set('Epoch to open', 40);
  await app.button('Open at this epoch').click();
  await app.restsAt(40);
  await expect(app.readout('RMSE held out')).toHaveText(first.early);

  if (best === 100) return;
  await runs.go('Experiment');
  await app.button(`At its best, epoch ${best}`).click();
  await app.restsAt(best);
  expect(Number(await runs.reads('RMSE held out'))).toBeLessThanOrEqual(Number(first.heldOut));
});

test('renamed, pinned, deleted and brought back; a reload keeps all of it', async ({ app, page }) => {
  const runs = new Runs(app);
  await runs.keepTwo();
  await runs.go('Experiment');
  await runs
    .table()
    .getByRole('button', { name: /^Run 2/ })
    .focus();
  await page.keyboard.press('F2');
  await page.getByRole('textbox', { name: 'Name of the run' }).fill('faster');
  await page.keyboard.press('Enter');
  await expect(runs.row(/faster/)).toBeVisible();
  await runs.table().getByRole('button', { name: 'Pin faster' }).click();
  await runs
    .table()
    .getByRole('button', { name: /^Run 1/ })
    .focus();
  await page.keyboard.press('Delete');
  await expect(runs.row(/Run 1/)).toBeHidden();
  await expect(app.button('Undo delete 1 run')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(runs.row(/Run 1/)).toBeVisible();
  await runs.table().getByRole('button', { name: 'faster', exact: true }).click();
  await app.button('Make it the baseline').click();
  await expect(runs.row(/faster/)).toContainText('baseline');

  await page.reload();
  await expect(runs.table()).toBeVisible();
  expect(await runs.names()).toEqual([expect.stringContaining('Run 1'), expect.stringContaining('faster')]);
  await expect(runs.row(/faster/)).toContainText('baseline');
  await expect(runs.table().getByRole('button', { name: 'Pin faster' })).toHaveAttribute('aria-pressed', 'true');
  // What differs is what differed: a reload makes no other data of the same ratings.
  await expect(runs.table().getByRole('columnheader', { name: 'Data' })).toBeHidden();

  await runs.go('Play');
  await app.set('Learning rate α', 0.02);
  const pinned = page.getByRole('list', { name: 'Pinned runs' });
  await expect(pinned.getByRole('listitem')).toHaveText([/α 0\.03 \(baseline\)/]);
  await pinned.getByRole('button', { name: 'Unpin faster' }).click();
  await expect(pinned).toBeHidden();
});

test('two runs side by side: settings, curves, R̂ as Play shows it, and what moved', async ({ app, page }) => {
  const runs = new Runs(app);
  const { hat } = await runs.keepTwo();
  await runs.go('Experiment');
  await runs
    .table()
    .getByRole('checkbox', { name: /^Select Run 1/ })
    .check();
  await runs
    .table()
    .getByRole('checkbox', { name: /^Select Run 2/ })
    .check();
  await app.button('Compare').click();
  await expect(page.getByRole('heading', { name: 'Compare' })).toBeFocused();
  const settings = page.getByRole('table', { name: 'Settings that differ, and figures' });
  await expect(settings.getByRole('row', { name: /^Learning rate α/ })).toHaveText(/0\.01\s*0\.03/);
  await expect(settings.getByRole('row', { name: /^Regularization β/ })).toBeHidden();
  await expect(page.getByRole('figure', { name: 'Curves' }).getByRole('img')).toHaveAccessibleName(
    /A seen .*B held out/,
  );

  // "Bo, Alien: 3.84, gap filled"
  const [, item, figure] = /^Bo, (.+): (-?[\d.]+)/.exec(hat) ?? [];
  const matrix = page.getByRole('table', { name: 'R̂ of A' });
  const heads = await matrix.getByRole('columnheader').allInnerTexts();
  const column = heads.indexOf(item ?? '');
  const cells = await matrix.getByRole('row', { name: /^Bo/ }).getByRole('cell').allInnerTexts();
  expect(cells[column]).toBe(figure?.replace('-', '−'));

  const moved = page.getByRole('table', { name: 'Predictions that moved most from A to B' });
  const rows = await moved.getByRole('row').allInnerTexts();
  const changes = rows.slice(1).map((row) => {
    const [before, after, change] = row
      .split('\t')
      .slice(2)
      .map((text) => Number(text.replace('−', '-')));
    expect(Math.abs((after ?? 0) - (before ?? 0) - (change ?? 0))).toBeLessThan(0.011);
    return Math.abs(change ?? 0);
  });
  expect(changes.length).toBeGreaterThan(3);
  expect(changes).toEqual(changes.toSorted((a, b) => b - a));

  expect(await violations(page)).toEqual([]);
  for (const width of [390, 320]) {
    await page.setViewportSize({ width, height: 844 });
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  }
});

test('the files hold what the table shows', async ({ app, page }) => {
  const runs = new Runs(app);
  const { first, second } = await runs.keepTwo();
  await runs.go('Experiment');
  const { data, errors } = Papa.parse<Record<string, string>>((await runs.export('Runs shown (.csv)')).trim(), {
    header: true,
  });
  expect(errors).toEqual([]);
  expect(data.map(({ name }) => name)).toEqual(await runs.names());
  const column = (name: string) => data.map((row) => Number(row[name]));
  expect(column('alpha')).toEqual([0.01, 0.03]);
  expect(column('epochs')).toEqual([100, 60]);
  expect(column('rmseHeldOut').map((rmse) => rmse.toPrecision(4))).toEqual([first.heldOut, second.heldOut]);

  await page.getByRole('searchbox', { name: 'Filter runs' }).fill('0.03');
  await expect(page.getByText('1 of 2 runs')).toBeVisible();
  const parsed: unknown = JSON.parse(await runs.export('Runs shown, with curves (.json)'));
  expect(parsed).toMatchObject({
    format: 'factorscope-runs',
    version: 1,
    runs: [{ model: { alpha: 0.03 }, epochs: 60, ended: 'limit', curve: { epoch: expect.arrayContaining([0, 60]) } }],
  });
});

test('a run of a sweep opens in Play with the error that the table says', async ({ app, page }) => {
  const runs = new Runs(app);
  await app.open();
  await app.moreSettings();
  await app.set('Hold out %', 20);
  await runs.go('Experiment');
  for (const setting of ['Learning rate α', 'Regularization β']) {
    await app.set(`${setting}: from`, 0.01);
    await app.set(`${setting}: to`, 0.1);
    await app.set(`${setting}: values`, 3);
  }
  await app.set('Seeds', 1);
  await app.set('Epochs', 80);
  await app.button('Start sweep').click();
  await expect(page.getByText('9 runs', { exact: true }).and(page.getByRole('status'))).toBeVisible({
    timeout: 30_000,
  });
  // The least comes first without being asked.
  await expect(runs.table().getByRole('columnheader', { name: 'RMSE held out' })).toHaveAttribute(
    'aria-sort',
    'ascending',
  );
  const [best = ''] = await runs.names();
  const name = new RegExp(best.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const told = await runs.figure(name, 'RMSE held out');
  const alpha = await runs.figure(name, 'Learning rate α');
  await runs.table().getByTitle(best, { exact: true }).click();
  await app.button('At its end, epoch 80').click();
  await app.restsAt(80);
  await expect(app.readout('RMSE held out')).toHaveText(told);
  await expect(app.field('Learning rate α')).toHaveValue(alpha);
});

test('runs of a set that holds nothing out keep the leave-one-out figure that Play shows, and are ranked by it', async ({
  app,
  page,
}) => {
  const runs = new Runs(app);
  await app.open();
  await app.chooseDataset(/Notebook/);
  const told = page.getByText(/leave-one-out/).first();
  const keepAt = async (epoch: number): Promise<string> => {
    await app.runTo(epoch);
    await expect(told).toBeVisible();
    await expect(app.readout('RMSE held out')).toHaveText(/^\d\.\d{3}$/);
    // The figure lags behind the run until it rests: then nothing more is said of an epoch.
    await expect(page.getByText(/leave-one-out.* at epoch/)).toBeHidden();
    const figure = await runs.reads('RMSE held out');
    await app.button('Keep this run').click();
    return figure;
  };
  await app.set('Learning rate α', 0.01);
  const figures = [await keepAt(20), await keepAt(300)];
  expect(figures[0]).not.toBe(figures[1]);
  await runs.go('Experiment');
  const head = 'RMSE held out, leave-one-out';
  await expect(runs.table().getByRole('columnheader', { name: head })).toHaveAttribute('aria-sort', 'ascending');
  expect(await runs.figure(/Run 1/, head)).toBe(figures[0]);
  expect(await runs.figure(/Run 2/, head)).toBe(figures[1]);
  const better = Number(figures[0]) < Number(figures[1]) ? 1 : 2;
  expect((await runs.names())[0]).toMatch(new RegExp(`^Run ${better}:`));
  const { data } = Papa.parse<Record<string, string>>((await runs.export('Runs shown (.csv)')).trim(), {
    header: true,
  });
  expect(data.map(({ judging }) => judging)).toEqual(['leave-one-out', 'leave-one-out']);
  expect(data.map(({ rmseHeldOut }) => Number(rmseHeldOut).toPrecision(4))).toEqual(
    better === 1 ? figures : figures.toReversed(),
  );
  await runs.table().getByRole('checkbox', { name: 'Select all that are shown' }).check();
  await app.button('Compare').click();
  const settings = page.getByRole('table', { name: 'Settings that differ, and figures' });
  await expect(settings.getByRole('row', { name: new RegExp(`^${head}`) })).toContainText(figures[0] ?? '');

  // Beside a run that was judged otherwise, how each was judged has a column.
  await runs.go('Play');
  await app.moreSettings();
  await app.set('Hold out %', 20);
  await app.runTo(320);
  await app.button('Keep this run').click();
  await runs.go('Experiment');
  await expect(runs.table().getByRole('columnheader', { name: 'Judged by' })).toBeVisible();
  expect(await runs.figure(/Run 1/, 'Judged by')).toBe('leave-one-out');
  expect(await runs.figure(/Run 3/, 'Judged by')).toBe('the ratings held out in Play');
});

test('Undo in Experiment brings back what was deleted there; a step of Play is taken back only after that, and said', async ({
  app,
  page,
}) => {
  const runs = new Runs(app);
  await app.open();
  await app.chooseDataset(/Notebook/);
  await app.set('Learning rate α', 0.012);
  await app.runTo(20);
  await app.button('Keep this run').click();
  await expect(page.getByRole('status').filter({ hasText: 'Kept: Run 1' })).toBeVisible();
  await runs.go('Experiment');
  const undo = app.undo();
  await expect(undo).toHaveAttribute('title', /^Undo in Play: /);
  const messages = page.getByRole('region', { name: 'Messages' });
  const remove = async () => {
    await runs
      .table()
      .getByRole('button', { name: /^Run 1/ })
      .focus();
    await page.keyboard.press('Delete');
    await expect(runs.row(/Run 1/)).toBeHidden();
    await expect(undo).toHaveAttribute('title', 'Undo: delete 1 run');
  };
  await remove();
  await expect(app.button('Undo delete 1 run')).toBeFocused();
  await page.keyboard.press('Control+z');
  await expect(runs.row(/Run 1/)).toBeVisible();
  await expect(messages).toContainText('Undone: delete 1 run.');
  await remove();
  await undo.click();
  await expect(runs.row(/Run 1/)).toBeVisible();
  await runs.go('Play');
  await expect(app.field('Learning rate α')).toHaveValue('0.012');
  await app.restsAt(20);

  // Nothing is left that was deleted: Play's last step, in words, and the way back.
  await runs.go('Experiment');
  await page.getByRole('heading', { name: 'Runs', exact: true }).click();
  await page.keyboard.press('Control+z');
  await expect(messages.getByText(/^Undone in Play: change /)).toBeVisible();
  await messages.getByRole('button', { name: 'Redo' }).click();
  await expect(messages.getByText(/^Undone in Play: /)).toBeHidden();
  await runs.go('Play');
  await expect(app.field('Learning rate α')).toHaveValue('0.012');
});

test('a cell that diverged opens in Play where it does so again, with Play’s words', async ({ app, page }) => {
  const experiment = new Experiment(app);
  await experiment.open(/Notebook/);
  await experiment.listed('Learning rate α', '0.01, 5');
  await experiment.choose('Judge by', 'leave-one-out');
  await app.set('Seeds', 1);
  await app.set('Epochs', 50);
  await experiment.start();
  await experiment.verdictText();
  await page
    .getByRole('toolbar', { name: 'Values of Learning rate α' })
    .getByRole('button', { name: /^Learning rate α 5: .*diverged/ })
    .click();
  await expect(page).toHaveURL(/#\/play$/);
  await expect(app.alert().filter({ hasText: /^Training blew up in epoch \d/ })).toBeVisible();
  await expect(page.getByText('all folds diverged, so all together came to no figure.')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText('(this run diverged)');
});

test('a run that stopped early and is kept says so, and that the held-out ratings chose its epoch', async ({
  app,
  page,
}) => {
  const runs = new Runs(app);
  await app.open();
  await app.chooseDataset(/Twelve viewers/);
  await app.moreSettings();
  await page.getByRole('checkbox', { name: 'Stop early' }).check();
  await app.field('Run to epoch').fill('5000');
  await app.button('Run').click();
  const stopped = page.getByText(/^Stopped at epoch [\d,]+: held out was best at epoch/);
  await expect(stopped).toBeVisible({ timeout: 20_000 });
  const [, at = '', best = ''] =
    /^Stopped at epoch ([\d,]+): held out was best at epoch ([\d,]+)/.exec(await stopped.innerText()) ?? [];
  expect(best).not.toBe(at);
  await app.button('Keep this run').click();
  await runs.go('Experiment');
  expect(await runs.figure(/Run 1/, 'Epochs')).toBe(best);
  expect(await runs.figure(/Run 1/, 'Ended')).toBe('stopped early');
  const chosen = /the held-out ratings chose, so their error looks better than it is\./;
  await expect(page.getByRole('region', { name: 'Runs' }).getByText(chosen)).toBeVisible();
  await runs
    .table()
    .getByRole('button', { name: /^Run 1/ })
    .click();
  await expect(runs.details(/^Details of Run 1/).getByText(/^Stopped early: the held-out ratings/)).toBeVisible();
});

import type { Page } from '@playwright/test';
import { violations } from './axe.ts';
import { Experiment } from './experiment-page.ts';
import { App, expect, test } from './page.ts';

declare global {
  interface Window {
    /** Every worker the page ever made, with the script it was made from. */
    workersOfSweeps: { readonly worker: Worker; readonly script: string }[];
  }
}

/** The notebook's matrix, written out again here. */
const NOTEBOOK = [
  [5, 3, 0, 1],
  [4, 0, 0, 1],
  [1, 1, 0, 5],
  [1, 0, 0, 4],
  [0, 1, 5, 4],
  [2, 1, 3, 0],
].map((row) => row.filter((rating) => rating > 0));

/** RMSE of predicting each rating by the mean of all others. */
function meanAloneLeftOut(): number {
  const ratings = NOTEBOOK.flat();
  const sum = ratings.reduce((a, b) => a + b, 0);
  const squares = ratings.map((r) => (r - (sum - r) / (ratings.length - 1)) ** 2);
  return Math.sqrt(squares.reduce((a, b) => a + b, 0) / ratings.length);
}

test('α × β on the notebook’s matrix: from the form to a verdict whose numbers are right', async ({ app, page }) => {
  const experiment = new Experiment(app);
  await experiment.open(/Notebook/);
  await experiment.choose('Across', 'Learning rate α');
  await experiment.choose('Down', 'Regularization β');
  await experiment.small({ seeds: 2 });
  await experiment.choose('Judge by', 'leave-one-out');
  await expect(page.getByText('288 runs,')).toBeVisible();
  await expect(page.getByText('9 combinations × 2 seeds × 16 folds')).toBeVisible();
  await experiment.start();

  const text = await experiment.verdictText();
  expect(text).toMatch(
    /α 0\.0\d+, β 0\.\d+: held-out RMSE \d\.\d{3} ± \d\.\d{3} over 2 seeds; the mean alone 1\.\d{3}/,
  );
  expect(NOTEBOOK.flat()).toHaveLength(16);
  expect(text).toContain(`the mean alone ${meanAloneLeftOut().toFixed(3)}`);
  expect(text).toContain('16 left-out ratings');
  expect(text).toContain('Judged by leave-one-out; trained 200 epochs each.');
  await expect(page.getByRole('status').filter({ hasText: 'α × β: done, 288 of 288 runs.' })).toBeAttached();
  await expect(experiment.progress()).toBeHidden();

  // 9 cells, of which the verdict's best is the least.
  const names = await experiment
    .map()
    .getByRole('gridcell')
    .evaluateAll((cells) => cells.map((cell) => cell.getAttribute('aria-label') ?? cell.textContent ?? ''));
  const figures = names.map((name) => Number(/(\d+\.\d{3})/.exec(name.split(':').at(-1) ?? '')?.[1] ?? Number.NaN));
  expect(names).toHaveLength(9);
  const headline = Number(/held-out RMSE (\d\.\d{3})/.exec(text)?.[1]);
  expect(Math.min(...figures.filter((figure) => !Number.isNaN(figure)))).toBe(headline);
});

test('a cell opens its run in Play, and Play comes to the number of the verdict', async ({ app, page }) => {
  const experiment = new Experiment(app);
  await experiment.open();
  await experiment.small();
  await experiment.choose('Judge by', 'held out in Play');
  await experiment.start();
  const text = await experiment.verdictText();
  const [, alpha, beta, figure] = /α ([\d.]+), β ([\d.]+): held-out RMSE (\d\.\d{3,4}) over 1 seed;/.exec(text) ?? [];
  await experiment
    .map()
    .getByRole('gridcell', { name: new RegExp(`^Learning rate α ${alpha}, Regularization β ${beta}:`) })
    .click();
  await expect(page).toHaveURL(/#\/play$/);
  await app.restsAt(200);
  await expect(app.field('Learning rate α')).toHaveValue(alpha ?? '');
  await expect(app.field('Regularization β')).toHaveValue(beta ?? '');
  expect((await app.read('RMSE held out'))?.toPrecision(4)).toBe(figure);

  // By keyboard: the heading has the focus then, so that keys and readers begin there.
  await experiment.go('Experiment');
  const cell = experiment.map().getByRole('gridcell').first();
  const [, first = '', own = ''] =
    /α ([\d.]+), .*: held-out RMSE ([\d.]+)/.exec((await cell.getAttribute('aria-label')) ?? '') ?? [];
  await experiment.map().locator('[tabindex="0"]').focus();
  await page.keyboard.press('Control+Home');
  await expect(cell).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/play$/);
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await app.restsAt(200);
  await expect(app.field('Learning rate α')).toHaveValue(first);
  expect((await app.read('RMSE held out'))?.toPrecision(4)).toBe(own);
});

test('pause, resume and cancel; in Play and Learn the header tells how it stands', async ({ app, page }) => {
  const experiment = new Experiment(app);
  await experiment.open();
  await experiment.long();
  await experiment.start();
  await expect.poll(() => experiment.done()).toBeGreaterThan(3);
  await app.button('Pause').click();
  await expect(app.button('Resume')).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: 'α × β: paused' })).toBeAttached();
  await experiment.go('Play');
  await expect(page.getByRole('link', { name: 'Sweep paused' })).toBeVisible();
  await page.getByRole('link', { name: 'Sweep paused' }).click();
  const paused = await experiment.done();
  await app.button('Resume').click();
  await expect.poll(() => experiment.done()).toBeGreaterThan(paused);

  // It goes on while something else is looked at.
  await experiment.go('Learn');
  const link = page.getByRole('link', { name: /^Sweep \d+ %$/ });
  const share = async () => Number(/\d+/.exec(await link.innerText())?.[0]);
  const before = await share();
  await expect.poll(share, { timeout: 20_000 }).toBeGreaterThan(before);
  await link.click();

  await app.button('Cancel').click();
  await expect(page.getByRole('status').filter({ hasText: 'α × β: canceled' })).toBeAttached();
  const canceled = await experiment.done();
  expect(canceled).toBeGreaterThan(paused);
  expect(canceled).toBeLessThan(576);
  await expect(app.button('Resume')).toBeVisible();
  // What is done is kept, and told as what it is.
  await expect(page.getByText(/^So far \d+ of \d+ combinations/)).toBeVisible();
  expect(await experiment.done()).toBe(canceled);
});

/** How many runs of the first sweep the browser has kept, as the page would find them after a reload. */
function keptRuns(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('factorscope-experiment');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const store = opening.result.transaction('sessions').objectStore('sessions');
          const index = store.get('factorscope-experiment');
          // In pieces, each with the numbers of its runs, behind what is about all of them; its id ends with the tab's name.
          const name = 'factorscope-experiment-results-sweep-1-';
          const pieces = store.getAll(IDBKeyRange.bound(name, `${name}\uffff`));
          store.transaction.oncomplete = () => {
            opening.result.close();
            const kept = pieces.result.reduce((sum: number, { runs }) => sum + (runs?.index.length ?? 0), 0);
            resolve(index.result === undefined ? 0 : kept);
          };
        };
      }),
  );
}

test('a reload in the middle: what was done is there, and the rest goes on by itself', async ({ app, page }) => {
  const experiment = new Experiment(app);
  await experiment.open();
  await experiment.long();
  await app.set('Seeds', 2);
  await app.set('Epochs', 20_000);
  await experiment.start();
  await expect.poll(() => keptRuns(page), { timeout: 20_000 }).toBeGreaterThan(20);
  const kept = await keptRuns(page);
  await page.reload();
  await expect(experiment.progress()).toBeVisible();
  expect(await experiment.done()).toBeGreaterThanOrEqual(kept);
  // The form is as it was typed.
  await expect(app.field('Learning rate α: values')).toHaveValue('12');
  await expect(app.field('Epochs')).toHaveValue('20000');
  await expect(experiment.verdict()).toBeVisible({ timeout: 50_000 });
  await expect(page.getByText('288 of 288 runs').first()).toBeVisible();
});

test('workers that die in a sweep: their runs are done again, and it is said once', async ({ app, page }) => {
  test.setTimeout(90_000);
  await page.addInitScript(() => {
    window.workersOfSweeps = [];
    window.Worker = class extends Worker {
      constructor(address: string | URL, options?: WorkerOptions) {
        super(address, options);
        window.workersOfSweeps.push({ worker: this, script: String(address) });
      }
    };
  });
  const experiment = new Experiment(app);
  await experiment.open();
  await page.getByRole('tab', { name: 'Sweep' }).click();
  await experiment.long();
  await app.set('Seeds', 1);
  await experiment.start();
  await expect.poll(() => experiment.done()).toBeGreaterThan(3);
  await page.evaluate(() => {
    for (const { worker } of window.workersOfSweeps) worker.terminate();
  });
  const said = page.getByText('A worker stopped during the sweep; its runs are done again, nothing is lost.');
  await expect(said).toHaveCount(1, { timeout: 25_000 });
  await expect(experiment.verdict()).toBeVisible({ timeout: 50_000 });
  await expect(page.getByText('144 of 144 runs').first()).toBeVisible();
  await expect(said).toHaveCount(1);
});

test('two tabs: one runs a sweep, the other follows it, and goes on when that one is closed', async ({
  app,
  page,
  context,
}) => {
  test.setTimeout(120_000);
  const experiment = new Experiment(app);
  await experiment.open();
  await experiment.long();
  await app.set('Epochs', 15_000);
  await experiment.start();
  await expect.poll(() => keptRuns(page), { timeout: 20_000 }).toBeGreaterThan(4);

  const other = new Experiment(new App(await context.newPage()));
  await other.open();
  const note = 'Its results follow here. Pause or cancel it there; when that tab is closed, it goes on here.';
  await expect(other.page.getByText(note)).toBeVisible();
  await expect(other.page.getByRole('button', { name: /^α × β.*running in another tab/ })).toBeVisible();
  await expect(other.app.button('Pause')).toBeHidden();
  await expect(other.app.button('Delete α × β')).toBeHidden();
  const seen = await other.done();
  await expect.poll(() => other.done(), { timeout: 20_000 }).toBeGreaterThan(seen);

  // What is begun here waits for its turn; what is named there is named here.
  await other.page.getByRole('textbox', { name: 'Name' }).fill('Mine');
  await other.range('Learning rate α', 0.001, 0.01, 2);
  await other.range('Regularization β', 0.02, 0.2, 2);
  await other.app.set('Seeds', 1);
  await other.app.set('Epochs', 50);
  await other.start();
  await expect(other.page.getByRole('button', { name: /^Mine.*waiting, 0 of 4 runs/ })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Mine.*waiting, 0 of 4 runs/ })).toBeVisible();

  const done = await experiment.done();
  await page.close();
  await other.page.getByRole('button', { name: /^α × β/ }).click();
  await expect(other.app.button('Pause')).toBeVisible();
  await expect.poll(() => other.done(), { timeout: 20_000 }).toBeGreaterThan(done);
  await other.app.button('Cancel').click();
  await expect(other.page.getByRole('button', { name: /^Mine.*4 runs/ })).toBeVisible();
});

test('a best on the edge: one click goes beyond it, and what was done stays', async ({ app, page }) => {
  const experiment = new Experiment(app);
  await experiment.open(/Notebook/);
  await experiment.choose('Across', 'Learning rate α');
  await experiment.choose('Down', 'none');
  // So slow that more is better.
  await experiment.range('Learning rate α', 0.00002, 0.00008, 3);
  await app.set('Seeds', 1);
  await app.set('Epochs', 100);
  await experiment.choose('Judge by', 'leave-one-out');
  await experiment.start();
  const text = await experiment.verdictText();
  expect(text).toMatch(/^α 0\.00008: /m);
  expect(text).toContain('The best lies on the upper edge of α');
  await page.getByRole('button', { name: 'Extend α up to 0.00032' }).click();
  await expect(page.getByText('80 of 80 runs').first()).toBeVisible({ timeout: 20_000 });
  expect(await experiment.verdictText()).toMatch(/^α 0\.00032: /m);
});

test('one click trains the same sweep to the same stopping rule', async ({ app }) => {
  const experiment = new Experiment(app);
  await experiment.open(/Notebook/);
  await experiment.choose('Judge by', 'leave-one-out');
  await experiment.small({ epochs: 50 });
  await experiment.start();
  expect(await experiment.verdictText()).toContain('trained 50 epochs each');
  await app.button('Train to the same stopping rule').click();
  await expect(experiment.verdict().getByText('until settled, 500 epochs at most')).toBeVisible({ timeout: 40_000 });
  await expect(app.button('Train to the same stopping rule')).toBeHidden();
});

test('what cannot be run is said beside its field; what was typed stays', async ({ app, page }) => {
  const experiment = new Experiment(app);
  await experiment.open(/Notebook/);
  await experiment.choose('Judge by', 'leave-one-out');
  await experiment.choose('Learning rate α: spacing', 'listed');
  const list = page.getByRole('textbox', { name: 'Learning rate α: list' });
  await list.fill('0,5 1');
  await expect(list).toHaveAccessibleDescription('“0,5” has a decimal comma; write a point: 0.5.');
  await experiment.start();
  await expect(app.alert().filter({ hasText: 'Not started' })).toBeVisible();
  await expect(page.getByText('None yet. Choose what to vary and start one.')).toBeVisible();

  await experiment.go('Play');
  await app.ready();
  await experiment.go('Experiment');
  await expect(list).toHaveValue('0,5 1');
  await page.reload();
  await expect(list).toHaveValue('0,5 1');
  await list.fill('0.001, 0.01');
  await expect(list).not.toHaveAttribute('aria-invalid');

  await app.set('Seeds', '2,5');
  await expect(app.alert()).toContainText('“2,5” has a decimal comma; write a point: 2.5. Seeds stays 3.');
  const judges = page.getByRole('combobox', { name: 'Judge by' });
  await expect(judges.getByRole('option', { name: 'time-ordered (these ratings have no times)' })).toBeDisabled();
  await expect(judges.getByRole('option', { name: 'held out in Play (nothing is held out)' })).toBeDisabled();
});

test('a plan to begin with fills in the form, and can be taken back', async ({ app, page }) => {
  const experiment = new Experiment(app);
  await experiment.open(/Notebook/);
  await app.set('Learning rate α: values', 7);
  await app.button('Begin with').click();
  await page.getByRole('menuitem', { name: 'Choose k' }).click();
  await expect(page.getByRole('combobox', { name: 'Across' })).toHaveValue('k');
  await expect(page.getByRole('textbox', { name: 'Factors k: list' })).toHaveValue('1, 2, 3, 4, 5, 6, 8, 10');
  await app.button('Take back “Choose k”').click();
  await expect(page.getByRole('combobox', { name: 'Across' })).toHaveValue('alpha');
  await expect(app.field('Learning rate α: values')).toHaveValue('7');
  await app.button('Begin with').click();
  await page.getByRole('menuitem', { name: 'Search' }).click();
  await expect(page.getByRole('checkbox', { name: 'Start scale', exact: true })).toBeChecked();
  await expect(app.field('Combinations')).toHaveValue('60');
});

test('sweeps wait for each other; one is renamed, deleted and brought back', async ({ app, page }) => {
  const experiment = new Experiment(app);
  await experiment.open();
  await experiment.long();
  await experiment.start();
  await page.getByRole('textbox', { name: 'Name' }).fill('Second');
  await experiment.start();
  const list = page.getByRole('region', { name: 'Sweeps' });
  await expect(list.getByRole('button', { name: /^Second .*waiting, 0 of 576 runs$/ })).toBeVisible();
  await app.button('Delete Second').click();
  await expect(list.getByRole('button', { name: /^Second/ })).toBeHidden();
  await page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Undo' }).click();
  await list.getByRole('button', { name: /^Second .*canceled/ }).click();
  await app.button('Rename Second').click();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('Later');
  await page.keyboard.press('Enter');
  await expect(list.getByRole('button', { name: /^Later .*canceled/ })).toBeVisible();
  await list.getByRole('button', { name: /^α × β/ }).click();
  await app.button('Cancel').click();
});

test('with the keyboard alone: choose, start, pause, cancel', async ({ app, page }) => {
  const experiment = new Experiment(app);
  await experiment.open(/Notebook/);
  const tabTo = async (name: string) => {
    for (let presses = 0; presses < 80; presses += 1) {
      await page.keyboard.press('Tab');
      const found = await page.evaluate(() => {
        const { activeElement } = document;
        const labelled = activeElement instanceof HTMLSelectElement || activeElement instanceof HTMLInputElement;
        const labels = labelled ? [...(activeElement.labels ?? [])] : [];
        return activeElement?.getAttribute('aria-label') ?? (labels[0] ?? activeElement)?.textContent ?? '';
      });
      if (found === name) return;
    }
    throw new Error(`Tab never comes to ${name}`);
  };
  await tabTo('Across');
  await page.keyboard.press('r');
  await expect(page.getByRole('combobox', { name: 'Across' })).toHaveValue('beta');
  // The two changed places.
  await expect(page.getByRole('combobox', { name: 'Down' })).toHaveValue('alpha');
  await tabTo('Epochs');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('20000');
  await tabTo('Start sweep');
  await page.keyboard.press('Enter');
  await tabTo('Pause');
  await page.keyboard.press('Enter');
  await expect(app.button('Resume')).toBeFocused();
  await tabTo('Cancel');
  await page.keyboard.press('Space');
  await expect(page.getByRole('status').filter({ hasText: 'β × α: canceled' })).toBeAttached();
});

test('axe finds nothing before, in the middle of and after a sweep, in either theme', async ({ app, page }) => {
  test.setTimeout(120_000);
  const experiment = new Experiment(app);
  await experiment.open(/Notebook/);
  await page.getByRole('tab', { name: 'Sweep' }).click();
  await app.button('Begin with').click();
  await page.getByRole('menuitem', { name: 'Search' }).click();
  await experiment.choose('Stop', 'early');
  expect(await violations(page)).toEqual([]);
  await app.button('Begin with').click();
  await page.getByRole('menuitem', { name: 'α × β map' }).click();
  await experiment.choose('Judge by', 'leave-one-out');
  await experiment.small({ epochs: 100_000 });
  await experiment.start();
  await expect.poll(() => experiment.done()).toBeGreaterThan(16);
  await app.button('Pause').click();
  expect(await violations(page)).toEqual([]);
  await app.button('Cancel').click();
  await expect(page.getByText(/^So far \d+ of \d+ combinations/)).toBeVisible();
  expect(await violations(page)).toEqual([]);
});

test('before there is a sweep the live map stands there, with Play’s settings; axe finds nothing', async ({
  app,
  page,
}) => {
  const experiment = new Experiment(app);
  await experiment.open(/Notebook/);
  await expect(page.getByRole('tab', { name: 'Live map' })).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByText(/^400 runs in/)).toBeVisible({ timeout: 20_000 });
  // What is set here is Play's.
  await app.set('Factors k', 1);
  await expect(page.getByText(/^400 runs in/)).toBeVisible({ timeout: 20_000 });
  expect(await violations(page)).toEqual([]);
  await experiment.go('Play');
  await expect(app.field('Factors k')).toHaveValue('1');
});

for (const width of [390, 320]) {
  test(`${width} px wide: nothing scrolls sideways, with a verdict and a search`, async ({ app, page }) => {
    await page.setViewportSize({ width, height: 844 });
    const experiment = new Experiment(app);
    await experiment.open();
    const sideways = () =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(await sideways()).toBe(0);
    await experiment.small({ epochs: 50 });
    await experiment.start();
    await expect(experiment.verdict()).toBeVisible({ timeout: 20_000 });
    expect(await sideways()).toBe(0);
    await app.button('Begin with').click();
    await page.getByRole('menuitem', { name: 'Search' }).click();
    expect(await sideways()).toBe(0);
  });
}

test('a fold that is opened in Play says which of how many it is, what all came to, and leads to the others', async ({
  app,
  page,
}) => {
  const experiment = new Experiment(app);
  await experiment.open(/Notebook/);
  await experiment.small();
  await experiment.choose('Judge by', 'leave-one-out');
  await experiment.start();
  await experiment.verdictText();
  const cell = experiment.map().getByRole('gridcell').first();
  const pooled = /held-out RMSE (\d\.\d{3})/.exec((await cell.getAttribute('aria-label')) ?? '')?.[1];
  await cell.click();
  await expect(page).toHaveURL(/#\/play$/);
  const fold = page.getByRole('combobox', { name: 'Fold in Play' });
  await expect(fold).toHaveValue('0');
  await expect(page.getByText(`all 16 left-out ratings together: RMSE ${pooled}.`)).toBeVisible();
  await app.restsAt(200);
  const first = await app.read('RMSE held out');
  await fold.selectOption({ value: '7' });
  await app.restsAt(200);
  await expect.poll(() => app.read('RMSE held out')).not.toBe(first);
  await expect(fold).toHaveValue('7');
  // Other settings are another run: nothing is said of it.
  await app.set('Learning rate α', 0.05);
  await expect(fold).toBeHidden();
});

test('without a network, once the page is whole, a sweep runs to its verdict', async ({
  app,
  page,
  context,
  complaints,
}) => {
  const asked: string[] = [];
  const experiment = new Experiment(app);
  await app.open();
  await expect(page.locator('html[data-whole]')).toBeAttached({ timeout: 20_000 });
  page.on('requestfailed', (request) => asked.push(new URL(request.url()).pathname));
  await context.setOffline(true);
  await experiment.go('Experiment');
  await experiment.small();
  await experiment.start();
  expect(await experiment.verdictText()).toContain('held-out RMSE');
  // The browser asks for the icon of the tab by itself.
  expect(asked.filter((path) => !path.endsWith('favicon.svg'))).toEqual([]);
  complaints.splice(0, complaints.length, ...complaints.filter((one) => !one.includes('ERR_INTERNET_DISCONNECTED')));
});

import type { Locator, Page } from '@playwright/test';
import { LESSONS } from '../../src/lessons/lessons.ts';
import { violations } from './axe.ts';
import { PAGE_ADDRESS } from './hosts.ts';
import { type App, expect, test } from './page.ts';

const done = (page: Page) => page.getByRole('region', { name: 'Done.' });

/** Opens a step by its address, and training at full speed; its task is not done. */
async function openStep(app: App, address: string): Promise<void> {
  await app.page.goto(new URL(`#/learn/${address}`, process.env[PAGE_ADDRESS]).href);
  await stepStands(app, address);
  await app.page.getByRole('slider', { name: 'Speed', exact: true }).press('End');
}

/** Goes on by the button below the text. */
async function next(app: App, address: string): Promise<void> {
  await app.page.getByRole('link', { name: 'Next', exact: true }).click();
  await stepStands(app, address);
}

async function stepStands(app: App, address: string): Promise<void> {
  await expect(app.page).toHaveURL(new RegExp(`#/learn/${address}$`));
  // Until the stage is being set, what stands here is the step before.
  await expect(done(app.page)).toHaveCount(0);
  await expect(app.button('Begin this step again')).toBeEnabled();
}

/** The number that stands in the place of `#` of a sentence; a minus is a minus. */
async function numberIn(where: Locator, sentence: string): Promise<number> {
  await expect(where).toContainText(sentence.split('#')[0] ?? '');
  const [before = '', after = ''] = sentence.split('#').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const text = (await where.innerText()).replaceAll(/\s+/g, ' ');
  const found = new RegExp(`${before}([−\\d.]+\\d)${after}`).exec(text)?.[1];
  expect(found, `“${sentence}” in “${text}”`).toBeDefined();
  return Number(found?.replace('−', '-'));
}

const rmseHeldOut = async (app: App): Promise<number> => (await app.read('RMSE held out')) ?? Number.NaN;

async function startOver(app: App): Promise<void> {
  await app.button('Reset').click();
  await app.restsAt(0);
}

async function predictFirst(page: Page, option: string): Promise<void> {
  await page.getByRole('radio', { name: option, exact: true }).check();
}

test('10: two hidden ratings, then a share of all', async ({ app, page }) => {
  await openStep(app, 'hold-out/hide-two');
  for (const place of ['Bo, Star Harbor', 'Lou, Blue Kitchen']) {
    await app.cell(place).click();
    await page.keyboard.press('h');
    await expect(app.cell(place)).toHaveAccessibleName(/, held out$/);
  }
  await expect(done(page)).toContainText('The 2 that are hidden will be asked afterward.');

  await next(app, 'hold-out/beat-the-mean');
  // These two are asked, and no others.
  for (const place of ['Bo, Star Harbor', 'Lou, Blue Kitchen'])
    await expect(app.cell(place)).toHaveAccessibleName(/, held out$/);
  await predictFirst(page, 'yes');
  await app.runTo(300);
  await expect(done(page)).toContainText('You said “yes”. Right.');
  expect(await numberIn(done(page), 'RMSE held out is #')).toBeLessThan(
    await numberIn(done(page), 'that of the mean #'),
  );

  await next(app, 'hold-out/a-share');
  await app.set('Hold out %', 15);
  await app.runTo(300);
  expect(await numberIn(done(page), 'hidden ratings RMSE is #')).toBeCloseTo(await rmseHeldOut(app), 2);
});

test('11: held-out error turns upward, a little β helps, a lot harms', async ({ app, page }) => {
  await openStep(app, 'overfitting/two-curves');
  await predictFirst(page, 'above its lowest');
  await app.runTo(300);
  await expect(done(page)).toContainText('Right.');
  expect(await numberIn(done(page), 'RMSE seen fell to #')).toBeLessThan(0.5);

  await next(app, 'overfitting/raise-beta');
  const before = await rmseHeldOut(app);
  await app.set('Regularization β', 0.03);
  await app.runTo(400);
  await expect(done(page)).toHaveCount(0);
  await app.set('Regularization β', 0.3);
  await app.runTo(500);
  await expect(done(page)).toContainText('A worse fit, and a better model.');
  expect(await rmseHeldOut(app)).toBeLessThan(before - 0.1);

  await next(app, 'overfitting/too-much');
  await app.set('Regularization β', 2);
  await app.runTo(300);
  expect(await numberIn(done(page), 'held out #')).toBeGreaterThan(await numberIn(done(page), 'the mean #'));
});

test('12: biases beat factors, one judge is the most generous, μ adds little here', async ({ app, page }) => {
  await openStep(app, 'biases/switch-them-on');
  const factorsAlone = await rmseHeldOut(app);
  await app.choose('Prediction', 'P Qᵀ + biases');
  await startOver(app);
  await app.runTo(200);
  await expect(done(page)).toContainText('24 biases do nearly all of it');
  expect(await rmseHeldOut(app)).toBeLessThan(factorsAlone);
  expect(await numberIn(done(page), 'this model would still have #')).toBeCloseTo(0.88, 2);

  await next(app, 'biases/the-generous-one');
  await app.cell('Amos, Almond').click();
  expect(await numberIn(done(page), 'Amos gives # points more')).toBeCloseTo(2.66, 1);

  await next(app, 'biases/mu');
  await predictFirst(page, 'no');
  const without = await rmseHeldOut(app);
  await app.choose('Prediction', 'μ + P Qᵀ + biases');
  await startOver(app);
  await app.runTo(200);
  await expect(done(page)).toContainText('Right.');
  expect(Math.abs((await rmseHeldOut(app)) - without)).toBeLessThanOrEqual(0.2);
});

test('13: one factor is too few, eight are too many, and a sweep says which do', async ({ app, page }) => {
  await openStep(app, 'choosing-k/too-few');
  // Its place is in the steps that sweep.
  await expect(page.getByRole('region', { name: 'Sweep over k' })).toHaveCount(0);
  await app.runTo(300);
  await expect(done(page)).toContainText('underfitting');
  expect(await app.read('RMSE seen')).toBeGreaterThan(1);

  await next(app, 'choosing-k/too-many');
  await predictFirst(page, 'far apart');
  await app.runTo(300);
  await expect(done(page)).toContainText('Right.');
  expect(await app.read('RMSE seen')).toBeLessThan(0.5);

  await next(app, 'choosing-k/all-of-them');
  await predictFirst(page, 'falls, then rises');
  const sweep = page.getByRole('region', { name: 'Sweep over k' });
  await expect(sweep).toContainText('8 values of k × 2 seeds × 5 folds: 80 runs of 300 epochs');
  await expect(sweep).toContainText('The line is drawn once all runs are there.');
  await sweep.getByRole('button', { name: 'Sweep k from 1 to 8', exact: true }).click();
  await expect(sweep.getByRole('button', { name: 'Sweep again', exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(sweep.getByRole('status')).toHaveText('All 80 runs are there.');
  await expect(done(page)).toContainText('a valley between them');
  await expect(done(page)).toContainText('Right.');
  const rows = sweep.getByRole('table', { name: 'Figures of the sweep' }).getByRole('row');
  await expect(rows).toHaveCount(9);
  const figures = (await rows.allInnerTexts()).slice(1).map((row) => row.split(/\s+/).map(Number));
  const [heldOut, errors, seen] = [1, 2, 3].map((column) => figures.map((row) => row[column] ?? Number.NaN));
  // Down and up again, while what is seen falls all the way.
  const best = heldOut?.indexOf(Math.min(...(heldOut ?? []))) ?? -1;
  expect(best).toBe(3);
  for (let k = 1; k < 8; k += 1) {
    expect((heldOut?.[k] ?? 0) < (heldOut?.[k - 1] ?? 0)).toBe(k <= best);
    expect(seen?.[k]).toBeLessThan(seen?.[k - 1] ?? 0);
  }
  const limit = await numberIn(sweep, 'line #');
  expect(limit).toBeCloseTo((heldOut?.[best] ?? 0) + (errors?.[best] ?? 0), 2);

  await next(app, 'choosing-k/the-smallest-that-does');
  await expect(sweep.getByRole('status')).toHaveText('All 80 runs are there.');
  for (const k of [4, 2]) {
    await app.set('Factors k', k);
    await expect(app.grid('User factors P').getByRole('gridcell')).toHaveCount(40 * k);
    await expect(done(page)).toHaveCount(0);
  }
  const smallest = 1 + (heldOut?.findIndex((rmse) => rmse <= limit) ?? -1);
  expect(smallest).toBe(3);
  await app.set('Factors k', smallest);
  await expect(done(page)).toContainText('made from three factors');
  await expect(done(page)).toContainText(`${heldOut?.[2]} is at most ${limit}`);
});

test('13: a sweep that is canceled is not done, and goes on where it was; the runs of the reader hear nothing of it', async ({
  app,
  page,
}) => {
  // The same, in the file of a lecturer who has all the time in the world.
  const lesson = LESSONS.find(({ id }) => id === 'choosing-k');
  const steps = lesson?.steps.flatMap((step) =>
    step.sweep ? { ...step, sweep: { ...step.sweep, epochs: 8000 } } : [],
  );
  await app.open();
  await app.openFile('slow.json', JSON.stringify({ ...lesson, steps }));
  await expect(page).toHaveURL(/#\/learn\/own/);
  const sweep = page.getByRole('region', { name: 'Sweep over k' });
  await expect(sweep).toContainText('80 runs of 8,000 epochs');
  // By keyboard: the button changes its name and keeps the keyboard.
  await sweep.getByRole('button', { name: 'Sweep k from 1 to 8', exact: true }).press('Enter');
  const bar = sweep.getByRole('progressbar', { name: 'Runs of the sweep' });
  const landed = async () => Number(await bar.getAttribute('value'));
  await expect.poll(landed).toBeGreaterThan(0);
  await expect(sweep.getByRole('button', { name: 'Cancel', exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  const told = /^Canceled at (\d+) of 80 runs\.$/;
  await expect(sweep.getByRole('status')).toHaveText(told);
  const at = Number(told.exec(await sweep.getByRole('status').innerText())?.[1]);
  await expect(sweep.getByRole('button', { name: 'Go on', exact: true })).toBeFocused();
  await expect(done(page)).toHaveCount(0);
  await expect(sweep).toContainText('The line is drawn once all runs are there.');
  await page.keyboard.press('Enter');
  await expect.poll(landed).toBeGreaterThan(at);

  // Whoever goes away ends it.
  await page.getByRole('link', { name: 'Experiment', exact: true }).click();
  await expect(page.getByText('No runs yet.', { exact: false })).toBeVisible();
  await page.goBack();
  await expect(sweep.getByRole('button', { name: 'Sweep k from 1 to 8', exact: true })).toBeEnabled();
  await expect(done(page)).toHaveCount(0);
});

test('13: the sweep is axe clean in both themes, and as wide as a phone', async ({ app, page }) => {
  await openStep(app, 'choosing-k/the-smallest-that-does');
  const sweep = page.getByRole('region', { name: 'Sweep over k' });
  await expect(sweep.getByRole('status')).toHaveText('All 80 runs are there.');
  expect(await violations(page, '[data-panel="sweep"]')).toEqual([]);
  await page.setViewportSize({ width: 320, height: 700 });
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  const inside = await sweep.evaluate((region) => region.scrollWidth <= region.clientWidth);
  expect(inside).toBe(true);
});

test('14: turned factors predict the same', async ({ app, page }) => {
  await openStep(app, 'rotation/turn-it');
  await predictFirst(page, 'P and Q, not R̂');
  const panel = page.getByRole('region', { name: 'Rotation', exact: true });
  await expect(panel).toContainText('every user and every item together.');
  await expect(page.getByText('no prediction does')).toHaveCount(0);
  await panel.getByRole('spinbutton', { name: 'Angle' }).fill('45');
  await panel.getByRole('spinbutton', { name: 'Angle' }).press('Enter');
  await expect(done(page)).toHaveCount(0);
  await panel.getByRole('button', { name: 'Apply to the run' }).click();
  await expect(done(page)).toContainText('Right.');
  await expect(done(page)).toContainText('of 24 predictions 0 changed');

  await next(app, 'rotation/a-share-of-zero');
  await panel.getByRole('button', { name: 'Turn until the share of factor 1 is zero' }).click();
  await panel.getByRole('button', { name: 'Apply to the run' }).click();
  await expect(done(page)).toContainText('never a reason');
  expect(Math.abs(await numberIn(done(page), 'The share of factor 1 is # now'))).toBeLessThanOrEqual(0.05);
});

test('15: other starts agree when trained on, other data do not', async ({ app, page }) => {
  const panel = page.getByRole('region', { name: 'How sure', exact: true });
  const otherStarts = async () => {
    await panel.getByRole('spinbutton', { name: 'Seeds' }).fill('12');
    await panel.getByRole('spinbutton', { name: 'Seeds' }).press('Enter');
    await panel.getByRole('button', { name: 'Other starts', exact: true }).click();
  };
  await openStep(app, 'how-sure/other-starts');
  await predictFirst(page, 'less than a quarter');
  await otherStarts();
  await expect(done(page)).toContainText('Right.');
  await expect(done(page)).toContainText('unfinished training');

  await next(app, 'how-sure/one-rating-fewer');
  // What the other starts said stands there still: it is not asked for again.
  await expect(panel.getByRole('img', { name: /^Histogram/ })).toHaveCount(2);
  await predictFirst(page, 'less than a quarter');
  await panel.getByRole('button', { name: 'One rating fewer', exact: true }).click();
  await expect(done(page)).toContainText('You said “less than a quarter”. It is “a quarter or more”.');
  await expect(done(page)).toContainText('this is the spread that survives');
  expect(await numberIn(done(page), 'other starts are down to #')).toBeLessThan(
    (await numberIn(done(page), 'a spread of #')) / 4,
  );
});

test('16: the nearest user, the highest gap, and the rating that speaks for it', async ({ app, page }) => {
  const panel = page.getByRole('region', { name: 'What the step speaks of' });
  await openStep(app, 'alike-and-recommended/the-nearest');
  const nearest = panel.getByRole('region', { name: 'Most like Ana' }).getByRole('listitem').first();
  await expect(nearest).toContainText('0.99');
  await nearest.getByRole('button', { name: 'Chen' }).click();
  await expect(done(page)).toContainText('Chen: cosine 0.99 with Ana, and 4 shared films.');
  // The reason speaks of the nearest, whoever is looked at next.
  await app.cell('Bo, Star Harbor').click();
  await expect(panel.getByRole('heading', { name: 'Most like Bo' })).toBeVisible();
  await expect(done(page)).toContainText('Chen: cosine 0.99 with Ana');

  await next(app, 'alike-and-recommended/the-top-gap');
  await panel.getByRole('region', { name: 'For Dee' }).getByRole('button').first().click();
  await expect(done(page)).toContainText('is left out, whatever the model says of it');
  await expect(done(page)).toContainText('Wrong Goat, 4.39');

  await next(app, 'alike-and-recommended/the-reason');
  const reasons = panel.getByRole('region', { name: 'For Fay' }).getByRole('listitem').filter({ hasText: 'Two Roses' });
  await expect(reasons.getByRole('listitem').first()).toHaveText(/^June Letters\s*5 × 0.476 = 2.38$/);
  await app.cell('Fay, June Letters').click();
  expect(await numberIn(done(page), 'and so adds #')).toBeCloseTo(2.38, 2);
});

test('17: three ratings settle a new user', async ({ app, page }) => {
  const panel = page.getByRole('region', { name: 'New user', exact: true });
  const rate = async (item: string, value: number) => {
    const field = panel.getByRole('spinbutton', { name: item, exact: true });
    if (!(await field.isVisible())) await panel.getByRole('combobox', { name: 'Rate an item' }).selectOption(item);
    await field.fill(String(value));
    await field.press('Enter');
  };
  await openStep(app, 'cold-start/three-ratings');
  await rate('Star Harbor', 5);
  await rate('Red Orbit', 5);
  // Chosen, and not yet rated.
  await panel.getByRole('combobox', { name: 'Rate an item' }).selectOption('Wrong Goat');
  await expect(panel.getByRole('spinbutton', { name: 'Wrong Goat', exact: true })).toHaveValue('');
  await expect(done(page)).toHaveCount(0);
  await rate('Wrong Goat', 1);
  await expect(done(page)).toContainText('Nothing was trained');
  expect(await numberIn(done(page), 'Long Signal, in space again, stands at #')).toBeGreaterThanOrEqual(4);
  await app.button('Begin this step again').click();
  await expect(panel.getByRole('spinbutton')).toHaveCount(0);
  await expect(done(page)).toHaveCount(0);

  await next(app, 'cold-start/another-person');
  await rate('Star Harbor', 1);
  await rate('Wrong Goat', 5);
  await rate('Loud Picnic', 5);
  expect(await numberIn(done(page), 'Aunt Chaos stands at #')).toBeGreaterThanOrEqual(4);
});

test('18: ALS ends where SGD does, Adam goes elsewhere with the same β', async ({ app, page }) => {
  await openStep(app, 'optimizers/sgd');
  await app.runTo(1000);
  await expect(done(page)).toContainText('The objective came down to');
  const sgd = (await app.read('RMSE seen')) ?? Number.NaN;
  const objective = await numberIn(done(page), 'The objective came down to #');

  await next(app, 'optimizers/als');
  await predictFirst(page, 'within 1 % of SGD’s');
  await app.choose('Optimizer', 'ALS');
  await expect(done(page)).toHaveCount(0);
  await startOver(app);
  await app.runTo(100);
  await expect(done(page)).toContainText('Two ways down, one place.');
  await expect(done(page)).toContainText('Right.');
  expect(await numberIn(done(page), 'SGD had #')).toBe(objective);
  expect(await numberIn(done(page), ': # % apart')).toBeLessThan(1);

  await next(app, 'optimizers/adam');
  await predictFirst(page, 'more than twice as high');
  await app.choose('Optimizer', 'Adam');
  await app.runTo(2000);
  await expect(done(page)).toContainText('Right.');
  expect(await app.read('RMSE seen')).toBeGreaterThan(2 * sgd);

  await next(app, 'optimizers/twenty-four-million');
  await app.field('Numbers in P and Q together').fill('200000');
  await app.button('Check').click();
  await expect(done(page)).toContainText('120 cells to a number');
});

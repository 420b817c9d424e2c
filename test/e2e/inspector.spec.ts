import { violations } from './axe.ts';
import { type App, expect, test } from './page.ts';

/** Opens a tab of the inspector and waits for its part of the page. */
async function openTab(app: App, name: 'Map' | 'Similar' | 'Recommend'): Promise<void> {
  await app.page.getByRole('tab', { name, exact: true }).click();
  await expect(app.page.getByRole('tabpanel', { name, exact: true })).toBeVisible();
  await expect(
    app.page
      .getByRole('tabpanel')
      .getByRole('heading')
      .or(app.page.getByRole('figure', { name: 'Map' }))
      .first(),
  ).toBeVisible();
}

test('Map: a person finds who is near whom, chooses, lists, and reads the projection', async ({ app, page }) => {
  await app.open();
  await app.runTo(100);
  await openTab(app, 'Map');
  const map = page.getByRole('figure', { name: 'Map', exact: true });
  await map.getByRole('button', { name: 'As a table' }).click();
  const table = map.getByRole('table', { name: 'Places on the map' });
  await expect(table.getByRole('row')).toHaveCount(23);
  await table.getByRole('button', { name: 'Kim', exact: true }).click();
  await table.getByRole('button', { name: 'Loud Picnic', exact: true }).click();
  await expect(map).toContainText('shadow of Kim on Loud Picnic');
  // The number that r̂ uses is the number that stands in R̂.
  const said = /p · q = (-?[\d.]+)/.exec((await map.textContent()) ?? '')?.[1];
  await expect(app.cell('Kim, Loud Picnic', 'Predictions R̂')).toHaveAccessibleName(new RegExp(`${said}`));
  await map.getByRole('button', { name: 'As a table' }).click();

  const plot = page.locator('.map-plot');
  await plot.scrollIntoViewIfNeeded();
  const box = await plot.boundingBox();
  if (!box) throw new Error('the map is not there');
  const corner = async (x: number, y: number) =>
    page.mouse.move(box.x + x * box.width, box.y + y * box.height, { steps: 4 });
  await corner(0.01, 0.01);
  await page.mouse.down();
  for (const [x, y] of [
    [0.99, 0.01],
    [0.99, 0.99],
    [0.01, 0.99],
  ] as const)
    await corner(x, y);
  await page.mouse.up();
  await expect(page.getByText('Listed: 12 users, 10 items')).toBeVisible();
});

test('Map: names never lie over each other while training goes on, and nothing below moves', async ({ app, page }) => {
  await app.open();
  await openTab(app, 'Map');
  const disclosure = page.getByRole('button', { name: 'As a table' });
  const before = await disclosure.boundingBox();
  const first = await page.locator('.map-plot .map-user').getAttribute('d');
  await app.button('Train').click();
  for (let look = 0; look < 8; look += 1) {
    await page.waitForTimeout(120);
    const overlaps = await page.evaluate(() => {
      // A line of text is higher than its letters.
      const boxes = [...document.querySelectorAll('.map-names text')].map((text) => text.getBoundingClientRect());
      const meet = (a: DOMRect, b: DOMRect) =>
        Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0.5 &&
        Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3;
      return boxes.flatMap((a, at) => boxes.slice(0, at).filter((b) => meet(a, b))).length;
    });
    expect(overlaps).toBe(0);
    expect(await disclosure.boundingBox()).toEqual(before);
  }
  await app.button('Pause').click();
  expect(await page.locator('.map-plot .map-user').getAttribute('d')).not.toBe(first);
});

test('Similar: alike users, how much they share, and the stage in their order', async ({ app, page }) => {
  await app.open();
  await app.runTo(200);
  await openTab(app, 'Similar');
  await app.cell('Kim, Wrong Goat').click();
  await expect(page.getByRole('heading', { name: 'Most like Kim' })).toBeVisible();
  const first = page.locator('.similar-row').first();
  await expect(first).toContainText(/Ivo|Jun|Lou/);
  await expect(first).toContainText(/\d shared ratings?/);
  await app.choose('Likeness', 'correlation');
  await expect(first).toContainText(/Ivo|Jun|Lou/);
  await app.set('Groups', 4);
  await app.set('Seed', 7);
  await page.getByRole('radiogroup', { name: 'Compare' }).getByRole('radio', { name: 'items' }).click();
  const names = () => app.grid('Ratings R').getByRole('columnheader').allTextContents();
  const before = await names();
  const sizes = page.getByText(/^Groups of \d/);
  const grouped = await sizes.innerText();
  await app.button('Order columns by group').click();
  await expect(page.getByText('The columns of R, Qᵀ and R̂ now stand by group.')).toBeVisible();
  await expect.poll(names).not.toEqual(before);
  expect((await names()).sort()).toEqual([...before].sort());
  // The groups are those that were ordered, and lines part them in R, Qᵀ and R̂.
  const sorted = (text: string) => (text.match(/\d+/g) ?? []).sort().join();
  expect(sorted(await sizes.innerText())).toBe(sorted(grouped));
  await expect(page.locator('.stage-group-line')).toHaveCount(9);
  await app.undo().click();
  await expect.poll(names).toEqual(before);

  // Ordered, another set has no groups; and a reload leaves the way back.
  await app.button('Order columns by group').click();
  await expect.poll(names).not.toEqual(before);
  await app.chooseDataset(/Generous/);
  await expect(app.cell('Amos, Almond')).toBeVisible();
  await expect(page.locator('.stage-group-line')).toHaveCount(0);
  await app.undo().click();
  await expect(page.locator('.stage-group-line')).toHaveCount(9);
  const ordered = await names();
  await expect.poll(() => page.evaluate(() => localStorage.getItem('factorscope-session'))).toContain('"firstItems"');
  await page.reload();
  await app.ready();
  expect(await names()).toEqual(ordered);
  await openTab(app, 'Similar');
  await page.getByRole('radiogroup', { name: 'Compare' }).getByRole('radio', { name: 'items' }).click();
  await expect(page.getByText('The columns stand in another order than they came in')).toBeVisible();
  await app.button('First order').click();
  await expect.poll(names).toEqual(before);
});

test('Recommend: the best gap with its reasons, then somebody new who becomes a user', async ({ app, page }) => {
  await app.open();
  await app.runTo(200);
  await openTab(app, 'Recommend');
  await app.cell('Ana, Moon Vows').click();
  await expect(page.getByRole('heading', { name: 'For Ana' })).toBeVisible();
  const best = page.locator('.recommend-row').first();
  await expect(best).toContainText('Long Signal');
  await expect(best).toContainText('biases only');
  const predicted = await best.locator('.recommend-predicted').innerText();
  const lines = await best.getByRole('list', { name: 'Reasons: ratings of Ana' }).getByRole('listitem').allInnerTexts();
  const numbers = lines.map((line) => Number(/-?[\d.]+$/.exec(line.trim())?.[0]));
  expect(lines.at(-1)).toContain('r̂');
  expect(Number(numbers.at(-1)).toFixed(2)).toBe(predicted);
  expect(numbers.slice(0, -1).reduce((sum, number) => sum + number, 0)).toBeCloseTo(numbers.at(-1) ?? Number.NaN, 9);
  await expect(app.cell('Ana, Long Signal', 'Predictions R̂')).toHaveAccessibleName(new RegExp(predicted));

  const chooser = page.getByRole('combobox', { name: 'Rate an item' });
  for (const [item, value] of [
    ['Star Harbor', 5],
    ['Two Roses', 1],
    ['Aunt Chaos', 1],
  ] as const) {
    await chooser.selectOption(item);
    await app.set(item, value);
  }
  const predictions = page.getByRole('list', { name: 'Predictions for the new user' }).getByRole('listitem');
  await expect(predictions).toHaveCount(7);
  await expect(predictions.first()).toContainText(/Red Orbit|Long Signal/);
  const [name, number] = (await predictions.first().innerText()).split(/\s*\n\s*/);
  await app.button('Add to R').click();
  // Nothing is trained: what was said a moment ago holds.
  await expect(app.cell(`User 13, ${name}`, 'Predictions R̂')).toHaveAccessibleName(new RegExp(`${number}`));
  await expect(app.cell('User 13, Star Harbor')).toHaveAccessibleName('User 13, Star Harbor: 5');
  await expect(page.getByText('User 13 is in R with 3 ratings.')).toBeVisible();
  await app.undo().click();
  await expect(app.cell('User 13, Star Harbor')).toHaveCount(0);
});

test('Recommend: how sure each gap is, by both questions, asked with one button that also cancels', async ({
  app,
  page,
}) => {
  await app.open();
  await app.runTo(100);
  await openTab(app, 'Recommend');
  await app.cell('Ana, Moon Vows').click();
  const panel = page.getByRole('tabpanel', { name: 'Recommend', exact: true });
  await panel.getByRole('button', { name: 'How sure are these?', exact: true }).click();
  const intervals = panel.locator('.recommend-row').first().getByRole('list', { name: 'How sure' });
  await expect(intervals.getByRole('listitem')).toHaveCount(2, { timeout: 30_000 });
  const said = await intervals.getByRole('listitem').allInnerTexts();
  const ends = said.map((text) => (/([-\d.]+) … ([-\d.]+)/.exec(text) ?? []).slice(1).map(Number));
  expect(said.map((text) => /^(other starts|one rating fewer)/.exec(text)?.[1])).toEqual([
    'other starts',
    'one rating fewer',
  ]);
  for (const [low = 1, high = 0] of ends) expect(low).toBeLessThanOrEqual(high);
  // The cell of R̂ says the same as the list.
  const name = await panel.locator('.recommend-row').first().getByRole('button').innerText();
  await expect(app.cell(`Ana, ${name}`, 'Predictions R̂')).toHaveAccessibleName(
    new RegExp(`other starts ${ends[0]?.map((end) => end.toFixed(2)).join(' … ')}$`),
  );
  const button = panel.getByRole('button', { name: /How sure are these/ });
  await expect(button).toHaveAttribute('aria-disabled', 'true');
  await app.choose('For', 'item');
  await expect(panel.locator('.recommend-row').first().getByRole('list', { name: 'How sure' })).toBeVisible();

  await app.button('Step one epoch').click();
  await expect(panel.getByText('Asked at epoch 100; the run stands elsewhere now.')).toBeVisible();
  await expect(button).toHaveAttribute('aria-disabled', 'false');
  // Slow enough to be stopped on the way.
  await app.chooseDataset(/otebook/);
  await button.click();
  await expect(panel.getByRole('progressbar')).toBeVisible();
  await panel.getByRole('button', { name: 'Cancel How sure are these?' }).click();
  await expect(panel.getByRole('progressbar')).toHaveCount(0);
  await expect(button).toHaveText('How sure are these?');
});

test('Truth: a planted set knows how well its factors were found', async ({ app, page }) => {
  await app.open();
  await app.chooseDataset(/lanted/);
  await app.runTo(300);
  await openTab(app, 'Map');
  const truth = page.getByRole('region', { name: 'Truth', exact: true });
  await expect(truth).toBeVisible();
  const figures = (await truth.getByRole('definition').allInnerTexts()).map(Number);
  const [onGaps = 0, , mean = 0, floor = 0] = figures;
  expect(onGaps).toBeLessThan(mean);
  expect(floor).toBeGreaterThan(0);
});

for (const tab of ['Map', 'Similar', 'Recommend'] as const) {
  for (const width of [1440, 320]) {
    test(`axe finds nothing in ${tab}, ${width} px, in either theme, and nothing is wider than the page`, async ({
      app,
      page,
    }) => {
      await page.setViewportSize({ width, height: 900 });
      await app.open();
      await openTab(app, tab);
      if (tab === 'Map') await page.getByRole('button', { name: 'As a table' }).click();
      if (tab === 'Recommend') {
        await page.getByRole('combobox', { name: 'Rate an item' }).selectOption({ index: 1 });
        await app.button('How sure are these?').click();
        await expect(page.getByRole('list', { name: 'How sure' }).first().getByRole('listitem')).toHaveCount(2, {
          timeout: 30_000,
        });
        // Stale ones look otherwise, and have to be read as well.
        if (width === 320) await page.getByRole('button', { name: /one epoch$/ }).click();
      }
      expect(await violations(page, '.inspector')).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    });
  }
}

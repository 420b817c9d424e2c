import AxeBuilder from '@axe-core/playwright';
import { type App, expect, test } from './page.ts';

const fold = async (app: App, title: string) => {
  await app.button(title).click();
  return app.page.getByRole('region', { name: title, exact: true });
};

test('how sure: other starts and one rating fewer, each with its verdict', async ({ app }) => {
  await app.open();
  await app.runTo(200);
  const panel = await fold(app, 'How sure');
  await panel.getByRole('spinbutton', { name: 'Seeds' }).fill('12');
  await panel.getByRole('spinbutton', { name: 'Seeds' }).press('Enter');
  await panel.getByRole('button', { name: 'Other starts', exact: true }).click();
  await expect(
    panel.getByRole('img', { name: /^Histogram at epoch 200, as far as this run: 12 predictions/ }),
  ).toBeVisible();
  await expect(
    panel.getByRole('img', { name: /^Histogram trained until nothing moves: 12 predictions/ }),
  ).toBeVisible();
  await panel.getByRole('button', { name: 'One rating fewer', exact: true }).click();
  await expect(panel.getByText('more ratings do.')).toBeVisible({ timeout: 30_000 });
  await app.button('Step one epoch').click();
  await expect(panel.getByText('Asked at epoch 200; the run stands elsewhere now.').first()).toBeVisible();
});

test('because: weights add up to the solved sum, and every rating has its influence', async ({ app }) => {
  await app.open();
  await app.runTo(300);
  const panel = await fold(app, 'Because of which ratings');
  const weights = panel.getByRole('table', { name: 'Weights of own ratings' });
  await expect(weights).toBeVisible();
  const rows = await weights.locator('tbody tr').all();
  expect(rows.length).toBeGreaterThan(1);
  const added = await Promise.all(rows.map(async (row) => Number(await row.locator('td').last().innerText())));
  const sum = Number(
    await weights
      .getByRole('row', { name: /^sum if solved/ })
      .locator('td')
      .innerText(),
  );
  expect(Math.abs(added.reduce((a, b) => a + b, 0) - sum)).toBeLessThan(0.0006 * rows.length);
  await panel.getByRole('radio', { name: 'the item' }).click();
  await expect(weights.getByRole('columnheader', { name: 'user' })).toBeVisible();
  await panel.getByRole('button', { name: 'Retrain without each' }).click();
  await expect(panel.getByRole('table', { name: 'Ratings by influence' })).toBeVisible();
  await expect(panel.getByText(/^Each of the \d+ ratings left out in turn/)).toBeVisible();
});

test('layers: one switched off is missing from the sum', async ({ app }) => {
  await app.open();
  await app.runTo(300);
  const panel = await fold(app, 'Layers');
  const sum = panel.getByRole('status', { name: 'sum of the chosen layers' });
  const shown = app.page.locator('.inspect-predicted');
  await expect(sum).toHaveText(await shown.innerText());
  const part = Number(await panel.locator('.layer').first().locator('.layers-caption > .numbers').innerText());
  const before = Number(await sum.innerText());
  await panel.getByRole('checkbox', { name: 'factor 1' }).uncheck();
  await expect.poll(async () => Math.abs(Number(await sum.innerText()) - (before - part))).toBeLessThan(0.011);
  await panel.getByRole('button', { name: 'All layers' }).click();
  await expect(sum).toHaveText(await shown.innerText());
});

test('rotation: a share turned to zero is applied, changes no prediction, and is undone', async ({ app }) => {
  await app.open();
  await app.runTo(300);
  const shown = app.page.locator('.inspect-predicted');
  const predicted = await shown.innerText();
  const panel = await fold(app, 'Rotation');
  const cell = app.grid('User factors P').getByRole('gridcell').first();
  const before = await cell.getAttribute('aria-label');
  await panel.getByRole('button', { name: 'Turn until the share of factor 1 is zero' }).click();
  for (const difference of await panel.locator('.rotation-same dd > span:last-child').allInnerTexts()) {
    expect(Number(difference.replace('difference', '').trim())).toBeLessThanOrEqual(1e-12);
  }
  await panel.getByRole('button', { name: 'Apply to the run' }).click();
  await expect(cell).not.toHaveAccessibleName(before ?? '');
  await expect(app.page.getByRole('region', { name: 'What adds up to it' }).locator('.share').first()).toContainText(
    '0.00',
  );
  await expect(shown).toHaveText(predicted);
  await app.undo().click();
  await expect(cell).toHaveAccessibleName(before ?? '');
});

test('one update, and a number typed over, each undone in one step', async ({ app, page }) => {
  await app.open();
  await app.runTo(5);
  await app
    .grid('Ratings R')
    .getByRole('gridcell', { name: /: [1-5]$/ })
    .first()
    .click();
  const cell = app.grid('User factors P').getByRole('gridcell').first();
  const before = await cell.getAttribute('aria-label');
  await app.button('Do this update').click();
  await expect(cell).not.toHaveAccessibleName(before ?? '');
  await app.undo().click();
  await expect(cell).toHaveAccessibleName(before ?? '');
  expect(await app.read('Epoch')).toBe(5);

  await cell.focus();
  await page.keyboard.press('4');
  const field = page.getByRole('textbox', { name: /factor 1: new value$/ });
  await expect(field).toHaveValue('4');
  await field.fill('4,5');
  await field.press('Enter');
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await field.fill('0');
  await field.press('Enter');
  await expect(cell).toHaveAccessibleName(/factor 1: 0(\.0+)?$/);
  await expect(cell).toBeFocused();
  await app.undo().click();
  await expect(cell).toHaveAccessibleName(before ?? '');
});

for (const [colorScheme, width] of [
  ['light', 1440],
  ['dark', 320],
] as const) {
  test(`axe finds nothing in the open panels: ${colorScheme}, ${width} px`, async ({ app, page }) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    await app.open();
    await app.runTo(50);
    for (const title of ['How sure', 'Because of which ratings', 'Layers', 'Rotation']) await fold(app, title);
    await app.button('Other starts').click();
    await app.button('Retrain without each').click();
    await expect(page.getByRole('table', { name: 'Ratings by influence' })).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
    const [wide, room] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.clientWidth,
    ]);
    expect(wide).toBeLessThanOrEqual(room ?? 0);
  });
}

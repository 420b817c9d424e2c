import { readFile } from 'node:fs/promises';
import type { Locator } from '@playwright/test';
import { type App, expect, type SessionFile, test } from './page.ts';

/** Presses Tab until the control, or something in it, has the focus: as someone without a mouse does. */
async function tabTo(app: App, control: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 150; presses += 1) {
    if (await control.evaluate((element) => element.contains(document.activeElement))) return;
    await app.page.keyboard.press(key);
  }
  throw new Error(`${control} was not reached with ${key}`);
}

/** Focused by the keyboard, a control shows it. */
async function showsFocus(control: Locator): Promise<void> {
  await expect(control).toBeFocused();
  expect(await control.evaluate((element) => getComputedStyle(element).outlineStyle)).not.toBe('none');
}

async function exportByKeyboard(app: App): Promise<SessionFile> {
  await tabTo(app, app.button('Export'));
  await app.page.keyboard.press('Enter');
  await expect(app.page.getByRole('menuitem', { name: 'Session (.json)' })).toBeFocused();
  const downloading = app.page.waitForEvent('download');
  await app.page.keyboard.press('Enter');
  return JSON.parse(await readFile(await (await downloading).path(), 'utf8')) as SessionFile;
}

test('the whole job by keyboard alone', async ({ app, page }) => {
  const { keyboard } = page;
  await app.open();

  // Choose a dataset: the notebook's, by typing its first letters in the picker.
  const picker = page.getByRole('combobox', { name: 'Dataset' });
  await tabTo(app, picker);
  await showsFocus(picker);
  await keyboard.type('Note');
  await expect(app.grid('Ratings R').getByRole('row')).toHaveCount(7);
  const before = await exportByKeyboard(app);
  const { users, items } = before.dataset;
  const place = (user: number, item: number) => `${users[user]}, ${items[item]}`;

  // Edit a cell: go to the first, then right and down; type; Enter.
  await tabTo(app, app.grid('Ratings R'));
  await keyboard.press('Control+Home');
  await keyboard.press('ArrowRight');
  await keyboard.press('ArrowDown');
  await expect(app.cell(place(1, 1))).toBeFocused();
  await keyboard.type('2');
  await keyboard.press('Enter');
  await expect(app.cell(place(1, 1))).toHaveAccessibleName(`${place(1, 1)}: 2`);

  // Hold one out: the first rating of the first user.
  await keyboard.press('Control+Home');
  await keyboard.press('h');
  await expect(app.cell(place(0, 0))).toHaveAccessibleName(`${place(0, 0)}: 5, held out`);

  // Train, then pause.
  await tabTo(app, app.button('Train'));
  await showsFocus(app.button('Train'));
  await keyboard.press('Enter');
  await expect.poll(() => app.read('Epoch')).toBeGreaterThan(10);
  await keyboard.press('Enter');
  await expect(app.button('Train')).toBeFocused();
  // The slice under way when Pause was pressed still comes back: wait until the number stands.
  await expect
    .poll(async () => {
      const now = await app.read('Epoch');
      await page.waitForTimeout(150);
      return (await app.read('Epoch')) === now;
    })
    .toBe(true);
  const reached = (await app.read('Epoch')) ?? 0;
  expect(await app.read('RMSE held out')).toBeGreaterThan(0);

  // Step back in time with the playhead; the predictions follow; then train on from there.
  const prediction = await app.cell(place(2, 2), 'Predictions R̂').getAttribute('aria-label');
  const playhead = page.getByRole('slider', { name: 'Playhead epoch' });
  await tabTo(app, playhead);
  for (let press = 0; press < 5; press += 1) await keyboard.press('ArrowLeft');
  await expect.poll(() => app.read('Epoch')).toBeLessThan(reached);
  const past = (await app.read('Epoch')) ?? 0;
  if (prediction !== null)
    await expect(app.cell(place(2, 2), 'Predictions R̂')).not.toHaveAttribute('aria-label', prediction);
  await tabTo(app, app.button('Train on from here'), 'Shift+Tab');
  await keyboard.press('Enter');
  await expect.poll(() => app.read('Epoch')).toBeGreaterThan(past);
  await tabTo(app, app.button('Pause'), 'Shift+Tab');
  await keyboard.press('Enter');
  await expect(app.button('Train')).toBeVisible();

  // Undo: the epochs that were let go come back, and then the edits go.
  await tabTo(app, app.undo(), 'Shift+Tab');
  await keyboard.press('Enter');
  await expect.poll(() => app.read('Epoch')).toBe(reached);
  await keyboard.press('Enter');
  await expect(app.cell(place(0, 0))).toHaveAccessibleName(`${place(0, 0)}: 5`);

  // Export, and find in the file what was done.
  const after = await exportByKeyboard(app);
  expect(after.dataset.heldOut).toEqual([]);
  expect(after.dataset.ratings).toContainEqual([1, 1, 2]);
  expect(after.state.epoch).toBe(reached);
});

for (const { view, address } of [
  { view: 'Play', address: '' },
  { view: 'a lesson', address: '#/learn/gap-is-not-zero/type-a-zero' },
]) {
  test(`the first stop in ${view} is a way past everything to the matrices`, async ({ app, page }) => {
    await app.open(address);
    const skip = page.getByRole('link', { name: 'Skip to the matrices' });
    await expect(skip).not.toBeInViewport();
    const before = page.url();
    // From the second one back: where Tab begins after a step was scrolled into sight differs from browser to browser.
    await page.getByRole('link', { name: 'Play', exact: true }).focus();
    await page.keyboard.press('Shift+Tab');
    await showsFocus(skip);
    await expect(skip).toBeInViewport({ ratio: 1 });
    await page.keyboard.press('Enter');
    await expect(app.grid('Ratings R').locator(':focus')).toHaveAttribute('tabindex', '0');
    await expect(skip).not.toBeInViewport();
    expect(page.url()).toBe(before);
    // The arrows go on from there.
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('ArrowRight');
    await expect(app.grid('Ratings R').locator(':focus')).toHaveAttribute('aria-colindex', '3');
  });
}

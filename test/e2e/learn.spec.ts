import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { LESSONS } from '../../src/lessons/lessons.ts';
import { type App, expect, test } from './page.ts';
import { smallSession } from './sessions.ts';

const done = (page: Page) => page.getByRole('region', { name: 'Done.' });
const task = (page: Page) => page.getByRole('region', { name: 'Try it.' });

/** Opens a step by its address and waits until its stage is set. */
async function openStep(app: App, address: string): Promise<void> {
  await app.page.goto(new URL(`#/learn/${address}`, app.page.url()).href);
  await stageIsSet(app.page);
}

async function stageIsSet(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: 'Begin this step again' })).toBeEnabled({ timeout: 20_000 });
}

/** Presses Tab until the thing of that name has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, role: string, name: string): Promise<void> {
  for (let presses = 0; presses < 150; presses += 1) {
    await page.keyboard.press('Tab');
    const here = await page.evaluate(() => {
      const element = document.activeElement;
      const implied = { BUTTON: 'button', A: 'link', INPUT: 'slider' }[element?.tagName ?? ''] ?? '';
      return [
        element?.getAttribute('role') ?? implied,
        element?.getAttribute('aria-label') ?? element?.textContent?.trim() ?? '',
      ];
    });
    if (here[0] === role && here[1] === name) return;
  }
  throw new Error(`Tab never reached the ${role} “${name}”`);
}

test('lesson 1 by keyboard alone', async ({ app, page }) => {
  await app.open();
  await openStep(app, 'gap-is-not-zero/fill-a-gap');
  await tabTo(page, 'slider', 'Speed');
  await page.keyboard.press('End');
  await tabTo(page, 'button', 'Reset');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(done(page)).toContainText('The gap has a prediction now');
  await page.keyboard.press('Enter');

  await page.keyboard.press('ArrowRight');
  await expect(page).toHaveURL(/type-a-zero$/);
  await stageIsSet(page);
  await tabTo(page, 'button', 'Go there');
  await page.keyboard.press('Enter');
  await expect(app.cell('Ana, Clue')).toBeFocused();
  await page.keyboard.type('0');
  await page.keyboard.press('Enter');
  await expect(app.cell('Ana, Clue')).toHaveAccessibleName('Ana, Clue: 0');
  await tabTo(page, 'button', 'Train');
  await page.keyboard.press('Enter');
  await expect(done(page)).toContainText('It is “toward 0”.');
  await page.keyboard.press('Enter');

  await page.keyboard.press('PageDown');
  await expect(page).toHaveURL(/make-a-gap-again$/);
  await stageIsSet(page);
  await tabTo(page, 'button', 'Go there');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Delete');
  await expect(app.cell('Ana, Clue')).toHaveAccessibleName('Ana, Clue: gap');
  await tabTo(page, 'button', 'Train');
  await page.keyboard.press('Enter');
  await expect(done(page)).toContainText('The prediction rose');
  await page.keyboard.press('Enter');

  await page.keyboard.press('PageDown');
  await expect(page).toHaveURL(/zero-filled-svd$/);
  await stageIsSet(page);
  await tabTo(page, 'button', 'Go there');
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(done(page)).toContainText('the zero-filled SVD says');
});

test('lesson 1 by clicker alone', async ({ app, page }) => {
  await app.open();
  await openStep(app, 'gap-is-not-zero');
  for (const [n, step] of (LESSONS[0]?.steps ?? []).entries()) {
    await expect(page).toHaveURL(new RegExp(`#/learn/gap-is-not-zero/${step.id}$`));
    await stageIsSet(page);
    await expect(done(page)).toHaveCount(0);
    await page.keyboard.press('PageDown');
    await expect(done(page)).toBeVisible();
    await expect(page.getByRole('link', { name: `Step ${n + 1} of 4, done`, exact: true })).toBeVisible();
    await page.keyboard.press('PageDown');
  }
  await expect(page).toHaveURL(new RegExp(`#/learn/${LESSONS[1]?.id}/`));
  await stageIsSet(page);
  await page.keyboard.press('PageUp');
  await expect(page).toHaveURL(/zero-filled-svd$/);
});

test('leaving a lesson gives back the own study untouched, and progress is kept', async ({ app, page }) => {
  await app.open();
  await app.openSession(smallSession());
  const rated = await app.cell('Ana, Alien').getAttribute('aria-label');
  await app.cell('Ana, Alien').click();
  await page.keyboard.type('2');
  await page.keyboard.press('Enter');
  await app.runTo(40);
  const before = await app.exportSession();
  await page.evaluate(() => {
    window.location.hash = '#/learn/gap-is-not-zero/type-a-zero';
  });
  await stageIsSet(page);
  await page.keyboard.press('PageDown');
  await expect(done(page)).toBeVisible();
  await page.getByRole('link', { name: 'Play', exact: true }).click();
  await app.ready();
  expect(await app.exportSession()).toEqual(before);
  await app.undo().click();
  await expect(app.cell('Ana, Alien')).toHaveAccessibleName(rated ?? '');
  await app.button('Redo').click();
  await expect(app.cell('Ana, Alien')).toHaveAccessibleName('Ana, Alien: 2');

  await openStep(app, 'gap-is-not-zero/make-a-gap-again');
  await page.reload();
  await stageIsSet(page);
  await expect(page.getByRole('link', { name: 'Step 2 of 4, done', exact: true })).toBeVisible();
  await page.getByRole('link', { name: 'Play', exact: true }).click();
  await app.ready();
  const after = await app.exportSession();
  expect(after.dataset).toEqual(before.dataset);
  expect(after.state).toEqual(before.state);
});

for (const lesson of LESSONS) {
  test(`every step of ${lesson.number}, ${lesson.id}, opens by its address`, async ({ app, page }) => {
    await app.open();
    for (const step of lesson.steps) {
      await openStep(app, `${lesson.id}/${step.id}`);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(done(page)).toHaveCount(0);
      const text = await page.getByRole('region', { name: 'Lesson', exact: true }).innerText();
      expect(text).not.toContain('…\n');
    }
  });
}

const OWN = {
  format: 'factorscope-lesson',
  version: 1,
  id: 'mine',
  number: 3,
  title: 'My lesson',
  idea: 'It is mine.',
  steps: [
    {
      id: 'one',
      text: 'Six viewers.',
      stage: { study: { builtin: 'six-viewers' } },
      focus: { control: 'step-epoch' },
      ask: 'Step one epoch.',
      expect: 'trained >= 1',
      why: 'The epoch is {epoch:0}.',
    },
  ],
};

test('a lesson opened from a file is played, survives a reload, and can be saved again', async ({ app, page }) => {
  const { BUILTINS } = await import('../../src/core/builtin.ts');
  const own = JSON.stringify(OWN).replace('six-viewers', BUILTINS[0]?.id ?? '');
  await app.open();
  await app.openFile('mine.json', own);
  await expect(page).toHaveURL(/#\/learn\/own\/one$/);
  await stageIsSet(page);
  await app.button('Step one epoch').click();
  await expect(done(page)).toContainText('The epoch is 1.');
  await page.reload();
  await stageIsSet(page);
  await expect(page.getByRole('heading', { name: 'My lesson' })).toBeVisible();
  await page.getByRole('link', { name: 'All lessons' }).first().click();
  const downloading = page.waitForEvent('download');
  await app.button('Save the lesson file').click();
  expect((await downloading).suggestedFilename()).toBe('lesson.json');
  await app.openFile('broken.json', own.replace('trained >= 1', 'no-such-thing > 1'));
  await expect(app.alert()).toContainText('broken.json');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in Learn, ${colorScheme}`, async ({ app, page }) => {
    await page.emulateMedia({ colorScheme });
    await app.open();
    const violations = async () => {
      const found = await new AxeBuilder({ page }).analyze();
      return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
    };
    await page.goto(new URL('#/learn', page.url()).href);
    await expect(page.getByRole('heading', { name: 'Learn' })).toBeVisible();
    expect(await violations()).toEqual([]);
    for (const address of ['gap-is-not-zero/type-a-zero', 'error-and-rmse/best-constant', 'two-thin-matrices']) {
      await openStep(app, address);
      expect(await violations()).toEqual([]);
    }
    await openStep(app, 'gap-is-not-zero/fill-a-gap');
    await page.keyboard.press('PageDown');
    await expect(done(page)).toBeVisible();
    expect(await violations()).toEqual([]);
  });
}

for (const width of [320, 720, 1024]) {
  test(`at ${width} px Learn does not scroll sideways`, async ({ app, page }) => {
    await page.setViewportSize({ width, height: 800 });
    await app.open();
    for (const address of ['', 'dot-product/read-it', 'downhill', 'learning-rate', 'choosing-k']) {
      await page.goto(new URL(`#/learn/${address}`.replace(/\/$/, ''), page.url()).href);
      if (address === '') await expect(page.getByRole('heading', { name: 'Learn' })).toBeVisible();
      else await stageIsSet(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    }
    await expect(task(page)).toBeVisible();
  });
}

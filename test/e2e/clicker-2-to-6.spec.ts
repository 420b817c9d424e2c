import { LESSONS } from '../../src/lessons/lessons.ts';
import { type App, expect, test } from './page.ts';

/** What the stage or the lesson's field has to show once the task was done in view, by the step's address. */
const IN_VIEW: Readonly<Record<string, (app: App) => Promise<void>>> = {
  'error-and-rmse/one-error': (app) => expect(app.cell('Ana, Alien')).toHaveAttribute('aria-selected', 'true'),
  'error-and-rmse/best-constant': async (app) => {
    await expect(app.field('The constant c')).toHaveValue('2.625');
    await expect(app.cell('Fay, Dune', 'Predictions R̂')).toHaveAccessibleName(/: 2\.6/);
  },
  'error-and-rmse/far-off': (app) => expect(app.cell('Ana, Alien')).toHaveAccessibleName('Ana, Alien: 10'),
  'two-thin-matrices/fewer-than-ratings': (app) => expect(app.field('Factors k')).toHaveValue('1'),
  'two-thin-matrices/a-larger-set': (app) => expect(app.field('Factors k')).toHaveValue('3'),
  'two-thin-matrices/more-than-ratings': async (app) => expect(await app.read('Epoch')).toBe(500),
  'dot-product/one-entry': (app) =>
    expect(app.cell('Bo, factor 1', 'User factors P')).toHaveAccessibleName(/: 0(\.0+)?$/),
  'dot-product/make-it-four': (app) =>
    expect(app.cell('Bo, Clue', 'Predictions R̂')).toHaveAccessibleName(/^Bo, Clue: 4\.00/),
  'downhill/the-pull-of-beta': (app) =>
    expect(app.cell('Ana, factor 1', 'User factors P')).toHaveAccessibleName(/: 1\.95/),
  'one-update/the-error': (app) => expect(app.field('e')).toHaveValue('2.5'),
  'one-update/new-p': (app) => expect(app.field('new p')).toHaveValue('1.74'),
  'one-update/new-q-sequential': (app) => expect(app.field('new q, sequential')).toHaveValue('2.355'),
  'one-update/new-q-simultaneous': (app) => expect(app.field('new q, simultaneous')).toHaveValue('1.985'),
};

test('lessons 2 to 6 by Page Down alone, each task done in view', async ({ app, page }) => {
  const lessons = LESSONS.slice(1, 6);
  await app.open(`#/learn/${lessons[0]?.id}`);
  for (const lesson of lessons) {
    for (const [n, step] of lesson.steps.entries()) {
      await expect(page).toHaveURL(new RegExp(`#/learn/${lesson.id}(/${step.id})?$`));
      // First this: the button of the step before may still be there, and pressed too early the key does nothing.
      await expect(page.getByRole('region', { name: 'Done.' })).toHaveCount(0);
      await expect(app.button('Begin this step again')).toBeEnabled({ timeout: 20_000 });
      await page.keyboard.press('PageDown');
      await expect(page.getByRole('region', { name: 'Done.' })).toBeInViewport({ timeout: 20_000 });
      await expect(
        page.getByRole('link', { name: `Step ${n + 1} of ${lesson.steps.length}, done`, exact: true }),
      ).toBeVisible();
      await IN_VIEW[`${lesson.id}/${step.id}`]?.(app);
      await page.keyboard.press('PageDown');
    }
  }
  await expect(page).toHaveURL(new RegExp(`#/learn/${LESSONS[6]?.id}/`));
});

test('at 320 px nothing of lessons 1 to 6 scrolls sideways, done or not', async ({ app, page }) => {
  await page.setViewportSize({ width: 320, height: 800 });
  await app.open();
  const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
  for (const lesson of LESSONS.slice(0, 6)) {
    for (const step of lesson.steps) {
      await page.goto(new URL(`#/learn/${lesson.id}/${step.id}`, page.url()).href);
      await expect(page.getByRole('region', { name: 'Done.' })).toHaveCount(0);
      await expect(app.button('Begin this step again')).toBeEnabled({ timeout: 20_000 });
      expect(await fits(), step.id).toBe(true);
      await page.keyboard.press('PageDown');
      await expect(page.getByRole('region', { name: 'Done.' })).toBeVisible({ timeout: 20_000 });
      expect(await fits(), `${step.id}, done`).toBe(true);
    }
  }
});

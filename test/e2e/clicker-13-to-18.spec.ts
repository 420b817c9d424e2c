import type { Page } from '@playwright/test';
import { addressOf } from '../../src/lessons/lesson.ts';
import { LESSONS } from '../../src/lessons/lessons.ts';
import { PAGE_ADDRESS } from './hosts.ts';
import { type App, expect, test } from './page.ts';

const COURSE = LESSONS.filter(({ number }) => number >= 13);

const done = (page: Page) => page.getByRole('region', { name: 'Done.' });

/** Page Down, as a clicker sends it: the task is done before the audience, and the next Page Down goes on. */
async function press(app: App, key: 'PageDown' | 'PageUp'): Promise<void> {
  await app.page.keyboard.press(key);
}

async function stepStands(app: App, address: string): Promise<void> {
  await expect(app.page).toHaveURL(new RegExp(`#/learn/${address}$`));
  // Until the stage is being set, what stands here is the step before.
  await expect(done(app.page)).toHaveCount(0);
  await expect(app.button('Begin this step again')).toBeEnabled({ timeout: 20_000 });
}

for (const lesson of COURSE) {
  test(`${lesson.number}, ${lesson.id}, by clicker alone`, async ({ app, page }) => {
    await page.setViewportSize({ width: 1920, height: 1080 });
    const first = lesson.steps[0];
    if (!first) throw new Error(`${lesson.id} has no step`);
    await page.goto(new URL(`#/learn/${addressOf(lesson, first)}`, process.env[PAGE_ADDRESS]).href);
    for (const [n, step] of lesson.steps.entries()) {
      await stepStands(app, addressOf(lesson, step));
      await press(app, 'PageDown');
      await expect(done(page)).toBeVisible({ timeout: 30_000 });
      await expect(app.button('Show me')).toBeEnabled();
      // It was done on this page, no farther.
      await expect(page).toHaveURL(new RegExp(`#/learn/${addressOf(lesson, step)}$`));
      const name = `Step ${n + 1} of ${lesson.steps.length}, done`;
      await expect(page.getByRole('link', { name, exact: true })).toBeVisible();
      // Every number of the reason is there; a question that nobody answered is answered all the same.
      await expect(done(page)).not.toContainText('—');
      if (step.predict) await expect(done(page)).toContainText('The answer is “');
      await press(app, 'PageDown');
    }
    const following = LESSONS[lesson.number];
    await expect(page).toHaveURL(following ? new RegExp(`#/learn/${following.id}/`) : /#\/learn$/);
    if (!following) return;
    // The address changes a moment before the page does.
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(following.title);
    await press(app, 'PageUp');
    const last = lesson.steps.at(-1);
    if (last) await expect(page).toHaveURL(new RegExp(`#/learn/${addressOf(lesson, last)}$`));
  });
}

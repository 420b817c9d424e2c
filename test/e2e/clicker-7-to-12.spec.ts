import type { Page } from '@playwright/test';
import { LESSONS } from '../../src/lessons/lessons.ts';
import { expect, test } from './page.ts';

/** What stands there when the app has shown the task of a step, at its address. */
const SHOWN: Readonly<Record<string, readonly (string | RegExp)[]>> = {
  'an-epoch/one-rating': ['moved 9 of the 24 predictions'],
  'an-epoch/sixteen': ['One epoch, 16 updates', 'was 2.767 and is 1.803 now'],
  'an-epoch/made-worse': ['updates of others, in its row or its column'],
  'random-starts/all-zero': ['The answer is “all 0”.', 'Still 0'],
  'random-starts/all-alike': ['The answer is “1”.', 'Rank 1'],
  'random-starts/by-chance': ['Rank 3', /RMSE seen 0\.0\d\d\b/],
  'hold-out/hide-two': ['Training sees 83 ratings now.'],
  'hold-out/beat-the-mean': ['RMSE held out is 0.498, that of the mean 2.145'],
  'hold-out/a-share': ['Over 13 hidden ratings'],
  'overfitting/two-curves': ['The answer is “above its lowest”.'],
  'overfitting/raise-beta': ['β=0.30', 'A worse fit, and a better model.'],
  'overfitting/too-much': ['The answer is “no”.'],
  'biases/switch-them-on': ['24 biases do nearly all of it'],
  'biases/the-generous-one': ['Amos gives 2.66 points more than a judge whose bias is 0'],
  'biases/mu': ['The answer is “no”.'],
};

const COURSE = ['an-epoch', 'random-starts', 'hold-out', 'overfitting', 'biases'];

async function stageIsSet(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: 'Begin this step again' })).toBeEnabled({ timeout: 20_000 });
}

for (const id of COURSE) {
  const lesson = LESSONS.find((one) => one.id === id);
  test(`${lesson?.number}, ${id}, by Page Down alone, on a projector`, async ({ app, page }) => {
    await page.setViewportSize({ width: 1920, height: 1080 });
    await app.open();
    await page.goto(new URL(`#/learn/${id}`, page.url()).href);
    const done = page.getByRole('region', { name: 'Done.' });
    for (const step of lesson?.steps ?? []) {
      const address = `${id}/${step.id}`;
      await expect(page).toHaveURL(new RegExp(`#/learn/${address}$`));
      // In this order: the button of the step before may still be there, and pressed too early the key does nothing.
      await expect(done).toHaveCount(0);
      await stageIsSet(page);
      await page.keyboard.press('PageDown');
      for (const part of SHOWN[address] ?? ['nothing is known of this step']) await expect(done).toContainText(part);
      // The reason is read by everybody in the room, and what was done stays on the stage.
      await expect(done).toBeInViewport({ ratio: 1 });
      await expect(app.button('Train')).toBeInViewport();
      await expect(done).toBeVisible();
      await page.keyboard.press('PageDown');
    }
    const after = LESSONS[LESSONS.findIndex((one) => one.id === id) + 1];
    await expect(page).toHaveURL(new RegExp(`#/learn/${after?.id}/${after?.steps[0]?.id}$`));
  });
}

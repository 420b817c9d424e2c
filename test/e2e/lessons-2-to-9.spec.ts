import type { Locator } from '@playwright/test';
import { LESSONS } from '../../src/lessons/lessons.ts';
import { type App, expect, test } from './page.ts';

/** One lesson as somebody goes through it: step after step, with mouse and keyboard. */
class Reading {
  readonly app: App;
  readonly done: Locator;
  readonly text: Locator;
  private step = 0;
  private readonly id: string;

  private constructor(app: App, id: string) {
    this.app = app;
    this.id = id;
    this.done = app.page.getByRole('region', { name: 'Done.' });
    this.text = app.page.getByRole('region', { name: 'Lesson', exact: true });
  }

  static async open(app: App, id: string): Promise<Reading> {
    const reading = new Reading(app, id);
    await app.open(`#/learn/${id}/${reading.stepId()}`);
    await reading.begins();
    return reading;
  }

  private stepId(): string | undefined {
    return LESSONS.find((lesson) => lesson.id === this.id)?.steps[this.step]?.id;
  }

  private async begins(): Promise<void> {
    await expect(this.done).toHaveCount(0);
    await expect(this.app.button('Begin this step again')).toBeEnabled({ timeout: 20_000 });
    // Nothing is done by setting the stage.
    await expect(this.done).toHaveCount(0);
  }

  /** The step is done, and says these parts of its reason. */
  async isDone(...parts: readonly (string | RegExp)[]): Promise<void> {
    for (const part of parts) await expect(this.done).toContainText(part);
    await expect(
      this.app.page.getByRole('link', { name: new RegExp(`^Step ${this.step + 1} of .*, done$`) }),
    ).toBeVisible();
  }

  async next(): Promise<void> {
    this.step += 1;
    await this.app.page.getByRole('link', { name: 'Next', exact: true }).click();
    await expect(this.app.page).toHaveURL(new RegExp(`#/learn/${this.id}/${this.stepId()}$`));
    await this.begins();
  }

  async predict(option: string): Promise<void> {
    await this.text.getByRole('radio', { name: option, exact: true }).check();
  }

  /** Types the number that the step asks for. */
  async give(label: string, text: string): Promise<void> {
    await this.app.field(label).fill(text);
    await this.app.button('Check').click();
  }

  /** As fast as possible: a slow run shows more than a test has to see. */
  async hurry(): Promise<void> {
    await this.app.page.getByRole('slider', { name: 'Speed', exact: true }).press('End');
  }
}

test('2, error and RMSE; leaving it brings the own study back', async ({ app, page }) => {
  await app.open();
  await app.cell('Ana, Long Signal').click();
  await page.keyboard.type('2');
  await page.keyboard.press('Enter');
  await expect(app.cell('Ana, Long Signal')).toHaveAccessibleName('Ana, Long Signal: 2');
  const own = await app.exportSession();

  const lesson = await Reading.open(app, 'error-and-rmse');
  await app.cell('Chen, Dune').click();
  await lesson.isDone('Off by 3', 'above 0 the prediction is too low');

  await lesson.next();
  const slider = page.getByRole('slider', { name: 'The constant c', exact: true });
  await slider.fill('255');
  expect(await app.read('RMSE seen')).toBeGreaterThan(1.616);
  await expect(lesson.done).toHaveCount(0);
  for (let presses = 0; presses < 7; presses += 1) await slider.press('ArrowRight');
  // 42 / 16, and the spread of the ratings around it.
  await lesson.isDone('2.6250', '1.6154');
  // Whoever drags on reads no other number as that of the mean.
  await slider.fill('400');
  await expect(lesson.text).toContainText(/RMSE is 2\.\d{4} now/);
  await lesson.isDone('2.6250', '1.6154');

  await lesson.next();
  await lesson.predict('RMSE');
  await app.cell('Bo, Alien').click();
  await page.keyboard.type('10');
  await page.keyboard.press('Enter');
  await lesson.isDone('Right.', 'RMSE is 1.50 times what it was, MAE 1.25 times');

  await page.getByRole('link', { name: 'Play', exact: true }).click();
  await app.ready();
  expect(await app.exportSession()).toEqual(own);
});

test('3, two thin matrices', async ({ app }) => {
  const lesson = await Reading.open(app, 'two-thin-matrices');
  await app.set('Factors k', 2);
  await expect(lesson.text).toContainText('20 numbers for 16 ratings');
  await expect(lesson.done).toHaveCount(0);
  await app.set('Factors k', 1);
  await lesson.isDone('10 numbers for 16 ratings', 'would make 20');

  await lesson.next();
  await app.set('Factors k', 4);
  await expect(lesson.done).toHaveCount(0);
  await app.set('Factors k', 3);
  await lesson.isDone('66 numbers for 85 ratings');

  await lesson.next();
  await lesson.hurry();
  await lesson.predict('nearly exact');
  await app.runTo(500);
  await lesson.isDone('Right.', /RMSE seen is 0\.0\d{3}\b/);
});

test('4, a dot product predicts a rating', async ({ app, page }) => {
  const lesson = await Reading.open(app, 'dot-product');
  await app.button('Go there').click();
  await page.keyboard.press('Enter');
  await lesson.isDone('=3.07. That is all a prediction is.');

  await lesson.next();
  await lesson.predict('the whole row');
  await app.button('Go there').click();
  await page.keyboard.type('-1');
  await page.keyboard.press('Enter');
  await lesson.isDone('Right.', '4 cells changed');

  await lesson.next();
  // r̂ has to rise by 0.93, and Clue's second factor is 2.07: from 0.69 to 1.14.
  await app.cell('Bo, factor 2', 'User factors P').dblclick();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('1.14');
  await page.keyboard.press('Enter');
  await lesson.isDone(/=(3\.9[5-9]|4\.0[0-5])/, 'Bo gave Alien a 4');
});

test('5, downhill', async ({ app }) => {
  const lesson = await Reading.open(app, 'downhill');
  await lesson.predict('up');
  await app.button('Step one rating').click();
  await lesson.isDone('Right.', 'p went from 1.000 to 1.299', '0.299');
  // Whoever trains on still reads of that update, and of the numbers that it began with.
  await app.button('Step one epoch').click();
  await app.restsAt(1);
  await lesson.isDone('p went from 1.000 to 1.299');
  await expect(lesson.text).toContainText(/p=1\.0, q=1\.0/);

  await lesson.next();
  await lesson.predict('up');
  await app.button('Step one rating').click();
  await lesson.isDone('You said “up”. It is “down”.', 'p went from 1.000 to 0.499');

  await lesson.next();
  await lesson.predict('down');
  await app.button('Step one rating').click();
  await lesson.isDone('Right.', 'p went from 2.000 to 1.950');
});

test('6, one update by hand', async ({ app }) => {
  const lesson = await Reading.open(app, 'one-update');
  await lesson.give('e', '2,5');
  await expect(lesson.text).toContainText('2.5');
  await expect(lesson.done).toHaveCount(0);
  await lesson.give('e', '-2.5');
  await expect(lesson.text).toContainText('is not it yet.');
  await lesson.give('e', '2.5');
  await lesson.isDone('2.500');

  await lesson.next();
  await lesson.give('new p', '1.74');
  await lesson.isDone('1.740');

  await lesson.next();
  await lesson.give('new q, sequential', '1.985');
  await expect(lesson.done).toHaveCount(0);
  await lesson.give('new q, sequential', '2.355');
  await lesson.isDone('with the new p', '2.355');

  await lesson.next();
  await lesson.give('new q, simultaneous', '1.985');
  await lesson.isDone('with the old p', '1.985');
});

test('7, an epoch', async ({ app }) => {
  const lesson = await Reading.open(app, 'an-epoch');
  await lesson.predict('those in its row and its column');
  await app.button('Step one rating').click();
  await lesson.isDone('Right.', 'moved 9 of the 24 predictions', 'was 4.11 and is 2.99 now');

  await lesson.next();
  // At one stroke the epoch is complete too, and nobody has seen it go from rating to rating.
  await app.button('Step one epoch').click();
  await app.restsAt(1);
  await expect(lesson.done).toHaveCount(0);
  await app.button('Reset').click();
  await app.restsAt(0);
  for (let presses = 0; presses < 16; presses += 1) {
    await expect(lesson.done).toHaveCount(0);
    await app.button('Step one rating').click();
  }
  await lesson.isDone('One epoch, 16 updates', 'was 2.767 and is 1.803 now');
  expect(await app.read('Epoch')).toBe(1);

  await lesson.next();
  await app.cell('Ana, Brazil').click();
  await expect(lesson.text).toContainText('off by 2.568 at the start, and by 1.704 after the epoch');
  await expect(lesson.done).toHaveCount(0);
  await app.cell('Ana, Dune').click();
  await lesson.isDone('updates of others, in its row or its column');
  await expect(lesson.text).toContainText('off by 0.607 at the start, and by 1.035 after the epoch');
});

test('8, random starts', async ({ app }) => {
  const lesson = await Reading.open(app, 'random-starts');
  await lesson.hurry();
  await lesson.predict('all 0');
  await app.runTo(100);
  await lesson.isDone('Right.', 'the rank of PQᵀ is 0, and stays 0');

  await lesson.next();
  await lesson.predict('1');
  await app.runTo(300);
  await lesson.isDone('Right.', 'Rank 1');
  // The text tells of the start, not of what has become of it.
  await expect(lesson.text).toContainText('another number: 0.50 everywhere');

  await lesson.next();
  await app.runTo(300);
  await lesson.isDone('Rank 3', /RMSE seen 0\.0\d\d\b/);
});

test('9, learning rate', async ({ app }) => {
  const lesson = await Reading.open(app, 'learning-rate');
  await lesson.hurry();
  await app.set('Learning rate α', '0.0002');
  await app.runTo(200);
  await lesson.isDone('has only not been given the time');
  expect(await app.read('RMSE seen')).toBeGreaterThan(1);

  await lesson.next();
  await app.runTo(200);
  await expect(lesson.done).toHaveCount(0);
  await app.button('Reset').click();
  await app.set('Learning rate α', '0.02');
  await app.runTo(200);
  await lesson.isDone(/reached 0\.0\d\d in 200 epochs/);

  await lesson.next();
  await app.set('Learning rate α', '0.15');
  await app.button('Train').click();
  await lesson.isDone('outgrew every bound');

  await lesson.next();
  await app.set('Learning rate α', '0.07');
  await app.runTo(200);
  await lesson.isDone(/it rose \d+ times/);
});

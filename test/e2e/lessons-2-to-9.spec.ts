import type { Locator } from '@playwright/test';
import { LESSONS } from '../../src/lessons/lessons.ts';
import { violations } from './axe.ts';
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

test('5, downhill', async ({ app, page }) => {
  const lesson = await Reading.open(app, 'downhill');
  await lesson.predict('up');
  await app.button('Step one rating').click();
  await lesson.isDone('Right.', 'p went from 1.000 to 1.299', '0.299', 'q by its own slope from 1.000 to 1.389');
  // The stage says what the step made of the error, and nothing of that is cut off.
  const written = page.getByRole('region', { name: 'The selected prediction, written out', exact: true });
  await expect(written).toContainText('rated 4, error 3.000, now 2.196');
  for (const width of [1280, 1440]) {
    await page.setViewportSize({ width, height: 720 });
    await expect
      .poll(() => written.evaluate((box) => [box.scrollWidth - box.clientWidth, box.scrollHeight - box.clientHeight]))
      .toEqual([0, 0]);
  }
  // Whoever trains on still reads of that update, and of the numbers that it began with.
  await app.button('Step one epoch').click();
  await app.restsAt(1);
  await lesson.isDone('p went from 1.000 to 1.299');
  await expect(lesson.text).toContainText(/p=1\.0, q=1\.0/);

  await lesson.next();
  await lesson.predict('up');
  // The second step of an epoch is another one than the reason speaks of.
  await app.button('Step one epoch').click();
  await app.restsAt(1);
  await app.button('Step one rating').click();
  await expect(app.page.getByText('Training went on since the step began')).toBeVisible();
  await expect(lesson.done).toHaveCount(0);
  await app.button('Reset').click();
  await app.restsAt(0);
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
  await expect(app.page.getByText('Ratings went by without a step of their own')).toBeVisible();
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

/** The strip of learning rates, by what a reader sees and hears of it. */
class Strip {
  readonly slider: Locator;
  readonly region: Locator;
  private readonly app: App;

  constructor(app: App) {
    this.app = app;
    this.region = app.page.getByRole('region', { name: 'Strip of learning rates', exact: true });
    this.slider = this.region.getByRole('slider', { name: 'Learning rate α of the strip', exact: true });
  }

  /** Presses on the strip where the marker is, and moves sideways by so many pixels in steps of 3; the button stays down. */
  async dragBy(pixels: number): Promise<void> {
    const box = await this.slider.boundingBox();
    if (!box) throw new Error('no marker');
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await this.app.page.mouse.move(x, y);
    await this.app.page.mouse.down();
    await this.app.page.mouse.move(x + pixels, y, { steps: Math.ceil(Math.abs(pixels) / 3) });
  }

  async alpha(): Promise<number> {
    return Number(await this.slider.getAttribute('aria-valuenow'));
  }

  /** What the slider says, once the run of that α is there. */
  async says(): Promise<string> {
    await expect(this.slider).toHaveAttribute('aria-valuetext', /: /);
    return (await this.slider.getAttribute('aria-valuetext')) ?? '';
  }
}

test('9, learning rate', async ({ app, page }) => {
  const lesson = await Reading.open(app, 'learning-rate');
  const strip = new Strip(app);
  await expect(strip.region).toContainText(
    'Crawling from 0.0001 to 0.0012; converging from 0.0013 to 0.07; diverged from 0.08 to 1.',
  );
  expect(await strip.says()).toBe('α 0.03: RMSE seen 0.05995 after 200 epochs, converging: covered 100 % of the way');

  // Two decades to the left: the curve follows the hand, and nothing is done before the button is up.
  await strip.dragBy(-180);
  expect(await strip.alpha()).toBeLessThan(0.01);
  await strip.dragBy(-600);
  expect(await strip.alpha()).toBe(0.0001);
  await expect(strip.region.getByRole('img', { name: 'RMSE by epoch at α 0.0001, 200 epochs' })).toBeVisible();
  expect(await strip.says()).toBe('α 0.0001: RMSE seen 2.508 after 200 epochs, crawling: covered 10 % of the way');
  await expect(lesson.done).toHaveCount(0);
  await page.mouse.up();
  await lesson.isDone('has only not been given the time');
  // The stage has that α now, and its run ends where the strip said.
  await lesson.hurry();
  await app.runTo(200);
  expect(await app.read('RMSE seen')).toBe(2.508);

  // By keyboard from here.
  await lesson.next();
  await app.button('Go there').click();
  await expect(strip.slider).toBeFocused();
  expect(await strip.alpha()).toBe(0.0001);
  for (let presses = 0; presses < 39; presses += 1) await page.keyboard.press('ArrowRight');
  await expect(lesson.done).toHaveCount(0);
  expect(await strip.says()).toMatch(/^α 0\.005: RMSE seen 0\.1059/);
  await page.keyboard.press('ArrowRight');
  await lesson.isDone('At α=0.0056 RMSE seen ends at 0.097');

  await lesson.next();
  await strip.slider.press('End');
  await lesson.isDone('outgrew every bound');
  expect(await strip.says()).toBe('α 1: diverged in epoch 1');
  // Every setting but α makes another strip.
  await app.button('Model settings').click();
  await app.set('Regularization β', '1');
  await expect(strip.region).toContainText(
    'Crawling from 0.0001 to 0.0014; converging from 0.0016 to 0.08; oscillating from 0.09 to 0.1; diverged from 0.11 to 1.',
  );

  await lesson.next();
  await expect(strip.region).toContainText('oscillating from 0.06 to 0.07; diverged from 0.08 to 1.');
  await strip.slider.focus();
  for (let presses = 0; presses < 8; presses += 1) await page.keyboard.press('ArrowRight');
  expect(await strip.says()).toBe(
    'α 0.065: RMSE seen 0.06300 after 200 epochs, oscillating: lost again 17 % of what it gained',
  );
  await expect(lesson.done).toHaveCount(0);
  await page.keyboard.press('ArrowRight');
  await lesson.isDone('RMSE seen rose 90 times on its way to 0.064');
});

test('9, learning rate, by a clicker alone', async ({ app, page }) => {
  await app.open('#/learn/learning-rate/crawl');
  const done = page.getByRole('region', { name: 'Done.' });
  const place = page.getByText(/^Lesson 9 of/);
  for (const step of [1, 2, 3, 4]) {
    await expect(place).toContainText(`Step ${step} of 4`);
    await expect(app.button('Begin this step again')).toBeEnabled();
    await expect(done).toHaveCount(0);
    await page.keyboard.press('PageDown');
    await expect(done).toBeVisible();
    if (step < 4) await page.keyboard.press('PageDown');
  }
});

for (const width of [1440, 320]) {
  test(`axe finds nothing in the strip of learning rates, in either theme: ${width} px, and nothing is wider than the page`, async ({
    app,
    page,
  }) => {
    await page.setViewportSize({ width, height: 900 });
    await Reading.open(app, 'learning-rate');
    await expect(new Strip(app).region).toContainText('diverged from 0.08 to 1.');
    expect(await violations(page, '.rate-strip')).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });
}

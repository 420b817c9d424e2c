import type { Page } from '@playwright/test';
import { LESSONS } from '../../src/lessons/lessons.ts';
import { violations } from './axe.ts';
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
  await expect(done(page)).toContainText('The answer is “toward 0”.');
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

// The others are gone through by clicker in the specs named after it; lesson 9 with its strip in lessons-2-to-9.
test('lesson 1 by clicker alone', async ({ app, page }) => {
  const [lesson, following] = LESSONS;
  if (!lesson || !following) throw new Error('there are lessons');
  await app.open();
  await openStep(app, lesson.id);
  const { length } = lesson.steps;
  for (const [n, step] of lesson.steps.entries()) {
    await expect(page).toHaveURL(new RegExp(`#/learn/${lesson.id}/${step.id}$`));
    await expect(done(page)).toHaveCount(0);
    await stageIsSet(page);
    await page.keyboard.press('PageDown');
    await expect(done(page)).toBeVisible({ timeout: 40_000 });
    await expect(page.getByRole('link', { name: `Step ${n + 1} of ${length}, done`, exact: true })).toBeVisible();
    await expect(app.button('Show me')).toBeEnabled({ timeout: 20_000 });
    await page.keyboard.press('PageDown');
  }
  await expect(page).toHaveURL(new RegExp(`#/learn/${following.id}/`));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(following.title);
  await stageIsSet(page);
  await page.keyboard.press('PageUp');
  await expect(page).toHaveURL(new RegExp(`/${lesson.steps.at(-1)?.id}$`));
});

test('when the task is done the run pauses, and text and readouts say the same', async ({ app, page }) => {
  await app.open();
  await openStep(app, 'random-starts/by-chance');
  await app.button('Train').click();
  await expect(done(page)).toBeVisible();
  await expect(app.button('Train')).toBeVisible();
  const said = /RMSE seen\D*(\d+\.\d+)/.exec(await done(page).innerText())?.[1] ?? '';
  expect((await app.read('RMSE seen'))?.toFixed(3)).toBe(Number(said).toFixed(3));
});

test('an ensemble counts once it is whole', async ({ app, page }) => {
  await app.open();
  await openStep(app, 'how-sure/other-starts');
  await app.button('Other starts').click();
  await expect(done(page)).toBeVisible({ timeout: 40_000 });
  // Not a moment before: what runs can be canceled.
  expect(await app.button('Cancel Other starts').count()).toBe(0);
});

test('Back of the browser goes from step to step, and addresses that lead nowhere say so', async ({ app, page }) => {
  await app.open();
  await openStep(app, 'dot-product/read-it');
  for (const step of ['one-entry', 'make-it-four']) {
    await page.getByRole('link', { name: 'Next', exact: true }).click();
    await expect(page).toHaveURL(new RegExp(`/${step}$`));
    await stageIsSet(page);
  }
  await page.goBack();
  await expect(page).toHaveURL(/one-entry$/);
  await stageIsSet(page);
  await expect(page.getByRole('link', { name: 'Step 2 of 3', exact: true })).toHaveAttribute('aria-current', 'step');
  await page.goBack();
  await expect(page).toHaveURL(/read-it$/);
  await stageIsSet(page);
  await page.goForward();
  await expect(page).toHaveURL(/one-entry$/);
  await stageIsSet(page);
  for (const address of ['no-such-lesson', 'dot-product/no-such-step']) {
    await page.goto(new URL(`#/learn/${address}`, page.url()).href);
    await expect(app.alert().filter({ hasText: address })).toContainText('The list of lessons is shown instead.');
    await expect(page).toHaveURL(/#\/learn$/);
    await expect(page.getByRole('heading', { name: 'Learn', level: 1 })).toBeVisible();
  }
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

for (const [from, to] of [
  [1, 6],
  [7, 12],
  [13, 18],
] as const) {
  test(`every step of lessons ${from} to ${to} opens by its address`, async ({ app, page }) => {
    test.setTimeout(120_000);
    await app.open();
    for (const lesson of LESSONS.filter(({ number }) => number >= from && number <= to)) {
      for (const step of lesson.steps) {
        await openStep(app, `${lesson.id}/${step.id}`);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await expect(done(page)).toHaveCount(0);
        // No number of it is still to come.
        const numbers = page.getByRole('region', { name: 'Lesson', exact: true }).locator('.numbers');
        await expect(numbers.filter({ hasText: /^…$/ })).toHaveCount(0);
      }
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
  // Another one takes its place, at an address of its own step.
  await app.openFile('other.json', own.replaceAll('My lesson', 'Another lesson').replace('"id":"one"', '"id":"other"'));
  await expect(page.getByRole('heading', { name: 'Another lesson' })).toBeVisible();
  await expect(page).toHaveURL(/#\/learn\/own\/other$/);
  await stageIsSet(page);
  await app.openFile('mine.json', own);
  await expect(page.getByRole('heading', { name: 'My lesson' })).toBeVisible();
  await expect(page).toHaveURL(/#\/learn\/own\/one$/);
  await page.getByRole('link', { name: 'All lessons' }).first().click();
  const downloading = page.waitForEvent('download');
  await app.button('Save the lesson file').click();
  expect((await downloading).suggestedFilename()).toBe('lesson.json');
  await app.openFile('broken.json', own.replace('trained >= 1', 'no-such-thing > 1'));
  await expect(app.alert()).toContainText('broken.json, steps[0].expect');
  // What a clicker would do is read too, before anybody stands in front of an audience.
  const show = (action: object) =>
    JSON.stringify({ ...JSON.parse(own), steps: [{ ...JSON.parse(own).steps[0], show: [action] }] });
  await app.openFile('show.json', show({ do: 'type', value: 'nobody(1)' }));
  await expect(app.alert().filter({ hasText: 'show.json' })).toContainText('steps[0].show[0].value');
  await app.openFile('action.json', show({ do: 'dance' }));
  await expect(app.alert().filter({ hasText: 'action.json' })).toContainText('steps[0].show[0].do');
  await expect(page.getByRole('heading', { name: 'Learn', level: 1 })).toBeVisible();
});

test('a step whose task is done from the start says so, with its place in the file', async ({ app, page }) => {
  const { BUILTINS } = await import('../../src/core/builtin.ts');
  const own = JSON.parse(JSON.stringify(OWN).replace('six-viewers', BUILTINS[0]?.id ?? ''));
  const [one] = own.steps;
  const two = { ...one, id: 'two', stage: { ...one.stage, epoch: 20 }, expect: 'epoch >= 10' };
  await app.open();
  await app.openFile('mine.json', JSON.stringify({ ...own, steps: [one, two] }));
  await stageIsSet(page);
  await expect(app.alert()).toHaveCount(0);
  await app.button('Step one epoch').click();
  await expect(done(page)).toContainText('The epoch is 1.');
  await expect(app.alert()).toHaveCount(0);
  await page.keyboard.press('PageDown');
  await stageIsSet(page);
  await expect(app.alert()).toContainText('steps[1].expect holds as soon as the stage is set');
});

test('a lesson keeps what it said of the beginning, and does not advise on settings', async ({ app, page }) => {
  await app.open();
  await openStep(app, 'gap-is-not-zero/make-a-gap-again');
  const text = page.locator('.learn-text');
  await expect(text).toContainText('300 epochs were trained with it. They ended at');
  const before = await text.innerText();
  await app.button('Step one epoch').click();
  await app.button('Reset').click();
  await expect(app.button('Step one epoch')).toBeEnabled();
  expect(await text.innerText()).toBe(before);
  // The marked numbers follow the selected cell.
  await openStep(app, 'gap-is-not-zero/zero-filled-svd');
  await expect(text).toContainText('For the selected cell, Dee and Brazil');
  await app.cell('Ana, Clue').click();
  await expect(text).toContainText('For the selected cell, Ana and Clue');
  await expect(page.getByText('does worse than guessing the mean')).toHaveCount(0);
});

test('what a new user is predicted comes into view beside the text', async ({ app, page }) => {
  await app.open();
  await openStep(app, 'cold-start/three-ratings');
  await page.keyboard.press('PageDown');
  await expect(done(page)).toContainText('After 3 ratings Long Signal');
  await expect(app.button('Add to R')).toBeInViewport({ ratio: 1 });
  // Whoever chose an item by hand has the keyboard there, and a clicker goes on all the same.
  await page.getByRole('combobox', { name: 'Rate an item', exact: true }).focus();
  await page.keyboard.press('PageDown');
  await expect(page).toHaveURL(/another-person$/);
});

for (const [width, height] of [
  [1280, 720],
  [1366, 768],
] as const) {
  test(`beside a panel the stage keeps its shape, and nothing but the panel scrolls: ${width} × ${height}`, async ({
    app,
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await app.open();
    for (const [address, title] of [
      ['rotation/turn-it', 'Rotation'],
      ['how-sure/other-starts', 'How sure'],
      ['cold-start/three-ratings', 'Cold start'],
    ] as const) {
      await page.goto(new URL(`#/learn/${address}`, page.url()).href);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
      await stageIsSet(page);
      const panel = page.getByRole('region', { name: 'What the step speaks of' });
      await expect.poll(() => panel.evaluate((element) => element.scrollTop)).toBeGreaterThan(0);
      const ring = page.locator('.learn-ring');
      await expect(ring).toBeInViewport({ ratio: 0.9 });
      const scrolled = await page.evaluate(() =>
        ['.learn-main', '.learn-page', '.learn-right', '.learn-stage', '.learn-scroll'].map((name) => {
          const box = document.querySelector(name);
          return [name, box?.scrollTop, name === '.learn-page' && (box?.scrollHeight ?? 0) - (box?.clientHeight ?? 0)];
        }),
      );
      expect(scrolled).toEqual([
        ['.learn-main', 0, false],
        ['.learn-page', 0, 0],
        ['.learn-right', 0, false],
        ['.learn-stage', 0, false],
        ['.learn-scroll', 0, false],
      ]);
      await expect(app.button('Train')).toBeInViewport({ ratio: 1 });
      // As the algebra has it: R, then P, then R̂, all three below Qᵀ.
      const [ratings, P, predictions] = await Promise.all(
        ['Ratings R', 'User factors P', 'Predictions R̂'].map((name) =>
          page.getByRole('grid', { name, exact: true }).boundingBox(),
        ),
      );
      if (!ratings || !P || !predictions) throw new Error('a matrix is missing');
      expect(P.x).toBeGreaterThan(ratings.x + ratings.width);
      expect(predictions.x).toBeGreaterThanOrEqual(P.x + P.width);
      expect(predictions.y).toBeLessThan(height - 100);
    }
  });
}

const SIZES = { desk: [1440, 900], phone: [320, 640], projector: [1920, 1080] } as const;
for (const [name, [width, height]] of Object.entries(SIZES)) {
  test(`axe finds nothing in Learn, in either theme: ${name}`, async ({ app, page }) => {
    test.setTimeout(120_000);
    await page.setViewportSize({ width, height });
    await app.open();
    await page.goto(new URL('#/learn', page.url()).href);
    await expect(page.getByRole('heading', { name: 'Learn' })).toBeVisible();
    expect(await violations(page)).toEqual([]);
    // What the panels of a step hold does not depend on the size: once is enough for those.
    const panels = ['gap-is-not-zero/type-a-zero', 'error-and-rmse/best-constant', 'how-sure', 'cold-start'];
    for (const address of name === 'desk' ? panels : []) {
      await openStep(app, address);
      expect(await violations(page)).toEqual([]);
    }
    await openStep(app, 'gap-is-not-zero/fill-a-gap');
    await page.keyboard.press('PageDown');
    await expect(done(page)).toBeVisible();
    expect(await violations(page)).toEqual([]);
  });
}

test('formulas are MathML, with the words and numbers that are seen', async ({ app, page }) => {
  await app.open();
  await openStep(app, 'downhill/the-slope');
  const lesson = page.getByRole('region', { name: 'Lesson', exact: true });
  const formulas = await lesson.locator('math').evaluateAll((list) =>
    list.map((math) => ({
      space: math.namespaceURI,
      text: math.textContent ?? '',
      hidden: !!math.closest('[aria-hidden]'),
    })),
  );
  expect(formulas.length).toBeGreaterThan(5);
  for (const { space, text, hidden } of formulas) {
    expect(space).toBe('http://www.w3.org/1998/Math/MathML');
    expect(text.trim()).not.toBe('');
    expect(hidden).toBe(false);
  }
  const snapshot = await lesson.ariaSnapshot();
  expect(snapshot).toContain('math');
});

for (const width of [320, 720, 1024]) {
  test(`at ${width} px no step scrolls sideways`, async ({ app, page }) => {
    test.setTimeout(180_000);
    await page.setViewportSize({ width, height: 800 });
    await app.open();
    await page.goto(new URL('#/learn', page.url()).href);
    await expect(page.getByRole('heading', { name: 'Learn' })).toBeVisible();
    const sideways = () => page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    expect(await sideways()).toBe(false);
    // Of every lesson one step; which one goes through them all in the course of lessons.
    for (const [n, { id, steps }] of LESSONS.entries()) {
      const step = steps[n % steps.length];
      await openStep(app, `${id}/${step?.id}`);
      expect(await sideways(), `${id}/${step?.id}`).toBe(false);
    }
    await expect(task(page)).toBeVisible();
  });
}

test('on a phone nothing lies over what a step points at, and the way on is in sight', async ({ app, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await app.open();
  const places = [
    ['two-thin-matrices/a-larger-set', app.field('Factors k')],
    ['hold-out/a-share', app.field('Hold out %')],
    ['rotation/turn-it', page.getByRole('slider', { name: 'Angle' })],
    ['how-sure/other-starts', app.button('Other starts')],
    ['dot-product/one-entry', app.cell('Bo, factor 1', 'User factors P')],
  ] as const;
  for (const [address, target] of places) {
    await openStep(app, address);
    const next = page
      .getByRole('link', { name: 'Next', exact: true })
      .or(page.getByRole('link', { name: 'Next lesson' }));
    await expect(next).toBeInViewport();
    await expect(target).toBeVisible();
    await app.button('Go there').click();
    await expect(target).toBeInViewport({ ratio: 1 });
    // Whatever lies over it would be found in its place.
    const free = await target.evaluate((element) => {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      const found = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      return found !== null && (element.contains(found) || found.contains(element));
    });
    expect(free, address).toBe(true);
    await expect(next).toBeInViewport();
  }
  // From far below, one button leads to what is said about the done task.
  await openStep(app, 'random-starts/by-chance');
  await app.button('Go there').click();
  await app.button('Train').click();
  await app.button('Done: why').click();
  await expect(done(page)).toBeInViewport();
});

test('a page that was open for a moment needs no network, in any tab and in Learn', async ({
  app,
  page,
  context,
  complaints,
}) => {
  const asked: string[] = [];
  await app.open();
  await expect(page.locator('html[data-whole]')).toBeAttached({ timeout: 20_000 });
  page.on('requestfailed', (request) => asked.push(new URL(request.url()).pathname));
  await context.setOffline(true);
  for (const tab of ['Map', 'Similar', 'Recommend', 'Inspect']) {
    await page.getByRole('tab', { name: tab }).click();
    await expect(page.getByRole('tabpanel', { name: tab })).not.toContainText('Fetching');
  }
  for (const fold of ['How sure', 'Because of which ratings', 'Layers', 'Rotation']) {
    await app.button(fold).click();
  }
  await app.button('One rating fewer').click();
  await expect(app.button('Cancel One rating fewer')).toHaveCount(0, { timeout: 20_000 });
  await expect(page.getByRole('slider', { name: 'Angle' })).toBeVisible();
  await page.getByRole('link', { name: 'Learn', exact: true }).click();
  await openStep(app, 'gap-is-not-zero/fill-a-gap');
  await page.keyboard.press('PageDown');
  await expect(done(page)).toBeVisible();
  await expect(app.alert()).toHaveCount(0);
  // The browser asks for the picture in its tab whenever the address changes.
  expect(asked.filter((path) => !path.endsWith('/favicon.svg'))).toEqual([]);
  complaints.splice(0, complaints.length, ...complaints.filter((one) => !one.includes('ERR_INTERNET_DISCONNECTED')));
});

test('a part that cannot be fetched says so in its place, and comes at the next try', async ({
  app,
  page,
  complaints,
}) => {
  let broken = true;
  await page.route(/\/(LearnRoute|map)-[^/]*$/, (route) => (broken ? route.abort() : route.continue()));
  await app.open();
  await page.getByRole('tab', { name: 'Map' }).click();
  await expect(app.alert()).toContainText('could not be fetched');
  await expect(app.alert()).toContainText('Everything else is as it was.');
  await app.runTo(5);
  await page.getByRole('link', { name: 'Learn', exact: true }).click();
  await expect(app.alert()).toContainText('Your study is kept as it is, in Play.');
  await app.button('Try again').click();
  await expect(app.alert()).toContainText('could not be fetched');
  await page.getByRole('link', { name: 'Play', exact: true }).click();
  expect(await app.read('Epoch')).toBe(5);
  broken = false;
  const map = page.getByRole('figure', { name: 'Map', exact: true });
  await page.getByRole('tab', { name: 'Map' }).click();
  // Where the browser remembers that a script did not come, only a new page asks for it again.
  await expect(map.or(app.button('Reload the page'))).toBeVisible();
  if (await app.button('Reload the page').isVisible()) {
    await app.button('Reload the page').click();
    await app.ready();
    await app.restsAt(5);
    await page.getByRole('tab', { name: 'Map' }).click();
  }
  await expect(map).toBeVisible();
  await page.getByRole('link', { name: 'Learn', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Learn', level: 1 })).toBeVisible();
  await expect(page.locator('link[rel="stylesheet"][href*="LearnRoute"]')).toHaveCount(1);
  await expect(app.alert()).toHaveCount(0);
  complaints.splice(0, complaints.length, ...complaints.filter((one) => !one.includes('ERR_FAILED')));
});

test('a lesson file that cannot be looked into says so, and opens at the next try', async ({
  app,
  page,
  complaints,
}) => {
  const { BUILTINS } = await import('../../src/core/builtin.ts');
  const own = JSON.stringify(OWN).replace('six-viewers', BUILTINS[0]?.id ?? '');
  let broken = true;
  await page.route(/\/read-lesson-[^/]*$/, (route) => (broken ? route.abort() : route.continue()));
  await app.open();
  await app.openFile('mine.json', own);
  await expect(app.alert()).toContainText('mine.json: What reads it could not be fetched');
  await expect(app.alert()).toContainText('Nothing was opened');
  await expect(page).not.toHaveURL(/own/);
  await app.button('Dismiss').click();
  await expect(app.alert()).toHaveCount(0);
  broken = false;
  await app.openFile('mine.json', own);
  // Where the browser remembers that a script did not come, only a new page asks for it again, as the message says.
  const opened = page.getByRole('heading', { name: OWN.title, level: 1 });
  const said = app.alert().filter({ hasText: 'if that does not help, reload the page' });
  await expect(opened.or(said)).toBeVisible();
  if (await said.isVisible()) {
    await page.reload();
    await app.ready();
    await app.openFile('mine.json', own);
  }
  await expect(page).toHaveURL(/#\/learn\/own\/one$/);
  await stageIsSet(page);
  complaints.splice(0, complaints.length, ...complaints.filter((one) => !one.includes('ERR_FAILED')));
});

test('who trained where nothing may be trained is told, on a phone too', async ({ app, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await app.open();
  await openStep(app, 'dot-product/make-it-four');
  const inTheWay = app.button('In the way');
  await expect(inTheWay).toHaveCount(0);
  await app.button('Step one epoch').click();
  await expect.poll(() => app.read('Epoch')).toBe(301);
  await app.cell('Bo, factor 1', 'User factors P').scrollIntoViewIfNeeded();
  await inTheWay.click();
  const hint = page.getByText('Training went on since the step began');
  await expect(hint).toBeInViewport();
  await app.button('Begin this step again').click();
  await stageIsSet(page);
  await expect(hint).toHaveCount(0);
  await expect(inTheWay).toHaveCount(0);
  expect(await app.read('Epoch')).toBe(300);
});

test('what was said of a done task stays, whatever is done next', async ({ app, page }) => {
  await app.open();
  await openStep(app, 'choosing-k/too-few');
  await page.keyboard.press('PageDown');
  await expect(done(page)).toBeVisible({ timeout: 20_000 });
  await expect(app.button('Show me')).toBeEnabled();
  const said = await done(page).innerText();
  expect(said).toMatch(/RMSE seen \d\.\d{3}/);
  await app.button('Reset').click();
  await expect.poll(() => app.read('Epoch')).toBe(0);
  await app.button('Step one epoch').click();
  await expect.poll(() => app.read('Epoch')).toBe(1);
  expect(await done(page).innerText()).toBe(said);
});

test('what was found on one stage is not shown on the next', async ({ app, page }) => {
  await app.open();
  await openStep(app, 'how-sure/other-starts');
  const panel = page.getByRole('region', { name: 'What the step speaks of' });
  const drawn = panel.getByRole('radiogroup', { name: 'Intervals in R̂' });
  await panel.getByRole('button', { name: 'Other starts', exact: true }).click();
  await expect(done(page)).toBeVisible({ timeout: 40_000 });
  await drawn.getByRole('radio', { name: 'none' }).click();
  await expect(app.button('Hide intervals')).toHaveCount(0);
  await app.button('Begin this step again').click();
  await stageIsSet(page);
  await expect(done(page)).toHaveCount(0);
  await expect(panel.getByRole('img', { name: /^Histogram/ })).toHaveCount(0);
  // The stage shows what is found by itself, though it was turned off before.
  await panel.getByRole('button', { name: 'Other starts', exact: true }).click();
  await expect(app.button('Hide intervals')).toBeVisible({ timeout: 40_000 });
});

test('a page that gets narrower fits again', async ({ app, page }) => {
  await app.open();
  await openStep(app, 'dot-product/make-it-four');
  for (const width of [800, 390]) {
    await page.setViewportSize({ width, height: 844 });
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  }
});

test('the way to train stays in sight of the chart', async ({ app, page }) => {
  await app.open();
  await openStep(app, 'overfitting/two-curves');
  const chart = page.getByRole('slider', { name: 'Playhead epoch' });
  await expect(chart).toBeInViewport({ ratio: 1 });
  await expect(app.button('Train')).toBeInViewport({ ratio: 1 });
});

test('what a panel finds comes into view, though it stands below what was found before', async ({ app, page }) => {
  await app.open();
  await openStep(app, 'how-sure/one-rating-fewer');
  const panel = page.getByRole('region', { name: 'What the step speaks of' });
  const pictures = panel.getByRole('img', { name: /^Histogram/ });
  await expect(pictures).toHaveCount(2);
  await panel.getByRole('button', { name: 'One rating fewer', exact: true }).click();
  await expect(done(page)).toBeVisible({ timeout: 40_000 });
  await expect(pictures).toHaveCount(4);
  await expect(pictures.last()).toBeInViewport({ ratio: 1 });
});

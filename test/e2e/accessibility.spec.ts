import { violations } from './axe.ts';
import { type App, expect, test } from './page.ts';
import { smallSession } from './sessions.ts';

/** Every state in which a person may find Play, and how it is reached. */
const STATES: Record<string, (app: App) => Promise<void>> = {
  'without a rating': async (app) => {
    const session = smallSession();
    session.dataset.ratings = [];
    session.dataset.heldOut = [];
    await app.openSession(session);
    await expect(app.cell('Ana, Alien')).toHaveAccessibleName('Ana, Alien: gap');
  },
  'editing a cell': async (app) => {
    await app.grid('Ratings R').getByRole('gridcell').first().click();
    await app.page.keyboard.press('F2');
    await expect(app.grid('Ratings R').getByRole('textbox')).toBeFocused();
  },
  training: async (app) => {
    await app.button('Train').click();
    await expect.poll(() => app.read('Epoch')).toBeGreaterThan(3);
  },
  'narrating a slow step': async (app) => {
    await app.button('Step one rating').click();
  },
  paused: async (app) => {
    await app.moreSettings();
    await app.runTo(30);
  },
  'in the past': async (app) => {
    await app.runTo(30);
    await app.page.getByRole('slider', { name: 'Playhead epoch' }).press('ArrowLeft');
    await expect.poll(() => app.read('Epoch')).toBeLessThan(30);
  },
  'stopped early, under a schedule, with the finder open': async (app) => {
    await app.moreSettings();
    await app.choose('Schedule', 'step');
    await app.page.getByRole('checkbox', { name: 'Warm restarts' }).check();
    await app.page.getByRole('checkbox', { name: 'Stop early' }).check();
    await app.set('Patience', 10);
    await app.choose('Curves against', 'time');
    await app.set('Run to epoch', 20_000);
    await expect(app.page.getByText('after the best epoch; let go')).toBeVisible({ timeout: 30_000 });
    await app.button('Find a learning rate').click();
    await expect(app.page.getByRole('button', { name: /^Use α/ })).toBeVisible();
  },
  'after a step of ALS': async (app) => {
    await app.moreSettings();
    await app.choose('Optimizer', 'ALS');
    await app.button('Step one rating').click();
    await expect(app.page.getByText('Pick a row')).toBeVisible();
  },
  diverged: async (app) => {
    await app.set('Learning rate α', 10);
    await app.button('Train').click();
    await expect(app.alert()).toContainText('α');
  },
};

for (const [state, reach] of Object.entries(STATES)) {
  test(`axe finds nothing in either theme: ${state}`, async ({ app, page }) => {
    await app.open();
    await reach(app);
    expect(await violations(page)).toEqual([]);
  });
}

test('every canvas and drawing has a name, or is hidden beside its text', async ({ app, page }) => {
  await app.open();
  await app.runTo(30);
  const nameless = await page.evaluate(() => {
    const named = (element: Element) =>
      Boolean(
        element.getAttribute('aria-label') ||
          element.getAttribute('aria-labelledby') ||
          element.querySelector(':scope > title'),
      );
    return [...document.querySelectorAll('canvas, svg')].flatMap((drawing) => {
      if (named(drawing)) return [];
      const hidden = drawing.closest('[aria-hidden="true"]');
      if (!hidden) return [drawing.outerHTML.slice(0, 120)];
      // A small hidden drawing is an ornament of the words beside it; a large one must stand in something that has a name and text.
      const { width, height } = drawing.getBoundingClientRect();
      if (width <= 32 && height <= 32) return [];
      const owner = drawing.closest('[aria-label], [aria-labelledby], figure, table, button, label');
      return owner?.textContent?.trim() ? [] : [drawing.outerHTML.slice(0, 120)];
    });
  });
  expect(nameless).toEqual([]);
});

test('every slider, number field, tab and grid answers keys', async ({ app, page }) => {
  await app.open();
  await app.moreSettings();
  await app.runTo(30);
  const sliders = await page.getByRole('slider').all();
  expect(sliders.length).toBeGreaterThan(3);
  for (const slider of sliders) {
    const name = await slider.evaluate((element) => element.getAttribute('aria-label') ?? element.id);
    const current = () =>
      slider.evaluate((element) =>
        element instanceof HTMLInputElement ? element.value : (element.getAttribute('aria-valuenow') ?? ''),
      );
    // A slider tried before may have started the run over: the playhead needs epochs to move along.
    if ((await app.read('Epoch')) === 0) await app.runTo(30);
    await slider.focus();
    await expect(slider).toBeFocused();
    const before = await current();
    await page.keyboard.press('ArrowLeft');
    if ((await current()) === before) await page.keyboard.press('ArrowRight');
    await expect.poll(current, { message: `${name} moves by arrow keys` }).not.toBe(before);
  }
  for (const grid of await page.getByRole('grid').all()) {
    await expect(grid.locator('[tabindex="0"]').first()).toBeAttached();
  }
  for (const control of await page.locator('button, a[href], input, select, [role=tab]').all()) {
    const unreachable = await control.evaluate(
      (element) =>
        element instanceof HTMLElement &&
        element.tabIndex < 0 &&
        element.checkVisibility() &&
        element.closest(
          '[role=radiogroup], [role=tablist], [role=grid], [role=menu], [role=listbox], [aria-hidden=true]',
        ) === null &&
        element.getAttribute('type') !== 'file',
    );
    expect(unreachable, await control.evaluate((element) => element.outerHTML.slice(0, 120))).toBe(false);
  }
});

test('with reduced motion nothing moves', async ({ app, page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await app.open();
  await app.button('Train').click();
  await expect.poll(() => app.read('Epoch')).toBeGreaterThan(3);
  await app.grid('Predictions R̂').hover();
  await app.moreSettings();
  const moving = await page.evaluate(() => {
    const durations = [...document.querySelectorAll('*')].flatMap((element) => {
      const { animationName, transitionDuration, transitionProperty } = getComputedStyle(element);
      const moves =
        animationName !== 'none' || (transitionProperty !== 'none' && Number.parseFloat(transitionDuration) > 0);
      return moves ? [element.outerHTML.slice(0, 100)] : [];
    });
    return [...durations, ...document.getAnimations().map((animation) => String(animation))];
  });
  expect(moving).toEqual([]);
});

for (const width of [320, 390, 720, 1024]) {
  test(`at ${width} px the page does not scroll sideways`, async ({ app, page }) => {
    await page.setViewportSize({ width, height: 800 });
    await app.open();
    const overflow = () =>
      page.evaluate(() => {
        const root = document.documentElement;
        if (root.scrollWidth <= root.clientWidth) return [];
        // Names what sticks out, unless something that scrolls by itself holds it.
        const scrolls = (element: Element): boolean =>
          element !== document.body &&
          element.parentElement !== null &&
          (getComputedStyle(element).overflowX !== 'visible' || scrolls(element.parentElement));
        const wide = [...document.body.querySelectorAll('*')].filter(
          (element) => element.getBoundingClientRect().right > root.clientWidth + 0.5 && !scrolls(element),
        );
        return [
          `${root.scrollWidth} > ${root.clientWidth}`,
          ...wide.slice(-3).map((element) => element.outerHTML.slice(0, 100)),
        ];
      });
    expect(await overflow()).toEqual([]);
    await app.moreSettings();
    await app.runTo(12_345);
    expect(await overflow()).toEqual([]);
    await app.set('Learning rate α', 10);
    await app.button('Train').click();
    await expect(app.alert()).toBeVisible();
    expect(await overflow()).toEqual([]);
  });
}

import { fileURLToPath } from 'node:url';
import { test } from '../e2e/page.ts';

const SIZES = [
  { width: 1440, height: 900, name: 'play' },
  { width: 1024, height: 768, name: 'play-1024' },
  { width: 390, height: 844, name: 'play-390' },
] as const;

for (const colorScheme of ['light', 'dark'] as const) {
  for (const { width, height, name } of SIZES) {
    test(`${name}-${colorScheme}`, async ({ app, page }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height });
      await app.open();
      await app.runTo(400);
      await page.evaluate(() => {
        if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
        window.scrollTo(0, 0);
      });
      await page.mouse.move(0, 0);
      await page.evaluate(() => document.fonts.ready);
      await page.screenshot({ path: fileURLToPath(new URL(`${name}-${colorScheme}.png`, import.meta.url)) });
    });
  }
}

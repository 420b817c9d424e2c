import { fileURLToPath } from 'node:url';
import { type App, test } from '../e2e/page.ts';

const SIZES = [
  { width: 1440, height: 900, suffix: '' },
  { width: 1024, height: 768, suffix: '-1024' },
  { width: 390, height: 844, suffix: '-390' },
] as const;

/** Pictures `<name>[-width]-<theme>.png` of what stands on the page after `arrange`. */
export function pictures(name: string, arrange: (app: App) => Promise<void>): void {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const { width, height, suffix } of SIZES) {
      const file = `${name}${suffix}-${colorScheme}.png`;
      test(file, async ({ app, page }) => {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height });
        await arrange(app);
        await page.evaluate(() => {
          if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
          window.scrollTo(0, 0);
        });
        await page.mouse.move(0, 0);
        await page.evaluate(() => document.fonts.ready);
        await page.screenshot({ path: fileURLToPath(new URL(file, import.meta.url)) });
      });
    }
  }
}

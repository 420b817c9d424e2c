import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/**
 * What axe finds on the page, or in a part of it: every rule in the light theme, then contrast in the dark one, which is the
 * only thing that depends on colors. Motion is reduced meanwhile, so that no color is on its way. The page has no frames, so
 * axe needs no page of its own to put them together (its "legacy mode"), which takes most of the time.
 */
export async function violations(page: Page, part?: string): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
    const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode();
    if (part !== undefined) axe.include(part);
    if (colorScheme === 'dark') axe.withRules(['color-contrast']);
    for (const { id, nodes } of (await axe.analyze()).violations) {
      found.push(`${colorScheme} ${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
    }
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  return found;
}

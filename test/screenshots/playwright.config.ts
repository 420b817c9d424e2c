import { defineConfig } from '@playwright/test';
import page from '../e2e/playwright.config.ts';

/** Pictures of the built page, to be looked at; the README shows three. Run by `npm run screenshots`, never by the tests. */
export default defineConfig({
  ...page,
  testDir: '.',
  globalSetup: '../e2e/hosts.ts',
  testMatch: '*.shots.ts',
  use: { ...page.use, screenshot: 'off' },
});

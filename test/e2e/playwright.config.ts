import { defineConfig } from '@playwright/test';
import { findBrowser } from '../browser-finder.ts';

const browser = findBrowser();

/** The built page, driven as a person would, in a real Chromium. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../../test-results',
  globalSetup: './hosts.ts',
  fullyParallel: true,
  forbidOnly: true,
  // One more try on a machine that others share: what passes then is listed as flaky, and is to be mended.
  retries: 1,
  workers: 2,
  // Ample for a slow machine: what waits for this long has failed.
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    launchOptions: browser,
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
  },
});

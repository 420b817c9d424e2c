import { defineConfig } from '@playwright/test';
import page from '../e2e/playwright.config.ts';

/** Timings of the built page, printed: one at a time, so that nothing else takes the machine. */
export default defineConfig({
  ...page,
  globalSetup: '../e2e/hosts.ts',
  testMatch: '*.browser.ts',
  workers: 1,
  fullyParallel: false,
  timeout: 300_000,
  reporter: [['line']],
  use: { ...page.use, screenshot: 'off' },
});

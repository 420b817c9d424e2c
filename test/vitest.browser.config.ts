import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { findBrowser } from './browser-finder.ts';

const browser = findBrowser();

/** What needs a page, a worker or a canvas, in a real Chromium: `*.test.tsx`, `*.browser.test.ts` and test/browser/. */
export default defineConfig({
  plugins: [react()],
  worker: { format: 'es' },
  // Found beforehand, because a dependency found in the middle of a run reloads the page under the tests.
  optimizeDeps: { entries: ['src/**/*.{ts,tsx}', 'test/**/*.test.tsx', 'test/**/*.browser.test.ts'] },
  test: {
    name: 'browser',
    root: fileURLToPath(new URL('..', import.meta.url)),
    include: ['test/**/*.test.tsx', 'test/**/*.browser.test.ts', 'test/browser/**/*.test.ts'],
    allowOnly: false,
    restoreMocks: true,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      viewport: { width: 1280, height: 800 },
      provider: playwright({ launchOptions: browser }),
      instances: [{ browser: 'chromium' }],
    },
  },
});

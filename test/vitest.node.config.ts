import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** What needs no page: `*.test.ts` in every room of test/, but `*.browser.test.ts`. */
export default defineConfig({
  test: {
    name: 'node',
    root: fileURLToPath(new URL('..', import.meta.url)),
    include: ['test/**/*.test.ts'],
    exclude: ['test/**/*.browser.test.ts', 'test/browser/**'],
    environment: 'node',
    setupFiles: ['test/property-seed.ts'],
    // On two cores it would be one: a core is left free for who watches, and here nobody does.
    maxWorkers: '100%',
    allowOnly: false,
    // Ample for a machine that others share: what takes this long hangs. How long things take is measured by bench/.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    restoreMocks: true,
  },
});

import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Timings in Node, printed; nothing here can fail for being slow. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['test/bench/**/*.bench.ts'],
    fileParallelism: false,
    testTimeout: 600_000,
    reporters: [['default', { summary: false }]],
    disableConsoleIntercept: true,
  },
});

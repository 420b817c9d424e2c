import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { expect, it } from 'vitest';

/**
 * The test runner wraps every import, which costs small loops half their speed: the benchmark is bundled as the app is, and
 * runs in a Node of its own.
 */
it('epochs a second in Node, beside a bare loop', async () => {
  const outDir = mkdtempSync(join(tmpdir(), 'factorscope-bench-'));
  try {
    const entry = fileURLToPath(new URL('session-beside-bare-loop.ts', import.meta.url));
    await build({
      configFile: false,
      logLevel: 'error',
      build: { ssr: entry, outDir, rollupOptions: { output: { entryFileNames: 'bench.mjs' } } },
    });
    expect(spawnSync(process.execPath, [join(outDir, 'bench.mjs')], { stdio: 'inherit' }).status).toBe(0);
  } finally {
    rmSync(outDir, { recursive: true });
  }
});

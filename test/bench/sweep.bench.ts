import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { expect, it } from 'vitest';

/** Bundled as the app is, for the reason that node.bench.ts gives. */
it('a map of α × β through a pool of threads', async () => {
  const outDir = mkdtempSync(join(tmpdir(), 'factorscope-bench-'));
  try {
    const entry = fileURLToPath(new URL('sweep.ts', import.meta.url));
    await build({
      configFile: false,
      logLevel: 'error',
      build: { ssr: entry, outDir, target: 'es2022', rollupOptions: { output: { entryFileNames: 'bench.mjs' } } },
    });
    expect(spawnSync(process.execPath, [join(outDir, 'bench.mjs')], { stdio: 'inherit' }).status).toBe(0);
  } finally {
    rmSync(outDir, { recursive: true });
  }
});

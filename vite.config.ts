import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/**
 * What the built page may do: run and load only what came with it. Styles may be inline (the controls position
 * themselves by style attributes); workers may be blobs. The dev server needs inline scripts for hot reloading, so it has none.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'none'",
].join('; ');

/** Puts the policy first into the head of the built page, before anything it governs. */
function contentSecurityPolicy(): Plugin {
  return {
    name: 'content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: CONTENT_SECURITY_POLICY },
        injectTo: 'head-prepend',
      },
    ],
  };
}

export default defineConfig({
  // Relative addresses, so that the built folder works under any path of any static host.
  base: './',
  plugins: [react(), contentSecurityPolicy()],
  worker: { format: 'es' },
  // Without the workers' entries, the dev server finds their dependencies late and reloads the page under the reader.
  optimizeDeps: {
    entries: ['index.html', 'src/worker/entry.ts', 'src/worker/task-entry.ts', 'src/io/reader-entry.ts'],
  },
  server: { host: '127.0.0.1' },
  preview: { host: '127.0.0.1' },
  // The budget is kept by `npm run size`, which fails where Vite would only warn.
  build: { target: 'es2022', sourcemap: false, chunkSizeWarningLimit: Number.POSITIVE_INFINITY },
  test: { projects: ['test/vitest.node.config.ts', 'test/vitest.browser.config.ts'] },
});

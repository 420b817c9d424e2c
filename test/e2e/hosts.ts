import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { preview } from 'vite';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const DIST = join(ROOT, 'dist');

/** The path under which the plain host serves the page, as a project page does. */
export const SUB_PATH = '/some/where/factorscope/';

/** Environment variables that carry the addresses to the tests. */
export const PAGE_ADDRESS = 'FACTORSCOPE_PAGE';
export const SUB_PATH_ADDRESS = 'FACTORSCOPE_SUB_PATH_PAGE';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** A host that knows nothing but files: no rewriting, no headers of its own, and nothing outside its path. */
function plainHost(): Server {
  return createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://host');
    const inside = pathname.startsWith(SUB_PATH) ? normalize(pathname.slice(SUB_PATH.length) || 'index.html') : '..';
    const file = join(DIST, inside);
    if (inside.startsWith('..') || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
    createReadStream(file).pipe(response);
  });
}

/** Serves the built page twice, each on a free port of 127.0.0.1; returns how to stop. Playwright's global setup. */
export default async function startHosts(): Promise<() => Promise<void>> {
  if (!existsSync(join(DIST, 'index.html'))) throw new Error('There is no built page: run `npm run build` first.');
  const page = await preview({
    root: ROOT,
    logLevel: 'warn',
    preview: { host: '127.0.0.1', port: 0, strictPort: false, open: false },
  });
  const plain = plainHost();
  await new Promise<void>((listening) => plain.listen(0, '127.0.0.1', listening));
  const addressOf = (server: { address(): ReturnType<Server['address']> }) => {
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the host has no port');
    return `http://127.0.0.1:${address.port}`;
  };
  process.env[PAGE_ADDRESS] = `${addressOf(page.httpServer)}/`;
  process.env[SUB_PATH_ADDRESS] = `${addressOf(plain)}${SUB_PATH}`;
  return async () => {
    plain.closeAllConnections();
    await Promise.all([page.close(), new Promise((closed) => plain.close(closed))]);
  };
}

// The size budget of the built page, checked by `npm run size`. gzip, as most hosts send it.
//
// What the first screen needs is read off the built index.html: its script and whatever that preloads. So code that moves
// into a chunk of its own still counts, and code that only a view needs does not.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));
const page = readFileSync(`${dist}index.html`, 'utf8');

/** The files that index.html itself asks for. */
function asked(extension) {
  const files = [...page.matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g)].map(([, file]) => `${dist}${file}`);
  const found = files.filter((file) => file.endsWith(extension));
  if (found.length === 0)
    throw new Error(`dist/index.html asks for no ${extension} file: the budget would measure nothing.`);
  return found;
}

export default [
  { name: 'scripts of the first screen', path: asked('.js'), gzip: true, limit: '270 kB' },
  { name: 'style of the first screen', path: asked('.css'), gzip: true, limit: '16 kB' },
  { name: 'worker scripts', path: `${dist}assets/*entry-*.js`, gzip: true, limit: '60 kB' },
  {
    name: 'fonts of the first visit',
    path: [`${dist}assets/inter-latin-wght-*.woff2`, `${dist}assets/stix-two-text-latin-*.woff2`],
    brotli: false,
    limit: '110 kB',
  },
  { name: 'everything', path: [`${dist}**/*`, `!${dist}**/*.woff*`], gzip: true, limit: '520 kB' },
];

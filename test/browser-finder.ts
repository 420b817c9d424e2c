import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import { chromium } from '@playwright/test';

/** How to start a Chromium; playwright's `launchOptions`. */
export interface Browser {
  readonly executablePath: string;
  readonly args: string[];
  readonly env?: Record<string, string>;
}

/** Where it may come from, in the order in which they are tried. */
export type BrowserSource = 'playwright' | 'system' | 'bundled';

/** A test run sees this page and nothing else of the network; as root, Chromium has no sandbox. */
const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

const SYSTEM_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/microsoft-edge',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** The one that `npx playwright install chromium` brings. */
function fromPlaywright(): Browser | null {
  const path = chromium.executablePath();
  return existsSync(path) ? { executablePath: path, args: QUIET } : null;
}

/** One that is installed on this computer. */
function fromSystem(): Browser | null {
  const path = SYSTEM_PATHS.find((candidate) => existsSync(candidate));
  return path ? { executablePath: path, args: QUIET } : null;
}

/** What tells fontconfig where the unpacked fonts lie. The package's own file names folders of its cloud; without any font, a text field is fatal. */
function fontsIn(folder: string): string {
  const path = folder.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${path}/fonts</dir>
  <cachedir>${path}/font-cache</cachedir>
</fontconfig>
`;
}

/**
 * The one inside the npm package `@sparticuz/chromium` (Linux on x64), with the libraries and fonts that a bare machine
 * lacks. Unpacked once into node_modules/.cache, beside it first and then renamed, so that two runs at once cannot meet half of it.
 */
function fromBundle(): Browser | null {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  const packageFolder = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '..', '..');
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as { version: string };
  const cache = fileURLToPath(new URL('../node_modules/.cache', import.meta.url));
  const folder = join(cache, `chromium-${version}`);
  if (!existsSync(folder)) {
    mkdirSync(cache, { recursive: true });
    const unpacking = mkdtempSync(`${folder}-`);
    const packed = (name: string) => brotliDecompressSync(readFileSync(join(packageFolder, 'bin', `${name}.br`)));
    writeFileSync(join(unpacking, 'chromium'), packed('chromium'));
    chmodSync(join(unpacking, 'chromium'), 0o755);
    for (const archive of ['al2023.tar', 'fonts.tar']) {
      execFileSync('tar', ['-x', '--no-same-owner', '-C', unpacking], { input: packed(archive) });
    }
    writeFileSync(join(unpacking, 'fonts.conf'), fontsIn(folder));
    try {
      renameSync(unpacking, folder);
    } catch (error) {
      rmSync(unpacking, { recursive: true, force: true });
      if (!existsSync(folder)) throw error;
    }
  }
  const libraries = [join(folder, 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    executablePath: join(folder, 'chromium'),
    // Painting without GL: emulated in software it takes most of two cores. The package has no helper for a sandbox.
    args: [...QUIET, '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--font-render-hinting=none'],
    env: { ...Object.fromEntries(inherited), LD_LIBRARY_PATH: libraries, FONTCONFIG_PATH: folder },
  };
}

const SOURCES: Record<BrowserSource, () => Browser | null> = {
  playwright: fromPlaywright,
  system: fromSystem,
  bundled: fromBundle,
};

/**
 * Finds a Chromium: playwright's own, one of this computer, or the one that came with `npm ci`. `FACTORSCOPE_BROWSER`
 * forces one: `playwright`, `system`, `bundled`, or the path of a program.
 * Throws when there is none, and says what to do: browser tests are never skipped.
 */
export function findBrowser(forced = process.env.FACTORSCOPE_BROWSER): Browser {
  if (forced && !(forced in SOURCES)) {
    if (existsSync(forced)) return { executablePath: forced, args: QUIET };
    throw new Error(
      `FACTORSCOPE_BROWSER is “${forced}”: neither playwright, system, bundled nor a program that exists.`,
    );
  }
  for (const [source, find] of Object.entries(SOURCES)) {
    if (forced && forced !== source) continue;
    const browser = find();
    if (browser) return browser;
  }
  throw new Error(
    `No Chromium was found${forced ? ` (FACTORSCOPE_BROWSER is “${forced}”)` : ''}, and the browser tests are never skipped. ` +
      'Run `npx playwright install chromium` (on Linux with --with-deps), or install Chrome, Chromium or Edge, or set FACTORSCOPE_BROWSER to the path of one.',
  );
}

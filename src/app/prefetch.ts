import readerEntry from '../io/reader-entry.ts?worker&url';
import { partsForLater } from '../views/fetched.tsx';
import entry from '../worker/entry.ts?worker&url';
import taskEntry from '../worker/task-entry.ts?worker&url';
import { keepWorkerScript } from './worker-scripts.ts';

/** A page that trains all the time has no idle moment: then it goes on after so long anyway (milliseconds). */
const LONGEST_WAIT = 2_000;

/** Of each alphabet that names and symbols are written in, some. */
const LETTERS = 'aαā';

/** What reads files and kept sessions comes late as well. */
const READERS = [
  () => import('../io/read-lesson.ts'),
  () => import('../io/read-session.ts'),
  () => import('../io/stored-session.ts'),
];

/** Formulas of lessons and numbers of panels need shapes that the first screen does not. */
function fonts(): Promise<unknown> {
  const faces = [...document.fonts].filter(({ family }) => family.includes('STIX'));
  return Promise.all([...faces.map((face) => face.load()), document.fonts.load('16px "Inter Variable"', LETTERS)]);
}

function idle(): Promise<void> {
  return new Promise((go) => {
    if ('requestIdleCallback' in window) window.requestIdleCallback(() => go(), { timeout: LONGEST_WAIT });
    else setTimeout(go, LONGEST_WAIT);
  });
}

function loaded(): Promise<void> {
  if (document.readyState === 'complete') return Promise.resolve();
  return new Promise((go) => window.addEventListener('load', () => go(), { once: true }));
}

/**
 * Fetches whatever comes later than the first screen, one part in each idle moment, so that a page that was open for a little
 * while works without a network. Then `data-whole` stands on the document. What can't be fetched is tried again when the
 * network is back; until then each part says so in its place.
 */
export async function prefetch(): Promise<void> {
  await loaded();
  // The first numbers are drawn first.
  await idle();
  const scripts = [entry, taskEntry, readerEntry].map((script) => () => keepWorkerScript(script));
  for (const part of [...scripts, ...partsForLater(), ...READERS, fonts]) {
    await idle();
    try {
      await part();
    } catch {
      window.addEventListener('online', () => void prefetch(), { once: true });
      return;
    }
  }
  document.documentElement.dataset.whole = '';
}

import type { TextStore } from './storage.ts';

/** Addresses of lesson steps that were done, as `lesson/step`. */
export const PROGRESS_KEY = 'factorscope-lessons';
/** The text of the lesson that was opened from a file last. */
const OWN_LESSON_KEY = 'factorscope-own-lesson';

/** More than any course has; what is beyond was not written by this page. */
const STEPS_LIMIT = 2000;
const ADDRESS = /^[a-z0-9-]{1,64}\/[a-z0-9-]{1,64}$/;

/** The steps done so far; what is damaged is left out. Never throws: without storage there are none. */
export function loadProgress(texts: TextStore): ReadonlySet<string> {
  try {
    const kept: unknown = JSON.parse(texts.getItem(PROGRESS_KEY) ?? 'null');
    if (!Array.isArray(kept)) return new Set();
    const addresses = kept.filter((one): one is string => typeof one === 'string' && ADDRESS.test(one));
    return new Set(addresses.slice(0, STEPS_LIMIT));
  } catch {
    // Storage is forbidden, or this is no JSON: nothing is known to be done.
    return new Set();
  }
}

/** Keeps them. A browser that keeps nothing is not worth a message here: the session's own saving says so. */
export function saveProgress(texts: TextStore, done: ReadonlySet<string>): void {
  try {
    texts.setItem(PROGRESS_KEY, JSON.stringify([...done].slice(0, STEPS_LIMIT)));
  } catch {
    // As said above.
  }
}

/** The text of the lesson that was opened last; null without one. */
export function loadOwnLesson(texts: TextStore): string | null {
  try {
    return texts.getItem(OWN_LESSON_KEY);
  } catch {
    return null;
  }
}

export function saveOwnLesson(texts: TextStore, text: string): void {
  try {
    texts.setItem(OWN_LESSON_KEY, text);
  } catch {
    // The lesson is on the page; after a reload its file has to be opened again.
  }
}

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Problem } from '../core/problem.ts';
import { loadOwnLesson, saveOwnLesson } from '../io/lesson-progress.ts';
import type { TextStore } from '../io/storage.ts';

/** A lecturer's own lesson is always this one, whatever its file calls it. */
export const OWN_LESSON_ID = 'own';
export const OWN_LESSON_ADDRESS = `#/learn/${OWN_LESSON_ID}`;
/** Larger files (bytes) are not looked into. */
export const LARGEST_LESSON = 1_000_000;

/** The text of the lesson that was opened last, kept over a reload. */
export interface OwnLesson {
  readonly store: StoreApi<{ readonly text: string | null }>;
  /** Takes the text if it is a lesson; what is wrong with it otherwise ('not-fetched': nobody could look). */
  readonly open: (text: string) => Promise<Problem | null>;
}

/** Whether a text means to be a lesson: then what is wrong with it is told as such. */
export function looksLikeLesson(text: string): boolean {
  return /"format"\s*:\s*"factorscope-lesson"/.test(text);
}

export function createOwnLesson(texts: TextStore): OwnLesson {
  const store = createStore<{ readonly text: string | null }>()(() => ({ text: loadOwnLesson(texts) }));
  return {
    store,
    async open(text) {
      // It comes later than the page, and without a network not at all.
      const reader = await import('../io/read-lesson.ts').catch(() => null);
      if (reader === null) return { code: 'not-fetched' };
      const lesson = reader.readLesson(text);
      if (!lesson.ok) return lesson.problem;
      saveOwnLesson(texts, text);
      store.setState({ text });
      return null;
    },
  };
}

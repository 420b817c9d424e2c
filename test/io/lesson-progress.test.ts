import { expect, test } from 'vitest';
import {
  loadOwnLesson,
  loadProgress,
  PROGRESS_KEY,
  saveOwnLesson,
  saveProgress,
} from '../../src/io/lesson-progress.ts';
import type { TextStore } from '../../src/io/storage.ts';

function memory(): TextStore {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

const forbidden: TextStore = {
  getItem() {
    throw new Error('forbidden');
  },
  setItem() {
    throw new Error('forbidden');
  },
  removeItem() {
    throw new Error('forbidden');
  },
};

test('what was done comes back', () => {
  const texts = memory();
  expect([...loadProgress(texts)]).toEqual([]);
  saveProgress(texts, new Set(['a-lesson/a-step', 'own/one']));
  expect([...loadProgress(texts)]).toEqual(['a-lesson/a-step', 'own/one']);
  saveOwnLesson(texts, '{"format":"factorscope-lesson"}');
  expect(loadOwnLesson(texts)).toBe('{"format":"factorscope-lesson"}');
});

test.each([
  ['no JSON', '[', []],
  ['another thing', '{"a/b":true}', []],
  ['a list with other things', '["a/b",3,null,"<b>/x","a/b/c","","c/d"]', ['a/b', 'c/d']],
])('%s in its place harms nothing', (_, text, left) => {
  const texts = memory();
  texts.setItem(PROGRESS_KEY, text);
  expect([...loadProgress(texts)]).toEqual(left);
});

test('a browser that keeps nothing has its lessons all the same', () => {
  saveProgress(forbidden, new Set(['a/b']));
  saveOwnLesson(forbidden, 'text');
  expect([...loadProgress(forbidden)]).toEqual([]);
  expect(loadOwnLesson(forbidden)).toBeNull();
});

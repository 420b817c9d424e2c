import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readLesson } from '../../src/io/read-lesson.ts';
import { readSession } from '../../src/io/read-session.ts';
import { writeSession } from '../../src/io/write-session.ts';
import { publishedSchema } from './json-schema.ts';
import { example } from './sessions.ts';

const SESSION = readFileSync('src/io/SESSION.md', 'utf8');
const LESSON = readFileSync('src/lessons/LESSON.md', 'utf8');

/** The blocks of JSON in a page. */
function blocksOf(page: string): string[] {
  return [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(([, block]) => block ?? '');
}

/** What stands as code in a line and is JSON by itself, with this key. */
function inlineWith(page: string, key: string): string[] {
  return [...page.matchAll(/`(\{[^`\n]*\})`/g)]
    .map(([, code]) => code ?? '')
    .filter((code) => code.startsWith(`{"${key}"`));
}

describe('what the documents of the two formats show is valid', () => {
  it('a session: by the reader and by the schema, and it comes back as it stands', () => {
    const schema = publishedSchema('session.schema.json');
    const blocks = blocksOf(SESSION);
    expect(blocks).toHaveLength(1);
    for (const block of blocks) {
      expect(JSON.parse(block)).toEqual(example());
      expect(schema.accepts(JSON.parse(block))).toBe(true);
      const read = readSession(block);
      expect(read.ok && JSON.parse(writeSession(read.value))).toEqual(JSON.parse(block));
    }
  });

  it('a lesson: by the reader and by the schema', () => {
    const schema = publishedSchema('lesson.schema.json');
    const blocks = blocksOf(LESSON);
    expect(blocks).toHaveLength(1);
    for (const block of blocks) {
      expect(schema.accepts(JSON.parse(block))).toBe(true);
      expect(readLesson(block)).toEqual({ ok: true, value: JSON.parse(block) });
    }
  });

  it('every action of the table, shown by a step', () => {
    const schema = publishedSchema('lesson.schema.json');
    const actions = inlineWith(LESSON, 'do');
    expect(actions.length).toBeGreaterThanOrEqual(28);
    for (const action of actions) {
      const lesson = JSON.parse(blocksOf(LESSON)[0] ?? '');
      const step = lesson.steps[0];
      step.show = [JSON.parse(action)];
      // A sweep is only started where a step has one.
      if (step.show[0].do === 'sweep') step.sweep = { k: [1, 2], folds: 2, seeds: [1], epochs: 10 };
      expect(schema.accepts(lesson), action).toBe(true);
      expect(readLesson(JSON.stringify(lesson)), action).toEqual({ ok: true, value: lesson });
    }
  });

  it('every action that the schema knows is in the table', () => {
    const shown = new Set(inlineWith(LESSON, 'do').map((action): unknown => JSON.parse(action).do));
    const known = [
      ...JSON.stringify(publishedSchema('lesson.schema.json').root).matchAll(/"do":\{"const":"([a-z-]+)"/g),
    ];
    expect(known.length).toBeGreaterThanOrEqual(26);
    expect(known.map(([, name]) => name).filter((name) => !shown.has(name))).toEqual([]);
  });
});

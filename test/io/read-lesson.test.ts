import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LESSON_BYTES_LIMIT, lessonSchema } from '../../src/io/lesson-schema.ts';
import { readLesson } from '../../src/io/read-lesson.ts';
import { LESSONS } from '../../src/lessons/lessons.ts';
import { describeProblem } from '../../src/strings/problems.ts';
import { publishedSchema } from './json-schema.ts';

const published = publishedSchema('lesson.schema.json');

/** The example of the page that lecturers read. */
const example = /```json\n([\s\S]*?)```/.exec(readFileSync('src/lessons/LESSON.md', 'utf8'))?.[1] ?? '';

describe('a lesson file', () => {
  it('opens: the example of the documentation, with a byte order mark and without', () => {
    const read = readLesson(example);
    expect(read).toEqual({ ok: true, value: JSON.parse(example) });
    expect(readLesson(`\uFEFF${example}`)).toEqual(read);
  });

  it.each<[string, string, string, object]>([
    ['another format', 'factorscope-lesson', 'factorscope-session', { code: 'not-a-lesson' }],
    ['a newer version', '"version": 1', '"version": 2', { code: 'newer-version', got: '2', expected: '1' }],
    ['half a version', '"version": 1', '"version": 0.5', { code: 'out-of-range', where: 'version' }],
    ['a version in words', '"version": 1', '"version": "1"', { code: 'wrong-type', where: 'version' }],
    ['an unknown key', '"number": 0', '"number": 0, "color": "red"', { code: 'unknown-key', got: 'color' }],
    [
      'an unknown key of a step',
      '"ask"',
      '"hint": "x", "ask"',
      { code: 'unknown-key', where: 'steps[0]', got: 'hint' },
    ],
    [
      'an unknown key of a stage',
      '"runTo": 400',
      '"until": 400',
      { code: 'unknown-key', where: 'steps[0].stage', got: 'until' },
    ],
    ['an unknown setting', '"k": 2', '"K": 2', { code: 'unknown-key', where: 'steps[0].stage.model', got: 'K' }],
    [
      'a setting out of range',
      '"k": 2',
      '"k": 0',
      { code: 'below-minimum', where: 'steps[0].stage.model.k', got: '0' },
    ],
    ['a key that stands twice', '"number": 0', '"number": 0, "number": 1', { code: 'duplicate-key', got: 'number' }],
    [
      'a missing key',
      '"idea": "One low rating moves more than one prediction.",',
      '',
      { code: 'missing-key', expected: 'idea' },
    ],
    ['an id with a space', '"my-first-lesson"', '"my first lesson"', { code: 'out-of-range', where: 'id' }],
    ['two steps of one id', '"take-it-back"', '"look"', { code: 'duplicate-id', where: 'steps[1].id', got: 'look' }],
    ['two options of one id', '"rises"', '"falls"', { code: 'duplicate-id', where: 'steps[0].predict.options[1].id' }],
    [
      'a text that is a number',
      '"text": "Everything is still on the stage."',
      '"text": 4',
      { code: 'wrong-type', where: 'steps[1].text', got: '4' },
    ],
    [
      'a stage of another kind',
      '"stage": "keep"',
      '"stage": "as before"',
      { code: 'wrong-type', where: 'steps[1].stage' },
    ],
    ['a study that is not there', '"matrix": {', '"table": {', { code: 'wrong-type', where: 'steps[0].stage.study' }],
    [
      'an unknown focus',
      '"cell": { "matrix": "R", "user": 1, "item": 2 } },\n      "predict"',
      '"control": "gamma" },\n      "predict"',
      { code: 'not-offered', where: 'steps[0].focus.control', got: 'gamma' },
    ],
    [
      'a row that is too short',
      '"5 . 2"',
      '"5 ."',
      { code: 'wrong-length', where: 'steps[0].stage.study.matrix.rows[1]', got: '2', expected: '3' },
    ],
    [
      'a decimal comma',
      '"5 . 2"',
      '"5 . 2,5"',
      { code: 'decimal-comma', where: 'steps[0].stage.study.matrix.rows[1]' },
    ],
    [
      'one user too many',
      '["Ana", "Bo", "Chen"]',
      '["Ana", "Bo", "Chen", "Dee"]',
      { code: 'wrong-length', where: 'steps[0].stage.study.matrix.rows' },
    ],
    [
      'a selected cell outside',
      '"selected": [2, 2]',
      '"selected": [4, 2]',
      { code: 'out-of-range', where: 'steps[0].stage.selected' },
    ],
    [
      'an index from 0',
      '"selected": [2, 2]',
      '"selected": [0, 2]',
      { code: 'below-minimum', where: 'steps[0].stage.selected[0]' },
    ],
    [
      'a held-out gap',
      '"epoch": 200',
      '"epoch": 200, "holdOut": [[2, 2]]',
      { code: 'gap-cannot-be-held-out', where: 'steps[0].stage.holdOut[0]' },
    ],
    [
      'a start of another shape',
      '"epoch": 200',
      '"epoch": 200, "start": {"P": [[1, 1]], "Q": []}',
      { code: 'wrong-length', where: 'steps[0].stage.start.P' },
    ],
    [
      'two kinds of study',
      '"matrix": {',
      '"builtin": "taste", "matrix": {',
      { code: 'unknown-key', where: 'steps[0].stage.study' },
    ],
    [
      'hours of training',
      '"epoch": 200',
      '"epoch": 100000000',
      { code: 'above-maximum', where: 'steps[0].stage.epoch' },
    ],
    [
      'an expectation that is a number',
      'r(1, 2) = 1 and trained >= 200',
      'trained',
      { code: 'formula', where: 'steps[0].expect', got: 'trained is a number' },
    ],
    [
      'a name nobody knows',
      'trained >= 200',
      'learned >= 200',
      { code: 'formula', where: 'steps[0].expect', got: 'learned' },
    ],
    [
      'a placeholder nobody knows',
      '{rhat(2, 2)}**',
      '{rating(2, 2)}**',
      { code: 'formula', where: 'steps[0].text[0]', got: 'rating' },
    ],
    [
      'math that is none',
      '\\\\rhat{2}{2} =',
      '\\\\rating{2}{2} =',
      { code: 'formula', where: 'steps[0].text[1]', got: '\\rating' },
    ],
    [
      'an option that is no condition',
      'rhat(2, 2) >= was(rhat(2, 2))',
      'rhat(2, 2)',
      { code: 'formula', where: 'steps[0].predict.options[1].when' },
    ],
    [
      'an action that is none',
      '"do": "train"',
      '"do": "wait"',
      { code: 'not-offered', where: 'steps[0].show[1].do', got: 'wait' },
    ],
  ])('is refused for %s', (_what, from, to, problem) => {
    const text = example.replace(from, to);
    expect(text).not.toBe(example);
    const read = readLesson(text);
    expect(read).toMatchObject({ ok: false, problem });
    if (!read.ok) expect(describeProblem(read.problem)).not.toMatch(/undefined|\[object/);
  });

  it('is refused whole when it is too large, empty, no JSON or endless', () => {
    expect(readLesson(' '.repeat(LESSON_BYTES_LIMIT + 1))).toMatchObject({ problem: { code: 'file-too-large' } });
    expect(readLesson(' \n')).toMatchObject({ problem: { code: 'file-empty' } });
    expect(readLesson('{"format"')).toMatchObject({ problem: { code: 'not-json' } });
    expect(readLesson('[]')).toMatchObject({ problem: { code: 'not-a-lesson' } });
    const file = JSON.parse(example);
    const steps = Array.from({ length: 51 }, (_, n) => ({ ...file.steps[0], id: `step-${n}` }));
    expect(readLesson(JSON.stringify({ ...file, steps }))).toMatchObject({
      problem: { code: 'out-of-range', where: 'steps' },
    });
    expect(readLesson(JSON.stringify({ ...file, steps: [] }))).toMatchObject({
      problem: { code: 'out-of-range', where: 'steps' },
    });
    const [first] = file.steps;
    const keeping = { ...file, steps: [{ ...first, stage: 'keep' }] };
    expect(readLesson(JSON.stringify(keeping))).toMatchObject({
      problem: { code: 'not-offered', where: 'steps[0].stage' },
    });
    const unknownSet = { ...file, steps: [{ ...first, stage: { study: { builtin: 'films' } } }] };
    expect(readLesson(JSON.stringify(unknownSet))).toMatchObject({
      problem: { code: 'not-offered', where: 'steps[0].stage.study.builtin', got: 'films' },
    });
    const slow = {
      ...file,
      steps: [{ ...first, stage: { study: { builtin: 'planted' }, model: { k: 20 }, epoch: 100_000 } }],
    };
    expect(readLesson(JSON.stringify(slow))).toMatchObject({
      problem: { code: 'above-maximum', where: 'steps[0].stage.epoch' },
    });
    const wordy = { ...file, steps: [{ ...first, text: '*a'.repeat(5000) }] };
    const began = performance.now();
    expect(readLesson(JSON.stringify(wordy)).ok).toBe(true);
    expect(performance.now() - began).toBeLessThan(2000);
  });

  it('has a sweep that there is, that can be run, and that nobody waits long for', () => {
    const file = JSON.parse(example);
    const [first, second] = file.steps;
    const sweep = { k: [1, 2], folds: 3, seeds: [1, 2], epochs: 100 };
    const of = (one: object, two: object = {}) =>
      readLesson(
        JSON.stringify({
          ...file,
          steps: [
            { ...first, ...one },
            { ...second, focus: { panel: 'sweep' }, ...two },
          ],
        }),
      );
    expect(of({ sweep }).ok).toBe(true);
    expect(of({})).toMatchObject({ problem: { code: 'missing-key', where: 'steps[1]', expected: 'sweep' } });
    expect(of({}, { focus: { panel: 'inspect' }, show: [{ do: 'sweep' }] })).toMatchObject({
      problem: { code: 'missing-key', where: 'steps[1]', expected: 'sweep' },
    });
    // Another stage begins without it.
    expect(of({ sweep }, { stage: first.stage })).toMatchObject({
      problem: { code: 'missing-key', where: 'steps[1]' },
    });
    expect(of({ sweep: { ...sweep, k: [2, 2] } })).toMatchObject({
      problem: { code: 'value-twice', where: 'steps[0].sweep.k', got: '2' },
    });
    expect(of({ sweep: { ...sweep, folds: 20 } })).toMatchObject({
      problem: { code: 'too-few-ratings', where: 'steps[0].sweep.folds', got: '7', expected: '20' },
    });
    const large = { study: { builtin: 'planted' } };
    expect(of({ stage: large, sweep: { ...sweep, k: [10, 20], epochs: 100_000 } })).toMatchObject({
      problem: { code: 'above-maximum', where: 'steps[0].sweep.epochs', got: '100000' },
    });
  });

  it('carries markup as text', () => {
    const file = JSON.parse(example);
    file.title = '<img src=x onerror=alert(1)>';
    expect(readLesson(JSON.stringify(file))).toMatchObject({
      ok: true,
      value: { title: '<img src=x onerror=alert(1)>' },
    });
  });
});

describe('the published schema of a lesson', () => {
  it('has the keys of the reader, in the same order, required alike', () => {
    expect(published.differences(lessonSchema, published.root, 'lesson')).toEqual([]);
  });

  it('accepts what the reader accepts', () => {
    expect(published.accepts(JSON.parse(example))).toBe(true);
    for (const lesson of LESSONS) expect(published.accepts(JSON.parse(JSON.stringify(lesson))), lesson.id).toBe(true);
  });

  it.each([
    ['"version": 1', '"version": 2'],
    ['"number": 0', '"number": 0, "color": "red"'],
    ['"k": 2', '"k": 0'],
    ['"selected": [2, 2]', '"selected": [0, 2]'],
    ['"do": "train"', '"do": "wait"'],
    ['"my-first-lesson"', '"my first lesson"'],
    ['"stage": "keep"', '"stage": "as before"'],
    ['"ask": "Type 1', '"sweep": { "k": [1], "folds": 5, "seeds": [1], "epochs": 100 }, "ask": "Type 1'],
    ['"do": "train", "epochs": 200', '"do": "set-k", "k": null'],
  ])('refuses with the reader: %s → %s', (from, to) => {
    const text = example.replace(from, to);
    expect(readLesson(text).ok).toBe(false);
    expect(published.accepts(JSON.parse(text))).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import { readLesson } from '../../src/io/read-lesson.ts';
import { answerOf, met, valueBefore, valueNow } from '../../src/lessons/check.ts';
import type { Facts } from '../../src/lessons/facts.ts';
import { addressOf, type Lesson, type Step } from '../../src/lessons/lesson.ts';
import { LESSONS } from '../../src/lessons/lessons.ts';
import { formulasIn } from './formulas-in.ts';
import { openStep, type Reader } from './reader.ts';
import { SCRIPTS } from './scripts.ts';

const STEPS = LESSONS.flatMap((lesson) =>
  lesson.steps.map((step, n) => ({ lesson, step, n, address: addressOf(lesson, step) })),
);

/** Formulas of a text that come to nothing now: a number that a reader would not see. */
function untold(text: Step['text'], facts: Facts, value = valueNow): readonly string[] {
  return formulasIn(text).filter((formula) => value(formula, facts) === null);
}

/** Plays the script; `between` looks on after every action but the last. */
function play(lesson: Lesson, n: number, address: string, between: (reader: Reader) => void): Reader {
  const script = SCRIPTS[address];
  if (script === undefined) throw new Error(`No script for ${address}`);
  const reader = openStep(lesson, n);
  between(reader);
  if (typeof script === 'function') script(reader);
  else {
    for (const [at, doing] of script.entries()) {
      reader.act(doing);
      if (at < script.length - 1) between(reader);
    }
  }
  return reader;
}

describe('every step, done as a reader does it', () => {
  it.each(STEPS)('$address', ({ lesson, step, n, address }) => {
    const reader = play(lesson, n, address, ({ facts }) => {
      // Not done before the last thing that was asked for, and no answer shown.
      expect(met(step.expect, facts)).toBe(false);
      expect(answerOf(step, facts)).toBeNull();
      // Every number of the task is there while it is worked on.
      expect([step.text, step.ask].flatMap((text) => untold(text, facts, valueBefore))).toEqual([]);
      expect(untold(step.footnote ?? '', facts)).toEqual([]);
    });
    const { facts } = reader;
    expect(met(step.expect, facts)).toBe(true);
    expect(untold(step.why, facts)).toEqual([]);
    const right = (step.predict?.options ?? []).filter((option) => met(option.when, facts));
    expect(right).toHaveLength(step.predict ? 1 : 0);
    expect(answerOf(step, facts)).toBe(right[0] ?? null);
  });

  it('has a script for each of them and no others', () => {
    expect(Object.keys(SCRIPTS).sort()).toEqual(STEPS.map(({ address }) => address).sort());
  });
});

describe('what is nearly right', () => {
  const near: readonly [string, (reader: Reader) => void][] = [
    ['gap-is-not-zero/type-a-zero', (reader) => reader.act({ do: 'train', epochs: 1000 })],
    ['gap-is-not-zero/type-a-zero', (reader) => reader.act({ do: 'rate', user: 1, item: 3, value: 0 })],
    ['gap-is-not-zero/make-a-gap-again', (reader) => reader.act({ do: 'train', epochs: 1000 })],
    ['error-and-rmse/best-constant', (reader) => reader.act({ do: 'type', value: 2.6 })],
    ['two-thin-matrices/a-larger-set', (reader) => reader.act({ do: 'set', model: { k: 4 } })],
    ['dot-product/make-it-four', (reader) => reader.act({ do: 'rate', user: 2, item: 3, value: 4 })],
    ['dot-product/make-it-four', (reader) => reader.act({ do: 'factor', matrix: 'Q', row: 3, factor: 1, value: 1.77 })],
    // The sequential q where the simultaneous one is asked for, and the other way around.
    ['one-update/new-q-simultaneous', (reader) => reader.act({ do: 'type', value: 2.355 })],
    ['one-update/new-q-sequential', (reader) => reader.act({ do: 'type', value: 1.985 })],
    ['one-update/new-p', (reader) => reader.act({ do: 'type', value: 1.742 })],
    ['an-epoch/sixteen', (reader) => reader.act({ do: 'step-rating', times: 15 })],
    ['an-epoch/sixteen', (reader) => reader.act({ do: 'step-epoch', times: 1 })],
    [
      'an-epoch/sixteen',
      (reader) => {
        reader.act({ do: 'step-rating', times: 1 });
        reader.act({ do: 'train', epochs: 20 });
      },
    ],
    // Drawn anew with another k, nothing is alike any more.
    [
      'random-starts/all-alike',
      (reader) => {
        reader.act({ do: 'set', model: { k: 2 } });
        reader.act({ do: 'train', epochs: 300 });
      },
    ],
    [
      'learning-rate/crawl',
      (reader) => {
        // Half of a fast run and half of a slow one is neither.
        reader.act({ do: 'train', epochs: 1 });
        reader.act({ do: 'set', model: { alpha: 0.0001 } });
        reader.act({ do: 'train', epochs: 199 });
      },
    ],
    ['hold-out/hide-two', (reader) => reader.act({ do: 'hold-out', user: 1, item: 1 })],
    [
      'hold-out/hide-two',
      (reader) => {
        // What was trained on is no secret any more.
        reader.act({ do: 'train', epochs: 5 });
        reader.act({ do: 'hold-out', user: 1, item: 1 });
        reader.act({ do: 'hold-out', user: 2, item: 1 });
      },
    ],
    [
      'hold-out/a-share',
      (reader) => {
        reader.act({ do: 'train', epochs: 300 });
        reader.act({ do: 'hold-out-share', share: 15 });
        reader.act({ do: 'train', epochs: 300 });
      },
    ],
    [
      'overfitting/raise-beta',
      (reader) => {
        // Fewer factors overfit less, whatever β is.
        reader.act({ do: 'set', model: { k: 2, beta: 0.021 } });
        reader.act({ do: 'train', epochs: 300 });
      },
    ],
    [
      'overfitting/raise-beta',
      (reader) => {
        reader.act({ do: 'set', model: { beta: 0.03 } });
        reader.act({ do: 'reset' });
        reader.act({ do: 'train', epochs: 300 });
      },
    ],
    [
      'biases/switch-them-on',
      (reader) => {
        // On factors that were trained without them, biases come too late to be compared.
        reader.act({ do: 'set', model: { prediction: 'mean+factors+biases' } });
        reader.act({ do: 'train', epochs: 200 });
      },
    ],
    // By hand there is no valley to see.
    [
      'choosing-k/all-of-them',
      (reader) => {
        for (const k of [1, 2]) {
          reader.act({ do: 'set', model: { k } });
          reader.act({ do: 'train', epochs: 300 });
        }
      },
    ],
    // The lowest of all, one that is just above the line, one too few.
    ...[4, 5, 2].map((k): [string, (reader: Reader) => void] => [
      'choosing-k/the-smallest-that-does',
      (reader) => reader.act({ do: 'set', model: { k } }),
    ]),
    ['how-sure/one-rating-fewer', (reader) => reader.act({ do: 'other-starts', models: 12 })],
    [
      'cold-start/three-ratings',
      (reader) =>
        // The third as it stands when it is chosen, before anything is typed.
        reader.act({
          do: 'fold-in',
          ratings: [
            [1, 5],
            [2, 5],
            [8, 3],
          ],
        }),
    ],
    [
      'optimizers/als',
      (reader) => {
        // From where SGD ended it is no comparison.
        reader.act({ do: 'set', model: { optimizer: { kind: 'als' } } });
        reader.act({ do: 'train', epochs: 100 });
      },
    ],
    ['optimizers/adam', (reader) => reader.act({ do: 'train', epochs: 1000 })],
    ['rotation/a-share-of-zero', (reader) => reader.act({ do: 'factor', matrix: 'P', row: 5, factor: 1, value: 0 })],
    [
      'cold-start/another-person',
      (reader) =>
        reader.act({
          do: 'fold-in',
          ratings: [
            [9, 5],
            [8, 5],
            [10, 5],
          ],
        }),
    ],
  ];

  it.each(near)('is not enough: %s', (address, act) => {
    const found = STEPS.find((one) => one.address === address);
    if (!found) throw new Error(address);
    const reader = openStep(found.lesson, found.n);
    act(reader);
    expect(met(found.step.expect, reader.facts)).toBe(false);
  });
});

describe('the course', () => {
  it('is numbered from 1 to 18', () => {
    expect(LESSONS.map(({ number }) => number)).toEqual(Array.from({ length: 18 }, (_, n) => n + 1));
  });

  it('keeps its addresses', () => {
    expect(STEPS.map(({ address }) => address)).toMatchInlineSnapshot(`
      [
        "gap-is-not-zero/fill-a-gap",
        "gap-is-not-zero/type-a-zero",
        "gap-is-not-zero/make-a-gap-again",
        "gap-is-not-zero/zero-filled-svd",
        "error-and-rmse/one-error",
        "error-and-rmse/best-constant",
        "error-and-rmse/far-off",
        "two-thin-matrices/fewer-than-ratings",
        "two-thin-matrices/a-larger-set",
        "two-thin-matrices/more-than-ratings",
        "dot-product/read-it",
        "dot-product/one-entry",
        "dot-product/make-it-four",
        "downhill/the-slope",
        "downhill/a-negative-partner",
        "downhill/the-pull-of-beta",
        "one-update/the-error",
        "one-update/new-p",
        "one-update/new-q-sequential",
        "one-update/new-q-simultaneous",
        "an-epoch/one-rating",
        "an-epoch/sixteen",
        "an-epoch/made-worse",
        "random-starts/all-zero",
        "random-starts/all-alike",
        "random-starts/by-chance",
        "learning-rate/crawl",
        "learning-rate/converge",
        "learning-rate/diverge",
        "learning-rate/the-edge",
        "hold-out/hide-two",
        "hold-out/beat-the-mean",
        "hold-out/a-share",
        "overfitting/two-curves",
        "overfitting/raise-beta",
        "overfitting/too-much",
        "biases/switch-them-on",
        "biases/the-generous-one",
        "biases/mu",
        "choosing-k/too-few",
        "choosing-k/too-many",
        "choosing-k/all-of-them",
        "choosing-k/the-smallest-that-does",
        "rotation/turn-it",
        "rotation/a-share-of-zero",
        "how-sure/other-starts",
        "how-sure/one-rating-fewer",
        "alike-and-recommended/the-nearest",
        "alike-and-recommended/the-top-gap",
        "alike-and-recommended/the-reason",
        "cold-start/three-ratings",
        "cold-start/another-person",
        "optimizers/sgd",
        "optimizers/als",
        "optimizers/adam",
        "optimizers/twenty-four-million",
      ]
    `);
  });

  it('has no address twice', () => {
    expect(new Set(STEPS.map(({ address }) => address)).size).toBe(STEPS.length);
  });

  it('has two to four steps to a lesson', () => {
    expect(LESSONS.filter(({ steps }) => steps.length < 2 || steps.length > 4)).toEqual([]);
  });

  it('says no result in digits: what is computed stands in braces', () => {
    // A number with decimals in plain text is a result, but for tolerances, settings and the scale.
    const allowed = /\b(0\.01|0\.05|0\.001|0\.07|0\.1|0\.5|3\.5|0\.2|0\.3)\b/g;
    const plain = (text: string) => text.replace(/\$[^$]*\$|\{[^}]*\}/g, '').replace(allowed, '');
    const texts = STEPS.flatMap(({ step }) => [step.text, step.why, step.ask, step.footnote ?? ''].flat());
    expect(texts.filter((text) => /\d\.\d/.test(plain(text)))).toEqual([]);
  });

  it.each(LESSONS.map((lesson) => ({ lesson, title: lesson.title })))('survives a file: $title', ({ lesson }) => {
    expect(readLesson(JSON.stringify(lesson))).toEqual({ ok: true, value: lesson });
  });
});

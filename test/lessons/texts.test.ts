import { describe, expect, it } from 'vitest';
import { valueBefore } from '../../src/lessons/check.ts';
import { asItBegan, type Facts, observe } from '../../src/lessons/facts.ts';
import { addressOf, type Lesson, type Step } from '../../src/lessons/lesson.ts';
import { LESSONS } from '../../src/lessons/lessons.ts';
import { SIX_VIEWERS } from '../../src/lessons/studies.ts';
import { lineAsText, textAsText } from '../../src/views/learn/plain.ts';
import { openStep, type Reader } from './reader.ts';

const STEPS = LESSONS.flatMap((lesson) =>
  lesson.steps.map((step, n) => ({ lesson, step, n, address: addressOf(lesson, step) })),
);

/** What the reader sees of a step before it is done; `live`: with what follows the reader. */
function said({ text, ask, predict }: Step, facts: Facts, live: boolean): readonly string[] {
  const lines = [ask, ...(predict ? [predict.question, ...predict.options.map((option) => option.text)] : [])];
  const still = (line: string) => (live ? line : withoutLive(line));
  const paragraphs = (typeof text === 'string' ? [text] : text).map((one) =>
    textAsText(still(one), { facts, of: 'beginning' }),
  );
  return [...paragraphs, ...lines.map((line) => lineAsText(still(line), { facts, of: 'beginning' }))];
}

function withoutLive(text: string): string {
  return text.replace(/\{now\([^}]*\}/g, '').replace(/\\value\{now\([^}]*\}(\{\d+\})?/g, '');
}

/** What readers do after they have read: all of it changes what the stage shows. */
const PLAYED: readonly (readonly [string, (reader: Reader) => void])[] = [
  ['trained on', (reader) => reader.act({ do: 'train', epochs: 30 })],
  ['a rating typed over', (reader) => reader.act({ do: 'rate', user: 1, item: 1, value: 2 })],
  ['a rating deleted', (reader) => reader.act({ do: 'rate', user: 2, item: 1, value: null })],
  ['a rating hidden', (reader) => reader.act({ do: 'hold-out', user: 1, item: 1 })],
  ['α and β changed', (reader) => reader.act({ do: 'set', model: { alpha: 0.002, beta: 0.4 } })],
  ['k changed', (reader) => reader.act({ do: 'set', model: { k: 2 } })],
  ['the strip dragged', (reader) => reader.act({ do: 'strip', alpha: 0.001 })],
  ['a number typed over', (reader) => reader.act({ do: 'factor', matrix: 'P', row: 1, factor: 1, value: 0.3 })],
  ['another cell selected', (reader) => reader.act({ do: 'select', user: 2, item: 2 })],
  ['reset', (reader) => reader.act({ do: 'reset' })],
  ['a number given', (reader) => reader.act({ do: 'type', value: 3 })],
];

describe('the texts of a step', () => {
  it.each(STEPS)('speak of its beginning, whatever is done: $address', ({ lesson, step, n }) => {
    const reader = openStep(lesson, n);
    const before = said(step, reader.facts, false);
    for (const [name, play] of PLAYED) {
      play(reader);
      expect(said(step, reader.facts, false), name).toEqual(before);
    }
  });

  it('follow the reader only where they speak of the selected cell, or of what is dragged', () => {
    const live = STEPS.filter(({ step }) => JSON.stringify([step.text, step.ask]).match(/\bnow\(/)).map(
      ({ address }) => address,
    );
    expect(live).toEqual([
      'gap-is-not-zero/zero-filled-svd',
      'error-and-rmse/one-error',
      'error-and-rmse/best-constant',
      'two-thin-matrices/fewer-than-ratings',
      'two-thin-matrices/a-larger-set',
      'an-epoch/made-worse',
      'overfitting/raise-beta',
      'biases/the-generous-one',
      'choosing-k/the-smallest-that-does',
    ]);
  });

  it('keep what the judge of this course saw change', () => {
    const textOf = (address: string, play: (reader: Reader) => void) => {
      const found = STEPS.find((one) => one.address === address);
      if (!found) throw new Error(address);
      const reader = openStep(found.lesson, found.n);
      play(reader);
      return said(found.step, reader.facts, true).join(' ');
    };
    expect(
      textOf('gap-is-not-zero/make-a-gap-again', (reader) => {
        reader.act({ do: 'rate', user: 1, item: 3, value: null });
        reader.act({ do: 'train', epochs: 500 });
      }),
    ).toContain('300 epochs were trained with it. They ended at r̂13 = 0.04.');
    expect(textOf('learning-rate/converge', (reader) => reader.act({ do: 'set', model: { alpha: 0.02 } }))).toContain(
      'The marker begins at α = 0.0001. That is half',
    );
  });

  it('follow the selected cell in now(…)', () => {
    const found = STEPS.find(({ address }) => address === 'error-and-rmse/one-error');
    if (!found) throw new Error('no such step');
    const reader = openStep(found.lesson, found.n);
    reader.act({ do: 'select', user: 3, item: 4 });
    const text = () => said(found.step, reader.facts, true).join(' ');
    expect(text()).toContain('Chen and Dune, r is 5, r̂ui is 2 and e is 3.');
    // Nothing is taken from nothing at a gap.
    reader.act({ do: 'select', user: 1, item: 3 });
    expect(text()).toContain('Ana and Clue, r is —, r̂ui is 2 and e is —.');
  });
});

/** What is said of a step that was done so. */
function told(address: string, play: (reader: Reader) => void): { readonly facts: Facts; readonly text: string } {
  const found = STEPS.find((one) => one.address === address);
  if (!found) throw new Error(address);
  const reader = openStep(found.lesson, found.n);
  play(reader);
  return { facts: reader.facts, text: textAsText(found.step.why, { facts: reader.facts, of: 'now' }) };
}

describe('what is said of a step that is done', () => {
  it('names all that moved the prediction: p and q', () => {
    const { facts, text } = told('downhill/the-slope', (reader) => reader.act({ do: 'step-rating', times: 1 }));
    expect(text).toContain('p went from 1.000 to 1.299');
    expect(text).toContain('and q by its own slope from 1.000 to 1.389.');
    expect(text).toContain('p q was 1.000 and is 1.299 · 1.389 = 1.804.');
    const [p = 0] = facts.now.parameters.P;
    const [q = 0] = facts.now.parameters.Q;
    expect([p, q, p * q].map((value) => value.toFixed(3))).toEqual(['1.299', '1.389', '1.804']);
  });

  it('measures generosity against a bias of 0, in a model that knows no μ yet', () => {
    const { facts, text } = told('biases/the-generous-one', (reader) =>
      reader.act({ do: 'select-where', where: 'bu(u) >= largestBu' }),
    );
    const { bu, mu } = facts.now.parameters;
    expect(mu).toBeNull();
    expect(text).toContain(
      `gives ${Math.max(...(bu ?? [])).toFixed(2)} points more than a judge whose bias is 0 would`,
    );
  });

  it('is not given away before it is asked: the run of biases that one step looks at is the run that the next begins with', () => {
    const [looked, asked] = ['biases/the-generous-one', 'biases/mu'].map(
      (address) => told(address, () => {}).facts.now,
    );
    expect(looked?.measures).toEqual(asked?.measures);
  });
});

describe('what β has to bring', () => {
  it('follows the reader who tries: how far RMSE held out has to come down, and where it stands', () => {
    const found = STEPS.find(({ address }) => address === 'overfitting/raise-beta');
    if (!found) throw new Error('no such step');
    const reader = openStep(found.lesson, found.n);
    const text = () => said(found.step, reader.facts, true).join(' ');
    const { rmseHeldOut } = reader.facts.now.measures;
    expect(text()).toContain(
      `has to come to ${((rmseHeldOut ?? 0) - 0.1).toFixed(3)} or less; with β = 0.02 and 300 epochs`,
    );
    reader.act({ do: 'set', model: { beta: 0.3 } });
    reader.act({ do: 'reset' });
    reader.act({ do: 'train', epochs: 100 });
    const now = reader.facts.now.measures.rmseHeldOut?.toFixed(3);
    expect(text()).toContain(
      `with β = 0.30 and 100 epochs it is ${now}. A run of fewer than 300 epochs does not count`,
    );
  });
});

describe('how a step began', () => {
  const step: Step = {
    id: 'one',
    text: '',
    stage: { study: SIX_VIEWERS, model: { k: 2, alpha: 0.01 }, holdOut: [[1, 1]], epoch: 50, selected: [2, 3] },
    focus: { control: 'train' },
    ask: 'Train.',
    expect: 'trained >= 50',
    why: '',
  };
  const lesson: Lesson = {
    format: 'factorscope-lesson',
    version: 1,
    id: 'a-lesson',
    number: 0,
    title: 'A lesson',
    idea: 'An idea.',
    steps: [step],
  };

  it('is remembered: what was selected, typed, trained and tried', () => {
    const reader = openStep(lesson, 0);
    reader.act({ do: 'train', epochs: 60 });
    reader.act({ do: 'select', user: 1, item: 1 });
    reader.act({ do: 'type', value: 7 });
    reader.act({ do: 'strip', alpha: 0.02 });
    const asked = (formula: string) => valueBefore(formula, reader.facts);
    expect(['epoch', 'was(epoch)', 'first(epoch)', 'now(epoch)'].map(asked)).toEqual([50, 50, 0, 110]);
    expect(['u', 'i', 'now(u)', 'now(i)'].map(asked)).toEqual([2, 3, 1, 1]);
    expect(['trained', 'now(trained)', 'typed', 'now(typed)'].map(asked)).toEqual([0, 60, null, 7]);
    expect(["did('train')", "now(did('train'))"].map(asked)).toEqual([0, 1]);
    expect(['count(epoch >= 50)', 'now(count(epoch >= 50))'].map(asked)).toEqual([1, 2]);
  });

  it('takes in figures that come late, as long as nothing was done', () => {
    const { facts } = openStep(lesson, 0);
    const none = { ...facts.now, baselines: null };
    const begun = { ...facts, now: none, began: none };
    expect(valueBefore('rmseMean', begun)).toBeNull();
    const baselines = { rmseMean: 1.25, rmseBiases: 1.5 };
    expect(valueBefore('rmseMean', observe(begun, { ...none, baselines }))).toBe(1.25);
    expect(valueBefore('rmseMean', observe(begun, { ...none, epoch: 51, baselines }))).toBeNull();
    const later = observe(observe(begun, { ...none, baselines }), {
      ...none,
      epoch: 51,
      baselines: { ...baselines, rmseMean: 3 },
    });
    expect(valueBefore('rmseMean', later)).toBe(1.25);
    expect(asItBegan(later).now.epoch).toBe(50);
  });
});

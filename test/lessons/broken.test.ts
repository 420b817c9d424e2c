import { describe, expect, it } from 'vitest';
import { brokenBy } from '../../src/lessons/broken.ts';
import { met } from '../../src/lessons/check.ts';
import { addressOf } from '../../src/lessons/lesson.ts';
import { LESSONS } from '../../src/lessons/lessons.ts';
import { openStep, type Reader } from './reader.ts';
import { SCRIPTS } from './scripts.ts';

const STEPS = LESSONS.flatMap((lesson) =>
  lesson.steps.map((step, n) => ({ lesson, step, n, address: addressOf(lesson, step) })),
);

interface Opened {
  readonly reader: Reader;
  readonly broken: () => ReturnType<typeof brokenBy>;
  readonly done: () => boolean;
}

function opened(address: string): Opened {
  const found = STEPS.find((one) => one.address === address);
  if (!found) throw new Error(`no step ${address}`);
  const reader = openStep(found.lesson, found.n);
  const { expect: condition } = found.step;
  return { reader, broken: () => brokenBy(condition, reader.facts), done: () => met(condition, reader.facts) };
}

describe('what keeps a task from being done', () => {
  it.each(STEPS)('is nothing for who does $address as it is asked', ({ lesson, step, n, address }) => {
    const reader = openStep(lesson, n);
    expect(brokenBy(step.expect, reader.facts)).toBeNull();
    const script = SCRIPTS[address];
    if (typeof script === 'function') script(reader);
    else {
      for (const doing of script ?? []) {
        reader.act(doing);
        expect(brokenBy(step.expect, reader.facts)).toBeNull();
      }
    }
    expect(brokenBy(step.expect, reader.facts)).toBeNull();
  });

  it.each(['dot-product/one-entry', 'dot-product/make-it-four', 'error-and-rmse/best-constant', 'hold-out/hide-two'])(
    'is training, in %s',
    (address) => {
      const { reader, broken } = opened(address);
      reader.act({ do: 'train', epochs: 3 });
      expect(broken()).toBe('trained');
    },
  );

  it.each(['downhill/the-slope', 'downhill/a-negative-partner', 'downhill/the-pull-of-beta'])(
    'is training before the step that %s asks for, which is told of the first one only',
    (address) => {
      const { reader, broken, done } = opened(address);
      reader.act({ do: 'step-epoch', times: 1 });
      expect(broken()).toBe('trained');
      reader.act({ do: 'step-rating', times: 1 });
      expect([broken(), done()]).toEqual(['trained', false]);
      reader.act({ do: 'reset' });
      expect(broken()).toBeNull();
      reader.act({ do: 'set', model: { alpha: 0.2 } });
      reader.act({ do: 'step-rating', times: 1 });
      expect([broken(), done()]).toEqual(['settings', false]);
    },
  );

  it('is a learned number that was typed over, before the step and after it', () => {
    const { reader, broken, done } = opened('downhill/the-slope');
    reader.act({ do: 'factor', matrix: 'P', row: 1, factor: 1, value: 3 });
    expect(broken()).toBe('numbers');
    reader.act({ do: 'step-rating', times: 1 });
    expect([broken(), done()]).toEqual(['numbers', false]);
  });

  it('is an epoch at one stroke, where it is to be stepped through', () => {
    const { reader, broken, done } = opened('an-epoch/sixteen');
    reader.act({ do: 'step-rating', times: 3 });
    expect(broken()).toBeNull();
    reader.act({ do: 'step-epoch', times: 1 });
    expect([broken(), done()]).toEqual(['stroke', false]);
    reader.act({ do: 'reset' });
    expect(broken()).toBeNull();
    reader.act({ do: 'step-rating', times: 16 });
    expect([broken(), done()]).toEqual([null, true]);
  });

  it('is training until a Reset mends that', () => {
    const { reader, broken } = opened('hold-out/hide-two');
    reader.act({ do: 'train', epochs: 3 });
    reader.act({ do: 'reset' });
    expect(broken()).toBeNull();
  });

  it('is a rating that was changed, until it is what it was', () => {
    const { reader, broken } = opened('dot-product/make-it-four');
    reader.act({ do: 'rate', user: 2, item: 3, value: 4 });
    expect(broken()).toBe('ratings');
  });

  it('is another setting, until it is back', () => {
    const { reader, broken } = opened('overfitting/two-curves');
    reader.act({ do: 'set', model: { beta: 0.5 } });
    expect(broken()).toBe('settings');
    reader.act({ do: 'set', model: { beta: 0.02 } });
    expect(broken()).toBeNull();
  });

  it('is no part that was not there at first, and none of a choice of two', () => {
    const { reader } = opened('dot-product/make-it-four');
    reader.act({ do: 'train', epochs: 3 });
    expect(brokenBy('trained = 0 or trained > 5', reader.facts)).toBeNull();
    expect(brokenBy('trained > 5 and k = 4', reader.facts)).toBeNull();
    expect(brokenBy('this is no formula', reader.facts)).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import { answerOf, met, valueNow } from '../../src/lessons/check.ts';
import { addressOf } from '../../src/lessons/lesson.ts';
import { LESSONS } from '../../src/lessons/lessons.ts';
import { formulasIn } from './formulas-in.ts';
import { openStep } from './reader.ts';

const STEPS = LESSONS.flatMap((lesson) =>
  lesson.steps.map((step, n) => ({ lesson, step, n, address: addressOf(lesson, step) })),
);

describe('what Page Down shows for a clicker', () => {
  it('is told for every step of the course', () => {
    expect(STEPS.filter(({ step }) => !step.show?.length).map(({ address }) => address)).toEqual([]);
  });

  it.each(STEPS)('brings about $address, with its last action and not before', ({ lesson, step, n }) => {
    const reader = openStep(lesson, n);
    for (const action of step.show ?? []) {
      expect(met(step.expect, reader.facts)).toBe(false);
      expect(answerOf(step, reader.facts)).toBeNull();
      reader.act(action);
    }
    expect(met(step.expect, reader.facts)).toBe(true);
    // The question is answered, and no number of the reason is missing.
    expect(answerOf(step, reader.facts) === null).toBe(step.predict === undefined);
    expect(formulasIn(step.why).filter((formula) => valueNow(formula, reader.facts) === null)).toEqual([]);
  });

  it('leaves the guess to the audience', () => {
    const guessed = STEPS.filter(
      ({ step }) => !step.expect.includes('chosen') && step.show?.some((action) => action.do === 'choose'),
    );
    expect(guessed.map(({ address }) => address)).toEqual([]);
  });

  it('works out the numbers that it gives, instead of knowing them', () => {
    const known = STEPS.filter(({ step }) =>
      step.show?.some((action) => action.do === 'type' && typeof action.value === 'number'),
    );
    expect(known.map(({ address }) => address)).toEqual([]);
  });
});

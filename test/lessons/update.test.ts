import { describe, expect, it } from 'vitest';
import { valueNow } from '../../src/lessons/check.ts';
import type { Facts } from '../../src/lessons/facts.ts';
import { LESSONS } from '../../src/lessons/lessons.ts';
import { openStep } from './reader.ts';

/*
 * What lessons 5 and 6 derive and have worked out by hand, against the cost itself and against what the run does:
 *
 *     E = e² + β/2·(p² + q²)     p ← p − α·∂E/∂p     q ← q − α·∂E/∂q
 */
const STEPS = LESSONS.filter(({ id }) => id === 'downhill' || id === 'one-update').flatMap((lesson) =>
  lesson.steps.map((step, n) => ({ lesson, n, step: `${lesson.id}/${step.id}` })),
);

function number(formula: string, facts: Facts): number {
  const value = valueNow(formula, facts);
  if (typeof value !== 'number') throw new Error(`${formula} is ${value}`);
  return value;
}

describe.each(STEPS)('the update in $step', ({ lesson, n }) => {
  const { facts } = openStep(lesson, n);
  const of = (formula: string) => number(formula, facts);
  const [r, p, q, e] = [of('r(1, 1)'), of('P(1, 1)'), of('Q(1, 1)'), of('e(1, 1)')];
  const [alpha, beta] = [of('alpha'), of('beta')];
  const cost = (p: number, q: number) => (r - p * q) ** 2 + (beta / 2) * (p ** 2 + q ** 2);
  const h = 1e-6;

  it('goes down the slope of the cost in p', () => {
    const slope = (cost(p + h, q) - cost(p - h, q)) / (2 * h);
    expect(of('pushP(1, 1, 1)')).toBeCloseTo(-slope, 6);
    expect(of('newP(1, 1, 1)')).toBe(p + alpha * (2 * e * q - beta * p));
  });

  it('goes down the slope in q, taken at the p that it reads', () => {
    const read = of('newP(1, 1, 1)');
    const sequential = valueNow('update', facts) === 'sequential';
    // The error is the old one in either case: 2·e·p with the p just written is no slope, but near one.
    const push = 2 * e * (sequential ? read : p) - beta * q;
    expect(of('pushQ(1, 1, 1)')).toBeCloseTo(push, 12);
    if (!sequential) expect(push).toBeCloseTo(-(cost(p, q + h) - cost(p, q - h)) / (2 * h), 6);
  });

  it('is what the run does with one rating', () => {
    const reader = openStep(lesson, n);
    reader.act({ do: 'step-rating', times: 1 });
    expect(number('P(1, 1)', reader.facts)).toBe(of('newP(1, 1, 1)'));
    expect(number('Q(1, 1)', reader.facts)).toBe(of('newQ(1, 1, 1)'));
    expect(number('rhat(1, 1)', reader.facts)).toBe(number('was(newP(1, 1, 1) * newQ(1, 1, 1))', reader.facts));
  });

  it('is p + γ(e·q − λ·p) with γ = 2α and λ = β/2', () => {
    const [gamma, lambda] = [2 * alpha, beta / 2];
    expect(p + gamma * (e * q - lambda * p)).toBeCloseTo(of('newP(1, 1, 1)'), 14);
  });
});

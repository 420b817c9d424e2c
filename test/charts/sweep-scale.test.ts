import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { errorScale, errorShade, roundStep, shareOf } from '../../src/charts/sweep-scale.ts';

const labels = (scale: ReturnType<typeof errorScale>) => scale?.ticks.map(({ label }) => label);

describe('a scale of errors', () => {
  test('has round ends around the least and the greatest, and a number at every step', () => {
    const scale = errorScale([1.24, null, 1.72, 1.17, 1.9], 'linear');
    expect([scale?.low, scale?.high, scale?.capped]).toEqual([1, 2, false]);
    expect(labels(scale)).toEqual(['1.0', '1.2', '1.4', '1.6', '1.8', '2.0']);
    expect(scale?.ticks.map(({ share }) => share)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  });

  test('ends at twice the least error, rounded outward: one bad run does not make all others look alike', () => {
    const scale = errorScale([1.17, 1.3, 40], 'linear');
    expect([scale?.low, scale?.high, scale?.capped]).toEqual([1, 2.4, true]);
    expect(labels(scale)?.at(-1)).toBe('≥ 2.4');
  });

  test('goes on where more than one in ten lie beyond that, to four times the least at most', () => {
    const valley = Array.from({ length: 20 }, (_, at) => 1 + at / 100);
    const slope = Array.from({ length: 30 }, (_, at) => 2 + at / 20);
    const scale = errorScale([...valley, ...slope], 'linear');
    // Nine in ten are not above 3.2.
    expect([scale?.low, scale?.high, scale?.capped]).toEqual([1, 3.5, false]);
    const far = errorScale([...valley, ...slope.map((error) => error * 10)], 'linear');
    expect([far?.high, far?.capped]).toEqual([4, true]);
  });

  test('a machine’s last digit is not beyond the end', () => {
    expect(labels(errorScale([1.2, (1.65 + 1.75) / 2, 1.7000000000000002], 'linear'))?.at(-1)).toBe('1.7');
  });

  test('stands still while results land between its ends', () => {
    const errors = [1.17, 1.9];
    const before = errorScale(errors, 'linear');
    for (const one of [1.2, 1.55, 1.899, 1.18]) expect(errorScale([...errors, one], 'linear')).toEqual(before);
  });

  test('the least is the strong end, and what lies beyond the weak one has its color', () => {
    const scale = errorScale([1, 2], 'linear');
    if (!scale) throw new Error('no scale');
    expect([1, 1.5, 2, 99, Number.NaN].map((error) => errorShade(scale, error))).toEqual([255, 128, 0, 0, 0]);
  });

  test('on a log scale a factor is a step, over a thousand times the least at most', () => {
    const scale = errorScale([0.0006, 0.03, 2.6], 'log');
    if (!scale) throw new Error('no scale');
    expect([scale.low, scale.high, scale.capped]).toEqual([0.0005, 1, true]);
    expect(labels(scale)).toEqual(['0.0005', '0.01', '0.1', '≥ 1']);
    expect(shareOf(scale, 0.1) - shareOf(scale, 0.01)).toBeCloseTo(shareOf(scale, 1) - shareOf(scale, 0.1), 12);
  });

  test('there is none without an error', () => {
    expect(errorScale([], 'linear')).toBeNull();
    expect(errorScale([null, Number.NaN, Number.POSITIVE_INFINITY], 'log')).toBeNull();
  });

  test('whatever the errors, ends are in order, ticks finite, and shades in their range', () => {
    const error = fc.oneof(fc.constant(null), fc.double({ min: 0, max: 1e60, noNaN: true }));
    fc.assert(
      fc.property(fc.array(error, { minLength: 1 }), fc.constantFrom('linear', 'log'), (errors, axis) => {
        const scale = errorScale(errors, axis);
        if (scale === null) {
          expect(errors.every((one) => one === null)).toBe(true);
          return;
        }
        expect(scale.low).toBeLessThan(scale.high);
        expect(scale.ticks.length).toBeGreaterThanOrEqual(2);
        expect(scale.ticks.length).toBeLessThanOrEqual(9);
        expect([scale.ticks[0]?.share, scale.ticks.at(-1)?.share]).toEqual([0, 1]);
        for (const one of errors) {
          if (one === null) continue;
          expect(errorShade(scale, one)).toBeGreaterThanOrEqual(0);
          expect(errorShade(scale, one)).toBeLessThanOrEqual(255);
        }
      }),
    );
  });

  test('steps are 1, 2 or 5 of a power of ten', () => {
    expect([0.9, 1, 1.1, 2.1, 5.1, 0.03, 0.1 + 0.2].map(roundStep)).toEqual([1, 1, 2, 5, 10, 0.05, 0.5]);
  });
});

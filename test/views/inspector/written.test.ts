import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalsFor, writtenParts } from '../../../src/views/inspector/written.ts';
import { writtenError, writtenStep } from '../../../src/views/inspector/written-step.ts';

/** What a printed sum or product comes to, reckoned from the characters alone. */
function reckoned(printed: string): number {
  const number = /^\(?(-?[\d.]+(?:e[+-]?\d+)?)\)?/;
  let rest = printed.replaceAll(' ', '');
  const take = () => {
    const found = number.exec(rest);
    if (!found) throw new Error(`no number in ${rest}`);
    rest = rest.slice(found[0].length);
    return Number(found[1]);
  };
  const product = () => {
    let value = take();
    while (rest.startsWith('×')) {
      rest = rest.slice(1);
      value *= take();
    }
    return value;
  };
  const sum = () => {
    let value = product();
    while (rest.startsWith('+') || rest.startsWith('−')) {
      const sign = rest.startsWith('+') ? 1 : -1;
      rest = rest.slice(1);
      value += sign * product();
    }
    return value;
  };
  const inner = /^([\d.e-]+) \((2 .*)\)$/.exec(printed);
  if (!inner) return sum();
  rest = (inner[2] ?? '').replaceAll(' ', '');
  return Number(inner[1]) * sum();
}

const lastDigit = (printed: string) => 10 ** -(printed.split('.')[1]?.length ?? 0);

describe('a step as it is printed', () => {
  it('shows the step of a small learning rate', () => {
    const before = 1.3437126;
    const [alpha, beta, error, partner] = [0.0002, 0.02, 0.0050318, 1.957];
    const gradient = 2 * error * partner - beta * before;
    const written = writtenStep({ alpha, beta, error, partner, before, gradient, after: before + alpha * gradient });
    expect(written.change).toBe('-0.00000144');
    expect(written.sum).toBe('1.34371260 − 0.00000144');
    expect(written.moved).toBe('1.34371116');
    expect(writtenError(5, error)).toEqual({ difference: '5 − 4.994968', error: '0.005032' });
  });

  it('is true as printed, whatever its numbers', () => {
    const size = (most: number) => fc.double({ min: -most, max: most, noNaN: true });
    fc.assert(
      fc.property(
        fc.constantFrom(0.5, 0.07, 0.01, 0.0002, 0.00001),
        fc.constantFrom(0, 0.02, 0.2, 3),
        size(5),
        fc.option(size(4)),
        size(4),
        (alpha, beta, error, partner, before) => {
          const gradient = 2 * error * (partner ?? 1) - beta * before;
          const after = before + alpha * gradient;
          const written = writtenStep({ alpha, beta, error, partner, before, gradient, after });
          const change = Number(written.change);
          expect(Math.abs(reckoned(written.product) - change)).toBeLessThanOrEqual(
            Math.max(0.500001 * lastDigit(written.change), Math.abs(change) * 0.00501) + 1e-15,
          );
          if (Math.abs(alpha * gradient) < 1e-8) return;
          expect(reckoned(written.sum)).toBeCloseTo(Number(written.moved), 11);
          expect(Math.abs(Number(written.moved) - after)).toBeLessThanOrEqual(0.500001 * lastDigit(written.moved));
          expect(written.cut).toBeNull();
          expect(change).not.toBe(0);
          expect(Number(written.moved)).not.toBe(reckoned(written.sum.split(' ')[0] ?? ''));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('says what was kept from going below zero, and what is too small for decimals', () => {
    const kept = writtenStep({ alpha: 0.1, beta: 0, error: -2, partner: 1, before: 0.1, gradient: -4, after: 0 });
    expect([kept.sum, kept.moved, kept.cut]).toEqual(['0.1000 − 0.4000', '-0.3000', 'max(0, -0.3000)']);
    const tiny = writtenStep({ alpha: 0.01, beta: 0, error: 1e-13, partner: 1, before: 2, gradient: 2e-13, after: 2 });
    expect(tiny).toEqual({
      product: '0.01 (2 × 1e-13 × 1 − 0 × 2)',
      change: '2.00e-15',
      sum: '2.000 + 2.00e-15',
      moved: '2.000',
      cut: null,
    });
  });

  it('of an error: r − r̂ makes e', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 }), fc.double({ min: -6, max: 6, noNaN: true }), (half, error) => {
        const { difference, error: printed } = writtenError(half / 2, error);
        expect(reckoned(difference)).toBeCloseTo(Number(printed), 11);
        expect(Math.abs(Number(printed) - error)).toBeLessThanOrEqual(Math.max(1e-12, Math.abs(error) * 0.000501));
      }),
    );
  });
});

describe('parts of a sum as they are printed', () => {
  it('add up as printed, none off by a whole last digit', () => {
    const part = fc.double({ min: -20, max: 20, noNaN: true });
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 8 }), fc.integer({ min: 2, max: 5 }), (parts, decimals) => {
        const sum = parts.reduce((total, value) => total + value, 0);
        const written = writtenParts(parts, sum, decimals);
        const unit = 10 ** -decimals;
        expect(written.reduce((total, value) => total + Number(value), 0)).toBeCloseTo(
          Number(sum.toFixed(decimals)),
          9,
        );
        written.forEach((value, at) => {
          expect(Math.abs(Number(value) - (parts[at] ?? 0))).toBeLessThan(unit * 1.0001);
        });
      }),
    );
  });

  it('with decimals that show the smallest', () => {
    expect(decimalsFor([1.21, 0.46, 0.43])).toBe(2);
    expect(decimalsFor([-0.0064, 0.012])).toBe(4);
    expect(decimalsFor([0, 0])).toBe(2);
    expect(decimalsFor([1e-12])).toBe(5);
    expect(writtenParts([-0.0064, 0.012], 0.0056, 4)).toEqual(['-0.0064', '0.0120']);
  });
});

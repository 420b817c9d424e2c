import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EMPTY_HISTORY } from '../../../src/core/history.ts';
import {
  bestOf,
  coarseFirst,
  endOf,
  givenBack,
  type RateRun,
  regimeOf,
  regimeRanges,
  STRIP_RATES,
} from '../../../src/core/understand/rate-strip.ts';

/** A run whose RMSE seen was this after each epoch. */
function runWith(alpha: number, rmseSeen: readonly number[], diverged = false): RateRun {
  const curve = { ...EMPTY_HISTORY, epoch: rmseSeen.map((_, epoch) => epoch), rmseSeen };
  const parameters = { k: 1, P: new Float64Array(1), Q: new Float64Array(1), bu: null, bi: null, mu: null };
  return { alpha, curve, epochs: rmseSeen.length - 1, diverged, parameters };
}

describe('the regime of a run', () => {
  const best = runWith(0.02, [3, 2, 1]);

  it('is told by what it covered of the way to the best end', () => {
    // 90 % of the way from 3 to 1 ends at 1.2.
    expect(regimeOf(runWith(0.01, [3, 2, 1.2]), best)).toEqual({
      name: 'converging',
      covered: expect.closeTo(0.9, 12),
    });
    expect(regimeOf(runWith(0.01, [3, 2.5, 1.21]), best)).toEqual({
      name: 'crawling',
      covered: expect.closeTo(0.895, 12),
    });
    expect(regimeOf(best, best)).toEqual({ name: 'converging', covered: 1 });
  });

  it('oscillates where it loses more than a tenth of what it gained', () => {
    // Gained 2 down to 1, lost again .15 + .06 of it, and then .15 + .04.
    expect(regimeOf(runWith(0.03, [3, 1, 1.15, 1.09, 1.15]), best)).toEqual({
      name: 'oscillating',
      givenBack: expect.closeTo(0.105, 12),
    });
    expect(regimeOf(runWith(0.03, [3, 1, 1.15, 1.11, 1.15]), best)?.name).toBe('converging');
  });

  it('oscillates where it steps too far to arrive, though the curve never rose', () => {
    expect(regimeOf(runWith(0.03, [3, 2, 2]), best)).toEqual({ name: 'oscillating', givenBack: 0 });
    expect(regimeOf(runWith(0.01, [3, 2, 2]), best)).toEqual({ name: 'crawling', covered: 0.5 });
  });

  it('diverged in the epoch after the last one that could be measured, whatever the curve was', () => {
    expect(regimeOf(runWith(0.1, [3, 1, 1e90], true), best)).toEqual({ name: 'diverged', during: 3 });
    expect(regimeOf(runWith(1, [3], true), null)).toEqual({ name: 'diverged', during: 1 });
  });

  it('is none where nothing can be gained', () => {
    expect(regimeOf(runWith(0.01, [3, 3]), runWith(0.01, [3, 3]))).toBeNull();
    expect(regimeOf(runWith(0.01, [3, 2]), null)).toBeNull();
  });
});

describe('what a run gave back', () => {
  it('is the sum of its rises over its fall', () => {
    expect(givenBack([4, 2, 3, 1, 1.5])).toBeCloseTo(1.5 / 3, 14);
    expect(givenBack([2, 2, 2])).toBe(0);
    expect(givenBack([2, 3])).toBe(Number.POSITIVE_INFINITY);
  });

  it('is 0 just where a curve never rises', () => {
    // Thousandths: a rise of the smallest numbers there are, over a fall of 1, is a 0 that is none.
    const errors = fc.integer({ min: 0, max: 10_000 }).map((thousandths) => thousandths / 1000);
    fc.assert(
      fc.property(fc.array(errors, { minLength: 2, maxLength: 30 }), (curve) => {
        const falls = curve.toSorted((a, b) => b - a);
        expect(givenBack(falls)).toBe(0);
        expect(givenBack(curve) > 0).toBe(curve.some((value, at) => at > 0 && value > (curve[at - 1] ?? value)));
      }),
    );
  });
});

describe('the strip', () => {
  it('has 93 learning rates of at most 3 digits from .0001 to 1, equally far apart as people count', () => {
    expect([STRIP_RATES.length, STRIP_RATES[0], STRIP_RATES[92]]).toEqual([93, 0.0001, 1]);
    for (const rate of [0.0002, 0.02, 0.07]) expect(STRIP_RATES).toContain(rate);
    for (const [at, rate] of STRIP_RATES.entries()) {
      expect(Number(rate.toPrecision(3))).toBe(rate);
      if (at > 0) expect(rate / (STRIP_RATES[at - 1] ?? 0)).toBeLessThan(1.16);
    }
  });

  it('finds the best end among runs that have one', () => {
    const runs = [
      runWith(0.1, [3, 0.1], true),
      runWith(0.01, [3, 0.5]),
      runWith(0.02, [3, 0.4]),
      runWith(0.03, [3, 0.4]),
    ];
    expect(bestOf(runs)?.alpha).toBe(0.02);
    expect(endOf(runs[0] ?? runWith(1, [1]))).toEqual({ seen: null, heldOut: null });
    expect(bestOf([])).toBeNull();
  });

  it('is a row of ranges: every place with a regime is in just one of them', () => {
    const [crawling, diverged] = [{ name: 'crawling', covered: 0 } as const, { name: 'diverged', during: 1 } as const];
    expect(regimeRanges([crawling, crawling, null, crawling, diverged])).toEqual([
      { name: 'crawling', from: 0, to: 1 },
      { name: 'crawling', from: 3, to: 3 },
      { name: 'diverged', from: 4, to: 4 },
    ]);
  });

  it('computes every place once, and early ones far apart', () => {
    fc.assert(
      fc.property(fc.nat(200), (count) => {
        const order = coarseFirst(count);
        expect(order.toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, at) => at));
      }),
    );
    expect(coarseFirst(93).slice(0, 7)).toEqual([0, 16, 32, 48, 64, 80, 8]);
  });
});

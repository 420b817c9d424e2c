import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { epochEnd, lossDomain } from '../../src/charts/loss-domain.ts';
import { epochTicks, formatTick, valueTicks } from '../../src/charts/loss-ticks.ts';
import type { History } from '../../src/core/history.ts';

function history(
  seen: readonly (number | null)[],
  heldOut: readonly (number | null)[] = seen.map(() => null),
): History {
  return {
    epoch: seen.map((_, at) => at),
    rmseSeen: seen,
    rmseHeldOut: heldOut,
    maeSeen: seen,
    maeHeldOut: heldOut,
    objective: seen,
  };
}

describe('the axis of epochs', () => {
  test('ends at the next of 1-2-5, and nowhere between', () => {
    expect([0, 1, 10, 11, 20, 21, 50, 51, 100, 640, 1000, 1001, 4999, 5000, 999_999].map(epochEnd)).toEqual([
      10, 10, 10, 20, 20, 50, 50, 100, 100, 1000, 1000, 2000, 5000, 5000, 1_000_000,
    ]);
  });

  test('moves 15 times in a run of a million epochs', () => {
    const ends = new Set(
      Array.from({ length: 10_001 }, (_, at) => epochEnd(at * 100)).concat(
        Array.from({ length: 100 }, (_, epoch) => epochEnd(epoch)),
      ),
    );
    expect(ends.size).toBe(16);
  });

  test('is labeled at whole epochs only', () => {
    expect(epochTicks(10, 50).map((tick) => tick.label)).toEqual([
      '0',
      '1',
      '2',
      '3',
      '4',
      '5',
      '6',
      '7',
      '8',
      '9',
      '10',
    ]);
    expect(epochTicks(5000, 5).map((tick) => tick.label)).toEqual(['0', '1,000', '2,000', '3,000', '4,000', '5,000']);
  });
});

describe('the axis of losses', () => {
  test('linear: from 0 to a round number above everything, baselines too', () => {
    expect(lossDomain(history([2.4, 0.15], [3.1, 3.68]), 'rmse', 'linear', 1)).toEqual({
      axis: 'linear',
      epochEnd: 10,
      low: 0,
      high: 4,
      floored: false,
    });
    expect(lossDomain(history([2.4, 0.15]), 'rmse', 'linear', 1, [7]).high).toBe(8);
  });

  test('log: round numbers around everything', () => {
    const domain = lossDomain(history([2.4, 0.15], [3.1, 3.68]), 'rmse', 'log', 1);
    expect([domain.low, domain.high, domain.floored]).toEqual([0.1, 5, false]);
    expect(valueTicks(domain, 6).map((tick) => tick.label)).toEqual(['0.1', '0.2', '0.5', '1', '2', '5']);
    expect(valueTicks(domain, 4).map((tick) => tick.label)).toEqual(['0.1', '0.3', '1', '3']);
  });

  test('log: 0 lies on a floor that says so, a billion times below the top at most', () => {
    const some = lossDomain(history([2, 0.5, 0]), 'rmse', 'log', 2);
    expect([some.low, some.high, some.floored]).toEqual([0.5, 2, true]);
    expect(valueTicks(some, 6)[0]).toEqual({ value: 0.5, label: '≤ 0.5' });
    const tiny = lossDomain(history([1, 1e-300]), 'rmse', 'log', 1);
    expect([tiny.low, tiny.high, tiny.floored]).toEqual([1e-9, 1, true]);
    const ticks = valueTicks(tiny, 5);
    expect(ticks.map((tick) => tick.label)).toEqual(['≤ 1e-9', '1e-6', '0.0001', '0.01', '1']);
  });

  test('log: nothing but 0, or nothing at all, still has a frame', () => {
    expect(lossDomain(history([0, 0]), 'rmse', 'log', 1)).toMatchObject({ low: 0.1, high: 1, floored: true });
    expect(lossDomain(history([]), 'rmse', 'log', 0)).toMatchObject({ low: 0.1, high: 1, floored: false });
    expect(lossDomain(history([null, null]), 'rmse', 'linear', 1)).toMatchObject({ low: 0, high: 1 });
  });

  test('only widens while a run goes on', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 40 }),
        fc.constantFrom('linear' as const, 'log' as const),
        (values, axis) => {
          const before = lossDomain(history(values.slice(0, -1)), 'rmse', axis, values.length - 2);
          const after = lossDomain(history(values), 'rmse', axis, values.length - 1);
          expect(after.high).toBeGreaterThanOrEqual(before.high);
          if (axis === 'linear') expect(after.low).toBe(0);
          expect(after.epochEnd).toBeGreaterThanOrEqual(before.epochEnd);
        },
      ),
    );
  });

  test('is finite, ordered and labeled for any values, overflowing ones too', () => {
    const anything = fc.oneof(
      fc.double(),
      fc.constantFrom(0, -0, 5e-324, 1e-310, 1e300, Number.MAX_VALUE, -1, Number.NaN, Number.POSITIVE_INFINITY),
    );
    fc.assert(
      fc.property(
        fc.array(fc.option(anything), { maxLength: 20 }),
        fc.constantFrom('linear' as const, 'log' as const),
        (values, axis) => {
          const domain = lossDomain(history(values), 'objective', axis, values.length);
          expect(Number.isFinite(domain.low) && Number.isFinite(domain.high)).toBe(true);
          expect(domain.high).toBeGreaterThan(domain.low);
          if (axis === 'log') expect(domain.low).toBeGreaterThan(0);
          const ticks = valueTicks(domain, 7);
          expect(ticks.length).toBeGreaterThan(0);
          expect(ticks.length).toBeLessThanOrEqual(8);
          for (const tick of ticks) {
            expect(tick.value).toBeGreaterThanOrEqual(domain.low);
            expect(tick.value).toBeLessThanOrEqual(domain.high);
            expect(tick.label).not.toMatch(/NaN|Infinity/);
          }
          expect(new Set(ticks.map((tick) => tick.label)).size).toBe(ticks.length);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('short labels', () => {
    expect([0, 0.05, 0.3, 3, 2000, 1e5, 2e-9, 1e20].map(formatTick)).toEqual([
      '0',
      '0.05',
      '0.3',
      '3',
      '2,000',
      '1e5',
      '2e-9',
      '1e20',
    ]);
  });
});

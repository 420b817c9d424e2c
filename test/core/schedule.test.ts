import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Schedule } from '../../src/core/model.ts';
import { alphaAt, raisedCosine } from '../../src/core/schedule.ts';

const rates = (schedule: Schedule | undefined, epochs: readonly number[], alpha = 0.8) =>
  epochs.map((epoch) => alphaAt({ alpha, ...(schedule ? { schedule } : {}) }, epoch));

describe('α of an epoch', () => {
  it('is α itself without a schedule', () => {
    expect(rates(undefined, [0, 1, 1_000_000])).toEqual([0.8, 0.8, 0.8]);
  });

  it('1/t halves it after `half` epochs, and thirds it after twice as many', () => {
    expect(rates({ kind: 'inverse', half: 100 }, [0, 100, 200, 900])).toEqual([0.8, 0.4, 0.8 / 3, 0.8 * (1 / 10)]);
  });

  it('step takes its factor every so many epochs', () => {
    expect(rates({ kind: 'step', factor: 0.5, every: 10 }, [0, 9, 10, 19, 20, 35])).toEqual([
      0.8, 0.8, 0.4, 0.4, 0.2, 0.1,
    ]);
    expect(rates({ kind: 'step', factor: 0.5, every: 1 }, [10_000_000])).toEqual([0]);
  });

  it('cosine goes from α through a half of it to 0, and stays there', () => {
    const [begin, quarter, half, end, after] = rates({ kind: 'cosine', epochs: 400 }, [0, 100, 200, 400, 5000]);
    expect(begin).toBe(0.8);
    expect(quarter).toBeCloseTo((0.8 * (1 + Math.SQRT1_2)) / 2, 15);
    expect(half).toBeCloseTo(0.4, 15);
    expect([end, after]).toEqual([0, 0]);
  });

  it('begins again after every period, or after ever longer ones', () => {
    const restarts = { period: 10, multiplier: 1 };
    const cosine = { kind: 'cosine', epochs: 10 } as const;
    expect(rates({ ...cosine, restarts }, [10, 13, 20, 25])).toEqual(rates(cosine, [0, 3, 0, 5]));
    // Cycles of 10, 20 and 40 epochs begin at 0, 10 and 30; each is the first one, stretched.
    const longer = { ...cosine, restarts: { period: 10, multiplier: 2 } };
    expect(rates(longer, [9, 10, 20, 29, 30, 50, 69, 70])).toEqual(rates(cosine, [9, 0, 5, 9.5, 0, 5, 9.75, 0]));
    expect(rates({ kind: 'step', factor: 0.5, every: 4, restarts }, [0, 4, 9, 10, 14])).toEqual([
      0.8, 0.4, 0.2, 0.8, 0.4,
    ]);
  });

  it('never rises within a cycle, and is never negative', () => {
    const schedules: fc.Arbitrary<Schedule> = fc.oneof(
      fc.record({ kind: fc.constant('inverse' as const), half: fc.integer({ min: 1, max: 1000 }) }),
      fc.record({
        kind: fc.constant('step' as const),
        factor: fc.double({ min: 0.01, max: 1, noNaN: true }),
        every: fc.integer({ min: 1, max: 100 }),
      }),
      fc.record({ kind: fc.constant('cosine' as const), epochs: fc.integer({ min: 1, max: 1000 }) }),
    );
    fc.assert(
      fc.property(schedules, fc.nat(2000), (schedule, epoch) => {
        const [now = 0, next = 0] = rates(schedule, [epoch, epoch + 1]);
        expect(next).toBeLessThanOrEqual(now);
        expect(next).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('(1 + cos πx)/2 without cos', () => {
  it('is within 4·10⁻¹⁶ of it', () => {
    let farthest = 0;
    for (let at = 0; at <= 10_000; at += 1) {
      const x = at / 10_000;
      farthest = Math.max(farthest, Math.abs(raisedCosine(x) - (1 + Math.cos(Math.PI * x)) / 2));
    }
    expect(farthest).toBeLessThan(4e-16);
  });

  it('has these bits on every machine', () => {
    expect([0, 0.25, 0.5, 0.75, 1].map(raisedCosine)).toEqual([1, 0.8535533905932737, 0.5, 0.1464466094067262, 0]);
  });
});

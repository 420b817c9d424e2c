import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Schedule } from '../../src/core/model.ts';
import { alphaAt, scheduleAhead } from '../../src/core/schedule.ts';

const restarts = fc.option(
  fc.record({ period: fc.integer({ min: 1, max: 40 }), multiplier: fc.integer({ min: 1, max: 3 }) }),
  { nil: undefined },
);
const schedules: fc.Arbitrary<Schedule> = fc.oneof(
  fc.record({ kind: fc.constant('step' as const), factor: fc.constant(0.5), every: fc.integer({ min: 1, max: 30 }) }),
  fc.record({ kind: fc.constant('cosine' as const), epochs: fc.integer({ min: 1, max: 60 }) }),
);

it('the next step, zero and restart are where α itself changes so', () => {
  fc.assert(
    fc.property(schedules, restarts, fc.integer({ min: 0, max: 300 }), (plain, again, epoch) => {
      const schedule: Schedule = again ? { ...plain, restarts: again } : plain;
      const alpha = (at: number) => alphaAt({ alpha: 1, schedule }, at);
      const { step, zero, restart } = scheduleAhead(schedule, epoch);
      if (restart !== null) {
        expect(restart).toBeGreaterThan(epoch);
        expect(alpha(restart)).toBe(1);
      }
      const first = (is: (at: number) => boolean) => {
        for (let at = epoch + 1; at < (restart ?? epoch + 200); at += 1) if (is(at)) return at;
        return null;
      };
      if (schedule.kind === 'step') expect(step).toBe(first((at) => alpha(at) < alpha(epoch)));
      if (schedule.kind === 'cosine' && alpha(epoch) > 0) expect(zero).toBe(first((at) => alpha(at) === 0));
    }),
  );
});

it('says nothing of what will not come', () => {
  expect(scheduleAhead({ kind: 'inverse', half: 10 }, 5)).toEqual({ step: null, zero: null, restart: null });
  expect(scheduleAhead({ kind: 'cosine', epochs: 10 }, 10)).toEqual({ step: null, zero: null, restart: null });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { regimeSoFar } from '../../../src/core/understand/run-regime.ts';

/** A curve with an entry for each epoch. */
function curve(rmseSeen: readonly number[]) {
  return { epoch: rmseSeen.map((_, at) => at), rmseSeen };
}

const along = (epochs: number, at: (epoch: number) => number) =>
  curve(Array.from({ length: epochs + 1 }, (_, epoch) => at(epoch)));

describe('the regime of a run by itself', () => {
  it('converges where the second half of the epochs won little of it all', () => {
    // 3 → 1 in the first half, 1 → 0.8 in the second: .2 of 2.2.
    const regime = regimeSoFar(
      along(20, (epoch) => (epoch <= 10 ? 3 - epoch / 5 : 1 - (epoch - 10) / 50)),
      null,
    );
    expect(regime?.name).toBe('converging');
    expect(regime?.name === 'converging' && regime.late).toBeCloseTo(0.2 / 2.2, 12);
  });

  it('crawls where it is as steep late as early, and where it hardly moves', () => {
    const steady = regimeSoFar(
      along(20, (epoch) => 3 - epoch / 100),
      null,
    );
    expect(steady?.name).toBe('crawling');
    expect(steady?.name === 'crawling' && steady.late).toBeCloseTo(0.5, 12);
    expect(
      regimeSoFar(
        along(20, (epoch) => 3 - epoch / 1e5),
        null,
      ),
    ).toEqual({ name: 'crawling', late: null });
  });

  it('oscillates where more than a tenth of what was won was lost again', () => {
    const saw = (tooth: number) => along(20, (epoch) => (epoch < 10 ? 3 - epoch / 5 : 1.2 + (epoch % 2) * tooth));
    // Five teeth of .05 rise .25 of the 1.8 that were won.
    const regime = regimeSoFar(saw(0.05), null);
    expect(regime?.name).toBe('oscillating');
    expect(regime?.name === 'oscillating' && regime.givenBack).toBeCloseTo(0.25 / 1.8, 12);
    expect(regimeSoFar(saw(0.01), null)?.name).toBe('converging');
    expect(
      regimeSoFar(
        along(20, (epoch) => 3 + epoch),
        null,
      ),
    ).toEqual({ name: 'oscillating', givenBack: Number.POSITIVE_INFINITY });
  });

  it('looks only at what came after the last change, and says nothing too early', () => {
    const jump = along(40, (epoch) => (epoch <= 20 ? 3 - epoch / 10 : 5 - Math.min(4, (epoch - 21) / 2)));
    expect(regimeSoFar(jump, null)?.name).toBe('oscillating');
    expect(regimeSoFar(jump, 20)?.name).toBe('converging');
    expect(regimeSoFar(jump, 30)).toBeNull();
    expect(
      regimeSoFar(
        along(9, (epoch) => 3 - epoch / 10),
        null,
      ),
    ).toBeNull();
    // Flat since the change: a crawl and an arrival look the same.
    expect(
      regimeSoFar(
        along(40, (epoch) => (epoch < 10 ? 3 - epoch / 10 : 1)),
        15,
      ),
    ).toBeNull();
  });

  it('says nothing where there is nothing to train on, and never a number that is none', () => {
    expect(regimeSoFar({ epoch: [0, 20], rmseSeen: [null, null] }, null)).toBeNull();
    const numbers = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 11, maxLength: 60 });
    fc.assert(
      fc.property(numbers, (values) => {
        const regime = regimeSoFar(curve(values), null);
        const told = regime?.name === 'oscillating' ? regime.givenBack : (regime?.late ?? 0);
        expect(told).not.toBeNaN();
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { correlateFactors } from '../../../src/core/understand/factor-correlation.ts';
import type { FactorRecovery } from '../../../src/core/understand/recovery.ts';
import { normals } from './samples.ts';

function recovery(k: number, P: Float64Array, Q: Float64Array, trueP: Float64Array, trueQ: Float64Array) {
  return { k, P, Q, trueP, trueQ, relativeError: 0, samePrediction: true } satisfies FactorRecovery;
}

describe('correlateFactors', () => {
  it('is 1 for a factor that is the planted one in other units, −1 for its opposite, null for a constant', () => {
    const trueP = Float64Array.of(1, 2, 0, 2, 5, 0, 4, 1, 0);
    const trueQ = Float64Array.of(3, 3, 0);
    const turn = (X: Float64Array) => X.map((x, at) => (at % 3 === 0 ? 2 * x + 1 : at % 3 === 1 ? -x : at));
    const found = correlateFactors(recovery(3, turn(trueP), turn(trueQ), trueP, trueQ));
    expect(found[0]).toBeCloseTo(1, 12);
    expect(found[1]).toBeCloseTo(-1, 12);
    expect(found[2]).toBeNull();
  });

  it('agrees with the mean product of standard scores', () => {
    const [P, Q, trueP, trueQ] = [normals(1, 16), normals(2, 10), normals(3, 16), normals(4, 10)];
    const column = (X: Float64Array, Y: Float64Array, f: number) => [...X, ...Y].filter((_, at) => at % 2 === f);
    const scores = (x: readonly number[]) => {
      const mean = x.reduce((sum, one) => sum + one, 0) / x.length;
      const deviation = Math.sqrt(x.reduce((sum, one) => sum + (one - mean) ** 2, 0) / x.length);
      return x.map((one) => (one - mean) / deviation);
    };
    correlateFactors(recovery(2, P, Q, trueP, trueQ)).forEach((found, f) => {
      const a = scores(column(P, Q, f));
      const b = scores(column(trueP, trueQ, f));
      expect(found).toBeCloseTo(
        a.reduce((sum, one, at) => sum + (one * (b[at] ?? 0)) / a.length, 0),
        12,
      );
    });
  });
});

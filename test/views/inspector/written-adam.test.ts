import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ModelSettings } from '../../../src/core/model.ts';
import type { Parameters } from '../../../src/core/parameters.ts';
import { traceAdam } from '../../../src/core/trace-adam.ts';
import { type WrittenLine, writtenAdam } from '../../../src/views/inspector/written-adam.ts';
import { writtenChange, writtenLambda } from '../../../src/views/inspector/written-als.ts';

/** What a printed line comes to, reckoned from the characters alone. */
function reckoned(printed: string): number {
  const source = printed
    .replaceAll('−', '-')
    .replaceAll('×', '*')
    .replaceAll('²', '**2')
    .replaceAll(/√(\(?[-\d.e+]+\)?)/g, 'Math.sqrt($1)')
    .replaceAll('max(', 'Math.max(');
  return Number(new Function(`return ${source};`)());
}

/** Whether the right side is what the left side makes, to the digits that stand there. */
function holds({ sum, is }: WrittenLine): boolean {
  if (sum === null) return true;
  const [, decimals = ''] = /\.(\d+)/.exec(is) ?? [];
  const exponent = Number(/e([+-]\d+)$/.exec(is)?.[1] ?? 0);
  const lastDigit = 10 ** (exponent - decimals.length);
  return Math.abs(reckoned(sum) - Number(is)) <= 0.500001 * lastDigit + 1e-12 * Math.abs(Number(is));
}

/** Six decimals, as numbers of a run differ; what cancels to the last bits is not told by fifteen digits. */
const sizes = fc.integer({ min: -3e6, max: 3e6 }).map((x) => x / 1e6);

describe('a step of Adam as it is printed', () => {
  it('is true line by line, whatever its numbers, and ends with the number that is written', () => {
    fc.assert(
      fc.property(
        fc.array(sizes, { minLength: 10, maxLength: 10 }),
        fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 4, maxLength: 12 }),
        fc.record({
          alpha: fc.constantFrom(0.3, 0.01, 0.0002, 0.01 / 3),
          beta: fc.constantFrom(0, 0.02, 1),
          batch: fc.integer({ min: 1, max: 12 }),
          decay: fc.constantFrom('coupled' as const, 'decoupled' as const),
          nonNegative: fc.boolean(),
        }),
        fc.nat(400),
        (numbers, values, { alpha, beta, batch, decay, nonNegative }, steps) => {
          const count = values.length;
          const [p = 0, m = 0, v = 0, bias = 0] = numbers;
          const Q = Float64Array.from({ length: count }, (_, i) => numbers[i % 10] ?? 0);
          const parameters: Parameters = {
            k: 1,
            P: Float64Array.of(p),
            Q,
            bu: Float64Array.of(bias),
            bi: new Float64Array(count),
            mu: null,
          };
          const of = (x: number) => ({
            P: Float64Array.of(x),
            Q: Q.map(() => x),
            bu: Float64Array.of(x),
            bi: Q.map(() => x),
          });
          const settings = { kind: 'adam', batch, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, decay } as const;
          const model: ModelSettings = {
            k: 1,
            prediction: 'factors+biases',
            optimizer: settings,
            alpha,
            beta,
            order: 'row-major',
            init: { kind: 'uniform', low: 0, high: 1 },
            seed: 1,
            ...(nonNegative ? { nonNegative } : {}),
          };
          const columns = {
            user: new Int32Array(count),
            item: Int32Array.from({ length: count }, (_, i) => i),
            value: Float64Array.from(values),
          };
          const adam = {
            steps,
            beta1Power: 0.9 ** steps,
            beta2Power: 0.999 ** steps,
            m: of(m / 10),
            v: of(Math.abs(v) / 10),
          };
          const trace = traceAdam(parameters, adam, columns, 0, count - 1, model);
          if (!trace) throw new Error('a training rating has a step');
          for (const number of [
            trace.userBias,
            trace.itemBias,
            ...trace.factors.flatMap(({ p: one, q }) => [one, q]),
          ]) {
            if (!number) throw new Error('there are biases');
            const written = writtenAdam(number, trace);
            const { part, parts, gradient, mHat, vHat, step, decayed, sum, moved, cut } = written;
            for (const line of [part, parts, gradient, written.m, written.v, mHat, vHat, step, decayed]) {
              if (line && !holds(line)) throw new Error(`${line.sum} = ${line.is}`);
            }
            if (!holds({ sum, is: moved })) throw new Error(`${sum} = ${moved}`);
            const [, decimals = ''] = /\.(\d+)/.exec(moved) ?? [];
            if (!moved.includes('e'))
              expect(Math.abs(Number(moved) - number.moved)).toBeLessThanOrEqual(0.500001 * 10 ** -decimals.length);
            expect(cut !== null).toBe(number.after === 0 && number.moved < 0);
            if (cut !== null) expect(reckoned(cut)).toBe(0);
          }
        },
      ),
      {
        numRuns: 500,
        // Factors of 0 whose first step is smaller than any decimal that stands there.
        examples: [
          [
            [0, 0.000007, 0.973753, 0, 0, 0, 0, 0, 0, 0],
            [0, 0, 0, 0],
            { alpha: 0.01 / 3, beta: 0, batch: 1, decay: 'coupled', nonNegative: false },
            0,
          ],
        ],
      },
    );
  });
});

describe('a solved row as it is printed', () => {
  it('shows as many decimals as the change needs', () => {
    expect(writtenChange(1.785, 1.8123456)).toEqual(['1.7850', '1.8123']);
    expect(writtenChange(1.5, 1.50000123)).toEqual(['1.5000000', '1.5000012']);
    expect(writtenChange(2, 2)).toEqual(['2.0000', '2.0000']);
    expect(writtenChange(3e7, 1)).toEqual(['3.000e+7', '1.000']);
  });

  it('says where λ is from', () => {
    expect(writtenLambda(7, 0.02, (7 * 0.02) / 2)).toEqual({ sum: '7 × 0.02 / 2', is: '0.07' });
  });
});

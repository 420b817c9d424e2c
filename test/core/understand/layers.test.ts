import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { predict } from '../../../src/core/predict.ts';
import { allLayers, sharesOf, sumLayers } from '../../../src/core/understand/layers.ts';
import { someParameters } from './samples.ts';

const parameters = someParameters(6, 4, 3, 'mean+factors+biases');

describe('layers', () => {
  it('add up to R̂ within 1e-12, whatever the prediction', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 8 }),
        fc.constantFrom('factors', 'factors+biases', 'mean+factors+biases'),
        fc.integer({ min: 1, max: 9999 }),
        (k, prediction, seed) => {
          const some = someParameters(5, 4, k, prediction, seed);
          const sum = sumLayers(some, allLayers(k));
          return sum.every((value, at) => Math.abs(value - predict(some, Math.floor(at / 4), at % 4)) <= 1e-12);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('are each of rank one, and a choice is the sum of those chosen', () => {
    const none = { factors: [false, false, false], mean: false, userBias: false, itemBias: false };
    const layers = [0, 1, 2].map((f) => sumLayers(parameters, { ...none, factors: [0, 1, 2].map((at) => at === f) }));
    // The second at user 5, item 3, by hand.
    expect(layers[1]?.[23]).toBe((parameters.P[16] ?? 0) * (parameters.Q[10] ?? 0));
    for (const layer of layers) {
      for (let u = 1; u < 6; u += 1) {
        const minor = (layer[0] ?? 0) * (layer[u * 4 + 1] ?? 0) - (layer[1] ?? 0) * (layer[u * 4] ?? 0);
        expect(Math.abs(minor)).toBeLessThan(1e-12);
      }
    }
    const chosen = sumLayers(parameters, {
      factors: [true, false, true],
      mean: false,
      userBias: true,
      itemBias: false,
    });
    chosen.forEach((value, at) => {
      const expected = (layers[0]?.[at] ?? 0) + (layers[2]?.[at] ?? 0) + (parameters.bu?.[Math.floor(at / 4)] ?? 0);
      expect(value).toBeCloseTo(expected, 12);
    });
  });

  it('switched off leave nothing', () => {
    const off = { factors: [false, false, false], mean: false, userBias: false, itemBias: false };
    expect([...sumLayers(parameters, off)]).toEqual(new Array(24).fill(0));
  });
});

describe('sharesOf', () => {
  it('adds up to r̂, and names what the prediction does not have', () => {
    const { mean, userBias, itemBias, factors, predicted } = sharesOf(parameters, 2, 3);
    const sum = factors.reduce((total, share) => total + share, 0);
    expect((mean ?? 0) + (userBias ?? 0) + (itemBias ?? 0) + sum).toBeCloseTo(predicted, 12);
    expect(predicted).toBe(predict(parameters, 2, 3));
    expect(factors[1]).toBe((parameters.P[7] ?? 0) * (parameters.Q[10] ?? 0));
    const plain = sharesOf(someParameters(2, 2, 1, 'factors'), 0, 0);
    expect([plain.mean, plain.userBias, plain.itemBias]).toEqual([null, null, null]);
  });
});

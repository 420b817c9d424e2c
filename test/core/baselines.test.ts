import { describe, expect, it } from 'vitest';
import { baselineFigures, fitBiasesOnly } from '../../src/core/baselines.ts';
import { trainingData } from '../../src/core/training-data.ts';
import { ratingsFromText } from '../fixtures/ratings-from-text.ts';

describe('baselines', () => {
  it('damp ten rounds of biases by 10 and 15', () => {
    const data = trainingData(ratingsFromText('5 3 / 4 .'));
    const { mu, bu, bi } = fitBiasesOnly(data.training, 2, 2, data.mean);
    expect(mu).toBe(4);
    // By hand: b_i = [(1 − b₀) + (0 − b₁)]/12, (−1 − b₀)/11; b_u = [(1 − c₀) + (−1 − c₁)]/17, (0 − c₀)/16.
    let b = [0, 0];
    let c = [0, 0];
    for (let round = 0; round < 10; round += 1) {
      const [b0 = 0, b1 = 0] = b;
      c = [(1 - b0 + (0 - b1)) / 12, (-1 - b0) / 11];
      const [c0 = 0, c1 = 0] = c;
      b = [(1 - c0 + (-1 - c1)) / 17, (0 - c0) / 16];
    }
    expect([...bu]).toEqual(b.map((value) => expect.closeTo(value, 14)));
    expect([...bi]).toEqual(c.map((value) => expect.closeTo(value, 14)));
  });

  it('are measured on the held-out ratings with the mean of the seen ones', () => {
    const figures = baselineFigures(trainingData(ratingsFromText('5 3* / 4 3')));
    expect(figures?.mean).toEqual({ rmse: 1, mae: 1 });
    expect(figures?.biases.rmse).toBeLessThan(1);
  });

  it('are not there when nothing is held out', () => {
    expect(baselineFigures(trainingData(ratingsFromText('5 3 / 4 3')))).toBeNull();
  });
});

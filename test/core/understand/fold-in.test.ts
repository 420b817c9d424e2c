import { describe, expect, it } from 'vitest';
import type { Prediction } from '../../../src/core/model.ts';
import { predict } from '../../../src/core/predict.ts';
import { trainingData } from '../../../src/core/training-data.ts';
import { foldInUser } from '../../../src/core/understand/fold-in.ts';
import { gauss } from './gauss.ts';
import { sgd, someDataset, someParameters } from './samples.ts';

const items = Int32Array.of(0, 2, 3);
const ratings = { partner: items, value: Float64Array.of(5, 1, 4) };

describe('foldInUser', () => {
  it('is the closed form (QᵀQ + n·β/2·I)⁻¹ Qᵀ(r − rest), biases as a column of ones', () => {
    const parameters = someParameters(4, 5, 2, 'mean+factors+biases');
    const folded = foldInUser(parameters, ratings, sgd, 20);
    const Z = [...items].map((i) => [parameters.Q[2 * i] ?? 0, parameters.Q[2 * i + 1] ?? 0, 1]);
    const target = [...items].map((i, at) => (ratings.value[at] ?? 0) - 3 - (parameters.bi?.[i] ?? 0));
    const column = (f: number) => Z.map((z) => z[f] ?? 0);
    const times = (a: number[], b: number[]) => a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
    const A = [0, 1, 2].map((f) => [0, 1, 2].map((g) => times(column(f), column(g)) + (f === g ? (3 * 0.1) / 2 : 0)));
    const w = gauss(
      A,
      [0, 1, 2].map((f) => times(column(f), target)),
    );
    if (!folded.ok) throw new Error(folded.problem.code);
    expect([...folded.value.factors, folded.value.bias]).toEqual(w.map((value) => expect.closeTo(value, 11)));
  });

  it('predicts as the model would with that row added', () => {
    for (const prediction of ['factors', 'factors+biases', 'mean+factors+biases'] satisfies Prediction[]) {
      const parameters = someParameters(4, 5, 2, prediction);
      const folded = foldInUser(parameters, ratings, sgd, 20);
      if (!folded.ok) throw new Error(folded.problem.code);
      const { factors, bias, predictions } = folded.value;
      const added = {
        ...parameters,
        P: Float64Array.of(...parameters.P, ...factors),
        bu: parameters.bu && Float64Array.of(...parameters.bu, bias ?? Number.NaN),
      };
      expect([...predictions]).toEqual([0, 1, 2, 3, 4].map((i) => expect.closeTo(predict(added, 4, i), 12)));
    }
  });

  it('meets the given ratings ever more closely as β goes to 0', () => {
    const parameters = someParameters(4, 5, 2, 'factors+biases');
    const missBy = (beta: number) => {
      const folded = foldInUser(parameters, ratings, { ...sgd, beta }, 20);
      if (!folded.ok) throw new Error(folded.problem.code);
      return Math.max(
        ...[...items].map((i, at) => Math.abs((ratings.value[at] ?? 0) - (folded.value.predictions[i] ?? 0))),
      );
    };
    expect(missBy(1)).toBeGreaterThan(missBy(0.01));
    expect(missBy(1e-9)).toBeLessThan(1e-6);
  });

  it('knows nothing of a user without ratings: μ + b_i', () => {
    const parameters = someParameters(4, 5, 2, 'mean+factors+biases');
    const none = { partner: new Int32Array(0), value: new Float64Array(0) };
    const folded = foldInUser(parameters, none, { ...sgd, beta: 0 }, 20);
    expect(folded).toEqual({
      ok: true,
      value: { factors: new Float64Array(2), bias: 0, predictions: parameters.bi?.map((b) => 3 + b) },
    });
  });

  it('refuses one rating and β = 0 for two factors', () => {
    const one = { partner: Int32Array.of(1), value: Float64Array.of(4) };
    const folded = foldInUser(someParameters(4, 5, 2, 'factors'), one, { ...sgd, beta: 0 }, 20);
    expect(folded.ok ? null : folded.problem.got).toBe('β = 0');
  });

  it("counts the new ratings in Adam's N", () => {
    const parameters = someParameters(4, 5, 1, 'factors');
    const data = trainingData(someDataset(4, 5, 1));
    const optimizer = { kind: 'adam', batch: 4, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;
    const one = { partner: Int32Array.of(1), value: Float64Array.of(4) };
    const folded = foldInUser(parameters, one, { ...sgd, k: 1, optimizer }, data.training.value.length);
    const q = parameters.Q[1] ?? 0;
    expect(folded.ok && folded.value.factors[0]).toBeCloseTo((4 * q) / (q * q + 21 * 0.1), 12);
  });
});

import { describe, expect, it } from 'vitest';
import type { Side } from '../../../src/core/edit-rows.ts';
import { measure } from '../../../src/core/metrics.ts';
import type { ModelSettings, Prediction } from '../../../src/core/model.ts';
import type { Parameters } from '../../../src/core/parameters.ts';
import { trainingData } from '../../../src/core/training-data.ts';
import { ratingsOfRow } from '../../../src/core/understand/row-ratings.ts';
import { type SolvedRow, solveRow } from '../../../src/core/understand/row-solver.ts';
import { ratingsFromText } from '../../fixtures/ratings-from-text.ts';
import { gauss } from './gauss.ts';
import { sgd, someDataset, someParameters } from './samples.ts';

const PREDICTIONS: Prediction[] = ['factors', 'factors+biases', 'mean+factors+biases'];
const adam = { kind: 'adam', batch: 4, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;

function withRow(parameters: Parameters, side: Side, row: number, w: readonly number[]): Parameters {
  const { k } = parameters;
  const changed = {
    ...parameters,
    P: parameters.P.slice(),
    Q: parameters.Q.slice(),
    bu: parameters.bu?.slice() ?? null,
    bi: parameters.bi?.slice() ?? null,
  };
  const matrix = side === 'users' ? changed.P : changed.Q;
  for (let f = 0; f < k; f += 1) matrix[row * k + f] = w[f] ?? 0;
  const bias = side === 'users' ? changed.bu : changed.bi;
  if (bias !== null) bias[row] = w[k] ?? 0;
  return changed;
}

/** The minimum of a quadratic from its values alone: second differences with step 1 are its Hessian exactly. */
function minimizeQuadratic(J: (w: readonly number[]) => number, size: number): number[] {
  const zero = new Array<number>(size).fill(0);
  const at = (...ones: number[]) => J(zero.map((_, f) => ones.filter((one) => one === f).length));
  const J0 = at();
  const hessian = zero.map((_, f) => zero.map((_, g) => at(f, g) - at(f) - at(g) + J0));
  // J(1) = J0 + slope + H/2.
  const slope = zero.map((_, f) => at(f) - J0 - (hessian[f]?.[f] ?? 0) / 2);
  return gauss(
    hessian,
    slope.map((value) => -value),
  );
}

const numbersOf = (solved: SolvedRow) =>
  solved.bias === null ? [...solved.factors] : [...solved.factors, solved.bias];

describe('solveRow', () => {
  const data = trainingData(someDataset(6, 5, 0.6));

  for (const prediction of PREDICTIONS) {
    for (const side of ['users', 'items'] as const) {
      for (const optimizer of [sgd.optimizer, adam]) {
        it(`is the minimum of the objective: ${optimizer.kind}, ${side}, ${prediction}`, () => {
          const model: ModelSettings = { ...sgd, prediction, optimizer, beta: 0.3 };
          const parameters = someParameters(6, 5, 2, prediction);
          for (const row of [0, 3]) {
            const solved = solveRow(
              parameters,
              side,
              ratingsOfRow(data.training, side, row),
              model,
              data.training.value.length,
            );
            const J = (w: readonly number[]) =>
              measure(withRow(parameters, side, row, w), data, model).objective ?? Number.NaN;
            const expected = minimizeQuadratic(J, prediction === 'factors' ? 2 : 3);
            expect(solved.ok && numbersOf(solved.value)).toEqual(expected.map((value) => expect.closeTo(value, 9)));
          }
        });
      }
    }
  }

  it('one rating r alone with r̂ = p·q: p = r·q / (q² + β/2)', () => {
    const one = trainingData(ratingsFromText('4'));
    const parameters: Parameters = { k: 1, P: Float64Array.of(9), Q: Float64Array.of(2), bu: null, bi: null, mu: null };
    const solved = solveRow(parameters, 'users', ratingsOfRow(one.training, 'users', 0), { ...sgd, beta: 1 }, 1);
    expect(solved.ok && numbersOf(solved.value)).toEqual([expect.closeTo(8 / 4.5, 14)]);
  });

  it('refuses β = 0 where the ratings leave the row open, and says why', () => {
    const parameters = someParameters(6, 5, 3, 'factors');
    const two = trainingData(ratingsFromText('5 3 . . .')).training;
    expect(solveRow(parameters, 'users', ratingsOfRow(two, 'users', 0), { ...sgd, beta: 0 }, 2)).toEqual({
      ok: false,
      problem: { code: 'out-of-range', got: 'β = 0', expected: 'a larger β settles 3 unknowns from 2 ratings' },
    });
    expect(solveRow(parameters, 'users', ratingsOfRow(two, 'users', 0), { ...sgd, beta: 0.01 }, 2).ok).toBe(true);
  });

  it('with β = 0 and as many ratings as unknowns it meets every rating', () => {
    const parameters = someParameters(1, 3, 2, 'factors+biases');
    const columns = trainingData(ratingsFromText('5 3 1')).training;
    const solved = solveRow(parameters, 'users', ratingsOfRow(columns, 'users', 0), { ...sgd, beta: 0 }, 3);
    if (!solved.ok) throw new Error(solved.problem.code);
    const { factors, bias } = solved.value;
    const predicted = [0, 1, 2].map(
      (i) =>
        (bias ?? 0) +
        (parameters.bi?.[i] ?? 0) +
        (factors[0] ?? 0) * (parameters.Q[2 * i] ?? 0) +
        (factors[1] ?? 0) * (parameters.Q[2 * i + 1] ?? 0),
    );
    expect(predicted).toEqual([5, 3, 1].map((value) => expect.closeTo(value, 10)));
  });

  it('refuses a row without ratings', () => {
    const none = { partner: new Int32Array(0), value: new Float64Array(0) };
    expect(solveRow(someParameters(2, 2, 2, 'factors'), 'users', none, sgd, 9)).toEqual({
      ok: false,
      problem: { code: 'out-of-range', got: '0 ratings', expected: 'at least 1' },
    });
  });
});

describe('ratingsOfRow', () => {
  it('takes a row of R or a column, held-out ratings left out by the training columns', () => {
    const { training } = trainingData(ratingsFromText('5 . 3 / . 2 4* / 1 . 4'));
    const as = (side: Side, row: number) => {
      const { partner, value } = ratingsOfRow(training, side, row);
      return [...partner].map((other, at) => [other, value[at]]);
    };
    expect(as('users', 0)).toEqual([
      [0, 5],
      [2, 3],
    ]);
    expect(as('items', 2)).toEqual([
      [0, 3],
      [2, 4],
    ]);
    expect(as('users', 7)).toEqual([]);
  });
});

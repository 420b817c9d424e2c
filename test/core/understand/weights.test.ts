import { describe, expect, it } from 'vitest';
import type { Side } from '../../../src/core/edit-rows.ts';
import type { ModelSettings } from '../../../src/core/model.ts';
import { notebookModel } from '../../../src/core/presets.ts';
import { trainingData } from '../../../src/core/training-data.ts';
import { ratingsOfRow } from '../../../src/core/understand/row-ratings.ts';
import { restOf, solveRow } from '../../../src/core/understand/row-solver.ts';
import { explainByWeights, type Weights } from '../../../src/core/understand/weights.ts';
import { ratingsFromText } from '../../fixtures/ratings-from-text.ts';
import { trainStudy } from '../train-study.ts';
import { NOTEBOOK, sgd, someDataset, someParameters } from './samples.ts';

const data = trainingData(someDataset(6, 5, 0.7));
const prediction = 'mean+factors+biases';
const parameters = someParameters(6, 5, 2, prediction);
const model: ModelSettings = { ...sgd, prediction };

function weightsOf(side: Side, row: number, partner: number, from = parameters): Weights {
  const explained = explainByWeights(from, data.training, model, side, row, partner);
  if (!explained.ok) throw new Error(explained.problem.code);
  return explained.value;
}

/** r̂ of the row solved with its ratings as given, by the row solver. */
function ridgeWith(side: Side, row: number, partner: number, change: number, at: number): number {
  const own = ratingsOfRow(data.training, side, row);
  const value = own.value.map((rating, place) => rating + (place === at ? change : 0));
  const solved = solveRow(parameters, side, { ...own, value }, model, data.training.value.length);
  if (!solved.ok) throw new Error(solved.problem.code);
  const matrix = side === 'users' ? parameters.Q : parameters.P;
  return (
    restOf(parameters, side, partner) +
    (solved.value.bias ?? 0) +
    (solved.value.factors[0] ?? 0) * (matrix[2 * partner] ?? 0) +
    (solved.value.factors[1] ?? 0) * (matrix[2 * partner + 1] ?? 0)
  );
}

describe('explainByWeights', () => {
  for (const side of ['users', 'items'] as const) {
    it(`adds up to what the row solver predicts, and a weight is what one more point would do: ${side}`, () => {
      const explained = weightsOf(side, 2, 1);
      expect(explained.ratings.length).toBe(ratingsOfRow(data.training, side, 2).partner.length);
      expect(explained.ridge).toBeCloseTo(ridgeWith(side, 2, 1, 0, 0), 11);
      explained.ratings.forEach(({ weight }, at) => {
        expect(weight).toBeCloseTo(ridgeWith(side, 2, 1, 1, at) - ridgeWith(side, 2, 1, 0, at), 10);
      });
      const sum = explained.ratings.reduce((total, own) => total + own.weight * (own.value - own.rest), 0);
      expect(explained.rest + sum).toBeCloseTo(explained.ridge, 12);
      expect(explained.predicted - explained.ridge).toBe(explained.unfinished);
    });
  }

  it('does not change when P and Q are turned together', () => {
    const turn = (M: Float64Array) =>
      M.map((_, at) =>
        at % 2 === 0 ? 0.6 * (M[at] ?? 0) - 0.8 * (M[at + 1] ?? 0) : 0.8 * (M[at - 1] ?? 0) + 0.6 * (M[at] ?? 0),
      );
    const turned = { ...parameters, P: turn(parameters.P), Q: turn(parameters.Q) };
    const before = weightsOf('users', 3, 4);
    const after = weightsOf('users', 3, 4, turned);
    expect(after.ratings.map((own) => own.weight)).toEqual(before.ratings.map((own) => expect.closeTo(own.weight, 11)));
    expect(after.predicted).toBeCloseTo(before.predicted, 11);
  });

  it('comes to agree with the run as the run settles', () => {
    const study = {
      dataset: ratingsFromText(NOTEBOOK),
      model: { ...notebookModel, alpha: 0.001 },
      start: null,
    };
    const unfinishedAt = (epochs: number) => {
      const { parameters: trained } = trainStudy(study, epochs);
      const columns = trainingData(study.dataset).training;
      const explained = explainByWeights(trained, columns, study.model, 'users', 0, 2);
      if (!explained.ok) throw new Error(explained.problem.code);
      return Math.abs(explained.value.unfinished);
    };
    expect(unfinishedAt(200)).toBeGreaterThan(0.05);
    expect(unfinishedAt(60_000)).toBeLessThan(0.005);
  });

  it('has nothing to say about a row without ratings', () => {
    const columns = trainingData(ratingsFromText('5 3 / . .')).training;
    const two = someParameters(2, 2, 2, 'factors+biases');
    const explained = explainByWeights(two, columns, { ...sgd, prediction: 'factors+biases' }, 'users', 1, 0);
    expect(explained.ok && [explained.value.ratings, explained.value.ridge]).toEqual([[], two.bi?.[0]]);
  });

  it('refuses β = 0 where the row is open', () => {
    const columns = trainingData(ratingsFromText('5 . / . 3')).training;
    const explained = explainByWeights(someParameters(2, 2, 2, 'factors'), columns, { ...sgd, beta: 0 }, 'users', 0, 1);
    expect(explained.ok ? null : explained.problem.got).toBe('β = 0');
  });
});

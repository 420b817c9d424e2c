import { describe, expect, it } from 'vitest';
import type { Side } from '../../../src/core/edit-rows.ts';
import type { Parameters } from '../../../src/core/parameters.ts';
import { predict } from '../../../src/core/predict.ts';
import { trainingData } from '../../../src/core/training-data.ts';
import {
  countShared,
  DEFAULT_LIKENESS,
  distancesBetween,
  type Likeness,
  meanApart,
  nearestRows,
} from '../../../src/core/understand/similar.ts';
import { ratingsFromText } from '../../fixtures/ratings-from-text.ts';
import { toRows } from './gauss.ts';
import { someDataset, someParameters } from './samples.ts';

const data = trainingData(someDataset(9, 7, 0.4));
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const dot = (a: number[], b: number[]) => a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
const cosine = (a: number[], b: number[]) => dot(a, b) / Math.hypot(...a) / Math.hypot(...b);
const minus = (a: number[], b: number[]) => a.map((value, at) => value - (b[at] ?? 0));

/** Likeness by the definitions, of plain rows; R̂ is made for the correlation. */
function byDefinition(parameters: Parameters, side: Side, by: Likeness, centered: boolean): number[][] {
  const factors = toRows(side === 'users' ? parameters.P : parameters.Q, parameters.k);
  const middle = Array.from({ length: parameters.k }, (_, f) => mean(factors.map((row) => row[f] ?? 0)));
  const others = (side === 'users' ? parameters.Q : parameters.P).length / parameters.k;
  const predicted = factors.map((_, row) =>
    Array.from({ length: others }, (_unused, other) =>
      side === 'users' ? predict(parameters, row, other) : predict(parameters, other, row),
    ),
  );
  return factors.map((a, row) =>
    factors.map((b, other) => {
      if (by === 'distance') return Math.hypot(...minus(a, b));
      if (by === 'cosine') return centered ? cosine(minus(a, middle), minus(b, middle)) : cosine(a, b);
      const [x = [], y = []] = [predicted[row], predicted[other]];
      return cosine(
        x.map((value) => value - mean(x)),
        y.map((value) => value - mean(y)),
      );
    }),
  );
}

describe('nearestRows', () => {
  for (const side of ['users', 'items'] as const) {
    for (const prediction of ['factors', 'mean+factors+biases'] as const) {
      for (const [by, centered] of [
        ['cosine', true],
        ['cosine', false],
        ['distance', true],
        ['correlation', true],
      ] as const) {
        it(`is the definition, sorted: ${side}, ${prediction}, ${by}${centered ? '' : ', not centered'}`, () => {
          const parameters = someParameters(9, 7, 3, prediction);
          const expected = byDefinition(parameters, side, by, centered);
          const rows = side === 'users' ? 9 : 7;
          for (const row of [0, 4]) {
            const sorted = Array.from({ length: rows }, (_, other) => other)
              .filter((other) => other !== row)
              .sort((a, b) => {
                const [x, y] = [expected[row]?.[a] ?? 0, expected[row]?.[b] ?? 0];
                return by === 'distance' ? x - y : y - x;
              });
            const found = nearestRows(parameters, data.training, side, row, { by, centered }, 5);
            expect(found.map((one) => one.row)).toEqual(sorted.slice(0, 5));
            expect(found.map((one) => one.value)).toEqual(
              sorted.slice(0, 5).map((other) => expect.closeTo(expected[row]?.[other] ?? Number.NaN, 10)),
            );
          }
        });
      }
    }
  }

  it('tells the correlation where there are more factors than items, too', () => {
    const parameters = someParameters(9, 3, 6, 'factors+biases');
    const three = trainingData(someDataset(9, 3, 0.5)).training;
    const expected = byDefinition(parameters, 'users', 'correlation', true);
    for (const { row, value } of nearestRows(parameters, three, 'users', 2, { by: 'correlation', centered: true }, 8)) {
      expect(value).toBeCloseTo(expected[2]?.[row] ?? Number.NaN, 9);
    }
  });

  it('puts rows without a direction last, in order, and ties by index', () => {
    const parameters: Parameters = {
      k: 2,
      P: Float64Array.of(1, 0, 0, 0, 2, 0, 0, 0, 0, 3, 4, 0),
      Q: Float64Array.of(1, 1, 1, 1),
      bu: null,
      bi: null,
      mu: null,
    };
    const columns = trainingData(ratingsFromText('1 2 / . . / 3 . / . 1 / 1 . / . .')).training;
    const found = nearestRows(parameters, columns, 'users', 0, { by: 'cosine', centered: false }, 9);
    expect(found).toEqual([
      { row: 2, value: 1, shared: 1 },
      { row: 5, value: 1, shared: 0 },
      { row: 4, value: 0, shared: 1 },
      { row: 1, value: null, shared: 0 },
      { row: 3, value: null, shared: 1 },
    ]);
    const flat = nearestRows(parameters, columns, 'users', 0, { by: 'correlation', centered: true }, 9);
    expect(flat.map(({ row, value }) => [row, value])).toEqual([1, 2, 3, 4, 5].map((row) => [row, null]));
  });

  it('tells how far apart shared ratings are on average', () => {
    const columns = trainingData(ratingsFromText('3 1 . / 1 4 2 / . . 5 / 3 . .')).training;
    expect([...meanApart(columns, 'users', 0, 4)]).toEqual([0, 2.5, Number.NaN, 0]);
    // Items 1 and 2 have both ratings of user 1 alone: 4 and 2.
    expect([...meanApart(columns, 'items', 1, 3)]).toEqual([2.5, 0, 2]);
  });

  it('takes what equals the mean for no direction, though the mean is rounded', () => {
    const parameters = { ...someParameters(3, 2, 2, 'factors'), P: Float64Array.of(0.1, 0.7, 0.1, 0.7, 0.1, 0.7) };
    const columns = trainingData(ratingsFromText('1 2 / . . / 3 .')).training;
    const found = nearestRows(parameters, columns, 'users', 0, DEFAULT_LIKENESS, 2);
    expect(found.map(({ value }) => value)).toEqual([null, null]);
  });
});

describe('distancesBetween', () => {
  it('is the definition, 0 on the diagonal, 1 where it cannot be told', () => {
    const parameters = someParameters(9, 7, 3, 'mean+factors+biases');
    for (const by of ['cosine', 'distance', 'correlation'] as const) {
      const expected = byDefinition(parameters, 'items', by, true);
      const found = distancesBetween(parameters, 'items', { by, centered: true });
      expect(toRows(found, 7)).toEqual(
        expected.map((row, a) =>
          row.map((value, b) => expect.closeTo(a === b ? 0 : by === 'distance' ? value : 1 - value, 9)),
        ),
      );
    }
    const zeros = { ...parameters, P: new Float64Array(27) };
    const found = distancesBetween(zeros, 'users', { by: 'cosine', centered: false });
    expect([found[0], found[1], found[9]]).toEqual([0, 1, 1]);
  });
});

describe('countShared', () => {
  it('counts what both rated, held-out ones left out', () => {
    const columns = trainingData(ratingsFromText('1 2 . 4* / 4 . 3 1 / . 5 1 .')).training;
    expect([...countShared(columns, 'users', 1, 3)]).toEqual([1, 3, 1]);
    expect([...countShared(columns, 'items', 1, 4)]).toEqual([1, 2, 1, 0]);
  });
});

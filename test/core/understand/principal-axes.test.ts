import { describe, expect, it } from 'vitest';
import { dotProduct } from '../../../src/core/predict.ts';
import { alongAxes, principalAxes } from '../../../src/core/understand/principal-axes.ts';
import { toRows } from './gauss.ts';
import { powerIteration } from './power-iteration.ts';
import { someParameters } from './samples.ts';

const parameters = someParameters(12, 8, 4, 'factors');

describe('principalAxes', () => {
  for (const of of ['users', 'items', 'both'] as const) {
    it(`are the directions of greatest variance, as power iteration finds them: ${of}`, () => {
      const stacked = of === 'both' ? [...parameters.P, ...parameters.Q] : of === 'users' ? parameters.P : parameters.Q;
      const rows = toRows(stacked, 4);
      const mean = [0, 1, 2, 3].map((f) => rows.reduce((sum, row) => sum + (row[f] ?? 0), 0) / rows.length);
      const C = Array.from({ length: 16 }, (_, at) => {
        const [f, g] = [at >> 2, at & 3];
        const sum = rows.reduce(
          (total, row) => total + ((row[f] ?? 0) - (mean[f] ?? 0)) * ((row[g] ?? 0) - (mean[g] ?? 0)),
          0,
        );
        return sum / rows.length;
      });
      const expected = powerIteration(C, 4);
      const total = expected.reduce((sum, { value }) => sum + value, 0);
      const found = principalAxes(parameters, of);
      expect([...found.center]).toEqual(mean.map((value) => expect.closeTo(value, 12)));
      expected.forEach(({ value, vector }, axis) => {
        expect(found.shares[axis]).toBeCloseTo(value / total, 8);
        const largest = vector.reduce((most, entry) => (Math.abs(entry) > Math.abs(most) ? entry : most), 0);
        const signed = vector.map((entry) => entry * Math.sign(largest));
        expect([...found.axes.slice(axis * 4, axis * 4 + 4)]).toEqual(signed.map((entry) => expect.closeTo(entry, 6)));
      });
    });
  }

  it('explain nothing where all rows are one point', () => {
    const equal = { ...parameters, P: new Float64Array(48).fill(0.1), Q: new Float64Array(32).fill(0.1) };
    expect([...principalAxes(equal, 'both').shares]).toEqual([0, 0, 0, 0]);
  });
});

describe('alongAxes', () => {
  it('keeps every dot product along all axes, and the origin at 0', () => {
    const axes = principalAxes(parameters, 'both');
    const P = alongAxes(axes, parameters.P, 4);
    const Q = alongAxes(axes, parameters.Q, 4);
    for (let u = 0; u < 12; u += 1) {
      for (let i = 0; i < 8; i += 1) {
        expect(dotProduct({ ...parameters, P, Q }, u, i)).toBeCloseTo(dotProduct(parameters, u, i), 12);
      }
    }
    expect([...alongAxes(axes, new Float64Array(4), 4)]).toEqual([0, 0, 0, 0]);
  });

  it('takes as many axes as a map has', () => {
    const axes = principalAxes(parameters, 'users');
    const flat = alongAxes(axes, parameters.P, 2);
    expect(flat.length).toBe(24);
    const variance = (axis: number) => {
      const values = Array.from({ length: 12 }, (_, u) => flat[u * 2 + axis] ?? 0);
      const mean = values.reduce((sum, value) => sum + value, 0) / 12;
      return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 12;
    };
    expect(variance(0) / variance(1)).toBeCloseTo((axes.shares[0] ?? 0) / (axes.shares[1] ?? 1), 8);
  });
});

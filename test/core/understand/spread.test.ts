import { describe, expect, it } from 'vitest';
import { histogramOf, quantileOf, spreadOf } from '../../../src/core/understand/spread.ts';
import { normals } from './samples.ts';

describe('spreadOf', () => {
  it('of 2, 4, 4, 5, 10: by hand', () => {
    expect(spreadOf(Float64Array.of(10, 4, 2, 5, 4))).toEqual({
      count: 5,
      mean: 5,
      sd: 3,
      min: 2,
      max: 10,
      quantiles: [2.4, 4, 4, 5, 9].map((value) => expect.closeTo(value, 12)),
    });
  });

  it('of one value and of none', () => {
    expect(spreadOf(Float64Array.of(3))).toEqual({
      count: 1,
      mean: 3,
      sd: 0,
      min: 3,
      max: 3,
      quantiles: [3, 3, 3, 3, 3],
    });
    expect(spreadOf(new Float64Array(0))).toBeNull();
  });

  it('has quantiles that part the values as they should', () => {
    const values = normals(5, 1001).sort();
    for (const share of [0.05, 0.37, 0.95]) {
      const below = values.filter((value) => value <= quantileOf(values, share)).length;
      expect(Math.abs(below - share * 1001)).toBeLessThanOrEqual(1);
    }
  });
});

describe('histogramOf', () => {
  it('counts every value once, the greatest in the last bin', () => {
    expect(histogramOf(Float64Array.of(0, 1, 1.9, 2, 4), 4)).toEqual({ low: 0, high: 4, counts: [1, 2, 1, 1] });
  });

  it('keeps to a range that is given', () => {
    expect(histogramOf(Float64Array.of(0, 1, 3, 9), 2, { low: 1, high: 5 })).toEqual({
      low: 1,
      high: 5,
      counts: [1, 1],
    });
  });

  it('puts equal values in the middle, and nothing nowhere', () => {
    expect(histogramOf(Float64Array.of(3, 3, 3), 5)).toEqual({ low: 2.5, high: 3.5, counts: [0, 0, 3, 0, 0] });
    expect(histogramOf(new Float64Array(0), 2)).toEqual({ low: 0, high: 1, counts: [0, 0] });
  });
});

import { expect, test } from 'vitest';
import { pairedIntervalMarks } from '../../src/charts/paired-intervals.ts';

const interval = (low: number, difference: number, high: number) => ({
  low,
  difference,
  high,
  ratings: 16,
  seeds: 1,
  enough: true,
  clear: high < 0 || low > 0,
});

test('intervals stand on one scale that holds 0, in shares of the width', () => {
  const marks = pairedIntervalMarks([interval(-0.8, -0.4, -0.2), interval(-0.1, 0.05, 0.2)]);
  expect(marks.zero).toBeCloseTo(0.8, 12);
  expect(marks.rows.map(({ clear }) => clear)).toEqual([true, false]);
  expect(marks.rows[0]?.low).toBeCloseTo(0, 12);
  expect(marks.rows[0]?.at).toBeCloseTo(0.4, 12);
  expect(marks.rows[0]?.high).toBeCloseTo(0.6, 12);
  expect(marks.rows[1]?.high).toBeCloseTo(1, 12);
  expect(marks.ticks.find(({ value }) => value === 0)?.at).toBe(marks.zero);
});

test('no difference at all stands in the middle', () => {
  const marks = pairedIntervalMarks([interval(0, 0, 0)]);
  expect(marks.zero).toBe(0.5);
  expect(marks.rows[0]).toEqual({ low: 0.5, at: 0.5, high: 0.5, clear: false });
});

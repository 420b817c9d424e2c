import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decimate } from '../../src/charts/loss-decimate.ts';

test('a pixel column keeps its lowest and its highest, in the order they came', () => {
  const values = [5, 1, 9, 4, 4, 4, 2, 8];
  // Four entries a pixel.
  expect(decimate([0, 1, 2, 3, 4, 5, 6, 7], values, (epoch) => epoch / 4)).toEqual([
    [0, 5],
    [0.25, 1],
    [0.5, 9],
    [1.5, 2],
    [1.75, 8],
  ]);
});

test('few entries are kept as they are; null breaks the curve once', () => {
  expect(decimate([0, 1, 2, 3, 4], [3, null, null, 1, null], (epoch) => epoch * 10)).toEqual([[0, 3], null, [30, 1]]);
  expect(decimate([], [], (epoch) => epoch)).toEqual([]);
  expect(decimate([0, 1], [null, null], (epoch) => epoch)).toEqual([]);
});

test('at most two points a pixel, every peak and dip, both ends', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 3000 }),
      fc.integer({ min: 1, max: 400 }),
      (values, pixels) => {
        const epochs = values.map((_, at) => at);
        const x = (epoch: number) => (epoch / values.length) * pixels;
        const points = decimate(epochs, values, x).flatMap((point) => (point ? [point] : []));
        expect(points.length).toBeLessThanOrEqual(2 * pixels + 2);
        const kept = points.map(([, value]) => value);
        expect(Math.min(...kept)).toBe(Math.min(...values));
        expect(Math.max(...kept)).toBe(Math.max(...values));
        expect(points[0]).toEqual([0, values[0]]);
        expect(points[points.length - 1]).toEqual([x(values.length - 1), values[values.length - 1]]);
        for (let at = 1; at < points.length; at++) expect(points[at]?.[0]).toBeGreaterThan(points[at - 1]?.[0] ?? 0);
      },
    ),
  );
});

test('a peak of one epoch in three thousand survives', () => {
  const values = Array.from({ length: 3000 }, (_, epoch) => (epoch === 1234 ? 50 : 1));
  const points = decimate(
    values.map((_, at) => at),
    values,
    (epoch) => epoch / 10,
  );
  expect(points).toContainEqual([123.4, 50]);
  expect(points.length).toBeLessThan(400);
});

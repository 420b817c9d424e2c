import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAP_MARGIN, mapScale, spanOf } from '../../src/charts/map-scale.ts';

const places = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 40 });

test('holds every place and the origin inside the picture, one unit as long up as across', () => {
  fc.assert(
    fc.property(places, (list) => {
      const even = Float64Array.from(list.slice(0, list.length - (list.length % 2)));
      const span = spanOf([even], null);
      const scale = mapScale(span, 300, 260);
      for (let at = 0; at < even.length; at += 2) {
        const [x, y] = [scale.x(even[at] ?? 0), scale.y(even[at + 1] ?? 0)];
        expect(x).toBeGreaterThanOrEqual(MAP_MARGIN.left - 1e-6);
        expect(x).toBeLessThanOrEqual(300 - MAP_MARGIN.right + 1e-6);
        expect(y).toBeGreaterThanOrEqual(MAP_MARGIN.top - 1e-6);
        expect(y).toBeLessThanOrEqual(260 - MAP_MARGIN.bottom + 1e-6);
      }
      const unit = span.step;
      expect(scale.x(unit) - scale.x(0)).toBeCloseTo(scale.y(0) - scale.y(unit), 6);
    }),
  );
});

test('stays while the points move within it and use half of it, and follows when they do not', () => {
  const first = spanOf([Float64Array.of(1.7, 0.4, -0.3, 1.2)], null);
  expect(first).toEqual({ left: -0.5, right: 2, bottom: 0, top: 1.5, step: 0.5 });
  expect(spanOf([Float64Array.of(1.9, 0.1)], first)).toBe(first);
  expect(spanOf([Float64Array.of(2.1, 0.1)], first).right).toBe(2.5);
  expect(spanOf([Float64Array.of(0.6, 0.1)], first).right).toBeLessThan(1);
});

test('all at the origin, or too large to draw, is still a picture', () => {
  expect(spanOf([new Float64Array(8)], null)).toEqual({ left: -1, right: 1, bottom: -1, top: 1, step: 0.5 });
  expect(spanOf([Float64Array.of(Number.POSITIVE_INFINITY, 1)], null).right).toBe(1);
});

test('ticks are whole steps, with decimals that tell them apart', () => {
  const scale = mapScale(spanOf([Float64Array.of(0.7, 0.33)], null), 300, 300);
  expect(scale.ticksX.map(({ value }) => value.toFixed(scale.decimals))).toEqual([
    '0.0',
    '0.1',
    '0.2',
    '0.3',
    '0.4',
    '0.5',
    '0.6',
    '0.7',
  ]);
  expect(scale.ticksY.length).toBe(5);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeLabels } from '../../src/charts/loss-labels.ts';

test('labels that do not touch stay where they want to be', () => {
  expect(
    placeLabels(
      [
        { x: 0, y: 20, width: 50 },
        { x: 0, y: 60, width: 50 },
      ],
      15,
      10,
      100,
    ),
  ).toEqual([20, 60]);
});

test('two that touch part half and half, in their order', () => {
  expect(
    placeLabels(
      [
        { x: 0, y: 52, width: 50 },
        { x: 10, y: 47, width: 50 },
      ],
      15,
      10,
      100,
    ),
  ).toEqual([57, 42]);
});

test('side by side they do not push', () => {
  expect(
    placeLabels(
      [
        { x: 0, y: 50, width: 50 },
        { x: 51, y: 52, width: 50 },
      ],
      15,
      10,
      100,
    ),
  ).toEqual([50, 52]);
});

test('at an edge the others give way', () => {
  expect(
    placeLabels(
      [
        { x: 0, y: 99, width: 50 },
        { x: 0, y: 100, width: 50 },
        { x: 0, y: 100, width: 50 },
      ],
      15,
      10,
      100,
    ),
  ).toEqual([70, 85, 100]);
});

test('no two ever overlap, and all stay inside', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          x: fc.integer({ min: 0, max: 300 }),
          y: fc.double({ min: -50, max: 250, noNaN: true }),
          width: fc.integer({ min: 20, max: 120 }),
        }),
        { maxLength: 5 },
      ),
      (labels) => {
        const y = placeLabels(labels, 15, 10, 80);
        labels.forEach((one, a) => {
          expect(y[a]).toBeGreaterThanOrEqual(10 - 1e-9);
          expect(y[a]).toBeLessThanOrEqual(80 + 1e-9);
          labels.forEach((other, b) => {
            if (b <= a || one.x >= other.x + other.width || other.x >= one.x + one.width) return;
            expect(Math.abs((y[a] ?? 0) - (y[b] ?? 0))).toBeGreaterThanOrEqual(15 - 1e-9);
          });
        });
      },
    ),
    { numRuns: 1000 },
  );
});

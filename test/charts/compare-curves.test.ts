import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareCurves } from '../../src/charts/compare-curves.ts';
import { LINE_HEIGHT } from '../../src/charts/loss-chart.ts';

const words = { seen: 'seen', heldOut: 'held out' };
const size = { width: 700, height: 240 };
const curve = (letter: string, positions: number[], seen: number[], heldOut: number[]) => ({
  letter,
  positions: Float64Array.from(positions),
  seen: Float64Array.from(seen),
  heldOut: Float64Array.from(heldOut),
});

describe('curves over each other', () => {
  const a = curve('A', [0, 50, 100], [4, 2, 1], [4, 3, 2.5]);
  const b = curve('B', [0, 50], [4, 3], [4, 3.5]);

  test('share one frame, and end with their letter and figure', () => {
    const marks = compareCurves([a, b], 'linear', size, words);
    expect(marks?.lines.map(({ label }) => label.text)).toEqual([
      'A seen 1.000',
      'A held out 2.500',
      'B seen 3.000',
      'B held out 3.500',
    ]);
    const frame = marks?.frame;
    expect(frame?.domain).toMatchObject({ epochEnd: 100, low: 0, high: 4 });
    expect(marks?.lines[0]?.end).toEqual({ x: frame?.plot.right, y: frame?.y(1) });
    expect(marks?.lines[2]?.end).toEqual({ x: frame?.x(50), y: frame?.y(3) });
  });

  test('runs differ in weight, and held-out curves in dashes', () => {
    const lines = compareCurves([a, b], 'linear', size, words)?.lines ?? [];
    const [seenA, heldOutA, seenB, heldOutB] = lines;
    expect(seenA?.width).not.toBe(seenB?.width);
    expect([seenA?.dashes, seenB?.dashes]).toEqual([null, null]);
    expect(heldOutA?.dashes).not.toBe(heldOutB?.dashes);
    expect(heldOutA?.dashes).not.toBeNull();
  });

  test('what was not measured is left out; without any curve there is no chart', () => {
    const unheld = compareCurves([curve('A', [0, 10], [2, 1], [Number.NaN, Number.NaN])], 'log', size, words);
    expect(unheld?.lines.map(({ kind }) => kind)).toEqual(['seen']);
    expect(compareCurves([curve('A', [], [], [])], 'linear', size, words)).toBeNull();
  });

  test('one that blew up does not press the others flat', () => {
    const wild = curve('C', [0, 5, 10], [4, 6, 1e80], [4, 1e9, 1e90]);
    expect(compareCurves([a, wild], 'linear', size, words)?.frame.domain).toMatchObject({ low: 0, high: 6 });
  });

  test('time of less than a millisecond has an axis of its own', () => {
    const marks = compareCurves([curve('A', [0, 0.4], [2, 1], [2, 1])], 'linear', size, words);
    expect(marks?.frame.domain.epochEnd).toBe(0.5);
    expect(marks?.lines[0]?.end.x).toBeCloseTo(marks?.frame.x(0.4) ?? 0, 9);
  });

  test('labels stay inside and do not touch, whatever the curves', () => {
    const value = fc.double({ min: 0.01, max: 5, noNaN: true });
    const run = fc.tuple(value, value, fc.integer({ min: 1, max: 1000 }));
    fc.assert(
      fc.property(fc.array(run, { minLength: 2, maxLength: 6 }), fc.integer({ min: 280, max: 1200 }), (runs, width) => {
        const curves = runs.map(([seen, heldOut, last], at) => curve(`${at}`, [0, last], [5, seen], [5, heldOut]));
        const marks = compareCurves(curves, 'linear', { width, height: 300 }, words);
        const boxes = (marks?.lines ?? []).map(({ label }) => label);
        for (const one of boxes) expect(one.x).toBeLessThan(width);
        boxes.forEach((one, at) => {
          for (const other of boxes.slice(0, at)) {
            if (one.x === other.x) expect(Math.abs(one.y - other.y)).toBeGreaterThanOrEqual(LINE_HEIGHT - 1e-6);
          }
        });
      }),
    );
  });
});

import { describe, expect, test } from 'vitest';
import {
  nearestLine,
  type ParallelRun,
  parallelFrame,
  parallelLines,
  passes,
  rangeBetween,
} from '../../src/charts/sweep-parallel.ts';
import { errorScale } from '../../src/charts/sweep-scale.ts';
import type { Axis } from '../../src/core/experiment/axis.ts';

const axes: readonly Axis[] = [
  { setting: 'k', spacing: 'evenly', from: 1, to: 9, count: 9 },
  { setting: 'alpha', spacing: 'log', from: 0.001, to: 0.1, count: 5 },
  { setting: 'optimizer', spacing: 'listed', values: ['sgd', 'adam'] },
];
const runs: readonly ParallelRun[] = [
  { cell: 0, values: [1, 0.001, 'sgd'], error: 1, diverged: false },
  { cell: 1, values: [5, 0.01, 'adam'], error: 1.5, diverged: false },
  { cell: 2, values: [9, 0.1, 'sgd'], error: null, diverged: true },
  { cell: 3, values: [9, 0.1, 'adam'], error: null, diverged: false },
];
const scale = errorScale([1, 1.5, 2], 'linear');
const frame = parallelFrame(700, axes, scale, String);
const lines = parallelLines(frame, runs, scale);
const middle = (frame.top + frame.bottom) / 2;

describe('parallel coordinates', () => {
  test('each axis has its own line: even, log, choices, and the error last', () => {
    expect(frame.axes.map(({ line }) => line)).toEqual([
      { log: false, low: 1, high: 9 },
      { log: true, low: 0.001, high: 0.1 },
      null,
      { log: false, low: 1, high: 2 },
    ]);
    expect(frame.axes[1]?.y(0.01)).toBeCloseTo(middle, 9);
    expect(frame.axes[2]?.ticks.map(({ label }) => label)).toEqual(['sgd', 'adam']);
    expect(frame.axes[0]?.ticks.every(({ label }) => Number.isInteger(Number(label)))).toBe(true);
    expect(frame.axes.at(-1)?.x).toBeLessThanOrEqual(frame.width);
  });

  test('errors beyond the scale end at its top, and the axis says so', () => {
    const errors = [...Array.from({ length: 30 }, (_, at) => 0.17 + at / 1000), 0.4777];
    const capped = errorScale(errors, 'linear');
    const wide = parallelFrame(700, axes, capped, String);
    const ticks = wide.axes.at(-1)?.ticks ?? [];
    expect(ticks.at(-1)).toEqual({ y: wide.top, label: `≥ ${capped?.high.toFixed(2)}` });
    expect(ticks.map(({ label }) => label)).toEqual(capped?.ticks.map(({ label }) => label));
    const [worst] = parallelLines(
      wide,
      [{ cell: 0, values: [1, 0.01, 'sgd'], error: 0.4777, diverged: false }],
      capped,
    );
    expect(worst?.ys.at(-1)).toBe(wide.top);
  });

  test('a line passes its values and ends at its error; what diverged ends over the axis, what is not there before it', () => {
    expect(lines.map(({ shade }) => shade)).toEqual([255, 128, null, null]);
    expect(lines[0]?.ys).toEqual([frame.bottom, frame.bottom, frame.axes[2]?.y('sgd'), frame.bottom]);
    expect(lines[1]?.ys.at(-1)).toBeCloseTo(middle, 9);
    expect(lines[2]?.ys.at(-1)).toBe(frame.divergedY);
    expect(lines.map(({ ys }) => ys.length)).toEqual([4, 4, 4, 3]);
  });

  test('a pointer finds the line that it is next to', () => {
    const [a, b] = frame.axes;
    const x = ((a?.x ?? 0) + (b?.x ?? 0)) / 2;
    expect(nearestLine(frame, lines, x, frame.bottom - 5)).toBe(0);
    expect(nearestLine(frame, lines, x, middle + 5)).toBe(1);
    expect(nearestLine(frame, lines, x, (middle + frame.bottom) / 2)).toBeNull();
  });

  test('brushes keep what passes through all of them', () => {
    const kept = (...brushes: Parameters<typeof passes>[1]) =>
      runs.filter((run) => passes(run, brushes)).map(({ cell }) => cell);
    expect(kept()).toEqual([0, 1, 2, 3]);
    expect(kept({ kind: 'range', from: 5, to: 9 })).toEqual([1, 2, 3]);
    expect(kept({ kind: 'range', from: 5, to: 9 }, null, { kind: 'choices', values: ['adam'] })).toEqual([1, 3]);
    expect(kept(null, null, null, { kind: 'range', from: 1.2, to: 2 })).toEqual([1]);
  });

  test('a drag is a range: to three digits, and whole numbers of counts', () => {
    const [k, alpha, optimizer] = frame.axes;
    if (!k || !alpha || !optimizer) throw new Error('no axes');
    expect(rangeBetween(alpha, middle, frame.bottom, false)).toEqual({ kind: 'range', from: 0.001, to: 0.01 });
    expect(rangeBetween(k, k.y(2.4), k.y(5.3), true)).toEqual({ kind: 'range', from: 3, to: 5 });
    expect(rangeBetween(k, k.y(2.4), k.y(2.6), true)).toBeNull();
    expect(rangeBetween(optimizer, frame.top, frame.bottom, false)).toBeNull();
  });
});

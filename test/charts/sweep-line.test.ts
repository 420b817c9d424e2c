import { describe, expect, test } from 'vitest';
import { type LineValue, sweepLine } from '../../src/charts/sweep-line.ts';
import { readLine } from '../../src/charts/sweep-reading.ts';
import type { Axis } from '../../src/core/experiment/axis.ts';
import type { CellSummary, Verdict } from '../../src/core/experiment/summary.ts';
import { sweepPictures } from '../../src/strings/sweep-pictures.ts';

const overK = { setting: 'k', spacing: 'listed', values: [1, 2, 3, 5] } as const;

function valuesOf(axis: Axis, held: readonly (number | null)[], seen: number, spread: number | null): LineValue[] {
  const values = axis.spacing === 'listed' ? axis.values : [];
  return values.map((value, cell) => ({
    cell,
    value,
    heldOut: held[cell] ?? null,
    spread,
    seen: held[cell] == null ? null : seen,
    diverged: false,
  }));
}

const names = { heldOut: 'held out', seen: 'seen' };
const size = { width: 600, height: 360 };
const draw = (
  values: readonly LineValue[],
  axis: Axis = overK,
  levels: { mean: number; biases: number } | null = null,
) =>
  sweepLine(
    size,
    {
      axis,
      values,
      levels: levels
        ? [
            { id: 'mean', value: levels.mean, label: 'mean alone' },
            { id: 'biases', value: levels.biases, label: 'biases only' },
          ]
        : [],
      names,
    },
    String,
  );

describe('a line with its spread', () => {
  test('numbers lie where they belong; the axis begins at 0 and ends at a round number', () => {
    const marks = draw(valuesOf(overK, [1.5, 1.2, 1.3, 1.6], 0.4, 0.1));
    const [first, second, third, last] = marks.points;
    expect(marks.yTicks.map(({ label }) => label)).toEqual(['0', '0.5', '1', '1.5', '2']);
    expect((second?.x ?? 0) - (first?.x ?? 0)).toBeCloseTo((third?.x ?? 0) - (second?.x ?? 0), 9);
    expect((last?.x ?? 0) - (third?.x ?? 0)).toBeCloseTo(2 * ((second?.x ?? 0) - (first?.x ?? 0)), 9);
    const { top, bottom } = marks.plot;
    expect(second?.heldOut?.y).toBeCloseTo(bottom - (1.2 / 2) * (bottom - top), 9);
    expect(second?.bar?.y1).toBeCloseTo(bottom - (1.1 / 2) * (bottom - top), 9);
    expect(second?.bar?.y2).toBeCloseTo(bottom - (1.3 / 2) * (bottom - top), 9);
    expect(marks.xTicks.map(({ label }) => label)).toEqual(['1', '2', '3', '5']);
  });

  test('where all errors lie close together the axis begins below the least of them', () => {
    const marks = draw(valuesOf(overK, [0.98, 0.95, 0.93, 0.92], 0.84, 0.01), overK, { mean: 1.04, biases: 0.95 });
    expect(marks.low).toBe(0.8);
    const { top, bottom } = marks.plot;
    const heights = marks.points.map(({ heldOut }) => heldOut?.y ?? 0);
    // From 0 the fall from 0.98 to 0.92 would be a twentieth of the height.
    expect((heights[3] ?? 0) - (heights[0] ?? 0)).toBeGreaterThan((bottom - top) / 8);
    expect(marks.points[0]?.seen?.y).toBeCloseTo(bottom - ((0.84 - 0.8) / 0.3) * (bottom - top), 6);
    expect(draw(valuesOf(overK, [0.98, 0.95, 0.93, 0.92], 0.3, 0.01)).low).toBe(0);
  });

  test('near a line, the axis is the range that is asked for, and what lies above it stands at the top', () => {
    const marks = sweepLine(
      size,
      {
        axis: overK,
        values: valuesOf(overK, [1.5, 1.2, 1.25, 1.3], 0.4, 0.05),
        levels: [],
        names,
        rule: { value: 1.26, label: 'line' },
        range: { low: 1.1, high: 1.4 },
      },
      String,
    );
    const { top, bottom } = marks.plot;
    const y = (error: number) => bottom - ((error - 1.1) / 0.3) * (bottom - top);
    expect(marks.rule?.y).toBeCloseTo(y(1.26), 9);
    expect(marks.points.map(({ beyond }) => beyond)).toEqual([true, false, false, false]);
    expect(marks.points.map(({ heldOut }) => heldOut?.y)).toEqual([
      top,
      ...[1.2, 1.25, 1.3].map((error) => expect.closeTo(y(error), 9)),
    ]);
    expect(marks.points[2]?.bar?.y2).toBeCloseTo(y(1.3), 9);
    expect(marks.yTicks.every((tick) => tick.y >= top && tick.y <= bottom)).toBe(true);
    expect(marks.labels.map(({ id }) => id)).toContain('rule');
    expect(draw(valuesOf(overK, [1.5], 0.4, 0.1)).rule).toBeNull();
  });

  test('a log axis has equal steps for equal factors', () => {
    const axis = { setting: 'alpha', spacing: 'log', from: 0.001, to: 0.1, count: 3 } as const;
    const values = [0.001, 0.01, 0.1].map((value, cell) => ({
      cell,
      value,
      heldOut: 1,
      spread: null,
      seen: 1,
      diverged: false,
    }));
    const [a, b, c] = draw(values, axis).points.map(({ x }) => x);
    expect((b ?? 0) - (a ?? 0)).toBeCloseTo((c ?? 0) - (b ?? 0), 9);
  });

  test('a value that diverged or is missing breaks lines and band', () => {
    const values = valuesOf(overK, [1.5, 1.2, null, 1.6], 0.4, 0.1);
    const marks = draw(values.map((value, at) => (at === 0 ? { ...value, diverged: true } : value)));
    expect(marks.heldOutPath.match(/M/g)).toHaveLength(2);
    expect(marks.band.match(/M/g)).toHaveLength(2);
    expect(marks.points.map(({ heldOut, diverged }) => [heldOut === null, diverged])).toEqual([
      [true, true],
      [false, false],
      [true, false],
      [false, false],
    ]);
  });

  test('choices are dots with bars, and no line between them', () => {
    const axis = { setting: 'optimizer', spacing: 'listed', values: ['sgd', 'adam', 'als'] } as const;
    const marks = draw(valuesOf(axis, [1.5, 1.2, 1.3], 0.4, 0.1), axis);
    expect([marks.dotPlot, marks.heldOutPath, marks.seenPath, marks.band]).toEqual([true, '', '', '']);
    expect(marks.points.every(({ bar }) => bar !== null)).toBe(true);
  });

  test('baselines stand at their heights, and labels do not touch', () => {
    const marks = draw(valuesOf(overK, [1.8, 1.75, 1.7, 1.72], 0.4, 0.02), overK, { mean: 1.72, biases: 1.74 });
    const { top, bottom } = marks.plot;
    expect(marks.levels[0]?.y).toBeCloseTo(bottom - (1.72 / 2) * (bottom - top), 9);
    const ys = marks.labels.map(({ y }) => y).sort((a, b) => a - b);
    for (let at = 1; at < ys.length; at += 1)
      expect((ys[at] ?? 0) - (ys[at - 1] ?? 0)).toBeGreaterThanOrEqual(15 - 1e-9);
  });

  test('one error far beyond the others is drawn at the top', () => {
    const marks = draw(valuesOf(overK, [1.2, 1.3, 1.4, 1e30], 0.4, null));
    expect(marks.points.map(({ beyond }) => beyond)).toEqual([false, false, false, true]);
    expect(marks.points[3]?.heldOut?.y).toBe(marks.plot.top);
    expect(marks.yTicks.at(-1)?.label).toBe('4');
  });

  test('labels that would touch are left out, the last one never', () => {
    const values = Array.from({ length: 30 }, (_, at) => at + 1);
    const axis = { setting: 'k', spacing: 'listed', values } as const;
    const { xTicks } = draw(
      valuesOf(
        axis,
        values.map(() => 1),
        1,
        null,
      ),
      axis,
    );
    expect([xTicks[0]?.label, xTicks.at(-1)?.label]).toEqual(['1', '30']);
    expect(xTicks.length).toBeLessThan(30);
    for (let at = 1; at < xTicks.length; at += 1) {
      expect((xTicks[at]?.x ?? 0) - (xTicks[at - 1]?.x ?? 0)).toBeGreaterThan(15);
    }
  });

  test('every stripe meets the next one, from edge to edge', () => {
    const { points, plot } = draw(valuesOf(overK, [1, 1, 1, 1], 1, null));
    expect([points[0]?.left, points.at(-1)?.right]).toEqual([plot.left, plot.right]);
    for (let at = 1; at < points.length; at += 1) expect(points[at]?.left).toBe(points[at - 1]?.right);
  });
});

const summaryOf = (cell: number): CellSummary => ({
  cell,
  assignments: [],
  done: 1,
  diverged: 0,
  total: 1,
  seeds: 1,
  mean: 1,
  spreadOverSeeds: null,
  spreadOverFolds: null,
  least: 1,
  greatest: 1,
  rmseSeen: 1,
  objective: 1,
  epochs: 1,
  milliseconds: 1,
});

const verdictOf = (told: Partial<Verdict>): Verdict => ({
  best: null,
  ranked: [],
  baselines: null,
  againstNext: null,
  againstMean: null,
  againstBiases: null,
  lastStep: null,
  alike: [],
  rivals: 3,
  compared: 3,
  clearWinner: false,
  edges: [],
  nested: null,
  caveats: [],
  ...told,
});

describe('what a line says', () => {
  const seen = { setting: 'seen', spacing: 'listed', values: [20, 40, 60, 80, 100] } as const;

  test('more data would help where the error still falls by more than its spread over the second half', () => {
    const falls = readLine(seen, valuesOf(seen, [2.2, 1.9, 1.8, 1.6, 1.5], 0.4, 0.1));
    expect(falls).toMatchObject({
      kind: 'seen',
      helps: true,
      from: { at: 40, heldOut: 1.9 },
      to: { at: 100 },
      spread: 0.1,
      overSeeds: 'is',
    });
    const close = readLine(seen, valuesOf(seen, [2.2, 1.9, 1.8, 1.6, 1.5], 0.4, 0.001));
    expect(close).toMatchObject({ spread: 0.02 * 1.9, overSeeds: 'below' });
    const oneSeed = readLine(seen, valuesOf(seen, [2.2, 1.9, 1.8, 1.6, 1.5], 0.4, null));
    expect(oneSeed).toMatchObject({ spread: 0.02 * 1.9, overSeeds: null });
    const flat = readLine(seen, valuesOf(seen, [2.2, 1.55, 1.52, 1.5, 1.5], 0.4, 0.1));
    expect(flat).toMatchObject({ helps: false });
    const rises = readLine(seen, valuesOf(seen, [2.2, 1.9, 1.3, 1.4, 1.5], 0.4, 0.1));
    expect(rises).toMatchObject({ helps: false });
    const closed = readLine(seen, valuesOf(seen, [2.2, 1.9, 1.8, 1.6, 1.5], 1.45, 0.1));
    expect(closed).toMatchObject({ helps: false });
  });

  test('beside a verdict it names no winner inside the noise, and is sure of more data by its last step alone', () => {
    const rising = valuesOf(overK, [0.1965, 0.21, 0.3, 0.4], 0.1, 0.01);
    const told = readLine(overK, rising, verdictOf({ alike: [1] }));
    expect(told).toMatchObject({ kind: 'k', shape: 'rises', alike: [2] });
    expect(told && sweepPictures.line.readings(told).at(-1)).toBe(
      'But the left-out ratings cannot tell k 2 from k 1: none is the winner.',
    );
    const alone = readLine(overK, rising, verdictOf({ alike: [] }));
    expect(alone && sweepPictures.line.readings(alone).at(-1)).toMatch(/^Held out, it is least at once/);
    const falling = valuesOf(seen, [2.2, 1.9, 1.8, 1.6, 1.5], 0.4, 0.1);
    const headline = (clear: boolean, difference: number) => {
      const interval = { difference, low: -1, high: 1, ratings: 16, seeds: 3, enough: true, clear };
      const [first, before] = [summaryOf(0), summaryOf(3)];
      const read = readLine(seen, falling, verdictOf({ lastStep: { first, before, interval } }));
      return read && sweepPictures.line.readings(read)[0];
    };
    expect(headline(true, -0.1)).toBe('More data would help.');
    expect(headline(false, -0.1)).toBe('More data may help, but the last step cannot be told from the noise.');
    expect(headline(true, 0.1)).toBe('More data may help, but the last step cannot be told from the noise.');
  });

  test('over k a valley is told from a fall, a rise and nothing', () => {
    const shape = (held: readonly number[]) => {
      const told = readLine(overK, valuesOf(overK, held, 0.4, 0.1));
      return told?.kind === 'k' ? told.shape : null;
    };
    expect(shape([1.5, 1.2, 1.3, 1.6])).toBe('valley');
    expect(shape([1.5, 1.3, 1.2, 1.15])).toBe('falls');
    expect(shape([1.2, 1.3, 1.4, 1.6])).toBe('rises');
    expect(shape([1.5, 1.45, 1.5, 1.52])).toBe('flat');
  });

  test('other settings and short lines say nothing', () => {
    const axis = { setting: 'beta', spacing: 'listed', values: [0.1, 0.2, 0.3] } as const;
    expect(readLine(axis, valuesOf(axis, [1, 2, 3], 1, 0.1))).toBeNull();
    expect(readLine(overK, valuesOf(overK, [1, 2, null, null], 1, 0.1))).toBeNull();
  });
});

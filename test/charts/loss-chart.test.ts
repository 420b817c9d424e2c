import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type LossContent, lossChart, lossFrame, nearestRow, sampleRows } from '../../src/charts/loss-chart.ts';
import { lossDomain } from '../../src/charts/loss-domain.ts';
import type { History } from '../../src/core/history.ts';

const names = { seen: 'seen', heldOut: 'held out' };

function historyOf(
  epoch: readonly number[],
  seen: readonly (number | null)[],
  heldOut: readonly (number | null)[],
): History {
  return { epoch, rmseSeen: seen, rmseHeldOut: heldOut, maeSeen: seen, maeHeldOut: heldOut, objective: seen };
}

function chartOf(history: History, axis: 'linear' | 'log', content: Partial<LossContent> = {}, width = 840) {
  const last = history.epoch[history.epoch.length - 1] ?? 0;
  const extra = [...(content.levels ?? []), ...(content.points ?? [])].map((one) => one.value);
  const frame = lossFrame(lossDomain(history, 'rmse', axis, last, extra), { width, height: 200 });
  return lossChart(frame, {
    history,
    kind: 'rmse',
    names,
    levels: [],
    points: [],
    marks: [],
    playhead: last,
    ...content,
  });
}

describe('the marks', () => {
  const history = historyOf([0, 50, 100], [4, 1, 0.1], [4, 3, 2]);

  test('lie where the numbers say', () => {
    const chart = chartOf(history, 'linear');
    const { plot } = chart.frame;
    const [seen, heldOut] = chart.series;
    const middle = (plot.left + plot.right) / 2;
    expect(seen?.path).toBe(
      `M${plot.left},${plot.top}L${middle},${chart.frame.y(1).toFixed(1)}L${plot.right},${chart.frame.y(0.1).toFixed(1)}`.replace(
        /\.0(?=[,LM]|$)/g,
        '',
      ),
    );
    expect(chart.frame.y(2)).toBeCloseTo((plot.top + plot.bottom) / 2, 9);
    expect(heldOut?.end).toEqual({ x: plot.right, y: chart.frame.y(2) });
    expect(seen?.label.text).toBe('seen 0.1000');
    expect(heldOut?.label.text).toBe('held out 2.000');
    expect(chart.frame.epochAt(middle)).toBeCloseTo(50, 9);
  });

  test('the playhead stands on the curves at its epoch', () => {
    const chart = chartOf(history, 'log', { playhead: 50 });
    expect(chart.playhead).toMatchObject({ x: chart.frame.x(50), epoch: 50, flag: '50' });
    expect(chart.series.map((series) => series.atPlayhead)).toEqual([
      { x: chart.frame.x(50), y: chart.frame.y(1) },
      { x: chart.frame.x(50), y: chart.frame.y(3) },
    ]);
    // Its flag hides the tick under it and no other.
    expect(chart.frame.xTicks.map((tick) => tick.label)).toContain('50');
    expect(chart.xTicks.map((tick) => tick.label)).toEqual(
      chart.frame.xTicks.map((tick) => tick.label).filter((label) => label !== '50'),
    );
  });

  test('nothing held out: one curve, the leave-one-out point, its baselines', () => {
    const chart = chartOf(historyOf([0, 100], [4, 1], [null, null]), 'log', {
      points: [{ id: 'leave-one-out', name: 'leave-one-out', epoch: 100, value: 2.53 }],
      levels: [
        { id: 'mean', name: 'mean alone', value: 1.72 },
        { id: 'biases', name: 'biases only', value: 1.7 },
      ],
    });
    expect(chart.series.map((series) => series.id)).toEqual(['seen']);
    expect(chart.points[0]).toMatchObject({ x: chart.frame.x(100), y: chart.frame.y(2.53) });
    expect(chart.levels.map((level) => level.label.text)).toEqual(['mean alone 1.720', 'biases only 1.700']);
    // The lines are 1 px apart, their labels a line.
    const [mean, biases] = chart.levels;
    expect(Math.abs((mean?.y ?? 0) - (biases?.y ?? 0))).toBeLessThan(3);
    expect((biases?.label.y ?? 0) - (mean?.label.y ?? 0)).toBeGreaterThanOrEqual(15);
  });

  test('changes on the same pixel share a tick', () => {
    const chart = chartOf(history, 'log', {
      marks: [
        { epoch: 10, label: 'α 0.01 → 0.02' },
        { epoch: 10, label: 'Bo, Clue: 4' },
        { epoch: 60, label: 'β 0 → 0.1' },
      ],
    });
    expect(chart.changes.map((change) => [change.epoch, change.labels])).toEqual([
      [10, ['α 0.01 → 0.02', 'Bo, Clue: 4']],
      [60, ['β 0 → 0.1']],
    ]);
  });

  test('a level carries a piece of its line before its name; a huge figure is short', () => {
    const [level] = chartOf(history, 'log', { levels: [{ id: 'mean', name: 'biases only', value: 1.552e98 }] }).levels;
    expect(level?.label.text).toBe('biases only 1.6e98');
    expect(level?.sample.x2).toBeLessThan(level?.label.x ?? 0);
    expect(level?.sample.x1).toBeGreaterThan(chartOf(history, 'log').frame.plot.right);
  });

  test('a very narrow chart names its curves without numbers', () => {
    expect(chartOf(history, 'log', {}, 360).series.map((series) => series.label.text)).toEqual([
      'seen 0.1000',
      'held out 2.000',
    ]);
    expect(chartOf(history, 'log', {}, 320).series.map((series) => series.label.text)).toEqual(['seen', 'held out']);
  });

  test('3,000 entries become at most two points a pixel', () => {
    const epochs = Array.from({ length: 3000 }, (_, at) => at);
    const wild = epochs.map((epoch) => 1 + ((epoch * 7919) % 101) / 50);
    const chart = chartOf(historyOf(epochs, wild, wild), 'log');
    const { plot } = chart.frame;
    expect(chart.series[0]?.path.split('L').length).toBeLessThanOrEqual(2 * (plot.right - plot.left) + 2);
  });

  test('hold no NaN and no infinity, whatever the values and sizes', () => {
    const value = fc.option(
      fc.oneof(fc.double(), fc.constantFrom(0, 5e-324, 1e200, Number.MAX_VALUE, Number.POSITIVE_INFINITY, -3)),
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(value, value), { maxLength: 30 }),
        fc.constantFrom('linear' as const, 'log' as const),
        fc.integer({ min: 0, max: 1200 }),
        fc.double(),
        (rows, axis, width, level) => {
          const chart = chartOf(
            historyOf(
              rows.map((_, at) => at * 3),
              rows.map(([seen]) => seen),
              rows.map(([, heldOut]) => heldOut),
            ),
            axis,
            { levels: [{ id: 'mean', name: 'mean alone', value: level }], marks: [{ epoch: 2, label: 'x' }] },
            width,
          );
          const numbers = JSON.stringify(chart, (_, entry) =>
            typeof entry === 'number' && !Number.isFinite(entry) ? 'NaN' : entry,
          );
          expect(numbers).not.toMatch(/NaN|Infinity/);
        },
      ),
      { numRuns: 500 },
    );
  });
});

test('the nearest row, the earlier of two, the last of one epoch', () => {
  expect([-5, 0, 4, 5, 6, 100].map((epoch) => nearestRow([0, 10, 30], epoch))).toEqual([0, 0, 0, 0, 1, 2]);
  expect(nearestRow([], 3)).toBe(-1);
  expect(nearestRow([0, 10, 30, 30], 30)).toBe(3);
});

test('a table of a few round epochs and both ends', () => {
  const epochs = Array.from({ length: 641 }, (_, at) => at);
  expect(sampleRows(epochs, 20)).toEqual([0, 50, 100, 150, 200, 250, 300, 350, 400, 450, 500, 550, 600, 640]);
  expect(sampleRows([0, 1, 2], 20)).toEqual([0, 1, 2]);
  expect(sampleRows([], 20)).toEqual([]);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), (length) => {
      const rows = sampleRows(
        Array.from({ length }, (_, at) => at),
        20,
      );
      expect(rows.length).toBeLessThanOrEqual(20);
      expect([rows[0], rows[rows.length - 1]]).toEqual([0, length - 1]);
    }),
  );
});

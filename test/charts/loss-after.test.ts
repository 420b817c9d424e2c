import { describe, expect, test } from 'vitest';
import { historyWithAfter, lossAfter } from '../../src/charts/loss-after.ts';
import { frameAgainst } from '../../src/charts/loss-against.ts';
import { lossChart, lossFrame } from '../../src/charts/loss-chart.ts';
import { lossDomain } from '../../src/charts/loss-domain.ts';
import type { History } from '../../src/core/history.ts';

function historyOf(epoch: readonly number[], seen: readonly number[], heldOut: readonly number[]): History {
  return { epoch, rmseSeen: seen, rmseHeldOut: heldOut, maeSeen: seen, maeHeldOut: heldOut, objective: seen };
}

const size = { width: 840, height: 200 };
const history = historyOf([0, 50, 100], [4, 2, 1], [4, 3, 2]);
const whole = historyWithAfter(history, historyOf([101, 150], [0.9, 0.8], [2.1, 2.5]));
const frame = lossFrame(lossDomain(whole, 'rmse', 'linear', 100), size);

describe('what a run let go after its best epoch', () => {
  test('goes on where the curve ends, within the same frame', () => {
    expect(frame.domain.epochEnd).toBe(200);
    const after = lossAfter(frame, whole, 2, 'rmse');
    expect(after.lines.map(({ id }) => id)).toEqual(['seen', 'heldOut']);
    for (const [at, values] of [
      [0, [1, 0.9, 0.8]],
      [1, [2, 2.1, 2.5]],
    ] as const) {
      const points = (after.lines[at]?.path ?? '').replace(/[ML]/g, ' ').trim().split(' ');
      const wanted = [100, 101, 150].map((epoch, row) => [frame.x(epoch), frame.y(values[row] ?? 0)]);
      points.forEach((point, row) => {
        const [x = Number.NaN, y = Number.NaN] = point.split(',').map(Number);
        expect(x).toBeCloseTo(wanted[row]?.[0] ?? 0, 0);
        expect(y).toBeCloseTo(wanted[row]?.[1] ?? 0, 0);
      });
      expect(points).toHaveLength(3);
    }
    expect(after.band.x).toBe(frame.x(100));
    expect(after.band.x + after.band.width).toBeCloseTo(frame.x(150), 9);
    expect(lossAfter(frame, whole, 2, 'objective').lines).toHaveLength(1);
  });

  test('has its words inside the plot, wherever it lies', () => {
    for (const width of [320, 480, 840]) {
      for (const best of [0, 1, 90]) {
        const late = historyWithAfter(historyOf([best], [1], [2]), historyOf([best + 3], [1], [2]));
        const narrow = lossFrame(lossDomain(late, 'rmse', 'linear', best), { width, height: 200 });
        const { label } = lossAfter(narrow, late, 0, 'rmse');
        const left = label.anchor === 'start' ? label.x : label.x - 180;
        expect(left + 180).toBeLessThanOrEqual(narrow.width);
        expect(left).toBeGreaterThanOrEqual(0);
      }
    }
  });

  test('moves the names of the curves behind it; nothing let go, nothing moves', () => {
    const content = { history, kind: 'rmse' as const, names: { seen: 'seen', heldOut: 'held out' } };
    const rest = { levels: [], points: [], marks: [], playhead: 100 };
    const plain = lossChart(frame, { ...content, ...rest });
    const moved = lossChart(frame, { ...content, ...rest, namesAfter: 150 });
    expect(moved.series.map(({ label }) => label.x - frame.x(150))).toEqual([8, 8]);
    expect(plain.series.map(({ label }) => label.x - frame.x(100))).toEqual([8, 8]);
    expect(moved.series.map(({ path, end }) => [path, end])).toEqual(plain.series.map(({ path, end }) => [path, end]));
    expect(historyWithAfter(history, null)).toBe(history);
  });
});

describe('the axis of epochs may count what they take', () => {
  test('labels are round numbers of the unit, at the epochs that take so much', () => {
    const updates = frameAgainst(frame, 72, true);
    expect(updates.x).toBe(frame.x);
    expect(updates.xTicks[1]).toEqual({ x: frame.x(2000 / 72), label: '2,000' });
    const time = frameAgainst(frame, 0.004, false);
    expect(time.xTicks.map(({ label }) => label)).toEqual([
      '0',
      '0.1',
      '0.2',
      '0.3',
      '0.4',
      '0.5',
      '0.6',
      '0.7',
      '0.8',
    ]);
    expect(time.xTicks[4]?.x).toBeCloseTo(frame.x(100), 9);
  });
});

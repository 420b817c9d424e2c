import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LINE_HEIGHT, lossChart, lossFrame } from '../../src/charts/loss-chart.ts';
import { lossDomain } from '../../src/charts/loss-domain.ts';
import { type PinnedCurve, pinnedExtent, pinnedLines } from '../../src/charts/loss-pinned.ts';
import { EMPTY_HISTORY } from '../../src/core/history.ts';

function pin(id: string, epoch: number[], seen: number[], heldOut: number[], label = `α ${id}`): PinnedCurve {
  return {
    id,
    label,
    baseline: id === 'base',
    epoch,
    rmseSeen: seen,
    rmseHeldOut: heldOut,
    objective: seen.map((value) => value * 10),
  };
}

function frameFor(pinned: readonly PinnedCurve[], width = 840) {
  const { lastEpoch, values } = pinnedExtent(pinned, 'rmse');
  return lossFrame(lossDomain(EMPTY_HISTORY, 'rmse', 'linear', lastEpoch, values), { width, height: 200 });
}

describe('pinned runs in the loss chart', () => {
  const one = pin('0.01', [0, 50, 100], [3, 1, 0.5], [3, 2, 1.5]);
  const short = pin('base', [0, 20], [3, 2], [Number.NaN, Number.NaN]);

  test('the frame holds them: their last epoch, their least and greatest values', () => {
    expect(pinnedExtent([one, short], 'rmse')).toEqual({ lastEpoch: 100, values: [0.5, 3, 1.5, 3, 2, 3] });
    expect(pinnedExtent([one], 'objective')).toEqual({ lastEpoch: 100, values: [5, 30] });
    expect(pinnedExtent([one], 'mae')).toEqual({ lastEpoch: 0, values: [] });
    expect(frameFor([one]).domain).toMatchObject({ epochEnd: 100, high: 3 });
  });

  test('one that blew up does not press the others flat', () => {
    const wild = pin('9', [0, 5, 10], [3, 2, 1e80], [3, 4, 1e90]);
    expect(pinnedExtent([wild], 'rmse').values).toEqual([2, 3, 3, 4]);
  });

  test('each has its curves and its settings at the end of the held-out one, else of the seen one', () => {
    const frame = frameFor([one, short]);
    const [first, second] = pinnedLines(frame, [one, short], 'rmse');
    expect(first?.heldOut.endsWith(`L${frame.plot.right},${Number(frame.y(1.5).toFixed(1))}`)).toBe(true);
    expect(first).toMatchObject({ text: 'α 0.01', baseline: false, at: { x: frame.plot.right + 8, y: frame.y(1.5) } });
    expect(second).toMatchObject({ heldOut: '', baseline: true, at: { x: frame.x(20) + 8, y: frame.y(2) - 9 } });
    expect(pinnedLines(frame, [one], 'mae')).toEqual([]);
  });

  test('labels are cut to their room, stay in the picture and keep off each other and the names of the run itself', () => {
    const value = fc.double({ min: 0.1, max: 4, noNaN: true });
    const run = fc.record({
      seen: value,
      heldOut: value,
      last: fc.integer({ min: 1, max: 500 }),
      words: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(fc.array(run, { minLength: 1, maxLength: 5 }), fc.integer({ min: 260, max: 1200 }), (runs, width) => {
        const pinned = runs.map(({ seen, heldOut, last, words }, at) =>
          pin(`${at}`, [0, last], [5, seen], [5, heldOut], 'α 0.05, '.repeat(words)),
        );
        const frame = frameFor(pinned, width);
        const chart = lossChart(frame, {
          history: { ...EMPTY_HISTORY, epoch: [0, 10], rmseSeen: [5, 1], rmseHeldOut: [5, 2] },
          kind: 'rmse',
          names: { seen: 'seen', heldOut: 'held out' },
          levels: [],
          points: [],
          marks: [],
          pinned: pinnedLines(frame, pinned, 'rmse'),
          playhead: 10,
        });
        expect(chart.pinned.map(({ id }) => id)).toEqual(pinned.map(({ id }) => id));
        const lines = pinnedLines(frame, pinned, 'rmse');
        const boxes = [
          ...chart.pinned.map((label, at) => ({ ...label, width: lines[at]?.width ?? 0 })),
          ...chart.series.map(({ label }) => ({ ...label, width: label.text.length * 6.6 })),
        ];
        for (const label of boxes.slice(0, pinned.length))
          expect(label.x + label.width).toBeLessThanOrEqual(width + 1e-6);
        boxes.forEach((a, at) => {
          for (const b of boxes.slice(0, at)) {
            const meet = a.x < b.x + b.width && b.x < a.x + a.width;
            if (meet) expect(Math.abs(a.y - b.y)).toBeGreaterThanOrEqual(LINE_HEIGHT - 1e-6);
          }
        });
      }),
    );
  });
});

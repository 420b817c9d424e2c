import { describe, expect, it } from 'vitest';
import { countFaint, drawInfluence } from '../../src/charts/stage-influence.ts';
import { drawIntervals, hasIntervals, intervalPlace, liftOver } from '../../src/charts/stage-intervals.ts';
import { cellRect, type MatrixBox } from '../../src/charts/stage-layout.ts';
import { RAMPS } from '../../src/theme/ramps.ts';
import { recordingPainter } from './recording-painter.ts';

const box = (columnWidth: number, rowHeight: number, rows = 1, columns = 3): MatrixBox => ({
  x: 100,
  y: 50,
  rows,
  columns,
  columnWidth,
  rowHeight,
  gap: 2,
  radius: 3,
  fontSize: 12,
  decimals: 1,
});
const scale = { min: 1, max: 5, step: 1 };

describe('an interval in a cell', () => {
  it('stands on the rating scale, and is cut where the scale ends', () => {
    expect(intervalPlace(2, 4, scale, 40)).toEqual({ from: 10, to: 30, ownLow: true, ownHigh: true });
    expect(intervalPlace(0.5, 5.9, scale, 40)).toEqual({ from: 0, to: 40, ownLow: false, ownHigh: false });
    expect(intervalPlace(2, 3, { min: 3, max: 3, step: 1 }, 40)).toMatchObject({ from: 20, to: 20 });
  });

  it('is a bar with two ends inside its cell; beyond the scale without an end; none where there is none', () => {
    const { painter, strokes } = recordingPainter();
    const marks = {
      rows: 1,
      columns: 3,
      low: Float64Array.of(2, 2, Number.NaN),
      high: Float64Array.of(4, 7, Number.NaN),
      colors: ['#000000', '#ffffff', '#000000'],
      stale: false,
    };
    const place = box(48, 40);
    drawIntervals(painter, marks, place, scale);
    const inCell = (column: number) => {
      const { x, width } = cellRect(place, 0, column);
      return strokes.filter(({ args }) => Number(args[0]) >= x && Number(args[0]) < x + width);
    };
    // The scale, the bar, and an end for each side that is on it.
    expect([inCell(0).length, inCell(1).length, inCell(2).length]).toEqual([4, 3, 0]);
    expect(inCell(1).every(({ fill }) => fill === '#ffffff')).toBe(true);
    const { x, y, width, height } = cellRect(place, 0, 0);
    const [track, bar] = inCell(0).map(({ args }) => args.map(Number));
    expect([track?.[0], track?.[2]]).toEqual([x + 5, width - 10]);
    // 2 … 4 on 1 … 5: the middle half.
    expect(bar?.[0]).toBeCloseTo(x + 5 + (width - 10) / 4 - 0.5, 9);
    expect(bar?.[2]).toBeCloseTo((width - 10) / 2 + 1, 9);
    for (const { args } of strokes) {
      const [, top = 0, , tall = 0] = args.map(Number);
      expect(top).toBeGreaterThan(y + height / 2);
      expect(top + tall).toBeLessThan(y + height - 2);
    }
  });

  it('needs room, and numbers make way where there is', () => {
    expect([box(48, 44), box(28, 22), box(20, 20), box(48, 18)].map(hasIntervals)).toEqual([true, true, false, false]);
    expect([liftOver(box(28, 22)), liftOver(box(20, 20))]).toEqual([2, 0]);
    const { painter, strokes } = recordingPainter();
    const one = Float64Array.of(2);
    const marks = { rows: 1, columns: 1, low: one, high: one, colors: ['#000000'], stale: false };
    drawIntervals(painter, marks, box(20, 20, 1, 1), scale);
    expect(strokes).toEqual([]);
  });
});

describe('influence on R', () => {
  const ramp = RAMPS.light.error;
  const marks = {
    rows: 1,
    columns: 3,
    change: Float64Array.of(-0.5, Number.NaN, 0.25),
    ratings: Float64Array.of(5, 0, 3),
    bound: 0.5,
    ramp,
  };

  it('colors each rating that was left out, keeps its number, and bars go to the side of the sign', () => {
    const { painter, strokes } = recordingPainter();
    const place = box(48, 40);
    drawInfluence(painter, marks, place);
    expect(strokes.filter(({ op }) => op === 'fillText').map(({ args }) => args[0])).toEqual(['5', '3']);
    expect(strokes.filter(({ op }) => op === 'fill').map(({ fill }) => fill)).toEqual([
      ramp.css[128 - 127],
      ramp.css[128 + 64],
    ]);
    const bars = strokes
      .filter(({ op, args }) => op === 'fillRect' && args[3] === 2)
      .map(({ args }) => args.map(Number));
    const middle = (column: number) => {
      const { x, width } = cellRect(place, 0, column);
      return x + width / 2;
    };
    const [down, up] = bars;
    expect((down?.[0] ?? 0) + (down?.[2] ?? 0)).toBeCloseTo(middle(0), 9);
    expect(up?.[0]).toBeCloseTo(middle(2), 9);
    expect((down?.[2] ?? 0) / (up?.[2] ?? 1)).toBeCloseTo(2, 9);
  });

  it('carries a + or a − where a bar has no room, and color alone where no sign has', () => {
    const small = recordingPainter();
    drawInfluence(small.painter, marks, { ...box(12, 12), fontSize: 0 });
    expect(small.strokes.filter(({ op }) => op === 'fillRect').map(({ args }) => args.slice(2))).toEqual([
      [5, 1],
      [5, 1],
      [1, 5],
    ]);
    const tiny = recordingPainter();
    drawInfluence(tiny.painter, marks, { ...box(5, 5), fontSize: 0 });
    expect(tiny.strokes.filter(({ op }) => op === 'fillRect')).toEqual([]);
    expect(tiny.strokes.filter(({ op }) => op === 'fill').length).toBe(2);
  });
  it('counts what is next to no color: less than a twentieth of the greatest', () => {
    expect(countFaint([-0.5, 0.025, 0.0249, -0.024, 0], 0.5)).toBe(3);
    expect(countFaint([-1e-9], 1e-9)).toBe(0);
  });
});

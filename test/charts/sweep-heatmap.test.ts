import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  cellAt,
  drawHeat,
  HEAT,
  type HeatCell,
  hatchLines,
  heatFrame,
  heatMarks,
  heatTexts,
  rowAndColumn,
} from '../../src/charts/sweep-heatmap.ts';
import { errorScale } from '../../src/charts/sweep-scale.ts';
import { RAMPS } from '../../src/theme/ramps.ts';
import { TOKENS } from '../../src/theme/tokens.ts';
import { recordingPainter } from './recording-painter.ts';

const known = (value: number, partly = false): HeatCell => ({ value, diverged: false, partly });
const DIVERGED: HeatCell = { value: null, diverged: true, partly: false };
const NOT_YET: HeatCell = { value: null, diverged: false, partly: true };

/** Three to the right, two up. */
const cells = [known(1), known(1.5), known(2), known(1.2, true), DIVERGED, NOT_YET];
const scale = errorScale([1, 1.5, 2, 1.2], 'linear');
const marks = heatMarks(cells, 3, scale, { best: 0, here: { first: 1.5, second: 0 } });
const frame = heatFrame({ width: 400, height: 300 }, ['0.001', '0.010', '0.1'], ['0.2', '1']);

describe('marks of a map', () => {
  test('the first setting goes right, the second one up', () => {
    expect(rowAndColumn(0, 3, 2)).toEqual({ row: 1, column: 0 });
    expect(rowAndColumn(5, 3, 2)).toEqual({ row: 0, column: 2 });
    for (let cell = 0; cell < 6; cell += 1) {
      const { row, column } = rowAndColumn(cell, 3, 2);
      expect(cellAt(row, column, 3, 2)).toBe(cell);
    }
  });

  test('shades run from strong to weak; what diverged and what is not there has its own look', () => {
    expect([...marks.shades.slice(0, 3)]).toEqual([255, 128, 0]);
    expect([...marks.looks]).toEqual([HEAT.plain, HEAT.plain, HEAT.plain, HEAT.partly, HEAT.diverged, HEAT.unknown]);
    expect(heatTexts(marks)).toEqual(['1.000', '1.500', '2.000', '1.200', '', '']);
    expect([marks.columns, marks.rows]).toEqual([3, 2]);
  });
});

describe('the frame', () => {
  test('labels stand at the middle of their cells, the second setting from the bottom up', () => {
    const { box, xTicks, yTicks } = frame;
    expect(xTicks.map(({ label }) => label)).toEqual(['0.001', '0.010', '0.1']);
    expect(xTicks[0]?.at).toBe(box.x + box.columnWidth / 2);
    expect(yTicks.map(({ label }) => label)).toEqual(['0.2', '1']);
    expect(yTicks[0]?.at).toBeGreaterThan(yTicks[1]?.at ?? 0);
  });

  test('labels of narrow cells are thinned evenly, first and last among them where that divides', () => {
    const names = Array.from({ length: 19 }, (_, at) => `0.00${at + 100}`);
    const { xTicks } = heatFrame({ width: 420, height: 400 }, names, names);
    const shown = xTicks.map(({ label }) => names.indexOf(label));
    expect(shown[0]).toBe(0);
    expect(shown.at(-1)).toBe(18);
    expect(new Set(shown.slice(1).map((at, place) => at - (shown[place] ?? 0))).size).toBe(1);
  });

  test('nothing is wider than the room, from 280 px on', () => {
    fc.assert(
      fc.property(fc.integer({ min: 280, max: 2400 }), fc.integer({ min: 1, max: 60 }), (width, count) => {
        const names = Array.from({ length: count }, (_, at) => String(0.000123 * (at + 1)));
        const { box, xTicks } = heatFrame({ width, height: 600 }, names, names);
        expect(box.x + box.columns * box.columnWidth).toBeLessThanOrEqual(width);
        for (const { at } of xTicks) expect(at).toBeLessThanOrEqual(width);
      }),
    );
  });
});

describe('painting', () => {
  const ramp = RAMPS.light.unseen;
  const paint = (of = marks, box = frame.box) => {
    const { painter, strokes } = recordingPainter();
    drawHeat(painter, of, box, ramp, TOKENS.light);
    return strokes;
  };

  test('fills every cell once with its color, in its place', () => {
    const { box } = frame;
    const fills = paint().filter(({ op }) => op === 'fill');
    expect(fills.slice(0, 6).map(({ fill }) => fill)).toEqual([
      ramp.css[255],
      ramp.css[128],
      ramp.css[0],
      ramp.css[marks.shades[3] ?? -1],
      TOKENS.light.soft,
      TOKENS.light.soft,
    ]);
    const [first] = paint().filter(({ op }) => op === 'roundRect');
    expect(first?.args.slice(0, 2)).toEqual([1, box.rowHeight + 1]);
  });

  test('small cells have no round corners, and are filled once each all the same', () => {
    const small = paint(marks, { ...frame.box, radius: 1 });
    expect(small.filter(({ op }) => op === 'fillRect').map(({ fill }) => fill)).toEqual([
      ramp.css[255],
      ramp.css[128],
      ramp.css[0],
      ramp.css[marks.shades[3] ?? -1],
      TOKENS.light.soft,
      TOKENS.light.soft,
    ]);
  });

  test('hatches only what diverged, inside its cell', () => {
    const { box } = frame;
    const moves = paint().filter(({ op }) => op === 'moveTo' || op === 'lineTo');
    expect(moves.length).toBeGreaterThan(4);
    for (const { args } of moves) {
      const [x, y] = args.map(Number);
      expect(x).toBeGreaterThanOrEqual(box.columnWidth);
      expect(x).toBeLessThanOrEqual(2 * box.columnWidth);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y).toBeLessThanOrEqual(box.rowHeight);
    }
    const none = heatMarks([known(1)], 1, scale, { best: null, here: null });
    expect(paint(none).filter(({ op }) => op === 'lineTo')).toEqual([]);
  });

  test('rings the best in ink on paper, and puts Play’s dot between two cells', () => {
    const { box } = frame;
    const strokes = paint().filter(({ op }) => op === 'stroke');
    expect(strokes.map(({ stroke, width }) => [stroke, width])).toEqual([
      [TOKENS.light.edge, 1.2],
      [TOKENS.light.paper, 5],
      [TOKENS.light.ink, 2],
      [TOKENS.light.paper, 3],
    ]);
    const [dot] = paint().filter(({ op }) => op === 'arc');
    expect(dot?.args.slice(0, 2)).toEqual([2 * box.columnWidth, 1.5 * box.rowHeight]);
  });

  test('a corner of its own cell marks what never settled, and nothing that diverged', () => {
    const { box } = frame;
    const marked = heatMarks([known(1), { ...known(2), unsettled: true }, { ...DIVERGED, unsettled: true }], 3, scale, {
      best: null,
      here: null,
    });
    expect([...marked.unsettled]).toEqual([0, 1, 0]);
    const cornersOf = (of: typeof marks) =>
      paint({ ...of, looks: of.looks.map((look) => (look === HEAT.diverged ? HEAT.unknown : look)) })
        .filter(({ op }) => op === 'moveTo' || op === 'lineTo')
        .map(({ args }) => args.map(Number));
    const corners = cornersOf(marked);
    expect(corners).toHaveLength(3);
    for (const [x = 0, y = 0] of corners) {
      expect(x).toBeGreaterThan(1.5 * box.columnWidth);
      expect(x).toBeLessThan(2 * box.columnWidth);
      expect(y).toBeLessThan(0.5 * box.rowHeight);
    }
    expect(cornersOf(marks)).toEqual([]);
  });

  test('writes numbers where there is room for them', () => {
    const texts = (box = frame.box) =>
      paint(marks, box)
        .filter(({ op }) => op === 'fillText')
        .map(({ args }) => args[0]);
    expect(texts()).toEqual(['1.000', '1.500', '2.000', '1.200']);
    expect(texts({ ...frame.box, fontSize: 0 })).toEqual([]);
  });

  test('a number gives way to Play’s dot, or leaves the cell to it', () => {
    const dotted = heatMarks(cells, 3, scale, { best: null, here: { first: 1.1, second: 0.2 } });
    const tall = { ...frame.box, rowHeight: 40 };
    const written = (box: typeof tall) =>
      paint(dotted, box)
        .filter(({ op }) => op === 'fillText')
        .map(({ args }) => [args[0], args[2]]);
    expect(written(tall)).toEqual([
      ['1.000', 60.5],
      ['1.500', 70.5],
      ['2.000', 60.5],
      ['1.200', 20.5],
    ]);
    expect(written({ ...frame.box, rowHeight: 24 }).map(([text]) => text)).toEqual(['1.000', '2.000', '1.200']);
  });

  test('hatching goes from edge to edge of any rectangle', () => {
    for (const [x1, y1, x2, y2] of hatchLines(10, 20, 30, 12, 6)) {
      expect(x2 - x1).toBeCloseTo(y1 - y2, 12);
      expect(x1 === 10 || y1 === 32).toBe(true);
      expect(x2 === 40 || y2 === 20).toBe(true);
    }
    expect(hatchLines(0, 0, 30, 12, 6)).toHaveLength(6);
  });
});

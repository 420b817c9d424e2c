import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellText, drawHeatmap } from '../../src/charts/heatmap-draw.ts';
import {
  biasBoundOf,
  factorBoundOf,
  factorMarks,
  LOOK,
  meanMarks,
  predictionMarks,
  ratingMarks,
} from '../../src/charts/heatmap-marks.ts';
import {
  type Factors,
  fits,
  GAP,
  HELD_OUT,
  predictAll,
  SEEN,
  stageCells,
  truthAll,
  windowOf,
} from '../../src/charts/stage-cells.ts';
import { layoutStage, type MatrixBox, sizeOf } from '../../src/charts/stage-layout.ts';
import { drawLinks, drawVisit, errorPlace } from '../../src/charts/stage-overlay.ts';
import { textWidth } from '../../src/charts/text-width.ts';
import type { Dataset } from '../../src/core/dataset.ts';
import { ratingsFrom } from '../../src/core/ratings.ts';
import { NEUTRAL_SHADE, pixelOf, RAMPS } from '../../src/theme/ramps.ts';
import { TOKENS } from '../../src/theme/tokens.ts';
import { recordingPainter, recordingScratch } from './recording-painter.ts';

const ramps = RAMPS.light;
const tokens = TOKENS.light;
const scale = { min: 1, max: 5, step: 1 };

/** "5 3? . / . 4 1": a row a user; "." is a gap, "?" holds a rating out. */
function datasetFromText(text: string): Dataset {
  const rows = text.split('/').map((row) => row.trim().split(/\s+/));
  const list = rows.flatMap((row, user) =>
    row.flatMap((cell, item) =>
      cell === '.' ? [] : [{ user, item, value: Number.parseFloat(cell), heldOut: cell.endsWith('?') }],
    ),
  );
  const items = rows[0] ?? [];
  return {
    name: 'test',
    users: rows.map((_, user) => `User ${user + 1}`),
    items: items.map((_, item) => `Item ${item + 1}`),
    userKeys: rows.map((_, user) => user),
    itemKeys: items.map((_, item) => item),
    userIds: null,
    itemIds: null,
    scale,
    ratings: ratingsFrom(list),
    holdOut: null,
    truth: null,
  };
}

function cellsOf(dataset: Dataset) {
  return stageCells(dataset, windowOf(null, dataset.users.length), windowOf(null, dataset.items.length));
}

function factors(P: number[], Q: number[], k: number, rest: Partial<Factors> = {}): Factors {
  return { k, P: Float64Array.from(P), Q: Float64Array.from(Q), bu: null, bi: null, mu: null, ...rest };
}

/** The matrix R̂ of a stage with cells of 44 px. */
function largeBox(users: number, items: number): MatrixBox {
  return layoutStage({
    width: 900,
    height: null,
    users,
    items,
    k: 2,
    biases: false,
    mean: false,
    userLabel: 30,
    itemLabels: [30],
  }).predictions;
}

describe('cells', () => {
  const dataset = datasetFromText('5 3? . / . 2? . / 1 . .');

  test('say what is seen, held out and a gap, and who has no data', () => {
    const cells = cellsOf(dataset);
    expect([...cells.kinds]).toEqual([SEEN, HELD_OUT, GAP, GAP, HELD_OUT, GAP, SEEN, GAP, GAP]);
    expect([...cells.ratings]).toEqual([5, 3, 0, 0, 2, 0, 1, 0, 0]);
    // A rating that is held out teaches nothing.
    expect([...cells.userWithoutData]).toEqual([0, 1, 0]);
    expect([...cells.itemWithoutData]).toEqual([0, 1, 1]);
  });

  test('of a window stand in its order, and data outside it still counts', () => {
    const cells = stageCells(dataset, [2, 0], [1, 0]);
    expect([...cells.kinds]).toEqual([GAP, SEEN, HELD_OUT, SEEN]);
    expect([...cells.ratings]).toEqual([0, 1, 3, 5]);
    expect([...cells.itemWithoutData]).toEqual([1, 0]);
  });

  test('wait for a view of their own shape', () => {
    const cells = cellsOf(dataset);
    expect(fits(factors([1, 2, 3], [1, 2, 3], 1), cells)).toBe(true);
    expect(fits(factors([1, 2], [1, 2, 3], 1), cells)).toBe(false);
    expect(fits(null, cells)).toBe(false);
  });
});

test('R̂ is P Qᵀ, with biases and the mean in the order of the session format', () => {
  const out = new Float64Array(4);
  predictAll(factors([1, 2, 3, 4], [5, 6, 7, 8], 2), 2, 2, out);
  expect([...out]).toEqual([17, 23, 39, 53]);
  const bu = Float64Array.of(0.1, 0.2);
  const bi = Float64Array.of(0.3, 0.7);
  predictAll(factors([1, 2], [5, 6], 1, { bu, bi }), 2, 2, out);
  expect([...out]).toEqual([5 + 0.1 + 0.3, 6 + 0.1 + 0.7, 10 + 0.2 + 0.3, 12 + 0.2 + 0.7]);
  predictAll(factors([1, 2], [5, 6], 1, { bu, bi, mu: 3.6 }), 2, 2, out);
  expect([...out]).toEqual([3.6 + 0.1 + 0.3 + 5, 3.6 + 0.1 + 0.7 + 6, 3.6 + 0.2 + 0.3 + 10, 3.6 + 0.2 + 0.7 + 12]);
});

describe('marks', () => {
  const dataset = datasetFromText('5 3? . / 1 4 . / . . .');
  const cells = cellsOf(dataset);
  // Item 3 has no rating, nor has user 3.
  const predicted = Float64Array.of(4.9, 2.9, 9, 0.4, 7, 9, 9, 9, 9);

  test('of R tell rating, gap and held out apart; 5 takes the strong end', () => {
    const marks = ratingMarks(cells, scale, ramps, null);
    expect([...marks.looks]).toEqual([
      LOOK.plain,
      LOOK.hidden,
      LOOK.gap,
      LOOK.plain,
      LOOK.plain,
      LOOK.gap,
      LOOK.gap,
      LOOK.gap,
      LOOK.gap,
    ]);
    expect(marks.shades[0]).toBe(255);
    expect(marks.shades[3]).toBe(0);
  });

  test('of R̂ tell seen, filled, judged and no data apart; numbers outside the scale stay, colors are clamped', () => {
    const full = cellsOf(datasetFromText('5 3? . / 1 4 2 / 2 . 1'));
    const values = Float64Array.of(4.9, 2.9, 3.1, 0.4, 7, 2, 2, -1, 1);
    const marks = predictionMarks(full, values, scale, ramps, { clip: false, truth: null });
    expect([...marks.looks]).toEqual([
      LOOK.plain,
      LOOK.judged,
      LOOK.filled,
      LOOK.plain,
      LOOK.plain,
      LOOK.plain,
      LOOK.plain,
      LOOK.filled,
      LOOK.plain,
    ]);
    expect([...marks.values]).toEqual([...values]);
    expect(marks.shades[3]).toBe(0);
    expect(marks.shades[4]).toBe(255);
    const clipped = predictionMarks(full, values, scale, ramps, { clip: true, truth: null });
    expect([...clipped.values]).toEqual([4.9, 2.9, 3.1, 1, 5, 2, 2, 1, 1]);
  });

  test('of a user or item without ratings are no predictions', () => {
    const marks = predictionMarks(cells, predicted, scale, ramps, { clip: false, truth: null });
    expect([...marks.looks].slice(6)).toEqual([LOOK.noData, LOOK.noData, LOOK.noData]);
    expect(marks.looks[2]).toBe(LOOK.noData);
    expect(marks.values[8]).toBe(0);
  });

  test('with the truth shown: the planted value in the gaps of R, the error r − r̂ in those of R̂', () => {
    const truth = Float64Array.of(5, 3, 2, 1, 4, 2, 2, 3.5, 1);
    const full = cellsOf(datasetFromText('5 3? . / 1 4 2 / 2 . 1'));
    const values = Float64Array.of(4.9, 2.9, 3.1, 0.4, 7, 2, 2, 3.5, 1);
    const inR = ratingMarks(full, scale, ramps, truth);
    expect(inR.looks[2]).toBe(LOOK.truth);
    expect(inR.values[2]).toBe(2);
    const marks = predictionMarks(full, values, scale, ramps, { clip: false, truth });
    expect(marks.looks[2]).toBe(LOOK.error);
    expect(marks.values[2]).toBeCloseTo(-1.1, 12);
    expect(marks.shades[2]).toBeLessThan(NEUTRAL_SHADE);
    expect(marks.looks[7]).toBe(LOOK.error);
    expect(marks.shades[7]).toBe(NEUTRAL_SHADE);
    // Held-out and seen cells stay what they are.
    expect(marks.looks[1]).toBe(LOOK.judged);
    expect(marks.looks[0]).toBe(LOOK.plain);
  });

  test('planted truth follows the window', () => {
    const truth = { k: 1, P: Float64Array.of(1, 2), Q: Float64Array.of(3, 4), bu: null, bi: null, mu: null };
    expect([...(truthAll(truth, [1, 0], [0, 1]) ?? [])]).toEqual([6, 8, 3, 4]);
    expect(truthAll(truth, [5], [0])).toBeNull();
  });

  test('of Qᵀ stand factor by factor', () => {
    const marks = factorMarks(Float64Array.of(1, 2, 3, 4, 5, 6), 2, 3, true, 6, ramps);
    expect([...marks.values]).toEqual([1, 3, 5, 2, 4, 6]);
    expect(marks.shades[5]).toBe(255);
  });

  test('of factors: zero is neutral, whatever the others are', () => {
    const view = factors([0, -3], [0.5, 0], 1);
    const marks = factorMarks(view.P, 2, 1, false, factorBoundOf(view, scale), ramps);
    expect(marks.shades[0]).toBe(NEUTRAL_SHADE);
    expect(marks.shades[1]).toBeLessThan(20);
  });

  test('of an almost empty start look almost empty', () => {
    const view = factors([0.01, -0.01], [0.01, 0.005], 1);
    const marks = factorMarks(view.P, 2, 1, false, factorBoundOf(view, scale), ramps);
    expect(Math.abs((marks.shades[0] ?? 0) - NEUTRAL_SHADE)).toBeLessThan(6);
    const biased = { ...view, bu: Float64Array.of(0, 0), bi: Float64Array.of(0, 0) };
    expect(biasBoundOf(biased, scale)).toBe(0.5);
  });

  test('never hold what is no number', () => {
    const odd = fc.double();
    fc.assert(
      fc.property(
        fc.array(odd, { minLength: 9, maxLength: 9 }),
        fc.array(odd, { minLength: 3, maxLength: 3 }),
        odd,
        (all, some, one) => {
          const values = Float64Array.from(all);
          const view = factors(some, some, 1, { bu: Float64Array.from(some), bi: Float64Array.from(some) });
          for (const marks of [
            predictionMarks(cells, values, scale, ramps, { clip: false, truth: null }),
            predictionMarks(cells, values, scale, ramps, { clip: true, truth: null }),
            factorMarks(view.P, 3, 1, false, factorBoundOf(view, scale), ramps),
            factorMarks(view.bu, 3, 1, false, biasBoundOf(view, scale), ramps),
            meanMarks(one, scale, ramps),
          ]) {
            expect(marks.values.every(Number.isFinite)).toBe(true);
            expect(marks.shades).toHaveLength(marks.rows * marks.columns);
            const { painter } = recordingPainter();
            drawHeatmap(painter, marks, largeBox(marks.rows, marks.columns), tokens, null);
          }
        },
      ),
    );
  });

  test('of views that have not come yet are pending', () => {
    expect([...predictionMarks(cells, null, scale, ramps, { clip: false, truth: null }).looks]).toEqual(
      Array.from({ length: 9 }, () => LOOK.pending),
    );
    expect([...factorMarks(null, 1, 2, false, 1, ramps).looks]).toEqual([LOOK.pending, LOOK.pending]);
    expect(meanMarks(null, scale, ramps).looks[0]).toBe(LOOK.pending);
  });
});

describe('drawing', () => {
  const cells = cellsOf(datasetFromText('5 3? . / 1 4 2 / 2 . 1'));
  const box = largeBox(3, 3);
  const texts = (strokes: ReturnType<typeof recordingPainter>['strokes']) =>
    strokes.filter(({ op }) => op === 'fillText').map(({ args }) => args[0]);

  test('R: ratings as they were typed, gaps hatched, held-out ratings in a dotted frame with their number', () => {
    const { painter, strokes } = recordingPainter();
    drawHeatmap(painter, ratingMarks(cells, scale, ramps, null), box, tokens, null);
    expect(texts(strokes)).toEqual(['5', '3', '1', '4', '2', '2', '1']);
    const dotted = strokes.filter(({ op, dash }) => op === 'stroke' && dash.length > 0);
    expect(dotted.map(({ stroke, dash }) => [stroke, dash])).toEqual([[tokens.unseen, [2, 2]]]);
    // Hatching in the color of edges, within the two gaps.
    const hatch = strokes.filter(({ op, stroke }) => op === 'stroke' && stroke === tokens.edge);
    expect(hatch).toHaveLength(1);
    // The hidden rating lies on the panel's color, with ink.
    const three = strokes.find(({ op, args }) => op === 'fillText' && args[0] === '3');
    expect(three?.fill).toBe(tokens.ink);
    expect(strokes.filter(({ op }) => op === 'arc')).toHaveLength(1);
  });

  test('R̂: gaps dashed and bold, held-out ones solid and bold, seen ones plain', () => {
    const { painter, strokes } = recordingPainter();
    const values = Float64Array.of(4.94, 2.96, 3.14, 0.4, 4.1, 2, 2, -0.24, 1);
    drawHeatmap(painter, predictionMarks(cells, values, scale, ramps, { clip: false, truth: null }), box, tokens, null);
    expect(texts(strokes)).toEqual(['4.9', '3.0', '3.1', '0.4', '4.1', '2.0', '2.0', '-0.2', '1.0']);
    const bold = strokes.filter(({ op, font }) => op === 'fillText' && font.startsWith('700'));
    expect(bold.map(({ args }) => args[0])).toEqual(['3.0', '3.1', '-0.2']);
    const outlines = strokes.filter(({ op, stroke }) => op === 'stroke' && stroke === tokens.unseen);
    expect(outlines.map(({ dash }) => dash)).toEqual([[5, 3], []]);
  });

  test('held out in R has its eye wherever numbers show, and dots where outlines do not; in R̂ a whole thin frame', () => {
    const small = { ...box, columnWidth: 22, rowHeight: 22, gap: 2, fontSize: 9 };
    const eyes = recordingPainter();
    drawHeatmap(eyes.painter, ratingMarks(cells, scale, ramps, null), small, tokens, null);
    expect(eyes.strokes.filter(({ op }) => op === 'arc')).toHaveLength(1);

    const middling = { ...box, columnWidth: 10, rowHeight: 10, gap: 1, radius: 0, fontSize: 0 };
    const orange = ({ op, fill }: { op: string; fill: string }) => op === 'fillRect' && fill === tokens.unseen;
    const R = recordingPainter();
    drawHeatmap(R.painter, ratingMarks(cells, scale, ramps, null), middling, tokens, null);
    const dots = R.strokes.filter(orange);
    // 9 × 9 px: every second of the 32 around.
    expect(new Set(dots.map(({ args }) => args.join())).size).toBe(16);
    expect(dots.every(({ args }) => args[2] === 1 && args[3] === 1)).toBe(true);

    const predicted = recordingPainter();
    const values = Float64Array.of(5, 3, 3, 0, 4, 2, 2, 0, 1);
    const marks = predictionMarks(cells, values, scale, ramps, { clip: false, truth: null });
    drawHeatmap(predicted.painter, marks, middling, tokens, null);
    const sides = predicted.strokes.filter(({ op, fill, args }) => orange({ op, fill }) && args[2] !== args[3]);
    expect(sides.map(({ args }) => args.slice(2))).toEqual([
      [9, 1],
      [9, 1],
      [1, 9],
      [1, 9],
    ]);
  });

  test('text is black or white, as the ramp says', () => {
    const { painter, strokes } = recordingPainter();
    drawHeatmap(painter, ratingMarks(cells, scale, ramps, null), box, tokens, null);
    const five = strokes.find(({ op, args }) => op === 'fillText' && args[0] === '5');
    const one = strokes.find(({ op, args }) => op === 'fillText' && args[0] === '1');
    expect(five?.fill).toBe('#ffffff');
    expect(one?.fill).toBe('#000000');
  });

  test('tiny cells are one pixel each: the ramp, orange for held out, the quiet color for gaps', () => {
    const { painter, strokes } = recordingPainter();
    const image: CanvasImageSource = Object.create(null);
    const scratch = recordingScratch(image);
    drawHeatmap(
      painter,
      ratingMarks(cells, scale, ramps, null),
      { ...box, columnWidth: 4, rowHeight: 4, gap: 0, fontSize: 0 },
      tokens,
      scratch,
    );
    const { pixels } = ramps.rating;
    expect([...scratch.last()]).toEqual([
      pixels[255],
      pixelOf(tokens.unseen),
      pixelOf(tokens.soft),
      pixels[0],
      pixels[191],
      pixels[64],
      pixels[64],
      pixelOf(tokens.soft),
      pixels[0],
    ]);
    expect(strokes.map(({ op, args }) => [op, args])).toEqual([['drawImage', [image, 0, 0, 3, 3, 0, 0, 12, 12]]]);
    expect(painter.imageSmoothingEnabled).toBe(false);
  });

  test('numbers too long for their cell lose decimals, then size, and are left out last', () => {
    expect(cellText(2.126, false, 2, 40, 13, false)).toEqual({ text: '2.13', size: 13 });
    expect(cellText(-12.126, false, 2, 30, 13, false)?.text).toBe('-12.1');
    expect(cellText(4.5, true, 1, 40, 15, false)).toEqual({ text: '4.5', size: 15 });
    expect(cellText(1.3270130676436067, true, 1, 40, 15, false)?.text).toBe('1.3');
    expect(cellText(1e100, true, 1, 40, 13, false)?.text).toBe('1e+100');
    expect(cellText(1e100, true, 1, 34, 10, false)?.text).toBe('1e+100');
    expect(cellText(1e100, true, 1, 27, 10, false)?.text).toBe('1e100');
    expect(cellText(-1e100, true, 1, 12, 13, false)).toBeNull();
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, min: -1e100, max: 1e100 }),
        fc.integer({ min: 10, max: 50 }),
        (value, room) => {
          const fitted = cellText(value, true, 2, room, 12, true);
          if (fitted) expect(textWidth(fitted.text, fitted.size, true)).toBeLessThanOrEqual(room + 0.001);
        },
      ),
    );
  });
});

describe('links', () => {
  const layout = layoutStage({
    width: 835,
    height: null,
    users: 6,
    items: 4,
    k: 2,
    biases: true,
    mean: true,
    userLabel: 30,
    itemLabels: [30],
  });

  test('frame row u of P, column i of Qᵀ, both biases, μ, r̂ and r, each on a ring of paper', () => {
    const { painter, strokes } = recordingPainter();
    drawLinks(painter, layout, { row: 1, column: 2, factor: null }, tokens);
    const frames = strokes.filter(({ op }) => op === 'roundRect');
    expect(frames).toHaveLength(14);
    expect(frames.map(({ stroke }) => stroke)).toEqual(
      Array.from({ length: 7 }, () => [tokens.paper, tokens.focus]).flat(),
    );
    const [x, y, width] = frames[0]?.args ?? [];
    expect(x).toBe(layout.P.x + 1 - 2.5);
    expect(y).toBe(layout.P.y + layout.P.rowHeight + 1 - 2.5);
    expect(width).toBe(2 * layout.P.columnWidth - 3 + 5);
  });

  test('run from the frames to the joined cell', () => {
    const { painter, strokes } = recordingPainter();
    drawLinks(painter, layout, { row: 1, column: 2, factor: null }, tokens);
    const ends = strokes.filter(({ op }) => op === 'lineTo').map(({ args }) => args);
    const middleY = layout.predictions.y + 1.5 * layout.predictions.rowHeight;
    const middleX = layout.predictions.x + 2.5 * layout.predictions.columnWidth;
    expect(ends[0]).toEqual([layout.predictions.x - 3, middleY]);
    expect(ends[1]).toEqual([middleX, layout.predictions.y - 3]);
    // Nothing between the cells of R̂: it would read as a minus.
    expect(ends).toHaveLength(2);
  });

  test('the visited rating stands with its error, and every factor with the way it was pushed', () => {
    const { painter, strokes } = recordingPainter();
    const visit = { row: 0, column: 0, error: 'e +0.31', pushP: [1, -1], pushQ: [0, 1] };
    drawVisit(painter, layout, visit, tokens);
    expect(strokes.filter(({ op }) => op === 'fillText').map(({ args }) => args[0])).toEqual(['e +0.31']);
    expect(strokes.filter(({ op }) => op === 'closePath')).toHaveLength(3);
    // The same cell of R and of R̂, each on a ring of paper, and the error's own box.
    const { R, predictions } = layout;
    const frames = strokes.filter(({ op }) => op === 'roundRect');
    expect(frames.map(({ args }) => args[0])).toEqual([
      R.x - 1.5,
      R.x - 1.5,
      predictions.x - 1.5,
      predictions.x - 1.5,
      errorPlace(layout, 0, visit.error)?.x,
    ]);
  });

  test.each([
    { name: 'beside its row, where R and P leave room', width: 835, users: 6, items: 4, beside: true },
    { name: 'at the end of R’s title, where they leave none', width: 835, users: 12, items: 10, beside: false },
    { name: 'at the end of R’s title on a telephone', width: 358, users: 12, items: 10, beside: false },
    { name: 'at the end of R’s title on a small telephone', width: 288, users: 12, items: 10, beside: false },
  ])('the error stands $name', ({ width, users, items, beside }) => {
    const one = layoutStage({
      width,
      height: null,
      users,
      items,
      k: 3,
      biases: false,
      mean: false,
      userLabel: 36,
      itemLabels: Array.from({ length: items }, () => 70),
    });
    const { R, P, titleR } = one;
    for (const row of [0, users - 1]) {
      const place = errorPlace(one, row, 'e -0.31');
      if (!place) throw new Error('no place');
      const end = R.x + sizeOf(R).width;
      if (beside) {
        expect(place.x).toBeGreaterThan(end);
        expect(place.x + place.width).toBeLessThan(P.x);
        expect(place.y + place.height / 2).toBe(R.y + (row + 0.5) * R.rowHeight);
      } else {
        expect(place.x).toBeGreaterThanOrEqual(titleR.x + 184);
        expect(place.x + place.width).toBeLessThanOrEqual(width);
        expect(place.y).toBeGreaterThanOrEqual(titleR.y);
        expect(place.y + place.height).toBeLessThanOrEqual(titleR.y + titleR.height);
      }
    }
    // No room for an error as long as the page: the corner says it.
    expect(errorPlace(one, 0, 'e '.repeat(200))).toBeNull();
  });
});

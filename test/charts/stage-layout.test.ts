import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  cellRect,
  fitNumbers,
  hitTest,
  layoutStage,
  type MatrixBox,
  NARROW,
  SMALLEST_CELL,
  type StageInput,
  type StageLayout,
  sizeOf,
} from '../../src/charts/stage-layout.ts';

/** The built-in shapes, and two that people open. */
const SHAPES = [
  { name: '6 × 4', users: 6, items: 4, k: 3 },
  { name: '5 × 4', users: 5, items: 4, k: 2 },
  { name: '12 × 10', users: 12, items: 10, k: 2 },
  { name: '40 × 30', users: 40, items: 30, k: 3 },
  { name: '200 × 100', users: 200, items: 100, k: 5 },
  { name: '60 × 40, k 20', users: 60, items: 40, k: 20 },
  { name: '6 × 4, k 64', users: 6, items: 4, k: 64 },
];
/** What the middle column has at page widths of 1440, 1024, 390 and 320. */
const WIDTHS = [835, 748, 358, 288];

function input(change: Partial<StageInput>): StageInput {
  return {
    width: 835,
    height: null,
    users: 12,
    items: 10,
    k: 2,
    biases: false,
    mean: false,
    userLabel: 36,
    itemLabels: [70],
    ...change,
  };
}

function boxes(layout: StageLayout): MatrixBox[] {
  const { R, P, Q, predictions, userBiases, itemBiases, mean } = layout;
  return [R, P, Q, predictions, userBiases, itemBiases, mean].filter((box) => box !== null);
}

function overlap(a: MatrixBox, b: MatrixBox): boolean {
  const sizeA = sizeOf(a);
  const sizeB = sizeOf(b);
  return a.x < b.x + sizeB.width && b.x < a.x + sizeA.width && a.y < b.y + sizeB.height && b.y < a.y + sizeA.height;
}

describe.each(WIDTHS)('%i px wide', (width) => {
  test.each(SHAPES)('$name fits, with and without biases', ({ users, items, k }) => {
    for (const biases of [false, true]) {
      const layout = layoutStage(input({ width, users, items, k, biases, mean: biases }));
      expect(layout.shape).toBe(width <= NARROW ? 'narrow' : 'wide');
      const right = Math.max(...boxes(layout).map((box) => box.x + sizeOf(box).width));
      const smallest = Math.min(...boxes(layout).map((box) => box.columnWidth));
      if (layout.scrolls) {
        // Only where nothing can get smaller.
        expect(smallest).toBe(SMALLEST_CELL);
        expect(layout.width).toBeGreaterThanOrEqual(right);
      } else {
        expect(right).toBeLessThanOrEqual(width);
        expect(layout.width).toBe(width);
      }
      expect(Math.max(...boxes(layout).map((box) => box.y + sizeOf(box).height))).toBeLessThanOrEqual(layout.height);
      const all = boxes(layout);
      all.forEach((a, at) => {
        for (const b of all.slice(at + 1)) expect(overlap(a, b)).toBe(false);
      });
    }
  });
});

test('only 200 × 100 ever scrolls, where its cells would fall under 4 px', () => {
  const scrolling = WIDTHS.flatMap((width) =>
    SHAPES.filter((shape) => layoutStage(input({ ...shape, width })).scrolls).map(({ name }) => `${name} at ${width}`),
  );
  expect(scrolling).toEqual(['200 × 100 at 748', '200 × 100 at 358', '200 × 100 at 288']);
});

describe('the algebra', () => {
  test('R, P, b_u and R̂ share their rows; Qᵀ, b_i and R̂ their columns; μ stands where the biases cross', () => {
    const { R, P, Q, predictions, userBiases, itemBiases, mean } = layoutStage(input({ biases: true, mean: true }));
    for (const box of [R, P, userBiases]) {
      expect(box?.y).toBe(predictions.y);
      expect(box?.rowHeight).toBe(predictions.rowHeight);
    }
    for (const box of [Q, itemBiases]) {
      expect(box?.x).toBe(predictions.x);
      expect(box?.columnWidth).toBe(predictions.columnWidth);
    }
    expect(R.columnWidth).toBe(predictions.columnWidth);
    expect(mean?.x).toBe(userBiases?.x);
    expect(mean?.y).toBe(itemBiases?.y);
    expect(Q.y + sizeOf(Q).height).toBeLessThan(predictions.y);
  });

  test('the corner lies above R and left of Qᵀ', () => {
    const { corner, R, Q } = layoutStage(input({}));
    expect(corner.x).toBe(R.x);
    expect(corner.y + corner.height).toBeLessThanOrEqual(R.y);
    expect(corner.x + corner.width).toBeLessThanOrEqual(Q.x);
  });

  test('the corner has room for what a step did, however few columns there are', () => {
    for (const width of [640, 870, 1000]) {
      const { corner, R, Q } = layoutStage(input({ width, users: 2, items: 2, k: 1, itemLabels: [34, 38] }));
      // “1.80  rated 4, error 3.000, now 2.196” takes some 270 px.
      expect(corner.width).toBeGreaterThan(270);
      expect(corner.x).toBeGreaterThanOrEqual(0);
      expect(corner.x).toBeLessThanOrEqual(R.x);
      expect(corner.x + corner.width).toBeLessThanOrEqual(Q.x);
      expect(corner.y + corner.height).toBeLessThanOrEqual(R.y);
    }
  });

  test('narrow: R, then the corner, then Qᵀ over R̂', () => {
    const { R, corner, Q, P, predictions } = layoutStage(input({ width: 358 }));
    expect(R.y + sizeOf(R).height).toBeLessThan(corner.y);
    expect(corner.y + corner.height).toBeLessThan(Q.y);
    expect(P.y).toBe(predictions.y);
    expect(P.x + sizeOf(P).width).toBeLessThan(predictions.x);
  });
});

describe('sizes', () => {
  test('small matrices have cells of 44 px at most, with numbers to two decimals in P', () => {
    const { R, P, predictions } = layoutStage(input({ users: 6, items: 4, itemLabels: [34] }));
    expect(R.columnWidth - R.gap).toBe(45);
    expect(R.rowHeight - R.gap).toBe(41);
    expect(P.decimals).toBe(2);
    expect(predictions.decimals).toBe(1);
  });

  test('on a projector they grow with the height, and stay beside one another', () => {
    const small = { users: 6, items: 4, itemLabels: [34], k: 2 };
    const desk = layoutStage(input({ ...small, width: 986, height: 460 }));
    const large = layoutStage(input({ ...small, width: 1324, height: 630 }));
    expect(desk.R.columnWidth).toBe(48);
    expect(large.R.columnWidth).toBe(72);
    expect(large.R.rowHeight).toBeGreaterThan(1.3 * desk.R.rowHeight);
    expect(large.R.fontSize).toBeGreaterThan(1.3 * desk.R.fontSize);
    expect(large.height).toBeLessThanOrEqual(630);
    expect(large.scrolls).toBe(false);
    // What is larger anyway keeps its rows.
    const many = input({ users: 40, items: 30, width: 1324, height: 630 });
    expect(layoutStage(many).R.columnWidth).toBeLessThanOrEqual(48);
  });

  test.each([2, 3])('12 × 10 with k %i and a chart of 200 px fit into 1440 × 900, with numbers', (k) => {
    const layout = layoutStage(input({ k, height: 470 }));
    expect(layout.height).toBeLessThanOrEqual(495);
    expect(layout.R.rowHeight).toBeGreaterThanOrEqual(22);
    expect(layout.predictions.fontSize).toBeGreaterThanOrEqual(10);
    expect(layout.P.decimals).toBeGreaterThanOrEqual(1);
  });

  test('rows shrink to 22 px for the height that is wished for, and no further: numbers stay', () => {
    const { R, Q } = layoutStage(input({ height: 100 }));
    expect([R.rowHeight, Q.rowHeight]).toEqual([22, 22]);
    expect(R.fontSize).toBeGreaterThanOrEqual(9);
  });

  test('40 × 30 leaves 180 px to the chart at 1440 × 900: rows of 8 px, every second one named', () => {
    const userLabel = 46;
    const layout = layoutStage(input({ width: 834, height: 460, users: 40, items: 30, userLabel, itemLabels: [42] }));
    expect([layout.R.rowHeight, layout.predictions.rowHeight]).toEqual([8, 8]);
    expect(layout.rowLabelsR).toMatchObject({ visible: true, fontSize: 10 });
    // 900 less the header and the bar (144), the legend (24), the head of the chart (46) and 180 of it.
    expect(layout.height).toBeLessThanOrEqual(900 - 144 - 24 - 46 - 180);
  });

  test('numbers show from 22 px, labels from 11 px, gaps are 3, 1 and 0 px', () => {
    expect(fitNumbers(21, 21, 1).fontSize).toBe(0);
    expect(fitNumbers(22, 22, 1)).toEqual({ fontSize: 9, decimals: 1 });
    const many = layoutStage(input({ users: 40, items: 30, k: 3, userLabel: 46, itemLabels: [40] }));
    expect(many.R.rowHeight).toBeGreaterThanOrEqual(11);
    expect(many.rowLabelsR.visible).toBe(true);
    expect(many.R.gap).toBe(1);
    const tiny = layoutStage(input({ users: 200, items: 100 }));
    expect(tiny.rowLabelsR.visible).toBe(false);
    expect(tiny.columnLabelsQ.visible).toBe(false);
    expect(tiny.R.gap).toBe(0);
    expect(layoutStage(input({ users: 6, items: 4 })).R.gap).toBe(3);
  });

  test('names wider than their column lean, and stand upright where leaning ones would overlap', () => {
    expect(layoutStage(input({ users: 6, items: 4, itemLabels: [34] })).columnLabelsQ.turn).toBe(0);
    expect(layoutStage(input({})).columnLabelsQ.turn).toBe(45);
    expect(layoutStage(input({ users: 40, items: 30, k: 3, itemLabels: [40] })).columnLabelsQ.turn).toBe(90);
  });

  test('on a telephone R keeps its numbers before its labels lean', () => {
    const { R, columnLabelsR } = layoutStage(input({ width: 296, userLabel: 30, itemLabels: Array(10).fill(66) }));
    expect(R.fontSize).toBeGreaterThan(0);
    expect(columnLabelsR.turn).toBe(90);
  });

  test('R can still be edited at k 64: its columns give way last', () => {
    const { R, P } = layoutStage(input({ users: 6, items: 4, k: 64 }));
    expect(R.columnWidth).toBeGreaterThanOrEqual(28);
    expect(P.columnWidth).toBeGreaterThanOrEqual(6);
  });

  test('the corner is as high for any numbers as for the longest', () => {
    const one = layoutStage(input({ k: 6, biases: true, mean: true })).corner.height;
    expect(layoutStage(input({ k: 6, biases: true, mean: true, height: 300 })).corner.height).toBe(one);
  });
});

test('any shape at any width gives finite places inside the stage', () => {
  fc.assert(
    fc.property(
      fc.record({
        width: fc.integer({ min: 240, max: 2600 }),
        height: fc.option(fc.integer({ min: 100, max: 1600 })),
        users: fc.integer({ min: 1, max: 300 }),
        items: fc.integer({ min: 1, max: 300 }),
        k: fc.integer({ min: 1, max: 512 }),
        biases: fc.boolean(),
        mean: fc.boolean(),
        userLabel: fc.integer({ min: 0, max: 900 }),
        itemLabels: fc.array(fc.integer({ min: 0, max: 900 }), { maxLength: 300 }),
      }),
      (any) => {
        const layout = layoutStage({ ...any, mean: any.mean && any.biases });
        for (const box of boxes(layout)) {
          expect(box.x).toBeGreaterThanOrEqual(0);
          expect(box.y).toBeGreaterThanOrEqual(0);
          expect(box.columnWidth).toBeGreaterThanOrEqual(SMALLEST_CELL);
          expect(box.rowHeight).toBeGreaterThanOrEqual(3);
          expect(box.x + sizeOf(box).width).toBeLessThanOrEqual(layout.width + 0.5);
          expect(box.y + sizeOf(box).height).toBeLessThanOrEqual(layout.height + 0.5);
        }
        if (!layout.scrolls) expect(layout.width).toBe(any.width);
      },
    ),
    { numRuns: 1000 },
  );
});

describe('hitTest', () => {
  const { predictions } = layoutStage(input({}));

  test('finds every cell from its middle', () => {
    for (let row = 0; row < predictions.rows; row += 1) {
      for (let column = 0; column < predictions.columns; column += 1) {
        const { x, y, width, height } = cellRect(predictions, row, column);
        expect(hitTest(predictions, predictions.x + x + width / 2, predictions.y + y + height / 2)).toEqual({
          row,
          column,
        });
      }
    }
  });

  test('finds nothing beside the matrix', () => {
    const { width, height } = sizeOf(predictions);
    const { x, y } = predictions;
    expect(hitTest(predictions, x - 1, y + 1)).toBeNull();
    expect(hitTest(predictions, x + 1, y - 1)).toBeNull();
    expect(hitTest(predictions, x + width, y + 1)).toBeNull();
    expect(hitTest(predictions, x + 1, y + height)).toBeNull();
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeAfterKey } from '../../src/views/experiment/runs/grid-keys.ts';
import { slotsOf } from '../../src/views/experiment/runs/row-window.ts';

const HEIGHT = 32;

test('rows and gaps fill the table exactly; all in sight and the focused row are drawn, and few others', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 10_000 }),
      fc.integer({ min: 0, max: 400_000 }),
      fc.integer({ min: 0, max: 1_000 }),
      fc.integer({ min: -1, max: 10_000 }),
      (count, top, height, focused) => {
        const slots = slotsOf(count, HEIGHT, { top, height }, focused);
        const rows = slots.flatMap((slot) => (slot.kind === 'row' ? [slot.index] : []));
        const whole = slots.reduce((sum, slot) => sum + (slot.kind === 'row' ? HEIGHT : slot.height), 0);
        expect(whole).toBe(count * HEIGHT);
        expect(rows).toEqual([...new Set(rows)].sort((a, b) => a - b));
        expect(rows.length).toBeLessThanOrEqual(height / HEIGHT + 30);
        if (focused >= 0 && focused < count) expect(rows).toContain(focused);
        for (let row = Math.floor(top / HEIGHT); row < Math.min(count, (top + height) / HEIGHT); row += 1)
          expect(rows).toContain(row);
      },
    ),
  );
});

test('keys stay inside the grid, and the header is above the first row', () => {
  const size = { rows: 5, columns: 4, page: 3 };
  const key = (name: string, row: number, column: number, ctrlKey = false) =>
    placeAfterKey({ key: name, ctrlKey }, { row, column }, size);
  expect(key('ArrowUp', 0, 2)).toEqual({ row: -1, column: 2 });
  expect(key('ArrowUp', -1, 2)).toEqual({ row: -1, column: 2 });
  expect(key('ArrowDown', 4, 2)).toEqual({ row: 4, column: 2 });
  expect(key('PageDown', -1, 0)).toEqual({ row: 3, column: 0 });
  expect(key('PageUp', 4, 0)).toEqual({ row: 1, column: 0 });
  expect(key('End', 1, 0)).toEqual({ row: 1, column: 3 });
  expect(key('End', 1, 0, true)).toEqual({ row: 4, column: 3 });
  expect(key('Home', 3, 3, true)).toEqual({ row: 0, column: 0 });
  expect(key('a', 1, 1)).toBeNull();
});

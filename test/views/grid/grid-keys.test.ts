import { describe, expect, test } from 'vitest';
import { jump, placeAfterKey } from '../../../src/views/grid/grid-keys.ts';
import { boundsOf, type GridPlace, nearestCell, placeAt } from '../../../src/views/grid/grid-place.ts';

/** A picture of a grid: x is a rating, . a gap. */
const picture = ['xx..x', '.....', 'x..x.'];
const size = { rows: 3, columns: 5 };
const filled = ({ row, column }: GridPlace) => picture[row]?.[column] === 'x';

function led(key: string, row: number, column: number, ctrl = false, cellsOnly = false): string {
  const place = placeAfterKey(key, ctrl, { row, column }, size, filled, cellsOnly);
  return place ? `${place.row} ${place.column}` : 'nowhere';
}

describe('keys lead, as in spreadsheets,', () => {
  test('from cell to cell and no farther than the edge', () => {
    expect(led('ArrowDown', 0, 0)).toBe('1 0');
    expect(led('ArrowDown', 2, 0)).toBe('2 0');
    expect(led('ArrowRight', 0, 4)).toBe('0 4');
    expect(led('ArrowLeft', 1, 2)).toBe('1 1');
    expect(led('PageDown', 0, 3)).toBe('2 3');
    expect(led('a', 0, 0)).toBe('nowhere');
  });

  test('into the headers and along them, but not while selecting', () => {
    expect(led('ArrowUp', 0, 3)).toBe('-1 3');
    expect(led('ArrowUp', 0, 3, false, true)).toBe('0 3');
    expect(led('ArrowLeft', 2, 0)).toBe('2 -1');
    expect(led('ArrowLeft', 2, 0, false, true)).toBe('2 0');
    expect(led('ArrowDown', -1, 3)).toBe('0 3');
    expect(led('ArrowRight', -1, 3)).toBe('-1 4');
    expect(led('ArrowLeft', -1, 0)).toBe('-1 0');
    expect(led('ArrowRight', 2, -1)).toBe('2 0');
    expect(led('ArrowUp', 0, -1)).toBe('0 -1');
    expect(led('ArrowDown', 0, -1, true)).toBe('2 -1');
  });

  test('to the ends', () => {
    expect(led('Home', 1, 3)).toBe('1 0');
    expect(led('End', 1, 0)).toBe('1 4');
    expect(led('Home', 2, 3, true)).toBe('0 0');
    expect(led('End', 0, 0, true)).toBe('2 4');
  });

  test('to the edge of data with Ctrl', () => {
    expect(led('ArrowRight', 0, 0, true)).toBe('0 1');
    expect(led('ArrowRight', 0, 1, true)).toBe('0 4');
    expect(led('ArrowLeft', 0, 4, true)).toBe('0 1');
    expect(led('ArrowDown', 0, 0, true)).toBe('2 0');
    expect(led('ArrowDown', 0, 1, true)).toBe('2 1');
    expect(led('ArrowRight', 1, 2, true)).toBe('1 4');
    expect(jump(4, 1, 5, () => true)).toBe(4);
  });
});

test('a header stands for its whole row or column', () => {
  expect(boundsOf({ row: 1, column: -1 }, { row: 1, column: -1 }, size)).toEqual({
    top: 1,
    bottom: 1,
    left: 0,
    right: 4,
  });
  expect(boundsOf({ row: -1, column: 2 }, { row: -1, column: 2 }, size)).toEqual({
    top: 0,
    bottom: 2,
    left: 2,
    right: 2,
  });
  expect(boundsOf({ row: 2, column: 1 }, { row: 0, column: 3 }, size)).toEqual({
    top: 0,
    bottom: 2,
    left: 1,
    right: 3,
  });
});

test('a point is read off the drawing', () => {
  const measures = { columnWidth: 40, rowHeight: 20, headerWidth: 60, headerHeight: 30 };
  expect(placeAt(60, 30, measures, size)).toEqual({ row: 0, column: 0 });
  expect(placeAt(259, 89, measures, size)).toEqual({ row: 2, column: 4 });
  expect(placeAt(59, 31, measures, size)).toEqual({ row: 0, column: -1 });
  expect(placeAt(100, 29, measures, size)).toEqual({ row: -1, column: 1 });
  expect(placeAt(10, 10, measures, size)).toBeNull();
  expect(placeAt(260, 40, measures, size)).toBeNull();
  expect(nearestCell(-50, 1000, measures, size)).toEqual({ row: 2, column: 0 });
});

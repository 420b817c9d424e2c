import { describe, expect, test } from 'vitest';
import { type MapMark, marksInside, marksPath, nearestMark, projectOn } from '../../src/charts/map-marks.ts';

const mark = (id: string, x: number, y: number, kind: MapMark['kind'] = 'user'): MapMark => ({
  id,
  kind,
  row: 0,
  index: 0,
  name: id,
  across: 0,
  up: 0,
  x,
  y,
  known: true,
});

describe('the projection', () => {
  test('shadow times length is p · q', () => {
    const found = projectOn({ across: 1, up: 2 }, { across: 3, up: 4 });
    expect(found?.product).toBe(11);
    expect(found?.length).toBe(5);
    expect(found?.shadow).toBeCloseTo(2.2, 14);
    // The foot lies on the line of q, and the rest stands upright on it.
    expect([found?.across, found?.up]).toEqual([1.32, 1.76]);
    expect((1 - 1.32) * 3 + (2 - 1.76) * 4).toBeCloseTo(0, 12);
  });

  test('points the other way where they disagree', () => {
    expect(projectOn({ across: -1, up: 0 }, { across: 2, up: 0 })?.shadow).toBe(-1);
  });

  test('there is none on the origin', () => {
    expect(projectOn({ across: 1, up: 1 }, { across: 0, up: 0 })).toBeNull();
  });
});

test('the nearest mark within reach', () => {
  const marks = [mark('a', 10, 10), mark('b', 20, 10)];
  expect(nearestMark(marks, 16, 10, 14)?.id).toBe('b');
  expect(nearestMark(marks, 40, 10, 14)).toBeNull();
});

test('the marks inside a line', () => {
  const marks = [mark('a', 10, 10), mark('b', 20, 10), mark('c', 50, 50)];
  const lasso = [
    [0, 0],
    [30, 0],
    [30, 30],
    [0, 30],
  ] as const;
  expect(marksInside(marks, lasso).map(({ id }) => id)).toEqual(['a', 'b']);
  expect(marksInside(marks, [[0, 0]])).toEqual([]);
});

test('circles for users, diamonds for items', () => {
  expect(marksPath([mark('a', 10, 10)], 4)).toBe('M6.0,10.0a4.0,4.0,0,1,0,8.0,0a4.0,4.0,0,1,0,-8.0,0z');
  expect(marksPath([mark('i', 10, 10, 'item')], 4)).toBe('M10.0,4.8L15.2,10.0L10.0,15.2L4.8,10.0z');
});

import { expect, test } from 'vitest';
import { groupBorders } from '../../../src/views/inspector/group-borders.ts';

test('groups meet where the group changes, for as long as each stands together', () => {
  const groups = new Map([
    [10, 0],
    [11, 1],
    [12, 1],
    [13, 2],
  ]);
  expect(groupBorders([10, 11, 12, 13], groups)).toEqual([1, 3]);
  expect(groupBorders([13, 12, 11, 10], groups)).toEqual([1, 3]);
  // Who came later is in no group.
  expect(groupBorders([10, 11, 12, 13, 14, 15], groups)).toEqual([1, 3, 4]);
  expect(groupBorders([11, 10, 12, 13], groups)).toBeNull();
  expect(groupBorders([11, 12], groups)).toEqual([]);
  expect(groupBorders([], groups)).toEqual([]);
});

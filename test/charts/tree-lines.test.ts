import { expect, test } from 'vitest';
import { treeLines } from '../../src/charts/tree-lines.ts';

test('brackets join rows at their height, parts before the whole', () => {
  const merges = [
    { left: 0, right: 2, height: 1, size: 2 },
    { left: 3, right: 1, height: 4, size: 3 },
  ];
  const { path, height } = treeLines({ rows: 3, merges, order: Int32Array.of(0, 2, 1) }, 100, 20);
  expect(height).toBe(4);
  // Rows stand at 10, 30 and 50; the first bracket ends at 25 and goes on from the middle, 20.
  expect(path).toBe('M0.0,10.0H25.0V30.0H0.0M25.0,20.0H100.0V50.0H0.0');
});

test('rows that are all alike, and a single one, are drawn without a height', () => {
  const merges = [{ left: 0, right: 1, height: 0, size: 2 }];
  expect(treeLines({ rows: 2, merges, order: Int32Array.of(0, 1) }, 100, 20)).toEqual({
    path: 'M0.0,10.0H0.0V30.0H0.0',
    height: 0,
  });
  expect(treeLines({ rows: 1, merges: [], order: Int32Array.of(0) }, 100, 20)).toEqual({ path: '', height: 0 });
});

import { expect, test } from 'vitest';
import type { Dataset } from '../../../src/core/dataset.ts';
import { setHeldOut, setRating } from '../../../src/core/edit.ts';
import { addItem, moveUser, renameItem, renameUser } from '../../../src/core/edit-rows.ts';
import type { Result } from '../../../src/core/problem.ts';
import { sameRow } from '../../../src/views/grid/same-row.ts';
import { datasetFromText } from '../../core/dataset-from-text.ts';

const before = datasetFromText('5 3? . / 4 . 1 / . 2 .');

function changedRows(after: Dataset | Result<Dataset>): number[] {
  const dataset = 'ok' in after ? (after.ok ? after.value : before) : after;
  return [0, 1, 2].filter((user) => !sameRow(before, dataset, user));
}

test('only the rows that an edit changed read otherwise', () => {
  expect(changedRows(setRating(before, 1, 0, 3))).toEqual([1]);
  expect(changedRows(setRating(before, 0, 2, 3))).toEqual([0]);
  expect(changedRows(setRating(before, 2, 1, null))).toEqual([2]);
  expect(changedRows(setHeldOut(before, { users: [1], items: [2] }))).toEqual([1]);
  expect(changedRows(renameUser(before, 2, 'Zoe'))).toEqual([2]);
  expect(changedRows(moveUser(before, 0, 1))).toEqual([0, 1]);
  expect(changedRows(renameItem(before, 0, 'x'))).toEqual([0, 1, 2]);
  expect(changedRows(addItem(before))).toEqual([0, 1, 2]);
  expect(changedRows(before)).toEqual([]);
});

import { expect, test } from 'vitest';
import { historyWithNow } from '../../src/charts/loss-now.ts';
import type { History } from '../../src/core/history.ts';

const history: History = {
  epoch: [0, 10],
  rmseSeen: [2, 1],
  rmseHeldOut: [null, null],
  maeSeen: [1.5, 0.8],
  maeHeldOut: [null, null],
  objective: [40, 12],
};
const measured = { rmseSeen: 1, rmseHeldOut: null, maeSeen: 0.8, maeHeldOut: null, objective: 12 };

test('where the run stands as the curve says, the history is the same object', () => {
  expect(historyWithNow(history, 10, measured)).toBe(history);
});

test('measured otherwise at the same epoch, it ends with a second row there', () => {
  const now = historyWithNow(history, 10, { ...measured, rmseSeen: 2.616, objective: 90 });
  expect(now.epoch).toEqual([0, 10, 10]);
  expect(now.rmseSeen).toEqual([2, 1, 2.616]);
  expect(now.objective).toEqual([40, 12, 90]);
  expect(now.rmseHeldOut).toEqual([null, null, null]);
  expect(history.epoch).toEqual([0, 10]);
});

test('an epoch that was not recorded is its end', () => {
  expect(historyWithNow(history, 11, measured).epoch).toEqual([0, 10, 11]);
});

test('nothing measured adds nothing, and an answer that is behind the curve neither', () => {
  const nothing = { rmseSeen: null, rmseHeldOut: null, maeSeen: null, maeHeldOut: null, objective: null };
  expect(historyWithNow(history, 12, nothing)).toBe(history);
  expect(historyWithNow(history, 4, { ...measured, rmseSeen: 9 })).toBe(history);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Dataset } from '../../../src/core/dataset.ts';
import { predict } from '../../../src/core/predict.ts';
import { ratingsFrom } from '../../../src/core/ratings.ts';
import { selectedCell, sharesOf } from '../../../src/views/inspector/selected-cell.ts';
import type { ParametersView } from '../../../src/worker/protocol.ts';

const ALL = { users: null, items: null };

/** 3 users, 3 items: Ana rates 0 and 1 (held out), Bo rates 0; Cy and the last item have nothing that is seen. */
const dataset: Dataset = {
  name: 'Small',
  users: ['Ana', 'Bo', 'Cy'],
  items: ['Alien', 'Brazil', 'Clue'],
  userKeys: [0, 1, 2],
  itemKeys: [0, 1, 2],
  userIds: null,
  itemIds: null,
  scale: { min: 1, max: 5, step: 1 },
  ratings: ratingsFrom([
    { user: 0, item: 0, value: 5 },
    { user: 0, item: 1, value: 3, heldOut: true },
    { user: 1, item: 0, value: 0 },
  ]),
  holdOut: null,
  truth: null,
};

function viewOf(k: number, users = 3, items = 3, biased = false): ParametersView {
  return {
    epoch: 1,
    position: 0,
    k,
    P: Float64Array.from({ length: users * k }, (_, at) => (at % 5) - 2),
    Q: Float64Array.from({ length: items * k }, (_, at) => ((at * 3) % 7) / 2 - 1),
    bu: biased ? Float64Array.from({ length: users }, (_, u) => u / 4) : null,
    bi: biased ? Float64Array.from({ length: items }, (_, i) => -i / 8) : null,
    mu: biased ? 2.5 : null,
  };
}

describe('the selected cell', () => {
  test('tells a rating, a held-out rating and a gap apart; 0 is a rating', () => {
    const view = viewOf(2);
    expect(selectedCell(dataset, view, ALL, { user: 0, item: 0 })).toMatchObject({ state: 'seen', rating: 5 });
    expect(selectedCell(dataset, view, ALL, { user: 0, item: 1 })).toMatchObject({ state: 'held-out', rating: 3 });
    expect(selectedCell(dataset, view, ALL, { user: 1, item: 0 })).toMatchObject({ state: 'seen', rating: 0 });
    expect(selectedCell(dataset, view, ALL, { user: 1, item: 2 })).toMatchObject({ state: 'gap', rating: null });
  });

  test('knows who has no data: a held-out rating is none', () => {
    const view = viewOf(2);
    expect(selectedCell(dataset, view, ALL, { user: 0, item: 1 })).toMatchObject({ userSeen: true, itemSeen: false });
    expect(selectedCell(dataset, view, ALL, { user: 2, item: 0 })).toMatchObject({ userSeen: false, itemSeen: true });
  });

  test('a selection outside the matrix stands at its edge', () => {
    expect(selectedCell(dataset, viewOf(2), ALL, { user: 9, item: 9 })).toMatchObject({ user: 2, item: 2 });
  });

  test('finds its rows in the window, and has no prediction outside it or before the worker knows the row', () => {
    const view = viewOf(2, 2, 1);
    const window = { users: Int32Array.of(2, 0), items: Int32Array.of(1) };
    const inside = selectedCell(dataset, view, window, { user: 0, item: 1 });
    expect(inside.rows).toEqual({ user: 1, item: 0 });
    expect(inside.predicted).toBe(predict(view, 1, 0));
    expect(selectedCell(dataset, view, window, { user: 1, item: 1 }).predicted).toBeNull();
    expect(selectedCell(dataset, viewOf(2, 2, 3), ALL, { user: 2, item: 0 }).predicted).toBeNull();
    expect(selectedCell(dataset, null, ALL, { user: 0, item: 0 }).predicted).toBeNull();
  });
});

describe('shares', () => {
  test('are μ, b_u, b_i and one product for each factor', () => {
    expect(sharesOf(viewOf(2, 3, 3, true), 1, 2)).toEqual([
      { kind: 'mean', number: 0, value: 2.5 },
      { kind: 'userBias', number: 0, value: 0.25 },
      { kind: 'itemBias', number: 0, value: -0.25 },
      { kind: 'factor', number: 1, value: 0 * 1.5 },
      { kind: 'factor', number: 2, value: 1 * -0.5 },
    ]);
  });

  test('beyond 12 factors the largest stand alone and the rest is one sum', () => {
    const shares = sharesOf(viewOf(40), 0, 1);
    expect(shares.length).toBe(12);
    expect(shares.at(-1)).toMatchObject({ kind: 'others', number: 29 });
    const alone = shares.slice(0, -1).map((share) => Math.abs(share.value));
    expect(Math.min(...alone)).toBeGreaterThanOrEqual(2);
  });

  test('always add up to the prediction', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.boolean(), fc.nat(2), fc.nat(2), (k, biased, user, item) => {
        const view = viewOf(k, 3, 3, biased);
        const sum = sharesOf(view, user, item).reduce((total, share) => total + share.value, 0);
        expect(sum).toBeCloseTo(predict(view, user, item), 9);
      }),
    );
  });
});

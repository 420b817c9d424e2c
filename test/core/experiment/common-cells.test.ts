import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Dataset } from '../../../src/core/dataset.ts';
import { cellsAt, commonCells, mostMoved, rowsThatMoved } from '../../../src/core/experiment/common-cells.ts';
import { ratingsFrom } from '../../../src/core/ratings.ts';

function dataset(users: readonly string[], items: readonly string[], ids: readonly string[] | null = null): Dataset {
  return {
    name: '',
    users,
    items,
    userKeys: users.map((_, at) => at),
    itemKeys: items.map((_, at) => at),
    userIds: ids,
    itemIds: null,
    scale: { min: 1, max: 5, step: 1 },
    ratings: ratingsFrom([]),
    holdOut: null,
    truth: null,
  };
}

describe('the cells that data sets share', () => {
  test('by name, in the order of the first, wherever they stand', () => {
    const shared = commonCells([dataset(['Ana', 'Bo', 'Cy'], ['x', 'y']), dataset(['Cy', 'Dee', 'Ana'], ['y', 'z'])]);
    expect(shared.users).toEqual(['Ana', 'Cy']);
    expect(shared.items).toEqual(['y']);
    expect(shared.places.map(({ users }) => [...users])).toEqual([
      [0, 2],
      [2, 0],
    ]);
    expect(shared.places.map(({ items }) => [...items])).toEqual([[1], [0]]);
    // R̂ of the second: 3 users × 2 items.
    const second = shared.places[1];
    if (!second) throw new Error('two data sets');
    expect([...cellsAt(Float64Array.of(10, 11, 20, 21, 30, 31), 2, second)]).toEqual([30, 10]);
  });

  test('the second of a name is not the first; ids tell them apart where both have ids', () => {
    const twice = commonCells([dataset(['Ana', 'Ana'], ['x']), dataset(['Ana'], ['x'])]);
    expect(twice.users).toEqual(['Ana']);
    const byId = commonCells([dataset(['Ana', 'Ana'], ['x'], ['7', '8']), dataset(['Ana'], ['x'], ['8'])]);
    expect([...(byId.places[0]?.users ?? [])]).toEqual([1]);
    expect(byId.users).toEqual(['Ana']);
  });
});

describe('what moved most', () => {
  test('is what sorting all of it gives: no NaN, no 0, ties to the earlier', () => {
    const change = fc.constantFrom(0, Number.NaN, 1, -1, 2.5, -2.5, 3, 0.1);
    fc.assert(
      fc.property(fc.array(change, { maxLength: 60 }), fc.integer({ min: 0, max: 12 }), (list, count) => {
        const changes = Float64Array.from(list);
        const whole = list
          .map((value, place) => ({ size: Math.abs(value), place }))
          .filter(({ size }) => size > 0)
          .sort((a, b) => b.size - a.size || a.place - b.place);
        expect(mostMoved(changes, count)).toEqual(whole.slice(0, count).map(({ place }) => place));
      }),
    );
  });

  test('rows and columns whose changes add up to most, ascending; all where there is room', () => {
    // users 0 … 2, items 0 … 3
    const changes = Float64Array.of(0, 0, 0, 0.1, 5, 0, 0, 0, -3, 0, -4, Number.NaN);
    const { users, items } = rowsThatMoved(changes, 3, 4, { users: 2, items: 2 });
    expect([...users]).toEqual([1, 2]);
    expect([...items]).toEqual([0, 2]);
    expect([...rowsThatMoved(changes, 3, 4, { users: 3, items: 9 }).items]).toEqual([0, 1, 2, 3]);
  });
});

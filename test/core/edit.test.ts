import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Block, blockToText, parseBlock } from '../../src/core/block.ts';
import type { Dataset } from '../../src/core/dataset.ts';
import {
  clearRatings,
  clearZeros,
  fillDown,
  fillRight,
  setBlock,
  setHeldOut,
  setRating,
  setScale,
  wouldHoldOut,
} from '../../src/core/edit.ts';
import {
  addItem,
  addUser,
  moveItem,
  moveUser,
  removeItems,
  removeUsers,
  renameItem,
  renameUser,
} from '../../src/core/edit-rows.ts';
import type { Result } from '../../src/core/problem.ts';
import { datasetFromText, textFromDataset } from './dataset-from-text.ts';

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.problem.code);
  return result.value;
}

function code(result: Result<unknown>): string {
  return result.ok ? 'ok' : result.problem.code;
}

function block(values: Block['values'], names: Partial<Block> = {}): Block {
  return { values, userNames: null, itemNames: null, ...names };
}

const small = datasetFromText('5 3? . / 4 . 1');

describe('one rating', () => {
  test('is changed, added and taken away in its place', () => {
    expect(textFromDataset(value(setRating(small, 0, 0, 2)))).toBe('2 3? . / 4 . 1');
    expect(textFromDataset(value(setRating(small, 1, 1, 0)))).toBe('5 3? . / 4 0 1');
    expect(textFromDataset(value(setRating(small, 0, 2, -1.5)))).toBe('5 3? -1.5 / 4 . 1');
    expect(textFromDataset(value(setRating(small, 1, 0, null)))).toBe('5 3? . / . . 1');
    expect(textFromDataset(small)).toBe('5 3? . / 4 . 1');
  });

  test('stays held out when its number is corrected', () => {
    expect(textFromDataset(value(setRating(small, 0, 1, 2)))).toBe('5 2? . / 4 . 1');
  });

  test('that does not change gives back the same dataset', () => {
    expect(value(setRating(small, 0, 0, 5))).toBe(small);
    expect(value(setRating(small, 0, 2, null))).toBe(small);
  });

  test('beyond 1e100 or not finite is refused', () => {
    expect(value(setRating(small, 0, 0, 1e100)).ratings.value[0]).toBe(1e100);
    expect(code(setRating(small, 0, 0, -1.01e100))).toBe('rating-too-large');
    expect(code(setRating(small, 0, 0, Number.NaN))).toBe('not-finite');
  });

  test('keeps its time, and a new one has time 0', () => {
    const timed = { ...small, ratings: { ...small.ratings, time: Float64Array.of(10, 11, 12, 13) } };
    const next = value(setRating(value(setRating(timed, 0, 2, 1)), 0, 1, 4));
    expect([...(next.ratings.time ?? [])]).toEqual([10, 11, 0, 12, 13]);
  });

  test('costs one copy of the columns, also among a million', () => {
    const count = 1_000_000;
    const large: Dataset = {
      ...small,
      ratings: {
        user: Int32Array.from({ length: count }, (_, n) => Math.floor(n / 1000)),
        item: Int32Array.from({ length: count }, (_, n) => 2 * (n % 1000)),
        value: new Float64Array(count).fill(3),
        heldOut: new Uint8Array(count),
        time: null,
      },
    };
    const { ratings } = value(setRating(large, 500, 7, 4));
    expect(ratings.user.length).toBe(count + 1);
    expect([ratings.user[500_004], ratings.item[500_004], ratings.value[500_004]]).toEqual([500, 7, 4]);
    expect([ratings.user[count], ratings.item[count]]).toEqual([999, 1998]);
  });
});

describe('blocks', () => {
  const place = { users: [0, 1], items: [1, 2] };

  test('clear', () => {
    expect(textFromDataset(clearRatings(small, place))).toBe('5 . . / 4 . .');
    expect(clearRatings(small, { users: [1], items: [1] })).toBe(small);
  });

  test('have their zeros read as gaps', () => {
    expect(textFromDataset(clearZeros(datasetFromText('0 3 / 0? 0'), { users: [0, 1], items: [0] }))).toBe('. 3 / . 0');
    expect(clearZeros(small, place)).toBe(small);
  });

  test('fill down and right, gaps included', () => {
    expect(textFromDataset(fillDown(small, { users: [0, 1], items: [0, 1, 2] }))).toBe('5 3? . / 5 3 .');
    expect(textFromDataset(fillRight(small, { users: [0, 1], items: [0, 1] }))).toBe('5 5? . / 4 4 1');
    expect(textFromDataset(fillRight(small, { users: [1], items: [1, 2] }))).toBe('5 3? . / 4 . .');
  });

  test('are pasted over what was there; blanks become gaps', () => {
    expect(
      textFromDataset(
        value(
          setBlock(
            small,
            place,
            block([
              [0, null],
              [2, 9],
            ]),
          ),
        ),
      ),
    ).toBe('5 0? . / 4 2 9');
  });

  test('grow the grid with users and items of their own', () => {
    const next = value(
      setBlock(
        small,
        { users: [1, 2, 3], items: [2, 3] },
        block([
          [1, 2],
          [3, 4],
          [5, 6],
        ]),
      ),
    );
    expect(textFromDataset(next)).toBe('5 3? . . / 4 . 1 2 / . . 3 4 / . . 5 6');
    expect(next.users).toEqual(['Ana', 'Bo', 'User 3', 'User 4']);
    expect(next.items).toEqual(['Alien', 'Brazil', 'Clue', 'Item 4']);
    expect([next.userKeys, next.itemKeys]).toEqual([
      [0, 1, 2, 3],
      [0, 1, 2, 3],
    ]);
  });

  test('bring their names, which must be unique', () => {
    const named = block([[1], [2]], { userNames: ['Bo', 'Ana '], itemNames: ['Eraser\nhead'] });
    const next = value(setBlock(small, { users: [0, 1], items: [0] }, named));
    expect([next.users, next.items]).toEqual([
      ['Bo', 'Ana'],
      ['Eraser head', 'Brazil', 'Clue'],
    ]);
    expect(setBlock(small, { users: [0], items: [0] }, block([[1]], { itemNames: ['Clue'] }))).toEqual({
      ok: false,
      problem: { code: 'name-taken', got: 'Clue', where: 'row 1, column 1' },
    });
    expect(code(setBlock(small, place, block([[1], [2]], { userNames: ['Zoe', 'Zoe'] })))).toBe('name-taken');
  });

  test('that do not fit are refused', () => {
    expect(code(setBlock(small, { users: [1], items: [0] }, block([[1], [2]])))).toBe('block-does-not-fit');
  });
});

describe('holding out', () => {
  test('toggles a block: out while any of it is seen, else back', () => {
    const all = { users: [0, 1], items: [0, 1, 2] };
    expect(wouldHoldOut(small, all)).toBe(true);
    const out = value(setHeldOut(small, all));
    expect(textFromDataset(out)).toBe('5? 3? . / 4? . 1?');
    expect(textFromDataset(value(setHeldOut(out, all)))).toBe('5 3 . / 4 . 1');
    expect(value(setHeldOut(small, { users: [0], items: [1] }, true))).toBe(small);
  });

  test('by hand ends the random split', () => {
    const split: Dataset = { ...small, holdOut: { share: 20, kind: 'random', seed: 7 } };
    expect(value(setHeldOut(split, { users: [0], items: [0] })).holdOut).toBeNull();
    expect(value(setRating(split, 0, 0, 1)).holdOut).toEqual({ share: 20, kind: 'random', seed: 7 });
  });

  test('a gap cannot be held out', () => {
    expect(wouldHoldOut(small, { users: [1], items: [1] })).toBeNull();
    expect(code(setHeldOut(small, { users: [1], items: [1] }))).toBe('gap-cannot-be-held-out');
  });
});

describe('users and items', () => {
  test('are added at a place, with new keys and no ratings', () => {
    const next = addItem(addUser(small, 1), 0);
    expect(textFromDataset(next)).toBe('. 5 3? . / . . . . / . 4 . 1');
    expect(next.users).toEqual(['Ana', 'User 3', 'Bo']);
    expect(next.userKeys).toEqual([0, 2, 1]);
    expect(next.items).toEqual(['Item 4', 'Alien', 'Brazil', 'Clue']);
    expect(addUser({ ...small, users: ['User 3', 'User 4'] }).users).toEqual(['User 3', 'User 4', 'User 5']);
  });

  test('are removed with their ratings; their keys never come back', () => {
    const next = addUser(value(removeUsers(small, [1])));
    expect(textFromDataset(next)).toBe('5 3? . / . . .');
    expect(next.userKeys).toEqual([0, 2]);
    const items = addItem(addItem(value(removeItems(small, [0, 2]))));
    expect(textFromDataset(items)).toBe('3? . . / . . .');
    expect(items.itemKeys).toEqual([1, 3, 4]);
    expect(code(removeUsers(small, [0, 1]))).toBe('last-row');
    expect(code(removeItems(small, [0, 1, 2]))).toBe('last-row');
  });

  test('move with everything that is theirs', () => {
    expect(textFromDataset(moveUser(small, 0, 1))).toBe('4 . 1 / 5 3? .');
    const moved = moveItem({ ...small, itemIds: ['7', '8', '9'] }, 2, 0);
    expect(textFromDataset(moved)).toBe('. 5 3? / 1 4 .');
    expect([moved.items, moved.itemKeys, moved.itemIds]).toEqual([
      ['Clue', 'Alien', 'Brazil'],
      [2, 0, 1],
      ['9', '7', '8'],
    ]);
    expect(textFromDataset(moveItem(small, 0, 9))).toBe('3? . 5 / . 1 4');
    expect(moveUser(small, 0, -3)).toBe(small);
  });

  test('have their ids made for them where a file brought ids', () => {
    expect(addUser({ ...small, userIds: ['1', '4'] }).userIds).toEqual(['1', '4', '3']);
    expect(addUser({ ...small, userIds: ['3', '4'] }).userIds).toEqual(['3', '4', '5']);
  });

  test('the planted truth follows its rows, and ends with a row that nobody planted', () => {
    const truth = {
      k: 2,
      P: Float64Array.of(1, 2, 3, 4),
      Q: Float64Array.of(1, 2, 3, 4, 5, 6),
      bu: Float64Array.of(7, 8),
      bi: null,
      mu: null,
    };
    const planted = { ...small, truth };
    const moved = moveUser(value(removeItems(planted, [1])), 1, 0).truth;
    expect(moved).toEqual({
      ...truth,
      P: Float64Array.of(3, 4, 1, 2),
      Q: Float64Array.of(1, 2, 5, 6),
      bu: Float64Array.of(8, 7),
    });
    expect(addUser(planted).truth).toBeNull();
  });

  test('are renamed: trimmed, not empty, at most 200 characters, unique', () => {
    expect(value(renameUser(small, 1, ' <b>Zoë</b>\n')).users).toEqual(['Ana', '<b>Zoë</b>']);
    expect(value(renameItem(small, 0, '__proto__')).items[0]).toBe('__proto__');
    expect(value(renameUser(small, 0, ' Ana '))).toBe(small);
    expect(code(renameUser(small, 0, ' \t'))).toBe('name-empty');
    expect(code(renameUser(small, 0, 'Bo'))).toBe('name-taken');
    expect(code(renameItem(small, 0, 'x'.repeat(200)))).toBe('ok');
    expect(renameItem(small, 0, 'x'.repeat(201))).toEqual({
      ok: false,
      problem: { code: 'name-too-long', got: '201', expected: '200' },
    });
    expect(code(renameUser({ ...small, userIds: ['1', '2'] }, 0, 'Bo'))).toBe('ok');
  });

  test('a set that came with repeated names can still rename the others', () => {
    const twins = { ...small, users: ['Bo', 'Bo'] };
    expect(value(renameUser(twins, 0, 'Ana')).users).toEqual(['Ana', 'Bo']);
    expect(value(renameUser(twins, 0, 'Bo'))).toBe(twins);
  });
});

test('the scale needs its minimum below its maximum and a step above 0', () => {
  expect(value(setScale(small, { min: 0, max: 10, step: 0.5 })).scale).toEqual({ min: 0, max: 10, step: 0.5 });
  expect(value(setScale(small, { min: 1, max: 5, step: 1 }))).toBe(small);
  expect(code(setScale(small, { min: 5, max: 5, step: 1 }))).toBe('scale-order');
  expect(code(setScale(small, { min: 1, max: 5, step: 0 }))).toBe('scale-order');
  expect(code(setScale(small, { min: Number.NaN, max: 5, step: 1 }))).toBe('not-finite');
  expect(setScale(small, { min: -1e300, max: 5, step: 1 })).toEqual({
    ok: false,
    problem: { code: 'below-minimum', got: '-1e+300', expected: '-1e+100' },
  });
  expect(code(setScale(small, { min: 1, max: 1e101, step: 1 }))).toBe('above-maximum');
});

/** What every dataset is, whatever was done to it. */
function expectSound(dataset: Dataset): void {
  const { users, items, userKeys, itemKeys, ratings } = dataset;
  const count = ratings.user.length;
  expect([ratings.item.length, ratings.value.length, ratings.heldOut.length, ratings.time?.length ?? count]).toEqual([
    count,
    count,
    count,
    count,
  ]);
  const wrong = Array.from({ length: count }, (_, n) => n).filter((n) => {
    const user = ratings.user[n] ?? -1;
    const item = ratings.item[n] ?? -1;
    const inRange = user >= 0 && user < users.length && item >= 0 && item < items.length;
    const sorted = n === 0 || (ratings.user[n - 1] ?? 0) * 1000 + (ratings.item[n - 1] ?? 0) < user * 1000 + item;
    const flagged = ratings.heldOut[n] === 0 || ratings.heldOut[n] === 1;
    return !(inRange && sorted && flagged && Math.abs(ratings.value[n] ?? Number.NaN) <= 1e100);
  });
  expect(wrong).toEqual([]);
  expect([userKeys.length, itemKeys.length]).toEqual([users.length, items.length]);
  for (const list of [users, items, userKeys, itemKeys]) expect(new Set<unknown>(list).size).toBe(list.length);
  expect(users.length * items.length).toBeGreaterThan(0);
}

const index = fc.nat({ max: 5 });
const number = fc.oneof(fc.constantFrom(0, 1, 5, -2.5, 1e100, 1e101, Number.NaN), fc.double());
const step: fc.Arbitrary<(d: Dataset) => Result<Dataset> | Dataset> = fc.oneof(
  fc.tuple(index, index, fc.option(number)).map(
    ([u, i, x]) =>
      (d: Dataset) =>
        setRating(d, u % d.users.length, i % d.items.length, x),
  ),
  fc.tuple(index, index, index, index).map(([u, v, i, j]) => (d: Dataset) => {
    const users = d.users.map((_, n) => n).slice(Math.min(u, v), Math.max(u, v) + 1);
    const items = d.items.map((_, n) => n).slice(Math.min(i, j), Math.max(i, j) + 1);
    return (
      [
        clearRatings(d, { users, items }),
        fillDown(d, { users, items }),
        fillRight(d, { users, items }),
        setHeldOut(d, { users, items }),
      ][(u + i) % 4] ?? d
    );
  }),
  fc
    .tuple(
      index,
      index,
      fc.array(fc.array(fc.option(fc.integer({ min: -9, max: 9 })), { minLength: 3, maxLength: 3 }), {
        minLength: 1,
        maxLength: 3,
      }),
    )
    .map(([u, i, values]) => (d: Dataset) => {
      const user = u % d.users.length;
      const item = i % d.items.length;
      return setBlock(d, { users: values.map((_, n) => user + n), items: [item, item + 1, item + 2] }, block(values));
    }),
  index.map((at) => (d: Dataset) => (d.users.length > 8 ? d : addUser(d, Math.min(at, d.users.length)))),
  index.map((at) => (d: Dataset) => (d.items.length > 8 ? d : addItem(d, Math.min(at, d.items.length)))),
  index.map((at) => (d: Dataset) => removeUsers(d, [at, at + 1])),
  index.map((at) => (d: Dataset) => removeItems(d, [at])),
  fc.tuple(index, fc.integer({ min: -2, max: 9 })).map(
    ([from, to]) =>
      (d: Dataset) =>
        moveUser(d, from, to),
  ),
  fc.tuple(index, fc.integer({ min: -2, max: 9 })).map(
    ([from, to]) =>
      (d: Dataset) =>
        moveItem(d, from, to),
  ),
  fc.tuple(index, fc.string()).map(
    ([u, name]) =>
      (d: Dataset) =>
        renameUser(d, u % d.users.length, name),
  ),
  fc.tuple(index, fc.constantFrom('Alien', 'Item 4', 'Item 5', 'x')).map(
    ([i, name]) =>
      (d: Dataset) =>
        renameItem(d, i % d.items.length, name),
  ),
);

test('no sequence of edits breaks a dataset, changes an earlier one, or gives an old key to a new row', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      let dataset = small;
      const seen = new Set(dataset.userKeys);
      for (const edit of steps) {
        const before = textFromDataset(dataset);
        const result = edit(dataset);
        const next = 'ok' in result ? (result.ok ? result.value : dataset) : result;
        expect(textFromDataset(dataset)).toBe(before);
        expectSound(next);
        const current = new Set(dataset.userKeys);
        for (const key of next.userKeys) {
          if (!current.has(key)) expect(seen.has(key)).toBe(false);
          seen.add(key);
        }
        dataset = next;
      }
    }),
    { numRuns: 200 },
  );
});

test('what is pasted, copied and pasted again is the same', () => {
  const cell = fc.option(
    fc.double({ min: -1e100, max: 1e100, noNaN: true }).map((x) => x + 0),
    { freq: 3 },
  );
  const values = fc
    .integer({ min: 1, max: 4 })
    .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 4 }));
  fc.assert(
    fc.property(values, (cells) => {
      const place = { users: cells.map((_, r) => r), items: (cells[0] ?? []).map((_, c) => c) };
      const pasted = value(setBlock(small, place, block(cells)));
      const text = blockToText(pasted, place.users, place.items);
      const again = value(parseBlock(text));
      expect(again).toEqual(block(cells));
      expect(value(setBlock(pasted, place, again))).toBe(pasted);
    }),
  );
});

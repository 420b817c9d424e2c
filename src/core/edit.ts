import type { Block } from './block.ts';
import { type CellChange, changeCells } from './change-cells.ts';
import type { Dataset, Scale } from './dataset.ts';
import { grow, renameSome } from './edit-rows.ts';
import { fail, ok, type Result } from './problem.ts';
import { findRating, type ItemIndex, RATING_LIMIT, type UserIndex } from './ratings.ts';

/*
 * Edits of what was rated: each takes a dataset and gives a new one that shares what did not change, or the very same object
 * when nothing changed (so that nothing needs undoing). Rows and columns are edited in `edit-rows.ts`.
 */

/** A rectangle of R that need not be contiguous: the rows and columns that a view shows side by side. */
export interface Place {
  readonly users: readonly UserIndex[];
  readonly items: readonly ItemIndex[];
}

/** Makes the changes that change something; sorted here, so callers may list them in any order. A cell must come once only. */
function change(dataset: Dataset, changes: readonly CellChange[]): Dataset {
  const { ratings } = dataset;
  const real = changes.filter(({ user, item, value, heldOut }) => {
    const at = findRating(ratings, user, item);
    if (at < 0) return value !== null;
    return value === null || !Object.is(ratings.value[at], value) || (ratings.heldOut[at] === 1) !== heldOut;
  });
  if (real.length === 0) return dataset;
  real.sort((a, b) => a.user - b.user || a.item - b.item);
  return { ...dataset, ratings: changeCells(ratings, real) };
}

/** A changed value stays on the side of the split where the cell was; a new rating is for training. */
function withValue(dataset: Dataset, user: UserIndex, item: ItemIndex, value: number | null): CellChange {
  const at = findRating(dataset.ratings, user, item);
  return { user, item, value, heldOut: at >= 0 && dataset.ratings.heldOut[at] === 1 };
}

function valueAt(dataset: Dataset, user: UserIndex, item: ItemIndex): number | null {
  const at = findRating(dataset.ratings, user, item);
  return at < 0 ? null : (dataset.ratings.value[at] ?? null);
}

/** Sets one rating, or makes a gap (null). Errors: 'not-finite', 'rating-too-large' (beyond ±1e100). */
export function setRating(dataset: Dataset, user: UserIndex, item: ItemIndex, value: number | null): Result<Dataset> {
  if (value !== null && !Number.isFinite(value)) return fail({ code: 'not-finite', got: String(value) });
  if (value !== null && Math.abs(value) > RATING_LIMIT)
    return fail({ code: 'rating-too-large', got: String(value), expected: String(RATING_LIMIT) });
  return ok(change(dataset, [withValue(dataset, user, item, value)]));
}

/** Makes gaps of a whole place. */
export function clearRatings(dataset: Dataset, { users, items }: Place): Dataset {
  return change(
    dataset,
    users.flatMap((user) => items.map((item) => ({ user, item, value: null, heldOut: false }))),
  );
}

/** Makes gaps of the zeros of a place: how dense matrices on paper mean them. */
export function clearZeros(dataset: Dataset, { users, items }: Place): Dataset {
  return change(
    dataset,
    users.flatMap((user) =>
      items
        .filter((item) => valueAt(dataset, user, item) === 0)
        .map((item) => ({ user, item, value: null, heldOut: false })),
    ),
  );
}

/**
 * Writes a block into a place of at least its size, gaps included. Indices from m (or n) on stand for new users (items), which are added.
 * Errors: 'block-does-not-fit', 'name-taken', 'name-empty', 'name-too-long'; nothing is changed then.
 */
export function setBlock(dataset: Dataset, place: Place, block: Block): Result<Dataset> {
  const rows = block.values.length;
  const columns = block.values[0]?.length ?? 0;
  if (place.users.length < rows || place.items.length < columns) {
    return fail({
      code: 'block-does-not-fit',
      got: `${rows} × ${columns} cells`,
      expected: `${place.users.length} × ${place.items.length}`,
    });
  }
  const users = place.users.slice(0, rows);
  const items = place.items.slice(0, columns);
  const missingUsers = users.reduce((most, user) => Math.max(most, user + 1), 0) - dataset.users.length;
  const missingItems = items.reduce((most, item) => Math.max(most, item + 1), 0) - dataset.items.length;
  const grown = grow(grow(dataset, 'users', missingUsers), 'items', missingItems);
  const named = renameSome(
    grown,
    'users',
    (block.userNames ?? []).map((name, r) => ({
      index: users[r] ?? 0,
      name,
      where: `row ${r + (block.itemNames ? 2 : 1)}, column 1`,
    })),
  );
  if (!named.ok) return named;
  const namedBoth = renameSome(
    named.value,
    'items',
    (block.itemNames ?? []).map((name, c) => ({
      index: items[c] ?? 0,
      name,
      where: `row 1, column ${c + (block.userNames ? 2 : 1)}`,
    })),
  );
  if (!namedBoth.ok) return namedBoth;
  const target = namedBoth.value;
  return ok(
    change(
      target,
      users.flatMap((user, r) => items.map((item, c) => withValue(target, user, item, block.values[r]?.[c] ?? null))),
    ),
  );
}

/** Copies the place's first row into the rows under it. */
export function fillDown(dataset: Dataset, { users, items }: Place): Dataset {
  const [source, ...rest] = users;
  if (source === undefined) return dataset;
  return change(
    dataset,
    rest.flatMap((user) => items.map((item) => withValue(dataset, user, item, valueAt(dataset, source, item)))),
  );
}

/** Copies the place's first column into the columns right of it. */
export function fillRight(dataset: Dataset, { users, items }: Place): Dataset {
  const [source, ...rest] = items;
  if (source === undefined) return dataset;
  return change(
    dataset,
    users.flatMap((user) => rest.map((item) => withValue(dataset, user, item, valueAt(dataset, user, source)))),
  );
}

/** What setHeldOut with 'toggle' would do: true when some rating of the place is still seen by training. Null: only gaps there. */
export function wouldHoldOut(dataset: Dataset, { users, items }: Place): boolean | null {
  let rated = false;
  for (const user of users) {
    for (const item of items) {
      const at = findRating(dataset.ratings, user, item);
      if (at < 0) continue;
      if (dataset.ratings.heldOut[at] === 0) return true;
      rated = true;
    }
  }
  return rated ? false : null;
}

/**
 * Hides the place's ratings from training, or returns them to it; 'toggle' hides them unless all are hidden already. Gaps among
 * them stay gaps. Chosen by hand, the split is no longer the random one: `holdOut` becomes null. Error: 'gap-cannot-be-held-out'.
 */
export function setHeldOut(dataset: Dataset, place: Place, heldOut: boolean | 'toggle' = 'toggle'): Result<Dataset> {
  const hide = wouldHoldOut(dataset, place);
  if (hide === null) return fail({ code: 'gap-cannot-be-held-out' });
  const wanted = heldOut === 'toggle' ? hide : heldOut;
  const next = change(
    dataset,
    place.users.flatMap((user) =>
      place.items.flatMap((item) => {
        const value = valueAt(dataset, user, item);
        return value === null ? [] : [{ user, item, value, heldOut: wanted }];
      }),
    ),
  );
  return ok(next === dataset ? dataset : { ...next, holdOut: null });
}

/** Errors: 'not-finite', 'below-minimum' and 'above-maximum' beyond ±1e100, 'scale-order' unless min < max and step > 0. */
export function setScale(dataset: Dataset, scale: Scale): Result<Dataset> {
  const { min, max, step } = scale;
  for (const x of [min, max, step]) {
    const got = String(x);
    if (!Number.isFinite(x)) return fail({ code: 'not-finite', got });
    if (x > RATING_LIMIT) return fail({ code: 'above-maximum', got, expected: String(RATING_LIMIT) });
    if (x < -RATING_LIMIT) return fail({ code: 'below-minimum', got, expected: String(-RATING_LIMIT) });
  }
  if (!(min < max && step > 0)) return fail({ code: 'scale-order' });
  const before = dataset.scale;
  return ok(
    min === before.min && max === before.max && step === before.step
      ? dataset
      : { ...dataset, scale: { min, max, step } },
  );
}

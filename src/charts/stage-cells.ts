import type { Dataset, Truth } from '../core/dataset.ts';
import type { Parameters } from '../core/parameters.ts';
import { plantedRating } from '../core/planted.ts';
import { predict } from '../core/predict.ts';

/** The window's factors and biases, as the run's view has them. */
export type Factors = Readonly<Parameters>;

/** What stands at a place of R, and so what the same place of R̂ is. */
export const GAP = 0;
export const SEEN = 1;
export const HELD_OUT = 2;

/**
 * R as a small dense window, for the stage alone (the dataset stays sparse): place (row, column) is at row·n + column.
 * `users` and `items` say who the rows and columns are.
 */
export interface StageCells {
  readonly users: readonly number[];
  readonly items: readonly number[];
  /** GAP, SEEN or HELD_OUT, a place each. */
  readonly kinds: Uint8Array;
  /** The rating; 0 in a gap. */
  readonly ratings: Float64Array;
  /** 1 = no rating of this user (item) is trained on: whatever R̂ says there was not learned. */
  readonly userWithoutData: Uint8Array;
  readonly itemWithoutData: Uint8Array;
}

/** All of them, where the window names none. */
export function windowOf(listed: Int32Array | null, count: number): readonly number[] {
  return listed
    ? Array.from(listed).filter((index) => index < count)
    : Array.from({ length: count }, (_, index) => index);
}

/** Looks up the window's cells. Walks the ratings once. */
export function stageCells(dataset: Dataset, users: readonly number[], items: readonly number[]): StageCells {
  const { ratings } = dataset;
  const rowOf = placesOf(users, dataset.users.length);
  const columnOf = placesOf(items, dataset.items.length);
  const kinds = new Uint8Array(users.length * items.length);
  const values = new Float64Array(kinds.length);
  const userWithoutData = new Uint8Array(users.length).fill(1);
  const itemWithoutData = new Uint8Array(items.length).fill(1);
  for (let index = 0; index < ratings.user.length; index += 1) {
    const row = rowOf[ratings.user[index] ?? -1] ?? -1;
    const column = columnOf[ratings.item[index] ?? -1] ?? -1;
    const hidden = ratings.heldOut[index] === 1;
    if (!hidden && row >= 0) userWithoutData[row] = 0;
    if (!hidden && column >= 0) itemWithoutData[column] = 0;
    if (row < 0 || column < 0) continue;
    const place = row * items.length + column;
    kinds[place] = hidden ? HELD_OUT : SEEN;
    values[place] = ratings.value[index] ?? 0;
  }
  return { users, items, kinds, ratings: values, userWithoutData, itemWithoutData };
}

/** Where each index stands in the window: −1 = outside. */
function placesOf(window: readonly number[], count: number): Int32Array {
  const places = new Int32Array(count).fill(-1);
  window.forEach((index, place) => {
    places[index] = place;
  });
  return places;
}

/**
 * Whether a view's numbers belong to the window's rows and columns. For a moment after a user or an item came or went they
 * do not: the study changes at once, the view with the worker's next answer.
 */
export function fits(view: Factors | null, cells: StageCells): view is Factors {
  return (
    view !== null && view.P.length === view.k * cells.users.length && view.Q.length === view.k * cells.items.length
  );
}

/** All of R̂ for the window, row by row, into `out` (m·n): the run's own numbers to the last bit. */
export function predictAll(view: Factors, rows: number, columns: number, out: Float64Array): void {
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) out[row * columns + column] = predict(view, row, column);
  }
}

/** The planted truth of the window, row by row; null where the set does not know it for every pair. */
export function truthAll(truth: Truth, users: readonly number[], items: readonly number[]): Float64Array | null {
  const out = new Float64Array(users.length * items.length);
  let place = 0;
  for (const user of users) {
    for (const item of items) {
      const value = plantedRating(truth, user, item);
      if (value === null) return null;
      out[place] = value;
      place += 1;
    }
  }
  return out;
}

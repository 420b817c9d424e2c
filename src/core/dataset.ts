import type { Ratings } from './ratings.ts';

/** What a rating may be, for display, clipping and the color ramp: min < max, step > 0. Values outside it are allowed and shown as they are. */
export interface Scale {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/** How the held-out ratings were chosen. */
export interface HoldOut {
  /** Percent of all ratings, 0 … 90. */
  readonly share: number;
  readonly kind: 'random';
  readonly seed: number;
}

/** Planted factors of a generated set: the truth in the gaps is μ + b_u + b_i + p·q of these. */
export interface Truth {
  readonly k: number;
  /** m × k, row by row. */
  readonly P: Float64Array;
  /** n × k, row by row. */
  readonly Q: Float64Array;
  readonly bu: Float64Array | null;
  readonly bi: Float64Array | null;
  readonly mu: number | null;
}

/**
 * Who rated what. Immutable: an edit makes a new one (`core/edit.ts`) that shares what did not change.
 *
 * `userKeys` and `itemKeys` are who a row *is*, whatever its name or place: unique small integers that survive renames,
 * reordering and undo, so that the worker knows whose factors are whose. They are not saved; opening a file numbers them anew.
 */
export interface Dataset {
  readonly name: string;
  readonly users: readonly string[];
  readonly items: readonly string[];
  readonly userKeys: readonly number[];
  readonly itemKeys: readonly number[];
  /** The least keys that no row ever had, once a row was removed; without it, one more than the greatest key. */
  readonly nextKeys?: { readonly users: number; readonly items: number };
  /** Ids from a file, where names repeat. */
  readonly userIds: readonly string[] | null;
  readonly itemIds: readonly string[] | null;
  readonly scale: Scale;
  readonly ratings: Ratings;
  readonly holdOut: HoldOut | null;
  readonly truth: Truth | null;
}

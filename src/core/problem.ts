/**
 * Errors are values. A problem says what was wrong, where, and what stood there; the words a person reads are made from
 * it in `strings/` (core knows no language). Whoever returns a problem has changed nothing.
 */
export interface Problem {
  readonly code: ProblemCode;
  /** Where: "row 3, column 2", "dataset.ratings[4]", "line 12" — already exact, in the words of the thing that was read. */
  readonly where?: string;
  /** What stood there, as it was written (shortened to 40 characters by `strings/`). */
  readonly got?: string;
  /** What would have been right: a limit, a list of keys, a count. */
  readonly expected?: string;
  /** Of many things that were wrong, the first. */
  readonly first?: Problem;
}

export type ProblemCode =
  // a number as a person writes it
  | 'not-a-number'
  | 'decimal-comma'
  | 'comma-ambiguous'
  | 'not-finite'
  | 'rating-too-large'
  | 'below-minimum'
  | 'above-maximum'
  | 'not-an-integer'
  // the ratings grid
  | 'block-ragged'
  | 'block-too-large'
  | 'block-does-not-fit'
  | 'name-empty'
  | 'name-too-long'
  | 'name-taken'
  | 'last-row'
  | 'nothing-to-paste'
  | 'gap-cannot-be-held-out'
  | 'scale-order'
  // files
  | 'file-too-large'
  | 'file-empty'
  | 'file-not-text'
  | 'file-not-understood'
  | 'file-no-ratings'
  | 'not-json'
  | 'not-a-session'
  | 'newer-version'
  | 'unknown-key'
  | 'duplicate-key'
  | 'missing-key'
  | 'wrong-type'
  | 'wrong-length'
  | 'out-of-range'
  | 'not-sorted'
  | 'duplicate-rating'
  | 'not-offered'
  // lessons
  | 'not-a-lesson'
  | 'formula'
  | 'duplicate-id'
  // the model
  | 'model-too-large'
  // a sweep; `where` is the setting or the part of the plan that it is about
  | 'plan-axes'
  | 'axis-twice'
  | 'value-twice'
  | 'axis-values'
  | 'axis-log'
  | 'axis-unused'
  | 'plan-seeds'
  | 'plan-too-large'
  | 'nothing-held-out'
  | 'too-few-ratings'
  | 'no-times'
  // addresses
  | 'unknown-address'
  // the browser
  | 'not-fetched'
  | 'storage-failed'
  | 'clipboard-refused'
  | 'worker-died'
  | 'no-worker';

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

/** Wraps a value that came out right. */
export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

/** Wraps what went wrong. */
export function fail(problem: Problem): { readonly ok: false; readonly problem: Problem } {
  return { ok: false, problem };
}

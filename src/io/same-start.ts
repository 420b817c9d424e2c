import type { Parameters } from '../core/parameters.ts';

function sameNumbers(a: Float64Array | null, b: Float64Array | null): boolean {
  if (a === null || b === null) return a === b;
  return a.length === b.length && a.every((value, at) => Object.is(value, b[at]));
}

type Columns = Pick<Parameters, 'P' | 'Q' | 'bu' | 'bi'>;

/** Whether two runs begin alike, bit for bit. μ does not count: it follows the ratings at the start of every epoch. */
export function sameStart(a: Columns, b: Columns): boolean {
  return sameNumbers(a.P, b.P) && sameNumbers(a.Q, b.Q) && sameNumbers(a.bu, b.bu) && sameNumbers(a.bi, b.bi);
}

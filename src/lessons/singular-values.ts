import type { Dataset } from '../core/dataset.ts';
import type { Parameters } from '../core/parameters.ts';
import { decompose, type Svd } from '../core/understand/svd.ts';

/** Users or items of a matrix that is still taken apart while a reader looks. */
const SIDE_LIMIT = 60;
/** A singular value below this share of the largest is rounding. */
const NOTHING = 1e-6;

/** A matrix filled up with zeros to a square, whose other singular values are 0. */
function square(rows: number, columns: number, of: (row: number, column: number) => number) {
  const side = Math.max(rows, columns);
  const M = new Float64Array(side * side);
  for (let r = 0; r < rows; r += 1) {
    for (let c = 0; c < columns; c += 1) M[r * side + c] = of(r, c);
  }
  return { M, side };
}

interface Filled {
  readonly svd: Svd;
  readonly side: number;
}

const known = new WeakMap<Dataset['ratings'], Filled | null>();

/** The SVD of R with 0 at every gap and every held-out rating; null when R is too large. */
function filledWithZeros({ users, items, ratings }: Dataset): Filled | null {
  if (users.length > SIDE_LIMIT || items.length > SIDE_LIMIT) return null;
  const cells = new Map<number, number>();
  for (let at = 0; at < ratings.user.length; at += 1) {
    if (ratings.heldOut[at] === 1) continue;
    cells.set((ratings.user[at] ?? 0) * items.length + (ratings.item[at] ?? 0), ratings.value[at] ?? 0);
  }
  const { M, side } = square(users.length, items.length, (u, i) => cells.get(u * items.length + i) ?? 0);
  return { svd: decompose(M, side), side };
}

/**
 * What the best matrix of rank k says of a cell when every gap of R is filled with 0 first: the truncated SVD
 * Σ_f u_f σ_f v_f of the filled R, f up to k. Null when R is too large to take apart.
 */
export function zeroFilled(dataset: Dataset, k: number, user: number, item: number): number | null {
  let filled = known.get(dataset.ratings);
  if (filled === undefined) {
    filled = filledWithZeros(dataset);
    known.set(dataset.ratings, filled);
  }
  if (filled === null) return null;
  const { svd, side } = filled;
  let sum = 0;
  for (let f = 0; f < Math.min(k, side); f += 1) {
    sum += (svd.U[user * side + f] ?? 0) * (svd.singular[f] ?? 0) * (svd.V[item * side + f] ?? 0);
  }
  return sum;
}

/** The rank of P Qᵀ: how many of its singular values are more than rounding. Null when it is too large to take apart. */
export function rankOfProduct({ P, Q, k }: Parameters): number | null {
  const rows = P.length / k;
  const columns = Q.length / k;
  if (rows > SIDE_LIMIT || columns > SIDE_LIMIT) return null;
  const { M, side } = square(rows, columns, (u, i) => {
    let sum = 0;
    for (let f = 0; f < k; f += 1) sum += (P[u * k + f] ?? 0) * (Q[i * k + f] ?? 0);
    return sum;
  });
  const { singular } = decompose(M, side);
  const largest = singular[0] ?? 0;
  return singular.filter((one) => one > NOTHING * largest).length;
}

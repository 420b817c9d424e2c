import type { Side } from '../edit-rows.ts';
import type { Parameters } from '../parameters.ts';
import type { RatingColumns } from '../training-data.ts';

/**
 * How alike two users (or two items) are, said in three ways:
 *
 *     cosine        of their factors, less the mean of all rows when centered      1 the same direction … −1 opposite
 *     distance      of their factors: ‖p_u − p_v‖                                  0 the same
 *     correlation   of their rows of R̂ (items: columns)                           1 … −1
 */
export type Likeness = 'cosine' | 'distance' | 'correlation';

export interface LikenessSettings {
  readonly by: Likeness;
  /** Whether cosine looks from the mean of all rows rather than from 0: positive factors all point one way from there. */
  readonly centered: boolean;
}

export const DEFAULT_LIKENESS: LikenessSettings = { by: 'cosine', centered: true };

/** A row and how alike it is. */
export interface Neighbor {
  readonly row: number;
  /** Null where it cannot be told: a vector of zeros has no direction, a flat row no correlation. */
  readonly value: number | null;
  /** Items that both rated (users who rated both), of the training ratings. A likeness beside 1 is an accident. */
  readonly shared: number;
}

/** Smaller than this beside what it was subtracted from, a length is rounding. */
const NOTHING = 1e-12;

/** The rows of one side as vectors whose products, lengths and differences say how alike they are. */
interface Vectors {
  readonly rows: number;
  readonly width: number;
  readonly X: Float64Array;
  /** Length of each row; 0 where what is left of it is rounding. */
  readonly length: Float64Array;
}

/**
 * The `count` rows most like `row`, best first, ties by index; rows that cannot be compared come last. columns: the training
 * ratings, for the count of shared ones.
 */
export function nearestRows(
  parameters: Parameters,
  columns: RatingColumns,
  side: Side,
  row: number,
  settings: LikenessSettings,
  count: number,
): Neighbor[] {
  const vectors = vectorsOf(parameters, side, settings);
  const likeness = likenessTo(vectors, row, settings.by);
  const shared = countShared(columns, side, row, vectors.rows);
  // What cannot be told is NaN here and goes behind everything.
  const rank = (other: number) => {
    const value = likeness[other] ?? Number.NaN;
    return value - value === 0 ? (settings.by === 'distance' ? value : -value) : Number.MAX_VALUE;
  };
  const ranks = Float64Array.from({ length: vectors.rows }, (_, other) => rank(other));
  const others: number[] = [];
  for (let other = 0; other < vectors.rows; other += 1) if (other !== row) others.push(other);
  others.sort((a, b) => (ranks[a] ?? 0) - (ranks[b] ?? 0) || a - b);
  return others.slice(0, count).map((other) => {
    const value = likeness[other] ?? Number.NaN;
    return { row: other, value: value - value === 0 ? value : null, shared: shared[other] ?? 0 };
  });
}

/**
 * All rows against all (rows × rows) as distances, for grouping: ‖p_u − p_v‖, 1 − cosine or 1 − correlation. 0 on the
 * diagonal; 1 where it cannot be told, as for directions that have nothing to do with each other.
 */
export function distancesBetween(parameters: Parameters, side: Side, settings: LikenessSettings): Float64Array {
  const vectors = vectorsOf(parameters, side, settings);
  const { rows } = vectors;
  const distances = new Float64Array(rows * rows);
  for (let row = 0; row < rows; row += 1) {
    const likeness = likenessTo(vectors, row, settings.by);
    for (let other = 0; other < row; other += 1) {
      const value = likeness[other] ?? Number.NaN;
      const distance = settings.by === 'distance' ? value : value - value === 0 ? 1 - value : 1;
      distances[row * rows + other] = distance;
      distances[other * rows + row] = distance;
    }
  }
  return distances;
}

/**
 * Whether a likeness of these parameters can only be 1 or −1: with one factor there are two directions and no more, and a row of
 * R̂ that is one number times Q goes up and down with every other. It then tells the sign of p_u and nothing else.
 */
export function isSignOnly({ k, bu }: Parameters, by: Likeness): boolean {
  return k === 1 && (by === 'cosine' || (by === 'correlation' && bu === null));
}

/** For every row of a side, how many of the partners of `row` it rated (was rated by) too. */
export function countShared(columns: RatingColumns, side: Side, row: number, rows: number): Int32Array {
  const own = side === 'users' ? columns.user : columns.item;
  const other = side === 'users' ? columns.item : columns.user;
  const partners = new Set<number>();
  for (let at = 0; at < own.length; at += 1) if (own[at] === row) partners.add(other[at] ?? 0);
  const shared = new Int32Array(rows);
  for (let at = 0; at < own.length; at += 1) {
    if (!partners.has(other[at] ?? 0)) continue;
    const who = own[at] ?? 0;
    shared[who] = (shared[who] ?? 0) + 1;
  }
  return shared;
}

/**
 * For every row of a side, how far apart its ratings and those of `row` are on average, over the partners that both have:
 * mean of |r_uj − r_vj|. NaN where there is none.
 */
export function meanApart(columns: RatingColumns, side: Side, row: number, rows: number): Float64Array {
  const own = side === 'users' ? columns.user : columns.item;
  const other = side === 'users' ? columns.item : columns.user;
  const ownValue = new Map<number, number>();
  for (let at = 0; at < own.length; at += 1) {
    if (own[at] === row) ownValue.set(other[at] ?? 0, columns.value[at] ?? 0);
  }
  const apart = new Float64Array(rows);
  const shared = new Int32Array(rows);
  for (let at = 0; at < own.length; at += 1) {
    const value = ownValue.get(other[at] ?? 0);
    if (value === undefined) continue;
    const who = own[at] ?? 0;
    apart[who] = (apart[who] ?? 0) + Math.abs((columns.value[at] ?? 0) - value);
    shared[who] = (shared[who] ?? 0) + 1;
  }
  return apart.map((sum, who) => sum / (shared[who] ?? 0));
}

/** Likeness of `row` to every row; NaN where it cannot be told. */
function likenessTo({ rows, width, X, length }: Vectors, row: number, by: Likeness): Float64Array {
  const likeness = new Float64Array(rows);
  const from = row * width;
  for (let other = 0; other < rows; other += 1) {
    const to = other * width;
    let sum = 0;
    if (by === 'distance') {
      for (let f = 0; f < width; f += 1) {
        const difference = (X[from + f] ?? 0) - (X[to + f] ?? 0);
        sum += difference * difference;
      }
      likeness[other] = Math.sqrt(sum);
      continue;
    }
    for (let f = 0; f < width; f += 1) sum += (X[from + f] ?? 0) * (X[to + f] ?? 0);
    const lengths = (length[row] ?? 0) * (length[other] ?? 0);
    likeness[other] = lengths > 0 ? Math.max(-1, Math.min(1, sum / lengths)) : Number.NaN;
  }
  return likeness;
}

function vectorsOf(parameters: Parameters, side: Side, { by, centered }: LikenessSettings): Vectors {
  if (by === 'correlation') return correlationVectors(parameters, side);
  const { k } = parameters;
  const matrix = side === 'users' ? parameters.P : parameters.Q;
  const rows = matrix.length / k;
  if (by === 'distance' || !centered) return withLengths(matrix, rows, k, 0);
  const X = matrix.slice();
  const mean = centerColumns(X, rows, k);
  let square = 0;
  for (const value of mean) square += value * value;
  return withLengths(X, rows, k, NOTHING * Math.sqrt(square));
}

/**
 * Vectors whose cosine is the correlation of rows of R̂, without ever making R̂. Over the items, r̂_u = const + x_u·z with
 * z_i = (q_i, b_i) and x_u = (p_u, 1), so
 *
 *     cov(r̂_u, r̂_v) = x_uᵀ C x_v,   C = Σ_i (z_i − z̄)(z_i − z̄)ᵀ / n
 *
 * The triangle T of the centered z (modified Gram and Schmidt: z − z̄ = O·T) makes it a product: (T x_u)·(T x_v) / n.
 */
function correlationVectors(parameters: Parameters, side: Side): Vectors {
  const { k } = parameters;
  const [own, other] = side === 'users' ? [parameters.P, parameters.Q] : [parameters.Q, parameters.P];
  const otherBias = side === 'users' ? parameters.bi : parameters.bu;
  const rows = own.length / k;
  const partners = other.length / k;
  const width = k + (otherBias === null ? 0 : 1);
  const Z = new Float64Array(partners * width);
  for (let partner = 0; partner < partners; partner += 1) {
    for (let f = 0; f < k; f += 1) Z[partner * width + f] = other[partner * k + f] ?? 0;
    if (width > k) Z[partner * width + k] = otherBias?.[partner] ?? 0;
  }
  const mean = centerColumns(Z, partners, width);
  const T = triangleOf(Z, partners, width);
  const X = new Float64Array(rows * width);
  const length = new Float64Array(rows);
  for (let row = 0; row < rows; row += 1) {
    let size = 0;
    for (let f = 0; f < width; f += 1) {
      let sum = 0;
      for (let g = f; g < width; g += 1) sum += (T[f * width + g] ?? 0) * (g < k ? (own[row * k + g] ?? 0) : 1);
      X[row * width + f] = sum;
      const weight = f < k ? (own[row * k + f] ?? 0) : 1;
      size += weight * weight * (mean[f] ?? 0) * (mean[f] ?? 0) * partners;
      length[row] = (length[row] ?? 0) + sum * sum;
    }
    const long = Math.sqrt(length[row] ?? 0);
    length[row] = long <= NOTHING * Math.sqrt(size) ? 0 : long;
  }
  return { rows, width, X, length };
}

/** T (width × width, upper) of Z = O T with orthonormal columns of O; a column that depends on those before has T_ff = 0. */
function triangleOf(Z: Float64Array, rows: number, width: number): Float64Array {
  const T = new Float64Array(width * width);
  for (let f = 0; f < width; f += 1) {
    let before = 0;
    let square = 0;
    for (let g = 0; g < f; g += 1) before += (T[g * width + f] ?? 0) * (T[g * width + f] ?? 0);
    for (let row = 0; row < rows; row += 1) square += (Z[row * width + f] ?? 0) * (Z[row * width + f] ?? 0);
    const diagonal = Math.sqrt(square);
    if (diagonal <= NOTHING * Math.sqrt(before) || diagonal === 0) continue;
    T[f * width + f] = diagonal;
    for (let g = f + 1; g < width; g += 1) {
      let dot = 0;
      for (let row = 0; row < rows; row += 1) dot += (Z[row * width + f] ?? 0) * (Z[row * width + g] ?? 0);
      const along = dot / diagonal;
      T[f * width + g] = along;
      const factor = along / diagonal;
      for (let row = 0; row < rows; row += 1) {
        Z[row * width + g] = (Z[row * width + g] ?? 0) - factor * (Z[row * width + f] ?? 0);
      }
    }
  }
  return T;
}

/** Subtracts from each column its mean; returns the means. */
function centerColumns(X: Float64Array, rows: number, width: number): Float64Array {
  const mean = new Float64Array(width);
  for (let at = 0; at < X.length; at += 1) mean[at % width] = (mean[at % width] ?? 0) + (X[at] ?? 0);
  for (let f = 0; f < width; f += 1) mean[f] = rows > 0 ? (mean[f] ?? 0) / rows : 0;
  for (let at = 0; at < X.length; at += 1) X[at] = (X[at] ?? 0) - (mean[at % width] ?? 0);
  return mean;
}

/** Lengths of the rows, 0 up to `nothing`. */
function withLengths(X: Float64Array, rows: number, width: number, nothing: number): Vectors {
  const length = new Float64Array(rows);
  for (let row = 0; row < rows; row += 1) {
    let square = 0;
    for (let f = 0; f < width; f += 1) square += (X[row * width + f] ?? 0) * (X[row * width + f] ?? 0);
    const long = Math.sqrt(square);
    length[row] = long <= nothing ? 0 : long;
  }
  return { rows, width, X, length };
}

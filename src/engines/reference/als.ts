import type { Side } from '../../core/edit-rows.ts';
import type { ModelSettings } from '../../core/model.ts';
import type { Parameters } from '../../core/parameters.ts';
import { predict } from '../../core/predict.ts';
import { ok, type Result } from '../../core/problem.ts';
import type { RatingColumns } from '../../core/training-data.ts';
import type { RowRatings } from '../../core/understand/row-ratings.ts';
import { ridgeOf, rowSystem, type SolvedRow, solveRow } from '../../core/understand/row-solver.ts';
import type { Stretch } from '../engine.ts';

/** Each row's ratings, side by side; within a row in the order of the columns. */
interface RatingsByRow {
  /** m + 1 (n + 1) places: row r has `begin[r]` … `begin[r + 1]` − 1. */
  readonly begin: Int32Array;
  readonly partner: Int32Array;
  readonly value: Float64Array;
}

type Index = Readonly<Record<Side, RatingsByRow>>;

/**
 * Alternating least squares (Hu, Koren and Volinsky, 2008): users 0 … m − 1, then items 0 … n − 1, one row a visit. With
 * everything else held, the objective of SGD is a parabola in a row, and the row is put where it is lowest:
 *
 *     w = (p_u, b_u), z_j = (q_j, 1)        without biases w = p_u, z_j = q_j
 *     (Σ_j z_j z_jᵀ + (n_u·β/2)·I) w = Σ_j (r_j − μ − b_j) z_j        j over the n_u training ratings of the row
 *
 * (`core/understand/row-solver.ts`). So the objective never rises, and there is no α. A row without ratings stays as it is;
 * where β = 0 leaves a row open the visit is refused with the reason, and nothing of it is written.
 *
 * Non-negative factors: the row's numbers in turn, each put where the objective is lowest at 0 or above with the others held:
 *
 *     w_f = max(0, (y_f − Σ_{g≠f} A_fg·w_g) / A_ff)        A, y: left and right side above; b_u is free; A_ff = 0: w_f stays
 *
 * which does not raise the objective either, and is never open.
 *
 * Returns a runner that keeps, for each set of columns, whose ratings stand where.
 */
export function createAls(): (parameters: Parameters, model: ModelSettings, stretch: Stretch) => number {
  const indices = new WeakMap<RatingColumns, Index>();

  return (parameters, model, stretch) => {
    const { k } = parameters;
    const { columns, from, to } = stretch;
    const m = parameters.P.length / k;
    const n = parameters.Q.length / k;
    let index = indices.get(columns);
    if (index === undefined || index.users.begin.length !== m + 1 || index.items.begin.length !== n + 1) {
      index = {
        users: byRow(columns.user, columns.item, columns.value, m),
        items: byRow(columns.item, columns.user, columns.value, n),
      };
      indices.set(columns, index);
    }
    for (let visit = from; visit < to; visit += 1) {
      const side = visit < m ? 'users' : 'items';
      const row = visit < m ? visit : visit - m;
      if (!visitRow(parameters, model, stretch, side, row, ratingsAt(index[side], row))) return visit - from;
    }
    return to - from;
  };
}

function byRow(own: Int32Array, other: Int32Array, value: Float64Array, rows: number): RatingsByRow {
  const begin = new Int32Array(rows + 1);
  for (let at = 0; at < own.length; at += 1) {
    const row = own[at] ?? 0;
    begin[row + 1] = (begin[row + 1] ?? 0) + 1;
  }
  for (let row = 0; row < rows; row += 1) begin[row + 1] = (begin[row + 1] ?? 0) + (begin[row] ?? 0);
  const next = begin.slice();
  const sorted = { begin, partner: new Int32Array(own.length), value: new Float64Array(own.length) };
  for (let at = 0; at < own.length; at += 1) {
    const row = own[at] ?? 0;
    const place = next[row] ?? 0;
    next[row] = place + 1;
    sorted.partner[place] = other[at] ?? 0;
    sorted.value[place] = value[at] ?? 0;
  }
  return sorted;
}

function ratingsAt({ begin, partner, value }: RatingsByRow, row: number): RowRatings {
  const first = begin[row] ?? 0;
  const end = begin[row + 1] ?? 0;
  return { partner: partner.subarray(first, end), value: value.subarray(first, end) };
}

/** Solves one row; false when an |e| reached the limit, when the row is open, or when no number came out. */
function visitRow(
  parameters: Parameters,
  model: ModelSettings,
  stretch: Stretch,
  side: Side,
  row: number,
  ratings: RowRatings,
): boolean {
  const count = ratings.partner.length;
  if (count === 0) return true;
  let error = stretch.error;
  for (let at = 0; at < count; at += 1) {
    const partner = ratings.partner[at] ?? 0;
    const predicted = side === 'users' ? predict(parameters, row, partner) : predict(parameters, partner, row);
    error = (ratings.value[at] ?? 0) - predicted;
    if (!(Math.abs(error) < stretch.limit)) return false;
  }
  const solved = model.nonNegative
    ? clippedRow(parameters, model, side, row, ratings)
    : solveRow(parameters, side, ratings, model, stretch.columns.value.length);
  if (!solved.ok) {
    if (solved.problem.code !== 'not-finite') stretch.refusal = { side, row, problem: solved.problem };
    return false;
  }
  const { factors, bias } = solved.value;
  if (!factors.every(Number.isFinite) || !Number.isFinite(bias ?? 0)) return false;
  const { k, P, Q, bu, bi } = parameters;
  (side === 'users' ? P : Q).set(factors, row * k);
  const biases = side === 'users' ? bu : bi;
  if (biases !== null && bias !== null) biases[row] = bias;
  stretch.error = error;
  return true;
}

/** One pass over the row's numbers. */
function clippedRow(
  parameters: Parameters,
  model: ModelSettings,
  side: Side,
  row: number,
  ratings: RowRatings,
): Result<SolvedRow> {
  const { k, P, Q, bu, bi } = parameters;
  // The penalty of ALS counts ratings of the row alone.
  const { size, A, y } = rowSystem(parameters, side, ratings, ridgeOf(model, ratings.partner.length, 0));
  const w = new Float64Array(size);
  w.set((side === 'users' ? P : Q).subarray(row * k, (row + 1) * k));
  if (size > k) w[k] = (side === 'users' ? bu : bi)?.[row] ?? 0;
  for (let f = 0; f < size; f += 1) {
    const diagonal = A[f * size + f] ?? 0;
    let rest = y[f] ?? 0;
    // Only the lower triangle of A is there.
    for (let g = 0; g < size; g += 1) {
      if (g !== f) rest -= (A[f > g ? f * size + g : g * size + f] ?? 0) * (w[g] ?? 0);
    }
    const best = diagonal > 0 ? rest / diagonal : (w[f] ?? 0);
    w[f] = f < k && best < 0 ? 0 : best;
  }
  return ok({ factors: w.slice(0, k), bias: size > k ? (w[k] ?? 0) : null });
}

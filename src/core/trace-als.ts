import type { Side } from './edit-rows.ts';
import type { ModelSettings } from './model.ts';
import type { Parameters } from './parameters.ts';
import { predict } from './predict.ts';
import { ok, type Result } from './problem.ts';
import type { TrainingData } from './training-data.ts';
import { ratingsOfRow } from './understand/row-ratings.ts';
import { restOf, ridgeOf, rowSystem, solveRow, writePartner } from './understand/row-solver.ts';

/** One rating that a row is solved from. */
export interface RowRatingTrace {
  /** The item of a user's rating; the user of an item's. */
  readonly partner: number;
  readonly rating: number;
  /** r − (μ + b of the partner): what z·w is to come near. */
  readonly target: number;
  /** z: the partner's k factors, then 1 where the row has a bias. */
  readonly z: readonly number[];
  readonly predicted: number;
  readonly newPredicted: number;
}

/** One number of the row. */
export interface RowNumberTrace {
  readonly before: number;
  readonly after: number;
  /** With non-negative factors: how it is put by itself; else null. */
  readonly alone: AloneTrace | null;
}

/** One number put where the objective is lowest with the others as they stand then, before it is cut at 0. */
export interface AloneTrace {
  /** b_f − Σ_{g≠f} A_fg·w_g, with the w_g just written. */
  readonly rest: number;
  /** A_ff. */
  readonly diagonal: number;
  /** rest/diagonal; the number as it stood where the diagonal is 0. */
  readonly best: number;
}

/** One visit of ALS as data: A w = b for all numbers w of a row at once. */
export interface AlsTrace {
  readonly side: Side;
  readonly row: number;
  readonly ratings: readonly RowRatingTrace[];
  readonly beta: number;
  /** λ = n·β/2: what the penalty adds to the diagonal, n being the ratings of the row. */
  readonly lambda: number;
  /** Σ z zᵀ + λ·I, all of it, row by row. */
  readonly A: readonly (readonly number[])[];
  /** Σ target·z. */
  readonly b: readonly number[];
  /** The k factors, then the bias where there is one. */
  readonly numbers: readonly RowNumberTrace[];
  readonly hasBias: boolean;
  /** Whether μ is part of the prediction. */
  readonly hasMean: boolean;
  /** r̂ of the chosen cell. */
  readonly predicted: number;
  readonly newPredicted: number;
}

/**
 * Spells out what solving the row of `user` (or of `item`, by `side`) would write, with the bits the engine writes; changes
 * nothing. Null for a row without ratings, which stays as it is, and under any other optimizer; refused where β = 0 leaves the
 * row open. With non-negative factors the numbers are put one after the other where the objective is lowest at 0 or above.
 */
export function traceAls(
  parameters: Parameters,
  data: Pick<TrainingData, 'training'>,
  side: Side,
  user: number,
  item: number,
  model: ModelSettings,
): Result<AlsTrace> | null {
  if (model.optimizer.kind !== 'als') return null;
  const row = side === 'users' ? user : item;
  const ratings = ratingsOfRow(data.training, side, row);
  const count = ratings.partner.length;
  if (count === 0) return null;
  const { k, P, Q, bu, bi, mu } = parameters;
  const lambda = ridgeOf(model, count, data.training.value.length);
  const { size, A: lower, y } = rowSystem(parameters, side, ratings, lambda);
  const A = Array.from({ length: size }, (_, f) =>
    Array.from({ length: size }, (__, g) => lower[f > g ? f * size + g : g * size + f] ?? 0),
  );
  const before = [...(side === 'users' ? P : Q).subarray(row * k, (row + 1) * k)];
  if (size > k) before.push((side === 'users' ? bu : bi)?.[row] ?? 0);

  let after: number[];
  const alone: AloneTrace[] = [];
  if (model.nonNegative) {
    after = [...before];
    for (let f = 0; f < size; f += 1) {
      const diagonal = A[f]?.[f] ?? 0;
      let rest = y[f] ?? 0;
      for (let g = 0; g < size; g += 1) if (g !== f) rest -= (A[f]?.[g] ?? 0) * (after[g] ?? 0);
      const best = diagonal > 0 ? rest / diagonal : (after[f] ?? 0);
      alone.push({ rest, diagonal, best });
      after[f] = f < k && best < 0 ? 0 : best;
    }
  } else {
    const solved = solveRow(parameters, side, ratings, model, data.training.value.length);
    if (!solved.ok) return solved;
    const { factors, bias } = solved.value;
    after = [...factors, ...(bias === null ? [] : [bias])];
  }

  const predictAfter = (partner: number) => predictWithRow(parameters, side, partner, after);
  const place = (partner: number) => (side === 'users' ? ([row, partner] as const) : ([partner, row] as const));
  const z = new Float64Array(size);
  const shown = Array.from(ratings.partner, (partner, at) => {
    writePartner(z, parameters, side, partner);
    const rating = ratings.value[at] ?? 0;
    return {
      partner,
      rating,
      target: rating - restOf(parameters, side, partner),
      z: [...z],
      predicted: predict(parameters, ...place(partner)),
      newPredicted: predictAfter(partner),
    };
  });
  return ok({
    side,
    row,
    ratings: shown,
    beta: model.beta,
    lambda,
    A,
    b: [...y],
    numbers: before.map((number, f) => ({ before: number, after: after[f] ?? 0, alone: alone[f] ?? null })),
    hasBias: size > k,
    hasMean: mu !== null,
    predicted: predict(parameters, user, item),
    newPredicted: predictAfter(side === 'users' ? item : user),
  });
}

/** r̂ of the row with `numbers` in its place: summed as `predict` sums. */
function predictWithRow(parameters: Parameters, side: Side, partner: number, numbers: readonly number[]): number {
  const { k, P, Q, bu, bi, mu } = parameters;
  const row = Float64Array.from(numbers.slice(0, k));
  const other = (side === 'users' ? Q : P).subarray(partner * k, (partner + 1) * k);
  const bias = Float64Array.of(numbers[k] ?? 0);
  const otherBias = Float64Array.of((side === 'users' ? bi : bu)?.[partner] ?? 0);
  const users = side === 'users';
  return predict(
    {
      k,
      P: users ? row : other,
      Q: users ? other : row,
      bu: bu && (users ? bias : otherBias),
      bi: bi && (users ? otherBias : bias),
      mu,
    },
    0,
    0,
  );
}

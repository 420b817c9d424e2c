import type { Measures } from './history.ts';
import { type ModelSettings, penaltyOf } from './model.ts';
import type { Parameters } from './parameters.ts';
import { predict } from './predict.ts';
import type { RatingColumns, TrainingData } from './training-data.ts';

/** How far predictions are from ratings; null where there is none, or where the figure overflowed. */
export interface ErrorFigures {
  readonly rmse: number | null;
  readonly mae: number | null;
}

const NOTHING: ErrorFigures = { rmse: null, mae: null };

function finiteOrNull(value: number): number | null {
  return value - value === 0 ? value : null;
}

/** RMSE = √(Σe²/N) and MAE = Σ|e|/N of the predictions that `predictAt` makes for each row of `columns`. */
export function errorFigures(columns: RatingColumns, predictAt: (user: number, item: number) => number): ErrorFigures {
  const count = columns.user.length;
  if (count === 0) return NOTHING;
  let squares = 0;
  let sizes = 0;
  for (let at = 0; at < count; at += 1) {
    const e = (columns.value[at] ?? 0) - predictAt(columns.user[at] ?? 0, columns.item[at] ?? 0);
    squares += e * e;
    sizes += Math.abs(e);
  }
  return { rmse: finiteOrNull(Math.sqrt(squares / count)), mae: finiteOrNull(sizes / count) };
}

/**
 * RMSE and MAE over training and held-out ratings with the parameters as they stand, and the objective:
 *
 *     SGD, momentum, ALS   Σ over training ratings of e² + (β/2)·(‖p_u‖² + ‖q_i‖² [+ b_u² + b_i²])
 *     Adam                 (1/N)·Σ ½e² + (β/2)·(‖P‖² + ‖Q‖² [+ ‖b‖²])
 *
 * Added up rating by rating, and within one factor by factor, as the notebook does. A figure that is not finite is null.
 */
export function measure(parameters: Parameters, data: TrainingData, model: ModelSettings): Measures {
  const { k, P, Q, bu, bi, mu } = parameters;
  const { user, item, value } = data.training;
  const count = user.length;
  const halfBeta = model.beta / 2;
  // A weight of 0 leaves the penalty per rating out.
  const perRating = penaltyOf(model.optimizer) === 'per-rating';
  const weight = perRating ? halfBeta : 0;
  let squares = 0;
  let sizes = 0;
  let objective = 0;
  let pu = (user[0] ?? 0) * k;
  let qi = (item[0] ?? 0) * k;
  let dot = 0;
  if (count > 0) for (let f = 0; f < k; f += 1) dot += (P[pu + f] ?? 0) * (Q[qi + f] ?? 0);
  for (let at = 0; at < count; at += 1) {
    let predicted = dot;
    let biasSquares = 0;
    if (bu !== null && bi !== null) {
      const b = bu[user[at] ?? 0] ?? 0;
      const c = bi[item[at] ?? 0] ?? 0;
      predicted = mu === null ? dot + b + c : mu + b + c + dot;
      biasSquares = b * b + c * c;
    }
    const e = (value[at] ?? 0) - predicted;
    squares += e * e;
    sizes += Math.abs(e);
    objective += e * e;
    // p·q of the next rating is added up beside the penalty of this one: two sums that do not wait for each other.
    const next = at + 1 < count ? at + 1 : at;
    const nextPu = (user[next] ?? 0) * k;
    const nextQi = (item[next] ?? 0) * k;
    dot = 0;
    if (weight === 0) {
      for (let f = 0; f < k; f += 1) dot += (P[nextPu + f] ?? 0) * (Q[nextQi + f] ?? 0);
    } else {
      for (let f = 0; f < k; f += 1) {
        const p = P[pu + f] ?? 0;
        const q = Q[qi + f] ?? 0;
        objective += weight * (p * p + q * q);
        dot += (P[nextPu + f] ?? 0) * (Q[nextQi + f] ?? 0);
      }
      objective += weight * biasSquares;
    }
    pu = nextPu;
    qi = nextQi;
  }
  if (!perRating && count > 0) {
    let norms = 0;
    for (const numbers of [P, Q, bu, bi]) {
      if (numbers === null) continue;
      for (let at = 0; at < numbers.length; at += 1) norms += (numbers[at] ?? 0) * (numbers[at] ?? 0);
    }
    objective = squares / (2 * count) + halfBeta * norms;
  }
  const heldOut =
    data.heldOut.user.length === 0 ? NOTHING : errorFigures(data.heldOut, (u, i) => predict(parameters, u, i));
  return {
    rmseSeen: count === 0 ? null : finiteOrNull(Math.sqrt(squares / count)),
    rmseHeldOut: heldOut.rmse,
    maeSeen: count === 0 ? null : finiteOrNull(sizes / count),
    maeHeldOut: heldOut.mae,
    objective: count === 0 ? null : finiteOrNull(objective),
  };
}

import type { Side } from '../edit-rows.ts';
import type { ModelSettings } from '../model.ts';
import type { Parameters } from '../parameters.ts';
import { predict } from '../predict.ts';
import { ok, type Result } from '../problem.ts';
import type { RatingColumns } from '../training-data.ts';
import { type RowRatings, ratingsOfRow } from './row-ratings.ts';
import { factorizeRow, restOf, ridgeOf, rowSystem, writePartner } from './row-solver.ts';
import { solveFactorized } from './solve.ts';

/** What one of the row's own ratings has to do with a prediction. */
export interface OwnRating {
  /** The rated item (of a user), the rating user (of an item). */
  readonly partner: number;
  readonly value: number;
  /** μ + b of the partner: what any row would be expected to give. */
  readonly rest: number;
  readonly weight: number;
  /** weight · (value − rest). */
  readonly contribution: number;
}

/** A prediction as a weighted sum of the row's own ratings. */
export interface Weights {
  /** In the order of the columns. */
  readonly ratings: readonly OwnRating[];
  /** μ + b of the chosen partner, which stands beside the sum. */
  readonly rest: number;
  /** rest + Σ contributions: r̂ if the row were solved exactly. */
  readonly ridge: number;
  /** r̂ as the run stands. */
  readonly predicted: number;
  /** predicted − ridge: how far training has not yet brought the row. 0 in a run that has settled. */
  readonly unfinished: number;
}

/**
 * Because of which ratings: with Q held, p_u solves a ridge system (see `row-solver`), so
 *
 *     r̂ = rest_i + Σ_j w_j (r_j − rest_j),        w_j = z_iᵀ (Σ z zᵀ + ridge·I)⁻¹ z_j
 *
 * over the user's training ratings. Rotating P and Q changes no w_j. With `side` 'items' the same with P held: over the
 * ratings that the item has. A row without ratings has no weights: then r̂ stands against `rest` alone.
 */
export function explainByWeights(
  parameters: Parameters,
  columns: RatingColumns,
  model: ModelSettings,
  side: Side,
  row: number,
  partner: number,
): Result<Weights> {
  const own = ratingsOfRow(columns, side, row);
  const predicted = side === 'users' ? predict(parameters, row, partner) : predict(parameters, partner, row);
  const rest = restOf(parameters, side, partner);
  const weighed = weigh(parameters, own, columns.value.length, model, side, partner);
  if (!weighed.ok) return weighed;
  let ridge = rest;
  for (const { contribution } of weighed.value) ridge += contribution;
  return ok({ ratings: weighed.value, rest, ridge, predicted, unfinished: predicted - ridge });
}

/** Each own rating with its weight; x = A⁻¹ z_i is solved once, then w_j = x·z_j. */
function weigh(
  parameters: Parameters,
  own: RowRatings,
  ofAll: number,
  model: ModelSettings,
  side: Side,
  chosen: number,
): Result<OwnRating[]> {
  const count = own.partner.length;
  if (count === 0) return ok([]);
  const system = rowSystem(parameters, side, own, ridgeOf(model, count, ofAll));
  const factorized = factorizeRow(system, own, model);
  if (!factorized.ok) return factorized;
  const z = new Float64Array(system.size);
  writePartner(z, parameters, side, chosen);
  const x = solveFactorized(factorized.value, z);
  return ok(
    Array.from(own.partner, (partner, at) => {
      writePartner(z, parameters, side, partner);
      let weight = 0;
      for (let f = 0; f < z.length; f += 1) weight += (x[f] ?? 0) * (z[f] ?? 0);
      const value = own.value[at] ?? 0;
      const rest = restOf(parameters, side, partner);
      return { partner, value, rest, weight, contribution: weight * (value - rest) };
    }),
  );
}

import type { ModelSettings } from '../model.ts';
import type { Parameters } from '../parameters.ts';
import { ok, type Result } from '../problem.ts';
import type { RowRatings } from './row-ratings.ts';
import { restOf, type SolvedRow, solveRow } from './row-solver.ts';

/** A user the run never saw: their row, and r̂ of all n items. */
export interface FoldedUser extends SolvedRow {
  readonly predictions: Float64Array;
}

/**
 * Folds a new user in: p_u (and b_u) solved from their ratings alone with Q, b_i and μ held. Without a rating nothing is
 * known of them: p_u = 0, b_u = 0, so r̂ = μ + b_i. Refused with the reason where β = 0 leaves p_u open.
 *
 * ratings: partner = item; ofAll: training ratings of the run, without these.
 */
export function foldInUser(
  parameters: Parameters,
  ratings: RowRatings,
  model: ModelSettings,
  ofAll: number,
): Result<FoldedUser> {
  const count = ratings.partner.length;
  const nobody: SolvedRow = { factors: new Float64Array(parameters.k), bias: parameters.bu === null ? null : 0 };
  const solved = count === 0 ? ok(nobody) : solveRow(parameters, 'users', ratings, model, ofAll + count);
  return solved.ok ? ok({ ...solved.value, predictions: predictRow(parameters, solved.value) }) : solved;
}

/** r̂ of one user's row with every item: μ + b_u + b_i + p·q. */
function predictRow(parameters: Parameters, { factors, bias }: SolvedRow): Float64Array {
  const { k, Q } = parameters;
  const predictions = new Float64Array(Q.length / k);
  for (let i = 0; i < predictions.length; i += 1) {
    let dot = 0;
    for (let f = 0; f < k; f += 1) dot += (factors[f] ?? 0) * (Q[i * k + f] ?? 0);
    predictions[i] = restOf(parameters, 'users', i) + (bias ?? 0) + dot;
  }
  return predictions;
}

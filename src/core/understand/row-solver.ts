import type { Side } from '../edit-rows.ts';
import type { ModelSettings } from '../model.ts';
import type { Parameters } from '../parameters.ts';
import { fail, ok, type Problem, type Result } from '../problem.ts';
import type { RowRatings } from './row-ratings.ts';
import { type Cholesky, factorize, solveFactorized } from './solve.ts';

/*
 * One row of P (or Q) has a best value in closed form once everything else is held. With z_j = (q_j, 1) where there are
 * biases and z_j = q_j where there are none, w = (p_u, b_u), and rest_j = μ + b_j, the part of the objective with w in it is
 *
 *     Σ_j (r_j − rest_j − z_j·w)² + ridge·‖w‖²        j over the n training ratings of the row
 *
 * whose minimum is where
 *
 *     (Σ_j z_j z_jᵀ + ridge·I) w = Σ_j (r_j − rest_j) z_j
 *
 * Source: Hu, Koren and Volinsky, 2008 (alternating least squares); the ridge follows from the objective in `metrics`.
 */

/** What a row is when it is best: k factors, and its bias where the prediction has one. */
export interface SolvedRow {
  readonly factors: Float64Array;
  readonly bias: number | null;
}

/** Σ z zᵀ + ridge·I (size × size, lower triangle) and Σ (r − rest) z. */
export interface RowSystem {
  readonly size: number;
  readonly A: Float64Array;
  readonly y: Float64Array;
}

/** The part of r̂ that the row has no say in: μ + b of the partner; 0 without biases. */
export function restOf(parameters: Parameters, side: Side, partner: number): number {
  const bias = side === 'users' ? parameters.bi : parameters.bu;
  return (parameters.mu ?? 0) + (bias?.[partner] ?? 0);
}

/** Writes z of a partner: its k factors, then 1 where the row has a bias. */
export function writePartner(z: Float64Array, parameters: Parameters, side: Side, partner: number): void {
  const { k, P, Q } = parameters;
  const matrix = side === 'users' ? Q : P;
  for (let f = 0; f < k; f += 1) z[f] = matrix[partner * k + f] ?? 0;
  if (z.length > k) z[k] = 1;
}

/**
 * What the penalty adds to the diagonal. SGD counts (β/2)(‖p_u‖² + b_u²) once a rating: n·β/2. Adam counts it once a
 * parameter, beside (1/N)·Σ ½e²: N·β. ofRow: the row's training ratings; ofAll: everybody's.
 */
export function ridgeOf(model: ModelSettings, ofRow: number, ofAll: number): number {
  return model.optimizer.kind === 'adam' ? ofAll * model.beta : (ofRow * model.beta) / 2;
}

/** The normal equations of one row. */
export function rowSystem(parameters: Parameters, side: Side, ratings: RowRatings, ridge: number): RowSystem {
  const size = parameters.k + (parameters.bu === null ? 0 : 1);
  const A = new Float64Array(size * size);
  const y = new Float64Array(size);
  const z = new Float64Array(size);
  for (let at = 0; at < ratings.partner.length; at += 1) {
    const partner = ratings.partner[at] ?? 0;
    writePartner(z, parameters, side, partner);
    const target = (ratings.value[at] ?? 0) - restOf(parameters, side, partner);
    for (let f = 0; f < size; f += 1) {
      const zf = z[f] ?? 0;
      y[f] = (y[f] ?? 0) + target * zf;
      for (let g = 0; g <= f; g += 1) A[f * size + g] = (A[f * size + g] ?? 0) + zf * (z[g] ?? 0);
    }
  }
  for (let f = 0; f < size; f += 1) A[f * size + f] = (A[f * size + f] ?? 0) + ridge;
  return { size, A, y };
}

/** The normal equations factorized; refused with the reason where the ratings leave w open (β = 0 and too few of them). */
export function factorizeRow(system: RowSystem, ratings: RowRatings, model: ModelSettings): Result<Cholesky> {
  const factorized = factorize(system.A, system.size);
  if (factorized.ok || factorized.problem.code !== 'out-of-range') return factorized;
  return fail(openRow(model.beta, ratings.partner.length, system.size));
}

/** Why a row has no single best value. */
function openRow(beta: number, ratings: number, unknowns: number): Problem {
  const noun = ratings === 1 ? 'rating' : 'ratings';
  return {
    code: 'out-of-range',
    got: `β = ${beta}`,
    expected: `a larger β settles ${unknowns} unknowns from ${ratings} ${noun}`,
  };
}

/**
 * The exact minimizer of the objective for one row with everything else held (above). ratings: the row's training ratings;
 * ofAll: how many there are of everybody's, which only Adam's objective asks. A row without ratings has none: refused, and
 * the caller leaves it as it stands. The base of fold-in, of weights, and of ALS.
 */
export function solveRow(
  parameters: Parameters,
  side: Side,
  ratings: RowRatings,
  model: ModelSettings,
  ofAll: number,
): Result<SolvedRow> {
  const count = ratings.partner.length;
  if (count === 0) return fail({ code: 'out-of-range', got: '0 ratings', expected: 'at least 1' });
  const system = rowSystem(parameters, side, ratings, ridgeOf(model, count, ofAll));
  const factorized = factorizeRow(system, ratings, model);
  if (!factorized.ok) return factorized;
  const w = solveFactorized(factorized.value, system.y);
  const { k } = parameters;
  return ok({ factors: w.slice(0, k), bias: system.size > k ? (w[k] ?? 0) : null });
}

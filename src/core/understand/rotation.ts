import type { Parameters } from '../parameters.ts';
import type { ItemIndex, UserIndex } from '../ratings.ts';
import { decompose } from './svd.ts';

/** An angle without trigonometry: the point (c, s) of the unit circle at it, c² + s² = 1. */
export interface Angle {
  readonly c: number;
  readonly s: number;
}

export const NO_TURN: Angle = { c: 1, s: 0 };

/** The angle at which (x, y) lies, a pointer on the dial for instance; no turn for (0, 0). */
export function angleOfPoint(x: number, y: number): Angle {
  const size = Math.max(Math.abs(x), Math.abs(y));
  if (!(size > 0)) return NO_TURN;
  const c = x / size;
  const s = y / size;
  const length = Math.sqrt(c * c + s * s);
  return { c: c / length, s: s / length };
}

/**
 * Turns P and Q together in the plane of factors a and b; biases and μ stay. Every number of the two columns changes, R̂ and
 * the objective do not:
 *
 *     p_a' = c·p_a − s·p_b        p_b' = s·p_a + c·p_b        q likewise
 */
export function rotatePlane(parameters: Parameters, a: number, b: number, { c, s }: Angle): Parameters {
  const { k } = parameters;
  const turn = (matrix: Float64Array): Float64Array => {
    const turned = matrix.slice();
    for (let row = 0; row < turned.length; row += k) {
      const x = matrix[row + a] ?? 0;
      const y = matrix[row + b] ?? 0;
      turned[row + a] = c * x - s * y;
      turned[row + b] = s * x + c * y;
    }
    return turned;
  };
  return { ...parameters, P: turn(parameters.P), Q: turn(parameters.Q) };
}

/**
 * The angles at which factor `a` has no share in r̂ of a cell: p_a'·q_a' = 0 where p_a' = 0, at (c, s) ∝ (p_b, p_a), or where
 * q_a' = 0, at (q_b, q_a). The two with c ≥ 0 (each also works turned half around), the smaller turn first. NO_TURN stands for
 * a vector that is zero in the plane: then every angle does.
 */
export function anglesWithoutShare(
  { k, P, Q }: Parameters,
  a: number,
  b: number,
  user: UserIndex,
  item: ItemIndex,
): [Angle, Angle] {
  const at = (x: number, y: number): Angle => {
    const angle = angleOfPoint(x, y);
    const half = angle.c < 0 || (angle.c === 0 && angle.s < 0);
    // + 0 turns −0 into 0.
    return half ? { c: -angle.c + 0, s: -angle.s + 0 } : angle;
  };
  const ofUser = at(P[user * k + b] ?? 0, P[user * k + a] ?? 0);
  const ofItem = at(Q[item * k + b] ?? 0, Q[item * k + a] ?? 0);
  return ofItem.c > ofUser.c ? [ofItem, ofUser] : [ofUser, ofItem];
}

/** X W, with X rows × k and W k × k, all row by row. */
export function timesSquare(X: Float64Array, W: Float64Array, k: number): Float64Array {
  const product = new Float64Array(X.length);
  for (let row = 0; row < X.length; row += k) {
    for (let g = 0; g < k; g += 1) {
      let sum = 0;
      for (let f = 0; f < k; f += 1) sum += (X[row + f] ?? 0) * (W[f * k + g] ?? 0);
      product[row + g] = sum;
    }
  }
  return product;
}

/**
 * Orthogonal Procrustes: the rotation (or reflection) W, k × k, that brings A closest to B (both rows × k):
 *
 *     min over W of ‖A W − B‖_F   ⇒   W = U Vᵀ,   AᵀB = U S Vᵀ
 *
 * Source: Schönemann, 1966. To compare factors stack P on Q, for both turn together.
 */
export function bestRotation(A: Float64Array, B: Float64Array, k: number): Float64Array {
  const M = new Float64Array(k * k);
  for (let row = 0; row < A.length; row += k) {
    for (let f = 0; f < k; f += 1) {
      for (let g = 0; g < k; g += 1) M[f * k + g] = (M[f * k + g] ?? 0) + (A[row + f] ?? 0) * (B[row + g] ?? 0);
    }
  }
  const { U, V } = decompose(M, k);
  const W = new Float64Array(k * k);
  for (let f = 0; f < k; f += 1) {
    for (let g = 0; g < k; g += 1) {
      let sum = 0;
      for (let h = 0; h < k; h += 1) sum += (U[f * k + h] ?? 0) * (V[g * k + h] ?? 0);
      W[f * k + g] = sum;
    }
  }
  return W;
}

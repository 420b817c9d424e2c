import type { ModelSettings, MomentumSettings } from '../../core/model.ts';
import type { TrainingState } from '../../core/parameters.ts';
import type { Stretch } from '../engine.ts';

/**
 * Heavy-ball momentum (Polyak, 1964) on the updates of SGD: every number has a velocity v, which keeps a share γ of itself and
 * takes up what SGD would multiply by α. Only the rows of the rating visited move, and only their velocities change.
 *
 *     e = r − r̂
 *     v_bu = γ·v_bu + (2·e − β·b_u)          b_u += α·v_bu          the same for b_i
 *     for each k:  v_p = γ·v_p + (2·e·q_k − β·p_k)     p_k += α·v_p
 *                  v_q = γ·v_q + (2·e·p_k − β·q_k)     q_k += α·v_q
 *                        sequential: with the p_k just written; simultaneous: with the old p_k
 *
 * γ = 0 is SGD, bit for bit. A push that lasts is followed α/(1 − γ) as far: with γ = .9, ten times. Non-negative factors:
 * p_k and q_k become max(0, ·) as they are written; their velocities stay.
 */
export function runMomentum(
  state: TrainingState,
  model: ModelSettings,
  { update, momentum }: MomentumSettings,
  stretch: Stretch,
  alpha: number,
): number {
  const { velocity = null } = state;
  if (velocity === null) return 0;
  const { k, P, Q, bu, bi, mu } = state.parameters;
  const { beta } = model;
  const sequential = update === 'sequential';
  const least = model.nonNegative ? 0 : Number.NEGATIVE_INFINITY;
  const { columns, from, to, limit } = stretch;
  const { user, item, value } = columns;
  let e = stretch.error;
  let at = from;
  for (; at < to; at += 1) {
    const u = user[at] ?? 0;
    const i = item[at] ?? 0;
    const pu = u * k;
    const qi = i * k;
    let dot = 0;
    for (let f = 0; f < k; f += 1) dot += (P[pu + f] ?? 0) * (Q[qi + f] ?? 0);
    const b = bu?.[u] ?? 0;
    const c = bi?.[i] ?? 0;
    const predicted = bu === null ? dot : mu === null ? dot + b + c : mu + b + c + dot;
    const error = (value[at] ?? 0) - predicted;
    if (!(Math.abs(error) < limit)) break;
    e = error;
    const twice = 2 * error;
    if (bu !== null && bi !== null && velocity.bu !== null && velocity.bi !== null) {
      const vb = momentum * (velocity.bu[u] ?? 0) + (twice - beta * b);
      const vc = momentum * (velocity.bi[i] ?? 0) + (twice - beta * c);
      velocity.bu[u] = vb;
      velocity.bi[i] = vc;
      bu[u] = b + alpha * vb;
      bi[i] = c + alpha * vc;
    }
    for (let f = 0; f < k; f += 1) {
      const p = P[pu + f] ?? 0;
      const q = Q[qi + f] ?? 0;
      const vp = momentum * (velocity.P[pu + f] ?? 0) + (twice * q - beta * p);
      const moved = p + alpha * vp;
      const written = moved < least ? least : moved;
      const vq = momentum * (velocity.Q[qi + f] ?? 0) + (twice * (sequential ? written : p) - beta * q);
      const other = q + alpha * vq;
      velocity.P[pu + f] = vp;
      velocity.Q[qi + f] = vq;
      P[pu + f] = written;
      Q[qi + f] = other < least ? least : other;
    }
  }
  stretch.error = e;
  return at - from;
}

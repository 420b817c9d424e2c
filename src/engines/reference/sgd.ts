import type { ModelSettings } from '../../core/model.ts';
import type { Parameters } from '../../core/parameters.ts';
import type { Stretch } from '../engine.ts';

/**
 * Stochastic gradient descent, one update a rating: the notebook's loops.
 *
 *     e = r − r̂
 *     b_u += α(2·e − β·b_u)          b_i += α(2·e − β·b_i)
 *     for each k:  p_k += α(2·e·q_k − β·p_k)
 *                  q_k += α(2·e·p_k − β·q_k)     sequential: with the p_k just written
 *                                                simultaneous: with the old p_k
 *
 * Without biases and with them are two loops, because the small one is what a 6 × 4 matrix spends its time in.
 */
export function runSgd(
  parameters: Parameters,
  { beta }: ModelSettings,
  update: 'sequential' | 'simultaneous',
  stretch: Stretch,
  alpha: number,
): number {
  const sequential = update === 'sequential';
  const { bu, bi, mu } = parameters;
  return bu === null || bi === null
    ? visitFactors(parameters, alpha, beta, stretch, sequential)
    : visitBiased(parameters, alpha, beta, stretch, sequential, bu, bi, mu);
}

/** r̂ = p·q. */
function visitFactors(
  parameters: Parameters,
  alpha: number,
  beta: number,
  stretch: Stretch,
  sequential: boolean,
): number {
  const { k, P, Q } = parameters;
  const { columns, from, to, limit } = stretch;
  const { user, item, value } = columns;
  let e = stretch.error;
  let at = from;
  for (; at < to; at += 1) {
    const pu = (user[at] ?? 0) * k;
    const qi = (item[at] ?? 0) * k;
    let dot = 0;
    for (let f = 0; f < k; f += 1) dot += (P[pu + f] ?? 0) * (Q[qi + f] ?? 0);
    const error = (value[at] ?? 0) - dot;
    if (!(Math.abs(error) < limit)) break;
    e = error;
    const twice = 2 * error;
    for (let f = 0; f < k; f += 1) {
      const p = P[pu + f] ?? 0;
      const q = Q[qi + f] ?? 0;
      const written = p + alpha * (twice * q - beta * p);
      P[pu + f] = written;
      Q[qi + f] = q + alpha * (twice * (sequential ? written : p) - beta * q);
    }
  }
  stretch.error = e;
  return at - from;
}

/** r̂ = (p·q + b_u) + b_i, or ((μ + b_u) + b_i) + p·q. */
function visitBiased(
  parameters: Parameters,
  alpha: number,
  beta: number,
  stretch: Stretch,
  sequential: boolean,
  bu: Float64Array,
  bi: Float64Array,
  mu: number | null,
): number {
  const { k, P, Q } = parameters;
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
    const b = bu[u] ?? 0;
    const c = bi[i] ?? 0;
    const error = (value[at] ?? 0) - (mu === null ? dot + b + c : mu + b + c + dot);
    if (!(Math.abs(error) < limit)) break;
    e = error;
    const twice = 2 * error;
    bu[u] = b + alpha * (twice - beta * b);
    bi[i] = c + alpha * (twice - beta * c);
    for (let f = 0; f < k; f += 1) {
      const p = P[pu + f] ?? 0;
      const q = Q[qi + f] ?? 0;
      const written = p + alpha * (twice * q - beta * p);
      P[pu + f] = written;
      Q[qi + f] = q + alpha * (twice * (sequential ? written : p) - beta * q);
    }
  }
  stretch.error = e;
  return at - from;
}

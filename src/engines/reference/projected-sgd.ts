import type { ModelSettings } from '../../core/model.ts';
import type { Parameters } from '../../core/parameters.ts';
import type { Stretch } from '../engine.ts';

/**
 * SGD with non-negative factors: the updates of `sgd`, and what they make negative becomes 0 (projected gradient). Biases are
 * free.
 *
 *     e = r − r̂
 *     b_u += α(2·e − β·b_u)          b_i += α(2·e − β·b_i)
 *     for each k:  p_k = max(0, p_k + α(2·e·q_k − β·p_k))
 *                  q_k = max(0, q_k + α(2·e·p_k − β·q_k))     sequential: with the p_k just written
 *                                                             simultaneous: with the old p_k
 *
 * A loop of its own, so that the one without projection stays as quick as it is. A number that is none stays none.
 */
export function runProjectedSgd(
  parameters: Parameters,
  model: ModelSettings,
  update: 'sequential' | 'simultaneous',
  stretch: Stretch,
  alpha: number,
): number {
  const { k, P, Q, bu, bi, mu } = parameters;
  const { beta } = model;
  const sequential = update === 'sequential';
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
    if (bu !== null && bi !== null) {
      bu[u] = b + alpha * (twice - beta * b);
      bi[i] = c + alpha * (twice - beta * c);
    }
    for (let f = 0; f < k; f += 1) {
      const p = P[pu + f] ?? 0;
      const q = Q[qi + f] ?? 0;
      const moved = p + alpha * (twice * q - beta * p);
      const written = moved < 0 ? 0 : moved;
      const other = q + alpha * (twice * (sequential ? written : p) - beta * q);
      P[pu + f] = written;
      Q[qi + f] = other < 0 ? 0 : other;
    }
  }
  stretch.error = e;
  return at - from;
}

import type { Parameters } from './parameters.ts';
import type { ItemIndex, UserIndex } from './ratings.ts';

/** p_u · q_i, summed from factor 1 to k starting at 0. */
export function dotProduct(parameters: Parameters, user: UserIndex, item: ItemIndex): number {
  const { k, P, Q } = parameters;
  const p = user * k;
  const q = item * k;
  let dot = 0;
  for (let f = 0; f < k; f += 1) dot += (P[p + f] ?? 0) * (Q[q + f] ?? 0);
  return dot;
}

/**
 * r̂ = p·q | (p·q + b_u) + b_i | ((μ + b_u) + b_i) + p·q, in exactly that order: double precision then gives the same
 * bits as the notebook, the chapter's torch code and the usual biased SVD.
 */
export function predict(parameters: Parameters, user: UserIndex, item: ItemIndex): number {
  const dot = dotProduct(parameters, user, item);
  const { bu, bi, mu } = parameters;
  if (bu === null || bi === null) return dot;
  const userBias = bu[user] ?? 0;
  const itemBias = bi[item] ?? 0;
  return mu === null ? dot + userBias + itemBias : mu + userBias + itemBias + dot;
}

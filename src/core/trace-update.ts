import type { ModelSettings } from './model.ts';
import type { Parameters } from './parameters.ts';
import { predict } from './predict.ts';
import type { ItemIndex, UserIndex } from './ratings.ts';
import type { BiasTrace, FactorTrace, UpdateTrace } from './trace.ts';

/**
 * Spells out the SGD update that visiting this rating would make, with the bits the engine writes; changes nothing.
 * Null under Adam, whose update belongs to a batch, under ALS, whose update belongs to a row, and under momentum, whose update
 * belongs to all the visits before it too. alpha: the one in force (`alphaAt`), where there is a schedule.
 */
export function traceUpdate(
  parameters: Parameters,
  user: UserIndex,
  item: ItemIndex,
  rating: number,
  model: ModelSettings,
  alpha = model.alpha,
): UpdateTrace | null {
  if (model.optimizer.kind !== 'sgd') return null;
  const { beta } = model;
  const written = (value: number) => (model.nonNegative && value < 0 ? 0 : value);
  const { update } = model.optimizer;
  const { k, P, Q, bu, bi, mu } = parameters;
  const predicted = predict(parameters, user, item);
  const e = rating - predicted;
  const bias = (before: number): BiasTrace => {
    const gradient = 2 * e - beta * before;
    return { before, gradient, after: before + alpha * gradient };
  };
  const factors: FactorTrace[] = [];
  for (let f = 0; f < k; f += 1) {
    const p = P[user * k + f] ?? 0;
    const q = Q[item * k + f] ?? 0;
    const gradientP = 2 * e * q - beta * p;
    const newP = written(p + alpha * gradientP);
    const gradientQ = 2 * e * (update === 'sequential' ? newP : p) - beta * q;
    const newQ = written(q + alpha * gradientQ);
    factors.push({ p, q, product: p * q, gradientP, gradientQ, newP, newQ });
  }
  return {
    user,
    item,
    rating,
    predicted,
    error: e,
    alpha,
    beta,
    mu,
    update,
    factors,
    userBias: bu === null ? null : bias(bu[user] ?? 0),
    itemBias: bi === null ? null : bias(bi[item] ?? 0),
  };
}

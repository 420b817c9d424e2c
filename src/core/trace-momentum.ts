import type { ModelSettings } from './model.ts';
import type { Parameters, Velocity } from './parameters.ts';
import { predict } from './predict.ts';
import type { ItemIndex, UserIndex } from './ratings.ts';

/** One number's part in one visit of momentum. */
export interface VelocityTrace {
  readonly before: number;
  /** What 2·e is multiplied by; null for a bias. */
  readonly partner: number | null;
  /** v before. */
  readonly velocity: number;
  /** γ·v + (2·e·partner − β·before): what α multiplies. */
  readonly newVelocity: number;
  readonly after: number;
}

/** One visit of momentum as data. */
export interface MomentumTrace {
  readonly rating: number;
  /** e = r − r̂. */
  readonly error: number;
  readonly alpha: number;
  readonly beta: number;
  /** γ. */
  readonly momentum: number;
  readonly update: 'sequential' | 'simultaneous';
  readonly factors: readonly { readonly p: VelocityTrace; readonly q: VelocityTrace }[];
  readonly userBias: VelocityTrace | null;
  readonly itemBias: VelocityTrace | null;
}

/**
 * Spells out the update that visiting this rating would make under momentum, with the bits the engine writes; changes nothing.
 * `velocity` has the rows of `parameters`. Null under any other optimizer. alpha: the one in force (`alphaAt`).
 */
export function traceMomentum(
  parameters: Parameters,
  velocity: Velocity,
  user: UserIndex,
  item: ItemIndex,
  rating: number,
  model: ModelSettings,
  alpha = model.alpha,
): MomentumTrace | null {
  if (model.optimizer.kind !== 'momentum') return null;
  const { beta } = model;
  const { update, momentum } = model.optimizer;
  const { k, P, Q, bu, bi } = parameters;
  const error = rating - predict(parameters, user, item);
  const twice = 2 * error;
  const bias = (before: number, old: number): VelocityTrace => {
    const newVelocity = momentum * old + (twice - beta * before);
    return { before, partner: null, velocity: old, newVelocity, after: before + alpha * newVelocity };
  };
  const factor = (before: number, partner: number, old: number): VelocityTrace => {
    const newVelocity = momentum * old + (twice * partner - beta * before);
    const moved = before + alpha * newVelocity;
    return { before, partner, velocity: old, newVelocity, after: model.nonNegative && moved < 0 ? 0 : moved };
  };
  const factors = Array.from({ length: k }, (_, f) => {
    const before = P[user * k + f] ?? 0;
    const other = Q[item * k + f] ?? 0;
    const p = factor(before, other, velocity.P[user * k + f] ?? 0);
    const q = factor(other, update === 'sequential' ? p.after : before, velocity.Q[item * k + f] ?? 0);
    return { p, q };
  });
  return {
    rating,
    error,
    alpha,
    beta,
    momentum,
    update,
    factors,
    userBias: bu === null ? null : bias(bu[user] ?? 0, velocity.bu?.[user] ?? 0),
    itemBias: bi === null ? null : bias(bi[item] ?? 0, velocity.bi?.[item] ?? 0),
  };
}

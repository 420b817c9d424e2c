import type { ItemIndex, UserIndex } from './ratings.ts';

/** One factor's part in one update, every product spelled out. */
export interface FactorTrace {
  /** p_uk and q_ik before. */
  readonly p: number;
  readonly q: number;
  /** p·q, this factor's share of r̂. */
  readonly product: number;
  /** 2·e·q_k − β·p_k: what α multiplies for p. */
  readonly gradientP: number;
  /** 2·e·p_k − β·q_k, with the p_k that the update rule reads (just written, or old). */
  readonly gradientQ: number;
  readonly newP: number;
  readonly newQ: number;
}

/** One bias's part in one update. */
export interface BiasTrace {
  readonly before: number;
  /** 2·e − β·b. */
  readonly gradient: number;
  readonly after: number;
}

/** One SGD update as data: pick → predict → error → update p → update q. For Adam, the last rating of the batch and null gradients' partners stay out. */
export interface UpdateTrace {
  readonly user: UserIndex;
  readonly item: ItemIndex;
  readonly rating: number;
  readonly predicted: number;
  /** e = r − r̂. */
  readonly error: number;
  readonly alpha: number;
  readonly beta: number;
  readonly mu: number | null;
  readonly update: 'sequential' | 'simultaneous';
  readonly factors: readonly FactorTrace[];
  readonly userBias: BiasTrace | null;
  readonly itemBias: BiasTrace | null;
}

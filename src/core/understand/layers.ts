import type { Parameters } from '../parameters.ts';
import { predict } from '../predict.ts';
import type { ItemIndex, UserIndex } from '../ratings.ts';

/** What r̂ of a cell is added up from. Arithmetic, not reasons: a rotation changes the factors' shares and not r̂. */
export interface Shares {
  /** Null where the prediction has none. */
  readonly mean: number | null;
  readonly userBias: number | null;
  readonly itemBias: number | null;
  /** p_f·q_f for each factor. */
  readonly factors: readonly number[];
  readonly predicted: number;
}

/** The signed shares of one prediction: r̂ = μ + b_u + b_i + Σ_f p_f·q_f. */
export function sharesOf(parameters: Parameters, user: UserIndex, item: ItemIndex): Shares {
  const { k, P, Q, bu, bi, mu } = parameters;
  return {
    mean: mu,
    userBias: bu?.[user] ?? null,
    itemBias: bi?.[item] ?? null,
    factors: Array.from({ length: k }, (_, f) => (P[user * k + f] ?? 0) * (Q[item * k + f] ?? 0)),
    predicted: predict(parameters, user, item),
  };
}

/** Which layers are added: one switch for each factor, one for μ and one for each kind of bias (those that are not there add nothing). */
export interface LayerChoice {
  readonly factors: readonly boolean[];
  readonly mean: boolean;
  readonly userBias: boolean;
  readonly itemBias: boolean;
}

/** Everything on: the sum is R̂. */
export function allLayers(k: number): LayerChoice {
  return { factors: Array.from({ length: k }, () => true), mean: true, userBias: true, itemBias: true };
}

/** The sum of the chosen layers (m × n, row by row): Σ_f p_·f q_·fᵀ [+ μ] [+ b_u] [+ b_i]. All of them are R̂ to 1e-12. */
export function sumLayers(parameters: Parameters, choice: LayerChoice): Float64Array {
  const { k, P, Q, bu, bi, mu } = parameters;
  const m = P.length / k;
  const n = Q.length / k;
  const sum = new Float64Array(m * n);
  const mean = choice.mean ? (mu ?? 0) : 0;
  for (let u = 0; u < m; u += 1) {
    const ofUser = mean + (choice.userBias ? (bu?.[u] ?? 0) : 0);
    for (let i = 0; i < n; i += 1) {
      let dot = 0;
      for (let f = 0; f < k; f += 1) {
        if (choice.factors[f]) dot += (P[u * k + f] ?? 0) * (Q[i * k + f] ?? 0);
      }
      sum[u * n + i] = ofUser + (choice.itemBias ? (bi?.[i] ?? 0) : 0) + dot;
    }
  }
  return sum;
}

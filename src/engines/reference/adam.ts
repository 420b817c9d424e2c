import type { AdamSettings, ModelSettings } from '../../core/model.ts';
import type { AdamState, Parameters, TrainingState } from '../../core/parameters.ts';
import type { Stretch } from '../engine.ts';

/** Σ over the batch of the gradients, one number for every parameter. */
interface GradientSums {
  readonly P: Float64Array;
  readonly Q: Float64Array;
  readonly bu: Float64Array;
  readonly bi: Float64Array;
}

/**
 * Mini-batch Adam (Kingma and Ba, 2015) as torch computes it. All gradients of a batch are taken before any parameter is
 * written:
 *
 *     g = (Σ over the batch, in order, of (r̂ − r)·partner)/B + β·w          coupled weight decay
 *     g = the same without β·w, and first of all w = w·(1 − α·β)            decoupled (Loshchilov and Hutter, 2019)
 *     m = β1·m + (1 − β1)·g
 *     v = β2·v + (1 − β2)·(g·g)
 *     w −= (α/(1 − β1ᵗ)) · (m / (√v/√(1 − β2ᵗ) + ε))
 *
 * Non-negative factors: P and Q become max(0, ·) as they are written; their moments stay.
 *
 * β1ᵗ and β2ᵗ are running products, because `pow` differs between engines. Returns a runner that keeps its scratch space.
 */
export function createAdam(): (
  state: TrainingState,
  model: ModelSettings,
  settings: AdamSettings,
  stretch: Stretch,
  alpha: number,
) => number {
  let sums: GradientSums = {
    P: new Float64Array(0),
    Q: new Float64Array(0),
    bu: new Float64Array(0),
    bi: new Float64Array(0),
  };

  return (state, model, settings, stretch, alpha) => {
    const { parameters, adam } = state;
    if (adam === null) return 0;
    const { P, Q, bu, bi } = parameters;
    const { from, to } = stretch;
    const free: Step = { alpha, beta: model.beta, settings, least: Number.NEGATIVE_INFINITY };
    const factors: Step = model.nonNegative ? { ...free, least: 0 } : free;
    const users = bu?.length ?? 0;
    const items = bi?.length ?? 0;
    if (
      sums.P.length !== P.length ||
      sums.Q.length !== Q.length ||
      sums.bu.length !== users ||
      sums.bi.length !== items
    ) {
      sums = {
        P: new Float64Array(P.length),
        Q: new Float64Array(Q.length),
        bu: new Float64Array(users),
        bi: new Float64Array(items),
      };
    }
    for (let visit = from; visit < to; visit += 1) {
      const size = sumGradients(sums, parameters, settings.batch, visit, stretch);
      if (size === 0) return visit - from;
      adam.steps += 1;
      adam.beta1Power *= settings.beta1;
      adam.beta2Power *= settings.beta2;
      const { m, v } = adam;
      write(P, sums.P, m.P, v.P, size, factors, adam);
      write(Q, sums.Q, m.Q, v.Q, size, factors, adam);
      if (bu !== null && m.bu !== null && v.bu !== null) write(bu, sums.bu, m.bu, v.bu, size, free, adam);
      if (bi !== null && m.bi !== null && v.bi !== null) write(bi, sums.bi, m.bi, v.bi, size, free, adam);
    }
    return to - from;
  };
}

/** Fills `sums` with Σ (r̂ − r)·partner over one batch; returns its size, or 0 when an |e| reached the limit. */
function sumGradients(
  sums: GradientSums,
  parameters: Parameters,
  batch: number,
  visit: number,
  stretch: Stretch,
): number {
  const { k, P, Q, bu, bi, mu } = parameters;
  const { columns, limit } = stretch;
  const { user, item, value } = columns;
  const first = visit * batch;
  const end = Math.min(first + batch, value.length);
  sums.P.fill(0);
  sums.Q.fill(0);
  sums.bu.fill(0);
  sums.bi.fill(0);
  let error = stretch.error;
  for (let at = first; at < end; at += 1) {
    const u = user[at] ?? 0;
    const i = item[at] ?? 0;
    const pu = u * k;
    const qi = i * k;
    let dot = 0;
    for (let f = 0; f < k; f += 1) dot += (P[pu + f] ?? 0) * (Q[qi + f] ?? 0);
    let predicted = dot;
    if (bu !== null && bi !== null) {
      const b = bu[u] ?? 0;
      const c = bi[i] ?? 0;
      predicted = mu === null ? dot + b + c : mu + b + c + dot;
    }
    const difference = predicted - (value[at] ?? 0);
    if (!(Math.abs(difference) < limit)) return 0;
    error = -difference;
    for (let f = 0; f < k; f += 1) {
      sums.P[pu + f] = (sums.P[pu + f] ?? 0) + difference * (Q[qi + f] ?? 0);
      sums.Q[qi + f] = (sums.Q[qi + f] ?? 0) + difference * (P[pu + f] ?? 0);
    }
    if (bu !== null) {
      sums.bu[u] = (sums.bu[u] ?? 0) + difference;
      sums.bi[i] = (sums.bi[i] ?? 0) + difference;
    }
  }
  stretch.error = error;
  return end - first;
}

/** What one step of the parameters goes by. */
interface Step {
  readonly alpha: number;
  readonly beta: number;
  readonly settings: AdamSettings;
  /** Nothing is written below this. */
  readonly least: number;
}

function write(
  w: Float64Array,
  sum: Float64Array,
  m: Float64Array,
  v: Float64Array,
  size: number,
  { alpha, beta, settings, least }: Step,
  adam: AdamState,
): void {
  const { beta1, beta2, epsilon } = settings;
  const decoupled = settings.decay === 'decoupled';
  const rate = alpha / (1 - adam.beta1Power);
  const root = Math.sqrt(1 - adam.beta2Power);
  for (let at = 0; at < w.length; at += 1) {
    const before = w[at] ?? 0;
    const gradient = (sum[at] ?? 0) / size;
    const g = decoupled ? gradient : gradient + beta * before;
    const mean = beta1 * (m[at] ?? 0) + (1 - beta1) * g;
    const square = beta2 * (v[at] ?? 0) + (1 - beta2) * (g * g);
    m[at] = mean;
    v[at] = square;
    const decayed = decoupled ? before * (1 - alpha * beta) : before;
    const next = decayed - rate * (mean / (Math.sqrt(square) / root + epsilon));
    w[at] = next < least ? least : next;
  }
}

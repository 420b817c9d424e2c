import { hasBiases, hasMean, type ModelSettings } from '../core/model.ts';
import { newAdamState, type Parameters, type TrainingState } from '../core/parameters.ts';

/**
 * The parameters with what the prediction asks for: biases that come start at 0, those that go are let go, and μ comes as
 * `mean`. Arrays that stay are shared.
 */
export function fitParameters(
  parameters: Parameters,
  model: ModelSettings,
  m: number,
  n: number,
  mean: number,
): Parameters {
  const biased = hasBiases(model.prediction);
  return {
    k: parameters.k,
    P: parameters.P,
    Q: parameters.Q,
    bu: biased ? (parameters.bu ?? new Float64Array(m)) : null,
    bi: biased ? (parameters.bi ?? new Float64Array(n)) : null,
    mu: hasMean(model.prediction) ? (parameters.mu ?? mean) : null,
  };
}

/** The state with what the settings ask for; a new Adam starts with zero moments, and so do biases that come under Adam. */
export function fitState(
  state: TrainingState,
  model: ModelSettings,
  m: number,
  n: number,
  mean: number,
): TrainingState {
  const parameters = fitParameters(state.parameters, model, m, n, mean);
  if (model.optimizer.kind !== 'adam') return { ...state, parameters, adam: null };
  const fresh = newAdamState(parameters);
  const { adam } = state;
  if (adam === null) return { ...state, parameters, adam: fresh };
  const moments = (old: typeof adam.m, zero: typeof adam.m): typeof adam.m => ({
    P: old.P,
    Q: old.Q,
    bu: zero.bu === null ? null : (old.bu ?? zero.bu),
    bi: zero.bi === null ? null : (old.bi ?? zero.bi),
  });
  return { ...state, parameters, adam: { ...adam, m: moments(adam.m, fresh.m), v: moments(adam.v, fresh.v) } };
}

/** Whether the arrays of a state have the lengths that the study gives them. */
export function stateFits({ parameters, adam }: TrainingState, k: number, m: number, n: number): boolean {
  const groups = adam === null ? [parameters] : [parameters, adam.m, adam.v];
  return (
    parameters.k === k &&
    groups.every(
      ({ P, Q, bu, bi }) =>
        P.length === m * k &&
        Q.length === n * k &&
        (bu === null || bu.length === m) &&
        (bi === null || bi.length === n) &&
        (bu === null) === (bi === null),
    )
  );
}

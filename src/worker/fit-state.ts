import { hasBiases, hasMean, type ModelSettings, unreachable } from '../core/model.ts';
import { newAdamState, newVelocity, type Parameters, type TrainingState, type Velocity } from '../core/parameters.ts';

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

/**
 * The state with what the settings ask for; a new Adam starts with zero moments, a new momentum with no velocity, and so do
 * biases that come under them. What another optimizer remembered is let go.
 */
export function fitState(
  state: TrainingState,
  model: ModelSettings,
  m: number,
  n: number,
  mean: number,
): TrainingState {
  const parameters = fitParameters(state.parameters, model, m, n, mean);
  const { epoch, position, adam, velocity = null } = state;
  const { optimizer } = model;
  switch (optimizer.kind) {
    case 'sgd':
    case 'als':
      return { epoch, position, parameters, adam: null };
    case 'momentum': {
      const fresh = newVelocity(parameters);
      return { epoch, position, parameters, adam: null, velocity: velocity ? withBiases(velocity, fresh) : fresh };
    }
    case 'adam': {
      const fresh = newAdamState(parameters);
      if (adam === null) return { epoch, position, parameters, adam: fresh };
      const { m: first, v: second } = adam;
      const fitted = { ...adam, m: withBiases(first, fresh.m), v: withBiases(second, fresh.v) };
      return { epoch, position, parameters, adam: fitted };
    }
    default:
      return unreachable(optimizer);
  }
}

/** `old` with the biases that `zero` has: those that come are its zeros. */
function withBiases(old: Velocity, zero: Velocity): Velocity {
  return {
    P: old.P,
    Q: old.Q,
    bu: zero.bu === null ? null : (old.bu ?? zero.bu),
    bi: zero.bi === null ? null : (old.bi ?? zero.bi),
  };
}

/** Whether the arrays of a state have the lengths that the study gives them. */
export function stateFits({ parameters, adam, velocity }: TrainingState, k: number, m: number, n: number): boolean {
  const groups = [parameters, ...(adam === null ? [] : [adam.m, adam.v]), ...(velocity ? [velocity] : [])];
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

/**
 * No parameter may be farther from zero than this: μ + b_u + b_i + p·q of 512 factors is then still a number. A run gets
 * there only while it blows up, and counts as blown up beyond it.
 */
export const MAGNITUDE_LIMIT = 1e150;

/**
 * What training learns: P is m × k, Q is n × k, both row by row (p_u begins at u·k); b_u has m, b_i has n numbers, or null
 * where the prediction has none; μ is null where the prediction has none.
 */
export interface Parameters {
  readonly k: number;
  P: Float64Array;
  Q: Float64Array;
  bu: Float64Array | null;
  bi: Float64Array | null;
  mu: number | null;
}

/** Adam's memory: one moment pair for every learned parameter; β1ᵗ and β2ᵗ as running products (no `pow`). */
export interface AdamState {
  steps: number;
  beta1Power: number;
  beta2Power: number;
  m: { P: Float64Array; Q: Float64Array; bu: Float64Array | null; bi: Float64Array | null };
  v: { P: Float64Array; Q: Float64Array; bu: Float64Array | null; bi: Float64Array | null };
}

/** What momentum carries: one number for every learned parameter. */
export interface Velocity {
  P: Float64Array;
  Q: Float64Array;
  bu: Float64Array | null;
  bi: Float64Array | null;
}

/**
 * How far training got. `position` counts the ratings (Adam: batches; ALS: rows) already visited in the epoch under way; 0 between
 * epochs. Written by the engine inside the worker; everywhere else a copy that nobody writes.
 */
export interface TrainingState {
  epoch: number;
  position: number;
  parameters: Parameters;
  adam: AdamState | null;
  /** Momentum's; null or absent without it. */
  velocity?: Velocity | null;
}

/** A velocity of 0 for every learned parameter, to start with. */
export function newVelocity({ P, Q, bu, bi }: Parameters): Velocity {
  return {
    P: new Float64Array(P.length),
    Q: new Float64Array(Q.length),
    bu: bu === null ? null : new Float64Array(bu.length),
    bi: bi === null ? null : new Float64Array(bi.length),
  };
}

/** Zero moments, to start with: one pair for every learned parameter. */
export function newAdamState(parameters: Parameters): AdamState {
  return { steps: 0, beta1Power: 1, beta2Power: 1, m: newVelocity(parameters), v: newVelocity(parameters) };
}

/** r̂ = p·q | p·q + b_u + b_i | μ + b_u + b_i + p·q (session-file format, "What the numbers mean"). */
export type Prediction = 'factors' | 'factors+biases' | 'mean+factors+biases';

/** One update per rating; `sequential`: q reads the p just written (the notebook's loops), `simultaneous`: both read the old values. */
export interface SgdSettings {
  readonly kind: 'sgd';
  readonly update: 'sequential' | 'simultaneous';
}

/** The same visits with heavy-ball momentum (Polyak, 1964): v = γ·v + g, then w += α·v, for the rows of the rating visited. */
export interface MomentumSettings {
  readonly kind: 'momentum';
  readonly update: 'sequential' | 'simultaneous';
  /** γ: what is kept of the velocity, 0 ≤ γ < 1. */
  readonly momentum: number;
}

/** Mini-batch Adam. */
export interface AdamSettings {
  readonly kind: 'adam';
  /** Ratings a batch, ≥ 1. */
  readonly batch: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** `coupled` (absent): β·w is part of the gradient. `decoupled`: w −= α·β·w beside the step (Loshchilov and Hutter, 2019). */
  readonly decay?: WeightDecay;
}

export type WeightDecay = 'coupled' | 'decoupled';

/** Alternating least squares: all users, then all items, each row solved exactly with the rest held. α has no meaning. */
export interface AlsSettings {
  readonly kind: 'als';
}

export type OptimizerSettings = SgdSettings | MomentumSettings | AdamSettings | AlsSettings;

/** When a schedule begins again: after `period` epochs, then after `multiplier` times as many as before. Whole numbers ≥ 1. */
export interface WarmRestarts {
  readonly period: number;
  readonly multiplier: number;
}

/** How α falls with the epochs t completed before it (`core/schedule.ts` has the formulas). */
export type Schedule =
  /** α/(1 + t/half): half of it after `half` epochs. half > 0. */
  | { readonly kind: 'inverse'; readonly half: number; readonly restarts?: WarmRestarts }
  /** Times `factor` (0 < factor ≤ 1) every `every` epochs (a whole number ≥ 1). */
  | { readonly kind: 'step'; readonly factor: number; readonly every: number; readonly restarts?: WarmRestarts }
  /** Half a cosine, from α down to 0 in `epochs` (a whole number ≥ 1). */
  | { readonly kind: 'cosine'; readonly epochs: number; readonly restarts?: WarmRestarts };

/** Stop once RMSE held out has not improved for `patience` epochs (a whole number ≥ 1), and go back to the best epoch. */
export interface EarlyStopping {
  readonly patience: number;
}

export type Initialization =
  | { readonly kind: 'uniform'; readonly low: number; readonly high: number }
  | { readonly kind: 'normal'; readonly mean: number; readonly std: number };

export type VisitingOrder = 'row-major' | 'shuffled';

/** How R is modeled: the `model` object of the session file. */
export interface ModelSettings {
  /** Factors, 1 … K_LIMIT. */
  readonly k: number;
  readonly prediction: Prediction;
  readonly optimizer: OptimizerSettings;
  /** Learning rate α > 0, at epoch 0 where there is a schedule. The library convention p += γ(e·q − λ·p) is α = γ/2. */
  readonly alpha: number;
  /** Regularization β ≥ 0 in fields and files (the engine computes with any finite one). λ of that convention is β/2. */
  readonly beta: number;
  readonly order: VisitingOrder;
  readonly init: Initialization;
  /** 0 … 4294967295. */
  readonly seed: number;
  /** P and Q are kept at 0 or above: what an update makes negative becomes 0. Biases are free. Absent: no. */
  readonly nonNegative?: true;
  /** Absent: α is the same in every epoch. */
  readonly schedule?: Schedule;
  /** Absent: training goes on. */
  readonly earlyStopping?: EarlyStopping;
}

/** The most factors a model may have. */
export const K_LIMIT = 512;
/** The most numbers P and Q may hold together. */
export const PARAMETER_LIMIT = 50_000_000;
export const SEED_LIMIT = 4_294_967_295;

export const ADAM_DEFAULTS: AdamSettings = { kind: 'adam', batch: 16, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

export const MOMENTUM_DEFAULTS: MomentumSettings = { kind: 'momentum', update: 'sequential', momentum: 0.9 };

/** For the end of a `switch` over kinds: a kind that was forgotten does not compile. */
export function unreachable(kind: never): never {
  throw new TypeError(`a kind that nobody knows: ${JSON.stringify(kind)}`);
}

/** The optimizer of that kind as a study begins with it; the one there is stays, and SGD and momentum take each other's update along. */
export function optimizerOf(kind: OptimizerSettings['kind'], before: OptimizerSettings): OptimizerSettings {
  if (before.kind === kind) return before;
  const update = 'update' in before ? before.update : 'sequential';
  switch (kind) {
    case 'sgd':
      return { kind, update };
    case 'momentum':
      return { ...MOMENTUM_DEFAULTS, update };
    case 'adam':
      return ADAM_DEFAULTS;
    case 'als':
      return { kind };
    default:
      return unreachable(kind);
  }
}

/**
 * How the objective counts the penalty: once for each rating, as SGD, momentum and ALS descend it, or once for each
 * parameter, as Adam does (`metrics` has both).
 */
export function penaltyOf({ kind }: OptimizerSettings): 'per-rating' | 'per-parameter' {
  switch (kind) {
    case 'sgd':
    case 'momentum':
    case 'als':
      return 'per-rating';
    case 'adam':
      return 'per-parameter';
    default:
      return unreachable(kind);
  }
}

/** Visits in a whole epoch: ratings under SGD and momentum, batches under Adam, rows (users, then items) under ALS. */
export function visitsPerEpoch(
  optimizer: OptimizerSettings,
  { ratings, users, items }: { readonly ratings: number; readonly users: number; readonly items: number },
): number {
  switch (optimizer.kind) {
    case 'sgd':
    case 'momentum':
      return ratings;
    case 'adam':
      return Math.ceil(ratings / optimizer.batch);
    case 'als':
      return ratings === 0 ? 0 : users + items;
    default:
      return unreachable(optimizer);
  }
}

/** Whether b_u and b_i are learned. */
export function hasBiases(prediction: Prediction): boolean {
  return prediction !== 'factors';
}

/** Whether μ is part of the prediction. */
export function hasMean(prediction: Prediction): boolean {
  return prediction === 'mean+factors+biases';
}

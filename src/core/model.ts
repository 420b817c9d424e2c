/** r̂ = p·q | p·q + b_u + b_i | μ + b_u + b_i + p·q (session-file format, "What the numbers mean"). */
export type Prediction = 'factors' | 'factors+biases' | 'mean+factors+biases';

/** One update per rating; `sequential`: q reads the p just written (the notebook's loops), `simultaneous`: both read the old values. */
export interface SgdSettings {
  readonly kind: 'sgd';
  readonly update: 'sequential' | 'simultaneous';
}

/** Mini-batch Adam with coupled weight decay. */
export interface AdamSettings {
  readonly kind: 'adam';
  /** Ratings a batch, ≥ 1. */
  readonly batch: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

export type OptimizerSettings = SgdSettings | AdamSettings;

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
  /** Learning rate α > 0. The library convention p += γ(e·q − λ·p) is α = γ/2. */
  readonly alpha: number;
  /** Regularization β ≥ 0 in fields and files (the engine computes with any finite one). λ of that convention is β/2. */
  readonly beta: number;
  readonly order: VisitingOrder;
  readonly init: Initialization;
  /** 0 … 4294967295. */
  readonly seed: number;
}

/** The most factors a model may have. */
export const K_LIMIT = 512;
/** The most numbers P and Q may hold together. */
export const PARAMETER_LIMIT = 50_000_000;
export const SEED_LIMIT = 4_294_967_295;

export const ADAM_DEFAULTS: AdamSettings = { kind: 'adam', batch: 16, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

/** Whether b_u and b_i are learned. */
export function hasBiases(prediction: Prediction): boolean {
  return prediction !== 'factors';
}

/** Whether μ is part of the prediction. */
export function hasMean(prediction: Prediction): boolean {
  return prediction === 'mean+factors+biases';
}

import { readFileSync } from 'node:fs';
import type { Dataset } from '../../src/core/dataset.ts';
import type { ModelSettings } from '../../src/core/model.ts';
import { newAdamState, newVelocity, type Parameters, type TrainingState } from '../../src/core/parameters.ts';
import { ratingsFrom } from '../../src/core/ratings.ts';
import { trainingData } from '../../src/core/training-data.ts';
import type { Engine } from '../../src/engines/engine.ts';
import { createReferenceEngine } from '../../src/engines/reference/reference.ts';

type Matrix = number[][];

/** A reference run: what numpy or torch made of a matrix in which 0 is a gap. */
export interface ReferenceRun {
  readonly R: Matrix;
  readonly K: number;
  readonly steps: number;
  readonly epochs: number;
  readonly alpha: number;
  readonly beta: number;
  readonly lr: number;
  readonly reg: number;
  readonly wd: number;
  readonly batch: number;
  readonly order: Matrix;
  readonly mu: number;
  readonly P0: Matrix;
  readonly Q0: Matrix;
  readonly bu0: number[];
  readonly bi0: number[];
  readonly P: Matrix;
  readonly Q: Matrix;
  readonly bu: number[];
  readonly bi: number[];
  readonly Rhat: Matrix;
  readonly snapshots: {
    step: number;
    epoch: number;
    update: number;
    P: Matrix;
    Q: Matrix;
    bu: number[];
    bi: number[];
  }[];
  readonly lossPerStep: { step: number; regLoss: number; sse: number; rmse: number }[];
  readonly lossPerEpoch: { epoch: number; regLoss: number; sse: number; rmse: number; halfMse: number }[];
}

/** A file of test/fixtures as it is. */
export function readFixture<T = ReferenceRun>(name: string): T {
  const parsed: T = JSON.parse(readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), 'utf8'));
  return parsed;
}

export function datasetFromMatrix(R: Matrix, isGap: (value: number) => boolean = (value) => value === 0): Dataset {
  const m = R.length;
  const n = R[0]?.length ?? 0;
  return {
    name: 'Matrix',
    users: Array.from({ length: m }, (_, u) => `User ${u + 1}`),
    items: Array.from({ length: n }, (_, i) => `Item ${i + 1}`),
    userKeys: Array.from({ length: m }, (_, u) => u),
    itemKeys: Array.from({ length: n }, (_, i) => i),
    userIds: null,
    itemIds: null,
    scale: { min: 1, max: 5, step: 1 },
    ratings: ratingsFrom(
      R.flatMap((row, user) => row.flatMap((value, item) => (isGap(value) ? [] : [{ user, item, value }]))),
    ),
    holdOut: null,
    truth: null,
  };
}

/** The notebook's settings, with changes. */
export function notebookModel(changes: Partial<ModelSettings> = {}): ModelSettings {
  return {
    k: 3,
    prediction: 'factors',
    optimizer: { kind: 'sgd', update: 'sequential' },
    alpha: 0.0002,
    beta: 0.02,
    order: 'row-major',
    init: { kind: 'uniform', low: 0, high: 1 },
    seed: 42,
    ...changes,
  };
}

export function parametersFrom(
  P: Matrix,
  Q: Matrix,
  bu: number[] | null = null,
  bi: number[] | null = null,
  mu: number | null = null,
): Parameters {
  return {
    k: P[0]?.length ?? 0,
    P: Float64Array.from(P.flat()),
    Q: Float64Array.from(Q.flat()),
    bu: bu === null ? null : Float64Array.from(bu),
    bi: bi === null ? null : Float64Array.from(bi),
    mu,
  };
}

export function stateAt(parameters: Parameters, model: ModelSettings): TrainingState {
  const { kind } = model.optimizer;
  return {
    epoch: 0,
    position: 0,
    parameters,
    adam: kind === 'adam' ? newAdamState(parameters) : null,
    ...(kind === 'momentum' ? { velocity: newVelocity(parameters) } : {}),
  };
}

/** Trains whole row-major epochs, by an engine alone. */
export function trainEpochs(
  state: TrainingState,
  model: ModelSettings,
  dataset: Dataset,
  epochs: number,
  engine: Engine = createReferenceEngine(),
): void {
  const data = trainingData(dataset);
  const total = engine.visitsPerEpoch(model, data);
  const stretch = { columns: data.training, from: 0, to: total, limit: Number.POSITIVE_INFINITY, error: 0 };
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    engine.run(state, model, stretch);
    state.epoch += 1;
  }
}

/** How many numbers differ in any bit. */
export function differingBits(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let differing = Math.abs(a.length - b.length);
  for (let at = 0; at < Math.min(a.length, b.length); at += 1) if (!Object.is(a[at], b[at])) differing += 1;
  return differing;
}

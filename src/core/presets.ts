import type { Dataset } from './dataset.ts';
import type { ModelSettings } from './model.ts';

/** Settings that suit a set of ratings: how to model it, how much of it to hold out, how far to go. */
export interface Preset {
  readonly model: ModelSettings;
  /** Percent of all ratings. */
  readonly holdOut: number;
  /** Epochs. */
  readonly runTo: number;
}

/** The seed that a study begins with. */
export const DEFAULT_SEED = 42;

/** The notebook's own settings: K = 3, alpha = 0.0002, beta = 0.02, steps = 5000, P and Q uniform between 0 and 1. */
export const notebookModel: ModelSettings = {
  k: 3,
  prediction: 'factors',
  optimizer: { kind: 'sgd', update: 'sequential' },
  alpha: 0.0002,
  beta: 0.02,
  order: 'row-major',
  init: { kind: 'uniform', low: 0, high: 1 },
  seed: DEFAULT_SEED,
};

/** The notebook's `steps`. */
export const NOTEBOOK_EPOCHS = 5000;

/** For a hundred thousand ratings and more between 0 and 5: reaches a held-out RMSE of about .85 on MovieLens latest-small. */
export const movieLensPreset: Preset = {
  model: {
    k: 20,
    prediction: 'mean+factors+biases',
    optimizer: { kind: 'sgd', update: 'sequential' },
    alpha: 0.0025,
    beta: 0.12,
    order: 'shuffled',
    init: { kind: 'normal', mean: 0, std: 0.01 },
    seed: DEFAULT_SEED,
  },
  holdOut: 10,
  runTo: 100,
};

/** For some hundreds or thousands of ratings. */
const middlePreset: Preset = {
  model: { ...movieLensPreset.model, k: 5, alpha: 0.005, beta: 0.2, init: { kind: 'normal', mean: 0, std: 0.1 } },
  holdOut: 10,
  runTo: 200,
};

/** For a handful: nothing is held out, so that leave-one-out can use every rating. */
const smallPreset: Preset = {
  model: { ...middlePreset.model, k: 2, alpha: 0.01, order: 'row-major' },
  holdOut: 0,
  runTo: 500,
};

/** Ratings from which on the larger preset is chosen. */
const MIDDLE_FROM = 300;
const LARGE_FROM = 20_000;

/** The ratings that the presets' α suits lie no farther from 0 than this. */
const USUAL_LARGEST = 5;

/** α for ratings as large as `largest`: a step grows with the error, so larger ratings need a smaller one. 1 digit. */
function learningRateFor(alpha: number, largest: number): number {
  if (largest <= USUAL_LARGEST) return alpha;
  // Beyond this a smaller α would be 0 or do nothing at all; such a run diverges, and says so.
  const smallest = 1e-12;
  return Number(Math.max(smallest, alpha * (USUAL_LARGEST / largest)).toPrecision(1));
}

/** Settings for a set of ratings that comes without any, by how many ratings there are and how large they are. */
export function presetFor(dataset: Dataset): Preset {
  const { value } = dataset.ratings;
  const preset =
    value.length >= LARGE_FROM ? movieLensPreset : value.length >= MIDDLE_FROM ? middlePreset : smallPreset;
  let largest = 0;
  for (const rating of value) largest = Math.max(largest, Math.abs(rating));
  return { ...preset, model: { ...preset.model, alpha: learningRateFor(preset.model.alpha, largest) } };
}

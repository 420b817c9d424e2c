import type { SweepPlan } from '../../src/core/experiment/plan.ts';
import { chooseHeldOut } from '../../src/core/split.ts';
import { datasetFromMatrix, notebookModel } from '../engines/from-fixture.ts';
import notebookRun from '../fixtures/seed6x4_k3.json' with { type: 'json' };

/** The 20 × 20 map that is timed in Node and in the page: the notebook's 6 × 4, a fifth of it held out. */
export const EPOCHS = 1_000;
export const study = {
  dataset: chooseHeldOut(datasetFromMatrix(notebookRun.R), 20, 42),
  model: notebookModel(),
  start: null,
};
export const plan: SweepPlan = {
  study,
  axes: [
    { setting: 'alpha', spacing: 'log', from: 0.0001, to: 0.02, count: 20 },
    { setting: 'beta', spacing: 'log', from: 0.001, to: 1, count: 20 },
  ],
  search: null,
  seeds: [42],
  judging: { kind: 'hold-out', share: null, repeats: 1 },
  splitSeed: 42,
  stop: { kind: 'epochs', epochs: EPOCHS },
  innerFolds: null,
};

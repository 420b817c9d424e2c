import type { Dataset } from './dataset.ts';
import type { ModelSettings } from './model.ts';
import type { Parameters } from './parameters.ts';

/** What was set up: ratings, settings, seed, and where it starts. Immutable, so undo is a list of studies. */
export interface Study {
  readonly dataset: Dataset;
  readonly model: ModelSettings;
  /** The parameters at epoch 0 when they can't be redrawn from `init` and `seed`; Reset returns there. */
  readonly start: Parameters | null;
}

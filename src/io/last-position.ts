import { type ModelSettings, visitsPerEpoch } from '../core/model.ts';
import type { TrainingData } from '../core/training-data.ts';

/** The last place in an epoch over these training ratings where a run can stand: visits are ratings, batches or rows. */
export function lastPosition({ optimizer }: ModelSettings, { m, n, training }: TrainingData): number {
  const visits = visitsPerEpoch(optimizer, { ratings: training.value.length, users: m, items: n });
  return Math.max(0, visits - 1);
}

import type { ModelSettings } from '../core/model.ts';

/** The last place in an epoch over so many training ratings where a run can stand: visits are ratings, under Adam batches. */
export function lastPosition({ optimizer }: ModelSettings, trainingRatings: number): number {
  const visits = optimizer.kind === 'adam' ? Math.ceil(trainingRatings / optimizer.batch) : trainingRatings;
  return Math.max(0, visits - 1);
}

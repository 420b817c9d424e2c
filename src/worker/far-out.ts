import type { Scale } from '../core/dataset.ts';
import { gatherColumns, meanOf, type RatingColumns, type TrainingData } from '../core/training-data.ts';

/** A rating so many times larger than half of the others (or than the scale) is beyond what any α suits. */
const FAR_OUT = 1e6;

/** |r| of all ratings, held out ones too, ascending. */
export function sizesOf({ training, heldOut }: TrainingData): Float64Array {
  const sizes = new Float64Array(training.value.length + heldOut.value.length);
  sizes.set(training.value);
  sizes.set(heldOut.value, training.value.length);
  return sizes.map(Math.abs).sort();
}

/** The magnitude beyond which ratings are far out, or null when none is. */
export function farOutMagnitude(data: TrainingData, scale: Scale): number | null {
  const sizes = data.training.value.map(Math.abs).sort();
  const median = sizes[(sizes.length - 1) >>> 1] ?? 0;
  const usual = Math.max(Math.abs(scale.min), Math.abs(scale.max));
  const limit = FAR_OUT * (median > 0 ? Math.min(usual, median) : usual);
  return (sizes.at(-1) ?? 0) > limit ? magnitudeAbove(limit, sizesOf(data), scale) : null;
}

/**
 * A magnitude that says well which ratings are beyond `limit`: between the largest that is not and the smallest that is
 * (`sizes` ascend), the end of the scale if it lies there, else a power of ten, else the largest that is not.
 */
export function magnitudeAbove(limit: number, sizes: Float64Array, scale: Scale): number {
  const beyond = sizes.findIndex((size) => size > limit);
  const least = sizes[beyond] ?? Number.POSITIVE_INFINITY;
  const most = beyond > 0 ? (sizes[beyond - 1] ?? 0) : 0;
  const usual = Math.max(Math.abs(scale.min), Math.abs(scale.max));
  if (usual >= most && usual < least) return usual;
  let power = 1;
  while (power < most) power *= 10;
  return power < least ? power : most;
}

/** The ratings that are not beyond `magnitude`. */
export function withinMagnitude({ m, n, training, heldOut }: TrainingData, magnitude: number): TrainingData {
  const within = (columns: RatingColumns) => {
    const rows = Array.from(columns.value.keys()).filter((at) => Math.abs(columns.value[at] ?? 0) <= magnitude);
    return gatherColumns(columns, Int32Array.from(rows));
  };
  const rest = within(training);
  return { m, n, training: rest, heldOut: within(heldOut), mean: meanOf(rest.value) };
}

/** The rating beyond `magnitude` where it is the only one and trained on; null otherwise. */
export function onlyBeyond(
  data: TrainingData,
  magnitude: number,
): { readonly user: number; readonly item: number; readonly value: number } | null {
  const { user, item, value } = data.training;
  const at = value.findIndex((rating) => Math.abs(rating) > magnitude);
  return at < 0 || countBeyond(data, magnitude) > 1
    ? null
    : { user: user[at] ?? 0, item: item[at] ?? 0, value: value[at] ?? 0 };
}

/** How many ratings lie beyond `magnitude`, held out ones too. */
export function countBeyond({ training, heldOut }: TrainingData, magnitude: number): number {
  let count = 0;
  for (const { value } of [training, heldOut])
    for (const rating of value) count += Math.abs(rating) > magnitude ? 1 : 0;
  return count;
}

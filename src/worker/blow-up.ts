import type { Measures } from '../core/history.ts';
import { measure } from '../core/metrics.ts';
import { MAGNITUDE_LIMIT, type TrainingState } from '../core/parameters.ts';
import type { TrainingData } from '../core/training-data.ts';
import { copyState } from './packed-state.ts';
import { advance, lastRatingOf, type Trainee } from './trainee.ts';

/** Where a run blew up. */
export interface BlowUp {
  /** 1-based: the epoch that was under way. */
  readonly during: number;
  /** Visits within it until the first number that is not finite, 1-based; null when only a measure overflowed. */
  readonly update: number | null;
  readonly user: number | null;
  readonly item: number | null;
  /** The state at the end of the epoch before, if the search saw it. */
  readonly good: TrainingState | null;
}

function finite(numbers: Float64Array | null, from = 0, to = numbers?.length ?? 0): boolean {
  if (numbers === null) return true;
  for (let at = from; at < to; at += 1) {
    const number = numbers[at] ?? 0;
    if (number - number !== 0) return false;
  }
  return true;
}

/**
 * Whether every learned number is finite, and none of the parameters beyond the limit of a session file: then every
 * prediction is finite too.
 */
export function stateIsFinite({ parameters, adam, velocity }: TrainingState): boolean {
  const { P, Q, bu, bi, mu } = parameters;
  const within = [P, Q, bu, bi].every((numbers) => finite(numbers) && largestOf(numbers) <= MAGNITUDE_LIMIT);
  if (!within || !(Math.abs(mu ?? 0) <= MAGNITUDE_LIMIT)) return false;
  const moments = [...(adam === null ? [] : [adam.m, adam.v]), ...(velocity ? [velocity] : [])];
  return moments.every((of) => finite(of.P) && finite(of.Q) && finite(of.bu) && finite(of.bi));
}

/** The largest magnitude among them, 0 for none. */
export function largestOf(numbers: Float64Array | null): number {
  let size = 0;
  for (let at = 0; numbers !== null && at < numbers.length; at += 1) size = Math.max(size, Math.abs(numbers[at] ?? 0));
  return size;
}

/** Whether there was something to measure and it came out beyond the range of a double. */
export function overflowed(measures: Measures, data: TrainingData): boolean {
  return (
    (data.training.user.length > 0 && (measures.rmseSeen === null || measures.objective === null)) ||
    (data.heldOut.user.length > 0 && measures.rmseHeldOut === null)
  );
}

/**
 * Trains `trainee` (a copy; its state was finite) visit by visit until `untilEpoch` is completed, looking at every number
 * written and at the measures of every epoch. Null when all of it stays finite.
 */
export function findBlowUp(trainee: Trainee, untilEpoch: number): BlowUp | null {
  const { state, model, data, stretch, total } = trainee;
  let good: TrainingState | null = null;
  while (state.epoch < untilEpoch && total > 0) {
    if (state.position === 0) good = copyState(state);
    const during = state.epoch + 1;
    const visit = state.position;
    const made = advance(trainee, 1, Number.POSITIVE_INFINITY);
    const at = lastRatingOf(trainee, visit);
    const user = stretch.columns.user[at] ?? 0;
    const item = stretch.columns.item[at] ?? 0;
    if (made === 0 || !writtenIsFinite(state, user, item)) return { during, update: visit + 1, user, item, good };
    if (state.position === 0 && (!stateIsFinite(state) || overflowed(measure(state.parameters, data, model), data))) {
      return { during, update: null, user: null, item: null, good };
    }
  }
  return null;
}

/** Whether what a visit wrote is finite: two rows under SGD, momentum and ALS (which writes one), everything under Adam. */
function writtenIsFinite(state: TrainingState, user: number, item: number): boolean {
  const { parameters, adam, velocity } = state;
  const { k } = parameters;
  if (adam === null) {
    return [parameters, ...(velocity ? [velocity] : [])].every(
      ({ P, Q, bu, bi }) =>
        finite(P, user * k, (user + 1) * k) &&
        finite(Q, item * k, (item + 1) * k) &&
        finite(bu, user, user + 1) &&
        finite(bi, item, item + 1),
    );
  }
  return [parameters, adam.m, adam.v].every((of) => finite(of.P) && finite(of.Q) && finite(of.bu) && finite(of.bi));
}

import type { History } from '../core/history.ts';

/** Which column pair of the history is drawn. */
export type LossKind = 'rmse' | 'mae' | 'objective';
export type LossAxisKind = 'linear' | 'log';

/** What the axes span. Every number is finite, `high > low`, and `low > 0` on a log axis. */
export interface LossDomain {
  readonly axis: LossAxisKind;
  /** The axis of epochs runs from 0 to here. */
  readonly epochEnd: number;
  readonly low: number;
  readonly high: number;
  /** Log axis only: something is at or below `low` and is drawn on the floor. */
  readonly floored: boolean;
}

/** Nothing beyond this is drawn where it is; it keeps every sum and difference of the scales finite. */
const DRAWN_LIMIT = 1e300;
/** A top below this is drawn at this: scales divide by it. */
const DRAWN_LEAST = 1e-290;
/** The log axis never spans more than this: an RMSE of 1e-16 is 0 to a person, and would flatten everything above it. */
const LOG_SPAN = 1e9;
const LOG_STEPS = [1, 2, 5, 10];
const LINEAR_STEPS = [1, 1.5, 2, 3, 4, 5, 6, 8, 10];
const LEAST_EPOCHS = 10;

function drawable(size: number): number {
  return Math.min(Math.max(size, DRAWN_LEAST), DRAWN_LIMIT);
}

/** m × 10ⁿ without the rounding of a multiplication by 0.1. */
export function decimal(mantissa: number, exponent: number): number {
  return Number(`${mantissa}e${exponent}`);
}

/** n with 10ⁿ ≤ x < 10ⁿ⁺¹, for x > 0; read from the digits because log10 rounds. */
function exponentOf(x: number): number {
  return Number(x.toExponential().split('e')[1] ?? 0);
}

/** The least of steps × 10ⁿ that is ≥ x, for x > 0. */
function stepUp(x: number, steps: readonly number[]): number {
  const exponent = exponentOf(x);
  for (const step of steps) {
    const candidate = decimal(step, exponent);
    if (candidate >= x) return candidate;
  }
  return decimal(1, exponent + 1);
}

/** The greatest of steps × 10ⁿ that is ≤ x, for x > 0. */
function stepDown(x: number, steps: readonly number[]): number {
  const exponent = exponentOf(x);
  let best = decimal(1, exponent);
  for (const step of steps) {
    const candidate = decimal(step, exponent);
    if (candidate <= x) best = candidate;
  }
  return best;
}

/** The least of 1, 2, 5, 10, 20, 50 … that is ≥ x, for x > 0. */
export function roundUp(x: number): number {
  return stepUp(x, LOG_STEPS);
}

/**
 * Where the axis of epochs ends: 10, 20, 50, 100, 200 … It depends on the last epoch alone and moves seldom, so that the
 * curve grows into a still frame instead of being squeezed a little every frame.
 */
export function epochEnd(lastEpoch: number): number {
  return roundUp(Math.max(lastEpoch, LEAST_EPOCHS));
}

/** The columns of one kind of loss. The objective has no held-out side. */
export function lossColumns(
  history: History,
  kind: LossKind,
): { readonly seen: readonly (number | null)[]; readonly heldOut: readonly (number | null)[] | null } {
  if (kind === 'rmse') return { seen: history.rmseSeen, heldOut: history.rmseHeldOut };
  if (kind === 'mae') return { seen: history.maeSeen, heldOut: history.maeHeldOut };
  return { seen: history.objective, heldOut: null };
}

/**
 * The domain that holds a history and some extra values (baselines, the leave-one-out figure). The bounds are round
 * numbers around the extremes of the whole history, which only ever widen while a run goes on: calm by construction.
 * Linear axes begin at 0 (lower only for a negative objective).
 */
export function lossDomain(
  history: History,
  kind: LossKind,
  axis: LossAxisKind,
  lastEpoch: number,
  extra: readonly number[] = [],
): LossDomain {
  let least = Number.POSITIVE_INFINITY;
  let leastPositive = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  const columns = lossColumns(history, kind);
  for (const column of [columns.seen, columns.heldOut ?? [], extra]) {
    for (const value of column) {
      if (value === null || !Number.isFinite(value)) continue;
      if (value < least) least = value;
      if (value > most) most = value;
      if (value > 0 && value < leastPositive) leastPositive = value;
    }
  }
  const end = epochEnd(Math.max(lastEpoch, history.epoch[history.epoch.length - 1] ?? 0));
  if (axis === 'linear') {
    const high = most > 0 ? stepUp(drawable(most), LINEAR_STEPS) : 1;
    const low = least < 0 ? -stepUp(drawable(-least), LINEAR_STEPS) : 0;
    return { axis, epochEnd: end, low, high, floored: false };
  }
  if (!(most > 0)) return { axis, epochEnd: end, low: 0.1, high: 1, floored: Number.isFinite(most) };
  const top = stepUp(drawable(most), LOG_STEPS);
  const bottom = stepDown(Math.max(Math.min(leastPositive, DRAWN_LIMIT), top / LOG_SPAN), LOG_STEPS);
  // A curve that hardly moves still gets a frame of its own, not one as thin as a line.
  const low = top / bottom < 3.9 ? stepDown(top / 3.9, LOG_STEPS) : bottom;
  return { axis, epochEnd: end, low, high: top, floored: least < low };
}

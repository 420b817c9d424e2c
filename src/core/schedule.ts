import { type ModelSettings, type Schedule, unreachable, type WarmRestarts } from './model.ts';
import type { Epoch } from './ratings.ts';

/**
 * α of the epoch that begins when `epoch` epochs are completed. It depends on the study and the epoch alone, so a run that is
 * cut, saved or gone back in learns with the same rates. With t the epochs since the schedule began (or began again):
 *
 *     constant   α
 *     1/t        α / (1 + t/half)
 *     step       α · factor^⌊t/every⌋
 *     cosine     α · (1 + cos(π·t/epochs))/2, and 0 from t = epochs on
 *
 * Sources: Robbins and Monro, 1951 (1/t); Loshchilov and Hutter, 2017 (cosine, warm restarts).
 */
export function alphaAt({ alpha, schedule }: Pick<ModelSettings, 'alpha' | 'schedule'>, epoch: Epoch): number {
  return schedule === undefined ? alpha : alpha * shareAt(schedule, epochsIn(schedule.restarts, epoch));
}

/**
 * t. Cycles are period, period·multiplier, period·multiplier² … epochs long, and each is the first one, stretched:
 *
 *     t = (epoch − the cycle's first epoch) · period / the cycle's length
 */
function epochsIn(restarts: WarmRestarts | undefined, epoch: Epoch): number {
  if (restarts === undefined) return epoch;
  const { first, length } = cycleAt(restarts, epoch);
  return ((epoch - first) * restarts.period) / length;
}

/** The cycle that `epoch` belongs to: its first epoch, and how many it has. */
function cycleAt(
  { period, multiplier }: WarmRestarts,
  epoch: Epoch,
): { readonly first: Epoch; readonly length: number } {
  if (multiplier === 1) return { first: epoch - (epoch % period), length: period };
  let first = 0;
  let length = period;
  while (epoch - first >= length) {
    first += length;
    length *= multiplier;
  }
  return { first, length };
}

/** What happens to α next: null for never. */
export interface ScheduleAhead {
  /** The first epoch with a smaller α of a step schedule, before a restart. */
  readonly step: Epoch | null;
  /** The first epoch with α 0 of a cosine, before a restart. */
  readonly zero: Epoch | null;
  readonly restart: Epoch | null;
}

/** What a schedule will do after `epoch` completed epochs. */
export function scheduleAhead(schedule: Schedule, epoch: Epoch): ScheduleAhead {
  const { restarts } = schedule;
  const { first, length } = restarts ? cycleAt(restarts, epoch) : { first: 0, length: 1 };
  const restart = restarts ? first + length : null;
  const stretch = restarts ? length / restarts.period : 1;
  const before = (t: number): Epoch | null => {
    const at = first + Math.ceil(t * stretch);
    return restart === null || at < restart ? at : null;
  };
  const t = epochsIn(restarts, epoch);
  return {
    step: schedule.kind === 'step' ? before((Math.floor(t / schedule.every) + 1) * schedule.every) : null,
    zero: schedule.kind === 'cosine' && t < schedule.epochs ? before(schedule.epochs) : null,
    restart,
  };
}

/** What is left of α at t: 1 at first. */
function shareAt(schedule: Schedule, t: number): number {
  switch (schedule.kind) {
    case 'inverse':
      return 1 / (1 + t / schedule.half);
    case 'step':
      return wholePower(schedule.factor, Math.floor(t / schedule.every));
    case 'cosine':
      return t >= schedule.epochs ? 0 : raisedCosine(t / schedule.epochs);
    default:
      return unreachable(schedule);
  }
}

/** base^exponent by squaring: multiplications alone, because `pow` differs between engines. exponent: a whole number ≥ 0. */
function wholePower(base: number, exponent: number): number {
  let result = 1;
  let square = base;
  for (let left = exponent; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result *= square;
    square *= square;
  }
  return result;
}

/** π², to the nearest double: what the polynomial is in. */
const PI_SQUARED = 9.869604401089358;

/** (2j)! for j = 10 … 1: below 2⁵³ up to 18!, and 20! to the nearest double. */
const EVEN_FACTORIALS = [
  2_432_902_008_176_640_000, 6_402_373_705_728_000, 20_922_789_888_000, 87_178_291_200, 479_001_600, 3_628_800, 40_320,
  720, 24, 2,
] as const;

/**
 * (1 + cos πx)/2 for 0 ≤ x ≤ 1, without `cos`, whose last bits differ between engines. For x ≤ ½ the series
 *
 *     cos πx = 1 − (πx)²/2! + (πx)⁴/4! − … + (πx)²⁰/20!
 *
 * whose first term left out is at most (π/2)²²/22! < 2·10⁻¹⁷; above ½, cos πx = −cos π(1 − x). With the rounding of ten
 * additions the result is within 4·10⁻¹⁶ of the true one (a test compares it).
 */
export function raisedCosine(x: number): number {
  return x <= 0.5 ? (1 + cosineOfPi(x)) / 2 : (1 - cosineOfPi(1 - x)) / 2;
}

function cosineOfPi(x: number): number {
  const y = -(x * x * PI_SQUARED);
  let sum = 0;
  for (const factorial of EVEN_FACTORIALS) sum = (sum + 1 / factorial) * y;
  return 1 + sum;
}

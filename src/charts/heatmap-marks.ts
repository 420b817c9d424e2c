import type { Scale } from '../core/dataset.ts';
import type { Ramp, Ramps } from '../theme/ramps.ts';
import { ratingShade, signedShade } from '../theme/ramps.ts';
import { type Factors, GAP, HELD_OUT, type StageCells } from './stage-cells.ts';

/** How a cell looks. Numbers, so that a matrix of them is one Uint8Array. */
export const LOOK = {
  /** A colored cell. */
  plain: 0,
  /** In R: nothing stands there; hatched. */
  gap: 1,
  /** In R: a number hidden from training; dotted frame, closed eye. */
  hidden: 2,
  /** In R̂: a gap that the model filled; dashed outline. */
  filled: 3,
  /** In R̂: a prediction for a hidden rating; solid outline. */
  judged: 4,
  /** In R̂: nothing was learned about this user or item; neutral. */
  noData: 5,
  /** The same where a rating is hidden. */
  noDataJudged: 6,
  /** Not computed yet. */
  pending: 7,
  /** In R, truth shown: the planted value of a gap, under the hatching. */
  truth: 8,
  /** In R̂, truth shown: the error in a gap, on the error ramp; dashed outline. */
  error: 9,
} as const;

/**
 * A matrix ready to be painted, row by row:
 *
 *     values   what the number in the cell says
 *     shades   0 … 255 on `ramp` (on `errorRamp` where the look is `error`)
 *     looks    one of LOOK
 */
export interface HeatmapMarks {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
  readonly shades: Uint8Array;
  readonly looks: Uint8Array;
  readonly ramp: Ramp;
  readonly errorRamp: Ramp;
  /** Signed bars in large cells: bar length 1 at ±bound. Null = none. */
  readonly bound: number | null;
  /** How far numbers stand above the middle, where something else stands at the foot (CSS px). */
  readonly lift?: number;
  /** Ratings are written as they were typed, the rest with as many decimals as fit. */
  readonly exact: boolean;
}

/** R: ratings on the rating ramp, gaps, hidden ratings; with `truth`, the planted values in the gaps. */
export function ratingMarks(cells: StageCells, scale: Scale, ramps: Ramps, truth: Float64Array | null): HeatmapMarks {
  const count = cells.kinds.length;
  const values = Float64Array.from(cells.ratings);
  const shades = new Uint8Array(count);
  const looks = new Uint8Array(count);
  for (let place = 0; place < count; place += 1) {
    const kind = cells.kinds[place];
    if (kind === GAP && truth) values[place] = truth[place] ?? 0;
    looks[place] = kind === GAP ? (truth ? LOOK.truth : LOOK.gap) : kind === HELD_OUT ? LOOK.hidden : LOOK.plain;
    shades[place] = ratingShade(values[place] ?? 0, scale.min, scale.max);
  }
  return {
    rows: cells.users.length,
    columns: cells.items.length,
    values,
    shades,
    looks,
    ramp: ramps.rating,
    errorRamp: ramps.error,
    bound: null,
    exact: true,
  };
}

export interface PredictionOptions {
  /** Show predictions clipped to the scale. */
  readonly clip: boolean;
  /** The planted truth of the window: gaps then show the error r − r̂. */
  readonly truth: Float64Array | null;
}

/** Clipped to the scale. */
export function clipTo(value: number, scale: Scale): number {
  return Math.max(scale.min, Math.min(scale.max, value));
}

/**
 * R̂ from its values (m·n, row by row; null = not computed yet). What is not finite counts as not computed: no NaN or
 * Infinity is ever drawn.
 */
export function predictionMarks(
  cells: StageCells,
  predicted: Float64Array | null,
  scale: Scale,
  ramps: Ramps,
  options: PredictionOptions,
): HeatmapMarks {
  const columns = cells.items.length;
  const count = cells.kinds.length;
  const values = new Float64Array(count);
  const shades = new Uint8Array(count);
  const looks = new Uint8Array(count);
  const errorBound = errorBoundOf(scale);
  for (let row = 0, place = 0; row < cells.users.length; row += 1) {
    for (let column = 0; column < columns; column += 1, place += 1) {
      const raw = predicted?.[place];
      const kind = cells.kinds[place];
      if (raw === undefined || !Number.isFinite(raw)) {
        looks[place] = LOOK.pending;
        continue;
      }
      if (cells.userWithoutData[row] === 1 || cells.itemWithoutData[column] === 1) {
        looks[place] = kind === HELD_OUT ? LOOK.noDataJudged : LOOK.noData;
        continue;
      }
      const value = options.clip ? clipTo(raw, scale) : raw;
      if (kind === GAP && options.truth) {
        const error = (options.truth[place] ?? 0) - value;
        values[place] = error;
        shades[place] = signedShade(error, errorBound);
        looks[place] = LOOK.error;
      } else {
        values[place] = value;
        shades[place] = ratingShade(value, scale.min, scale.max);
        looks[place] = kind === GAP ? LOOK.filled : kind === HELD_OUT ? LOOK.judged : LOOK.plain;
      }
    }
  }
  return {
    rows: cells.users.length,
    columns,
    values,
    shades,
    looks,
    ramp: ramps.rating,
    errorRamp: ramps.error,
    bound: null,
    exact: false,
  };
}

/** An error of half the scale takes the end of the error ramp. */
function errorBoundOf(scale: Scale): number {
  return (scale.max - scale.min) / 2;
}

function largestOf(values: Float64Array): number {
  let largest = 0;
  for (const value of values) {
    const size = Math.abs(value);
    if (size > largest && size < Number.POSITIVE_INFINITY) largest = size;
  }
  return largest;
}

/**
 * The value at the end of the factor ramp: the largest |p| or |q| there is, so that colors move with the numbers and never
 * jump, but not below what k factors of equal size would need for half the scale's largest rating: a start of N(0, 0.01)
 * looks as empty as it is.
 */
export function factorBoundOf(view: Factors, scale: Scale): number {
  const largestRating = Math.max(Math.abs(scale.min), Math.abs(scale.max), 1e-300);
  const least = 0.25 * Math.sqrt(largestRating / Math.max(1, view.k));
  return Math.max(1.05 * Math.max(largestOf(view.P), largestOf(view.Q)), least);
}

/** The same for biases: at least an eighth of the scale. */
export function biasBoundOf(view: Factors, scale: Scale): number {
  const largest = Math.max(view.bu ? largestOf(view.bu) : 0, view.bi ? largestOf(view.bi) : 0);
  return Math.max(1.05 * largest, (scale.max - scale.min) / 8);
}

/**
 * A matrix of signed numbers (P, Qᵀ, b_u, b_i) on the factor ramp. `transposed`: `source` is columns × rows, row by row, as
 * Q is where Qᵀ is shown.
 */
export function factorMarks(
  source: Float64Array | null,
  rows: number,
  columns: number,
  transposed: boolean,
  bound: number,
  ramps: Ramps,
): HeatmapMarks {
  const values = new Float64Array(rows * columns);
  const shades = new Uint8Array(values.length);
  const looks = new Uint8Array(values.length);
  for (let row = 0, place = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1, place += 1) {
      const value = source?.[transposed ? column * rows + row : place];
      if (value === undefined || !Number.isFinite(value)) {
        looks[place] = LOOK.pending;
        shades[place] = signedShade(0, 1);
      } else {
        values[place] = value;
        shades[place] = signedShade(value, bound);
      }
    }
  }
  return { rows, columns, values, shades, looks, ramp: ramps.factor, errorRamp: ramps.error, bound, exact: false };
}

/** μ alone, on the rating ramp: it is a rating. */
export function meanMarks(mu: number | null, scale: Scale, ramps: Ramps): HeatmapMarks {
  const known = mu !== null && Number.isFinite(mu);
  return {
    rows: 1,
    columns: 1,
    values: Float64Array.of(known ? mu : 0),
    shades: Uint8Array.of(known ? ratingShade(mu, scale.min, scale.max) : 0),
    looks: Uint8Array.of(known ? LOOK.plain : LOOK.pending),
    ramp: ramps.rating,
    errorRamp: ramps.error,
    bound: null,
    exact: false,
  };
}

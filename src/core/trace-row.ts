import type { Side } from './edit-rows.ts';
import type { Parameters } from './parameters.ts';
import { predict } from './predict.ts';
import type { TrainingData } from './training-data.ts';
import { ratingsOfRow } from './understand/row-ratings.ts';

/** What the numbers of a row are, and how far off they are on the row's own training ratings. */
export interface RowReading {
  /** Its k factors. */
  readonly factors: readonly number[];
  /** Null where the prediction has none. */
  readonly bias: number | null;
  /** √(Σ (r − r̂)² / n); null where the row has no rating. */
  readonly rmse: number | null;
}

/** One visit of ALS spelled out: a row whose numbers are all solved together, everything else held. */
export interface RowTrace {
  readonly side: Side;
  readonly row: number;
  /** How many training ratings it is solved from. */
  readonly ratings: number;
  readonly before: RowReading;
  readonly after: RowReading;
}

/** Reads user or item number `row`. */
export function readRow(parameters: Parameters, data: TrainingData, side: Side, row: number): RowReading {
  const { k } = parameters;
  const users = side === 'users';
  const factors = Array.from((users ? parameters.P : parameters.Q).subarray(row * k, (row + 1) * k));
  const { partner, value } = ratingsOfRow(data.training, side, row);
  let squares = 0;
  for (let at = 0; at < value.length; at += 1) {
    const other = partner[at] ?? 0;
    const error = (value[at] ?? 0) - predict(parameters, users ? row : other, users ? other : row);
    squares += error * error;
  }
  return {
    factors,
    bias: (users ? parameters.bu : parameters.bi)?.[row] ?? null,
    rmse: value.length === 0 ? null : Math.sqrt(squares / value.length),
  };
}

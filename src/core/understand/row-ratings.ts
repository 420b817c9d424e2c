import type { Side } from '../edit-rows.ts';
import type { RatingColumns } from '../training-data.ts';

/** The ratings of one user or item: on which row of the other side (a user's: the item), and how much. */
export interface RowRatings {
  readonly partner: Int32Array;
  readonly value: Float64Array;
}

/** What user or item number `row` has among `columns`, in their order. */
export function ratingsOfRow(columns: RatingColumns, side: Side, row: number): RowRatings {
  const own = side === 'users' ? columns.user : columns.item;
  const other = side === 'users' ? columns.item : columns.user;
  let count = 0;
  for (let at = 0; at < own.length; at += 1) count += own[at] === row ? 1 : 0;
  const partner = new Int32Array(count);
  const value = new Float64Array(count);
  let next = 0;
  for (let at = 0; next < count; at += 1) {
    if (own[at] !== row) continue;
    partner[next] = other[at] ?? 0;
    value[next] = columns.value[at] ?? 0;
    next += 1;
  }
  return { partner, value };
}

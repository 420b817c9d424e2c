import type { Side } from '../../core/edit-rows.ts';

/** Which group each user or item was in when the stage was put in their order: by key, so that it outlives moves and edits. */
export interface OrderedGroups {
  /** Of which set of ratings the keys are: they begin anew in each. */
  readonly set: number;
  readonly side: Side;
  readonly groupOfKey: ReadonlyMap<number, number>;
}

/** In no group: without a rating, or come later. */
export const NO_GROUP = -1;

/**
 * Between which places groups meet: [2, 5] is before the third and before the sixth row. Null where the rows do not stand by
 * group (any more), so that there is nothing to draw.
 */
export function groupBorders(keys: readonly number[], groups: OrderedGroups['groupOfKey']): readonly number[] | null {
  const met = new Set<number>();
  const borders: number[] = [];
  let last: number | null = null;
  for (const [place, key] of keys.entries()) {
    const group = groups.get(key) ?? NO_GROUP;
    if (group === last) continue;
    if (met.has(group)) return null;
    met.add(group);
    if (place > 0) borders.push(place);
    last = group;
  }
  return borders;
}

import type { StoreApi } from 'zustand/vanilla';
import type { Dataset } from '../../core/dataset.ts';
import type { AppState } from '../../store/state.ts';

/**
 * Whether `after` is `before` with an edit, or with one undone: an edit shares all that it did not change, and another set
 * nothing (or, of the built-in ones, the scale alone).
 */
export function isEditOf(after: Dataset, before: Dataset): boolean {
  const shares = (['userKeys', 'itemKeys', 'users', 'items', 'ratings', 'scale'] as const).some(
    (part) => after[part] === before[part],
  );
  return shares && after.name === before.name;
}

/**
 * Numbers the sets of ratings that a page has had, from 0: keys of users and items begin anew in each, so that what is
 * remembered by key must know of which it is. Edits stay with their set, and so does the way back to it.
 */
export function numberSets({ getState, subscribe }: StoreApi<AppState>): (dataset: Dataset) => number {
  const first = getState().study.dataset;
  const known = new WeakMap<Dataset, number>([[first, 0]]);
  let count = 1;
  let latest = first;
  const follow = (dataset: Dataset): number => {
    const number = known.get(dataset) ?? (isEditOf(dataset, latest) ? known.get(latest) : undefined) ?? count;
    if (number === count) count += 1;
    known.set(dataset, number);
    latest = dataset;
    return number;
  };
  subscribe(({ study }, before) => {
    if (study.dataset !== before.study.dataset) follow(study.dataset);
  });
  return (dataset) => known.get(dataset) ?? follow(getState().study.dataset);
}

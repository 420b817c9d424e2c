import type { Dataset } from './dataset.ts';

/** Beyond this many users or items the stage shows a part. */
const WHOLE_LIMIT = 256;
const SHOWN_USERS = 60;
const SHOWN_ITEMS = 40;

/** The `shown` indices with the highest counts (ties: the lower index first), in display order; null = all. */
function mostRated(indices: Int32Array, length: number, shown: number): Int32Array | null {
  if (length <= shown) return null;
  const counts = new Int32Array(length);
  for (const index of indices) counts[index] = (counts[index] ?? 0) + 1;
  const ranked = Int32Array.from({ length }, (_, index) => index).sort(
    (a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b,
  );
  return ranked.slice(0, shown).sort();
}

/**
 * Which users and items the stage shows, in display order (null = all): everything up to 256 × 256, else the 60 users and
 * 40 items with the most ratings.
 */
export function stageWindow(dataset: Dataset): {
  readonly users: Int32Array | null;
  readonly items: Int32Array | null;
} {
  const m = dataset.users.length;
  const n = dataset.items.length;
  if (m <= WHOLE_LIMIT && n <= WHOLE_LIMIT) return { users: null, items: null };
  return {
    users: mostRated(dataset.ratings.user, m, SHOWN_USERS),
    items: mostRated(dataset.ratings.item, n, SHOWN_ITEMS),
  };
}

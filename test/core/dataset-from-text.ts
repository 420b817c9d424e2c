import type { Dataset } from '../../src/core/dataset.ts';
import { type Rating, ratingsFrom } from '../../src/core/ratings.ts';

const USERS = ['Ana', 'Bo', 'Chen', 'Dee', 'Eli', 'Fay'];
const ITEMS = ['Alien', 'Brazil', 'Clue', 'Dune'];

/** A dataset that looks like what it is: `datasetFromText('5 3? . / 4 . 1')` — rows by slashes, a gap is a point, ? holds out. */
export function datasetFromText(text: string): Dataset {
  const rows = text.split('/').map((row) => row.trim().split(/\s+/));
  const ratings: Rating[] = rows.flatMap((row, user) =>
    row.flatMap((cell, item) =>
      cell === '.' ? [] : [{ user, item, value: Number(cell.replace('?', '')), heldOut: cell.endsWith('?') }],
    ),
  );
  const columns = rows[0]?.length ?? 0;
  return {
    name: 'a test',
    users: rows.map((_, u) => USERS[u] ?? `User ${u + 1}`),
    items: Array.from({ length: columns }, (_, i) => ITEMS[i] ?? `Item ${i + 1}`),
    userKeys: rows.map((_, u) => u),
    itemKeys: Array.from({ length: columns }, (_, i) => i),
    userIds: null,
    itemIds: null,
    scale: { min: 1, max: 5, step: 1 },
    ratings: ratingsFrom(ratings),
    holdOut: null,
    truth: null,
  };
}

/** The same notation back. */
export function textFromDataset(dataset: Dataset): string {
  const { ratings } = dataset;
  const cells = dataset.users.map(() => dataset.items.map(() => '.'));
  ratings.user.forEach((user, n) => {
    const row = cells[user];
    if (row) row[ratings.item[n] ?? -1] = `${ratings.value[n]}${ratings.heldOut[n] ? '?' : ''}`;
  });
  return cells.map((row) => row.join(' ')).join(' / ');
}

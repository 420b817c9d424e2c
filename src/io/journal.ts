import { type CellChange, changeCells } from '../core/change-cells.ts';
import type { Ratings } from '../core/ratings.ts';
import { listText, numberText } from './canonical-json.ts';

/** One edit of one cell: its number (they ascend), and what became of the cell. */
export interface JournalEntry extends CellChange {
  readonly sequence: number;
}

/** The cells that differ between two ratings of the same users and items, or null when there are more than `limit`. */
export function changedCells(before: Ratings, after: Ratings, limit: number): readonly CellChange[] | null {
  const changes: CellChange[] = [];
  let a = 0;
  let b = 0;
  while (a < before.user.length || b < after.user.length) {
    if (changes.length > limit) return null;
    const order = compare(before, a, after, b);
    if (order < 0) {
      changes.push({ user: before.user[a] ?? 0, item: before.item[a] ?? 0, value: null, heldOut: false });
      a += 1;
      continue;
    }
    const same = order === 0 && Object.is(before.value[a], after.value[b]) && before.heldOut[a] === after.heldOut[b];
    if (!same) {
      const value = after.value[b] ?? 0;
      changes.push({ user: after.user[b] ?? 0, item: after.item[b] ?? 0, value, heldOut: after.heldOut[b] === 1 });
    }
    if (order === 0) a += 1;
    b += 1;
  }
  return changes;
}

/** Below 0 when pair a of `before` comes first, above 0 when pair b of `after` does; a list that is at its end comes last. */
function compare(before: Ratings, a: number, after: Ratings, b: number): number {
  if (a >= before.user.length) return 1;
  if (b >= after.user.length) return -1;
  const users = (before.user[a] ?? 0) - (after.user[b] ?? 0);
  return users === 0 ? (before.item[a] ?? 0) - (after.item[b] ?? 0) : users;
}

/** Makes the edits on the ratings, in their order. */
export function replay(ratings: Ratings, entries: readonly JournalEntry[]): Ratings {
  const last = new Map(entries.map((entry) => [`${entry.user}/${entry.item}`, entry]));
  const changes = [...last.values()].sort((a, b) => a.user - b.user || a.item - b.item);
  return changes.length === 0 ? ratings : changeCells(ratings, changes);
}

/** `[lineage,[[sequence,user,item,value or null,held out 0 or 1],…]]` */
export function journalText(lineage: number, entries: readonly JournalEntry[]): string {
  const rows = listText(entries, ({ sequence, user, item, value, heldOut }) => {
    return `[${sequence},${user},${item},${value === null ? 'null' : numberText(value)},${heldOut ? 1 : 0}]`;
  });
  return `[${lineage},${rows}]`;
}

function isWhole(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function readEntry(row: unknown): JournalEntry | null {
  if (!Array.isArray(row) || row.length !== 5) return null;
  const [sequence, user, item, value, heldOut]: unknown[] = row;
  if (!isWhole(sequence) || !isWhole(user) || !isWhole(item)) return null;
  if (value !== null && (typeof value !== 'number' || !(Math.abs(value) <= 1e100))) return null;
  return { sequence, user, item, value, heldOut: heldOut === 1 };
}

/** What `journalText` wrote; null when it is something else. */
export function readJournal(
  text: string,
): { readonly lineage: number; readonly entries: readonly JournalEntry[] } | null {
  let tree: unknown;
  try {
    tree = JSON.parse(text);
  } catch {
    return null;
  }
  if (!Array.isArray(tree) || !isWhole(tree[0]) || !Array.isArray(tree[1])) return null;
  const entries = tree[1].map(readEntry);
  const sound = entries.filter((entry) => entry !== null);
  return sound.length === entries.length ? { lineage: tree[0], entries: sound } : null;
}

import { useMemo } from 'react';
import { blockToText, parseBlock, tileBlock, zerosInDenseBlock } from '../../core/block.ts';
import type { Dataset } from '../../core/dataset.ts';
import {
  clearRatings,
  clearZeros,
  fillDown,
  fillRight,
  type Place,
  setBlock,
  setHeldOut,
  setRating,
  wouldHoldOut,
} from '../../core/edit.ts';
import {
  addItem,
  addUser,
  moveItem,
  moveUser,
  removeItems,
  removeUsers,
  renameItem,
  renameUser,
  type Side,
} from '../../core/edit-rows.ts';
import { parseRating } from '../../core/parse-number.ts';
import { fail, type Problem, type Result } from '../../core/problem.ts';
import { findRating } from '../../core/ratings.ts';
import { strings } from '../../strings/index.ts';
import { formatExact } from '../../strings/numbers.ts';
import type { Handle } from '../context.ts';
import { useHandle } from '../context.ts';
import type { GridBounds, GridPlace } from './grid-place.ts';

const text = strings.grid;

/** Two pastes are two undo steps, also of the same text in the same place. */
let pastes = 0;

/** What the grid can do to the dataset; places are rows and columns as shown. Nothing that fails or changes nothing makes an undo step. */
export interface GridEdits {
  /** What a cell's editor opens with: the rating with all its digits, or nothing. */
  valueText(place: GridPlace): string;
  isRated(place: GridPlace): boolean;
  /** Takes a typed text in; the problem stays with the editor. */
  typeRating(place: GridPlace, typed: string): Problem | null;
  rename(side: Side, index: number, typed: string): Problem | null;
  clear(bounds: GridBounds): void;
  fill(direction: 'down' | 'right', bounds: GridBounds): void;
  toggleHeldOut(bounds: GridBounds): void;
  /** True: holding out would hide something; false: all is hidden; null: gaps only. */
  wouldHoldOut(bounds: GridBounds): boolean | null;
  copyText(bounds: GridBounds): string;
  /** The block that was pasted, to select it; null when nothing was. */
  paste(pasted: string, bounds: GridBounds): GridBounds | null;
  /** Adds before the row or column `at` as shown (its length: at the end); gives where the new one stands. */
  add(side: Side, at: number): void;
  remove(side: Side, from: number, to: number): void;
  move(side: Side, from: number, to: number): void;
}

function createGridEdits({ store, actions }: Handle, users: readonly number[], items: readonly number[]): GridEdits {
  const current = (): Dataset => store.getState().study.dataset;
  const shown = { users, items };

  const placeOf = (bounds: GridBounds): Place => ({
    users: users.slice(bounds.top, bounds.bottom + 1),
    items: items.slice(bounds.left, bounds.right + 1),
  });
  const sizeOf = ({ users: rows, items: columns }: Place) => [rows.length, columns.length] as const;
  const indexOf = (side: Side, at: number) => shown[side][at] ?? current()[side].length;

  const change = (next: Dataset, label: string, mark?: string) => {
    if (next !== current()) actions.changeDataset(next, label, mark);
  };
  /** The editor answers where it stands; the message must say where that is, unless `kept` does. */
  const settle = (result: Result<Dataset>, label: string, where: string | null, kept: string): Problem | null => {
    if (result.ok) {
      change(result.value, label);
      return null;
    }
    actions.report(where === null ? result.problem : { ...result.problem, where }, kept);
    return result.problem;
  };

  const ratingAt = (place: GridPlace): number | null => {
    const { ratings } = current();
    const at = findRating(ratings, users[place.row] ?? -1, items[place.column] ?? -1);
    return at < 0 ? null : (ratings.value[at] ?? null);
  };
  const valueText = (place: GridPlace) => {
    const value = ratingAt(place);
    return value === null ? '' : formatExact(value);
  };
  const nameOf = (side: Side, at: number) => current()[side][shown[side][at] ?? -1] ?? '';

  /** "Bo, Clue"; null where a row or a column is only about to come. */
  const cellName = (row: number, column: number): string | null => {
    const user = nameOf('users', row);
    const item = nameOf('items', column);
    return user === '' || item === '' ? null : text.cell(user, item);
  };

  const offerZerosAsGaps = (zeros: number, pasted: Dataset, place: Place, mark: string) => {
    const userKeys = place.users.map((user) => pasted.userKeys[user]);
    const itemKeys = place.items.map((item) => pasted.itemKeys[item]);
    actions.say(text.zerosPasted(zeros), {
      label: text.readZerosAsGaps,
      run: () => {
        // Rows may have moved since; who they are has not.
        const now = current();
        const stillThere = (keys: readonly number[], wanted: readonly (number | undefined)[]) =>
          keys.flatMap((key, index) => (wanted.includes(key) ? [index] : []));
        const next = clearZeros(now, {
          users: stillThere(now.userKeys, userKeys),
          items: stillThere(now.itemKeys, itemKeys),
        });
        change(next, text.markZerosAsGaps, now === pasted ? mark : undefined);
      },
    });
  };

  /** The rows (columns) that `count` cells from `at` fall on; beyond the last one they are new, unless only a window is shown. */
  const targets = (side: Side, at: number, count: number): number[] => {
    const list = shown[side].slice(at, at + count);
    const total = current()[side].length;
    if (shown[side].length < total) return list;
    return [...list, ...Array.from({ length: Math.max(0, count - list.length) }, (_, n) => total + n)];
  };

  return {
    valueText,
    isRated: (place) => ratingAt(place) !== null,

    typeRating(place, typed) {
      const user = users[place.row];
      const item = items[place.column];
      const before = valueText(place);
      if (user === undefined || item === undefined || typed.trim() === before) return null;
      const parsed: Result<number | null> = typed.trim() === '' ? { ok: true, value: null } : parseRating(typed);
      const result = parsed.ok ? setRating(current(), user, item, parsed.value) : fail(parsed.problem);
      const after = parsed.ok && parsed.value !== null ? formatExact(parsed.value) : text.gap;
      return settle(
        result,
        text.rating(nameOf('users', place.row), nameOf('items', place.column), after),
        text.cell(nameOf('users', place.row), nameOf('items', place.column)),
        before === '' ? text.keptGap : text.keptRating(before),
      );
    },

    rename(side, index, typed) {
      const target = shown[side][index];
      const before = nameOf(side, index);
      if (target === undefined || typed === before) return null;
      const result = side === 'users' ? renameUser(current(), target, typed) : renameItem(current(), target, typed);
      return settle(
        result,
        text.markRenamed(before, result.ok ? (result.value[side][target] ?? '') : ''),
        null,
        text.keptName(before),
      );
    },

    clear(bounds) {
      const place = placeOf(bounds);
      const [rows, columns] = sizeOf(place);
      const single = rows === 1 && columns === 1;
      const label = single
        ? text.rating(nameOf('users', bounds.top), nameOf('items', bounds.left), text.gap)
        : text.markCleared(rows, columns);
      change(clearRatings(current(), place), label);
    },

    fill(direction, bounds) {
      const single = direction === 'down' ? bounds.top === bounds.bottom : bounds.left === bounds.right;
      // A single row (column) is filled from the one before it.
      const from = !single
        ? bounds
        : direction === 'down'
          ? { ...bounds, top: Math.max(0, bounds.top - 1) }
          : { ...bounds, left: Math.max(0, bounds.left - 1) };
      const place = placeOf(from);
      change((direction === 'down' ? fillDown : fillRight)(current(), place), text.markFilled(...sizeOf(place)));
    },

    wouldHoldOut: (bounds) => wouldHoldOut(current(), placeOf(bounds)),

    toggleHeldOut(bounds) {
      const place = placeOf(bounds);
      const [rows, columns] = sizeOf(place);
      const hide = wouldHoldOut(current(), place) ?? false;
      const result = setHeldOut(current(), place);
      if (!result.ok) return actions.report(result.problem);
      const single = rows === 1 && columns === 1;
      const names = [nameOf('users', bounds.top), nameOf('items', bounds.left)] as const;
      const label = single
        ? (hide ? text.markHeldOut : text.markReturned)(...names)
        : (hide ? text.markBlockHeldOut : text.markBlockReturned)(rows, columns);
      change(result.value, label);
    },

    copyText: (bounds) => {
      const place = placeOf(bounds);
      return blockToText(current(), place.users, place.items);
    },

    paste(pasted, bounds) {
      const parsed = parseBlock(pasted, (row, column) => cellName(bounds.top + row, bounds.left + column));
      if (!parsed.ok) {
        actions.report(parsed.problem, text.nothingPasted);
        return null;
      }
      const block = tileBlock(parsed.value, bounds.bottom - bounds.top + 1, bounds.right - bounds.left + 1);
      const rows = block.values.length;
      const columns = block.values[0]?.length ?? 0;
      const place = { users: targets('users', bounds.top, rows), items: targets('items', bounds.left, columns) };
      const result = setBlock(current(), place, block);
      if (!result.ok) {
        actions.report(result.problem, text.nothingPasted);
        return null;
      }
      pastes += 1;
      const mark = `paste ${pastes}`;
      change(result.value, text.markPasted(rows, columns), mark);
      const zeros = zerosInDenseBlock(parsed.value);
      if (zeros > 0) offerZerosAsGaps(zeros, result.value, place, mark);
      return { top: bounds.top, bottom: bounds.top + rows - 1, left: bounds.left, right: bounds.left + columns - 1 };
    },

    add(side, at) {
      const index = indexOf(side, at);
      const next = side === 'users' ? addUser(current(), index) : addItem(current(), index);
      change(next, text.markAdded(next[side][index] ?? ''));
    },

    remove(side, from, to) {
      const gone = shown[side].slice(from, to + 1);
      const names = gone.map((index) => current()[side][index] ?? '');
      const result = side === 'users' ? removeUsers(current(), gone) : removeItems(current(), gone);
      if (result.ok) change(result.value, text.markRemoved(names));
      else actions.report(result.problem);
    },

    move(side, from, to) {
      const source = shown[side][from];
      const target = shown[side][to];
      if (source === undefined || target === undefined) return;
      const next = side === 'users' ? moveUser(current(), source, target) : moveItem(current(), source, target);
      change(next, text.markMoved(nameOf(side, from)));
    },
  };
}

/** The edits, made anew only when other rows or columns are shown. */
export function useGridEdits(users: readonly number[], items: readonly number[]): GridEdits {
  const handle = useHandle();
  return useMemo(() => createGridEdits(handle, users, items), [handle, users, items]);
}

import type { Side } from '../../core/edit-rows.ts';
import { strings } from '../../strings/index.ts';
import type { MenuEntry } from './CellMenu.tsx';
import type { GridBounds, GridPlace, GridSize } from './grid-place.ts';
import type { GridEdits } from './use-grid-edits.ts';

const text = strings.grid;

export interface MenuContext {
  readonly edits: GridEdits;
  readonly active: GridPlace;
  readonly bounds: GridBounds;
  readonly size: GridSize;
  /** Every row and column is shown, so that "up" and "down" mean the next one. */
  readonly whole: boolean;
  copy(): void;
  paste(): void;
  add(side: Side, at: number): void;
  remove(side: Side): void;
  move(side: Side, by: 1 | -1): void;
  rename(side: Side): void;
}

function userEntries({ active, bounds, size, whole, add, remove, move, rename }: MenuContext): (MenuEntry | null)[] {
  const moves = [
    { label: text.moveUserUp, keys: 'Alt+↑', disabled: active.row === 0, run: () => move('users', -1) },
    { label: text.moveUserDown, keys: 'Alt+↓', disabled: active.row === size.rows - 1, run: () => move('users', 1) },
  ];
  return [
    null,
    { label: text.insertUserAbove, run: () => add('users', active.row) },
    { label: text.insertUserBelow, run: () => add('users', active.row + 1) },
    { label: text.renameUser, run: () => rename('users') },
    ...(whole ? moves : []),
    { label: text.removeUsers(bounds.bottom - bounds.top + 1), run: () => remove('users') },
  ];
}

function itemEntries({ active, bounds, size, whole, add, remove, move, rename }: MenuContext): (MenuEntry | null)[] {
  const moves = [
    { label: text.moveItemLeft, keys: 'Alt+←', disabled: active.column === 0, run: () => move('items', -1) },
    {
      label: text.moveItemRight,
      keys: 'Alt+→',
      disabled: active.column === size.columns - 1,
      run: () => move('items', 1),
    },
  ];
  return [
    null,
    { label: text.insertItemLeft, run: () => add('items', active.column) },
    { label: text.insertItemRight, run: () => add('items', active.column + 1) },
    { label: text.renameItem, run: () => rename('items') },
    ...(whole ? moves : []),
    { label: text.removeItems(bounds.right - bounds.left + 1), run: () => remove('items') },
  ];
}

/** Everything that can be done to the selected cells, their users and their items; a header's menu leaves the other side out. */
export function menuEntries(context: MenuContext): readonly (MenuEntry | null)[] {
  const { edits, active, bounds, copy, paste } = context;
  const hides = edits.wouldHoldOut(bounds);
  return [
    {
      label: hides === false ? text.returnToTraining : text.holdOut,
      keys: 'H',
      disabled: hides === null,
      run: () => edits.toggleHeldOut(bounds),
    },
    { label: text.makeGap, keys: 'Del', disabled: hides === null, run: () => edits.clear(bounds) },
    { label: text.copy, keys: 'Ctrl+C', run: copy },
    { label: text.paste, keys: 'Ctrl+V', run: paste },
    ...(active.row >= 0 ? userEntries(context) : []),
    ...(active.column >= 0 ? itemEntries(context) : []),
  ];
}

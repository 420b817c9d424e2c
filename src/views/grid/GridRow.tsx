// biome-ignore-all lint/a11y/useSemanticElements: a table lays itself out; these cells must lie exactly over a drawing
// biome-ignore-all lint/a11y/useFocusableInteractive: the focus walks over the cells, not over rows and grid

import { memo, type ReactNode } from 'react';
import type { Dataset } from '../../core/dataset.ts';
import { findRating } from '../../core/ratings.ts';
import { strings } from '../../strings/index.ts';
import { formatExact } from '../../strings/numbers.ts';
import { usePointer } from '../context.ts';
import { pairOf } from '../stage/pointed-at.ts';
import { useTold } from '../stage/use-told.ts';
import type { GridMeasures } from './grid-place.ts';
import { sameRow } from './same-row.ts';

const text = strings.grid;

/** What a cell of R is called: "Ana, Alien: 5", "Ana, Brazil: 3, held out", "Bo, Clue: gap". */
export function cellName(dataset: Dataset, user: number, item: number): string {
  const names = [dataset.users[user] ?? '', dataset.items[item] ?? ''] as const;
  const at = findRating(dataset.ratings, user, item);
  if (at < 0) return text.rating(...names, text.gap);
  const value = formatExact(dataset.ratings.value[at] ?? 0);
  return dataset.ratings.heldOut[at] ? text.ratingHeldOut(...names, value) : text.rating(...names, value);
}

interface NameProps {
  readonly name: string;
  readonly side: 'user' | 'item';
  readonly index: number;
}

/** A name that stands out while its user or item is looked at. */
export function Name({ name, side, index }: NameProps) {
  const told = useTold();
  const lit = usePointer((state) => pairOf(state, told)[side] === index);
  return <span className={lit ? 'ratings-name lit' : 'ratings-name'}>{name}</span>;
}

/** The same for the pointer and for assistive technology. */
function seenNote(epoch: number | undefined): { title?: string; 'aria-description'?: string } {
  if (epoch === undefined) return {};
  const note = text.seenUntil(epoch);
  return { title: note, 'aria-description': note };
}

export interface GridRowProps {
  readonly dataset: Dataset;
  readonly measures: GridMeasures;
  readonly items: readonly number[];
  readonly user: number;
  readonly row: number;
  /** False in large grids far from the focus: the row is its header alone. */
  readonly withCells: boolean;
  /** The column that the keyboard stands on in this row: −1 its header, null none. */
  readonly activeColumn: number | null;
  /** The selected columns of this row, both ends included; null none. */
  readonly selectedFrom: number | null;
  readonly selectedTo: number | null;
  /** Of this user's ratings held out after they were trained on: item → epoch until which they were seen. Null = none. */
  readonly seenUntil: ReadonlyMap<number, number> | null;
  readonly editor: ReactNode;
}

function sameProps(before: GridRowProps, after: GridRowProps): boolean {
  return (
    before.measures === after.measures &&
    before.items === after.items &&
    before.user === after.user &&
    before.row === after.row &&
    before.withCells === after.withCells &&
    before.activeColumn === after.activeColumn &&
    before.selectedFrom === after.selectedFrom &&
    before.selectedTo === after.selectedTo &&
    before.seenUntil === after.seenUntil &&
    before.editor === after.editor &&
    sameRow(before.dataset, after.dataset, after.user)
  );
}

/** One user: the header and the transparent cells over the drawing. Draws again only when something of this row changed. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { dataset, measures, items, user, row, withCells, activeColumn, selectedFrom, selectedTo, seenUntil, editor } =
    props;
  const { columnWidth, rowHeight, headerWidth, headerHeight } = measures;
  const name = dataset.users[user] ?? '';
  return (
    <div
      role="row"
      aria-rowindex={row + 2}
      className="ratings-row"
      style={{ top: headerHeight + row * rowHeight, height: rowHeight }}
    >
      <div
        role="rowheader"
        aria-colindex={1}
        tabIndex={activeColumn === -1 ? 0 : -1}
        data-place={`${row} -1`}
        className="ratings-header ratings-user"
        title={name}
        style={{ width: headerWidth }}
      >
        <Name name={name} side="user" index={user} />
        {activeColumn === -1 && editor}
      </div>
      {withCells &&
        items.map((item, column) => (
          <div
            key={dataset.itemKeys[item] ?? item}
            role="gridcell"
            aria-colindex={column + 2}
            aria-label={cellName(dataset, user, item)}
            {...seenNote(seenUntil?.get(item))}
            aria-selected={
              selectedFrom !== null && selectedTo !== null && column >= selectedFrom && column <= selectedTo
            }
            tabIndex={activeColumn === column ? 0 : -1}
            data-place={`${row} ${column}`}
            className="ratings-cell"
            style={{ left: headerWidth + column * columnWidth, width: columnWidth }}
          >
            {activeColumn === column && editor}
          </div>
        ))}
    </div>
  );
}, sameProps);

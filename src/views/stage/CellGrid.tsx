// biome-ignore-all lint/a11y/useSemanticElements: a table lays itself out; these cells must lie exactly over a picture
// biome-ignore-all lint/a11y/useFocusableInteractive: the focus walks over the cells, not over rows, headers and grid

import {
  type FocusEvent,
  type KeyboardEvent,
  memo,
  type PointerEvent,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { hitTest, type MatrixBox, sizeOf } from '../../charts/stage-layout.ts';
import type { NameClock } from './name-clock.ts';

interface Props {
  readonly name: string;
  readonly box: MatrixBox;
  readonly rowNames: readonly string[];
  readonly columnNames: readonly string[];
  /** The accessible name of a cell as things stand. Stable: read when names are refreshed, not when React renders. */
  readonly cellName: (row: number, column: number) => string;
  readonly clock: NameClock;
  /** Pointer or focus came to a cell, or left (null). */
  readonly onPoint: (row: number | null, column: number | null) => void;
  readonly onSelect: (row: number, column: number) => void;
  /** Its numbers can be typed over: Enter, F2, a double click, or the first character of a number (`typed`). */
  readonly onWrite?: ((row: number, column: number, typed: string | null, cell: HTMLElement) => void) | undefined;
}

/** Above this many cells only the focused row and its neighbors are in the page. */
const MOST_CELLS = 3000;
/** … and of wide rows, this many cells to either side. */
const COLUMNS_BESIDE = 60;

/** What a number may begin with. */
const NUMBER_START = /^[-−+.\d]$/;

interface Slice {
  readonly firstRow: number;
  readonly lastRow: number;
  readonly firstColumn: number;
  readonly lastColumn: number;
}

function sliceAround(box: MatrixBox, row: number, column: number): Slice {
  if (box.rows * box.columns <= MOST_CELLS) {
    return { firstRow: 0, lastRow: box.rows - 1, firstColumn: 0, lastColumn: box.columns - 1 };
  }
  return {
    firstRow: Math.max(0, row - 1),
    lastRow: Math.min(box.rows - 1, row + 1),
    firstColumn: Math.max(0, column - COLUMNS_BESIDE),
    lastColumn: Math.min(box.columns - 1, column + COLUMNS_BESIDE),
  };
}

function range(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}

/** Where a key leads from a cell; null = not a key of the grid. */
function cellAfter(event: KeyboardEvent, row: number, column: number, box: MatrixBox): [number, number] | null {
  const far = event.ctrlKey || event.metaKey;
  const lastRow = box.rows - 1;
  const lastColumn = box.columns - 1;
  switch (event.key) {
    case 'ArrowLeft':
      return [row, far ? 0 : Math.max(0, column - 1)];
    case 'ArrowRight':
      return [row, far ? lastColumn : Math.min(lastColumn, column + 1)];
    case 'ArrowUp':
      return [far ? 0 : Math.max(0, row - 1), column];
    case 'ArrowDown':
      return [far ? lastRow : Math.min(lastRow, row + 1), column];
    case 'Home':
      return [far ? 0 : row, 0];
    case 'End':
      return [far ? lastRow : row, lastColumn];
    case 'PageUp':
      return [Math.max(0, row - 10), column];
    case 'PageDown':
      return [Math.min(lastRow, row + 10), column];
    default:
      return null;
  }
}

/**
 * The transparent grid over a picture: real cells with names for assistive technology, one tab stop, arrows within.
 * Names are written to the DOM directly, at the clock's pace: a training run changes all of them sixty times a second,
 * and React need not know.
 */
export const CellGrid = memo(function CellGrid(props: Props) {
  const { name, box, rowNames, columnNames, cellName, clock, onPoint, onSelect, onWrite } = props;
  const grid = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState({ row: 0, column: 0 });
  const moved = useRef(false);
  const row = Math.min(active.row, box.rows - 1);
  const column = Math.min(active.column, box.columns - 1);
  const slice = sliceAround(box, row, column);
  const whole = box.rows * box.columns <= MOST_CELLS;
  const { width, height } = sizeOf(box);

  useEffect(() => {
    const refresh = () => {
      for (const cell of grid.current?.querySelectorAll<HTMLElement>('[role="gridcell"]') ?? []) {
        const text = cellName(Number(cell.dataset.row), Number(cell.dataset.column));
        if (cell.getAttribute('aria-label') !== text) cell.setAttribute('aria-label', text);
      }
    };
    return clock.add(refresh);
  }, [cellName, clock]);

  // Cells that just came into the page get their names before anyone can read them.
  useLayoutEffect(() => {
    for (const cell of grid.current?.querySelectorAll<HTMLElement>('[role="gridcell"]') ?? []) {
      cell.setAttribute('aria-label', cellName(Number(cell.dataset.row), Number(cell.dataset.column)));
    }
  });

  useLayoutEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    grid.current?.querySelector<HTMLElement>(`[data-row="${row}"][data-column="${column}"]`)?.focus();
  }, [row, column]);

  const cellOf = (target: EventTarget): { row: number; column: number } | null =>
    target instanceof HTMLElement && target.dataset.column !== undefined
      ? { row: Number(target.dataset.row), column: Number(target.dataset.column) }
      : null;

  const underPointer = (event: PointerEvent | React.MouseEvent) => {
    const bounds = grid.current?.getBoundingClientRect();
    if (!bounds) return null;
    return hitTest({ ...box, x: 0, y: 0 }, event.clientX - bounds.left, event.clientY - bounds.top);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const typed = NUMBER_START.test(event.key) ? event.key : null;
    const writes = typed !== null || event.key === 'Enter' || event.key === 'F2';
    if (onWrite && writes && !event.ctrlKey && !event.metaKey && !event.altKey && event.target instanceof HTMLElement) {
      event.preventDefault();
      onSelect(row, column);
      onWrite(row, column, typed, event.target);
      return;
    }
    if (event.key === 'Enter') {
      event.preventDefault();
      onSelect(row, column);
      return;
    }
    const next = cellAfter(event, row, column, box);
    if (!next || event.altKey) return;
    event.preventDefault();
    if (next[0] === row && next[1] === column) return;
    moved.current = true;
    setActive({ row: next[0], column: next[1] });
  };

  return (
    <div
      ref={grid}
      role="grid"
      aria-label={name}
      aria-readonly={onWrite ? undefined : true}
      aria-rowcount={whole ? undefined : box.rows + 1}
      aria-colcount={whole ? undefined : box.columns + 1}
      className="stage-grid"
      style={{ left: box.x, top: box.y, width, height }}
      onPointerMove={(event) => {
        const hit = underPointer(event);
        if (hit) onPoint(hit.row, hit.column);
      }}
      onPointerLeave={() => onPoint(null, null)}
      onClick={(event) => {
        const hit = underPointer(event);
        if (!hit) return;
        moved.current = true;
        setActive(hit);
        onSelect(hit.row, hit.column);
      }}
      onDoubleClick={(event) => {
        const hit = underPointer(event);
        const cell =
          hit && grid.current?.querySelector<HTMLElement>(`[data-row="${hit.row}"][data-column="${hit.column}"]`);
        if (hit && cell) onWrite?.(hit.row, hit.column, null, cell);
      }}
      onKeyDown={onKeyDown}
      onFocus={(event: FocusEvent) => {
        const cell = cellOf(event.target);
        if (!cell) return;
        onPoint(cell.row, cell.column);
        // Whatever brought the focus here, keys are meant for this cell.
        if (cell.row !== row || cell.column !== column) setActive(cell);
      }}
      onBlur={() => onPoint(null, null)}
    >
      <div role="row" className="visually-hidden" aria-rowindex={whole ? undefined : 1}>
        <span role="columnheader" aria-colindex={whole ? undefined : 1}>
          {name}
        </span>
        {range(slice.firstColumn, slice.lastColumn).map((c) => (
          <span key={c} role="columnheader" aria-colindex={whole ? undefined : c + 2}>
            {columnNames[c]}
          </span>
        ))}
      </div>
      {range(slice.firstRow, slice.lastRow).map((r) => (
        <div
          key={r}
          role="row"
          className="stage-grid-row"
          aria-rowindex={whole ? undefined : r + 2}
          style={{
            top: r * box.rowHeight,
            left: slice.firstColumn * box.columnWidth,
            height: box.rowHeight,
            gridAutoColumns: box.columnWidth,
          }}
        >
          <span role="rowheader" className="visually-hidden" aria-colindex={whole ? undefined : 1}>
            {rowNames[r]}
          </span>
          {range(slice.firstColumn, slice.lastColumn).map((c) => (
            <div
              key={c}
              role="gridcell"
              data-row={r}
              data-column={c}
              aria-colindex={whole ? undefined : c + 2}
              tabIndex={r === row && c === column ? 0 : -1}
            />
          ))}
        </div>
      ))}
    </div>
  );
});

import type { GridPlace, GridSize } from './grid-place.ts';

/** Rows that Page Up and Page Down pass. */
const PAGE = 10;

/** Where Ctrl+arrow leads: to the end of a run of ratings, or over gaps to the next rating, or to the edge. */
export function jump(from: number, direction: 1 | -1, count: number, filled: (index: number) => boolean): number {
  const inside = (index: number) => index >= 0 && index < count;
  let at = from + direction;
  if (!inside(at)) return from;
  if (filled(from) && filled(at)) {
    while (inside(at + direction) && filled(at + direction)) at += direction;
  } else {
    while (!filled(at) && inside(at + direction)) at += direction;
  }
  return at;
}

function along(from: number, direction: 1 | -1, count: number, first: number): number {
  return Math.max(first, Math.min(count - 1, from + direction));
}

/**
 * Where a key leads from a place, as in spreadsheets; null for keys that lead nowhere. Up from the first row and left from the
 * first column lie the headers (not for a block that is being selected: `cellsOnly`).
 */
export function placeAfterKey(
  key: string,
  ctrl: boolean,
  from: GridPlace,
  size: GridSize,
  filled: (place: GridPlace) => boolean,
  cellsOnly: boolean,
): GridPlace | null {
  const { row, column } = from;
  const inHeader = row < 0 || column < 0;
  const down = (direction: 1 | -1): GridPlace => {
    if (row < 0) return direction === 1 ? { row: 0, column } : from;
    if (!ctrl) return { row: along(row, direction, size.rows, column < 0 || cellsOnly ? 0 : -1), column };
    return {
      row: inHeader
        ? direction === 1
          ? size.rows - 1
          : 0
        : jump(row, direction, size.rows, (r) => filled({ row: r, column })),
      column,
    };
  };
  const right = (direction: 1 | -1): GridPlace => {
    if (column < 0) return direction === 1 ? { row, column: 0 } : from;
    if (!ctrl) return { row, column: along(column, direction, size.columns, row < 0 || cellsOnly ? 0 : -1) };
    return {
      row,
      column: inHeader
        ? direction === 1
          ? size.columns - 1
          : 0
        : jump(column, direction, size.columns, (c) => filled({ row, column: c })),
    };
  };
  switch (key) {
    case 'ArrowUp':
      return down(-1);
    case 'ArrowDown':
      return down(1);
    case 'ArrowLeft':
      return right(-1);
    case 'ArrowRight':
      return right(1);
    case 'Home':
      return { row: ctrl ? 0 : row, column: 0 };
    case 'End':
      return { row: ctrl ? size.rows - 1 : row, column: size.columns - 1 };
    case 'PageUp':
      return { row: row < 0 ? row : Math.max(0, row - PAGE), column };
    case 'PageDown':
      return { row: Math.min(size.rows - 1, Math.max(0, row) + PAGE), column };
    default:
      return null;
  }
}

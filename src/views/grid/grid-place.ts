/**
 * A place in the grid as it is shown. Headers are part of it, one before the first:
 *
 *                 column −1     0       1
 *     row −1                  Alien   Brazil
 *     row  0      Ana           5       3
 */
export interface GridPlace {
  readonly row: number;
  readonly column: number;
}

export interface GridSize {
  readonly rows: number;
  readonly columns: number;
}

/** Rows top … bottom and columns left … right, both ends included; never headers. */
export interface GridBounds {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export function isCell(place: GridPlace): boolean {
  return place.row >= 0 && place.column >= 0;
}

export function samePlace(a: GridPlace, b: GridPlace): boolean {
  return a.row === b.row && a.column === b.column;
}

/** The place nearest to `place` in a grid of this size (users may have been removed since). */
export function clampPlace(place: GridPlace, size: GridSize): GridPlace {
  const row = Math.min(place.row, size.rows - 1);
  const column = Math.min(place.column, size.columns - 1);
  return row === place.row && column === place.column ? place : { row, column };
}

/** The block between two cells; a header stands for its whole row or column. */
export function boundsOf(active: GridPlace, extent: GridPlace, size: GridSize): GridBounds {
  if (active.column < 0) return { top: active.row, bottom: active.row, left: 0, right: size.columns - 1 };
  if (active.row < 0) return { top: 0, bottom: size.rows - 1, left: active.column, right: active.column };
  return {
    top: Math.min(active.row, extent.row),
    bottom: Math.max(active.row, extent.row),
    left: Math.min(active.column, extent.column),
    right: Math.max(active.column, extent.column),
  };
}

export function isWithin(place: GridPlace, bounds: GridBounds): boolean {
  return (
    place.row >= bounds.top && place.row <= bounds.bottom && place.column >= bounds.left && place.column <= bounds.right
  );
}

/** Pixels of the grid. */
export interface GridMeasures {
  readonly columnWidth: number;
  readonly rowHeight: number;
  readonly headerWidth: number;
  readonly headerHeight: number;
}

/** The place under a point measured from the grid's upper left corner; null in the corner between the headers and outside. */
export function placeAt(x: number, y: number, measures: GridMeasures, size: GridSize): GridPlace | null {
  const row = y < measures.headerHeight ? -1 : Math.floor((y - measures.headerHeight) / measures.rowHeight);
  const column = x < measures.headerWidth ? -1 : Math.floor((x - measures.headerWidth) / measures.columnWidth);
  if (x < 0 || y < 0 || row >= size.rows || column >= size.columns || (row < 0 && column < 0)) return null;
  return { row, column };
}

/** The cell nearest to a point, for dragging beyond the edge. */
export function nearestCell(x: number, y: number, measures: GridMeasures, size: GridSize): GridPlace {
  const row = Math.floor((y - measures.headerHeight) / measures.rowHeight);
  const column = Math.floor((x - measures.headerWidth) / measures.columnWidth);
  return { row: Math.max(0, Math.min(size.rows - 1, row)), column: Math.max(0, Math.min(size.columns - 1, column)) };
}

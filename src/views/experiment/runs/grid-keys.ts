/** A cell of the table: row −1 is the header, column 0 selects, 1 pins, 2 is the name. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

/** Where a key takes the focus; null when the key is not one that moves. `page`: rows that are seen at once. */
export function placeAfterKey(
  { key, ctrlKey }: { readonly key: string; readonly ctrlKey: boolean },
  { row, column }: Place,
  { rows, columns, page }: { readonly rows: number; readonly columns: number; readonly page: number },
): Place | null {
  const toRow = (wanted: number): Place => ({ row: Math.min(rows - 1, Math.max(-1, wanted)), column });
  const toColumn = (wanted: number): Place => ({ row, column: Math.min(columns - 1, Math.max(0, wanted)) });
  switch (key) {
    case 'ArrowDown':
      return toRow(row + 1);
    case 'ArrowUp':
      return toRow(row - 1);
    case 'PageDown':
      return toRow(Math.max(row, 0) + page);
    case 'PageUp':
      return toRow(Math.max(row - page, 0));
    case 'ArrowRight':
      return toColumn(column + 1);
    case 'ArrowLeft':
      return toColumn(column - 1);
    case 'Home':
      return ctrlKey ? { row: 0, column: 0 } : toColumn(0);
    case 'End':
      return ctrlKey ? { row: rows - 1, column: columns - 1 } : toColumn(columns - 1);
    default:
      return null;
  }
}

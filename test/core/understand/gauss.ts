/** x of A x = y by elimination with the largest pivot first: another route than Cholesky. A: rows, changed in place. */
export function gauss(A: number[][], y: number[]): number[] {
  const n = y.length;
  const rows = A.map((row, at) => [...row, y[at] ?? 0]);
  const entry = (row: number, column: number) => rows[row]?.[column] ?? Number.NaN;
  for (let column = 0; column < n; column += 1) {
    let best = column;
    for (let row = column + 1; row < n; row += 1) {
      if (Math.abs(entry(row, column)) > Math.abs(entry(best, column))) best = row;
    }
    [rows[column], rows[best]] = [rows[best] ?? [], rows[column] ?? []];
    const pivot = rows[column] ?? [];
    for (let row = 0; row < n; row += 1) {
      if (row === column) continue;
      const factor = entry(row, column) / entry(column, column);
      rows[row] = (rows[row] ?? []).map((value, at) => value - factor * (pivot[at] ?? 0));
    }
  }
  return rows.map((row, at) => (row[n] ?? 0) / (row[at] ?? 0));
}

/** A flat matrix as rows. */
export function toRows(flat: ArrayLike<number>, columns: number): number[][] {
  return Array.from({ length: flat.length / columns }, (_, row) =>
    Array.from({ length: columns }, (_, column) => flat[row * columns + column] ?? 0),
  );
}

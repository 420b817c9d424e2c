import type { Dendrogram } from '../core/understand/dendrogram.ts';

/** A tree of rows as lines: rows from top to bottom in the tree's order, heights from left (0) to right. */
export interface TreeLines {
  /** An SVG path of one bracket for each merge. */
  readonly path: string;
  /** The greatest height, at the right edge; 0 when all rows are alike. */
  readonly height: number;
}

/**
 *     Ana  ──┐
 *     Bo   ──┴───┐        rowHeight CSS px a row, the merges at their height on a line `width` px long
 *     Eli  ──────┴
 */
export function treeLines({ rows, merges, order }: Dendrogram, width: number, rowHeight: number): TreeLines {
  const highest = merges.reduce((most, merge) => Math.max(most, merge.height), 0);
  const place = (height: number) => (highest > 0 ? (height / highest) * width : 0);
  const x = new Float64Array(rows + merges.length);
  const y = new Float64Array(rows + merges.length);
  order.forEach((row, at) => {
    y[row] = (at + 0.5) * rowHeight;
  });
  const write = (value: number | undefined) => (value ?? 0).toFixed(1);
  const brackets = merges.map(({ left, right, height }, at) => {
    const to = place(height);
    x[rows + at] = to;
    y[rows + at] = ((y[left] ?? 0) + (y[right] ?? 0)) / 2;
    return `M${write(x[left])},${write(y[left])}H${write(to)}V${write(y[right])}H${write(x[right])}`;
  });
  return { path: brackets.join(''), height: highest };
}

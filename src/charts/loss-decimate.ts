/** A point of a curve in pixels of width and units of loss; `null` breaks the curve. */
export type CurvePoint = readonly [x: number, value: number] | null;

/**
 * At most two points a pixel column, the least and the greatest of it in the order they came, so that a curve of 3,000
 * entries costs as much as the chart is wide and still shows every peak and dip. The very first and last points are kept.
 *
 *     entries   · · : · ˙ . · | · · ·      one column: 6 entries
 *     kept            ˙ .                  its highest, its lowest
 *
 * `epochs` ascend; `x` maps an epoch to pixels and ascends with it. A column that holds nothing but `null` breaks the curve.
 */
export function decimate(
  epochs: ArrayLike<number>,
  values: ArrayLike<number | null>,
  x: (epoch: number) => number,
): CurvePoint[] {
  const points: CurvePoint[] = [];
  let column = Number.NaN;
  // The column under way: its entries' extremes, where they are, and whether it holds anything.
  let leastAt = -1;
  let mostAt = -1;
  let firstAt = -1;
  let lastAt = -1;
  let entries = 0;

  const push = (at: number): void => {
    const value = values[at];
    if (value !== null && value !== undefined) points.push([x(epochs[at] ?? 0), value]);
  };
  const flush = (isLast: boolean): void => {
    if (entries === 0) return;
    if (leastAt < 0) {
      if (points.length > 0 && points[points.length - 1] !== null) points.push(null);
      return;
    }
    const early = Math.min(leastAt, mostAt);
    const late = Math.max(leastAt, mostAt);
    if (points.length === 0 && firstAt < early) push(firstAt);
    push(early);
    if (late > early) push(late);
    if (isLast && lastAt > late) push(lastAt);
  };

  for (let at = 0; at < epochs.length; at++) {
    const here = Math.floor(x(epochs[at] ?? 0));
    if (here !== column) {
      flush(false);
      column = here;
      leastAt = mostAt = firstAt = lastAt = -1;
      entries = 0;
    }
    entries++;
    const value = values[at];
    if (value === null || value === undefined || !Number.isFinite(value)) continue;
    if (firstAt < 0) firstAt = at;
    lastAt = at;
    if (leastAt < 0 || value < (values[leastAt] ?? 0)) leastAt = at;
    if (mostAt < 0 || value > (values[mostAt] ?? 0)) mostAt = at;
  }
  flush(true);
  if (points[points.length - 1] === null) points.pop();
  return points;
}

/** A label that wants to stand with its middle at `y`. Pixels. */
export interface WantedLabel {
  /** Left edge. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/**
 * Heights for labels that must not touch: each as near to where it wants to be as its neighbors allow, in the same order
 * from top to bottom, between `top` and `bottom` (middles of the first and last line). Labels that do not meet sideways do
 * not push each other. Returns one y for each label, in the order given.
 */
export function placeLabels(
  labels: readonly WantedLabel[],
  lineHeight: number,
  top: number,
  bottom: number,
): readonly number[] {
  const order = labels.map((_, at) => at).sort((a, b) => (labels[a]?.y ?? 0) - (labels[b]?.y ?? 0) || a - b);
  const y = labels.map((label) => Math.min(Math.max(label.y, top), bottom));
  const meet = (a: number, b: number): boolean => {
    const one = labels[a];
    const other = labels[b];
    return !!one && !!other && one.x < other.x + other.width && other.x < one.x + one.width;
  };
  // Overlapping neighbors are parted half and half, a few rounds; then two exact passes leave no touching pair.
  for (let round = 0; round < 8; round++) {
    for (let below = 1; below < order.length; below++) {
      for (let above = 0; above < below; above++) {
        const a = order[above] ?? 0;
        const b = order[below] ?? 0;
        const overlap = (y[a] ?? 0) + lineHeight - (y[b] ?? 0);
        if (overlap > 0 && meet(a, b)) {
          y[a] = Math.max(top, (y[a] ?? 0) - overlap / 2);
          y[b] = Math.min(bottom, (y[b] ?? 0) + overlap / 2);
        }
      }
    }
  }
  const pass = (sequence: readonly number[], direction: 1 | -1): void => {
    for (let at = 0; at < sequence.length; at++) {
      const b = sequence[at] ?? 0;
      for (let before = 0; before < at; before++) {
        const a = sequence[before] ?? 0;
        if (!meet(a, b)) continue;
        const limit = (y[a] ?? 0) + direction * lineHeight;
        y[b] = direction === 1 ? Math.max(y[b] ?? 0, limit) : Math.min(y[b] ?? 0, limit);
      }
    }
  };
  pass(order, 1);
  if (order.some((at) => (y[at] ?? 0) > bottom)) {
    for (const at of order) y[at] = Math.min(y[at] ?? 0, bottom);
    pass([...order].reverse(), -1);
  }
  return y;
}

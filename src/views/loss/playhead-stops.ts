/**
 * Where the playhead can stand: the kept epochs before the run's own, and last the run as it stands. Ascending.
 *
 *     snapshots  0 1 2 4 8 16      epoch 20
 *     stops      0 1 2 4 8 16 20 ◀ the right end: back to the run
 */
export function playheadStops(snapshots: readonly number[], epoch: number): readonly number[] {
  const past = snapshots.filter((kept) => kept < epoch);
  past.push(epoch);
  return past;
}

/** Index of the stop nearest to an epoch (the later one of two equally near). */
export function nearestStop(stops: readonly number[], epoch: number): number {
  let best = 0;
  let distance = Number.POSITIVE_INFINITY;
  stops.forEach((stop, at) => {
    const here = Math.abs(stop - epoch);
    if (here <= distance) {
      best = at;
      distance = here;
    }
  });
  return best;
}

/** Where a key takes the playhead from the stop at index `from`; null when the key is not one of a slider's. */
export function stopAfterKey(key: string, from: number, count: number): number | null {
  const last = count - 1;
  const move = (by: number): number => Math.min(last, Math.max(0, from + by));
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return move(1);
    case 'ArrowLeft':
    case 'ArrowDown':
      return move(-1);
    case 'PageUp':
      return move(10);
    case 'PageDown':
      return move(-10);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}

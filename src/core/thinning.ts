/**
 * Which epochs are kept, so that a million of them stay small and early ones stay exact. The rule looks at the epoch alone,
 * never at when somebody paused:
 *
 *     epoch e is kept at density d  ⇔  e is divisible by max(1, 2^(⌊log₂ e⌋ − log₂ d))
 *
 *     d = 256:   0 1 2 … 511 │ 512 514 … 1022 │ 1024 1028 …         256 an octave, a million epochs in about 3,300
 *     d = 4:     0 1 … 7 │ 8 10 12 14 │ 16 20 24 28 │ 32 …
 *
 * The latest epoch stands behind these as a tail, which goes when training goes on.
 */
export const HISTORY_DENSITY = 256;

/** All kept snapshots together stay below this. */
export const SNAPSHOT_BYTES = 64 * 1024 * 1024;

/** Epochs between kept ones around `epoch` (doubling instead of log₂: exact at any size). */
function stride(epoch: number, density: number): number {
  let step = 1;
  while (step * density * 2 <= epoch) step *= 2;
  return step;
}

/** Whether `epoch` is kept. density: a power of two. */
export function isKept(epoch: number, density: number = HISTORY_DENSITY): boolean {
  return epoch % stride(epoch, density) === 0;
}

/** The first kept epoch after `epoch`. */
export function nextKept(epoch: number, density: number = HISTORY_DENSITY): number {
  const step = stride(epoch + 1, density);
  return Math.floor(epoch / step) * step + step;
}

/** How many of the epochs 1 … `latest` are kept. */
export function countKept(latest: number, density: number): number {
  if (latest < density * 2) return latest;
  let count = density * 2 - 1;
  let first = density * 2;
  while (first * 2 <= latest) {
    count += density;
    first *= 2;
  }
  return count + Math.floor((latest - first) / stride(first, density)) + 1;
}

import { ROWS_A_STEP, type Steps } from './steps.ts';

/**
 * The places of all keys that are not NaN, the least first, or the greatest; equal ones in the order in which they stand. Merge
 * sort from the bottom up, as it is stable and can rest after every thousand: the sort of the language does all or nothing.
 *
 *     keys      3 1 NaN 2 1        widths 1, 2, 4 …      1 4 3 0
 */
export function* sortPlaces(keys: Float64Array, descending: boolean): Steps<Uint32Array> {
  let from = new Uint32Array(keys.length);
  let count = 0;
  for (let at = 0; at < keys.length; at += 1) {
    if (Number.isNaN(keys[at])) continue;
    from[count] = at;
    count += 1;
  }
  const turn = descending ? -1 : 1;
  let to = new Uint32Array(count);
  from = from.slice(0, count);
  for (let width = 1; width < count; width *= 2) {
    let written = 0;
    let rest = ROWS_A_STEP * 4;
    while (written < count) {
      let left = written;
      const middle = Math.min(written + width, count);
      const end = Math.min(middle + width, count);
      let right = middle;
      for (; written < end; written += 1) {
        const a = from[left] ?? 0;
        const b = from[right] ?? 0;
        const takeLeft = left < middle && (right >= end || turn * ((keys[a] ?? 0) - (keys[b] ?? 0)) <= 0);
        to[written] = takeLeft ? a : b;
        if (takeLeft) left += 1;
        else right += 1;
        rest -= 1;
        if (rest > 0) continue;
        rest = ROWS_A_STEP * 4;
        yield;
      }
    }
    [from, to] = [to, from];
  }
  return from;
}

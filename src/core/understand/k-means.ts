import { type Random, randomStream } from '../random.ts';

/** Rows parted into groups. */
export interface Groups {
  /** For each row its group: 0 … count − 1, numbered in the order in which rows first meet them. */
  readonly group: Int32Array;
  /** Groups there are: fewer than asked where fewer rows differ. */
  readonly count: number;
  /** count × k: the means. */
  readonly centers: Float64Array;
  readonly sizes: Int32Array;
  /** Σ of squared distances to the centers. */
  readonly inertia: number;
  /** Rounds until nobody changed groups, in the start that was the best. */
  readonly rounds: number;
  /** First centers that were tried. */
  readonly starts: number;
}

const ROUNDS_LIMIT = 300;
const MOST_STARTS = 20;
/** Rows × groups of all starts together: large sets get fewer of them, or every look would be waited for. */
const STARTS_BUDGET = 400_000;

/**
 * k-means of the rows of X (rows × k): first centers by k-means++ from the seed's `groups` stream (each next one drawn with
 * chances ∝ its squared distance to the nearest), then Lloyd's rounds
 *
 *     group of x = nearest center (the first of equals)        center = mean of its group
 *
 * until nobody changes; of up to 20 such starts the one with the least Σ of squared distances, the first of equals. A group that
 * ran empty begins anew at the row farthest from its center. Sources: Arthur and Vassilvitskii, 2007; Lloyd, 1982.
 *
 * Drawn and summed over the rows in the order of their values: groups belong to the rows and not to the places where they
 * stand, so putting rows in another order moves nobody to another group. The same rows, seed and count give the same everywhere.
 */
export function kMeans(X: Float64Array, k: number, groups: number, seed: number): Groups {
  const rows = X.length / k;
  const order = orderByValues(X, k, rows);
  const sorted = new Float64Array(X.length);
  order.forEach((row, place) => {
    sorted.set(X.subarray(row * k, (row + 1) * k), place * k);
  });
  const wanted = Math.min(groups, rows);
  const random = randomStream(seed, 'groups');
  const starts = Math.max(1, Math.min(MOST_STARTS, Math.floor(STARTS_BUDGET / Math.max(1, rows * wanted))));
  let best = settle(sorted, k, drawCenters(sorted, k, wanted, random));
  for (let start = 1; start < starts; start += 1) {
    const next = settle(sorted, k, drawCenters(sorted, k, wanted, random));
    if (next.inertia < best.inertia * (1 - SAME)) best = next;
  }
  return { ...inOrderOfRows(best, order, k), starts };
}

/** Sums of squares nearer than this are the same partition, summed along another way. */
const SAME = 1e-12;

type Settled = Omit<Groups, 'starts'>;

/** Lloyd's rounds from these centers. */
function settle(X: Float64Array, k: number, centers: Float64Array): Settled {
  const rows = X.length / k;
  const group = new Int32Array(rows).fill(-1);
  const distance = new Float64Array(rows);
  let rounds = 0;
  for (let changed = true; changed && rounds < ROUNDS_LIMIT; rounds += 1) {
    changed = assign(X, k, centers, group, distance);
    moveCenters(X, k, centers, group, distance);
  }
  return describeGroups(X, k, group, rounds);
}

/** Rows by their first value, then their second, …: an order that does not know where they stand. order[place] = row. */
function orderByValues(X: Float64Array, k: number, rows: number): Int32Array {
  return Int32Array.from({ length: rows }, (_, row) => row).sort((a, b) => {
    for (let f = 0; f < k; f += 1) {
      const difference = (X[a * k + f] ?? 0) - (X[b * k + f] ?? 0);
      if (difference !== 0) return difference;
    }
    return a - b;
  });
}

/** The groups of sorted rows as those of the rows where they stand, numbered as these first meet them. */
function inOrderOfRows(found: Settled, order: Int32Array, k: number): Settled {
  const group = new Int32Array(order.length);
  order.forEach((row, place) => {
    group[row] = found.group[place] ?? 0;
  });
  const numbers = numbersAsMet(group);
  const sizes = new Int32Array(found.count);
  const centers = new Float64Array(found.centers.length);
  for (const [old, number] of numbers) {
    sizes[number] = found.sizes[old] ?? 0;
    centers.set(found.centers.subarray(old * k, (old + 1) * k), number * k);
  }
  return { ...found, group: group.map((old) => numbers.get(old) ?? 0), sizes, centers };
}

/** A number for each group, in the order in which rows first meet them. */
function numbersAsMet(group: Int32Array): Map<number, number> {
  const numbers = new Map<number, number>();
  for (const old of group) if (!numbers.has(old)) numbers.set(old, numbers.size);
  return numbers;
}

/** ‖row a of X − row b of Y‖². */
function squaredDistance(X: Float64Array, a: number, Y: Float64Array, b: number, k: number): number {
  let sum = 0;
  for (let f = 0; f < k; f += 1) {
    const difference = (X[a * k + f] ?? 0) - (Y[b * k + f] ?? 0);
    sum += difference * difference;
  }
  return sum;
}

/** Rows of X as first centers: the first by a fair draw. Fewer than `wanted` when every row is a center already. */
function drawCenters(X: Float64Array, k: number, wanted: number, random: Random): Float64Array {
  const rows = X.length / k;
  const chosen: number[] = wanted > 0 ? [random.below(rows)] : [];
  const nearest = new Float64Array(rows).fill(Number.POSITIVE_INFINITY);
  while (chosen.length < wanted) {
    const last = chosen[chosen.length - 1] ?? 0;
    let total = 0;
    for (let row = 0; row < rows; row += 1) {
      nearest[row] = Math.min(nearest[row] ?? 0, squaredDistance(X, row, X, last, k));
      total += nearest[row] ?? 0;
    }
    if (!(total > 0)) break;
    const target = random.uniform() * total;
    let sum = 0;
    let next = -1;
    for (let row = 0; row < rows && !(sum > target); row += 1) {
      if ((nearest[row] ?? 0) > 0) next = row;
      sum += nearest[row] ?? 0;
    }
    chosen.push(next);
  }
  return Float64Array.from(
    { length: chosen.length * k },
    (_, at) => X[(chosen[Math.floor(at / k)] ?? 0) * k + (at % k)] ?? 0,
  );
}

/** Gives each row to its nearest center; whether any went elsewhere. */
function assign(X: Float64Array, k: number, centers: Float64Array, group: Int32Array, distance: Float64Array): boolean {
  let changed = false;
  for (let row = 0; row < group.length; row += 1) {
    let nearest = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let center = 0; center * k < centers.length; center += 1) {
      const square = squaredDistance(X, row, centers, center, k);
      if (square < least) {
        least = square;
        nearest = center;
      }
    }
    distance[row] = least;
    if (group[row] !== nearest) changed = true;
    group[row] = nearest;
  }
  return changed;
}

/** Moves each center to the mean of its group; those that ran empty to the rows that are farthest from theirs. */
function moveCenters(
  X: Float64Array,
  k: number,
  centers: Float64Array,
  group: Int32Array,
  distance: Float64Array,
): void {
  const sizes = new Float64Array(centers.length / k);
  const sums = new Float64Array(centers.length);
  for (let row = 0; row < group.length; row += 1) {
    const to = group[row] ?? 0;
    sizes[to] = (sizes[to] ?? 0) + 1;
    for (let f = 0; f < k; f += 1) sums[to * k + f] = (sums[to * k + f] ?? 0) + (X[row * k + f] ?? 0);
  }
  for (let center = 0; center < sizes.length; center += 1) {
    const size = sizes[center] ?? 0;
    const farthest = size > 0 ? -1 : takeFarthest(distance);
    for (let f = 0; f < k; f += 1) {
      if (size > 0) centers[center * k + f] = (sums[center * k + f] ?? 0) / size;
      else if (farthest >= 0) centers[center * k + f] = X[farthest * k + f] ?? 0;
    }
  }
}

/** The row farthest from its center, the first of equals, which is then taken; −1 when all stand on theirs. */
function takeFarthest(distance: Float64Array): number {
  let farthest = -1;
  let most = 0;
  distance.forEach((square, row) => {
    if (square > most) {
      most = square;
      farthest = row;
    }
  });
  if (farthest >= 0) distance[farthest] = 0;
  return farthest;
}

/** Numbers the groups as rows first meet them, without those that stayed empty, and measures them. */
function describeGroups(X: Float64Array, k: number, found: Int32Array, rounds: number): Settled {
  const numbers = numbersAsMet(found);
  const group = found.map((old) => numbers.get(old) ?? 0);
  const count = numbers.size;
  const sizes = new Int32Array(count);
  const centers = new Float64Array(count * k);
  group.forEach((to, row) => {
    sizes[to] = (sizes[to] ?? 0) + 1;
    for (let f = 0; f < k; f += 1) centers[to * k + f] = (centers[to * k + f] ?? 0) + (X[row * k + f] ?? 0);
  });
  for (let at = 0; at < centers.length; at += 1) {
    centers[at] = (centers[at] ?? 0) / (sizes[Math.floor(at / k)] ?? 1);
  }
  let inertia = 0;
  group.forEach((to, row) => {
    inertia += squaredDistance(X, row, centers, to, k);
  });
  return { group, count, centers, sizes, inertia, rounds };
}

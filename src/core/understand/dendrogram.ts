import { fail, ok, type Result } from '../problem.ts';

/** More rows than this are not clustered: all distances between them would not fit a browser comfortably. */
export const DENDROGRAM_LIMIT = 2000;

/** Two clusters become one. Clusters 0 … rows − 1 are the rows; merge s makes cluster rows + s. */
export interface Merge {
  readonly left: number;
  readonly right: number;
  /** Mean of the distances between the rows of the one and those of the other. */
  readonly height: number;
  /** Rows in it. */
  readonly size: number;
}

/** A tree of rows, lowest merges first. */
export interface Dendrogram {
  readonly rows: number;
  readonly merges: readonly Merge[];
  /** The rows as the tree lays them side by side: alike ones near each other. In each merge the side with the least row is left. */
  readonly order: Int32Array;
}

/**
 * Average linkage (UPGMA): the two clusters with the least mean distance between their rows merge, again and again,
 *
 *     d(A ∪ B, X) = (|A|·d(A, X) + |B|·d(B, X)) / (|A| + |B|)
 *
 * found by chains of nearest neighbors in rows² steps (two that are each other's nearest may merge at once). Ties go to the
 * least index. distances: rows × rows, symmetric. Refused above DENDROGRAM_LIMIT rows. Sources: Sokal and Michener, 1958;
 * Murtagh, 1983.
 */
export function averageLinkage(distances: Float64Array, rows: number): Result<Dendrogram> {
  if (rows > DENDROGRAM_LIMIT) {
    return fail({ code: 'above-maximum', got: String(rows), expected: String(DENDROGRAM_LIMIT) });
  }
  const pairs = chainNeighbors(distances.slice(), rows);
  // Sorting is stable and no cluster is lower than its parts, so parts stay before the whole.
  pairs.sort((x, y) => x.height - y.height);
  const merges: Merge[] = [];
  const clusterOf = Int32Array.from({ length: rows }, (_, row) => row);
  const sizeOf = new Int32Array(rows).fill(1);
  for (const { kept, gone, height } of pairs) {
    const size = (sizeOf[kept] ?? 0) + (sizeOf[gone] ?? 0);
    merges.push({ left: clusterOf[kept] ?? 0, right: clusterOf[gone] ?? 0, height, size });
    sizeOf[kept] = size;
    clusterOf[kept] = rows + merges.length - 1;
  }
  return ok({ rows, merges, order: leavesOf(merges, rows) });
}

/** Clusters in the places `kept` < `gone` merge; the new one stands in `kept`, so a place is the least row of its cluster. */
interface Pair {
  readonly kept: number;
  readonly gone: number;
  readonly height: number;
}

/** All merges, parts before the whole. D is written: row and column `kept` become the distances of the new cluster. */
function chainNeighbors(D: Float64Array, rows: number): Pair[] {
  const there = new Uint8Array(rows).fill(1);
  const size = new Float64Array(rows).fill(1);
  const heightOf = new Float64Array(rows);
  const pairs: Pair[] = [];
  const chain: number[] = [];
  while (pairs.length < rows - 1) {
    if (chain.length === 0) chain.push(there.indexOf(1));
    const top = chain[chain.length - 1] ?? 0;
    const before = chain[chain.length - 2] ?? -1;
    const nearest = nearestTo(D, rows, there, top, before);
    if (nearest !== before) {
      chain.push(nearest);
      continue;
    }
    chain.length -= 2;
    const [kept, gone] = [Math.min(top, nearest), Math.max(top, nearest)];
    // Rounding alone could put a whole below its parts.
    const height = Math.max(D[top * rows + nearest] ?? 0, heightOf[kept] ?? 0, heightOf[gone] ?? 0);
    pairs.push({ kept, gone, height });
    merge(D, rows, size, kept, gone);
    there[gone] = 0;
    heightOf[kept] = height;
  }
  return pairs;
}

/** The cluster nearest to `from`: the one before it in the chain if none is nearer, else the first. */
function nearestTo(D: Float64Array, rows: number, there: Uint8Array, from: number, before: number): number {
  let nearest = before;
  let least = before < 0 ? Number.POSITIVE_INFINITY : (D[from * rows + before] ?? 0);
  for (let other = 0; other < rows; other += 1) {
    if (there[other] === 0 || other === from) continue;
    const distance = D[from * rows + other] ?? 0;
    if (distance < least || nearest < 0) {
      least = distance;
      nearest = other;
    }
  }
  return nearest;
}

function merge(D: Float64Array, rows: number, size: Float64Array, kept: number, gone: number): void {
  const a = size[kept] ?? 0;
  const b = size[gone] ?? 0;
  for (let other = 0; other < rows; other += 1) {
    const mean = (a * (D[kept * rows + other] ?? 0) + b * (D[gone * rows + other] ?? 0)) / (a + b);
    D[kept * rows + other] = mean;
    D[other * rows + kept] = mean;
  }
  size[kept] = a + b;
}

/** The rows from left to right under the last merge. */
function leavesOf(merges: readonly Merge[], rows: number): Int32Array {
  const order = new Int32Array(rows);
  const open = rows > 0 ? [rows + merges.length - 1] : [];
  let next = 0;
  while (open.length > 0) {
    const cluster = open.pop() ?? 0;
    const merge = merges[cluster - rows];
    if (merge === undefined) order[next++] = cluster;
    else open.push(merge.right, merge.left);
  }
  return order;
}

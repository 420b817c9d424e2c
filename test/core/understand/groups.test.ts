import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../src/core/random.ts';
import { averageLinkage, DENDROGRAM_LIMIT } from '../../../src/core/understand/dendrogram.ts';
import { type Groups, kMeans } from '../../../src/core/understand/k-means.ts';
import { toRows } from './gauss.ts';
import { normals } from './samples.ts';

/** Σ of squared distances to the means of the groups. */
function inertiaOf(rows: number[][], group: ArrayLike<number>): number {
  const members = new Map<number, number[][]>();
  rows.forEach((row, at) => {
    members.set(group[at] ?? 0, [...(members.get(group[at] ?? 0) ?? []), row]);
  });
  let sum = 0;
  for (const some of members.values()) {
    const center = (some[0] ?? []).map((_, f) => some.reduce((total, row) => total + (row[f] ?? 0), 0) / some.length);
    for (const row of some) sum += row.reduce((total, value, f) => total + (value - (center[f] ?? 0)) ** 2, 0);
  }
  return sum;
}

describe('kMeans', () => {
  it('finds the best of all partitions from any seed', () => {
    for (const seed of [1, 2, 3]) {
      const X = normals(seed, 16);
      const rows = toRows(X, 2);
      let best = Number.POSITIVE_INFINITY;
      for (let code = 0; code < 3 ** 8; code += 1) {
        best = Math.min(best, inertiaOf(rows, [...code.toString(3).padStart(8, '0')].map(Number)));
      }
      for (let start = 0; start < 10; start += 1) expect(kMeans(X, 2, 3, start).inertia).toBeCloseTo(best, 10);
    }
  });

  it('ends where nobody would change: each row is with its nearest mean', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 9 }),
        fc.nat(99_999),
        (count, asked, seed) => {
          const X = normals(seed + 1, count * 3);
          const found = kMeans(X, 3, asked, seed);
          const rows = toRows(X, 3);
          const centers = toRows(found.centers, 3);
          expect(found.count).toBe(Math.min(asked, count));
          expect(Math.min(...found.sizes)).toBeGreaterThan(0);
          rows.forEach((row, at) => {
            const squares = centers.map((center) =>
              row.reduce((sum, value, f) => sum + (value - (center[f] ?? 0)) ** 2, 0),
            );
            expect(squares[found.group[at] ?? 0]).toBeLessThanOrEqual(Math.min(...squares) + 1e-12);
          });
          expect(found.inertia).toBeCloseTo(inertiaOf(rows, found.group), 9);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('parts what lies apart, numbered as rows first meet the groups', () => {
    const corners = [9, 0, 5, 9, 0, 5, 0, 9, 5];
    const noise = normals(8, 9, 0.1);
    const X = Float64Array.from(corners, (corner, at) => corner + (noise[at] ?? 0));
    const expected = [0, 1, 2, 0, 1, 2, 1, 0, 2];
    for (let seed = 0; seed < 10; seed += 1) expect([...kMeans(X, 1, 3, seed).group]).toEqual(expected);
    expect([...kMeans(X, 1, 3, 0).sizes]).toEqual([3, 3, 3]);
  });

  it('makes no more groups than rows differ', () => {
    const { count, group, inertia } = kMeans(Float64Array.of(1, 1, 4, 1, 4), 1, 4, 5);
    expect({ count, group: [...group], inertia }).toEqual({ count: 2, group: [0, 0, 1, 0, 1], inertia: 0 });
    expect(kMeans(new Float64Array(0), 2, 3, 1).count).toBe(0);
    expect([...kMeans(normals(1, 6), 2, 1, 1).group]).toEqual([0, 0, 0]);
  });

  it('is the same for a seed', () => {
    const plain = ({ group, centers }: Groups) => [...group, ...centers];
    expect(plain(kMeans(normals(2, 60), 3, 4, 11))).toEqual(plain(kMeans(normals(2, 60), 3, 4, 11)));
  });

  it('stays the same groups wherever the rows stand', () => {
    fc.assert(
      fc.property(fc.nat(99_999), fc.integer({ min: 2, max: 6 }), (seed, groups) => {
        const [rows, k] = [40, 2];
        const X = normals(seed + 1, rows * k);
        const found = kMeans(X, k, groups, 42);
        const byGroup = Array.from({ length: rows }, (_, row) => row).sort(
          (a, b) => (found.group[a] ?? 0) - (found.group[b] ?? 0) || a - b,
        );
        const reversed = Array.from({ length: rows }, (_, row) => rows - 1 - row);
        for (const order of [byGroup, reversed]) {
          const moved = Float64Array.from(order.flatMap((row) => [...X.subarray(row * k, (row + 1) * k)]));
          const again = kMeans(moved, k, groups, 42);
          const inFirstOrder = new Int32Array(rows);
          order.forEach((row, place) => {
            inFirstOrder[row] = again.group[place] ?? 0;
          });
          expect(again.inertia).toBeCloseTo(found.inertia, 12);
          // Together before is together after, and nobody else.
          const pairs = (group: ArrayLike<number>) =>
            Array.from({ length: rows * rows }, (_, at) => group[Math.floor(at / rows)] === group[at % rows]);
          expect(pairs(inFirstOrder)).toEqual(pairs(found.group));
          if (order === byGroup) expect([...again.group]).toEqual([...again.group].sort((a, b) => a - b));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('makes fewer starts of large sets', () => {
    expect(kMeans(normals(4, 40), 2, 3, 1).starts).toBe(20);
    expect(kMeans(normals(4, 200_000), 2, 3, 1).starts).toBe(1);
  });

  // The project's own vectors, as those in random.test.ts: they may never change.
  it('draws from its own stream', () => {
    const random = randomStream(42, 'groups');
    expect([random.integer(), random.integer(), random.integer()]).toEqual([332175473, 2154040548, 2187133704]);
  });
});

/** Average linkage by its definition: every pair of clusters, every pair of their rows, each time anew. */
function linkByDefinition(D: number[][]): { height: number; rows: string }[] {
  let clusters = D.map((_, row) => [row]);
  const merges: { height: number; rows: string }[] = [];
  while (clusters.length > 1) {
    let best = { a: 0, b: 0, height: Number.POSITIVE_INFINITY };
    clusters.forEach((one, a) => {
      clusters.slice(0, a).forEach((other, b) => {
        const all = one.flatMap((row) => other.map((column) => D[row]?.[column] ?? 0));
        const height = all.reduce((sum, value) => sum + value, 0) / all.length;
        if (height < best.height) best = { a, b, height };
      });
    });
    const together = [...(clusters[best.a] ?? []), ...(clusters[best.b] ?? [])].sort((x, y) => x - y);
    merges.push({ height: best.height, rows: together.join(' ') });
    clusters = [...clusters.filter((_, at) => at !== best.a && at !== best.b), together];
  }
  return merges;
}

function pairwise(X: Float64Array, k: number): Float64Array {
  const rows = toRows(X, k);
  return Float64Array.from(
    rows.flatMap((a) => rows.map((b) => Math.hypot(...a.map((value, f) => value - (b[f] ?? 0))))),
  );
}

describe('averageLinkage', () => {
  it('is the definition', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 14 }), fc.nat(99_999), (rows, seed) => {
        const D = pairwise(normals(seed + 1, rows * 2), 2);
        const linked = averageLinkage(D, rows);
        if (!linked.ok) throw new Error(linked.problem.code);
        const { merges, order } = linked.value;
        const members = (cluster: number): number[] => {
          const merge = merges[cluster - rows];
          return merge ? [...members(merge.left), ...members(merge.right)] : [cluster];
        };
        const expected = linkByDefinition(toRows(D, rows));
        expect(
          merges.map((merge, at) => ({
            height: merge.height,
            rows: members(rows + at)
              .sort((a, b) => a - b)
              .join(' '),
          })),
        ).toEqual(expected.map(({ height, rows: all }) => ({ height: expect.closeTo(height, 10), rows: all })));
        expect(merges.map(({ size }, at) => size - members(rows + at).length)).toEqual(merges.map(() => 0));
        expect([...order]).toEqual(members(2 * rows - 2));
        // The side with the least row stands left.
        for (const { left, right } of merges)
          expect(Math.min(...members(left))).toBeLessThan(Math.min(...members(right)));
      }),
      { numRuns: 60 },
    );
  });

  it('lays alike rows side by side', () => {
    const linked = averageLinkage(pairwise(Float64Array.of(0, 10, 0.1, 10.2, 0.3), 1), 5);
    expect(linked.ok && [...linked.value.order]).toEqual([0, 2, 4, 1, 3]);
  });

  it('ties go to the least index, and heights never fall', () => {
    const linked = averageLinkage(
      Float64Array.from({ length: 36 }, (_, at) => (at % 7 === 0 ? 0 : 1)),
      6,
    );
    if (!linked.ok) throw new Error(linked.problem.code);
    expect(linked.value.merges.map(({ height }) => height)).toEqual([1, 1, 1, 1, 1]);
    expect([...linked.value.order]).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('of one row and of none is no merge; of too many it is refused', () => {
    expect(averageLinkage(new Float64Array(1), 1)).toEqual({
      ok: true,
      value: { rows: 1, merges: [], order: Int32Array.of(0) },
    });
    expect(averageLinkage(new Float64Array(0), 0)).toEqual({
      ok: true,
      value: { rows: 0, merges: [], order: new Int32Array(0) },
    });
    expect(averageLinkage(new Float64Array(0), DENDROGRAM_LIMIT + 1)).toEqual({
      ok: false,
      problem: { code: 'above-maximum', got: '2001', expected: '2000' },
    });
  });

  it('leaves the distances as they are', () => {
    const D = pairwise(normals(3, 10), 2);
    const before = D.slice();
    averageLinkage(D, 5);
    expect(D).toEqual(before);
  });
});

import { randomStream } from '../random.ts';
import type { Search } from './plan.ts';

const TWO_32 = 4294967296;

/**
 * φ_d, the root above 1 of x^(d+1) = x + 1 (d = 1: the golden ratio), by halving: products and sums alone, so the same
 * everywhere.
 */
function goldenRatio(dimensions: number): number {
  let low = 1;
  let high = 2;
  for (let step = 0; step < 60; step += 1) {
    const x = (low + high) / 2;
    let power = x;
    for (let factor = 0; factor < dimensions; factor += 1) power *= x;
    if (power > x + 1) high = x;
    else low = x;
  }
  return low;
}

/**
 * The points of a search: `count` of them, each a share (0 ≤ u < 1) for every axis. A point depends on seed and number alone,
 * so more points leave the first ones as they are.
 *
 *     random          uniform draws of the stream `search`, whose index is the point's number
 *     quasi-random    the additive sequence R_d (Roberts, 2018) on 32-bit integers, from an offset that the seed draws:
 *
 *         s_j(i) = (o_j + i·a_j) mod 2³²,   a_j = ⌊2³²/φ_d^j⌋,   u = s/2³²
 *
 * The sequence itself only adds integers; it leaves neither clusters nor holes, as random points do.
 */
export function searchPoints({ kind, count, seed }: Search, dimensions: number): number[][] {
  if (kind === 'random') {
    return Array.from({ length: count }, (_, point) => {
      const random = randomStream(seed, 'search', point);
      return Array.from({ length: dimensions }, () => random.uniform());
    });
  }
  const phi = goldenRatio(dimensions);
  const offsets = randomStream(seed, 'search');
  let shrunk = TWO_32;
  const axes = Array.from({ length: dimensions }, () => {
    shrunk /= phi;
    return { at: offsets.integer(), step: Math.floor(shrunk) >>> 0 };
  });
  return Array.from({ length: count }, () =>
    axes.map((axis) => {
      const u = axis.at / TWO_32;
      axis.at = (axis.at + axis.step) >>> 0;
      return u;
    }),
  );
}

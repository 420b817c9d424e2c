import { describe, expect, test } from 'vitest';
import { createMainPlane, factorPlane, placesIn } from '../../src/charts/map-plane.ts';
import type { Parameters } from '../../src/core/parameters.ts';

/** Rows spread ±a along one factor and ±b along another, as users; nobody is an item's opposite. */
function spread(k: number, lengths: readonly number[]): Parameters {
  const rows = lengths.flatMap((length, f) =>
    [1, -1].map((sign) => Array.from({ length: k }, (_, g) => (g === f ? sign * length : 0))),
  );
  return { k, P: Float64Array.from(rows.flat()), Q: new Float64Array(k), bu: null, bi: null, mu: null };
}

describe('two factors', () => {
  test('are what P and Q say', () => {
    const plane = factorPlane(3, 2, 0);
    expect(plane.axes.map(({ factor }) => factor)).toEqual([2, 0]);
    expect([...placesIn(plane, Float64Array.of(1, 2, 3, 4, 5, 6))]).toEqual([3, 1, 6, 4]);
  });

  test('k = 1 is a line', () => {
    const plane = factorPlane(1, 0, 1);
    expect(plane.axes.length).toBe(1);
    expect([...placesIn(plane, Float64Array.of(1.5, -2))]).toEqual([1.5, 0, -2, 0]);
  });

  test('a factor that is no more gives way to the last', () => {
    expect(factorPlane(2, 4, 0).axes.map(({ factor }) => factor)).toEqual([1, 0]);
  });
});

describe('main axes', () => {
  test('lie where rows differ most, with their shares, and keep the origin at 0', () => {
    const plane = createMainPlane()(spread(3, [1, 3, 2]));
    const shares = plane.axes.map(({ share }) => share ?? 0);
    expect(shares[0]).toBeCloseTo(9 / 14, 12);
    expect(shares[1]).toBeCloseTo(4 / 14, 12);
    const places = [...placesIn(plane, Float64Array.of(0, 3, 0, 0, 0, 2, 0, 0, 0))].map(
      (x) => Math.round(x * 1e9) / 1e9,
    );
    expect(places).toEqual([3, 0, 0, 2, 0, 0]);
  });

  test('the same numbers give the same plane', () => {
    const planeOf = createMainPlane();
    const parameters = spread(3, [1, 3, 2]);
    expect(planeOf(parameters)).toBe(planeOf(parameters));
  });

  test('never flip nor change places while the numbers move a little', () => {
    // The rows turn a whole turn in the plane of factors 1 and 2; each length comes to be the greater one on the way.
    const planeOf = createMainPlane();
    let before: Float64Array | null = null;
    let swaps = 0;
    for (let step = 0; step <= 360; step += 1) {
      const angle = (step / 180) * Math.PI;
      const [a, b] = [2 + Math.cos(3 * angle), 2];
      if (a < b) swaps += 1;
      const [c, s] = [Math.cos(angle), Math.sin(angle)];
      const rows = [
        [a * c, a * s, 0.1],
        [-a * c, -a * s, 0.1],
        [-b * s, b * c, -0.1],
        [b * s, -b * c, -0.1],
      ];
      const plane = planeOf({
        k: 3,
        P: Float64Array.from(rows.flat()),
        Q: new Float64Array(3),
        bu: null,
        bi: null,
        mu: null,
      });
      const { axes } = plane.along;
      if (before) {
        for (const axis of [0, 3]) {
          const agreement = [0, 1, 2].reduce((sum, f) => sum + (axes[axis + f] ?? 0) * (before?.[axis + f] ?? 0), 0);
          // Where both lengths are equal any two directions are main axes, so a frame may turn them a little.
          expect(agreement).toBeGreaterThan(0.7);
        }
      }
      before = axes;
    }
    expect(swaps).toBeGreaterThan(100);
  });
});

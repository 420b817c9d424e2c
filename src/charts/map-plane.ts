import type { Parameters } from '../core/parameters.ts';
import { alongAxes, type PrincipalAxes, principalAxes } from '../core/understand/principal-axes.ts';

/** One direction of the map in factor space. */
export interface PlaneAxis {
  /** 0-based; null for a main axis. */
  readonly factor: number | null;
  /** What a main axis explains of the variance, 0 … 1; null for a factor. */
  readonly share: number | null;
}

/** The part of factor space that a map shows: one axis (k = 1) or two. */
export interface Plane {
  /** Across, then up. */
  readonly axes: readonly PlaneAxis[];
  /** The same as unit vectors, one behind the other. */
  readonly along: PrincipalAxes;
}

/** The plane of two factors as they are; the line of the only one where k = 1. A factor that is no more gives way to the last. */
export function factorPlane(k: number, across: number, up: number): Plane {
  const factors = k === 1 ? [0] : [Math.min(across, k - 1), Math.min(up, k - 1)];
  const axes = new Float64Array(factors.length * k);
  factors.forEach((factor, axis) => {
    axes[axis * k + factor] = 1;
  });
  return {
    axes: factors.map((factor) => ({ factor, share: null })),
    along: { k, axes, shares: new Float64Array(factors.length), center: new Float64Array(k) },
  };
}

/**
 * The plane of the two main axes of users and items together. Remembers its last answer: an axis has no direction of its own
 * and two axes of equal weight no order, so of the four ways to draw the same plane the one nearest to the last is chosen, and
 * the map neither flips nor turns over while training goes on.
 */
export function createMainPlane(): (parameters: Parameters) => Plane {
  let last: { readonly k: number; readonly axes: Float64Array } | null = null;
  let answered: { readonly parameters: Parameters; readonly plane: Plane } | null = null;
  return (parameters) => {
    if (answered?.parameters === parameters) return answered.plane;
    const { k } = parameters;
    const found = principalAxes(parameters, 'both');
    const count = Math.min(2, k);
    const before = last !== null && last.k === k ? last.axes : null;
    const order = before ? steadyOrder(found.axes, before, k, count) : Array.from({ length: count }, (_, axis) => axis);
    const axes = new Float64Array(count * k);
    const shares = new Float64Array(count);
    order.forEach((from, to) => {
      const sign = before && dot(found.axes, from, before, to, k) < 0 ? -1 : 1;
      for (let f = 0; f < k; f += 1) axes[to * k + f] = sign * (found.axes[from * k + f] ?? 0);
      shares[to] = found.shares[from] ?? 0;
    });
    last = { k, axes };
    const plane = {
      axes: order.map((from) => ({ factor: null, share: found.shares[from] ?? 0 })),
      along: { k, axes, shares, center: found.center },
    };
    answered = { parameters, plane };
    return plane;
  };
}

/** Which of the first axes goes across and which up. */
function steadyOrder(axes: Float64Array, before: Float64Array, k: number, count: number): number[] {
  if (count < 2) return [0];
  const agreement = (a: number, b: number) => Math.abs(dot(axes, a, before, b, k));
  return agreement(1, 0) + agreement(0, 1) > agreement(0, 0) + agreement(1, 1) ? [1, 0] : [0, 1];
}

function dot(A: Float64Array, a: number, B: Float64Array, b: number, k: number): number {
  let sum = 0;
  for (let f = 0; f < k; f += 1) sum += (A[a * k + f] ?? 0) * (B[b * k + f] ?? 0);
  return sum;
}

/** Where the rows of P or Q lie in the plane: x and y of each, y = 0 on a line. The origin of factor space is at 0, 0. */
export function placesIn({ along, axes }: Plane, X: Float64Array): Float64Array {
  if (axes.length === 2) return alongAxes(along, X, 2);
  const onLine = alongAxes(along, X, 1);
  const places = new Float64Array(onLine.length * 2);
  onLine.forEach((x, row) => {
    places[2 * row] = x;
  });
  return places;
}

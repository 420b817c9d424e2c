import { polygonContains } from 'd3';

/** A user or an item on the map, in CSS px. */
export interface MapMark {
  /** "user-3", "item-0": the kind and its number in the dataset. */
  readonly id: string;
  readonly kind: 'user' | 'item';
  /** Row of P or Q as shown. */
  readonly row: number;
  /** Number of the user or item in the dataset. */
  readonly index: number;
  readonly name: string;
  /** Where it lies in the plane. */
  readonly across: number;
  readonly up: number;
  readonly x: number;
  readonly y: number;
  /** Whether the model sees a rating of it; without one it lies where chance put it. */
  readonly known: boolean;
}

/** Half the size of a mark, CSS px. */
export const MARK_RADIUS = 4;

/** All marks as one outline: circles for users, diamonds for items. One path is as cheap for 300 marks as for one. */
export function marksPath(marks: readonly MapMark[], radius = MARK_RADIUS): string {
  const write = (value: number) => value.toFixed(1);
  return marks
    .map(({ kind, x, y }) => {
      if (kind === 'user') {
        const r = write(radius);
        const turn = `a${r},${r},0,1,0,`;
        return `M${write(x - radius)},${write(y)}${turn}${write(2 * radius)},0${turn}${write(-2 * radius)},0z`;
      }
      const d = radius * 1.3;
      return `M${write(x)},${write(y - d)}L${write(x + d)},${write(y)}L${write(x)},${write(y + d)}L${write(x - d)},${write(y)}z`;
    })
    .join('');
}

/** The mark nearest to a point, if one lies within `reach` CSS px. */
export function nearestMark(marks: readonly MapMark[], x: number, y: number, reach: number): MapMark | null {
  let nearest: MapMark | null = null;
  let least = reach * reach;
  for (const mark of marks) {
    const square = (mark.x - x) * (mark.x - x) + (mark.y - y) * (mark.y - y);
    if (square <= least) {
      least = square;
      nearest = mark;
    }
  }
  return nearest;
}

/** The marks inside a line drawn around them; its ends are joined. */
export function marksInside(marks: readonly MapMark[], lasso: readonly (readonly [number, number])[]): MapMark[] {
  const polygon = lasso.map(([x, y]): [number, number] => [x, y]);
  return marks.filter(({ x, y }) => polygonContains(polygon, [x, y]));
}

/** The shadow of one arrow on the line of another, in the plane: where it ends, both lengths, and p·q of what the plane shows. */
export interface Projection {
  readonly across: number;
  readonly up: number;
  /** Signed: negative where p points away from q. */
  readonly shadow: number;
  readonly length: number;
  /** shadow · length. */
  readonly product: number;
}

/** p on the line of q: (p·q / q·q) q. Null where q has no direction. */
export function projectOn(
  p: { readonly across: number; readonly up: number },
  q: { readonly across: number; readonly up: number },
): Projection | null {
  const product = p.across * q.across + p.up * q.up;
  const square = q.across * q.across + q.up * q.up;
  const length = Math.sqrt(square);
  if (!(length > 0) || !Number.isFinite(product)) return null;
  const share = product / square;
  return { across: share * q.across, up: share * q.up, shadow: product / length, length, product };
}

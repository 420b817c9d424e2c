import { textWidth } from './text-width.ts';

export const MAP_FONT = 11;
const LINE = 13;
/** From the middle of a mark to where its name begins. */
const APART = 8;
/** Left free after a name, so that two do not read as one. */
const BETWEEN = 3;
const NAME_LIMIT = 18;
/** More names than this are a thicket. */
const MOST_NAMES = 70;

/** Where a name can stand beside its mark, in the order in which places are tried. */
const SIDES = ['right', 'left', 'above', 'below', 'aboveRight', 'belowRight', 'aboveLeft', 'belowLeft'] as const;
export type LabelSide = (typeof SIDES)[number];

/** A mark that wants a name. */
export interface LabelWish {
  readonly id: string;
  readonly name: string;
  /** Middle of the mark, CSS px. */
  readonly x: number;
  readonly y: number;
  /** Chosen or pointed at: named before all others, over other marks if it must be. */
  readonly must: boolean;
}

/** A name with its place: x, y is its top left corner. */
export interface MapLabel {
  readonly id: string;
  readonly name: string;
  readonly side: LabelSide;
  readonly must: boolean;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where names may stand, CSS px: the picture without the numbers of its axes. */
export interface LabelRoom {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Names beside their marks so that no name lies over another name or out of the picture, and no unasked one over a mark; a
 * name without a place is left out. What had a name in the last picture is asked first, and where it stood, so that names do
 * not flicker while points move. room: where names may stand; radius: of a mark, CSS px.
 */
export function placeMapLabels(
  wishes: readonly LabelWish[],
  room: LabelRoom,
  radius: number,
  last: readonly MapLabel[],
): MapLabel[] {
  const sideBefore = new Map(last.map(({ id, side }) => [id, side]));
  const rank = (wish: LabelWish) => (wish.must ? 0 : sideBefore.has(wish.id) ? 1 : 2);
  const inTurn = wishes.map((wish, at) => ({ wish, at, rank: rank(wish) }));
  inTurn.sort((a, b) => a.rank - b.rank || a.at - b.at);
  const placed: MapLabel[] = [];
  for (const { wish } of inTurn) {
    if (placed.length >= MOST_NAMES) break;
    const name = shortened(wish.name);
    const size = { width: textWidth(name, MAP_FONT, wish.must) + BETWEEN, height: LINE };
    const before = sideBefore.get(wish.id);
    const sides = before ? [before, ...SIDES.filter((side) => side !== before)] : SIDES;
    const open = sides
      .map((side) => ({ side, ...size, ...cornerOf(side, wish, size) }))
      .filter((box) => isInside(box, room) && !placed.some((other) => overlap(box, other)));
    const free = open.find((box) => !coversMark(box, wishes, wish, radius)) ?? (wish.must ? open[0] : undefined);
    if (free) placed.push({ id: wish.id, name, must: wish.must, ...free });
  }
  return placed;
}

function shortened(name: string): string {
  const glyphs = [...name];
  return glyphs.length > NAME_LIMIT ? `${glyphs.slice(0, NAME_LIMIT - 1).join('')}…` : name;
}

function cornerOf(side: LabelSide, at: { x: number; y: number }, size: { width: number; height: number }) {
  const slant = APART - 3;
  switch (side) {
    case 'right':
      return { x: at.x + APART, y: at.y - size.height / 2 };
    case 'left':
      return { x: at.x - APART - size.width, y: at.y - size.height / 2 };
    case 'above':
      return { x: at.x - size.width / 2, y: at.y - APART - size.height };
    case 'below':
      return { x: at.x - size.width / 2, y: at.y + APART };
    case 'aboveRight':
      return { x: at.x + slant, y: at.y - slant - size.height };
    case 'belowRight':
      return { x: at.x + slant, y: at.y + slant };
    case 'aboveLeft':
      return { x: at.x - slant - size.width, y: at.y - slant - size.height };
    case 'belowLeft':
      return { x: at.x - slant - size.width, y: at.y + slant };
  }
}

function isInside(box: Box, { left, top, right, bottom }: LabelRoom): boolean {
  return box.x >= left && box.y >= top && box.x + box.width <= right && box.y + box.height <= bottom;
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function coversMark(box: Box, wishes: readonly LabelWish[], own: LabelWish, radius: number): boolean {
  return wishes.some(
    (wish) =>
      wish !== own &&
      wish.x + radius > box.x &&
      wish.x - radius < box.x + box.width &&
      wish.y + radius > box.y &&
      wish.y - radius < box.y + box.height,
  );
}

import { textWidth } from './text-width.ts';

const MAP_FONT = 11;
const LINE = 13;
/** From the middle of a mark to where its name begins. */
const APART = 8;
/** Left free after a name, so that two do not read as one. */
const BETWEEN = 3;
const NAME_LIMIT = 18;
/** More names than this are a thicket. */
const MOST_NAMES = 70;
/** Of so few marks each has its name, if need be at the end of a line: one without would read as its neighbor's. */
const EACH_NAMED = 30;

/** Where a name can stand beside its mark, in the order in which places are tried. */
const SIDES = ['right', 'left', 'above', 'below', 'aboveRight', 'belowRight', 'aboveLeft', 'belowLeft'] as const;
/** A number: that one of the places away from the mark. */
export type LabelSide = (typeof SIDES)[number] | number;

/** Places away from the mark, nearest first: so many directions at each of these distances to the name, CSS px. */
const DISTANCES = [16, 24, 34, 46, 60, 76, 94, 114, 136, 160];
const DIRECTIONS = 16;
/** From the middle of a mark to where its line begins. */
const CLEAR = 6;
const AWAY = DISTANCES.flatMap((distance) =>
  Array.from({ length: DIRECTIONS }, (_, at) => {
    const angle = (2 * Math.PI * at) / DIRECTIONS;
    return { across: Math.cos(angle), up: -Math.sin(angle), distance };
  }),
);

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
  /** From the mark to the name, where it stands away from it. */
  readonly line: Line | null;
}

/** From (x1, y1) to (x2, y2), CSS px. */
interface Line {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/** Where names may stand, CSS px: the picture without the numbers of its axes. */
export interface LabelRoom {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** x, y is the top left corner, CSS px. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Names beside their marks so that no name lies over another name or out of the picture, and no unasked one over a mark or what
 * is `taken`. A name without a place is left out, but of few marks each is named: away from its mark, with a line to it. What had
 * a name in the last picture is asked first, and where it stood, so that names do not flicker while points move. room: where
 * names may stand; taken: what is written there already; radius: of a mark, CSS px.
 */
export function placeMapLabels(
  wishes: readonly LabelWish[],
  room: LabelRoom,
  taken: readonly Box[],
  radius: number,
  last: readonly MapLabel[],
): MapLabel[] {
  const before = new Map(last.map(({ id, side }) => [id, side]));
  const rank = ({ must, id }: LabelWish) => (must ? 0 : typeof before.get(id) === 'string' ? 1 : 2);
  const inTurn = wishes.map((wish, at) => ({ wish, at, rank: rank(wish) }));
  inTurn.sort((a, b) => a.rank - b.rank || a.at - b.at);
  const placed: MapLabel[] = [];
  const unnamed: LabelWish[] = [];
  for (const { wish } of inTurn) {
    if (placed.length >= MOST_NAMES) break;
    const label = besideMark(wish, before.get(wish.id), { wishes, room, taken, radius, placed });
    if (label) placed.push(label);
    else unnamed.push(wish);
  }
  if (wishes.length > EACH_NAMED) return placed;
  for (const wish of unnamed) {
    const label = awayFromMark(wish, before.get(wish.id), { wishes, room, taken, radius, placed });
    if (label) placed.push(label);
  }
  return placed;
}

/** What a name has to keep clear of. */
interface Surroundings {
  readonly wishes: readonly LabelWish[];
  readonly room: LabelRoom;
  readonly taken: readonly Box[];
  readonly radius: number;
  readonly placed: readonly MapLabel[];
}

function sizeOf(wish: LabelWish, name: string) {
  return { width: textWidth(name, MAP_FONT, wish.must) + BETWEEN, height: LINE };
}

function besideMark(wish: LabelWish, before: LabelSide | undefined, around: Surroundings): MapLabel | null {
  const { wishes, room, taken, radius, placed } = around;
  const name = shortened(wish.name);
  const size = sizeOf(wish, name);
  const sides = typeof before === 'string' ? [before, ...SIDES.filter((side) => side !== before)] : SIDES;
  const open = sides
    .map((side) => ({ side, ...size, ...cornerOf(side, wish, size) }))
    .filter((box) => isInside(box, room) && !placed.some((other) => overlap(box, other)));
  const clear = open.filter((box) => !taken.some((other) => overlap(box, other)));
  const free =
    clear.find((box) => !coversMark(box, wishes, wish, radius)) ?? (wish.must ? (clear[0] ?? open[0]) : undefined);
  return free ? { id: wish.id, name, must: wish.must, line: null, ...free } : null;
}

/**
 * The place away from the mark whose line crosses the fewest names and lines, and of those passes the fewest other marks: the
 * nearest one. (In a heap of marks the names beside them may leave no way out.)
 */
function awayFromMark(wish: LabelWish, before: LabelSide | undefined, around: Surroundings): MapLabel | null {
  const { wishes, room, taken, radius, placed } = around;
  const name = shortened(wish.name);
  const size = sizeOf(wish, name);
  const places = AWAY.map((place, side) => ({ side, ...size, ...boxAway(place, wish, size) }));
  const same = typeof before === 'number' ? places[before] : undefined;
  let [best, fewest]: [(typeof places)[number] | null, number] = [null, Number.POSITIVE_INFINITY];
  for (const box of same ? [same, ...places] : places) {
    const { line } = box;
    const free =
      isInside(box, room) &&
      !placed.some((other) => overlap(box, other) || (other.line !== null && crosses(other.line, box))) &&
      !taken.some((other) => overlap(box, other)) &&
      !coversMark(box, wishes, wish, radius);
    if (!free) continue;
    const crossed = placed.filter((other) => crosses(line, other) || (other.line !== null && cross(line, other.line)));
    const passed = wishes.filter((other) => other !== wish && crosses(line, markBox(other, radius)));
    const faults = crossed.length * wishes.length + passed.length;
    if (faults < fewest) [best, fewest] = [box, faults];
  }
  return best && { id: wish.id, name, must: wish.must, ...best };
}

function shortened(name: string): string {
  const glyphs = [...name];
  return glyphs.length > NAME_LIMIT ? `${glyphs.slice(0, NAME_LIMIT - 1).join('')}…` : name;
}

function cornerOf(side: (typeof SIDES)[number], at: { x: number; y: number }, size: { width: number; height: number }) {
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

function markBox({ x, y }: LabelWish, radius: number): Box {
  return { x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius };
}

function coversMark(box: Box, wishes: readonly LabelWish[], own: LabelWish, radius: number): boolean {
  return wishes.some((wish) => wish !== own && overlap(box, markBox(wish, radius)));
}

/** The name's box that far from the mark, and the line between the two. */
function boxAway(
  { across, up, distance }: (typeof AWAY)[number],
  { x, y }: LabelWish,
  { width, height }: { readonly width: number; readonly height: number },
): { readonly x: number; readonly y: number; readonly line: Line } {
  const [x2, y2] = [x + across * distance, y + up * distance];
  return {
    x: x2 + ((across - 1) * width) / 2,
    y: y2 + ((up - 1) * height) / 2,
    line: { x1: x + across * CLEAR, y1: y + up * CLEAR, x2, y2 },
  };
}

/** Whether a line goes through a box: it is cut at the box's four sides, one after the other (Liang and Barsky). */
function crosses({ x1, y1, x2, y2 }: Line, box: Box): boolean {
  let [from, to] = [0, 1];
  for (const [along, room] of [
    [x1 - x2, x1 - box.x],
    [x2 - x1, box.x + box.width - x1],
    [y1 - y2, y1 - box.y],
    [y2 - y1, box.y + box.height - y1],
  ] as const) {
    if (along === 0 && room < 0) return false;
    if (along < 0) from = Math.max(from, room / along);
    else if (along > 0) to = Math.min(to, room / along);
  }
  return from < to;
}

/** Whether two lines cross; lines that begin in the same point do not. */
function cross(a: Line, b: Line): boolean {
  const side = ({ x1, y1, x2, y2 }: Line, x: number, y: number) => (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1);
  return side(a, b.x1, b.y1) * side(a, b.x2, b.y2) < 0 && side(b, a.x1, a.y1) * side(b, a.x2, a.y2) < 0;
}

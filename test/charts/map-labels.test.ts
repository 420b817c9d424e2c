import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type LabelWish, type MapLabel, placeMapLabels } from '../../src/charts/map-labels.ts';
import { mapScale } from '../../src/charts/map-scale.ts';
import { tickBox, tickLabels } from '../../src/charts/map-ticks.ts';

const ROOM = { left: 28, top: 2, right: 298, bottom: 280 };

const wish = fc.record({
  name: fc.string({ minLength: 1, maxLength: 24 }),
  x: fc.double({ min: 30, max: 290, noNaN: true }),
  y: fc.double({ min: 12, max: 276, noNaN: true }),
  must: fc.boolean(),
});

const wishes = fc
  .array(wish, { maxLength: 60 })
  .map((list) => list.map((one, at): LabelWish => ({ ...one, id: `user-${at}`, must: one.must && at < 2 })));

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function check(labels: readonly MapLabel[]): void {
  labels.forEach((label, at) => {
    expect(label.x).toBeGreaterThanOrEqual(ROOM.left);
    expect(label.y).toBeGreaterThanOrEqual(ROOM.top);
    expect(label.x + label.width).toBeLessThanOrEqual(ROOM.right);
    expect(label.y + label.height).toBeLessThanOrEqual(ROOM.bottom);
    for (const other of labels.slice(0, at)) expect(overlap(label, other)).toBe(false);
  });
}

test('no name lies over another or out of the picture, now or a frame later', () => {
  fc.assert(
    fc.property(wishes, (list) => {
      const first = placeMapLabels(list, ROOM, [], 4, []);
      check(first);
      const moved = list.map((one) => ({ ...one, x: one.x + 3, y: one.y - 2 }));
      check(placeMapLabels(moved, ROOM, [], 4, first));
    }),
    { numRuns: 60 },
  );
});

test('no unasked name lies over a mark', () => {
  const list = [
    { id: 'user-0', name: 'Ana', x: 100, y: 100, must: false },
    { id: 'item-0', name: 'Alien', x: 118, y: 100, must: false },
  ];
  const [ana, alien] = placeMapLabels(list, ROOM, [], 4, []);
  expect(ana?.side).toBe('left');
  expect(alien?.side).toBe('right');
});

test('the chosen one is named before all others, even in a thicket', () => {
  const thicket = Array.from({ length: 200 }, (_, at) => ({
    id: `user-${at}`,
    name: `User ${at}`,
    x: 150 + (at % 20),
    y: 140 + Math.floor(at / 20),
    must: at === 120,
  }));
  const labels = placeMapLabels(thicket, ROOM, [], 4, []);
  expect(labels[0]).toMatchObject({ id: 'user-120', must: true });
  check(labels);
});

test('names stay where they stood while there is room', () => {
  const list = [{ id: 'user-0', name: 'Ana', x: 285, y: 100, must: false }];
  const first = placeMapLabels(list, ROOM, [], 4, []);
  expect(first[0]?.side).toBe('left');
  expect(
    placeMapLabels([{ id: 'user-0', name: 'Ana', x: 150, y: 100, must: false }], ROOM, [], 4, first)[0]?.side,
  ).toBe('left');
});

test('long names are cut', () => {
  const list = [{ id: 'item-0', name: 'A Title That Goes On and On', x: 100, y: 100, must: true }];
  expect(placeMapLabels(list, ROOM, [], 4, [])[0]?.name).toBe('A Title That Goes…');
});

/** How far along a line, of 100 steps, it lies inside a box. */
function stepsInside({ line }: MapLabel, box: Box): number {
  if (line === null) return 0;
  return Array.from({ length: 101 }, (_, step) => step / 100).filter((part) => {
    const x = line.x1 + part * (line.x2 - line.x1);
    const y = line.y1 + part * (line.y2 - line.y1);
    return x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height;
  }).length;
}

const apart = fc.record({
  x: fc.double({ min: 34, max: 290, noNaN: true }),
  y: fc.double({ min: 16, max: 270, noNaN: true }),
});
/** As after a start near zero. */
const heaped = fc.record({
  x: fc.double({ min: 150, max: 165, noNaN: true }),
  y: fc.double({ min: 130, max: 145, noNaN: true }),
});

test('every one of few marks has its name, in a heap as well: beside it, or at the end of a line from it', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(apart, heaped), { minLength: 1, maxLength: 22 }), (places) => {
      const list = places.map((at, user) => ({ ...at, id: `user-${user}`, name: `User ${user}`, must: user === 3 }));
      const labels = placeMapLabels(list, ROOM, [], 4, []);
      expect(labels.map(({ id }) => id).toSorted()).toEqual(list.map(({ id }) => id).toSorted());
      check(labels);
      for (const { id, line } of labels) {
        const mark = list.find((one) => one.id === id);
        if (line !== null) expect(Math.hypot(line.x1 - (mark?.x ?? 0), line.y1 - (mark?.y ?? 0))).toBeCloseTo(6, 9);
      }
    }),
    { numRuns: 60 },
  );
});

test('such a line goes through no other name', () => {
  // The middle one has a mark at every side, and names beyond them.
  const around = Array.from({ length: 8 }, (_, at) => ({
    x: 150 + 13 * Math.cos((at * Math.PI) / 4),
    y: 140 + 13 * Math.sin((at * Math.PI) / 4),
  }));
  const list = [...around, { x: 150, y: 140 }].map((at, user) => ({
    ...at,
    id: `user-${user}`,
    name: `U${user}`,
    must: false,
  }));
  const labels = placeMapLabels(list, ROOM, [], 4, []);
  const led = labels.filter(({ line }) => line !== null);
  expect(led.map(({ id }) => id)).toContain('user-8');
  for (const label of led) {
    for (const other of labels) if (other !== label) expect(stepsInside(label, other)).toBe(0);
  }
});

test('a name without room beside its mark is led to it, and stands beside it again once there is room', () => {
  const heap = Array.from({ length: 12 }, (_, user) => ({
    id: `user-${user}`,
    name: `User ${user}`,
    x: 150,
    y: 140,
    must: false,
  }));
  const crowded = placeMapLabels(heap, ROOM, [], 4, []);
  const led = crowded.filter(({ line }) => line !== null);
  expect(led.length).toBeGreaterThan(0);
  expect(crowded.length).toBe(12);
  // The same picture again: every name stands where it stood.
  expect(new Set(placeMapLabels(heap, ROOM, [], 4, crowded))).toEqual(new Set(crowded));
  const spread = heap.map((one, user) => ({ ...one, x: 60 + 70 * (user % 4), y: 40 + 80 * Math.floor(user / 4) }));
  expect(placeMapLabels(spread, ROOM, [], 4, crowded).map(({ line }) => line)).toEqual(new Array(12).fill(null));
});

test('no unasked name lies over a number of an axis', () => {
  const scale = mapScale({ left: -2, right: 2, bottom: 0, top: 1, step: 1 }, 300, 300);
  const ticks = tickLabels(scale, false, 300);
  expect(ticks.map(({ text }) => text)).toEqual(['-2', '-1', '0', '1', '2', '0', '1']);
  // Under the grid, at the foot of its last line.
  const boxes = ticks.map(tickBox);
  const at = { x: scale.x(1) - 20, y: scale.y(0) + 10 };
  const list = [{ id: 'user-4', name: 'User 5', ...at, must: false }];
  const [free] = placeMapLabels(list, ROOM, [], 4, []);
  expect(free?.side).toBe('right');
  expect(boxes.some((box) => free !== undefined && overlap(free, box))).toBe(true);
  const [label] = placeMapLabels(list, ROOM, boxes, 4, []);
  expect(boxes.some((box) => label !== undefined && overlap(label, box))).toBe(false);
  expect(label?.side).toBe('above');
});

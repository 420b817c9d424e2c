import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type LabelWish, type MapLabel, placeMapLabels } from '../../src/charts/map-labels.ts';

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

function overlap(a: MapLabel, b: MapLabel): boolean {
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
      const first = placeMapLabels(list, ROOM, 4, []);
      check(first);
      const moved = list.map((one) => ({ ...one, x: one.x + 3, y: one.y - 2 }));
      check(placeMapLabels(moved, ROOM, 4, first));
    }),
    { numRuns: 60 },
  );
});

test('no unasked name lies over a mark', () => {
  const list = [
    { id: 'user-0', name: 'Ana', x: 100, y: 100, must: false },
    { id: 'item-0', name: 'Alien', x: 118, y: 100, must: false },
  ];
  const [ana, alien] = placeMapLabels(list, ROOM, 4, []);
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
  const labels = placeMapLabels(thicket, ROOM, 4, []);
  expect(labels[0]).toMatchObject({ id: 'user-120', must: true });
  check(labels);
});

test('names stay where they stood while there is room', () => {
  const list = [{ id: 'user-0', name: 'Ana', x: 285, y: 100, must: false }];
  const first = placeMapLabels(list, ROOM, 4, []);
  expect(first[0]?.side).toBe('left');
  expect(placeMapLabels([{ id: 'user-0', name: 'Ana', x: 150, y: 100, must: false }], ROOM, 4, first)[0]?.side).toBe(
    'left',
  );
});

test('long names are cut', () => {
  const list = [{ id: 'item-0', name: 'A Title That Goes On and On', x: 100, y: 100, must: true }];
  expect(placeMapLabels(list, ROOM, 4, [])[0]?.name).toBe('A Title That Goes…');
});

import { describe, expect, test } from 'vitest';
import type { UpdateTrace } from '../../../src/core/trace.ts';
import { createPointerStore } from '../../../src/store/pointer.ts';
import { NARRATED_SPEEDS } from '../../../src/store/state.ts';
import { narrated, pairOf, pointedAt } from '../../../src/views/stage/pointed-at.ts';
import type { Scene } from '../../../src/views/stage/scene.ts';

const visited = { user: 2, item: 1, error: 0.5 };

function traceOf(user: number, item: number): UpdateTrace {
  return {
    user,
    item,
    rating: 3,
    predicted: 2.5,
    error: 0.5,
    alpha: 0.01,
    beta: 0.02,
    mu: null,
    update: 'sequential',
    factors: [],
    userBias: null,
    itemBias: null,
  };
}

const cells: Scene['cells'] = {
  users: [0, 1, 2],
  items: [4, 0, 1],
  kinds: new Uint8Array(9),
  ratings: new Float64Array(9),
  userWithoutData: new Uint8Array(3),
  itemWithoutData: new Uint8Array(3),
};

describe('the rating that is told', () => {
  const slow = { speed: NARRATED_SPEEDS - 1 };
  const fast = { speed: NARRATED_SPEEDS };
  const run = { visited, trace: null, playhead: null, status: 'training' as const };
  const { selected } = createPointerStore(0, 0).getState();

  test('is the one visited last while training is slow, and none while it is fast', () => {
    expect(narrated({ run, view: slow }, selected)).toBe(visited);
    expect(narrated({ run, view: fast }, selected)).toBeNull();
  });

  test('is none while the past is shown', () => {
    expect(narrated({ run: { ...run, playhead: 3 }, view: slow }, selected)).toBeNull();
  });

  test('is, at rest, that of a step of one rating, until another cell is selected', () => {
    const pointer = createPointerStore(0, 0);
    const atRest = { ...run, status: 'ready' as const };
    expect(narrated({ run: atRest, view: slow }, pointer.getState().selected)).toBeNull();
    const stepped = { run: { ...atRest, trace: traceOf(2, 1) }, view: fast };
    expect(narrated(stepped, pointer.getState().selected)).toBe(visited);
    pointer.getState().select(1, 1);
    expect(narrated(stepped, pointer.getState().selected)).toBeNull();
    // The next step is told again.
    const next = { run: { ...atRest, trace: traceOf(2, 2) }, view: fast };
    expect(narrated(next, pointer.getState().selected)).toBe(visited);
  });
});

describe('what the stage is about', () => {
  test('is what is hovered, else what is told, else the selection', () => {
    const pointer = createPointerStore(0, 4);
    const now = () => pointer.getState();
    expect(pairOf(now(), null)).toEqual({ user: 0, item: 4 });
    expect(pairOf(now(), visited)).toEqual({ user: 2, item: 1 });
    now().hover({ user: 1, item: null, factor: 0 });
    expect(pairOf(now(), null)).toEqual({ user: 1, item: 4 });
    expect(pairOf(now(), visited)).toEqual({ user: 1, item: 1 });
    expect(pointedAt({ cells }, now(), visited)).toEqual({ row: 1, column: 2, factor: 0 });
  });

  test('has no place outside the window', () => {
    const pointer = createPointerStore(7, 7);
    expect(pointedAt({ cells }, pointer.getState(), null)).toBeNull();
    expect(pointedAt({ cells }, pointer.getState(), visited)).toEqual({ row: 2, column: 2, factor: null });
  });
});

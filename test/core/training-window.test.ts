import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../src/core/dataset.ts';
import { type Rating, ratingsFrom } from '../../src/core/ratings.ts';
import { stageWindow } from '../../src/core/training-window.ts';
import { ratingsFromText } from '../fixtures/ratings-from-text.ts';

function sized(m: number, n: number, list: readonly Rating[]): Dataset {
  return {
    ...ratingsFromText('1'),
    users: Array.from({ length: m }, (_, u) => `${u}`),
    items: Array.from({ length: n }, (_, i) => `${i}`),
    ratings: ratingsFrom(list),
  };
}

describe('what the stage shows', () => {
  it('is everything up to 256 × 256', () => {
    expect(stageWindow(sized(256, 256, []))).toEqual({ users: null, items: null });
  });

  it('is the 60 users and 40 items with the most ratings beyond, in display order, ties by index', () => {
    const list: Rating[] = [];
    // User 299 − u has u ratings for u < 50; the rest have one each.
    for (let u = 0; u < 300; u += 1) {
      const count = u >= 250 ? 299 - u + 2 : 1;
      for (let i = 0; i < count; i += 1) list.push({ user: u, item: i, value: 3 });
    }
    const { users, items } = stageWindow(sized(300, 100, list));
    expect([...(users ?? [])]).toEqual([
      ...Array.from({ length: 10 }, (_, u) => u),
      ...Array.from({ length: 50 }, (_, u) => 250 + u),
    ]);
    expect([...(items ?? [])]).toEqual(Array.from({ length: 40 }, (_, i) => i));
  });

  it('shows all of a side that is short enough', () => {
    expect(stageWindow(sized(1000, 12, [])).items).toBeNull();
  });
});

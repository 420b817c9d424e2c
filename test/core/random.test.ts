import { describe, expect, it } from 'vitest';
import { roomForOrder, shuffleInto, visitingOrder } from '../../src/core/order.ts';
import { Random, randomStream } from '../../src/core/random.ts';
import { trainingData } from '../../src/core/training-data.ts';
import { ratingsFromText } from '../fixtures/ratings-from-text.ts';

const draws = (count: number, draw: () => number) => Array.from({ length: count }, draw);

describe('the generator', () => {
  it('is xoshiro128** 1.1: the outputs of the published C code from the state 1 2 3 4', () => {
    const random = new Random(1, 2, 3, 4);
    expect(draws(10, () => random.integer())).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });

  // These vectors are the project's own: files name a seed and rely on them. They may never change.
  it('draws these integers from seed 42', () => {
    const of = (name: Parameters<typeof randomStream>[1], index?: number) => {
      const random = randomStream(42, name, index);
      return draws(3, () => random.integer());
    };
    expect({
      init: of('init'),
      user: of('user-row', 7),
      item: of('item-row', 7),
      shuffle: of('shuffle', 0),
      later: of('shuffle', 2 ** 40),
      heldOut: of('hold-out'),
      planted: of('planted'),
    }).toEqual({
      heldOut: [3421316903, 1674297813, 1462843188],
      init: [926316062, 3043372072, 3604818201],
      item: [1141406636, 927974429, 3218305759],
      later: [651515314, 1342716943, 3822943391],
      planted: [260452911, 1273073918, 1568341922],
      shuffle: [382861858, 1563485913, 932202944],
      user: [1662277743, 3965526044, 3932176843],
    });
  });

  it('draws these uniform and normal numbers from seed 42', () => {
    const uniform = randomStream(42, 'init');
    expect(draws(3, () => uniform.uniform())).toEqual([0.2156747632368674, 0.839312140637076, 0.10035505088425756]);
    const normal = randomStream(42, 'init');
    expect(draws(3, () => normal.normal())).toEqual([-1.7103124033906223, -0.0002267821298964634, 1.772373472081819]);
  });

  it('shuffles the same way for a seed and an epoch, and differently for the next', () => {
    const order = (seed: number, epoch: number) => {
      const places = new Int32Array(10);
      shuffleInto(places, seed, epoch);
      return [...places];
    };
    expect(order(42, 0)).toEqual([5, 3, 4, 7, 2, 6, 1, 9, 0, 8]);
    expect(order(42, 1)).toEqual([7, 6, 2, 4, 5, 3, 9, 1, 8, 0]);
    expect([...order(42, 5)].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('passes over a rating and leaves the others in the order that they had with it', () => {
    const nine = { ...trainingData(ratingsFromText('5 3 1 / 4 2 1 / 1 1 5')), passedOver: 4 };
    expect(roomForOrder(nine)).toBe(10);
    // Of 5 3 4 7 2 6 1 9 0 8 the 4 goes, and who came after it among the ratings moves up.
    expect([...visitingOrder(new Int32Array(10), nine, 42, 0)]).toEqual([4, 3, 6, 2, 5, 1, 8, 0, 7]);
    const { passedOver: _, ...whole } = nine;
    const alone = new Int32Array(9);
    shuffleInto(alone, 42, 0);
    expect([...visitingOrder(new Int32Array(roomForOrder(whole)), whole, 42, 0)]).toEqual([...alone]);
  });
});

describe('its draws', () => {
  it('are uniform on [0, 1): mean 1/2, variance 1/12', () => {
    const random = randomStream(1, 'init');
    const numbers = draws(100_000, () => random.uniform());
    const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
    const variance = numbers.reduce((sum, number) => sum + (number - mean) ** 2, 0) / numbers.length;
    expect(mean).toBeCloseTo(0.5, 2);
    expect(variance).toBeCloseTo(1 / 12, 2);
    expect(Math.min(...numbers.slice(0, 1000))).toBeGreaterThanOrEqual(0);
    expect(Math.max(...numbers.slice(0, 1000))).toBeLessThan(1);
  });

  it('are about normal: mean 0, variance 1, 68 % within one deviation', () => {
    const random = randomStream(2, 'init');
    const numbers = draws(50_000, () => random.normal());
    const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
    const variance = numbers.reduce((sum, number) => sum + (number - mean) ** 2, 0) / numbers.length;
    expect(Math.abs(mean)).toBeLessThan(0.02);
    expect(Math.abs(variance - 1)).toBeLessThan(0.02);
    expect(numbers.filter((number) => Math.abs(number) < 1).length / numbers.length).toBeCloseTo(0.683, 1);
  });

  it('are even below a count that is no power of two', () => {
    const random = randomStream(3, 'planted');
    const counts = [0, 0, 0, 0, 0, 0];
    for (let draw = 0; draw < 60_000; draw += 1) {
      const value = random.below(6);
      counts[value] = (counts[value] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400);
  });

  it('differ between streams, indices and seeds', () => {
    const firsts = new Set<number>();
    for (let index = 0; index < 500; index += 1) {
      firsts.add(randomStream(42, 'user-row', index).integer());
      firsts.add(randomStream(42, 'item-row', index).integer());
      firsts.add(randomStream(index, 'init').integer());
    }
    expect(firsts.size).toBe(1500);
  });
});

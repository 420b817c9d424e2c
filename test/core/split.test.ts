import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../src/core/dataset.ts';
import { ratingsFrom } from '../../src/core/ratings.ts';
import { chooseHeldOut } from '../../src/core/split.ts';
import { ratingsFromText } from '../fixtures/ratings-from-text.ts';

const heldOutPairs = ({ ratings }: Dataset) =>
  [...ratings.user].flatMap((user, at) => (ratings.heldOut[at] ? [`${user}/${ratings.item[at]}`] : []));

describe('choosing what is held out', () => {
  const full = ratingsFromText('5 3 4 1 / 4 2 3 1 / 1 1 2 5 / 2 4 5 4 / 3 1 5 4');

  it('takes the share that was asked for, and says how', () => {
    const held = chooseHeldOut(full, 25, 7);
    expect(heldOutPairs(held)).toHaveLength(5);
    expect(held.holdOut).toEqual({ share: 25, kind: 'random', seed: 7 });
    expect(held.ratings.value).toBe(full.ratings.value);
  });

  it('takes the same ones for a seed, others for another', () => {
    expect(heldOutPairs(chooseHeldOut(full, 25, 7))).toEqual(heldOutPairs(chooseHeldOut(full, 25, 7)));
    expect(heldOutPairs(chooseHeldOut(full, 25, 7))).not.toEqual(heldOutPairs(chooseHeldOut(full, 25, 8)));
  });

  it('returns everything at 0 percent', () => {
    const none = chooseHeldOut(chooseHeldOut(full, 50, 7), 0, 7);
    expect(heldOutPairs(none)).toEqual([]);
    expect(none.holdOut).toBeNull();
  });

  it('leaves every user and item a training rating where that is possible, and always takes its share', () => {
    const pair = fc.record({ user: fc.nat(7), item: fc.nat(7), value: fc.constant(3) });
    fc.assert(
      fc.property(
        fc.array(pair, { minLength: 1, maxLength: 64 }),
        fc.integer({ min: 0, max: 90 }),
        fc.nat(),
        (list, percent, seed) => {
          const ratings = ratingsFrom(list);
          const held = chooseHeldOut({ ...full, ratings }, percent, seed);
          const count = ratings.user.length;
          const pairs = heldOutPairs(held);
          expect(pairs).toHaveLength(Math.round((count * percent) / 100));
          const left = [...held.ratings.user].filter((_, at) => held.ratings.heldOut[at] === 0);
          const spared = new Set(left).size === new Set(ratings.user).size;
          // One rating a user is enough to spare all of them when as many may stay.
          if (percent === 0) expect(spared).toBe(true);
        },
      ),
    );
    const three = chooseHeldOut(ratingsFromText('1 2 . / . 3 4 / 5 . 1'), 33, 3);
    expect(heldOutPairs(three)).toHaveLength(2);
    expect(new Set([...three.ratings.user].filter((_, at) => three.ratings.heldOut[at] === 0)).size).toBe(3);
    expect(new Set([...three.ratings.item].filter((_, at) => three.ratings.heldOut[at] === 0)).size).toBe(3);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sortPlaces } from '../../src/store/sort-places.ts';
import { allSteps } from '../../src/store/steps.ts';

const number = fc.oneof(fc.constantFrom(0, 1, 2, Number.NaN), fc.double({ noNaN: false }));

describe('sorting in steps', () => {
  it('is what the sort of the language does: NaN left out, equals in their order', () => {
    fc.assert(
      fc.property(fc.array(number, { maxLength: 300 }), fc.boolean(), (numbers, descending) => {
        const turn = descending ? -1 : 1;
        const wanted = numbers
          .map((_, at) => at)
          .filter((at) => !Number.isNaN(numbers[at]))
          .sort((a, b) => {
            const [x = 0, y = 0] = [numbers[a], numbers[b]];
            return x < y ? -turn : x > y ? turn : a - b;
          });
        expect([...allSteps(sortPlaces(Float64Array.from(numbers), descending))]).toEqual(wanted);
      }),
    );
  });

  it('rests often: fifty thousand keys take more than a hundred steps', () => {
    const keys = Float64Array.from({ length: 50_000 }, (_, at) => (at * 7919) % 50_021);
    let steps = 0;
    for (const steps_ = sortPlaces(keys, false); !steps_.next().done; ) steps += 1;
    expect(steps).toBeGreaterThan(100);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type NumberedRun, packRuns, unpackRuns } from '../../../src/core/experiment/packed-runs.ts';
import { RUN_ENDS } from '../../../src/core/experiment/results.ts';

const number = fc.double({ noNaN: true });
const figure = fc.option(number);
const column = (length: number) =>
  fc.array(fc.double(), { minLength: length, maxLength: length }).map((numbers) => Float64Array.from(numbers));
const curve = fc.nat(5).chain((length) =>
  fc.record({
    epoch: column(length),
    rmseSeen: column(length),
    rmseHeldOut: column(length),
    objective: column(length),
  }),
);
const run: fc.Arbitrary<NumberedRun> = fc.record({
  index: fc.nat(100_000),
  result: fc.record({
    rmseSeen: figure,
    rmseHeldOut: figure,
    objective: figure,
    epochs: fc.nat(),
    standsAt: fc.nat(),
    bestEpoch: fc.option(fc.nat()),
    bestHeldOut: figure,
    ended: fc.constantFrom(...RUN_ENDS),
    updates: number,
    milliseconds: number,
    errors: fc.option(fc.nat(7).chain(column)),
    curve: fc.option(curve),
  }),
});

describe('packed runs', () => {
  it('come out as they went in, whatever they have and lack', () => {
    fc.assert(
      fc.property(fc.array(run, { maxLength: 20 }), (runs) => {
        expect(unpackRuns(packRuns(runs))).toEqual(runs);
      }),
    );
  });

  it('that do not belong together are not taken for runs', () => {
    const [one] = fc.sample(
      run.filter(({ result }) => result.errors !== null && result.errors.length > 0),
      1,
    );
    if (one === undefined) throw new Error('no run');
    const packed = packRuns([one]);
    expect(unpackRuns({ ...packed, values: packed.values.subarray(1) })).toBeNull();
    expect(unpackRuns({ ...packed, ended: Uint8Array.of(0) })).toBeNull();
    expect(unpackRuns({ ...packed, numbers: packed.numbers.subarray(1) })).toBeNull();
    expect(unpackRuns({ ...packed, index: Int32Array.of(1, 2) })).toBeNull();
  });
});

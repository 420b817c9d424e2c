import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countKept, isKept, nextKept } from '../../src/core/thinning.ts';

describe('which epochs are kept', () => {
  it('is every one below 512, every second up to 1,024, and 256 an octave ever after', () => {
    const kept = (from: number, to: number) => {
      let count = 0;
      for (let epoch = from; epoch < to; epoch += 1) count += isKept(epoch) ? 1 : 0;
      return count;
    };
    expect(kept(0, 512)).toBe(512);
    expect(kept(512, 1024)).toBe(256);
    expect(kept(65_536, 131_072)).toBe(256);
    expect([4088, 4095, 4096, 4104, 4112].map((epoch) => isKept(epoch))).toEqual([true, false, true, false, true]);
    expect(countKept(1_000_000, 256)).toBe(3304);
  });

  it('keeps 0 … 7, then four an octave at density 4', () => {
    const epochs = Array.from({ length: 65 }, (_, epoch) => epoch).filter((epoch) => isKept(epoch, 4));
    expect(epochs).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 56, 64]);
  });

  it('agrees with itself: the next kept one is kept, none before it is, and a lower density keeps a part', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3_000_000 }), fc.constantFrom(1, 2, 4, 16, 128, 256), (epoch, density) => {
        const next = nextKept(epoch, density);
        expect(next).toBeGreaterThan(epoch);
        expect(isKept(next, density)).toBe(true);
        expect(isKept(next)).toBe(true);
        for (let between = epoch + 1; between < Math.min(next, epoch + 50); between += 1) {
          expect(isKept(between, density)).toBe(false);
        }
      }),
    );
  });

  it('counts what it keeps', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20_000 }), fc.constantFrom(1, 4, 64, 256), (latest, density) => {
        let count = 0;
        for (let epoch = 1; epoch <= latest; epoch += 1) count += isKept(epoch, density) ? 1 : 0;
        expect(countKept(latest, density)).toBe(count);
      }),
      { numRuns: 30 },
    );
  });
});

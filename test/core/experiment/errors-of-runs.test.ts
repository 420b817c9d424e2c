import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isClearOfZero } from '../../../src/core/experiment/clear-of-zero.ts';
import { formatDifference, formatError, formatSpread } from '../../../src/strings/errors-of-runs.ts';
import { strings } from '../../../src/strings/index.ts';

describe('errors of runs in words', () => {
  it('tell .8724 from .8450, with their spread in the same decimals', () => {
    expect([formatError(0.8724), formatError(0.84503)]).toEqual(['0.8724', '0.8450']);
    expect(formatSpread(0.0123, 0.8724)).toBe('0.0123');
    expect(formatSpread(0.071, 1.2)).toBe('0.071');
    expect(formatSpread(0.0001132, 1.466)).toBe('0.0001');
    expect(formatSpread(0.00001834, 1.2)).toBe('0.00002');
    expect(formatSpread(1.234e-9, 1.2)).toBe('1e-9');
    expect(formatSpread(0, 1.2)).toBe('0.000');
  });

  it('differences have the digits that they and their interval need', () => {
    expect(formatDifference(0.506, -0.231, 1.0724)).toEqual({
      told: 'RMSE 0.506 higher',
      low: '−0.231',
      high: '+1.072',
    });
    expect(formatDifference(-0.00123, -0.0034, 0.0011)).toEqual({
      told: 'RMSE 0.0012 lower',
      low: '−0.0034',
      high: '+0.0011',
    });
  });

  it('differences that are clear of 0 show on which side of it their interval lies, to its last end', () => {
    expect(formatDifference(-0.271, -0.589, -0.0008)).toEqual({
      told: 'RMSE 0.2710 lower',
      low: '−0.5890',
      high: '−0.0008',
    });
    // An end that resampling anew would move over 0 is not clear of it.
    expect([isClearOfZero(-0.589, -0.0008), isClearOfZero(-0.589, -0.0005)]).toEqual([true, false]);
    expect([isClearOfZero(0.0005, 0.589), isClearOfZero(0.1, 0.1), isClearOfZero(0, 0)]).toEqual([false, true, false]);
    fc.assert(
      fc.property(
        fc.double({ min: 1e-9, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 2, noNaN: true }),
        (low, width) => {
          const above = formatDifference(low + width / 2, low, low + width);
          const below = formatDifference(-low - width / 2, -low - width, -low);
          if (!isClearOfZero(low, low + width)) return;
          expect(above.low).toMatch(/^\+.*[1-9]/);
          expect(below.high).toMatch(/^−.*[1-9]/);
        },
      ),
    );
  });

  it('never write a signed zero', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -10, max: 10, noNaN: true }),
        fc.double({ min: -10, max: 10, noNaN: true }),
        (a, b) => {
          const { told, low, high } = formatDifference((a + b) / 2, Math.min(a, b), Math.max(a, b));
          for (const text of [low, high]) expect(text).not.toMatch(/^[+−]0(\.0*)?$/);
          expect(told === 'RMSE the same' || Number(told.split(' ')[1]) > 0).toBe(true);
        },
      ),
    );
  });
});

describe('a best that is worse than a baseline', () => {
  const summary = {
    cell: 0,
    assignments: [{ setting: 'k', value: 2 }],
    seeds: 1,
    mean: 2.229,
    spreadOverSeeds: null,
  } as const;
  const best = {
    ...summary,
    done: 1,
    diverged: 0,
    total: 1,
    spreadOverFolds: null,
    least: 2.229,
    greatest: 2.229,
    rmseSeen: 0.1,
    objective: 1,
    epochs: 10,
    milliseconds: 1,
  };
  const against = (difference: number, low: number, high: number) => ({
    difference,
    low,
    high,
    ratings: 16,
    seeds: 1,
    enough: true,
    clear: low > 0 || high < 0,
  });
  const verdict = {
    best,
    ranked: [0],
    baselines: { mean: 1.723, biases: 1.795 },
    againstNext: null,
    againstMean: against(0.506, -0.23, 1.07),
    againstBiases: against(0.433, 0.1, 0.9),
    lastStep: null,
    rivals: 0,
    alike: [],
    compared: 0,
    clearWinner: false,
    edges: [],
    nested: null,
    caveats: [],
  };

  it('is called worse, sure or not, in the sentences and in the line over the picture', () => {
    expect(strings.experiment.verdict(verdict)).toEqual([
      'k 2: held-out RMSE 2.229 over 1 seed; the mean alone 1.723, biases only 1.795.',
      'It is worse than biases only: RMSE 0.433 higher (95 %: +0.100 … +0.900, 16 left-out ratings).',
      'It comes out worse than the mean alone, though that may be luck: RMSE 0.506 higher (95 %: −0.230 … +1.070, 16 left-out ratings).',
      'The intervals draw the left-out ratings anew, with repeats (bootstrap), and are widened for how few there are; the luck of the seed is not in them.',
    ]);
    expect(strings.experiment.brief(verdict)).toBe(
      'Best: k 2, held-out RMSE 2.229; worse than the mean alone (1.723), which may be luck; worse than biases only (1.795).',
    );
  });

  it('is not judged at all by a handful of ratings', () => {
    const few = { ...against(-1.67, -1.9, -1.2), ratings: 3, enough: false, clear: false };
    const words = strings.experiment.verdict({ ...verdict, againstMean: few, againstBiases: { ...few, ratings: 1 } });
    expect(words.slice(1)).toEqual([
      'Beside the mean alone: RMSE 1.670 lower, but 3 left-out ratings are too few to tell.',
      'Beside biases only: RMSE 1.670 lower, but 1 left-out rating is too few to tell.',
    ]);
  });

  it('beside nested selection is judged by what was so chosen too', () => {
    const nested = { rmse: 2.483, spreadOverSeeds: 0.1, againstMean: against(0.76, 0.2, 1.3), chosen: [0] };
    expect(strings.experiment.verdict({ ...verdict, nested })).toContain(
      'So chosen, it is worse than the mean alone: RMSE 0.760 higher (95 %: +0.200 … +1.300, 16 left-out ratings).',
    );
  });

  it('among more than were compared is no winner beyond those', () => {
    const next = { next: { ...best, cell: 1 }, interval: against(-0.01, -0.02, 0.01) };
    const many = {
      ...verdict,
      againstNext: next,
      rivals: 399,
      compared: 40,
      alike: Array.from({ length: 40 }, (_, at) => at + 1),
    };
    expect(strings.experiment.verdict(many)).toContain(
      '40 of the 40 nearest, which alone were compared, cannot be told from it: there is no winner.',
    );
    expect(strings.experiment.brief(many)).toContain('; no winner: 40 of the 40 nearest cannot be told from it; ');
  });

  it('keeps the line on biases where it is better', () => {
    const better = { ...verdict, againstBiases: against(-0.0119, -0.02, -0.004) };
    expect(strings.experiment.verdict(better)).toContain(
      'It is better than biases only: RMSE 0.012 lower (95 %: −0.020 … −0.004, 16 left-out ratings).',
    );
  });
});

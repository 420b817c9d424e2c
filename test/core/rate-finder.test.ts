import { describe, expect, it } from 'vitest';
import { FINDER_RATES, readRateTest, regimeAt } from '../../src/core/rate-finder.ts';

describe('the learning rates of the finder', () => {
  it('rise from .00001 to 10 with at most 3 significant digits', () => {
    expect([FINDER_RATES[0], FINDER_RATES.at(-1)]).toEqual([0.00001, 10]);
    FINDER_RATES.forEach((alpha, at) => {
      expect(alpha).toBe(Number(alpha.toPrecision(3)));
      if (at > 0) expect(alpha).toBeGreaterThan(FINDER_RATES[at - 1] ?? 0);
    });
  });
});

describe('reading a range test', () => {
  const points = [
    [0.001, 2],
    [0.002, 1.99],
    [0.005, 1.9],
    [0.01, 1.6],
    [0.02, 1.1],
    [0.05, 0.8],
    [0.1, 0.9],
    [0.2, 2.5],
    [0.5, null],
  ].map(([alpha, rmse]) => ({ alpha: alpha ?? 0, rmse: rmse ?? null }));
  const finding = readRateTest({ start: 2, points });

  it('names where the loss begins to fall, where it is lowest and where it breaks', () => {
    expect(finding).toEqual({ crawlsUntil: 0.005, lowest: 0.05, breaksAt: 0.2, suggested: 0.02 });
  });

  it('names the regime of any α', () => {
    if (!finding) throw new Error('nothing found');
    expect([0.0001, 0.005, 0.05, 0.1, 0.2, 3].map((alpha) => regimeAt(alpha, finding))).toEqual([
      'crawling',
      'converging',
      'converging',
      'oscillating',
      'diverged',
      'diverged',
    ]);
  });

  it('takes from long runs where it diverges, and suggests at most a third of that', () => {
    const tried = readRateTest({ start: 2, points, trials: { epochs: 300, diverges: 0.05 } });
    expect(tried).toEqual({ crawlsUntil: 0.005, lowest: 0.05, breaksAt: 0.05, suggested: 0.01 });
    if (!tried) throw new Error('nothing found');
    expect([0.002, 0.02, 0.05, 0.1].map((alpha) => regimeAt(alpha, tried))).toEqual([
      'crawling',
      'converging',
      'diverged',
      'diverged',
    ]);
    // Where no long run diverges, a rise of the short test is none either.
    const held = readRateTest({ start: 2, points, trials: { epochs: 300, diverges: null } });
    expect(held).toMatchObject({ breaksAt: null, suggested: 0.02 });
    const early = readRateTest({ start: 2, points, trials: { epochs: 300, diverges: 0.005 } });
    expect(early?.suggested).toBe(0.001);
  });

  it('suggests nothing where the loss never fell', () => {
    expect(readRateTest({ start: 2, points: [{ alpha: 0.1, rmse: 2.5 }] })).toBeNull();
    expect(readRateTest({ start: 2, points: [{ alpha: 0.1, rmse: null }] })).toBeNull();
  });
});

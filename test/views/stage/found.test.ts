import { describe, expect, it } from 'vitest';
import type { Ensemble, InfluenceFound } from '../../../src/store/ensemble.ts';
import type { JobsState } from '../../../src/store/jobs.ts';
import { influenceWords, intervalWords, shownIntervals } from '../../../src/views/stage/found.ts';
import { studyFromText } from '../../store/harness.ts';

/** Retrainings of one cell that said these at the end. */
function ensemble(said: readonly number[], stale: Ensemble['stale'] = null): Ensemble {
  const settled = said.map((value, at) => ({
    member: { kind: 'seed' as const, seed: at },
    atMark: null,
    parameters: { k: 1, P: Float64Array.of(value), Q: Float64Array.of(1), bu: null, bi: null, mu: null },
    epochs: 100,
    ended: 'settled' as const,
  }));
  const study = studyFromText('5 3 / 1 2');
  return { study, mark: 10, asked: said.length, ratings: 4, complete: true, stale, present: [], settled };
}

const idle = { starts: null, fewer: null, influence: null };

function jobs(patch: Partial<JobsState>): JobsState {
  return {
    starts: ensemble([2, 3, 4]),
    fewer: ensemble([1, 5]),
    influence: null,
    progress: idle,
    drawn: { intervals: 'starts', moment: 'end', influence: false },
    draw: () => {},
    otherStarts: () => {},
    oneRatingFewer: () => {},
    influenceOn: () => {},
    cancel: () => {},
    ...patch,
  };
}

describe('intervals in R̂', () => {
  it('are of one question, and say it in words', () => {
    const starts = shownIntervals(jobs({}));
    const fewer = shownIntervals(jobs({ drawn: { intervals: 'fewer', moment: 'end', influence: false } }));
    expect(intervalWords(starts, 0, 0)).toBe(', other starts 2.10 … 3.90');
    expect(intervalWords(fewer, 0, 0)).toBe(', one rating fewer 1.00 … 5.00');
    expect(intervalWords(null, 0, 0)).toBe('');
  });

  it('are not there while they are turned off, still trained, of another study, or of fewer than two models', () => {
    const under = { phase: 'settling', done: 1, total: 6 } as const;
    expect(shownIntervals(jobs({ drawn: { intervals: 'none', moment: 'end', influence: false } }))).toBe(null);
    expect(shownIntervals(jobs({ drawn: { intervals: null, moment: 'end', influence: false } }))).toBe(null);
    expect(shownIntervals(jobs({ drawn: { intervals: 'starts', moment: 'mark', influence: false } }))).toBe(null);
    expect(shownIntervals(jobs({ progress: { ...idle, starts: under } }))).toBe(null);
    expect(shownIntervals(jobs({ starts: ensemble([2, 3], 'study') }))).toBe(null);
    expect(shownIntervals(jobs({ starts: ensemble([2]) }))).toBe(null);
    expect(shownIntervals(jobs({ starts: ensemble([2, 3], 'epoch') }))?.ensemble.stale).toBe('epoch');
  });
});

describe('influence on R', () => {
  it('says by how much the chosen prediction changes, with its sign', () => {
    const one = { rating: 0, user: 0, item: 1, value: 3, without: 2, change: 0.25 };
    const found: InfluenceFound = {
      ...ensemble([]),
      user: 1,
      item: 1,
      outcomes: [],
      predicted: 2,
      ranked: [one, { ...one, rating: 1, item: 0, change: -0.125 }],
    };
    expect(influenceWords(found, 0, 1)).toBe(', without it the chosen prediction changes by +0.25');
    expect(influenceWords(found, 0, 0)).toMatch(/by [-−]0.1[23]$/);
    expect(influenceWords(found, 1, 1)).toBe('');
    expect(influenceWords(null, 0, 1)).toBe('');
  });
});

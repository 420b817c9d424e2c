import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { drawStart } from '../../../src/core/init.ts';
import type { ModelSettings } from '../../../src/core/model.ts';
import type { Parameters } from '../../../src/core/parameters.ts';
import { notebookModel } from '../../../src/core/presets.ts';
import { trainingData } from '../../../src/core/training-data.ts';
import { judgeSpread, planOtherStarts, predictionsOf } from '../../../src/core/understand/ensemble.ts';
import {
  type Member,
  type Outcome,
  Retraining,
  type StoppingRule,
  stopAt,
  stopWhenSettled,
} from '../../../src/core/understand/retrain.ts';
import { spreadOf } from '../../../src/core/understand/spread.ts';
import { ratingsFromText } from '../../fixtures/ratings-from-text.ts';
import { withoutEach } from '../../fixtures/without-each.ts';
import { NOTEBOOK } from './samples.ts';
import { train } from './train.ts';

const data = trainingData(ratingsFromText(NOTEBOOK));

function collect(model: ModelSettings, members: readonly Member[], rule: StoppingRule): readonly Outcome[] {
  const setup = { model, data, start: drawStart(model, data.m, data.n, data.mean) };
  const work = new Retraining(setup, members, rule, train);
  while (work.step(100_000));
  return work.outcomes;
}

/** Retrainings of one cell that said `atMark` at the mark and `atEnd` at the end. */
function outcomesThatSaid(atMark: number[], atEnd: number[], ended: Outcome['ended'] = 'settled'): Outcome[] {
  const cell = (value: number): Parameters => ({
    k: 1,
    P: Float64Array.of(value),
    Q: Float64Array.of(1),
    bu: null,
    bi: null,
    mu: null,
  });
  return atMark.map((value, at) => ({
    member: { kind: 'seed', seed: at },
    atMark: cell(value),
    parameters: cell(atEnd[at] ?? 0),
    epochs: 100,
    ended,
  }));
}

describe('other starts', () => {
  it('are one seed after the other', () => {
    expect(planOtherStarts(3, 4294967295)).toEqual([
      { kind: 'seed', seed: 4294967295 },
      { kind: 'seed', seed: 0 },
      { kind: 'seed', seed: 1 },
    ]);
  });

  it('of the notebook spread as 200 runs of its own code did', () => {
    const reference = JSON.parse(readFileSync('test/fixtures/montecarlo_seed6x4_k3.json', 'utf8')) as {
      mean: number[][];
      std: number[][];
    };
    const outcomes = collect(notebookModel, planOtherStarts(100, 1), stopAt(5000));
    reference.mean.flat().forEach((mean, cell) => {
      const spread = spreadOf(predictionsOf(outcomes, Math.floor(cell / 4), cell % 4, 'end'));
      const sd = reference.std.flat()[cell] ?? Number.NaN;
      // Means of 100 and of 200 draws differ by sd·√(1/100 + 1/200) = .12 sd; four times that.
      expect(Math.abs((spread?.mean ?? Number.NaN) - mean)).toBeLessThan(0.5 * sd);
      expect((spread?.sd ?? Number.NaN) / sd).toBeGreaterThan(0.6);
      expect((spread?.sd ?? Number.NaN) / sd).toBeLessThan(1.6);
    });
  });

  it('of the notebook are unfinished training in its gaps: they come to one value', () => {
    const model = { ...notebookModel, alpha: 0.002 };
    const outcomes = collect(model, planOtherStarts(12, 1), stopWhenSettled(300_000, 500));
    expect(outcomes.every((outcome) => outcome.ended === 'settled')).toBe(true);
    const judged = judgeSpread(outcomes, 0, 2, 0.01);
    expect(judged.verdict).toBe('unfinished');
    expect(judged.vanished).toBeGreaterThan(0.995);
    const range = (moment: 'mark' | 'end') => {
      const values = predictionsOf(outcomes, 0, 2, moment);
      return Math.max(...values) - Math.min(...values);
    };
    expect(range('mark')).toBeGreaterThan(1.5);
    expect(range('end')).toBeLessThan(0.08);
  }, 20_000);

  it('of the notebook come to the same value whatever α is', () => {
    const ends = [0.002, 0.01].flatMap((alpha) => [
      ...predictionsOf(
        collect({ ...notebookModel, alpha }, planOtherStarts(6, 1), stopWhenSettled(300_000, null)),
        0,
        2,
        'end',
      ),
    ]);
    expect(ends.length).toBe(12);
    expect(Math.min(...ends)).toBeGreaterThan(2.85);
    expect(Math.max(...ends)).toBeLessThan(2.94);
  }, 20_000);
});

describe('one rating fewer', () => {
  it('moves the gap of the notebook that other starts leave in place', () => {
    const model = { ...notebookModel, alpha: 0.002 };
    const outcomes = collect(model, withoutEach(data), stopWhenSettled(300_000, null));
    const values = predictionsOf(outcomes, 0, 2, 'end');
    expect(values.length).toBe(16);
    // The figures for this gap, trained out: between 1.8 and 3.9.
    expect(Math.min(...values)).toBeGreaterThan(1.7);
    expect(Math.min(...values)).toBeLessThan(1.9);
    expect(Math.max(...values)).toBeGreaterThan(3.7);
    expect(Math.max(...values)).toBeLessThan(4.1);
  }, 20_000);
});

describe('judgeSpread', () => {
  const verdict = (outcomes: readonly Outcome[]) => judgeSpread(outcomes, 0, 0, 0.01).verdict;

  it('tells unfinished training from spread that stays', () => {
    expect(verdict(outcomesThatSaid([2, 3, 4], [3, 3.05, 3.1]))).toBe('unfinished');
    expect(judgeSpread(outcomesThatSaid([2, 3, 4], [2.5, 3, 3.5]), 0, 0, 0.01)).toEqual({
      verdict: 'partly',
      vanished: expect.closeTo(0.75, 12),
    });
    expect(verdict(outcomesThatSaid([2, 3, 4], [2, 3, 4.1]))).toBe('lasting');
    expect(verdict(outcomesThatSaid([3, 3.001], [3.002, 3]))).toBe('alike');
    expect(verdict(outcomesThatSaid([3, 3], [2, 4]))).toBe('lasting');
  });

  it('leaves it open where one met the limit, or fewer than two are left', () => {
    expect(verdict(outcomesThatSaid([2, 3, 4], [3, 3.05, 3.1], 'limit'))).toBe('undecided');
    expect(verdict(outcomesThatSaid([2, 3, 4], [3, 3.05, 3.1], 'diverged'))).toBe('undecided');
    expect(verdict(outcomesThatSaid([2], [3]))).toBe('undecided');
  });
});

describe('predictionsOf', () => {
  it('leaves out what diverged', () => {
    const said = [...outcomesThatSaid([1, 3], [2, 4]), ...outcomesThatSaid([99], [99], 'diverged')];
    expect([...predictionsOf(said, 0, 0, 'mark')]).toEqual([1, 3]);
    expect([...predictionsOf(said, 0, 0, 'end')]).toEqual([2, 4]);
  });
});

import { describe, expect, it } from 'vitest';
import { findBuiltin } from '../../src/core/builtin.ts';
import type { RunRecord, RunSource } from '../../src/core/experiment/run-record.ts';
import { sameRatings } from '../../src/core/experiment/same-ratings.ts';
import type { Study } from '../../src/core/study.ts';
import { pinnedRuns } from '../../src/views/loss/pinned-runs.ts';

function builtin(id: string): Study {
  const found = findBuiltin(id);
  if (found === null) throw new Error(`no built-in set ${id}`);
  return found.study();
}

const NOTEBOOK = builtin('notebook');

function kept(study: Study, source: RunSource = { kind: 'play' }): RunRecord {
  const one = Float64Array.of(0, 1);
  return {
    id: 'run-1',
    name: 'Run 1',
    source,
    study,
    epochs: 1,
    standsAt: 1,
    bestEpoch: null,
    bestHeldOut: null,
    rmseSeen: 1,
    rmseHeldOut: null,
    objective: 1,
    ended: 'limit',
    updates: null,
    milliseconds: null,
    curve: { epoch: one, rmseSeen: one, rmseHeldOut: one, objective: one },
    changed: false,
    session: null,
  };
}

/** The notebook's ratings with the first one changed. */
function edited(): Study {
  const { ratings } = NOTEBOOK.dataset;
  const value = ratings.value.slice();
  value[0] = 1 + (value[0] ?? 0);
  return { ...NOTEBOOK, dataset: { ...NOTEBOOK.dataset, ratings: { ...ratings, value } } };
}

describe('a pinned run in Play’s loss chart', () => {
  const only = (record: RunRecord) => {
    const [run] = pinnedRuns([record], null, NOTEBOOK);
    if (!run) throw new Error('one run is one run');
    return run;
  };

  it('is drawn without a word more where only settings differ', () => {
    const run = only(kept({ ...NOTEBOOK, model: { ...NOTEBOOK.model, alpha: 0.01 } }));
    expect(run.curve).not.toBe(null);
    expect(run.label).toBe('α 0.01');
  });

  it('says so where a rating differs', () => {
    const run = only(kept(edited()));
    expect(run.curve).not.toBe(null);
    expect(run.label).toMatch(/, other ratings$/);
  });

  it('is named but not drawn where it is of another set', () => {
    const run = only(kept(builtin('planted')));
    expect(run.curve).toBe(null);
    expect(run.label).toMatch(/, other ratings$/);
  });

  it('says over how many folds its error is', () => {
    const source: RunSource = {
      kind: 'sweep',
      sweep: 'sweep-1',
      cell: 0,
      seed: 1,
      folds: 5,
      judging: { kind: 'k-fold', folds: 5 },
      stop: { kind: 'epochs', epochs: 1 },
    };
    expect(only(kept(NOTEBOOK, source)).label).toMatch(/, over 5 folds$/);
  });
});

describe('the same ratings', () => {
  it('are told by their values, not by what is held out or the name', () => {
    const { dataset } = NOTEBOOK;
    expect(sameRatings(dataset, { ...dataset, name: 'Mine', ratings: { ...dataset.ratings } })).toBe(true);
    expect(sameRatings(dataset, edited().dataset)).toBe(false);
    expect(sameRatings(dataset, builtin('planted').dataset)).toBe(false);
  });
});

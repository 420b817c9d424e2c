import { afterEach, describe, expect, it, vi } from 'vitest';
import { emptyResults, putResult } from '../../src/core/experiment/results.ts';
import { readPlan } from '../../src/core/experiment/run-spec.ts';
import { curveOf, recordOf, rowIdOf, rowOfId } from '../../src/store/experiment-select.ts';
import type { ExperimentState, RunsView, Sweep } from '../../src/store/experiment-state.ts';
import { runsTable } from '../../src/store/runs-table.ts';
import { strings } from '../../src/strings/index.ts';
import { planOf } from '../core/experiment/run-plan.ts';
import { studyFromText } from './harness.ts';

const STUDY = studyFromText('5 3 . 1 / 4 . . 1 / 1 1 . 5 / 1 . . 4 / . 1 5 4 / 2 1 3 .');
const VIEW: RunsView = { sort: 'rmseHeldOut', descending: false, text: '', from: null, pinnedOnly: false };
type Asked = Pick<ExperimentState, 'sweeps' | 'runs' | 'names' | 'deleted' | 'pins' | 'view'>;

/** A sweep of side × side combinations whose runs are all there, but for the last `missing`; error = (index · 7919) mod 10,007. */
function filled(side: number, missing = 0): Sweep {
  const plan = planOf(STUDY, {
    axes: [
      { setting: 'alpha', spacing: 'log', from: 0.0001, to: 0.1, count: side },
      { setting: 'beta', spacing: 'log', from: 0.001, to: 1, count: side },
    ],
    seeds: [1],
    judging: { kind: 'hold-out', share: 25, repeats: 1 },
    stop: { kind: 'epochs', epochs: 1 },
  });
  const { count, splits } = readPlan(plan);
  const results = emptyResults(count, splits.length);
  const done = count - missing;
  for (let index = 0; index < done; index += 1) land(results, index);
  return {
    id: 'sweep-1',
    name: 'map',
    plan,
    status: 'running',
    results,
    version: 1,
    done,
    total: count,
    secondsLeft: 1,
  };
}

function land(results: Sweep['results'], index: number): void {
  putResult(results, index, {
    rmseSeen: null,
    rmseHeldOut: (index * 7919) % 10_007,
    objective: null,
    epochs: 1,
    standsAt: 1,
    bestEpoch: null,
    bestHeldOut: null,
    ended: index % 10 === 9 ? 'diverged' : 'limit',
    updates: 1,
    milliseconds: 1,
    errors: null,
    curve: null,
  });
}

const asked = (sweep: Sweep, view: Partial<RunsView> = {}): Asked => ({
  sweeps: [sweep],
  runs: [],
  names: {},
  deleted: new Set(),
  pins: [],
  view: { ...VIEW, ...view },
});

/** How often something was put into words since. */
function words() {
  const names = vi.spyOn(strings.experiment, 'runOfSweep');
  const values = vi.spyOn(strings.experiment, 'value');
  return () => ({ names: names.mock.calls.length, values: values.mock.calls.length });
}

afterEach(() => vi.restoreAllMocks());

describe('the table of ten thousand runs', () => {
  it('puts no run into words to list and to sort it, and each value once to filter', () => {
    const sweep = filled(100);
    const made = words();
    const { sweeps, ...rest } = asked(sweep);
    const state = (view: Partial<RunsView>) => ({ sweeps, ...rest, view: { ...VIEW, ...view } });
    expect(runsTable(state({})).rows).toHaveLength(10_000);
    for (const sort of ['alpha', 'name', 'ended', 'seed', 'bestEpoch'] as const) runsTable(state({ sort }));
    expect(made()).toEqual({ names: 0, values: 0 });
    expect(runsTable(state({ text: 'nowhere' })).rows).toHaveLength(0);
    // 100 values of α, 100 of β, and what all share.
    expect(made().values).toBeLessThan(230);
    expect(made().names).toBe(0);
    expect(runsTable(state({ text: 'alpha 0.1' })).rows).toHaveLength(100);
    expect(made().names).toBe(0);
  });

  it('makes one row when one result lands', () => {
    const sweep = filled(100, 1);
    const before = new Set(runsTable(asked(sweep)).rows);
    expect(before.size).toBe(9_999);
    land(sweep.results, 9_999);
    const after = runsTable(asked({ ...sweep, version: 2, done: 10_000 })).rows;
    expect(after.filter((row) => !before.has(row)).map(({ short }) => short)).toEqual(['#10000']);
  });

  it('sorts as often as it is asked something else, and not when only another thing changed', () => {
    const sweep = filled(100);
    const state = asked(sweep);
    const first = runsTable(state);
    expect(runsTable({ ...state, pins: [first.rows[0]?.id ?? ''] })).toBe(first);
    // Sorted anew, it would be another array.
    expect(runsTable({ ...state, view: { ...VIEW } })).toBe(first);
    expect(runsTable({ ...state, view: { ...VIEW, descending: true } }).differing).toBe(first.differing);
  });

  it('finds a run by its id without going through all, and its curve without its study', () => {
    const sweep = filled(100);
    const state = asked(sweep);
    const id = rowIdOf(sweep, 4_321);
    recordOf(state, id);
    const find = vi.spyOn(Array.prototype, 'find');
    const filter = vi.spyOn(Array.prototype, 'filter');
    for (let cell = 0; cell < 10_000; cell += 100) {
      expect(rowOfId(state, rowIdOf(sweep, cell))?.short).toBe(`#${cell + 1}`);
      curveOf(state, rowIdOf(sweep, cell));
    }
    // Once or twice through the list of sweeps for each.
    expect(find.mock.contexts.every((list) => Array.isArray(list) && list.length <= 2)).toBe(true);
    expect(filter).not.toHaveBeenCalled();
  });
});

describe('the order of runs', () => {
  const errors = (sweep: Sweep, view: Partial<RunsView> = {}) =>
    runsTable(asked(sweep, view)).rows.map(({ ended, rmseHeldOut }) =>
      ended === 'diverged' ? 'diverged' : rmseHeldOut,
    );

  it('is by held-out error, the least first, and diverged ones last, whichever way', () => {
    const sweep = filled(5);
    const up = errors(sweep);
    const figures = up.filter((one) => typeof one === 'number');
    expect(figures).toHaveLength(23);
    expect(figures).toEqual(figures.toSorted((a, b) => a - b));
    expect(up.slice(-2)).toEqual(['diverged', 'diverged']);
    expect(errors(sweep, { descending: true })).toEqual([...figures.toReversed(), 'diverged', 'diverged']);
  });

  it('is also by number, by how runs ended, and by any setting', () => {
    const sweep = filled(5);
    const rows = (sort: RunsView['sort'], descending = false) => runsTable(asked(sweep, { sort, descending })).rows;
    expect(
      rows('name', true)
        .map(({ short }) => short)
        .slice(0, 3),
    ).toEqual(['#25', '#24', '#23']);
    expect(
      rows('name')
        .map(({ short }) => short)
        .slice(8, 11),
    ).toEqual(['#9', '#10', '#11']);
    expect(
      rows('ended')
        .map(({ ended }) => ended === 'diverged')
        .lastIndexOf(false),
    ).toBe(22);
    const betas = rows('beta', true).map(({ model }) => model.beta);
    expect(betas).toEqual(betas.toSorted((a, b) => b - a));
    // All have the same: the order in which they came stays.
    expect(rows('prediction').map(({ short }) => short)[4]).toBe('#5');
  });
});

describe('the filter', () => {
  it('takes “k 2” and “k=2” for a setting, other words for words', () => {
    const plan = planOf(STUDY, {
      axes: [
        { setting: 'k', spacing: 'listed', values: [1, 2, 3] },
        { setting: 'alpha', spacing: 'listed', values: [0.02, 0.2] },
      ],
      seeds: [42, 2],
      judging: { kind: 'hold-out', share: 25, repeats: 1 },
      stop: { kind: 'epochs', epochs: 1 },
    });
    const { count, splits } = readPlan(plan);
    const results = emptyResults(count, splits.length);
    for (let index = 0; index < count; index += 1) land(results, index);
    const sweep: Sweep = { ...filled(2), plan, results, done: count, total: count };
    const found = (text: string) =>
      runsTable(asked(sweep, { text, sort: 'order' })).rows.map(({ model }) => [model.k, model.alpha, model.seed]);
    const two = [
      [2, 0.02, 42],
      [2, 0.2, 42],
      [2, 0.02, 2],
      [2, 0.2, 2],
    ];
    expect(found('k 2')).toEqual(two);
    expect(found('k=2')).toEqual(two);
    expect(found('K = 2 α 0.20')).toEqual([two[1], two[3]]);
    expect(found('seed 2 k 3')).toEqual([
      [3, 0.02, 2],
      [3, 0.2, 2],
    ]);
    expect(found('2')).toHaveLength(12);
    expect(found('map')).toHaveLength(12);
    expect(found('diverged')).toHaveLength(1);
    expect(found('optimizer=als')).toHaveLength(0);
  });
});

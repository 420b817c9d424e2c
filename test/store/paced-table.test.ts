import { expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { emptyResults, putResult } from '../../src/core/experiment/results.ts';
import { readPlan } from '../../src/core/experiment/run-spec.ts';
import type { ExperimentState, Sweep } from '../../src/store/experiment-state.ts';
import { createPacedTable } from '../../src/store/paced-table.ts';
import { planOf } from '../core/experiment/run-plan.ts';
import { studyFromText } from './harness.ts';

const study = studyFromText('5 3 . 1 / 4 . . 1 / 1 1 . 5');

/** So many runs that are all there. */
function filled(count: number): Sweep {
  const plan = planOf(study, {
    axes: [{ setting: 'alpha', spacing: 'log', from: 0.0001, to: 0.1, count: 50 }],
    seeds: Array.from({ length: count / 50 }, (_, at) => at),
    judging: { kind: 'hold-out', share: 25, repeats: 1 },
  });
  const runs = readPlan(plan);
  const results = emptyResults(runs.count, runs.splits.length);
  for (let index = 0; index < runs.count; index += 1) {
    putResult(results, index, {
      rmseSeen: 1,
      rmseHeldOut: 1 + index / 100,
      objective: 1,
      epochs: 1,
      standsAt: 1,
      bestEpoch: 1,
      bestHeldOut: 1,
      ended: 'limit',
      updates: 1,
      milliseconds: 1,
      errors: null,
      curve: null,
    });
  }
  const rest = { id: 'sweep-1', name: 'α', status: 'done', version: 1, secondsLeft: null } as const;
  return { ...rest, plan, results, done: runs.count, total: runs.count };
}

it('of many runs nothing is made in the task that brought them: that one draws', () => {
  const state = {
    sweeps: [],
    runs: [],
    names: {},
    deleted: new Set<string>(),
    pins: [],
    view: { sort: 'rmseHeldOut', descending: false, text: '', from: null, pinnedOnly: false },
  } satisfies Partial<ExperimentState>;
  const store = createStore<ExperimentState>()(() => ({
    ...state,
    baseline: null,
    comparison: null,
    liveMap: null,
    opened: null,
    elsewhere: null,
    undoLabel: null,
    loaded: true,
  }));
  const waiting: (() => void)[] = [];
  const table = createPacedTable(store, {
    now: () => 0,
    after: (_, callback) => {
      waiting.push(callback);
      return () => void waiting.splice(waiting.indexOf(callback), 1);
    },
  });
  table.subscribe(() => {});
  expect(table.get()?.all).toBe(0);
  store.setState({ sweeps: [filled(5_000)] });
  expect([waiting.length, table.get()?.all]).toEqual([1, 0]);
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) next();
  expect(table.get()?.all).toBe(5_000);
  expect(table.get()?.rows[0]?.rmseHeldOut).toBe(1);
  store.setState(({ view }) => ({ view: { ...view, descending: true } }));
  expect(table.get()?.rows[0]?.rmseHeldOut).toBe(1);
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) next();
  expect(table.get()?.rows[0]?.rmseHeldOut).toBeCloseTo(50.99, 9);
});

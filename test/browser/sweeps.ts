import { createStore } from 'zustand/vanilla';
import type { Assignment } from '../../src/core/experiment/axis.ts';
import type { SweepPlan } from '../../src/core/experiment/plan.ts';
import { emptyResults, putResult } from '../../src/core/experiment/results.ts';
import type { RunEnd } from '../../src/core/experiment/run-result.ts';
import { readPlan } from '../../src/core/experiment/run-spec.ts';
import type { Experiment } from '../../src/store/experiment.ts';
import type { ExperimentActions, ExperimentState, LiveMap, Sweep } from '../../src/store/experiment-state.ts';
import { sixByFour } from './fake-handle.ts';

/** What a run came to; null: it has not come yet. */
export type Came = { readonly heldOut: number; readonly seen: number; readonly ended?: RunEnd } | 'diverged' | null;

/** A plan of the six by four, leave-one-out, from two seeds; changed as a test likes. */
export function planWith(changes: Partial<SweepPlan>): SweepPlan {
  return {
    study: sixByFour(false),
    axes: [{ setting: 'k', spacing: 'listed', values: [1, 2, 3] }],
    search: null,
    seeds: [1, 2],
    judging: { kind: 'hold-out', share: 20, repeats: 1 },
    splitSeed: 42,
    stop: { kind: 'epochs', epochs: 1000 },
    innerFolds: null,
    ...changes,
  };
}

/** A sweep whose runs came to what `came` says of their settings and seed. */
export function sweepWith(
  plan: SweepPlan,
  came: (assignments: readonly Assignment[], seedPlace: number) => Came,
  status: Sweep['status'] = 'done',
): Sweep {
  const runs = readPlan(plan);
  const results = emptyResults(runs.count, runs.splits.length);
  let done = 0;
  for (let index = 0; index < runs.count; index += 1) {
    const { assignments, seed } = runs.spec(index);
    const one = came(assignments, plan.seeds.indexOf(seed));
    if (one === null) continue;
    done += 1;
    const whole = one === 'diverged' ? null : one;
    putResult(results, index, {
      rmseSeen: whole?.seen ?? null,
      rmseHeldOut: whole?.heldOut ?? null,
      objective: whole?.seen ?? null,
      epochs: 1000,
      standsAt: 1000,
      bestEpoch: null,
      bestHeldOut: null,
      ended: one === 'diverged' ? 'diverged' : (one.ended ?? 'limit'),
      updates: 14_000,
      milliseconds: 3,
      errors: null,
      curve: null,
    });
  }
  return {
    id: 'sweep-1',
    name: 'A sweep',
    plan,
    status,
    results,
    version: done,
    done,
    total: runs.count,
    secondsLeft: null,
  };
}

/** The number that a combination gives a setting. */
export function numberOf(assignments: readonly Assignment[], setting: Assignment['setting']): number {
  const value = assignments.find((one) => one.setting === setting)?.value;
  if (typeof value !== 'number') throw new Error(`${setting} is no number here`);
  return value;
}

export type ExperimentCall = readonly [name: keyof ExperimentActions, ...given: unknown[]];

/** A store of runs that holds what it is given, and actions that only write down that they were asked. */
export function fakeExperiment(liveMap: LiveMap | null): {
  readonly experiment: Experiment;
  readonly calls: ExperimentCall[];
} {
  const calls: ExperimentCall[] = [];
  const record =
    (name: keyof ExperimentActions) =>
    (...given: unknown[]): null => {
      calls.push([name, ...given]);
      return null;
    };
  const store = createStore<ExperimentState>()(() => ({
    sweeps: [],
    runs: [],
    names: {},
    deleted: new Set<string>(),
    pins: [],
    baseline: null,
    view: { sort: 'order', descending: false, text: '', from: null, pinnedOnly: false },
    comparison: null,
    liveMap,
    opened: null,
    elsewhere: null,
    undoLabel: null,
    loaded: true,
  }));
  const actions: ExperimentActions = {
    startSweep: record('startSweep'),
    pauseSweep: record('pauseSweep'),
    resumeSweep: record('resumeSweep'),
    cancelSweep: record('cancelSweep'),
    renameSweep: record('renameSweep'),
    deleteSweep: record('deleteSweep'),
    extendSweep: record('extendSweep'),
    keepRun: record('keepRun'),
    renameRun: record('renameRun'),
    deleteRuns: record('deleteRuns'),
    undo: record('undo'),
    togglePin: record('togglePin'),
    setBaseline: record('setBaseline'),
    setRunsView: record('setRunsView'),
    openInPlay: record('openInPlay'),
    compare: record('compare'),
    openLiveMap: record('openLiveMap'),
    closeLiveMap: record('closeLiveMap'),
    takeLiveMapCell: record('takeLiveMapCell'),
  };
  return { experiment: { store, actions, flush: () => {}, loaded: Promise.resolve() }, calls };
}

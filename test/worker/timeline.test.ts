import { describe, expect, it } from 'vitest';
import type { Measures } from '../../src/core/history.ts';
import type { TrainingState } from '../../src/core/parameters.ts';
import { isKept, SNAPSHOT_BYTES } from '../../src/core/thinning.ts';
import { layoutOf } from '../../src/worker/packed-state.ts';
import { stateOf, Timeline } from '../../src/worker/timeline.ts';

function stateWith(m: number, k: number, epoch: number): TrainingState {
  const P = new Float64Array(m * k).fill(epoch);
  return { epoch, position: 0, parameters: { k, P, Q: new Float64Array(k), bu: null, bi: null, mu: null }, adam: null };
}

function measured(epoch: number): Measures {
  return { rmseSeen: epoch, rmseHeldOut: null, maeSeen: null, maeHeldOut: null, objective: -epoch };
}

function recorded(m: number, k: number, latest: number): Timeline {
  const timeline = new Timeline();
  const keys = { users: Array.from({ length: m }, (_, u) => u), items: [0] };
  for (let epoch = 0; epoch <= latest; epoch += 1) {
    const state = stateWith(m, k, epoch);
    timeline.record(state, layoutOf(state, keys), measured(epoch));
  }
  return timeline;
}

describe('the timeline', () => {
  it('keeps fewer snapshots of a large state, always below 64 MB, by a rule of the epoch', () => {
    const timeline = recorded(20_000, 10, 600);
    const epochs = timeline.epochs();
    const bytes = (4 + 20_001 * 10) * 8;
    expect((epochs.length - 1) * bytes).toBeLessThanOrEqual(SNAPSHOT_BYTES);
    expect(epochs.slice(1)).toEqual(Array.from({ length: 600 }, (_, at) => at + 1).filter((epoch) => isKept(epoch, 4)));
    for (const epoch of epochs.slice(1)) {
      const snapshot = timeline.at(epoch);
      expect(snapshot && stateOf(snapshot).parameters.P.every((number) => number === epoch)).toBe(true);
    }
  });

  it('tells only what changed', () => {
    const timeline = recorded(2, 2, 552);
    const first = timeline.changes();
    expect([first.from, first.history.epoch.at(-1)]).toEqual([0, 552]);
    expect(timeline.changes()).toMatchObject({ from: first.history.epoch.length, history: { epoch: [] } });
    const state = stateWith(2, 2, 553);
    timeline.record(state, layoutOf(state, { users: [0, 1], items: [0] }), measured(553));
    expect(timeline.changes()).toMatchObject({ from: 533, history: { epoch: [553], rmseSeen: [553] } });
    timeline.truncate(500);
    expect(timeline.changes()).toMatchObject({ from: 501, history: { epoch: [] } });
    timeline.rewrite(500, measured(7));
    expect(timeline.changes()).toMatchObject({ from: 500, history: { epoch: [500], rmseSeen: [7] } });
  });

  it('lets the tail of a curve it took over go when training goes on', () => {
    const timeline = recorded(2, 2, 553);
    const { history } = timeline.changes();
    const next = new Timeline();
    next.adopt(history, 553);
    expect(next.measuresAt(553)).toEqual(measured(553));
    const state = stateWith(2, 2, 554);
    next.record(state, layoutOf(state, { users: [0, 1], items: [0] }), measured(554));
    expect(next.has(553)).toBe(false);
    expect(next.changes().history.epoch.slice(-2)).toEqual([552, 554]);
  });
});

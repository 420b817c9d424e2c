import { describe, expect, it } from 'vitest';
import { setBlock } from '../../src/core/edit.ts';
import { arrange } from '../../src/core/edit-rows.ts';
import { readSession } from '../../src/io/read-session.ts';
import { writeSession } from '../../src/io/write-session.ts';
import type { RunSlice } from '../../src/store/state.ts';
import { differences } from '../worker/conversation.ts';
import { type Bench, bench, studyFromText } from './harness.ts';

const NOTEBOOK = '5 3 . 1 / 4 . . 1 / 1 1 . 5 / 1 . . 4 / . 1 5 4 / 2 1 3 .';

function differing({ state: a }: RunSlice, { state: b }: RunSlice): number {
  if (!a || !b) throw new Error('a state is missing');
  return differences(a, b);
}

function trained(epoch: number, model: Parameters<typeof studyFromText>[1] = {}): Bench {
  const app = bench(studyFromText(NOTEBOOK, model));
  if (epoch > 0) app.actions.runTo(epoch);
  app.clock.pass(400);
  return app;
}

const run = ({ store }: Bench) => store.getState().run;

describe('a user that is added with the row that was solved for them', () => {
  for (const prediction of ['factors', 'mean+factors+biases'] as const) {
    it(`has that row and no other number changes: ${prediction}; one undo brings the run back`, () => {
      const app = trained(40, { prediction });
      const before = run(app);
      const { study } = app.store.getState();
      const user = study.dataset.users.length;
      const added = setBlock(
        study.dataset,
        { users: [user], items: [0, 2] },
        { values: [[5, 1]], userNames: null, itemNames: null },
      );
      if (!added.ok) throw new Error(added.problem.code);
      const bias = prediction === 'factors' ? null : 0.75;
      app.actions.addUser(added.value, 'somebody added', { factors: Float64Array.of(1.5, -0.25), bias });
      app.clock.pass(64);
      const view = run(app).view;
      expect([...(view?.P.subarray(user * 2) ?? [])]).toEqual([1.5, -0.25]);
      expect([...(view?.P.subarray(0, user * 2) ?? [])]).toEqual([...(before.view?.P ?? [])]);
      expect([...(view?.Q ?? [])]).toEqual([...(before.view?.Q ?? [])]);
      expect(view?.bu?.[user] ?? null).toBe(bias);
      expect(run(app)).toMatchObject({ epoch: 40, marks: [{ epoch: 40, label: 'somebody added' }] });
      app.actions.runTo(60);
      app.clock.pass(200);
      expect(run(app).epoch).toBe(60);
      expect(run(app).view?.P[user * 2]).not.toBe(1.5);
      app.actions.undo();
      app.clock.pass(64);
      expect(app.store.getState().study.dataset.users.length).toBe(user);
      expect(differing(run(app), before)).toBe(0);
      expect(run(app).history).toEqual(before.history);
      app.actions.redo();
      app.clock.pass(64);
      expect(run(app).epoch).toBe(60);
      expect(app.store.getState().study.dataset.users.length).toBe(user + 1);
    });
  }
});

it('rows in another order: the session goes on bit for bit, knows their first order, and Reset returns to the start', () => {
  const app = trained(40);
  const start = app.store.getState().run.start;
  expect(start).toBeNull();
  app.actions.changeDataset(arrange(app.store.getState().study.dataset, 'users', [5, 3, 0, 1, 4, 2]), 'by group');
  app.clock.pass(64);
  app.actions.runTo(60);
  app.clock.pass(200);
  const read = readSession(writeSession(app.session()));
  if (!read.ok) throw new Error('the file was refused');
  const opened = bench(read.value.study, [], read.value);
  expect(opened.store.getState().study.dataset.userKeys).toEqual([5, 3, 0, 1, 4, 2]);
  expect(differing(run(opened), run(app))).toBe(0);
  for (const one of [app, opened]) {
    one.actions.runTo(90);
    one.clock.pass(200);
  }
  expect(run(opened).epoch).toBe(90);
  expect(differing(run(opened), run(app))).toBe(0);
  for (const one of [app, opened]) {
    one.actions.reset();
    one.clock.pass(64);
  }
  expect(differing(run(opened), run(app))).toBe(0);
  // A user who comes now has a key, and a start, that nobody had.
  for (const one of [app, opened]) {
    const { dataset } = one.store.getState().study;
    const added = setBlock(dataset, { users: [6], items: [0] }, { values: [[3]], userNames: null, itemNames: null });
    if (added.ok) one.actions.changeDataset(added.value, 'added');
    one.clock.pass(64);
    expect(one.store.getState().study.dataset.userKeys).toEqual([5, 3, 0, 1, 4, 2, 6]);
  }
  expect(differing(run(opened), run(app))).toBe(0);
});

describe('a learned number that is typed over', () => {
  it('shows at once, is marked on the curve, and training goes on from it', () => {
    const app = trained(40);
    const before = run(app);
    app.actions.writeParameter('P', 1, 0, 0);
    app.clock.pass(32);
    expect(run(app).view?.P[2]).toBe(0);
    expect(run(app).epoch).toBe(40);
    expect(run(app).marks).toEqual([{ epoch: 40, label: 'p(Bo) factor 1: 0' }]);
    expect(run(app).history).toEqual(before.history);
    expect(run(app).measures.rmseSeen).not.toBe(before.measures.rmseSeen);
    expect(differing(run(app), before)).toBe(1);
    app.actions.runTo(60);
    app.clock.pass(200);
    expect([run(app).epoch, run(app).id]).toEqual([60, before.id]);
  });

  it('is one undo that brings the run back bit for bit, and redo types it again', () => {
    const app = trained(40, { prediction: 'mean+factors+biases' });
    const before = run(app);
    app.actions.writeParameter('bi', 3, 0, -2.5);
    app.clock.pass(32);
    const typed = run(app);
    expect(typed.marks.at(-1)?.label).toBe('b(D): -2.5');
    app.actions.runTo(80);
    app.clock.pass(200);
    const after = run(app);
    app.actions.undo();
    app.clock.pass(64);
    expect(differing(run(app), before)).toBe(0);
    expect([run(app).history, run(app).marks]).toEqual([before.history, []]);
    app.actions.redo();
    app.clock.pass(64);
    expect(differing(run(app), after)).toBe(0);
    expect(run(app).history).toEqual(after.history);
    expect(run(app).marks).toEqual(typed.marks);
  });

  it('may be typed in mid-epoch, and undone there', () => {
    const app = trained(10);
    for (let step = 0; step < 5; step += 1) app.actions.stepRating();
    app.clock.pass(200);
    const before = run(app);
    app.actions.writeParameter('Q', 2, 1, 4);
    app.clock.pass(32);
    expect(run(app)).toMatchObject({ epoch: 10, position: 5 });
    expect(differing(run(app), before)).toBe(1);
    app.actions.undo();
    app.clock.pass(64);
    expect(run(app)).toMatchObject({ epoch: 10, position: 5 });
    expect(differing(run(app), before)).toBe(0);
  });

  it('at epoch 0 is lost by Reset, which undo takes back; it leaves no mark', () => {
    const app = trained(0);
    const start = run(app);
    app.actions.writeParameter('P', 0, 1, 7);
    app.clock.pass(32);
    const typed = run(app);
    expect(typed.marks).toEqual([]);
    app.actions.reset();
    app.clock.pass(32);
    expect(differing(run(app), start)).toBe(0);
    app.actions.undo();
    app.clock.pass(32);
    expect(differing(run(app), typed)).toBe(0);
    app.actions.runTo(20);
    app.clock.pass(200);
    app.actions.reset();
    app.clock.pass(32);
    expect(differing(run(app), start)).toBe(0);
    const steps = app.store.getState().undo.length;
    app.actions.reset();
    expect(app.store.getState().undo.length).toBe(steps);
  });

  it('is in the session file, beside the start', () => {
    const app = trained(0);
    const start = run(app);
    app.actions.writeParameter('P', 0, 1, 7);
    app.clock.pass(32);
    const read = readSession(writeSession(app.session()));
    if (!read.ok) throw new Error('the file was refused');
    const opened = bench(read.value.study, [], read.value);
    expect(differing(run(opened), run(app))).toBe(0);
    opened.actions.reset();
    opened.clock.pass(32);
    expect(differing(run(opened), start)).toBe(0);
  });

  it('acts where the run stands while the past is shown', () => {
    const app = trained(40);
    app.actions.show(10);
    app.clock.pass(32);
    app.actions.writeParameter('P', 0, 0, 2);
    app.clock.pass(32);
    expect(run(app)).toMatchObject({ playhead: null, epoch: 40 });
    expect(run(app).view?.P[0]).toBe(2);
    expect(app.store.getState().messages.at(-1)?.text).toMatch(/epoch 40/);
  });

  it('goes on training when it was typed while training', () => {
    const app = trained(0);
    app.actions.setView({ speed: 5 });
    app.actions.train();
    app.clock.pass(2_000);
    const before = run(app).epoch;
    app.actions.writeParameter('P', 0, 0, 2);
    app.clock.pass(2_000);
    expect(run(app).status).toBe('training');
    expect(run(app).epoch).toBeGreaterThan(before);
  });

  it.each([
    ['P', 0, 0, Number.NaN, /too large for a number/],
    ['Q', 0, 0, 1e101, /the most is 1e100/],
    ['Q', 0, 0, -1e101, /the least is -1e100/],
    ['P', 6, 0, 1, /P\[6, 0\] is out of range: 6 × 2/],
    ['P', 0, 2, 1, /out of range/],
    ['bu', 0, 0, 1, /out of range: 6 × 0/],
  ] as const)('is refused: %s[%i, %i] = %d', (matrix, row, factor, value, message) => {
    const app = trained(5);
    const before = run(app);
    app.actions.writeParameter(matrix, row, factor, value);
    app.clock.pass(32);
    expect(app.store.getState().messages.at(-1)).toMatchObject({ kind: 'error', text: expect.stringMatching(message) });
    expect(app.store.getState().undo.length).toBe(0);
    expect(differing(run(app), before)).toBe(0);
  });

  it('with what stands there already is no step', () => {
    const app = trained(5);
    const value = run(app).view?.Q[3] ?? 0;
    const sent = app.sent.length;
    app.actions.writeParameter('Q', 1, 1, value);
    expect([app.store.getState().undo.length, app.sent.length]).toEqual([0, sent]);
  });
});

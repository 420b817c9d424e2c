import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ModelSettings } from '../../src/core/model.ts';
import { readSession } from '../../src/io/read-session.ts';
import { writeSession } from '../../src/io/write-session.ts';
import { datasetFromMatrix, readFixture } from '../engines/from-fixture.ts';
import { type Conversation, converse, differences, studyOf, withHeldOut, withRating } from './conversation.ts';

const notebook = datasetFromMatrix(readFixture('seed6x4_k3').R);
const heldOut = withHeldOut(withHeldOut(notebook, 0, 1, true), 5, 2, true);
/** Overfits: RMSE held out is lowest long before epoch 5,000. */
const free: Partial<ModelSettings> = { alpha: 0.01, beta: 0, seed: 3 };
const patient = studyOf(heldOut, { ...free, earlyStopping: { patience: 30 } });
const endless = studyOf(heldOut, free);

/** RMSE held out after every epoch up to `last`, without stopping. */
function heldOutCurve(last: number): number[] {
  const talk = converse(endless);
  return Array.from({ length: last + 1 }, (_, epoch) => talk.trainTo(epoch).measures.rmseHeldOut ?? Number.NaN);
}

function stopped(talk: Conversation) {
  const answer = talk.trainTo(5000);
  if (!answer.stopped) throw new Error('did not stop');
  return { ...answer.stopped, answer };
}

describe('early stopping', () => {
  it('stops 30 epochs after the best one, says both, and stands at the best', () => {
    const talk = converse(patient);
    const { at, best, rmse, rmseAt, answer } = stopped(talk);
    expect(best).toBeGreaterThan(0);
    expect(at).toBe(best + 30);
    const curve = heldOutCurve(at);
    expect(curve.indexOf(Math.min(...curve))).toBe(best);
    expect([rmse, rmseAt]).toEqual([curve[best], curve[at]]);
    expect([answer.epoch, answer.position, answer.measures.rmseHeldOut]).toEqual([best, 0, rmse]);
    const alone = converse(endless);
    alone.trainTo(best);
    expect(differences(talk.state(), alone.state())).toBe(0);
  });

  it('hands over what it lets go: every epoch after the best one, as it was measured', () => {
    const { at, best, after } = stopped(converse(patient));
    expect(after.epoch).toEqual(Array.from({ length: at - best }, (_, epoch) => best + 1 + epoch));
    expect(after.rmseHeldOut).toEqual(heldOutCurve(at).slice(best + 1));
  });

  it('says which epoch is best so far, and nothing where it may not stop', () => {
    const talk = converse(patient);
    const curve = heldOutCurve(20);
    const least = Math.min(...curve);
    expect(talk.trainTo(20).best).toEqual({
      epoch: curve.indexOf(least),
      rmse: least,
      since: curve.indexOf(least),
    });
    expect(converse(endless).trainTo(20).best).toBeNull();
  });

  it('does the same bits however training is sliced', () => {
    const whole = converse(patient);
    const { at, best } = stopped(whole);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 8 }), (steps) => {
        const talk = converse(patient, 0.3);
        for (let turn = 0; turn < 100_000; turn += 1) {
          const answer = talk.step(steps[turn % steps.length] ?? 1);
          if (!answer.stopped) continue;
          expect([answer.stopped.at, answer.stopped.best]).toEqual([at, best]);
          expect(differences(talk.state(), whole.state())).toBe(0);
          return;
        }
        throw new Error('did not stop');
      }),
      { numRuns: 15 },
    );
  });

  it('lets the epochs after the best go, and keeps those before', () => {
    const talk = converse(patient);
    const { best } = stopped(talk);
    expect(talk.history().epoch.at(-1)).toBe(best);
    expect(talk.snapshots().at(-1)).toBe(best);
    const past = talk.ask({ kind: 'show', epoch: best - 1 });
    expect(past.view.epoch).toBe(best - 1);
  });

  it('trains on when asked to: as many epochs past the stop, and back again', () => {
    const talk = converse(patient);
    const first = stopped(talk);
    const second = stopped(talk);
    expect([second.at, second.best]).toEqual([first.at + 30, first.best]);
    const between = converse(patient);
    stopped(between);
    const answer = between.trainTo(first.at + 10);
    expect([answer.epoch, answer.stopped]).toEqual([first.at + 10, null]);
    const alone = converse(endless);
    alone.trainTo(first.at + 10);
    expect(differences(between.state(), alone.state())).toBe(0);
  });

  it('stops where it would have, after being saved and opened on its way', () => {
    const whole = stopped(converse(patient));
    for (const epoch of [3, whole.best, whole.best + 10, whole.at - 1]) {
      const talk = converse(patient);
      talk.trainTo(epoch);
      talk.step(2);
      const { state, memory = null } = talk.ask({ kind: 'report' });
      const session = { study: patient, state, history: talk.history(), marks: [], memory, extensions: {} };
      const text = writeSession(session);
      const read = readSession(text);
      if (!read.ok) throw new Error(JSON.stringify(read.problem));
      expect(writeSession(read.value)).toBe(text);
      for (const replay of [false, true]) {
        const again = converse(patient);
        again.load(read.value.study, read.value.state, read.value.history, replay, read.value.memory ?? null);
        const { at, best, rmse } = stopped(again);
        expect([at, best, rmse]).toEqual([whole.at, whole.best, whole.rmse]);
      }
    }
  });

  it('knows its past again after it was opened where it had stopped', () => {
    const talk = converse(patient);
    const { best } = stopped(talk);
    const { state, memory = null } = talk.ask({ kind: 'report' });
    const again = converse(patient);
    again.load(patient, state, talk.history(), true, memory);
    expect(again.snapshots()).toEqual(talk.snapshots());
    expect(again.ask({ kind: 'show', epoch: best - 5 }).view.epoch).toBe(best - 5);
    const next = stopped(again);
    expect(next.at).toBe(best + 60);
  });

  it('counts anew when a rating or a setting changes', () => {
    const talk = converse(patient);
    const { at, best } = stopped(talk);
    talk.edit({ ...patient, dataset: withRating(heldOut, 3, 0, 5) });
    const edited = stopped(talk);
    expect(edited.best).toBeGreaterThanOrEqual(best);
    expect(edited.at).toBe(edited.best + 30);
    expect(edited.at).not.toBe(at + 30 + 30);
  });

  it('never stops where nothing is held out', () => {
    const talk = converse(studyOf(notebook, { ...free, earlyStopping: { patience: 1 } }));
    const answer = talk.trainTo(400);
    expect([answer.epoch, answer.stopped]).toEqual([400, null]);
  });

  it('stops at epoch 0 + patience when training only makes it worse', () => {
    const worse = studyOf(heldOut, { alpha: 1e-9, beta: 1e8, earlyStopping: { patience: 4 } });
    const answer = converse(worse).trainTo(100);
    expect(answer.stopped).toMatchObject({ at: 4, best: 0 });
    expect(answer.epoch).toBe(0);
  });
});

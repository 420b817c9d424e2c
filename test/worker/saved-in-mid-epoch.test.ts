import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ADAM_DEFAULTS, MOMENTUM_DEFAULTS, type ModelSettings } from '../../src/core/model.ts';
import type { Study } from '../../src/core/study.ts';
import { readSession } from '../../src/io/read-session.ts';
import { writeSession } from '../../src/io/write-session.ts';
import { datasetFromMatrix, readFixture } from '../engines/from-fixture.ts';
import { type Conversation, converse, differences, studyOf, withHeldOut, withRating } from './conversation.ts';

const notebook = datasetFromMatrix(readFixture('seed6x4_k3').R);
const heldOut = withHeldOut(withHeldOut(notebook, 0, 1, true), 4, 2, true);

/** A worker that knows nothing, given what the old one told: by the session's text, or as the store keeps it. */
function resumed(talk: Conversation, study: Study, throughText: boolean): Conversation {
  const { state, start, memory = null } = talk.ask({ kind: 'report' });
  const again = converse(study);
  const history = talk.history();
  if (!throughText) {
    again.load({ ...study, start: start ?? study.start }, state, history, false, memory);
    return again;
  }
  const session = { study: { ...study, start: start ?? null }, state, history, marks: [], memory, extensions: {} };
  const text = writeSession(session);
  const read = readSession(text);
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  expect(writeSession(read.value)).toBe(text);
  again.load(read.value.study, read.value.state, read.value.history, false, read.value.memory ?? null);
  return again;
}

const settings: fc.Arbitrary<Partial<ModelSettings>> = fc.oneof(
  fc.record({ alpha: fc.constantFrom(0.01, 0.02, 0.003) }),
  fc.record({ beta: fc.constantFrom(0, 0.02, 0.1) }),
  fc.record({ nonNegative: fc.constant(true as const) }),
  fc.record({
    schedule: fc.constantFrom(
      { kind: 'inverse' as const, half: 5 },
      { kind: 'cosine' as const, epochs: 20, restarts: { period: 3, multiplier: 2 } },
    ),
  }),
  fc.record({ earlyStopping: fc.constantFrom({ patience: 1 }, { patience: 3 }) }),
  fc.record({ order: fc.constantFrom('row-major' as const, 'shuffled' as const) }),
  fc.record({
    prediction: fc.constantFrom('factors' as const, 'factors+biases' as const, 'mean+factors+biases' as const),
  }),
  fc.record({
    optimizer: fc.constantFrom(
      { kind: 'sgd' as const, update: 'sequential' as const },
      { kind: 'sgd' as const, update: 'simultaneous' as const },
      { ...ADAM_DEFAULTS, batch: 5 },
      { ...ADAM_DEFAULTS, batch: 3 },
      { ...ADAM_DEFAULTS, batch: 16, beta1: 0.8 },
      { ...ADAM_DEFAULTS, batch: 5, decay: 'decoupled' as const },
      { ...MOMENTUM_DEFAULTS, momentum: 0.5 },
      { kind: 'als' as const },
    ),
  }),
);

const happening = fc.oneof(
  fc.record({ kind: fc.constant('settings' as const), patch: settings }),
  fc.record({ kind: fc.constant('steps' as const), steps: fc.integer({ min: 1, max: 20 }) }),
  fc.record({
    kind: fc.constant('rating' as const),
    user: fc.nat(5),
    item: fc.nat(3),
    value: fc.constantFrom(1, 5, null),
  }),
  fc.record({ kind: fc.constant('hold out' as const), at: fc.nat(9) }),
  fc.record({ kind: fc.constant('save' as const), throughText: fc.boolean() }),
);

describe('a run that is saved', () => {
  it('goes on bit for bit as if it had not been, in mid-epoch and while settings wait', () => {
    fc.assert(
      fc.property(fc.array(happening, { minLength: 4, maxLength: 24 }), (happenings) => {
        let study = studyOf(heldOut, { alpha: 0.01 });
        const whole = converse(study);
        let talk = converse(study);
        whole.step(7);
        talk.step(7);
        for (const it of happenings) {
          if (it.kind === 'steps') {
            whole.step(it.steps);
            talk.step(it.steps);
          }
          if (it.kind === 'settings') {
            study = { ...study, model: { ...study.model, ...it.patch } };
            whole.settings(study.model);
            talk.settings(study.model);
          }
          if (it.kind === 'rating' || it.kind === 'hold out') {
            const { ratings } = study.dataset;
            const at = it.kind === 'rating' ? 0 : it.at % ratings.user.length;
            const dataset =
              it.kind === 'rating'
                ? withRating(study.dataset, it.user, it.item, it.value)
                : withHeldOut(study.dataset, ratings.user[at] ?? 0, ratings.item[at] ?? 0, ratings.heldOut[at] === 0);
            study = { ...study, dataset };
            whole.edit(study);
            talk.edit(study);
          }
          if (it.kind === 'save') talk = resumed(talk, study, it.throughText);
          expect(differences(talk.state(), whole.state())).toBe(0);
        }
        talk = resumed(talk, study, true);
        const until = whole.state().epoch + 3;
        whole.trainTo(until);
        talk.trainTo(until);
        expect(differences(talk.state(), whole.state())).toBe(0);
        expect(talk.history()).toEqual(whole.history());
        expect(talk.seenUntil()).toEqual(whole.seenUntil());
        expect(talk.memory()).toEqual(whole.memory());
        for (const one of [whole, talk]) one.ask({ kind: 'rewind', epoch: 0 });
        expect(differences(talk.state(), whole.state())).toBe(0);
      }),
      { numRuns: 150 },
    );
  }, 60_000);

  it('says what is in force only while something else waits', () => {
    const study = studyOf(notebook, { alpha: 0.01, prediction: 'mean+factors+biases' });
    const talk = converse(study);
    talk.step(16 + 5);
    expect(talk.memory()).toBeNull();
    talk.settings({ ...study.model, prediction: 'factors', alpha: 0.5 });
    const { underWay } = talk.memory() ?? {};
    expect([underWay?.epoch, underWay?.position, underWay?.model.alpha]).toEqual([1, 5, 0.01]);
    expect(underWay?.mu).toBe(42 / 16);
    expect(underWay?.bu?.length).toBe(6);
    expect(talk.state().parameters.bu).toBeNull();
    talk.settings(study.model);
    expect(talk.memory()).toBeNull();
    talk.settings({ ...study.model, prediction: 'factors' });
    talk.trainTo(2);
    expect(talk.memory()).toBeNull();
  });

  it('disregards an epoch under way that belongs to another state', () => {
    const study = studyOf(notebook, { alpha: 0.01 });
    const talk = converse(study);
    talk.step(5);
    talk.settings({ ...study.model, alpha: 0.02 });
    const memory = talk.memory();
    talk.trainTo(4);
    const again = converse(study);
    again.load({ ...study, model: { ...study.model, alpha: 0.02 } }, talk.state(), talk.history(), false, memory);
    expect(differences(again.state(), talk.state())).toBe(0);
    expect(again.memory()).toBeNull();
  });

  it('still says which held-out ratings it has seen, and which came too late to be seen', () => {
    const study = studyOf(notebook, { alpha: 0.01 });
    const talk = converse(study);
    talk.trainTo(12);
    const typed = withRating(withHeldOut(notebook, 2, 3, true), 0, 2, 4);
    talk.edit({ ...study, dataset: typed });
    for (const throughText of [true, false]) {
      const again = resumed(talk, { ...study, dataset: typed }, throughText);
      expect(again.seenUntil()).toEqual([[2, 3, 12]]);
      // Typed at epoch 12 and held out then: no epoch ever visited it.
      const unseen = { ...study, dataset: withHeldOut(typed, 0, 2, true) };
      expect(again.edit(unseen).seenUntil).toEqual([[2, 3, 12]]);
      again.edit({ ...study, dataset: typed });
      again.trainTo(13);
      expect(again.edit(unseen).seenUntil).toEqual([
        [0, 2, 13],
        [2, 3, 12],
      ]);
    }
  });
});

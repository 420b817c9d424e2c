import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ADAM_DEFAULTS, type ModelSettings } from '../../src/core/model.ts';
import { predict } from '../../src/core/predict.ts';
import { isKept } from '../../src/core/thinning.ts';
import { datasetFromMatrix, differingBits, parametersFrom, readFixture } from '../engines/from-fixture.ts';
import { converse, differences, numbersOf, studyOf, withHeldOut } from './conversation.ts';

const notebook = datasetFromMatrix(readFixture('seed6x4_k3').R);
const heldOut = withHeldOut(withHeldOut(notebook, 0, 1, true), 4, 2, true);

describe('the notebook through the session', () => {
  const run = readFixture('seed6x4_k3');
  const start = parametersFrom(run.P0, run.Q0);
  const study = studyOf(notebook);
  const explicit = { epoch: 0, position: 0, parameters: start, adam: null };

  it('from explicit P and Q at epoch 0 gives its 5,000 epochs bit for bit, with its losses on the curve', () => {
    const talk = converse(study);
    talk.load(study, explicit);
    talk.trainTo(5000);
    const state = talk.state();
    expect(differingBits(state.parameters.P, run.P.flat())).toBe(0);
    expect(differingBits(state.parameters.Q, run.Q.flat())).toBe(0);
    const history = talk.history();
    for (const loss of run.lossPerStep) {
      const at = history.epoch.indexOf(loss.step);
      expect(history.objective[at]).toBe(loss.regLoss);
      expect(history.rmseSeen[at]).toBeCloseTo(loss.rmse, 13);
    }
    for (const snapshot of run.snapshots) {
      const { view } = talk.ask({ kind: 'show', epoch: snapshot.step });
      expect(view.epoch).toBe(snapshot.step);
      expect(differingBits(view.P, snapshot.P.flat())).toBe(0);
    }
  });

  it('resets to the P and Q it was given, and says that they must be saved', () => {
    const talk = converse(study);
    expect(talk.load(study, explicit).start?.P).toEqual(start.P);
    talk.trainTo(7);
    const answer = talk.ask({ kind: 'rewind', epoch: 0 });
    expect([answer.epoch, answer.position]).toEqual([0, 0]);
    expect(answer.view.P).toEqual(start.P);
    expect(talk.history().epoch).toEqual([0]);
  });

  it('needs no saved start when init and seed draw it', () => {
    const talk = converse(study);
    talk.trainTo(3);
    expect(talk.ask({ kind: 'report' }).start).toBeNull();
  });
});

const MODELS: readonly Partial<ModelSettings>[] = [
  { alpha: 0.01 },
  { alpha: 0.01, order: 'shuffled', prediction: 'mean+factors+biases' },
  { alpha: 0.01, optimizer: { kind: 'sgd', update: 'simultaneous' }, prediction: 'factors+biases' },
  { alpha: 0.02, optimizer: { ...ADAM_DEFAULTS, batch: 5 }, order: 'shuffled', prediction: 'mean+factors+biases' },
];

describe('the same bits', () => {
  for (const model of MODELS) {
    const study = studyOf(heldOut, model);
    const whole = converse(study);
    whole.trainTo(1501);
    const expected = whole.state();

    it(`however it is sliced, paused and saved in mid-epoch: ${JSON.stringify(model)}`, () => {
      const cut = fc.oneof(
        fc.record({ kind: fc.constant('slice' as const), milliseconds: fc.integer({ min: 0, max: 3 }) }),
        fc.record({ kind: fc.constant('steps' as const), steps: fc.integer({ min: 1, max: 40 }), trace: fc.boolean() }),
        fc.record({ kind: fc.constant('save' as const) }),
        fc.record({ kind: fc.constant('look' as const) }),
      );
      fc.assert(
        fc.property(fc.array(cut, { maxLength: 25 }), fc.constantFrom(0.01, 0.5, 5), (cuts, tick) => {
          let talk = converse(study, tick);
          for (const one of cuts) {
            if (one.kind === 'slice')
              talk.ask({ kind: 'train', milliseconds: one.milliseconds, untilEpoch: 1090, steps: null, trace: false });
            if (one.kind === 'steps') talk.step(one.steps, one.trace);
            if (one.kind === 'look') {
              talk.ask({ kind: 'show', epoch: 3 });
              talk.ask({ kind: 'leave-one-out', milliseconds: 1 });
            }
            if (one.kind === 'save') {
              const state = talk.state();
              const history = talk.history();
              talk = converse(study, tick);
              talk.load(study, state, history, false);
            }
          }
          talk.trainTo(1501);
          expect(differences(talk.state(), expected)).toBe(0);
          expect(talk.history()).toEqual(whole.history());
        }),
        { numRuns: 25 },
      );
    });
  }

  it('going back and on again arrives where the run went on', () => {
    for (const model of MODELS) {
      const study = studyOf(heldOut, model);
      const talk = converse(study);
      talk.trainTo(300);
      const expected = talk.state();
      talk.ask({ kind: 'rewind', epoch: 120 });
      expect(talk.history().epoch.at(-1)).toBe(120);
      expect(talk.snapshots().at(-1)).toBe(120);
      talk.trainTo(300);
      expect(differences(talk.state(), expected)).toBe(0);
    }
  });

  it('400 + 600 epochs are 1,000', () => {
    const study = studyOf(notebook);
    const once = converse(study);
    once.trainTo(1000);
    const twice = converse(study);
    twice.trainTo(400);
    const again = converse(study);
    again.load(study, twice.state(), twice.history());
    again.trainTo(1000);
    expect(differences(again.state(), once.state())).toBe(0);
  });
});

describe('slices', () => {
  const study = studyOf(notebook);

  it('end between epochs on a small set, whatever the time', () => {
    const talk = converse(study, 1);
    for (let slice = 0; slice < 20; slice += 1) {
      const answer = talk.ask({ kind: 'train', milliseconds: slice % 4, untilEpoch: null, steps: null, trace: false });
      expect(answer.position).toBe(0);
      expect(answer.epoch).toBeGreaterThan(slice);
      expect(talk.history().epoch.at(-1)).toBe(answer.epoch);
    }
  });

  it('stop after so many visits, in mid-epoch too, and count them', () => {
    const talk = converse(study);
    const answer = talk.step(20);
    expect([answer.epoch, answer.position, answer.visits, answer.stepsPerEpoch]).toEqual([1, 4, 20, 16]);
    const done = talk.trainTo(2);
    expect([done.epoch, done.position, done.visits]).toEqual([2, 0, 12]);
  });

  it('make nothing when the epoch asked for is reached', () => {
    const talk = converse(study);
    talk.trainTo(5);
    expect(talk.trainTo(5).visits).toBe(0);
  });

  it('spell the last update out, with the rating visited', () => {
    const talk = converse(study);
    for (let visit = 0; visit < 20; visit += 1) {
      const before = talk.state();
      const { trace, visited } = talk.step(1, true);
      const after = talk.state();
      const user = notebook.ratings.user[visit % 16] ?? 0;
      const item = notebook.ratings.item[visit % 16] ?? 0;
      expect(visited).toEqual({ user, item, error: trace?.error });
      expect(trace?.predicted).toBe(predict(before.parameters, user, item));
      expect(trace?.factors.map((factor) => factor.newP)).toEqual([
        ...after.parameters.P.subarray(user * 3, user * 3 + 3),
      ]);
      expect(trace?.factors.map((factor) => factor.newQ)).toEqual([
        ...after.parameters.Q.subarray(item * 3, item * 3 + 3),
      ]);
    }
    const many = talk.step(9, true);
    expect(many.trace?.user).toBe(many.visited?.user);
    expect(many.trace?.error).toBe(many.visited?.error);
  });

  it('visit a batch at a time under Adam, and name its last rating', () => {
    const talk = converse(studyOf(notebook, { optimizer: { ...ADAM_DEFAULTS, batch: 6 } }));
    const first = talk.step(1, true);
    expect([first.position, first.visits, first.stepsPerEpoch, first.trace]).toEqual([1, 6, 3, null]);
    expect(first.visited?.user).toBe(notebook.ratings.user[5]);
    expect(talk.step(2).visits).toBe(10);
  });
});

describe('the past', () => {
  const study = studyOf(heldOut, { alpha: 0.01 });

  it('is shown as it was, with what was measured then, while the run stays where it is', () => {
    const talk = converse(study);
    const first = talk.trainTo(40);
    talk.trainTo(90);
    const shown = talk.ask({ kind: 'show', epoch: 40 });
    expect(shown.view).toEqual(first.view);
    expect(shown.measures).toEqual(first.measures);
    expect([shown.epoch, shown.view.epoch]).toEqual([90, 40]);
  });

  it('shows the nearest kept epoch, and the latest one as it stands', () => {
    const talk = converse(study);
    talk.trainTo(4097);
    expect(talk.ask({ kind: 'show', epoch: 3001 }).view.epoch).toBe(3000);
    expect(talk.ask({ kind: 'show', epoch: 99_999 }).view.epoch).toBe(4097);
    expect(talk.ask({ kind: 'show', epoch: 0 }).view.epoch).toBe(0);
  });

  it('is the rule, plus the latest epoch, which goes when training goes on', () => {
    const talk = converse(study);
    talk.trainTo(2051);
    expect(talk.history().epoch.at(-1)).toBe(2051);
    expect(talk.snapshots().at(-1)).toBe(2051);
    talk.trainTo(3000);
    expect(talk.history().epoch).toEqual(
      Array.from({ length: 3001 }, (_, epoch) => epoch).filter((epoch) => isKept(epoch)),
    );
    expect(talk.history().epoch).toEqual(talk.snapshots());
    for (const column of Object.values(talk.history())) expect(column).toHaveLength(talk.history().epoch.length);
  });

  it('stays bounded over a million epochs: 3,305 kept, and the latest', () => {
    const talk = converse(studyOf(datasetFromMatrix([[4, 2]]), { k: 1, alpha: 0.001 }), 0.5);
    talk.trainTo(1_000_000, 200);
    expect(talk.history().epoch).toHaveLength(3306);
    expect(talk.snapshots()).toHaveLength(3306);
  });
});

describe('windows', () => {
  it('hold only their rows, in their order', () => {
    const talk = converse(studyOf(notebook, { prediction: 'mean+factors+biases', alpha: 0.01 }));
    talk.trainTo(3);
    const { parameters } = talk.state();
    const window = { users: Int32Array.of(4, 1), items: Int32Array.of(2) };
    const { view } = talk.ask({ kind: 'report' }, window);
    expect([...view.P]).toEqual([...parameters.P.subarray(12, 15), ...parameters.P.subarray(3, 6)]);
    expect([...view.Q]).toEqual([...parameters.Q.subarray(6, 9)]);
    expect([...(view.bu ?? [])]).toEqual([parameters.bu?.[4], parameters.bu?.[1]]);
    expect([...(view.bi ?? [])]).toEqual([parameters.bi?.[2]]);
    expect(view.mu).toBe(parameters.mu);
  });
});

describe('opening a run that got somewhere', () => {
  const study = studyOf(heldOut, { alpha: 0.01, order: 'shuffled', prediction: 'mean+factors+biases' });

  it('knows its past again when training from the start arrives at the same bits', () => {
    const talk = converse(study);
    talk.trainTo(50);
    const middle = talk.ask({ kind: 'show', epoch: 20 }).view;
    talk.trainTo(80);
    talk.step(5);
    const state = talk.state();
    const again = converse(study);
    const answer = again.load(study, state, null, true);
    expect([answer.epoch, answer.position]).toEqual([80, 5]);
    expect(differences(again.state(), state)).toBe(0);
    expect(again.history()).toEqual(talk.history());
    expect(again.ask({ kind: 'show', epoch: 20 }).view).toEqual(middle);
  });

  it('keeps its curve, its start and where it stands when it does not', () => {
    const talk = converse(study);
    talk.trainTo(30);
    const state = talk.state();
    state.parameters.P[0] = 0.123;
    const again = converse(study);
    again.load(study, state, talk.history(), true);
    expect(differences(again.state(), state)).toBe(0);
    expect(again.history()).toEqual(talk.history());
    expect(again.snapshots()).toEqual([0, 30]);
    again.trainTo(33);
    expect(again.snapshots()).toEqual([0, 30, 31, 32, 33]);
    again.ask({ kind: 'rewind', epoch: 30 });
    expect(differences(again.state(), state)).toBe(0);
    expect(again.ask({ kind: 'show', epoch: 17 }).view.epoch).toBe(30);
    again.ask({ kind: 'rewind', epoch: 0 });
    expect(differences(again.state(), converse(study).state())).toBe(0);
  });

  it('draws the start when the state does not fit the study', () => {
    const talk = converse(studyOf(notebook, { k: 2 }));
    talk.trainTo(4);
    const other = converse(study);
    const fresh = other.state();
    expect(other.load(study, talk.state()).epoch).toBe(0);
    expect(differences(other.state(), fresh)).toBe(0);
  });

  it('does not write into what it was given', () => {
    const talk = converse(study);
    talk.trainTo(5);
    const state = talk.state();
    const before = numbersOf(state);
    const again = converse(study);
    again.load(study, state);
    again.trainTo(20);
    expect(numbersOf(state)).toEqual(before);
  });
});

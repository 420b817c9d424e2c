import { describe, expect, it } from 'vitest';
import { drawUserRow } from '../../src/core/init.ts';
import { ADAM_DEFAULTS } from '../../src/core/model.ts';
import { datasetFromMatrix, differingBits, parametersFrom, readFixture } from '../engines/from-fixture.ts';
import { ratingsFromText } from '../fixtures/ratings-from-text.ts';
import {
  converse,
  differences,
  numbersOf,
  studyOf,
  withHeldOut,
  withNewItem,
  withRating,
  withUsers,
} from './conversation.ts';

const R = readFixture('seed6x4_k3').R;
const notebook = datasetFromMatrix(R);
const study = studyOf(notebook, { alpha: 0.01 });

function userRow(state: ReturnType<ReturnType<typeof converse>['state']>, user: number): number[] {
  return [...state.parameters.P.subarray(user * 3, user * 3 + 3)];
}

describe('settings changed in mid-epoch', () => {
  it('wait for the next epoch', () => {
    const changed = { ...study, model: { ...study.model, alpha: 0.001, beta: 0.5 } };
    const talk = converse(study);
    talk.step(20);
    talk.edit(changed);
    const plain = converse(study);
    plain.trainTo(2);
    talk.trainTo(2);
    expect(differingBits(talk.state().parameters.P, plain.state().parameters.P)).toBe(0);
    const next = converse(changed);
    next.load(changed, plain.state());
    next.trainTo(5);
    talk.trainTo(5);
    expect(differences(talk.state(), next.state())).toBe(0);
  });

  it('apply at once between epochs, and leave the curve as it was measured', () => {
    const talk = converse(study);
    talk.trainTo(10);
    const row = talk.history().objective[10];
    const answer = talk.edit({ ...study, model: { ...study.model, beta: 2 } });
    expect(answer.measures.objective).toBeGreaterThan(row ?? 0);
    expect(talk.history().objective[10]).toBe(row);
  });

  it('rewrite the curve’s first point before anything was trained', () => {
    const changed = { ...study, model: { ...study.model, beta: 2 } };
    const talk = converse(study);
    const answer = talk.edit(changed);
    const fresh = converse(changed);
    expect(answer.historyFrom).toBe(0);
    expect(talk.history()).toEqual(fresh.history());
  });

  it('a new Adam starts with zero moments, and going back to SGD forgets them', () => {
    const adam = { ...study, model: { ...study.model, optimizer: { ...ADAM_DEFAULTS, batch: 4 } } };
    const talk = converse(study);
    talk.trainTo(3);
    const { parameters } = talk.state();
    const first = talk.edit(adam);
    expect(first.state?.adam?.steps).toBe(0);
    expect(first.state?.adam?.m.P.every((number) => number === 0)).toBe(true);
    expect(differingBits(first.state?.parameters.P ?? [], parameters.P)).toBe(0);
    expect(first.stepsPerEpoch).toBe(4);
    talk.trainTo(5);
    expect(talk.state().adam?.steps).toBe(8);
    const batch = { ...adam, model: { ...adam.model, optimizer: { ...ADAM_DEFAULTS, batch: 8 } } };
    expect(talk.edit(batch).state?.adam?.steps).toBe(8);
    expect(
      talk.edit({ ...batch, model: { ...batch.model, optimizer: { ...batch.model.optimizer, beta1: 0.8 } } }).state
        ?.adam?.steps,
    ).toBe(0);
    expect(talk.edit(study).state?.adam).toBeNull();
  });

  it('biases that come start at 0, with μ the mean; those that go are let go', () => {
    const biased = { ...study, model: { ...study.model, prediction: 'mean+factors+biases' as const } };
    const talk = converse(study);
    talk.step(20);
    const waiting = talk.edit(biased);
    expect(waiting.view.bu).toBeNull();
    expect(waiting.state?.parameters.bu).toEqual(new Float64Array(6));
    talk.step(12);
    const { view } = talk.ask({ kind: 'report' });
    expect(view.bu).toEqual(new Float64Array(6));
    expect(view.mu).toBe(42 / 16);
    talk.trainTo(5);
    expect(talk.edit(study).view.bu).toBeNull();
    expect(talk.edit(biased).view.bi).toEqual(new Float64Array(4));
  });

  it('k arrives as a new run', () => {
    const talk = converse(study);
    talk.trainTo(5);
    const answer = talk.edit({ ...study, model: { ...study.model, k: 2 } });
    expect([answer.epoch, answer.view.k, answer.view.P.length]).toEqual([0, 2, 12]);
    expect(talk.history().epoch).toEqual([0]);
  });
});

describe('ratings edited in mid-run', () => {
  it('take effect before the next visit, and the row-major epoch keeps its place', () => {
    const talk = converse(study);
    talk.step(5);
    // Next is (2, 0). A rating before it, (1, 1), comes too late for this epoch; one behind it does not.
    const dataset = withRating(withRating(notebook, 1, 1, 3), 2, 2, 4);
    const answer = talk.edit({ ...study, dataset });
    expect([answer.position, answer.stepsPerEpoch]).toEqual([6, 18]);
    const visited: string[] = [];
    for (let visit = 0; visit < 3; visit += 1) {
      const { user, item } = talk.step(1).visited ?? { user: -1, item: -1 };
      visited.push(`${user}/${item}`);
    }
    expect(visited).toEqual(['2/0', '2/1', '2/2']);
  });

  it('a value typed over is used by the next visit', () => {
    const talk = converse(study);
    talk.step(5);
    const before = talk.state();
    talk.edit({ ...study, dataset: withRating(notebook, 2, 0, 5) });
    const { trace } = talk.step(1, true);
    expect(trace?.rating).toBe(5);
    expect(trace?.factors[0]?.p).toBe(before.parameters.P[6]);
  });

  it('taking the next rating away goes on with the one behind it', () => {
    const talk = converse(study);
    talk.step(5);
    talk.edit({ ...study, dataset: withRating(notebook, 2, 0, null) });
    expect(talk.step(1).visited).toMatchObject({ user: 2, item: 1 });
  });

  it('taking the last ratings of an epoch away completes it', () => {
    const talk = converse(study);
    talk.step(15);
    const answer = talk.edit({ ...study, dataset: withRating(notebook, 5, 2, null) });
    expect([answer.epoch, answer.position]).toEqual([1, 0]);
    expect(talk.history().epoch).toEqual([0, 1]);
  });

  it('is the same as having loaded the edited study there', () => {
    const edited = { ...study, dataset: withRating(notebook, 0, 2, 4) };
    const talk = converse(study);
    talk.trainTo(7);
    talk.edit(edited);
    const other = converse(edited);
    other.load(edited, talk.state());
    talk.trainTo(20);
    other.trainTo(20);
    expect(differences(talk.state(), other.state())).toBe(0);
  });

  it('μ follows at the start of the next epoch', () => {
    const biased = studyOf(notebook, { alpha: 0.01, prediction: 'mean+factors+biases' });
    const talk = converse(biased);
    talk.step(20);
    const edited = { ...biased, dataset: withRating(notebook, 5, 3, 21) };
    expect(talk.edit(edited).view.mu).toBe(42 / 16);
    talk.trainTo(2);
    expect(talk.state().parameters.mu).toBe(42 / 16);
    talk.step(1);
    expect(talk.state().parameters.mu).toBe(63 / 17);
  });

  it('before anything was trained, is the same as having begun with it', () => {
    const edited = { ...studyOf(withRating(notebook, 0, 2, 4), { prediction: 'mean+factors+biases' }) };
    const talk = converse(studyOf(notebook, { prediction: 'mean+factors+biases' }));
    talk.edit(edited);
    const fresh = converse(edited);
    expect(talk.history()).toEqual(fresh.history());
    talk.trainTo(10);
    fresh.trainTo(10);
    expect(differences(talk.state(), fresh.state())).toBe(0);
    expect(talk.ask({ kind: 'report' }).start).toBeNull();
  });

  it('under a shuffled order the place is kept within the epoch', () => {
    const shuffled = studyOf(notebook, { order: 'shuffled', alpha: 0.01 });
    const talk = converse(shuffled);
    talk.step(15);
    expect(talk.edit({ ...shuffled, dataset: withRating(notebook, 0, 2, 4) }).position).toBe(15);
    const fewer = withRating(withRating(notebook, 0, 0, null), 0, 1, null);
    const answer = talk.edit({ ...shuffled, dataset: fewer });
    expect([answer.epoch, answer.position]).toEqual([1, 0]);
  });
});

describe('users and items that come and go', () => {
  it('a new user draws from a stream of its own; nobody else’s numbers change', () => {
    const talk = converse(study);
    talk.trainTo(20);
    const before = talk.state();
    const { state } = talk.edit({ ...study, dataset: withUsers(notebook, [0, 1, -1, 2, 3, 4, 5], 6) });
    expect(state && userRow(state, 2)).toEqual([...drawUserRow(study.model, 6)]);
    expect(state && userRow(state, 1)).toEqual(userRow(before, 1));
    expect(state && userRow(state, 3)).toEqual(userRow(before, 2));
    expect(state && differingBits(state.parameters.Q, before.parameters.Q)).toBe(0);
  });

  it('a new item under Adam has zero moments', () => {
    const adam = studyOf(notebook, { optimizer: { ...ADAM_DEFAULTS, batch: 4 }, prediction: 'factors+biases' });
    const talk = converse(adam);
    talk.trainTo(5);
    const { state } = talk.edit({ ...adam, dataset: withNewItem(notebook) });
    expect([...(state?.adam?.m.Q.subarray(12) ?? [])]).toEqual([0, 0, 0]);
    expect([...(state?.adam?.v.Q.subarray(12) ?? [])]).toEqual([0, 0, 0]);
    expect(state?.adam?.v.bi?.[4]).toBe(0);
    expect(state?.adam?.steps).toBe(20);
  });

  it('reordered users keep their numbers, now and in the past', () => {
    const talk = converse(study);
    talk.trainTo(10);
    const past = talk.ask({ kind: 'show', epoch: 4 }).view;
    const before = talk.state();
    const order = [5, 0, 1, 2, 3, 4];
    const { state } = talk.edit({ ...study, dataset: withUsers(notebook, order) });
    const shown = talk.ask({ kind: 'show', epoch: 4 }).view;
    order.forEach((old, now) => {
      expect(state && userRow(state, now)).toEqual(userRow(before, old));
      expect([...shown.P.subarray(now * 3, now * 3 + 3)]).toEqual([...past.P.subarray(old * 3, old * 3 + 3)]);
    });
  });

  it('a user that comes back by undo has the row it had, and the past has the past’s', () => {
    const talk = converse(study);
    talk.trainTo(10);
    const before = talk.state();
    const past = talk.ask({ kind: 'show', epoch: 4 }).view;
    talk.edit({ ...study, dataset: withUsers(notebook, [0, 1, 3, 4, 5]) });
    talk.trainTo(30);
    const { state } = talk.edit(study);
    expect(state && userRow(state, 2)).toEqual(userRow(before, 2));
    expect(talk.ask({ kind: 'show', epoch: 4 }).view).toEqual(past);
    expect([...talk.ask({ kind: 'show', epoch: 20 }).view.P.subarray(6, 9)]).toEqual(userRow(before, 2));
    talk.ask({ kind: 'rewind', epoch: 4 });
    expect([...talk.state().parameters.P]).toEqual([...past.P]);
  });

  it('going back behind a removal brings the earlier row when the user comes back', () => {
    const talk = converse(study);
    talk.trainTo(4);
    const early = talk.state();
    talk.trainTo(10);
    talk.edit({ ...study, dataset: withUsers(notebook, [0, 1, 3, 4, 5]) });
    talk.trainTo(12);
    talk.ask({ kind: 'rewind', epoch: 4 });
    const { state } = talk.edit(study);
    expect(state && differingBits(state.parameters.P, early.parameters.P)).toBe(0);
  });

  it('Reset keeps users that came later, and says that the start must be saved', () => {
    const talk = converse(study);
    const start = talk.state();
    talk.trainTo(10);
    const grown = { ...study, dataset: withUsers(notebook, [0, 1, 2, 3, 4, 5, -1], 6) };
    talk.edit(grown);
    talk.trainTo(15);
    const { state, start: saved } = talk.ask({ kind: 'rewind', epoch: 0 });
    expect([...(state?.parameters.P ?? [])]).toEqual([...start.parameters.P, ...drawUserRow(study.model, 6)]);
    expect(saved?.P).toEqual(state?.parameters.P);
    const other = converse(grown);
    other.load({ ...grown, start: saved ?? null });
    talk.trainTo(8);
    other.trainTo(8);
    expect(differences(other.state(), talk.state())).toBe(0);
  });

  it('a mid-epoch removal of the users to come completes the epoch', () => {
    const talk = converse(study);
    talk.step(11);
    const answer = talk.edit({ ...study, dataset: withUsers(notebook, [0, 1, 2, 3]) });
    expect([answer.epoch, answer.position]).toEqual([1, 0]);
  });
});

describe('seen until', () => {
  it('is said of a rating held out after it was trained on, until it is returned', () => {
    const talk = converse(study);
    talk.trainTo(12);
    const held = { ...study, dataset: withHeldOut(notebook, 2, 3, true) };
    expect(talk.edit(held).seenUntil).toEqual([[2, 3, 12]]);
    expect(talk.trainTo(20).seenUntil).toBeNull();
    expect(talk.seenUntil()).toEqual([[2, 3, 12]]);
    expect(talk.edit(study).seenUntil).toEqual([]);
    expect(talk.edit(held).seenUntil).toEqual([]);
    talk.edit(study);
    talk.trainTo(21);
    expect(talk.edit(held).seenUntil).toEqual([[2, 3, 21]]);
  });

  it('counts the epoch under way only when it had visited the rating', () => {
    const talk = converse(study);
    talk.step(16 + 3);
    const dataset = withHeldOut(withHeldOut(notebook, 0, 1, true), 2, 3, true);
    expect(talk.edit({ ...study, dataset }).seenUntil).toEqual([
      [0, 1, 2],
      [2, 3, 1],
    ]);
  });

  it('is not said before anything was trained, nor of a rating that was held out from the start', () => {
    const talk = converse(study);
    const held = { ...study, dataset: withHeldOut(notebook, 2, 3, true) };
    expect(talk.edit(held).seenUntil).toEqual([]);
    talk.trainTo(5);
    expect(talk.seenUntil()).toEqual([]);
  });

  it('follows its row through reordering, and goes with Reset', () => {
    const talk = converse(study);
    talk.trainTo(12);
    const dataset = withHeldOut(notebook, 2, 3, true);
    talk.edit({ ...study, dataset });
    expect(talk.edit({ ...study, dataset: withUsers(dataset, [2, 0, 1, 3, 4, 5]) }).seenUntil).toEqual([[0, 3, 12]]);
    expect(talk.ask({ kind: 'rewind', epoch: 5 }).seenUntil).toEqual([[0, 3, 5]]);
    expect(talk.ask({ kind: 'rewind', epoch: 0 }).seenUntil).toEqual([]);
  });
});

describe('odd sets', () => {
  it('no ratings: nothing to train, nothing to measure, and a first rating begins', () => {
    const empty = studyOf(
      datasetFromMatrix([
        [0, 0],
        [0, 0],
      ]),
      { prediction: 'mean+factors+biases' },
    );
    const talk = converse(empty);
    const answer = talk.trainTo(10);
    expect([answer.epoch, answer.visits, answer.stepsPerEpoch]).toEqual([0, 0, 0]);
    expect(answer.measures).toEqual({
      rmseSeen: null,
      rmseHeldOut: null,
      maeSeen: null,
      maeHeldOut: null,
      objective: null,
    });
    expect(talk.ask({ kind: 'leave-one-out', milliseconds: 5 }).leaveOneOut).toBeNull();
    talk.edit({ ...empty, dataset: withRating(empty.dataset, 1, 1, 4) });
    expect(talk.trainTo(10).epoch).toBe(10);
  });

  it('one rating, and all of them held out', () => {
    const one = converse(studyOf(datasetFromMatrix([[4]]), { alpha: 0.1 }));
    expect(one.trainTo(200).measures.rmseSeen).toBeLessThan(0.1);
    const held = converse(studyOf(ratingsFromText('4* 2* / . 3*'), {}));
    const answer = held.trainTo(5);
    expect([answer.epoch, answer.measures.rmseSeen]).toEqual([0, null]);
    expect(answer.measures.rmseHeldOut).toBeGreaterThan(0);
    expect(answer.baselines).toBeNull();
  });

  it('everything removed in mid-epoch and typed again', () => {
    const talk = converse(study);
    talk.step(5);
    const { user } = notebook.ratings;
    const empty = { ...notebook, ratings: { ...notebook.ratings, heldOut: new Uint8Array(user.length).fill(1) } };
    expect(talk.edit({ ...study, dataset: empty }).position).toBe(0);
    talk.edit(study);
    expect(talk.trainTo(4).epoch).toBe(4);
  });

  it('numbers that were there before stay exactly as they are through twenty edits and back', () => {
    const talk = converse(study);
    talk.trainTo(9);
    const before = numbersOf(talk.state());
    for (let edit = 0; edit < 20; edit += 1)
      talk.edit({ ...study, dataset: withUsers(notebook, [5, 4, -1, 3, 2, 1, 0], 100 + edit) });
    expect(numbersOf(talk.edit(study).state ?? talk.state())).toEqual(before);
    expect(parametersFrom([[1]], [[1]]).k).toBe(1);
  });
});

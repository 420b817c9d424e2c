import { describe, expect, it } from 'vitest';
import type { Builtin } from '../../src/core/builtin.ts';
import { setHeldOut, setRating } from '../../src/core/edit.ts';
import { addUser } from '../../src/core/edit-rows.ts';
import { ADAM_DEFAULTS } from '../../src/core/model.ts';
import { readSession } from '../../src/io/read-session.ts';
import { writeSession } from '../../src/io/write-session.ts';
import { SPEEDS } from '../../src/store/state.ts';
import { withHeldOut } from '../worker/conversation.ts';
import { bench, studyFromText } from './harness.ts';

const NOTEBOOK = '5 3 . 1 / 4 . . 1 / 1 1 . 5 / 1 . . 4 / . 1 5 4 / 2 1 3 .';

function speedOf(unit: 'ratings' | 'epochs' | 'maximum', perSecond?: number): number {
  return SPEEDS.findIndex(
    (speed) => speed.unit === unit && (speed.unit === 'maximum' || speed.perSecond === perSecond),
  );
}

function edited(study: ReturnType<typeof studyFromText>, user: number, item: number, value: number) {
  const result = setRating(study.dataset, user, item, value);
  if (!result.ok) throw new Error('the edit was refused');
  return result.value;
}

describe('training', () => {
  it('stands at epoch 0 with the start measured before anything is pressed', () => {
    const { store } = bench(studyFromText(NOTEBOOK));
    const { run } = store.getState();
    expect(run).toMatchObject({ status: 'ready', epoch: 0, position: 0, stepsPerEpoch: 16 });
    expect(run.history.epoch).toEqual([0]);
    expect(run.measures.rmseSeen).toBe(run.history.rmseSeen[0]);
  });

  it('runs to the epoch asked for and rests there', () => {
    const { store, actions, clock } = bench(studyFromText(NOTEBOOK));
    actions.runTo(5000);
    clock.pass(400);
    const { run } = store.getState();
    expect(run).toMatchObject({ status: 'ready', epoch: 5000, position: 0, target: null });
    expect(run.history.epoch.at(-1)).toBe(5000);
    expect(run.view?.epoch).toBe(5000);
  });

  it('gives the same numbers run at once, in single epochs, and rating by rating', () => {
    const [atOnce, byEpoch, byRating] = [0, 1, 2].map(() => bench(studyFromText(NOTEBOOK)));
    if (!atOnce || !byEpoch || !byRating) throw new Error('unreachable');
    atOnce.actions.runTo(3);
    atOnce.clock.pass(100);
    for (let n = 0; n < 3; n += 1) {
      byEpoch.actions.stepEpoch();
      byEpoch.clock.pass(50);
    }
    for (let n = 0; n < 48; n += 1) {
      byRating.actions.stepRating();
      byRating.clock.pass(50);
    }
    const P = atOnce.store.getState().run.view?.P;
    expect(atOnce.store.getState().run.epoch).toBe(3);
    expect(byEpoch.store.getState().run.view?.P).toEqual(P);
    expect(byRating.store.getState().run).toMatchObject({ epoch: 3, position: 0 });
    expect(byRating.store.getState().run.view?.P).toEqual(P);
  });

  it('visits one rating a second at the slowest speed, spelled out', () => {
    const { store, actions, clock } = bench(studyFromText(NOTEBOOK));
    actions.setView({ speed: speedOf('ratings', 1) });
    actions.train();
    clock.pass(100);
    expect(store.getState().run).toMatchObject({ epoch: 0, position: 1, visited: { user: 0, item: 0 } });
    clock.pass(3000);
    const { run } = store.getState();
    expect(run.position).toBeGreaterThanOrEqual(3);
    expect(run.position).toBeLessThanOrEqual(4);
    expect(run.trace?.rating).toBe(run.position === 4 ? 4 : 1);
  });

  it('keeps the pace of twenty epochs a second, and stops at once when paused', () => {
    const { store, actions, clock } = bench(studyFromText(NOTEBOOK));
    actions.setView({ speed: speedOf('epochs', 20) });
    actions.train();
    clock.pass(2000);
    const { epoch } = store.getState().run;
    expect(epoch).toBeGreaterThanOrEqual(38);
    expect(epoch).toBeLessThanOrEqual(43);
    actions.pause();
    clock.pass(1000);
    expect(store.getState().run).toMatchObject({ status: 'ready', epoch });
  });

  it('never has two train requests under way', () => {
    const { actions, clock, sent } = bench(studyFromText(NOTEBOOK));
    actions.setView({ speed: speedOf('maximum') });
    actions.train();
    clock.pass(160);
    const asked = sent.filter((request) => request.kind === 'train').length;
    expect(asked).toBeGreaterThanOrEqual(8);
    expect(asked).toBeLessThanOrEqual(11);
  });

  it('says so when there is nothing to train on', () => {
    const { store, actions } = bench(studyFromText('. . / . .'));
    actions.train();
    expect(store.getState().run.status).not.toBe('training');
    expect(store.getState().messages.map((message) => message.kind)).toEqual(['status']);
  });

  it('has a leave-one-out figure at rest where nothing is held out, and none where something is', () => {
    const { store, actions, clock } = bench(studyFromText(NOTEBOOK));
    actions.runTo(100);
    clock.pass(500);
    const { leaveOneOut } = store.getState().run;
    expect(leaveOneOut).toMatchObject({ epoch: 100, ratings: 16 });
    const held = setHeldOut(store.getState().study.dataset, { users: [0], items: [0] }, true);
    if (!held.ok) throw new Error('the edit was refused');
    actions.changeDataset(held.value, 'held out');
    clock.pass(100);
    expect(store.getState().run.leaveOneOut).toBeNull();
    expect(store.getState().run.measures.rmseHeldOut).not.toBeNull();
  });
});

describe('changes in mid-run', () => {
  it('follows a typed rating without a restart, and marks it on the curve', () => {
    const study = studyFromText(NOTEBOOK);
    const { store, actions, clock } = bench(study);
    actions.runTo(200);
    clock.pass(200);
    const before = store.getState().run;
    actions.changeDataset(edited(study, 1, 1, 5), 'Bo, B: 5');
    clock.pass(50);
    const after = store.getState().run;
    expect(after).toMatchObject({ id: before.id, epoch: 200, stepsPerEpoch: 17 });
    expect(after.marks).toEqual([{ epoch: 200, label: 'Bo, B: 5' }]);
    expect(after.view?.P).toEqual(before.view?.P);
    expect(after.measures.rmseSeen).not.toBe(before.measures.rmseSeen);
    actions.undo();
    clock.pass(50);
    expect(store.getState().run.measures.rmseSeen).toBe(before.measures.rmseSeen);
    expect(store.getState().study).toEqual(study);
    expect(store.getState().study.dataset).toBe(study.dataset);
  });

  it('makes one undo step and one mark of a slider drag', () => {
    const { store, actions, clock } = bench(studyFromText(NOTEBOOK));
    actions.runTo(10);
    clock.pass(200);
    for (const alpha of [0.011, 0.012, 0.013]) actions.changeModel({ alpha }, 'drag 1');
    actions.changeModel({ beta: 0.5 }, 'drag 2');
    clock.pass(50);
    expect(store.getState().undo).toHaveLength(2);
    expect(store.getState().run.marks.map((mark) => mark.label)).toEqual(['α 0.01 → 0.013', 'β 0.02 → 0.5']);
    actions.undo();
    actions.undo();
    expect(store.getState().study.model).toMatchObject({ alpha: 0.01, beta: 0.02 });
    actions.redo();
    expect(store.getState().study.model.alpha).toBe(0.013);
  });

  it('restarts for k, and undo brings the trained run back bit for bit', () => {
    const { store, actions, clock } = bench(studyFromText(NOTEBOOK));
    actions.runTo(50);
    clock.pass(200);
    const before = store.getState().run;
    actions.changeModel({ k: 3 });
    clock.pass(100);
    expect(store.getState().run).toMatchObject({ epoch: 0, history: { epoch: [0] } });
    expect(store.getState().run.view?.k).toBe(3);
    actions.undo();
    clock.pass(100);
    const back = store.getState().run;
    expect(back.epoch).toBe(50);
    expect(back.view?.P).toEqual(before.view?.P);
    expect(back.history.rmseSeen).toEqual(before.history.rmseSeen);
  });

  it('goes back in time, trains on from there, and undo brings the later epochs back', () => {
    const { store, actions, clock } = bench(studyFromText(NOTEBOOK));
    actions.runTo(100);
    clock.pass(200);
    const later = store.getState().run;
    actions.show(40);
    clock.pass(50);
    const past = store.getState().run;
    expect(past).toMatchObject({ playhead: 40, epoch: 100 });
    expect(past.view?.epoch).toBe(40);
    expect(past.measures.rmseSeen).toBe(past.history.rmseSeen[40]);
    actions.setView({ speed: speedOf('epochs', 1) });
    actions.trainFromPlayhead();
    clock.pass(50);
    actions.pause();
    clock.pass(50);
    expect(store.getState().run.epoch).toBeLessThan(43);
    expect(store.getState().run.history.epoch.at(-1)).toBe(store.getState().run.epoch);
    actions.undo();
    clock.pass(100);
    expect(store.getState().run.epoch).toBe(100);
    expect(store.getState().run.view?.Q).toEqual(later.view?.Q);
  });

  it('resets to the start, and undo brings the run back', () => {
    const { store, actions, clock } = bench(studyFromText(NOTEBOOK));
    const start = store.getState().run.view;
    actions.runTo(30);
    clock.pass(200);
    const trained = store.getState().run.view;
    actions.reset();
    clock.pass(50);
    expect(store.getState().run).toMatchObject({ epoch: 0, history: { epoch: [0] } });
    expect(store.getState().run.view?.P).toEqual(start?.P);
    actions.undo();
    clock.pass(100);
    expect(store.getState().run.view?.P).toEqual(trained?.P);
  });

  it('takes a user added after an undone one for somebody else', () => {
    const { store, actions, clock } = bench(studyFromText('5 3 / 1 4'));
    actions.changeDataset(addUser(store.getState().study.dataset), 'added');
    const [, , first] = store.getState().study.dataset.userKeys;
    actions.undo();
    actions.changeDataset(addUser(store.getState().study.dataset), 'added');
    clock.pass(50);
    const [, , second] = store.getState().study.dataset.userKeys;
    expect([first, second]).toEqual([2, 3]);
  });

  it('shows rows that came with the edit at once, before the worker answered', () => {
    const study = studyFromText('5 3 / 1 4');
    const { store, actions, cut, clock } = bench(study);
    cut(true);
    const { dataset } = study;
    actions.changeDataset(
      { ...dataset, users: [...dataset.users, 'Cy'], userKeys: [...dataset.userKeys, 2] },
      'Cy added',
    );
    clock.pass(50);
    const { run } = store.getState();
    expect(run.view?.P).toHaveLength(6);
    expect([...(run.view?.P.slice(4) ?? [])]).toEqual([0, 0]);
  });
});

describe('what replaces the run', () => {
  const builtin: Builtin = {
    id: 'small',
    name: 'Small',
    description: '',
    runTo: 77,
    study: () => studyFromText('1 2 / 3 .', { k: 1 }),
  };

  it('loads a built-in set with its settings, undoably', () => {
    const { store, actions, clock } = bench(studyFromText(NOTEBOOK), [builtin]);
    actions.runTo(20);
    clock.pass(200);
    actions.loadBuiltin('small');
    clock.pass(50);
    expect(store.getState()).toMatchObject({
      datasetId: 'small',
      view: { runTo: 77 },
      run: { epoch: 0, stepsPerEpoch: 3 },
    });
    actions.undo();
    clock.pass(50);
    expect(store.getState()).toMatchObject({ datasetId: null, run: { epoch: 20, stepsPerEpoch: 16 } });
    actions.redo();
    clock.pass(50);
    expect(store.getState()).toMatchObject({ datasetId: 'small', run: { epoch: 0, stepsPerEpoch: 3 } });
  });

  it('goes on from the last state when the worker dies, and says so', () => {
    const { store, actions, clock, cut, replaceWorker, died } = bench(studyFromText(NOTEBOOK));
    actions.runTo(60);
    clock.pass(200);
    cut(true);
    actions.runTo(120);
    clock.pass(500);
    expect(store.getState().run).toMatchObject({ epoch: 60, status: 'training' });
    replaceWorker();
    cut(false);
    died();
    clock.pass(500);
    expect(store.getState().run).toMatchObject({ epoch: 120, status: 'ready' });
    expect(store.getState().messages.at(-1)?.kind).toBe('error');

    const undisturbed = bench(studyFromText(NOTEBOOK));
    undisturbed.actions.runTo(120);
    undisturbed.clock.pass(300);
    expect(store.getState().run.view?.P).toEqual(undisturbed.store.getState().run.view?.P);
  });

  describe('in mid-epoch, while settings wait for the next one', () => {
    /** 53 visits, a rating held out that two or three epochs have seen, and an epoch under way that stays unbiased SGD. */
    function disturbed() {
      const made = bench(studyFromText(NOTEBOOK));
      for (let visit = 0; visit < 53; visit += 1) {
        made.actions.stepRating();
        made.clock.pass(20);
      }
      made.actions.changeDataset(withHeldOut(made.store.getState().study.dataset, 0, 1, true), 'held out');
      made.actions.changeModel({ prediction: 'mean+factors+biases', alpha: 0.03, optimizer: ADAM_DEFAULTS });
      made.clock.pass(20);
      return made;
    }

    function finish({ actions, clock, store }: ReturnType<typeof bench>) {
      actions.runTo(9);
      clock.pass(300);
      return store.getState().run;
    }

    const whole = finish(disturbed());

    it('a new worker goes on exactly, and knows what was seen', () => {
      const made = disturbed();
      made.replaceWorker();
      made.died();
      made.clock.pass(50);
      expect(made.store.getState().run).toMatchObject({ epoch: 3, position: 4, seenUntil: [[0, 1, 4]] });
      expect(finish(made).state).toEqual(whole.state);
    });

    it('a worker that dies before it answered the change does, too', () => {
      const made = disturbed();
      made.actions.changeModel({ alpha: 0.02 });
      const answered = finish(made).state;
      const other = disturbed();
      other.cut(true);
      other.actions.changeModel({ alpha: 0.02 });
      other.replaceWorker();
      other.cut(false);
      other.died();
      other.clock.pass(50);
      expect(finish(other).state).toEqual(answered);
    });

    it('undo of what replaced the run does, too', () => {
      const made = disturbed();
      made.actions.changeModel({ k: 4 });
      made.clock.pass(50);
      expect(made.store.getState().run.seenUntil).toEqual([]);
      made.actions.undo();
      made.clock.pass(50);
      expect(made.store.getState().run.seenUntil).toEqual([[0, 1, 4]]);
      expect(finish(made).state).toEqual(whole.state);
    });

    it('a session that was opened from its text does, too, and says what was seen', () => {
      for (const answered of [true, false]) {
        const made = disturbed();
        // Saved before the worker answered the last change, it is the same session.
        if (!answered) {
          made.actions.changeModel({ alpha: 0.02 });
          made.clock.pass(20);
          made.cut(true);
          made.actions.changeModel({ alpha: 0.03 });
        }
        const read = readSession(writeSession(made.session()));
        if (!read.ok) throw new Error(JSON.stringify(read.problem));
        const again = bench(read.value.study, [], read.value);
        expect(again.store.getState().run).toMatchObject({ epoch: 3, position: 4, seenUntil: [[0, 1, 4]] });
        expect(finish(again).state).toEqual(whole.state);
      }
    });

    it('an edit that was noted after the session was written is made on the run', () => {
      const made = disturbed();
      const saved = made.session();
      const dataset = edited(saved.study, 0, 2, 4);
      const again = bench(saved.study, [], { ...saved, edited: dataset });
      expect(again.store.getState().study.dataset).toBe(dataset);
      // The place in the epoch moved with the rating that came before it.
      expect(again.store.getState().run).toMatchObject({ epoch: 3, position: 5, seenUntil: [[0, 1, 4]] });
      made.actions.changeDataset(dataset, 'typed');
      expect(finish(again).state).toEqual(finish(made).state);
    });
  });

  it('gives up after the worker died again and again', () => {
    const { store, actions, clock, cut, died } = bench(studyFromText(NOTEBOOK));
    cut(true);
    actions.train();
    for (let n = 0; n < 4; n += 1) died();
    clock.pass(100);
    expect(store.getState().run.status).toBe('ready');
    expect(store.getState().messages.at(-1)?.text).toContain('Reload');
  });
});

describe('divergence', () => {
  it('falls back to the last completed epoch, and one action mends it', () => {
    const { store, actions, clock } = bench(studyFromText(NOTEBOOK, { k: 3, alpha: 0.5 }));
    actions.train();
    clock.pass(200);
    const { run } = store.getState();
    expect(run).toMatchObject({ status: 'ready', divergence: { cause: { kind: 'alpha', value: 0.5 } } });
    expect([...(run.view?.P ?? [])].every(Number.isFinite)).toBe(true);
    actions.mendDivergence();
    clock.pass(500);
    const mended = store.getState();
    expect(mended.study.model.alpha).toBeLessThan(0.5);
    expect(mended.run).toMatchObject({ status: 'training', divergence: null });
    expect(mended.run.epoch).toBeGreaterThan(5);
    actions.undo();
    expect(store.getState().study.model.alpha).toBe(0.5);
  });

  it('gives back the α that worked, and goes on from where the run fell back to', () => {
    const { store, actions, clock } = bench(studyFromText(NOTEBOOK, { k: 3 }));
    actions.runTo(50);
    clock.pass(200);
    actions.changeModel({ alpha: 10 });
    actions.train();
    clock.pass(200);
    expect(store.getState().run).toMatchObject({ status: 'ready', epoch: 50 });
    actions.mendDivergence();
    clock.pass(200);
    expect(store.getState().study.model.alpha).toBe(0.01);
    expect(store.getState().run.status).toBe('training');
    expect(store.getState().run.epoch).toBeGreaterThan(50);
    expect(store.getState().run.history.epoch).toContain(50);
  });
});

describe('messages', () => {
  it('go with the state they spoke of, and so does their offer to bring something back', () => {
    const { store, actions, clock } = bench(studyFromText(NOTEBOOK));
    actions.report({ code: 'not-a-number', got: '4abc' });
    actions.runTo(30);
    clock.pass(200);
    actions.show(10);
    clock.pass(50);
    actions.trainFromPlayhead();
    clock.pass(50);
    actions.pause();
    expect(store.getState().messages.map((message) => message.action?.label)).toEqual(['Bring it back']);
    actions.changeDataset(edited(store.getState().study, 1, 1, 5), 'Bo, B: 5');
    expect(store.getState().messages).toEqual([]);
  });

  it('of the browser itself stay', () => {
    const { store, actions } = bench(studyFromText(NOTEBOOK));
    actions.report({ code: 'storage-failed', got: 'full' });
    actions.changeModel({ alpha: 0.02 });
    expect(store.getState().messages).toHaveLength(1);
  });

  it('say where training goes on when the playhead stood in the past', () => {
    const { store, actions, clock } = bench(studyFromText(NOTEBOOK));
    actions.runTo(30);
    clock.pass(200);
    actions.show(10);
    clock.pass(50);
    actions.train();
    expect(store.getState().messages.at(-1)?.text).toContain('goes on from epoch 30');
  });

  it('say why training stopped when its last rating went', () => {
    const { store, actions, clock } = bench(studyFromText('5 . / . .'));
    actions.train();
    clock.pass(100);
    const gone = setRating(store.getState().study.dataset, 0, 0, null);
    if (!gone.ok) throw new Error('the edit was refused');
    actions.changeDataset(gone.value, 'gap');
    clock.pass(100);
    expect(store.getState().run.status).toBe('ready');
    expect(store.getState().messages.at(-1)?.text).toContain('no rating to train on');
  });
});

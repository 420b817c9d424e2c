import { describe, expect, it } from 'vitest';
import { setRating } from '../../src/core/edit.ts';
import { recordOfPlay } from '../../src/store/kept-run.ts';
import { withHeldOut } from '../worker/conversation.ts';
import { bench, studyFromText } from './harness.ts';

const plain = studyFromText('5 3 . 1 / 4 . . 1 / 1 1 . 5 / 1 . . 4 / . 1 5 4 / 2 1 3 .', {
  k: 3,
  beta: 0,
  seed: 3,
  earlyStopping: { patience: 30 },
});
const study = { ...plain, dataset: withHeldOut(withHeldOut(plain.dataset, 0, 1, true), 5, 2, true) };

function stoppedBench() {
  const app = bench(study);
  app.actions.runTo(5000);
  app.clock.pass(2000);
  const { run } = app.store.getState();
  if (!run.stopped) throw new Error('did not stop');
  return { ...app, stopped: run.stopped };
}

describe('a run that stopped early', () => {
  it('stands at its best epoch and shows what it let go', () => {
    const { store, stopped } = stoppedBench();
    const { run } = store.getState();
    expect([run.epoch, run.history.epoch.at(-1)]).toEqual([stopped.best, stopped.best]);
    expect([stopped.after.epoch[0], stopped.after.epoch.at(-1)]).toEqual([stopped.best + 1, stopped.best + 30]);
    expect(run.best).toEqual({ epoch: stopped.best, rmse: stopped.rmse, since: stopped.at });
  });

  it('keeps showing it while settings are looked through, and lets it go once training goes on', () => {
    const { store, actions, clock, stopped } = stoppedBench();
    actions.changeModel({ earlyStopping: { patience: 10 } });
    clock.pass(50);
    expect(store.getState().run.stopped).toBe(stopped);
    actions.show(1);
    clock.pass(50);
    expect(store.getState().run.stopped).toBe(stopped);
    actions.stepEpoch();
    clock.pass(50);
    expect(store.getState().run.stopped).toBeNull();
  });

  it('lets it go where the ratings are others, and at a reset', () => {
    const edited = stoppedBench();
    const other = setRating(study.dataset, 0, 0, 1);
    if (!other.ok) throw new Error('the edit was refused');
    edited.actions.changeDataset(other.value, 'Ana, Alien: 1');
    edited.clock.pass(50);
    expect(edited.store.getState().run.stopped).toBeNull();
    const reset = stoppedBench();
    reset.actions.reset();
    reset.clock.pass(50);
    expect(reset.store.getState().run.stopped).toBeNull();
  });
});

describe('a run that stopped early and is kept', () => {
  it('says how it ended, at its best epoch; one that was trained on past the stop does not', () => {
    const app = stoppedBench();
    const kept = () => recordOfPlay(app.session(), app.store.getState().run, 1);
    const { best, rmse, at } = app.stopped;
    expect(at).toBeGreaterThan(best);
    expect(kept()).toMatchObject({
      ended: 'stopped',
      epochs: best,
      standsAt: best,
      bestEpoch: best,
      bestHeldOut: rmse,
      rmseHeldOut: rmse,
    });
    app.actions.stepEpoch();
    app.clock.pass(50);
    expect(kept()).toMatchObject({ ended: 'limit', epochs: best + 1 });
  });
});

describe('the time of a run', () => {
  it('is counted over the epochs that it took, those let go too', () => {
    const { store, stopped } = stoppedBench();
    expect(store.getState().run.measuredTime?.epochs).toBeCloseTo(stopped.at, 9);
  });

  it('counts epochs under way by their visits, and begins anew with another run', () => {
    const { store, actions, clock } = bench(study);
    for (let n = 0; n < 5; n += 1) {
      actions.stepRating();
      clock.pass(50);
    }
    expect(store.getState().run.measuredTime?.epochs).toBeCloseTo(5 / store.getState().run.stepsPerEpoch, 9);
    actions.changeModel({ k: 2 });
    clock.pass(50);
    expect(store.getState().run.measuredTime).toBeUndefined();
  });
});

describe('a step of ALS', () => {
  it('is told as a row, user after user and then item after item', () => {
    const { store, actions, clock } = bench({
      ...study,
      model: { ...study.model, optimizer: { kind: 'als' }, beta: 0.1 },
    });
    for (let visit = 0; visit < 10; visit += 1) {
      actions.stepRating();
      clock.pass(50);
      const { solved, view, trace, visited } = store.getState().run;
      expect([solved?.side, solved?.row]).toEqual(visit < 6 ? ['users', visit] : ['items', visit - 6]);
      const numbers =
        visit < 6 ? view?.P.slice(visit * 3, visit * 3 + 3) : view?.Q.slice((visit - 6) * 3, (visit - 5) * 3);
      expect(solved?.after.factors).toEqual([...(numbers ?? [])]);
      expect(solved?.after.rmse).toBeLessThan(solved?.before.rmse ?? 0);
      expect([trace, visited]).toEqual([null, null]);
    }
  });
});

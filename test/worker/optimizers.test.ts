import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawUserRow } from '../../src/core/init.ts';
import { ADAM_DEFAULTS, MOMENTUM_DEFAULTS, type ModelSettings } from '../../src/core/model.ts';
import { alphaAt } from '../../src/core/schedule.ts';
import { stopAt } from '../../src/core/understand/retrain.ts';
import { createReferenceEngine } from '../../src/engines/reference/reference.ts';
import { runTask } from '../../src/worker/task.ts';
import { datasetFromMatrix, readFixture } from '../engines/from-fixture.ts';
import { converse, differences, studyOf, withHeldOut, withNewItem, withRating, withUsers } from './conversation.ts';

const notebook = withHeldOut(datasetFromMatrix(readFixture('seed6x4_k3').R), 0, 1, true);

/** Every way to train, each with an α that suits it. */
const WAYS: readonly (readonly [string, Partial<ModelSettings>])[] = [
  ['SGD', { optimizer: { kind: 'sgd', update: 'sequential' } }],
  ['SGD, simultaneous, shuffled', { optimizer: { kind: 'sgd', update: 'simultaneous' }, order: 'shuffled' }],
  ['momentum', { optimizer: MOMENTUM_DEFAULTS, alpha: 0.001 }],
  [
    'momentum, shuffled',
    { optimizer: { ...MOMENTUM_DEFAULTS, update: 'simultaneous' }, alpha: 0.001, order: 'shuffled' },
  ],
  ['Adam', { optimizer: { ...ADAM_DEFAULTS, batch: 4 } }],
  ['Adam, decoupled', { optimizer: { ...ADAM_DEFAULTS, batch: 4, decay: 'decoupled' } }],
  ['ALS', { optimizer: { kind: 'als' } }],
  ['ALS, shuffled, which has no meaning', { optimizer: { kind: 'als' }, order: 'shuffled' }],
  ['SGD, non-negative', { nonNegative: true, init: { kind: 'normal', mean: 0, std: 0.5 } }],
  ['ALS, non-negative', { nonNegative: true, optimizer: { kind: 'als' }, init: { kind: 'normal', mean: 0, std: 0.5 } }],
  ['SGD, cosine with restarts', { schedule: { kind: 'cosine', epochs: 20, restarts: { period: 20, multiplier: 2 } } }],
  ['momentum, 1/t', { optimizer: MOMENTUM_DEFAULTS, alpha: 0.001, schedule: { kind: 'inverse', half: 10 } }],
];

for (const [name, way] of WAYS) {
  describe(name, () => {
    const study = studyOf(notebook, { alpha: 0.01, prediction: 'mean+factors+biases', ...way });

    it('gives the same bits however training is sliced', () => {
      const whole = converse(study);
      whole.trainTo(40);
      fc.assert(
        fc.property(fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 6 }), (steps) => {
          const talk = converse(study);
          for (let turn = 0; talk.step(0).epoch < 40; turn += 1) {
            const { epoch, position, stepsPerEpoch } = talk.step(0);
            const left = (40 - epoch) * stepsPerEpoch - position;
            talk.step(Math.min(left, steps[turn % steps.length] ?? 1));
          }
          expect(differences(talk.state(), whole.state())).toBe(0);
        }),
        { numRuns: 8 },
      );
    });

    it('a task away from the run comes to the same bits', () => {
      const talk = converse(study);
      const { measures } = talk.trainTo(40);
      const result = runTask(createReferenceEngine(), study, {
        stop: stopAt(40),
        wanted: 'none',
        wantParameters: true,
      });
      expect(result.finalParameters).toEqual(talk.state().parameters);
      expect(result.objective).toBe(measures.objective);
    });

    it('goes on when rows and ratings come, move and go in mid-epoch', () => {
      const talk = converse(study);
      talk.trainTo(5);
      talk.step(3);
      const before = talk.state();
      let dataset = withUsers(notebook, [4, 1, -1, 0, 2, 3, 5]);
      talk.edit({ ...study, dataset });
      const after = talk.state();
      expect(after.epoch).toBe(5);
      const { k } = study.model;
      // Bo's row moved with Bo; the new user's is drawn for them alone.
      expect(after.parameters.P.slice(k, 2 * k)).toEqual(before.parameters.P.slice(k, 2 * k));
      expect(after.parameters.P.slice(3 * k, 4 * k)).toEqual(before.parameters.P.slice(0, k));
      expect(after.parameters.P.slice(2 * k, 3 * k)).toEqual(drawUserRow(study.model, 1000));
      dataset = withRating(withNewItem(dataset), 2, 4, 5);
      talk.edit({ ...study, dataset });
      expect(talk.trainTo(30).epoch).toBe(30);
      const rated = talk.state().parameters.P.slice(2 * k, 3 * k);
      expect(rated).not.toEqual(drawUserRow(study.model, 1000));
    });

    it('takes biases away and gives them back at the next epoch', () => {
      const talk = converse(study);
      talk.trainTo(3);
      talk.step(2);
      talk.settings({ ...study.model, prediction: 'factors' });
      expect(talk.ask({ kind: 'report' }).view.bu).not.toBeNull();
      expect(talk.trainTo(5).view.bu).toBeNull();
      talk.settings(study.model);
      expect(talk.state().parameters.bu).toEqual(new Float64Array(6));
      expect(talk.trainTo(8).epoch).toBe(8);
    });

    it('starts again with another k', () => {
      const talk = converse(study);
      talk.trainTo(3);
      const answer = talk.settings({ ...study.model, k: 5 });
      expect([answer.epoch, answer.view.k]).toEqual([0, 5]);
      expect(talk.trainTo(3).epoch).toBe(3);
    });
  });
}

describe('changing the optimizer in mid-run', () => {
  const heavy = studyOf(notebook, { alpha: 0.001, optimizer: MOMENTUM_DEFAULTS });

  it('lets a velocity go, and begins without one again', () => {
    const talk = converse(heavy);
    talk.trainTo(20);
    expect(Math.max(...(talk.state().velocity?.P ?? []).map(Math.abs))).toBeGreaterThan(0);
    const sgd = { ...heavy.model, optimizer: { kind: 'sgd', update: 'sequential' } } as const;
    talk.settings(sgd);
    expect(talk.state().velocity).toBeUndefined();
    talk.settings(heavy.model);
    expect(talk.state().velocity?.P).toEqual(new Float64Array(18));
    talk.trainTo(25);
    talk.settings({ ...heavy.model, optimizer: ADAM_DEFAULTS });
    expect(talk.state().velocity).toBeUndefined();
    expect(talk.state().adam?.steps).toBe(0);
  });

  it('keeps the velocity when only γ or the update changes', () => {
    const talk = converse(heavy);
    talk.trainTo(20);
    const { velocity } = talk.state();
    talk.settings({ ...heavy.model, optimizer: { ...MOMENTUM_DEFAULTS, momentum: 0.5, update: 'simultaneous' } });
    expect(talk.state().velocity).toEqual(velocity);
  });

  it('waits for the next epoch, as a schedule does', () => {
    const study = studyOf(notebook, { alpha: 0.01 });
    const changed = { ...study.model, schedule: { kind: 'step', factor: 0.1, every: 1 } } as const;
    const talk = converse(study);
    talk.trainTo(2);
    talk.step(4);
    talk.settings(changed);
    talk.trainTo(3);
    const plain = converse(study);
    plain.trainTo(3);
    expect(differences(talk.state(), plain.state())).toBe(0);
    // From here on α is that of epoch 3: α·0.1³.
    talk.trainTo(4);
    plain.settings({ ...study.model, alpha: alphaAt(changed, 3) });
    plain.trainTo(4);
    expect(differences(talk.state(), plain.state())).toBe(0);
  });
});

describe('ALS that β = 0 leaves open', () => {
  it('stops with the row and what settles it, and loses nothing', () => {
    const study = studyOf(notebook, { optimizer: { kind: 'als' }, beta: 0.02 });
    const talk = converse(study);
    talk.trainTo(5);
    const { state } = talk.ask({ kind: 'report' });
    talk.step(3);
    talk.settings({ ...study.model, beta: 0 });
    const answer = talk.trainTo(20);
    expect(answer.divergence).toMatchObject({
      during: 7,
      epoch: 6,
      cause: { kind: 'open-row', side: 'users', row: 0, unknowns: 3, ratings: 2, value: 0, suggested: 0.02 },
    });
    // The epoch under way when β was changed was completed with the old one.
    const alone = converse(study);
    alone.trainTo(6);
    expect(differences(talk.state(), alone.state())).toBe(0);
    expect(state?.epoch).toBe(5);
    talk.settings({ ...study.model, beta: 0.02 });
    expect(talk.trainTo(20).epoch).toBe(20);
  });

  it('is not open at β = 0 where there are ratings enough', () => {
    const full = datasetFromMatrix(readFixture<{ R: number[][] }>('closedform_full6x4').R);
    const talk = converse(studyOf(full, { optimizer: { kind: 'als' }, beta: 0, k: 2 }));
    expect(talk.trainTo(50)).toMatchObject({ epoch: 50, divergence: null });
  });
});

describe('factors that are to be non-negative', () => {
  it('begin at 0 or above with the first visit, whatever was drawn, rows without ratings too', () => {
    const study = studyOf(notebook, {
      nonNegative: true,
      alpha: 0.01,
      init: { kind: 'normal', mean: 0, std: 0.5 },
      seed: 8,
    });
    const talk = converse({ ...study, dataset: withNewItem(notebook) });
    expect(Math.min(...talk.state().parameters.Q)).toBeLessThan(0);
    talk.step(1);
    const { P, Q } = talk.state().parameters;
    expect(Math.min(...P, ...Q)).toBe(0);
  });
});

import { describe, expect, it } from 'vitest';
import { ADAM_DEFAULTS, type ModelSettings } from '../../src/core/model.ts';
import type { Study } from '../../src/core/study.ts';
import type { Divergence } from '../../src/worker/protocol.ts';
import { datasetFromMatrix, differingBits, parametersFrom, readFixture } from '../engines/from-fixture.ts';
import { converse, differences, studyOf, withRating } from './conversation.ts';

interface Diverging {
  readonly R: number[][];
  readonly K: number;
  readonly alpha: number;
  readonly beta: number;
  readonly P0: number[][];
  readonly Q0: number[][];
  readonly firstNonFinite: { step: number; update: number; i: number; j: number };
  readonly lastFiniteSnapshot: { step: number; P: number[][]; Q: number[][] } | null;
}

/** Trains until it blows up (at most 2,000 epochs), asking for so many visits at a time. */
function blowUp(talk: ReturnType<typeof converse>, steps: number | null): { divergence: Divergence; visits: number } {
  let visits = 0;
  for (let asked = 0; asked < 40_000; asked += 1) {
    const answer = talk.ask({ kind: 'train', milliseconds: 20, untilEpoch: 2000, steps, trace: steps === 1 });
    visits += answer.visits;
    if (answer.divergence) return { divergence: answer.divergence, visits };
    if (answer.epoch >= 2000) break;
  }
  throw new Error('It did not diverge');
}

describe('the runs that blow up', () => {
  for (const name of ['diverge_alpha0.5', 'diverge_betaneg']) {
    for (const steps of [null, 1, 7, 16, 100]) {
      it(`${name}, ${steps === null ? 'at full speed' : `${steps} visits at a time`}: where, and back to the last good epoch`, () => {
        const run = readFixture<Diverging>(name);
        const study = studyOf(datasetFromMatrix(run.R), { k: run.K, alpha: run.alpha, beta: run.beta });
        const talk = converse(study);
        talk.load(study, { epoch: 0, position: 0, parameters: parametersFrom(run.P0, run.Q0), adam: null });
        const { divergence, visits } = blowUp(talk, steps);
        const { step, update, i, j } = run.firstNonFinite;
        const last = run.lastFiniteSnapshot;
        expect(divergence).toMatchObject({
          during: step,
          epoch: last?.step ?? 0,
          update: update - (step - 1) * 16,
          user: i,
          item: j,
        });
        expect(visits).toBeLessThan(1000);
        const state = talk.state();
        expect([state.epoch, state.position]).toEqual([last?.step ?? 0, 0]);
        expect(differingBits(state.parameters.P, (last?.P ?? run.P0).flat())).toBe(0);
        expect(differingBits(state.parameters.Q, (last?.Q ?? run.Q0).flat())).toBe(0);
        expect(talk.history().epoch.at(-1)).toBe(state.epoch);
        expect(talk.snapshots().at(-1)).toBe(state.epoch);
      });
    }
  }

  it('α 0.5 is named, with a smaller one that holds', () => {
    const run = readFixture<Diverging>('diverge_alpha0.5');
    const study = studyOf(datasetFromMatrix(run.R), { k: 3, alpha: 0.5 });
    const talk = converse(study);
    const { divergence } = blowUp(talk, null);
    const { cause } = divergence;
    expect(cause).toMatchObject({ kind: 'alpha', value: 0.5 });
    if (cause.kind !== 'alpha') throw new Error('Another cause');
    expect(cause.suggested).toBeLessThan(0.5);
    expect(String(cause.suggested).length).toBeLessThanOrEqual(6);
    const mended = converse({ ...study, model: { ...study.model, alpha: cause.suggested } });
    const answer = mended.trainTo(500);
    expect(answer.divergence).toBeNull();
    expect(answer.measures.objective).toBeLessThan(mended.history().objective[0] ?? 0);
  });

  it('a negative β is named, with the notebook’s', () => {
    const run = readFixture<Diverging>('diverge_betaneg');
    const { divergence } = blowUp(converse(studyOf(datasetFromMatrix(run.R), { alpha: 0.01, beta: -2 })), null);
    expect(divergence.cause).toEqual({ kind: 'beta', value: -2, suggested: 0.02 });
  });

  it('a rating far outside is named, whatever α is', () => {
    const dataset = withRating(datasetFromMatrix(readFixture('seed6x4_k3').R), 3, 1, 1e100);
    const talk = converse(studyOf(dataset));
    const { divergence } = blowUp(talk, null);
    expect(divergence.cause).toEqual({ kind: 'rating', user: 3, item: 1, value: 1e100 });
    expect(divergence.epoch).toBe(0);
  });
});

describe('falling back', () => {
  const study = studyOf(datasetFromMatrix(readFixture('seed6x4_k3').R), { alpha: 0.01 });
  const hot: Study = { ...study, model: { ...study.model, alpha: 5 } };

  it('in the middle of a run loses nothing but the epoch that blew up', () => {
    const talk = converse(study);
    talk.trainTo(40);
    const before = talk.state();
    const history = talk.history();
    talk.edit(hot);
    const { divergence } = blowUp(talk, null);
    expect([divergence.during, divergence.epoch]).toEqual([41, 40]);
    expect(differences(talk.state(), before)).toBe(0);
    expect(talk.history()).toEqual(history);
    talk.edit(study);
    const plain = converse(study);
    talk.trainTo(80);
    plain.trainTo(80);
    expect(differences(talk.state(), plain.state())).toBe(0);
  });

  it('after an edit in mid-epoch goes to the end of the epoch before', () => {
    const talk = converse(study);
    talk.trainTo(5);
    const before = talk.state();
    talk.step(7);
    talk.edit({ ...study, dataset: withRating(study.dataset, 4, 1, 1e99) });
    const { divergence } = blowUp(talk, 1);
    expect(divergence.epoch).toBe(5);
    expect(divergence.during).toBe(6);
    expect(differences(talk.state(), before)).toBe(0);
  });

  it('of a state opened in mid-epoch, whose last epoch nobody knows, goes to its start', () => {
    const talk = converse(study);
    const start = talk.state();
    talk.step(16 * 3 + 7);
    const state = talk.state();
    const boiling = { ...study, model: { ...study.model, alpha: 1e9 } };
    const again = converse(boiling);
    again.load(boiling, state);
    const { divergence } = blowUp(again, null);
    expect(divergence.epoch).toBe(0);
    expect(differences(again.state(), start)).toBe(0);
  });

  it('says the same a second time', () => {
    const talk = converse(hot);
    const first = blowUp(talk, null);
    expect(blowUp(talk, null).divergence).toEqual(first.divergence);
  });
});

describe('hard settings: no answer ever holds NaN or an infinity', () => {
  const matrices = [
    readFixture('seed6x4_k3').R,
    [[4]],
    [
      [0, 0],
      [0, 0],
    ],
    [
      [3, 3, 3],
      [3, 3, 3],
    ],
    [
      [1e100, -1e100],
      [5, 1e100],
    ],
    [[1e100]],
    [
      [1e-100, 5],
      [0, 1e50],
    ],
  ];
  const models: Partial<ModelSettings>[] = [
    { alpha: 10 },
    { beta: 50 },
    { alpha: 10, beta: 50 },
    { alpha: 0.05, beta: 50, k: 64 },
    { alpha: 10, k: 64, prediction: 'mean+factors+biases', order: 'shuffled' },
    { alpha: 10, beta: 50, optimizer: { ...ADAM_DEFAULTS, batch: 3 }, prediction: 'factors+biases' },
    { alpha: 0.01, init: { kind: 'uniform', low: -1e200, high: 1e200 } },
    { alpha: 0.01, init: { kind: 'normal', mean: 0, std: 1e150 }, optimizer: ADAM_DEFAULTS },
    { alpha: 1e-300, beta: 0 },
    { alpha: 1e300, beta: 1e300, prediction: 'mean+factors+biases' },
  ];
  matrices.forEach((R, which) => {
    it(`matrix ${which + 1}`, () => {
      for (const model of models) {
        const talk = converse(studyOf(datasetFromMatrix(R), model));
        for (let asked = 0; asked < 4; asked += 1) {
          talk.ask({ kind: 'train', milliseconds: 2, untilEpoch: 300, steps: null, trace: false });
          talk.step(1, true);
          talk.step(3);
          talk.ask({ kind: 'leave-one-out', milliseconds: 2 });
          talk.ask({ kind: 'show', epoch: 1 });
        }
        talk.ask({ kind: 'rewind', epoch: 0 });
      }
    });
  });
});

import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../src/core/dataset.ts';
import { ADAM_DEFAULTS, type ModelSettings } from '../../src/core/model.ts';
import { presetFor } from '../../src/core/presets.ts';
import { type Ratings, ratingsFrom } from '../../src/core/ratings.ts';
import type { Study } from '../../src/core/study.ts';
import { createReferenceEngine } from '../../src/engines/reference/reference.ts';
import { readRatingsText } from '../../src/io/ratings-text.ts';
import type { Divergence } from '../../src/worker/protocol.ts';
import { createSession } from '../../src/worker/session.ts';
import { datasetFromMatrix, readFixture } from '../engines/from-fixture.ts';
import { converse, studyOf, withRating } from './conversation.ts';

const R = readFixture<{ R: number[][] }>('seed6x4_k3').R;
const HUGE = R.map((row) => row.map((value) => (value === 0 ? 0 : 1e100)));

function keep(ratings: Ratings, wanted: (at: number) => boolean): Ratings {
  const kept = Array.from(ratings.value.keys()).filter(wanted);
  return ratingsFrom(
    kept.map((at) => ({
      user: ratings.user[at] ?? 0,
      item: ratings.item[at] ?? 0,
      value: ratings.value[at] ?? 0,
      heldOut: ratings.heldOut[at] === 1,
    })),
  );
}

/** The study with what a divergence says mends it. */
function mended(study: Study, cause: Divergence['cause']): Study {
  const { dataset, model } = study;
  const without = (gone: (at: number) => boolean): Study => ({
    ...study,
    dataset: { ...dataset, ratings: keep(dataset.ratings, (at) => !gone(at)) },
  });
  switch (cause.kind) {
    case 'alpha':
      return { ...study, model: { ...model, alpha: cause.suggested } };
    case 'beta':
    case 'open-row':
      return { ...study, model: { ...model, beta: cause.suggested } };
    case 'start':
      return { ...study, model: { ...model, init: cause.suggested }, start: null };
    case 'rating':
      return without((at) => dataset.ratings.user[at] === cause.user && dataset.ratings.item[at] === cause.item);
    case 'ratings':
      return without((at) => Math.abs(dataset.ratings.value[at] ?? 0) > cause.magnitude);
  }
}

/** What is named until training gets to epoch 500, mending each time. */
function causesUntilWell(from: Study): Divergence['cause'][] {
  const causes: Divergence['cause'][] = [];
  let study = from;
  while (causes.length < 5) {
    const { divergence } = converse(study).trainTo(500);
    if (!divergence) return causes;
    causes.push(divergence.cause);
    study = mended(study, divergence.cause);
  }
  throw new Error(`Still blowing up after ${JSON.stringify(causes)}`);
}

function fromText(text: string): Study {
  const read = readRatingsText(text, 'x');
  if (!read.ok) throw new Error(read.problem.code);
  return { dataset: read.value.dataset, model: presetFor(read.value.dataset).model, start: null };
}

const onScale = (dataset: Dataset): Dataset => ({ ...dataset, scale: { min: 1, max: 5, step: 1 } });

describe('what mends a run', () => {
  it('of huge ratings and one tiny one: gaps for the two huge ones, together', () => {
    expect(causesUntilWell(fromText('a,x,1e100\nb,y,-1e100\nb,x,1e-7\n'))).toEqual([
      { kind: 'ratings', count: 2, magnitude: 1 },
    ]);
  });

  it('of nothing but ratings of 1e100 on a scale of 1 to 5: gaps for all of them, at once', () => {
    expect(causesUntilWell(studyOf(onScale(datasetFromMatrix(HUGE))))).toEqual([
      { kind: 'ratings', count: 16, magnitude: 5 },
    ]);
  });

  it('of several far-out ratings among usual ones: gaps for these, held out ones too', () => {
    let dataset = onScale(datasetFromMatrix(R));
    dataset = withRating(withRating(withRating(dataset, 0, 0, 1e60), 3, 1, -1e20), 4, 2, 1e9);
    dataset.ratings.heldOut[0] = 1;
    expect(causesUntilWell(studyOf(dataset))).toEqual([{ kind: 'ratings', count: 3, magnitude: 5 }]);
  });

  it('of a far-out rating and a large α: one after the other', () => {
    const dataset = withRating(onScale(datasetFromMatrix(R)), 3, 1, 1e100);
    expect(causesUntilWell(studyOf(dataset, { alpha: 0.5 })).map(({ kind }) => kind)).toEqual(['rating', 'alpha']);
  });

  it('of a start that is too large: a start between 0 and 1', () => {
    const suggested = { kind: 'uniform', low: 0, high: 1 } as const;
    const drawn = causesUntilWell(
      studyOf(datasetFromMatrix(R), { init: { kind: 'uniform', low: 1e100, high: 1e100 } }),
    );
    expect(drawn).toEqual([{ kind: 'start', magnitude: 1e100, suggested }]);
    const given = { k: 1, P: new Float64Array(6).fill(-1e60), Q: new Float64Array(4), bu: null, bi: null, mu: null };
    const study = { ...studyOf(datasetFromMatrix(R), { k: 1 }), start: given };
    expect(causesUntilWell(study)).toEqual([{ kind: 'start', magnitude: 1e60, suggested }]);
  });

  const settings: Partial<ModelSettings>[] = [
    { alpha: 0.5 },
    { alpha: 1e300 },
    { beta: 1e5, alpha: 0.01 },
    { beta: 1e300, alpha: 1e300, prediction: 'mean+factors+biases' },
    { beta: -2, alpha: 0.01 },
    { beta: -2, alpha: 50 },
    { alpha: 10, k: 64, prediction: 'mean+factors+biases', order: 'shuffled' },
    { alpha: 1e160, beta: 50, optimizer: { ...ADAM_DEFAULTS, batch: 3 }, prediction: 'factors+biases' },
    { alpha: 5, init: { kind: 'normal', mean: 0, std: 1e100 } },
  ];
  const matrices = {
    usual: R,
    huge: HUGE,
    wide: [
      [1e-100, 5],
      [1e50, 3],
      [2, 1e100],
    ],
  };
  for (const [name, matrix] of Object.entries(matrices)) {
    it(`of ${name} ratings with hard settings: within five mends`, () => {
      for (const model of settings) causesUntilWell(studyOf(onScale(datasetFromMatrix(matrix)), model));
    });
  }

  it('α that is named is at least 1e-12 and holds', () => {
    for (const size of [1e3, 1e5, 1e7, 1e9]) {
      const large = datasetFromMatrix(R.map((row) => row.map((value) => value * size)));
      const [cause, ...more] = causesUntilWell(studyOf({ ...large, scale: { min: 0, max: 5 * size, step: size } }));
      expect(more).toEqual([]);
      expect(cause?.kind).toBe(size < 1e9 ? 'alpha' : cause?.kind);
      if (cause?.kind === 'alpha') expect(cause.suggested).toBeGreaterThanOrEqual(1e-12);
    }
  });

  it('says whether training can go on from where it fell back to', () => {
    const study = studyOf(onScale(datasetFromMatrix(R)), { alpha: 0.01 });
    const talk = converse(study);
    talk.trainTo(20);
    talk.edit({ ...study, dataset: withRating(withRating(study.dataset, 3, 1, 1e100), 0, 0, -1e100) });
    const typed = talk.trainTo(500).divergence;
    expect(typed).toMatchObject({ epoch: 20, cause: { kind: 'ratings', count: 2, magnitude: 5 }, goesOn: true });
    // Under a tiny α the run gets through epochs with the rating in it, and what it learned is no place to go on from.
    const slow = studyOf(withRating(study.dataset, 3, 1, 1e100), { alpha: 1e-98 });
    const creeping = converse(slow).trainTo(500).divergence;
    expect(creeping?.epoch).toBeGreaterThan(0);
    expect(creeping?.cause.kind).toBe('rating');
    expect(creeping?.goesOn).toBe(false);
  });

  it('is found with so few visits that the page does not give the worker up', () => {
    const engine = createReferenceEngine();
    let visits = 0;
    const session = createSession(() => 0, {
      ...engine,
      run: (...given) => {
        const made = engine.run(...given);
        visits += made;
        return made;
      },
    });
    const study = studyOf(datasetFromMatrix(HUGE), { alpha: 0.01, k: 64, prediction: 'mean+factors+biases' });
    const asked = { run: 1, request: 1, window: { users: null, items: null }, wantState: false };
    session.handle({ ...asked, kind: 'load', study, state: null, history: null, memory: null, replay: false });
    const told = session.handle({
      ...asked,
      kind: 'train',
      milliseconds: 1000,
      untilEpoch: 500,
      steps: null,
      trace: false,
    });
    expect(told.divergence?.cause.kind).toBe('ratings');
    expect(visits).toBeGreaterThan(0);
    // About a hundred: a thousandth of what a worker does in the time that the page waits.
    expect(visits).toBeLessThan(1_000);
  });
});

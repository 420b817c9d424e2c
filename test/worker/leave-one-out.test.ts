import { describe, expect, it } from 'vitest';
import { drawStart } from '../../src/core/init.ts';
import type { Study } from '../../src/core/study.ts';
import { trainingData } from '../../src/core/training-data.ts';
import { createReferenceEngine } from '../../src/engines/reference/reference.ts';
import { LeftOut } from '../../src/worker/leave-one-out.ts';
import type { LeaveOneOut } from '../../src/worker/protocol.ts';
import { datasetFromMatrix, readFixture } from '../engines/from-fixture.ts';
import { ratingsFromText } from '../fixtures/ratings-from-text.ts';
import { converse, studyOf, withHeldOut, withRating } from './conversation.ts';

const notebook = datasetFromMatrix(readFixture('seed6x4_k3').R);

/** Trains to an epoch and asks until the figure has got there. */
function figureAt(study: Study, epoch: number): LeaveOneOut {
  const talk = converse(study);
  talk.trainTo(epoch);
  for (let asked = 0; asked < 1000; asked += 1) {
    const { leaveOneOut } = talk.ask({ kind: 'leave-one-out', milliseconds: 50 });
    if (leaveOneOut?.epoch === epoch) return leaveOneOut;
  }
  throw new Error('It never got there');
}

describe('leave-one-out', () => {
  it('the notebook at its own settings does worse on what it has not seen than the mean does', () => {
    let sum = 0;
    for (let seed = 0; seed < 20; seed += 1) {
      const figure = figureAt(studyOf(notebook, { seed }), 5000);
      sum += figure.rmse;
      expect(figure.baselineMean).toBeCloseTo(1.72, 2);
      expect(figure.ratings).toBe(16);
    }
    expect(sum / 20).toBeGreaterThan(2.3);
    expect(sum / 20).toBeLessThan(2.8);
  });

  it('μ and biases with k 2 and small starts get to about 1.2', () => {
    let sum = 0;
    for (let seed = 0; seed < 5; seed += 1) {
      const init = { kind: 'normal' as const, mean: 0, std: 0.1 };
      sum += figureAt(
        studyOf(notebook, { prediction: 'mean+factors+biases', k: 2, init, alpha: 0.01, beta: 0.2, seed }),
        1000,
      ).rmse;
    }
    expect(sum / 5).toBeGreaterThan(1.1);
    expect(sum / 5).toBeLessThan(1.3);
  });

  it('is what each model without one rating says of it', () => {
    const study = studyOf(notebook, { alpha: 0.01, prediction: 'mean+factors+biases', order: 'shuffled' });
    let squares = 0;
    const { user, item, value } = notebook.ratings;
    for (let left = 0; left < 16; left += 1) {
      const dataset = withHeldOut(notebook, user[left] ?? 0, item[left] ?? 0, true);
      const { measures } = converse({ ...study, dataset }).trainTo(30);
      squares += (measures.rmseHeldOut ?? 0) ** 2;
      expect(value[left]).toBeGreaterThan(0);
    }
    expect(figureAt(study, 30).rmse).toBeCloseTo(Math.sqrt(squares / 16), 12);
  });

  it('goes on from where it stopped, says how far it is, and begins again when the study changes', () => {
    const study = studyOf(notebook, { alpha: 0.01 });
    const talk = converse(study, 1);
    talk.trainTo(3000);
    const epochs: number[] = [];
    for (let asked = 0; asked < 200 && epochs.at(-1) !== 3000; asked += 1) {
      epochs.push(talk.ask({ kind: 'leave-one-out', milliseconds: 3 }).leaveOneOut?.epoch ?? -1);
    }
    expect(epochs.at(-1)).toBe(3000);
    expect(new Set(epochs).size).toBeGreaterThan(2);
    expect(epochs).toEqual([...epochs].sort((a, b) => a - b));
    expect(talk.ask({ kind: 'report' }).leaveOneOut?.epoch).toBe(3000);
    const renamed = { ...notebook, name: 'Renamed' };
    expect(talk.edit({ ...study, dataset: renamed }).leaveOneOut?.epoch).toBe(3000);
    expect(talk.edit({ ...study, dataset: withRating(notebook, 0, 2, 4) }).leaveOneOut).toBeNull();
    talk.ask({ kind: 'rewind', epoch: 10 });
    for (let asked = 0; asked < 50; asked += 1) talk.ask({ kind: 'leave-one-out', milliseconds: 3 });
    expect(talk.ask({ kind: 'report' }).leaveOneOut).toMatchObject({ epoch: 10, ratings: 17 });
  });

  it('is not there where something is held out, where there are too many or too few, or where a model diverges', () => {
    const figure = (study: Study) => {
      const talk = converse(study);
      talk.trainTo(20);
      for (let asked = 0; asked < 20; asked += 1) talk.ask({ kind: 'leave-one-out', milliseconds: 20 });
      return talk.ask({ kind: 'report' }).leaveOneOut;
    };
    expect(figure(studyOf(withHeldOut(notebook, 0, 0, true)))).toBeNull();
    expect(figure(studyOf(ratingsFromText('3')))).toBeNull();
    expect(
      figure(studyOf(datasetFromMatrix(Array.from({ length: 9 }, () => Array.from({ length: 8 }, () => 3))))),
    ).toBeNull();
    expect(figure(studyOf(ratingsFromText('3 4'), { alpha: 0.01 }))?.ratings).toBe(2);
    const { model } = studyOf(notebook, { alpha: 10 });
    const data = trainingData(notebook);
    const leftOut = new LeftOut(createReferenceEngine(), model, data, drawStart(model, data.m, data.n, data.mean));
    expect(leftOut.latest?.epoch).toBe(0);
    leftOut.work(100, () => false);
    expect(leftOut.latest).toBeNull();
  });
});

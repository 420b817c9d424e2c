import { describe, expect, it } from 'vitest';
import { ADAM_DEFAULTS, MOMENTUM_DEFAULTS, type ModelSettings } from '../../src/core/model.ts';
import { FINDER_RATES, readRateTest } from '../../src/core/rate-finder.ts';
import { datasetFromMatrix, readFixture } from '../engines/from-fixture.ts';
import { converse, differences, studyOf } from './conversation.ts';

const notebook = datasetFromMatrix(readFixture('seed6x4_k3').R);

describe('testing learning rates', () => {
  const ways: readonly (readonly [string, Partial<ModelSettings>])[] = [
    ['SGD', {}],
    ['SGD, shuffled, with a schedule that is left out', { order: 'shuffled', schedule: { kind: 'cosine', epochs: 1 } }],
    ['momentum', { optimizer: MOMENTUM_DEFAULTS }],
    ['Adam', { optimizer: ADAM_DEFAULTS }],
  ];
  for (const [name, way] of ways) {
    it(`${name}: leaves the run where it is, and suggests an α that trains well`, () => {
      const study = studyOf(notebook, way);
      const talk = converse(study);
      talk.trainTo(3);
      talk.step(2);
      const before = talk.state();
      const { rateTest } = talk.ask({ kind: 'test-rates' });
      if (!rateTest) throw new Error('no test');
      expect(differences(talk.state(), before)).toBe(0);
      expect(rateTest.points.map(({ alpha }) => alpha)).toEqual(FINDER_RATES.slice(0, rateTest.points.length));
      const finding = readRateTest(rateTest);
      if (!finding) throw new Error('nothing found');
      const { schedule: _, ...model } = study.model;
      const trained = converse({ ...study, model: { ...model, alpha: finding.suggested } });
      const { divergence, measures } = trained.trainTo(300);
      expect(divergence).toBeNull();
      expect(measures.rmseSeen).toBeLessThan(rateTest.start / 4);
    });
  }

  it('what it says of divergence is so: plain SGD of many epochs diverges from there on, and not below', () => {
    const study = studyOf(notebook, {});
    const { rateTest } = converse(study).ask({ kind: 'test-rates' });
    const finding = rateTest && readRateTest(rateTest);
    const trials = rateTest?.trials;
    if (!finding || !trials || trials.diverges === null) throw new Error('nothing found');
    expect(trials.epochs).toBe(5_000);
    expect(finding.breaksAt).toBe(trials.diverges);
    const at = FINDER_RATES.indexOf(trials.diverges);
    const ends = (alpha: number | undefined) => {
      const { schedule: _, ...model } = study.model;
      return converse({ ...study, model: { ...model, alpha: alpha ?? 0 } }).trainTo(trials.epochs).divergence !== null;
    };
    expect([at - 1, at, at + 1].map((place) => ends(FINDER_RATES[place]))).toEqual([false, true, true]);
    expect(finding.suggested).toBeLessThanOrEqual(trials.diverges / 3);
    expect(ends(finding.suggested)).toBe(false);
  });

  it('is the same test every time', () => {
    const talk = converse(studyOf(notebook));
    expect(talk.ask({ kind: 'test-rates' }).rateTest).toEqual(talk.ask({ kind: 'test-rates' }).rateTest);
  });

  it('has nothing to say without ratings', () => {
    const empty = { ...notebook, ratings: { ...notebook.ratings, heldOut: notebook.ratings.heldOut.map(() => 1) } };
    expect(converse(studyOf(empty)).ask({ kind: 'test-rates' }).rateTest).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import { drawStart } from '../../../src/core/init.ts';
import { predict } from '../../../src/core/predict.ts';
import { notebookModel } from '../../../src/core/presets.ts';
import { trainingData } from '../../../src/core/training-data.ts';
import { rankInfluence, sampleForInfluence } from '../../../src/core/understand/influence.ts';
import { type Member, Retraining, stopAt } from '../../../src/core/understand/retrain.ts';
import { ratingsFromText } from '../../fixtures/ratings-from-text.ts';
import { withoutEach } from '../../fixtures/without-each.ts';
import { trainStudy } from '../train-study.ts';
import { NOTEBOOK, someDataset } from './samples.ts';
import { train } from './train.ts';

describe('influence', () => {
  const dataset = ratingsFromText(NOTEBOOK);
  const data = trainingData(dataset);
  const model = { ...notebookModel, alpha: 0.002 };
  const setup = { model, data, start: drawStart(model, data.m, data.n, data.mean) };
  const members: readonly Member[] = [{ kind: 'whole' }, ...withoutEach(data)];

  it('is what brute force finds: each rating deleted from the text, the study trained anew', () => {
    const work = new Retraining(setup, members, stopAt(500), train);
    while (work.step(900));
    const ranking = rankInfluence(work.outcomes, data, 0, 2);
    const whole = predict(trainStudy({ dataset, model, start: null }, 500).parameters, 0, 2);
    const cells = NOTEBOOK.split(' ').map((cell, at) => ({ cell, at }));
    const brute = cells
      .filter(({ cell }) => cell !== '.' && cell !== '/')
      .map(({ at }, rating) => {
        const fewer = ratingsFromText(cells.map(({ cell, at: place }) => (place === at ? '.' : cell)).join(' '));
        const { parameters } = trainStudy({ dataset: fewer, model, start: null }, 500);
        return { rating, change: predict(parameters, 0, 2) - whole };
      })
      .sort((a, b) => Math.abs(b.change) - Math.abs(a.change));
    expect(ranking?.predicted).toBe(whole);
    expect(ranking?.ranked.map(({ rating, change }) => ({ rating, change }))).toEqual(brute);
    expect(ranking?.ranked.some(({ change }) => change > 0.1)).toBe(true);
    expect(ranking?.ranked.some(({ change }) => change < -0.1)).toBe(true);
    for (const { rating, user, item, value } of ranking?.ranked ?? []) {
      expect([user, item, value]).toEqual([
        data.training.user[rating],
        data.training.item[rating],
        data.training.value[rating],
      ]);
    }
  });

  it('lists what is there so far while the work goes on, and nothing before the whole run is trained', () => {
    const work = new Retraining(setup, members, stopAt(100), train);
    work.step(60);
    expect(rankInfluence(work.outcomes, data, 0, 2)).toBeNull();
    work.step(300);
    expect(rankInfluence(work.outcomes, data, 0, 2)?.ranked.length).toBe(2);
    expect(work.progress).toBeGreaterThan(3 / 17);
    expect(work.progress).toBeLessThan(4 / 17);
  });
});

describe('sampleForInfluence', () => {
  const data = trainingData(someDataset(30, 20, 0.5));
  const { user, item, value } = data.training;

  it('is everything on small sets', () => {
    expect([...sampleForInfluence(data, 3, 4, 1000)]).toEqual(Array.from(value, (_, at) => at));
  });

  it("has the user's and the item's own ratings, then evenly spaced others, within the limit", () => {
    const sample = [...sampleForInfluence(data, 3, 4, 60)];
    const own = Array.from(value, (_, at) => at).filter((at) => user[at] === 3 || item[at] === 4);
    expect(own.length).toBeGreaterThan(15);
    expect(own.every((at) => sample.includes(at))).toBe(true);
    expect(sample.length).toBeLessThanOrEqual(60);
    expect(sample.length).toBeGreaterThan(own.length + 10);
    expect(sample).toEqual([...new Set(sample)].sort((a, b) => a - b));
    expect(sampleForInfluence(data, 3, 4, 5).length).toBe(5);
  });
});

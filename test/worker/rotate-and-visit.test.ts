import { describe, expect, it } from 'vitest';
import type { ModelSettings } from '../../src/core/model.ts';
import { traceUpdate } from '../../src/core/trace-update.ts';
import { angleOfPoint, rotatePlane } from '../../src/core/understand/rotation.ts';
import { datasetFromMatrix } from '../engines/from-fixture.ts';
import { converse, studyOf } from './conversation.ts';

const dataset = datasetFromMatrix([
  [5, 3, 0, 1],
  [4, 0, 0, 1],
  [1, 1, 0, 5],
  [1, 0, 0, 4],
]);
const biased: Partial<ModelSettings> = { prediction: 'mean+factors+biases', alpha: 0.01 };

describe('a turn of two factors', () => {
  const angle = angleOfPoint(3, 4);

  it('writes P and Q of every row as the core turns them, and moves nothing else', () => {
    const run = converse(studyOf(dataset, biased));
    const before = run.trainTo(20).measures;
    const { parameters } = run.state();
    const expected = rotatePlane(parameters, 0, 2, angle);
    const answer = run.ask({ kind: 'rotate', first: 0, second: 2, angle });
    expect(answer.view.P).toEqual(expected.P);
    expect(answer.view.Q).toEqual(expected.Q);
    expect(answer.view.bu).toEqual(parameters.bu);
    expect(answer.epoch).toBe(20);
    expect(Math.abs((answer.measures.objective ?? 0) - (before.objective ?? 0))).toBeLessThanOrEqual(1e-12);
    expect(run.history().epoch.length).toBe(21);
  });

  it.each([
    [0, 0],
    [0, 3],
    [-1, 1],
    [0.5, 1],
  ])('of factors %s and %s is none', (first, second) => {
    const run = converse(studyOf(dataset, { alpha: 0.01 }));
    run.trainTo(3);
    const { P } = run.state().parameters;
    const answer = run.ask({ kind: 'rotate', first, second, angle });
    expect(answer.view.P).toEqual(P);
  });

  it('training goes on from it to the same predictions', () => {
    const plain = converse(studyOf(dataset, { alpha: 0.01 }));
    const turned = converse(studyOf(dataset, { alpha: 0.01 }));
    plain.trainTo(20);
    turned.trainTo(20);
    turned.ask({ kind: 'rotate', first: 0, second: 1, angle });
    const one = plain.trainTo(60).measures.rmseSeen ?? 0;
    const two = turned.trainTo(60).measures.rmseSeen ?? 0;
    // Not to the bit: sequential updates read each factor in turn, but all of them the same error.
    expect(two).toBeCloseTo(one, 2);
  });
});

describe('one more visit', () => {
  it.each(['sequential', 'simultaneous'] as const)('makes the update that was spelled out: %s', (update) => {
    const run = converse(studyOf(dataset, { ...biased, optimizer: { kind: 'sgd', update } }));
    run.trainTo(7);
    const { parameters } = run.state();
    const { k } = parameters;
    const { model } = studyOf(dataset, { ...biased, optimizer: { kind: 'sgd', update } });
    const trace = traceUpdate(parameters, 2, 3, 5, model);
    const answer = run.ask({ kind: 'visit', user: 2, item: 3 });
    expect([...answer.view.P.slice(2 * k, 3 * k)]).toEqual(trace?.factors.map(({ newP }) => newP));
    expect([...answer.view.Q.slice(3 * k, 4 * k)]).toEqual(trace?.factors.map(({ newQ }) => newQ));
    expect(answer.view.bu?.[2]).toBe(trace?.userBias?.after);
    expect(answer.view.bi?.[3]).toBe(trace?.itemBias?.after);
    expect([answer.epoch, answer.position]).toEqual([7, 0]);
  });

  it('leaves the epoch under way where it was', () => {
    const run = converse(studyOf(dataset, { alpha: 0.01 }));
    run.ask({ kind: 'train', milliseconds: 1, untilEpoch: null, steps: 4, trace: false });
    expect(run.ask({ kind: 'visit', user: 0, item: 0 }).position).toBe(4);
    const answer = run.trainTo(1);
    expect([answer.epoch, answer.position]).toEqual([1, 0]);
  });

  it('of a gap, or under Adam, is none', () => {
    const adam = { kind: 'adam', batch: 4, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;
    for (const [model, item] of [
      [{ alpha: 0.01 }, 2],
      [{ alpha: 0.01, optimizer: adam }, 0],
    ] as const) {
      const run = converse(studyOf(dataset, model));
      run.trainTo(2);
      const { P } = run.state().parameters;
      expect(run.ask({ kind: 'visit', user: 0, item }).view.P).toEqual(P);
    }
  });
});

import { describe, expect, it } from 'vitest';
import type { ModelSettings } from '../../src/core/model.ts';
import { traceMomentum } from '../../src/core/trace-momentum.ts';
import { traceUpdate } from '../../src/core/trace-update.ts';
import { angleOfPoint, rotatePlane } from '../../src/core/understand/rotation.ts';
import { datasetFromMatrix } from '../engines/from-fixture.ts';
import { converse, differences, studyOf } from './conversation.ts';

const dataset = datasetFromMatrix([
  [5, 3, 0, 1],
  [4, 0, 0, 1],
  [1, 1, 0, 5],
  [1, 0, 0, 4],
]);
const adam = { kind: 'adam', batch: 4, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;
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

  it.each(['sequential', 'simultaneous'] as const)('under momentum, moves velocities and numbers: %s', (update) => {
    const optimizer = { kind: 'momentum', update, momentum: 0.9 } as const;
    const study = studyOf(dataset, { ...biased, optimizer });
    const run = converse(study);
    const shown = run.trainTo(7).view;
    const { parameters, velocity } = run.state();
    if (!velocity) throw new Error('momentum has a velocity');
    expect(shown.velocity).toEqual(velocity);
    const { k } = parameters;
    const trace = traceMomentum(parameters, velocity, 2, 3, 5, study.model);
    const { view } = run.ask({ kind: 'visit', user: 2, item: 3 });
    const P = parameters.P.slice();
    const Q = parameters.Q.slice();
    const pushP = velocity.P.slice();
    const pushQ = velocity.Q.slice();
    trace?.factors.forEach(({ p, q }, f) => {
      P[2 * k + f] = p.after;
      Q[3 * k + f] = q.after;
      pushP[2 * k + f] = p.newVelocity;
      pushQ[3 * k + f] = q.newVelocity;
    });
    expect(view.P).toEqual(P);
    expect(view.Q).toEqual(Q);
    expect(view.velocity?.P).toEqual(pushP);
    expect(view.velocity?.Q).toEqual(pushQ);
    expect(view.bu?.[2]).toBe(trace?.userBias?.after);
    expect(view.velocity?.bi?.[3]).toBe(trace?.itemBias?.newVelocity);
    expect(view.P[2 * k]).not.toBe(shown.P[2 * k]);
    expect(run.state().velocity?.P).toEqual(pushP);
  });

  it.each([
    ['sequential', 'factors', false],
    ['simultaneous', 'mean+factors+biases', false],
    ['sequential', 'mean+factors+biases', true],
  ] as const)(
    'what is spelled out for momentum is what the next step does: %s, %s, %s',
    (update, prediction, signs) => {
      const optimizer = { kind: 'momentum', update, momentum: 0.8 } as const;
      const nonNegative = signs ? ({ nonNegative: true } as const) : {};
      const study = studyOf(dataset, { prediction, alpha: 0.03, order: 'row-major', optimizer, ...nonNegative });
      const run = converse(study);
      run.trainTo(5);
      const step = () => run.ask({ kind: 'train', milliseconds: 1e9, untilEpoch: null, steps: 1, trace: false });
      // Row by row: the ratings of the first two users.
      for (const [user, item, value] of [
        [0, 0, 5],
        [0, 1, 3],
        [0, 3, 1],
        [1, 0, 4],
        [1, 3, 1],
      ] as const) {
        const { parameters, velocity } = run.state();
        if (!velocity) throw new Error('momentum has a velocity');
        const { k } = parameters;
        const trace = traceMomentum(parameters, velocity, user, item, value, study.model);
        const { view } = step();
        expect([...view.P.slice(user * k, (user + 1) * k)]).toEqual(trace?.factors.map(({ p }) => p.after));
        expect([...view.Q.slice(item * k, (item + 1) * k)]).toEqual(trace?.factors.map(({ q }) => q.after));
        expect([...(view.velocity?.P ?? []).slice(user * k, (user + 1) * k)]).toEqual(
          trace?.factors.map(({ p }) => p.newVelocity),
        );
        expect([...(view.velocity?.Q ?? []).slice(item * k, (item + 1) * k)]).toEqual(
          trace?.factors.map(({ q }) => q.newVelocity),
        );
        expect(view.bu?.[user]).toBe(trace?.userBias?.after);
        expect(view.bi?.[item]).toBe(trace?.itemBias?.after);
      }
    },
  );

  it('of a gap is none, but under ALS it solves the row', () => {
    const momentum = { kind: 'momentum', update: 'sequential', momentum: 0.9 } as const;
    for (const optimizer of [undefined, momentum, adam]) {
      const run = converse(studyOf(dataset, { alpha: 0.01, ...(optimizer ? { optimizer } : {}) }));
      run.trainTo(2);
      const before = run.state();
      run.ask({ kind: 'visit', user: 0, item: 2 });
      expect(differences(run.state(), before)).toBe(0);
    }
    const run = converse(studyOf(dataset, { optimizer: { kind: 'als' }, beta: 0.1 }));
    const { P } = run.trainTo(2).view;
    const { view } = run.ask({ kind: 'visit', user: 0, item: 2 });
    expect([...view.P.slice(3)]).toEqual([...P.slice(3)]);
    expect(view.P[0]).not.toBe(P[0]);
  });

  it('under Adam takes the batch that holds it, counts as a step, and leaves the place in the epoch', () => {
    const run = converse(studyOf(dataset, { alpha: 0.01, optimizer: adam }));
    run.trainTo(2);
    run.step(1);
    const { adam: before, position } = run.state();
    expect([before?.steps, position]).toEqual([7, 1]);
    // The engine's own way there: from the same state, the third batch (ratings 8 to 10) as the run makes it.
    const other = converse(studyOf(dataset, { alpha: 0.01, optimizer: adam }));
    other.load(studyOf(dataset, { alpha: 0.01, optimizer: adam }), { ...run.state(), position: 2 });
    other.step(1);
    run.ask({ kind: 'visit', user: 3, item: 0 });
    const visited = run.state();
    expect([visited.adam?.steps, visited.position]).toEqual([8, 1]);
    expect(differences({ ...visited, epoch: 3, position: 0 }, other.state())).toBe(0);
  });

  it.each(['row-major', 'shuffled'] as const)(
    'under ALS solves the row whose turn it is, in any order: %s',
    (order) => {
      const study = studyOf(dataset, { optimizer: { kind: 'als' }, beta: 0.1, order, prediction: 'factors+biases' });
      const run = converse(study);
      run.trainTo(1);
      for (const [steps, side] of [
        [1, 'users'],
        [4, 'items'],
      ] as const) {
        run.step(steps);
        const before = run.state();
        const { P, Q, bu, bi } = run.ask({ kind: 'visit', user: 3, item: 1 }).view;
        const moved = (now: Float64Array | null, then: Float64Array | null) =>
          [...(now ?? [])].flatMap((number, at) => (number === then?.[at] ? [] : [at]));
        expect(moved(P, before.parameters.P)).toEqual(side === 'users' ? [9, 10, 11] : []);
        expect(moved(bu, before.parameters.bu)).toEqual(side === 'users' ? [3] : []);
        expect(moved(Q, before.parameters.Q)).toEqual(side === 'items' ? [3, 4, 5] : []);
        expect(moved(bi, before.parameters.bi)).toEqual(side === 'items' ? [1] : []);
        expect(run.state().position).toBe(before.position);
      }
    },
  );

  it('that ALS cannot make at β = 0 is refused, and nothing is written', () => {
    const run = converse(studyOf(dataset, { optimizer: { kind: 'als' }, beta: 0 }));
    const before = run.state();
    const answer = run.ask({ kind: 'visit', user: 1, item: 0 });
    expect(answer.divergence).toBeNull();
    expect(differences(run.state(), before)).toBe(0);
  });

  it('whose numbers would be none is not made', () => {
    const run = converse(studyOf(dataset, { alpha: 1 }));
    run.ask({ kind: 'write', matrix: 'P', row: 0, factor: 0, value: 1e100 });
    const before = run.state();
    run.ask({ kind: 'visit', user: 0, item: 0 });
    expect(differences(run.state(), before)).toBe(0);
  });
});

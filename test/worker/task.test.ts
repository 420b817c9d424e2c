import { describe, expect, it } from 'vitest';
import { drawStart } from '../../src/core/init.ts';
import type { ModelSettings } from '../../src/core/model.ts';
import { shuffleInto } from '../../src/core/order.ts';
import { newVelocity, type Parameters, type TrainingState } from '../../src/core/parameters.ts';
import { predict } from '../../src/core/predict.ts';
import type { Study } from '../../src/core/study.ts';
import { gatherColumns, trainingData } from '../../src/core/training-data.ts';
import { nextLook, stopAt, stopWhenSettled } from '../../src/core/understand/retrain.ts';
import { createReferenceEngine } from '../../src/engines/reference/reference.ts';
import { runTask, setupOfStudy, startTask } from '../../src/worker/task.ts';
import type { TaskResult, TrainTask } from '../../src/worker/task-protocol.ts';
import { datasetFromMatrix, differingBits } from '../engines/from-fixture.ts';
import { converse, studyOf, withHeldOut, withRating } from './conversation.ts';

const engine = createReferenceEngine();
const dataset = datasetFromMatrix([
  [5, 3, 0, 1],
  [4, 0, 0, 1],
  [1, 1, 0, 5],
  [1, 0, 0, 4],
  [0, 1, 5, 4],
  [2, 1, 3, 0],
]);
const adam = { kind: 'adam', batch: 4, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;
const settings: readonly (readonly [string, Partial<ModelSettings>])[] = [
  ['the notebook', {}],
  ['shuffled', { order: 'shuffled', alpha: 0.01 }],
  ['biases and mean', { prediction: 'mean+factors+biases', alpha: 0.01, beta: 0.1 }],
  ['simultaneous', { optimizer: { kind: 'sgd', update: 'simultaneous' }, alpha: 0.01 }],
  ['Adam', { optimizer: adam, alpha: 0.01, prediction: 'factors+biases', order: 'shuffled' }],
];

function whole(epochs: number, more: Partial<TrainTask> = {}): TrainTask {
  return { stop: stopAt(epochs), wanted: 'all', wantParameters: true, ...more };
}

function expectSame(result: TaskResult, study: Study, epochs: number): void {
  const conversation = converse(study);
  const answer = conversation.trainTo(epochs);
  const { parameters } = conversation.state();
  const final = result.finalParameters;
  expect(final).not.toBeNull();
  const bits = ({ P, Q, bu, bi, mu }: typeof parameters) => [...P, ...Q, ...(bu ?? []), ...(bi ?? []), mu ?? 0];
  expect(final && differingBits(bits(final), bits(parameters))).toBe(0);
  expect([result.rmseSeen, result.rmseHeldOut, result.objective, result.epochs]).toEqual([
    answer.measures.rmseSeen,
    answer.measures.rmseHeldOut,
    answer.measures.objective,
    epochs,
  ]);
  const { m, n } = trainingData(study.dataset);
  const predictions = Array.from({ length: m * n }, (_, at) => predict(parameters, Math.floor(at / n), at % n));
  expect(differingBits(result.predictions, predictions)).toBe(0);
}

describe('a task', () => {
  it.each(settings)('arrives at the bits of a run: %s', (_, model) => {
    const study = studyOf(withHeldOut(dataset, 2, 3, true), model);
    expectSame(runTask(engine, study, whole(321)), study, 321);
  });

  it.each(settings)('from another seed is the run of that seed: %s', (_, model) => {
    const study = studyOf(dataset, model);
    expectSame(runTask(engine, study, whole(210, { seed: 7 })), { ...study, model: { ...study.model, seed: 7 } }, 210);
  });

  it.each(settings)('without a rating is a run that starts alike and holds it out, row by row: %s', (_, model) => {
    const study = studyOf(dataset, { ...model, order: 'row-major' });
    const { data, start } = setupOfStudy(study);
    const user = data.training.user[5] ?? 0;
    const item = data.training.item[5] ?? 0;
    const fewer = withHeldOut(dataset, user, item, true);
    expectSame(runTask(engine, study, whole(210, { leaveOut: 5 })), { ...study, dataset: fewer, start }, 210);
  });

  it.each([
    ['sequential', { kind: 'sgd', update: 'sequential' }],
    ['momentum', { kind: 'momentum', update: 'sequential', momentum: 0.5 }],
  ] as const)('without a rating visits the others in the order that they had with it: %s', (_, optimizer) => {
    const study = studyOf(dataset, { order: 'shuffled', alpha: 0.01, seed: 7, optimizer });
    const { training, m, n, mean } = trainingData(study.dataset);
    const left = 5;
    // By hand: the whole run's order, drawn anew for each epoch, with that rating skipped.
    const parameters = drawStart(study.model, m, n, mean);
    const fitted: TrainingState = { epoch: 0, position: 0, parameters, adam: null };
    const state = optimizer.kind === 'momentum' ? { ...fitted, velocity: newVelocity(parameters) } : fitted;
    const order = new Int32Array(training.value.length);
    const others = order.length - 1;
    for (let epoch = 0; epoch < 30; epoch += 1) {
      shuffleInto(order, 7, epoch);
      const columns = gatherColumns(
        training,
        order.filter((place) => place !== left),
      );
      engine.run(state, study.model, { columns, from: 0, to: others, limit: Number.POSITIVE_INFINITY, error: 0 });
      state.epoch += 1;
    }
    const result = runTask(engine, study, whole(30, { leaveOut: left }));
    const bits = (of: Parameters | null) => (of === null ? [] : [...of.P, ...of.Q]);
    expect(bits(result.finalParameters)).toEqual(bits(parameters));
  });

  it('starts where the study starts, and writes nothing of it', () => {
    const model = studyOf(dataset).model;
    const start = drawStart({ ...model, seed: 99 }, 6, 4, 0);
    const before = start.P.slice();
    const study = { ...studyOf(dataset), start };
    expectSame(runTask(engine, study, whole(40)), study, 40);
    expect(differingBits(start.P, before)).toBe(0);
  });

  it('is the same however it is sliced', () => {
    const large = datasetFromMatrix(
      Array.from({ length: 60 }, (_, u) => Array.from({ length: 50 }, (_, i) => ((u * 7 + i * 11) % 6) as number)),
    );
    const setup = setupOfStudy(studyOf(large, { k: 8, alpha: 0.002 }));
    const task = { ...whole(0), stop: stopWhenSettled(500, 120) };
    const once = startTask(engine, setup, task).work(() => false);
    const sliced = startTask(engine, setup, task);
    let looks = 0;
    let result: TaskResult | null = null;
    const shares: number[] = [];
    while (result === null) {
      result = sliced.work(() => true);
      shares.push(sliced.progress);
      looks += 1;
    }
    expect(looks).toBeGreaterThan(5);
    expect(shares.every((share, at) => share > (shares[at - 1] ?? 0))).toBe(true);
    expect(result).toEqual(once);
    expect(differingBits(result.predictionsAtMark ?? [], once?.predictionsAtMark ?? [1])).toBe(0);
  });

  it('keeps the mark: what a run to that epoch predicts', () => {
    const study = studyOf(dataset);
    const task = { ...whole(0), stop: stopWhenSettled(3000, 150) };
    const result = runTask(engine, study, task);
    const marked = runTask(engine, study, whole(150));
    expect(differingBits(result.predictionsAtMark ?? [], marked.predictions)).toBe(0);
    expect(result.parametersAtMark).toEqual(marked.finalParameters);
  });

  it('brings only the cells that are wanted', () => {
    const study = studyOf(dataset);
    const all = runTask(engine, study, whole(50)).predictions;
    const some = runTask(engine, study, {
      stop: stopAt(50),
      wanted: { user: Int32Array.of(5, 0), item: Int32Array.of(3, 2) },
    });
    expect([...some.predictions]).toEqual([all[23], all[2]]);
    expect([some.finalParameters, some.parametersAtMark, some.predictionsAtMark]).toEqual([null, null, null]);
    expect(runTask(engine, study, { stop: stopAt(50), wanted: 'none' }).predictions.length).toBe(0);
  });

  it('settles by the rule, and says when it met the limit first', () => {
    const study = studyOf(dataset, { alpha: 0.01 });
    const settled = runTask(engine, study, { stop: stopWhenSettled(1_000_000, null), wanted: 'none' });
    expect(settled.ended).toBe('settled');
    expect(settled.epochs % 100).toBe(0);
    const looks = [0];
    for (let epoch = 0; epoch < settled.epochs; looks.push(epoch)) epoch = nextLook(epoch, { every: 100, part: 10 });
    const [earlier = 0, before = 0, end = 0] = looks
      .slice(-3)
      .map((epoch) => runTask(engine, study, whole(epoch)).objective ?? 0);
    expect((before - end) / before).toBeLessThan(1e-5);
    expect((earlier - before) / earlier).toBeGreaterThanOrEqual(1e-5);
    expect(runTask(engine, study, { stop: stopWhenSettled(300, null), wanted: 'none' }).ended).toBe('limit');
  });

  it('that diverges has nothing but that to tell', () => {
    const result = runTask(engine, studyOf(dataset, { alpha: 0.5 }), whole(500));
    expect(result).toMatchObject({
      ended: 'diverged',
      rmseSeen: null,
      rmseHeldOut: null,
      objective: null,
      finalParameters: null,
    });
    expect(result.predictions.length).toBe(0);
  });

  it('outlives an error that only looks like the end, as a run does', () => {
    // Errors of 1e125 all the way, beyond what is taken for the end, and an α so small that nothing overflows.
    const study = studyOf(withRating(dataset, 0, 0, 1e125), { alpha: 1e-130, k: 1 });
    expectSame(runTask(engine, study, whole(30)), study, 30);
  });

  it('with nothing to train on comes to its start', () => {
    const study = studyOf(datasetFromMatrix([[4]]));
    const result = runTask(engine, study, {
      stop: stopWhenSettled(100, 50),
      leaveOut: 0,
      wanted: 'all',
      wantParameters: true,
    });
    expect([result.ended, result.epochs, result.objective]).toEqual(['limit', 0, null]);
    expect(result.finalParameters).toEqual(setupOfStudy(study).start);
    expect(result.rmseHeldOut).toBeCloseTo(Math.abs(4 - (result.predictions[0] ?? 0)), 12);
  });
});

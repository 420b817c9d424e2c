import { describe, expect, it } from 'vitest';
import type { ModelSettings } from '../../src/core/model.ts';
import type { TrainingState } from '../../src/core/parameters.ts';
import { datasetFromMatrix, trainEpochs } from '../engines/from-fixture.ts';
import { type Conversation, converse, differences, studyOf } from './conversation.ts';

const dataset = datasetFromMatrix([
  [5, 3, 0, 1],
  [4, 0, 0, 1],
  [1, 1, 0, 5],
  [1, 0, 0, 4],
  [0, 1, 5, 4],
  [2, 1, 3, 0],
]);
const adam = { kind: 'adam', batch: 4, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;
const biased: Partial<ModelSettings> = { prediction: 'mean+factors+biases', alpha: 0.01 };

const write = ({ ask }: Conversation, matrix: 'P' | 'Q' | 'bu' | 'bi', row: number, factor: number, value: number) =>
  ask({ kind: 'write', matrix, row, factor, value });

/** The state with one number of P typed over, made without the worker. */
function typed(state: TrainingState, at: number, value: number): TrainingState {
  const copy = structuredClone(state);
  copy.parameters.P[at] = value;
  return copy;
}

describe('a number that is typed over', () => {
  it('is what training goes on from', () => {
    const study = studyOf(dataset, { alpha: 0.01 });
    const run = converse(study);
    run.trainTo(30);
    const expected = typed(run.state(), 1 * 3 + 2, 0);
    const answer = write(run, 'P', 1, 2, 0);
    expect([...answer.view.P.slice(3, 6)]).toEqual([...expected.parameters.P.slice(3, 6)]);
    expect(differences(run.state(), expected)).toBe(0);
    trainEpochs(expected, study.model, dataset, 20);
    run.trainTo(50);
    expect(differences(run.state(), expected)).toBe(0);
  });

  it('is measured at once, and the curve keeps what was measured before', () => {
    const run = converse(studyOf(dataset, { alpha: 0.01 }));
    const before = run.trainTo(30).measures;
    const answer = write(run, 'Q', 3, 0, 9);
    expect(answer.measures.rmseSeen).not.toBe(before.rmseSeen);
    expect(run.history().rmseSeen.at(-1)).toBe(before.rmseSeen);
    expect(run.history().epoch.length).toBe(31);
    run.trainTo(31);
    expect(run.history().epoch.length).toBe(32);
  });

  it.each([
    ['P', 5, 1],
    ['Q', 3, 2],
    ['bu', 5, 0],
    ['bi', 0, 0],
  ] as const)('may be in %s', (matrix, row, factor) => {
    const run = converse(studyOf(dataset, biased));
    run.trainTo(5);
    const before = run.state();
    write(run, matrix, row, factor, -7.25);
    const after = run.state();
    expect(differences(before, after)).toBe(1);
    const width = matrix === 'P' || matrix === 'Q' ? 3 : 1;
    expect(after.parameters[matrix]?.[row * width + factor]).toBe(-7.25);
  });

  it('that is not there is not written', () => {
    const run = converse(studyOf(dataset));
    run.trainTo(5);
    const before = run.state();
    write(run, 'bu', 0, 0, 1);
    write(run, 'P', 6, 0, 1);
    write(run, 'P', 0, 3, 1);
    write(run, 'Q', -1, 0, 1);
    expect(differences(run.state(), before)).toBe(0);
  });

  it.each([
    ['SGD', {}],
    ['Adam', { optimizer: adam, alpha: 0.01 }],
    ['shuffled', { order: 'shuffled', alpha: 0.01 } as const],
  ])('in mid-epoch leaves the rest of the epoch to be trained from it: %s', (_, model) => {
    const study = studyOf(dataset, model);
    const run = converse(study);
    run.trainTo(10);
    run.step(2);
    const expected = typed(run.state(), 0, 3.5);
    write(run, 'P', 0, 0, 3.5);
    expect(differences(run.state(), expected)).toBe(0);
    const other = converse(study);
    other.load(study, expected);
    expect(differences(other.state(), expected)).toBe(0);
    run.trainTo(25);
    other.trainTo(25);
    expect(differences(run.state(), other.state())).toBe(0);
  });

  it('leaves the past as it was, and later epochs follow', () => {
    const study = studyOf(dataset, { alpha: 0.01 });
    const untouched = converse(study);
    untouched.trainTo(20);
    const run = converse(study);
    run.trainTo(20);
    write(run, 'P', 0, 0, 4);
    run.trainTo(25);
    const later = run.state();
    run.trainTo(30);
    run.ask({ kind: 'rewind', epoch: 25 });
    expect(differences(run.state(), later)).toBe(0);
    run.ask({ kind: 'rewind', epoch: 20 });
    expect(differences(run.state(), untouched.state())).toBe(0);
  });

  it('at epoch 0 is not the start that Reset returns to', () => {
    const study = studyOf(dataset, { alpha: 0.01 });
    const run = converse(study);
    const start = run.state();
    const measured = run.history().rmseSeen[0];
    write(run, 'P', 2, 1, 8);
    expect(differences(run.state(), start)).toBe(1);
    expect(differences(run.ask({ kind: 'rewind', epoch: 0 }).state ?? start, start)).toBe(0);
    expect(run.history().rmseSeen).toEqual([measured]);
    write(run, 'P', 2, 1, 8);
    run.trainTo(10);
    run.ask({ kind: 'rewind', epoch: 0 });
    expect(differences(run.state(), start)).toBe(0);
  });

  it('at epoch 0 survives another worker, and so does the start', () => {
    const study = studyOf(dataset, { alpha: 0.01 });
    const run = converse(study);
    const start = run.state();
    write(run, 'P', 2, 1, 8);
    const saved = run.ask({ kind: 'report' });
    expect(saved.start?.P).toEqual(start.parameters.P);
    const other = converse(study);
    other.load({ ...study, start: saved.start ?? null }, saved.state, run.history(), true);
    expect(differences(other.state(), run.state())).toBe(0);
    expect(differences(other.ask({ kind: 'rewind', epoch: 0 }).state ?? start, start)).toBe(0);
  });

  it('is what a run falls back to that blows up before an epoch is completed', () => {
    const run = converse(studyOf(dataset, { alpha: 0.01 }));
    run.trainTo(12);
    const expected = typed(run.state(), 4, 1e100);
    write(run, 'P', 1, 1, 1e100);
    const answer = run.trainTo(40);
    expect(answer.divergence?.during).toBe(13);
    expect(answer.epoch).toBe(12);
    expect(differences(run.state(), expected)).toBe(0);
  });
});

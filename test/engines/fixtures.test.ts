import { describe, expect, it } from 'vitest';
import { measure } from '../../src/core/metrics.ts';
import type { ModelSettings } from '../../src/core/model.ts';
import { predict } from '../../src/core/predict.ts';
import { gatherColumns, trainingData } from '../../src/core/training-data.ts';
import { createReferenceEngine } from '../../src/engines/reference/reference.ts';
import {
  datasetFromMatrix,
  differingBits,
  notebookModel,
  parametersFrom,
  readFixture,
  stateAt,
  trainEpochs,
} from './from-fixture.ts';

const SEQUENTIAL = ['seed6x4_k3', 'quux5x4_k2', 'synth20x15_k3_fast', 'coldrowcol_k2', 'allequal_k2'];

function predictions(parameters: ReturnType<typeof parametersFrom>, R: number[][]): number[] {
  return R.flatMap((row, u) => row.map((_, i) => predict(parameters, u, i)));
}

describe('the notebook, bit for bit', () => {
  for (const name of [...SEQUENTIAL, 'seed6x4_k3_simultaneous']) {
    it(name, () => {
      const run = readFixture(name);
      const update = SEQUENTIAL.includes(name) ? 'sequential' : 'simultaneous';
      const model = notebookModel({ k: run.K, alpha: run.alpha, beta: run.beta, optimizer: { kind: 'sgd', update } });
      const dataset = datasetFromMatrix(run.R);
      const data = trainingData(dataset);
      const state = stateAt(parametersFrom(run.P0, run.Q0), model);
      const { parameters } = state;
      const losses = new Map(run.lossPerStep.map((loss) => [loss.step, loss]));
      const snapshots = new Map(run.snapshots.map((snapshot) => [snapshot.step, snapshot]));
      let compared = 0;
      for (let step = 0; step <= run.steps; step += 1) {
        if (step > 0) trainEpochs(state, model, dataset, 1);
        const loss = losses.get(step);
        if (loss) {
          const measures = measure(parameters, data, model);
          expect(measures.objective).toBe(loss.regLoss);
          expect(measures.rmseSeen).toBeCloseTo(loss.rmse, 13);
          compared += 1;
        }
        const snapshot = snapshots.get(step);
        if (snapshot) {
          expect(differingBits(parameters.P, snapshot.P.flat())).toBe(0);
          expect(differingBits(parameters.Q, snapshot.Q.flat())).toBe(0);
          compared += 1;
        }
      }
      expect(compared).toBe(run.lossPerStep.length + run.snapshots.length);
      expect(differingBits(parameters.P, run.P.flat())).toBe(0);
      expect(differingBits(parameters.Q, run.Q.flat())).toBe(0);
      predictions(parameters, run.R).forEach((predicted, at) => {
        expect(predicted).toBeCloseTo(run.Rhat.flat()[at] ?? Number.NaN, 13);
      });
    });
  }

  it('an item and a user without ratings keep their start', () => {
    const run = readFixture('coldrowcol_k2');
    const model = notebookModel({ k: 2, alpha: run.alpha });
    const state = stateAt(parametersFrom(run.P0, run.Q0), model);
    trainEpochs(state, model, datasetFromMatrix(run.R), 100);
    expect([...state.parameters.P.subarray(4, 6)]).toEqual(run.P0[2]);
    expect([...state.parameters.Q.subarray(6, 8)]).toEqual(run.Q0[3]);
  });
});

describe('the biased references, bit for bit', () => {
  it('μ + b_u + b_i + p·q by SGD: γ and λ of the libraries are α = γ/2 and β = 2λ', () => {
    const run = readFixture('biased_sgd_20x15_k4');
    const model: ModelSettings = notebookModel({
      k: run.K,
      prediction: 'mean+factors+biases',
      optimizer: { kind: 'sgd', update: 'simultaneous' },
      alpha: run.lr / 2,
      beta: 2 * run.reg,
    });
    const dataset = datasetFromMatrix(run.R);
    const data = trainingData(dataset);
    expect(data.mean).toBe(run.mu);
    const state = stateAt(parametersFrom(run.P0, run.Q0, run.bu0, run.bi0, data.mean), model);
    const { parameters } = state;
    for (let epoch = 0; epoch <= run.epochs; epoch += 1) {
      if (epoch > 0) trainEpochs(state, model, dataset, 1);
      const loss = run.lossPerEpoch.find((entry) => entry.epoch === epoch);
      if (loss) {
        const measures = measure(parameters, data, model);
        expect(measures.rmseSeen).toBeCloseTo(loss.rmse, 13);
        expect(measures.objective).toBeCloseTo(loss.regLoss, 11);
      }
      const snapshot = run.snapshots.find((entry) => entry.epoch === epoch);
      if (snapshot) {
        expect(differingBits(parameters.P, snapshot.P.flat())).toBe(0);
        expect(differingBits(parameters.Q, snapshot.Q.flat())).toBe(0);
        expect(differingBits(parameters.bu ?? [], snapshot.bu)).toBe(0);
        expect(differingBits(parameters.bi ?? [], snapshot.bi)).toBe(0);
      }
    }
    expect(differingBits(parameters.P, run.P.flat())).toBe(0);
    expect(differingBits(parameters.Q, run.Q.flat())).toBe(0);
    expect(differingBits(parameters.bu ?? [], run.bu)).toBe(0);
    expect(differingBits(parameters.bi ?? [], run.bi)).toBe(0);
    expect(predictions(parameters, run.R)).toEqual(run.Rhat.flat().map((value) => expect.closeTo(value, 13)));
  });

  it('b_u + b_i + p·q by mini-batch Adam with weight decay, in the order torch was given', () => {
    const run = readFixture('biased_adam_torch_20x15_k4_wd');
    const model: ModelSettings = notebookModel({
      k: run.K,
      prediction: 'factors+biases',
      optimizer: { kind: 'adam', batch: run.batch, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
      alpha: run.lr,
      beta: run.wd,
    });
    const dataset = datasetFromMatrix(run.R);
    const data = trainingData(dataset);
    const engine = createReferenceEngine();
    const total = engine.visitsPerEpoch(model, data);
    const state = stateAt(parametersFrom(run.P0, run.Q0, run.bu0, run.bi0), model);
    const { parameters } = state;
    let update = 0;
    run.order.forEach((order, epoch) => {
      const columns = gatherColumns(data.training, Int32Array.from(order));
      for (let visit = 0; visit < total; visit += 1) {
        engine.run(state, model, { columns, from: visit, to: visit + 1, limit: Number.POSITIVE_INFINITY, error: 0 });
        update += 1;
        const snapshot = run.snapshots.find((entry) => entry.update === update);
        if (!snapshot) continue;
        expect(differingBits(parameters.P, snapshot.P.flat())).toBe(0);
        expect(differingBits(parameters.bi ?? [], snapshot.bi)).toBe(0);
      }
      const loss = run.lossPerEpoch.find((entry) => entry.epoch === epoch + 1);
      expect(measure(parameters, data, model).rmseSeen).toBeCloseTo(loss?.rmse ?? Number.NaN, 13);
    });
    expect(update).toBe(180);
    expect(differingBits(parameters.P, run.P.flat())).toBe(0);
    expect(differingBits(parameters.Q, run.Q.flat())).toBe(0);
    expect(differingBits(parameters.bu ?? [], run.bu)).toBe(0);
    expect(differingBits(parameters.bi ?? [], run.bi)).toBe(0);
  });
});

describe('the exact optimum of a full matrix', () => {
  interface ClosedForm {
    readonly R: number[][];
    readonly K: number;
    readonly P0: number[][];
    readonly Q0: number[][];
    readonly cases: {
      beta: number;
      Rhat: number[][];
      Jmin: number;
      sgd: { steps: number; alpha: number; maxAbsDiff: number; regLoss: number };
    }[];
  }
  const closed = readFixture<ClosedForm>('closedform_full6x4');
  for (const { beta, Rhat, Jmin, sgd } of closed.cases) {
    it(`is approached from above at β ${beta}, exactly as far as the reference run came`, () => {
      const model = notebookModel({ k: closed.K, alpha: sgd.alpha, beta });
      const dataset = datasetFromMatrix(closed.R);
      const state = stateAt(parametersFrom(closed.P0, closed.Q0), model);
      trainEpochs(state, model, dataset, sgd.steps);
      const { objective } = measure(state.parameters, trainingData(dataset), model);
      expect(objective).toBeCloseTo(sgd.regLoss, 10);
      expect(objective).toBeGreaterThan(Jmin);
      const off = predictions(state.parameters, closed.R).map((value, at) => Math.abs(value - (Rhat.flat()[at] ?? 0)));
      expect(Math.max(...off)).toBeCloseTo(sgd.maxAbsDiff, 10);
    });
  }
});

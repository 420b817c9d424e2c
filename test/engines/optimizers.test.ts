import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawStart } from '../../src/core/init.ts';
import { measure } from '../../src/core/metrics.ts';
import {
  ADAM_DEFAULTS,
  MOMENTUM_DEFAULTS,
  type ModelSettings,
  type OptimizerSettings,
  type Prediction,
} from '../../src/core/model.ts';
import type { Parameters, TrainingState } from '../../src/core/parameters.ts';
import { predict } from '../../src/core/predict.ts';
import { trainingData } from '../../src/core/training-data.ts';
import type { Refusal } from '../../src/engines/engine.ts';
import { createReferenceEngine } from '../../src/engines/reference/reference.ts';
import { datasetFromMatrix, differingBits, notebookModel, readFixture, stateAt, trainEpochs } from './from-fixture.ts';

const notebook = datasetFromMatrix(readFixture('seed6x4_k3').R);
const data = trainingData(notebook);
const ALS: OptimizerSettings = { kind: 'als' };
const PREDICTIONS: readonly Prediction[] = ['factors', 'factors+biases', 'mean+factors+biases'];
const engine = createReferenceEngine();

function start(model: ModelSettings): TrainingState {
  return stateAt(drawStart(model, data.m, data.n, data.mean), model);
}

function allNumbers({ P, Q, bu, bi }: Parameters): number[] {
  return [...P, ...Q, ...(bu ?? []), ...(bi ?? [])];
}

function visit(state: TrainingState, model: ModelSettings, from: number, to = from + 1): number {
  return engine.run(state, model, { columns: data.training, from, to, limit: 1e120, error: 0 });
}

function objective(state: TrainingState, model: ModelSettings): number {
  return measure(state.parameters, data, model).objective ?? Number.NaN;
}

/** The objective's slope in every parameter, by central differences. */
function slopes(state: TrainingState, model: ModelSettings, groups: readonly Float64Array[]): number[][] {
  const h = 1e-5;
  return groups.map((numbers) =>
    Array.from(numbers, (value, at) => {
      numbers[at] = value + h;
      const above = objective(state, model);
      numbers[at] = value - h;
      const below = objective(state, model);
      numbers[at] = value;
      return (above - below) / (2 * h);
    }),
  );
}

const groupsOf = ({ P, Q, bu, bi }: Parameters) => [P, Q, ...(bu && bi ? [bu, bi] : [])];

describe('momentum', () => {
  for (const update of ['sequential', 'simultaneous'] as const) {
    for (const prediction of PREDICTIONS) {
      it(`with γ = 0 is SGD, bit for bit (${update}, ${prediction})`, () => {
        const plain = notebookModel({ prediction, optimizer: { kind: 'sgd', update }, alpha: 0.01 });
        const heavy: ModelSettings = { ...plain, optimizer: { kind: 'momentum', update, momentum: 0 } };
        const one = start(plain);
        const other = start(heavy);
        trainEpochs(one, plain, notebook, 100);
        trainEpochs(other, heavy, notebook, 100);
        expect(differingBits(allNumbers(other.parameters), allNumbers(one.parameters))).toBe(0);
      });
    }
  }

  it('adds γ times the last step: two visits to one rating by hand', () => {
    const one = datasetFromMatrix([[4]]);
    const model = notebookModel({ k: 1, alpha: 0.1, beta: 0.5, optimizer: { ...MOMENTUM_DEFAULTS, momentum: 0.5 } });
    const state = stateAt({ k: 1, P: Float64Array.of(1), Q: Float64Array.of(2), bu: null, bi: null, mu: null }, model);
    trainEpochs(state, model, one, 2);
    // e = 2; v_p = 8 − .5 = 7.5, p = 1.75; v_q = 7 − 1 = 6, q = 2.6
    // e = 4 − 4.55 = −.55; v_p = 3.75 − 2.86 − .875 = .015, p = 1.7515; v_q = 3 − 1.92665 − 1.3 = −.22665, q = 2.577335
    expect(state.parameters.P[0]).toBeCloseTo(1.7515, 14);
    expect(state.parameters.Q[0]).toBeCloseTo(2.577335, 14);
    expect(state.velocity?.P[0]).toBeCloseTo(0.015, 14);
    expect(state.velocity?.Q[0]).toBeCloseTo(-0.22665, 14);
  });

  it('leaves rows that are not visited, and their velocities, alone', () => {
    const model = notebookModel({ alpha: 0.001, optimizer: MOMENTUM_DEFAULTS });
    const state = start(model);
    trainEpochs(state, model, notebook, 3);
    const before = { P: state.parameters.P.slice(), v: state.velocity?.P.slice() };
    visit(state, model, 0);
    expect(differingBits(state.parameters.P.subarray(3), before.P.subarray(3))).toBe(0);
    expect(differingBits(state.velocity?.P.subarray(3) ?? [], before.v?.subarray(3) ?? [])).toBe(0);
    expect(differingBits(state.parameters.P.subarray(0, 3), before.P.subarray(0, 3))).toBe(3);
  });
});

describe('gradients', () => {
  for (const prediction of PREDICTIONS) {
    it(`a tiny epoch of SGD and of momentum goes down the slope of the objective (${prediction})`, () => {
      const alpha = 1e-9;
      for (const optimizer of [
        { kind: 'sgd', update: 'simultaneous' },
        { kind: 'momentum', update: 'simultaneous', momentum: 0 },
      ] as const) {
        const model = notebookModel({ prediction, optimizer, alpha, beta: 0.3, seed: 3 });
        const state = start(model);
        const groups = groupsOf(state.parameters);
        const slope = slopes(state, model, groups);
        const before = groups.map((numbers) => numbers.slice());
        trainEpochs(state, model, notebook, 1);
        // −∂(e² + (β/2)·p²)/∂p = 2·e·q − β·p: what α multiplies.
        groups.forEach((numbers, group) => {
          numbers.forEach((value, at) => {
            const moved = (value - (before[group]?.[at] ?? 0)) / alpha;
            expect(moved).toBeCloseTo(-(slope[group]?.[at] ?? 0), 4);
          });
        });
      }
    });

    it(`a tiny whole-batch step of Adam goes against the sign of the slope (${prediction})`, () => {
      const optimizer = { ...ADAM_DEFAULTS, batch: 1000, epsilon: 1e-12 };
      const model = notebookModel({ prediction, optimizer, alpha: 1e-9, beta: 0.3, seed: 3 });
      const state = start(model);
      const groups = groupsOf(state.parameters);
      const slope = slopes(state, model, groups);
      trainEpochs(state, model, notebook, 1);
      // m = (1 − β1)·g after the first step.
      const m = state.adam ? [state.adam.m.P, state.adam.m.Q, state.adam.m.bu ?? [], state.adam.m.bi ?? []] : [];
      groups.forEach((numbers, group) => {
        numbers.forEach((_, at) => {
          expect((m[group]?.[at] ?? Number.NaN) / 0.1).toBeCloseTo(slope[group]?.[at] ?? Number.NaN, 6);
        });
      });
    });
  }
});

describe('Adam with decoupled weight decay', () => {
  it('shrinks the numbers by α·β and keeps β out of the moments: one step by hand', () => {
    const one = datasetFromMatrix([[4]]);
    const optimizer = { ...ADAM_DEFAULTS, batch: 1, decay: 'decoupled' } as const;
    const model = notebookModel({ k: 1, alpha: 0.1, beta: 0.5, optimizer });
    const state = stateAt({ k: 1, P: Float64Array.of(1), Q: Float64Array.of(2), bu: null, bi: null, mu: null }, model);
    trainEpochs(state, model, one, 1);
    // g_p = −2·2 = −4, so m̂/(√v̂ + ε) = −1: p = 1·(1 − .05) + .1; g_q = −2·1: q = 2·(1 − .05) + .1
    expect(state.parameters.P[0]).toBeCloseTo(1.05, 8);
    expect(state.parameters.Q[0]).toBeCloseTo(2, 8);
    expect(state.adam?.m.P[0]).toBeCloseTo(-0.4, 14);
  });

  it('is coupled Adam, bit for bit, where β = 0', () => {
    const coupled = notebookModel({ beta: 0, alpha: 0.01, optimizer: { ...ADAM_DEFAULTS, batch: 4 } });
    const decoupled: ModelSettings = { ...coupled, optimizer: { ...ADAM_DEFAULTS, batch: 4, decay: 'decoupled' } };
    const one = start(coupled);
    const other = start(decoupled);
    trainEpochs(one, coupled, notebook, 50);
    trainEpochs(other, decoupled, notebook, 50);
    expect(differingBits(allNumbers(other.parameters), allNumbers(one.parameters))).toBe(0);
  });
});

describe('ALS', () => {
  interface ClosedForm {
    readonly R: number[][];
    readonly K: number;
    readonly cases: { beta: number; Rhat: number[][]; Jmin: number }[];
  }
  const closed = readFixture<ClosedForm>('closedform_full6x4');
  for (const { beta, Rhat, Jmin } of closed.cases) {
    it(`brings R̂ within 1e-6 of the exact optimum of a full matrix in 1,000 sweeps (β ${beta})`, () => {
      const model = notebookModel({ k: closed.K, beta, optimizer: ALS });
      const dataset = datasetFromMatrix(closed.R);
      const state = stateAt(drawStart(model, 6, 4, 0), model);
      trainEpochs(state, model, dataset, 1000);
      const off = closed.R.flatMap((row, u) =>
        row.map((_, i) => Math.abs(predict(state.parameters, u, i) - (Rhat[u]?.[i] ?? Number.NaN))),
      );
      expect(Math.max(...off)).toBeLessThan(1e-6);
      expect(measure(state.parameters, trainingData(dataset), model).objective).toBeCloseTo(Jmin, 9);
    });
  }

  const setting = fc.record({
    seed: fc.nat(1000),
    k: fc.integer({ min: 1, max: 5 }),
    beta: fc.constantFrom(0.001, 0.02, 0.5, 3),
    prediction: fc.constantFrom(...PREDICTIONS),
    nonNegative: fc.boolean(),
  });

  it('never raises the objective, row by row, with and without non-negative factors', () => {
    fc.assert(
      fc.property(setting, ({ nonNegative, ...changes }) => {
        const model = notebookModel({ ...changes, optimizer: ALS, ...(nonNegative ? { nonNegative } : {}) });
        const state = start(model);
        let before = objective(state, model);
        for (let sweep = 0; sweep < 30; sweep += 1) {
          for (let row = 0; row < data.m + data.n; row += 1) {
            expect(visit(state, model, row)).toBe(1);
            const after = objective(state, model);
            // Solving a row rounds; the objective is flat where it is lowest.
            expect(after - before).toBeLessThanOrEqual(1e-10 * before);
            before = after;
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('puts a row where no slope is left in it', () => {
    const model = notebookModel({ prediction: 'mean+factors+biases', beta: 0.3, optimizer: ALS, seed: 9 });
    const state = start(model);
    visit(state, model, 0);
    const [P = [], , bu = []] = slopes(state, model, groupsOf(state.parameters));
    for (const slope of [...P.slice(0, 3), bu[0] ?? Number.NaN]) expect(Math.abs(slope)).toBeLessThan(1e-6);
    // The next user's row was not touched yet.
    expect(Math.max(...P.slice(3, 6).map(Math.abs))).toBeGreaterThan(1e-3);
  });

  it('refuses a row that β = 0 leaves open, says which and why, and writes nothing of it', () => {
    const model = notebookModel({ beta: 0, optimizer: ALS });
    const state = start(model);
    const before = allNumbers(state.parameters);
    const stretch = {
      columns: data.training,
      from: 0,
      to: 10,
      limit: 1e120,
      error: 0,
      refusal: null as Refusal | null,
    };
    // User 0 has three ratings for three factors; user 1 has two.
    expect(engine.run(state, model, stretch)).toBe(1);
    expect(stretch.refusal).toMatchObject({
      side: 'users',
      row: 1,
      problem: { code: 'out-of-range', got: 'β = 0' },
    });
    expect(differingBits(state.parameters.P.subarray(3), before.slice(3, 18))).toBe(0);
  });
});

describe('non-negative factors', () => {
  const kinds: readonly (readonly [string, OptimizerSettings, number])[] = [
    ['SGD', { kind: 'sgd', update: 'sequential' }, 0.01],
    ['SGD, simultaneous', { kind: 'sgd', update: 'simultaneous' }, 0.01],
    ['momentum', MOMENTUM_DEFAULTS, 0.001],
    ['Adam', { ...ADAM_DEFAULTS, batch: 4 }, 0.01],
    ['Adam, decoupled', { ...ADAM_DEFAULTS, batch: 4, decay: 'decoupled' }, 0.01],
    ['ALS', ALS, 0.01],
  ];
  for (const [name, optimizer, alpha] of kinds) {
    it(`${name}: none is below 0 after any visit; biases may be; the error goes down`, () => {
      const model = notebookModel({ prediction: 'mean+factors+biases', optimizer, alpha, nonNegative: true, seed: 2 });
      const state = start(model);
      const first = measure(state.parameters, data, model).rmseSeen ?? 0;
      const visits = engine.visitsPerEpoch(model, data);
      let zeros = 0;
      for (let epoch = 0; epoch < 300; epoch += 1) {
        for (let at = 0; at < visits; at += 1) {
          visit(state, model, at);
          const factors = [...state.parameters.P, ...state.parameters.Q];
          expect(Math.min(...factors)).toBeGreaterThanOrEqual(0);
          zeros += factors.filter((value) => value === 0).length;
        }
        state.epoch += 1;
      }
      expect(zeros).toBeGreaterThan(0);
      expect(Math.min(...(state.parameters.bu ?? []), ...(state.parameters.bi ?? []))).toBeLessThan(0);
      expect(measure(state.parameters, data, model).rmseSeen).toBeLessThan(first / 2);
    });
  }
});

describe('non-negative factors, where nothing would become negative', () => {
  for (const optimizer of [{ kind: 'sgd', update: 'sequential' }, MOMENTUM_DEFAULTS, ADAM_DEFAULTS] as const) {
    it(`${optimizer.kind} is the same, bit for bit`, () => {
      const model = notebookModel({ optimizer, alpha: 0.0001, seed: 4 });
      const one = start(model);
      const other = start(model);
      trainEpochs(one, model, notebook, 3);
      trainEpochs(other, { ...model, nonNegative: true }, notebook, 3);
      expect(Math.min(...allNumbers(one.parameters))).toBeGreaterThan(0);
      expect(differingBits(allNumbers(other.parameters), allNumbers(one.parameters))).toBe(0);
    });
  }
});

describe('a schedule', () => {
  it('takes α from the epoch: two epochs of a step are one at α and one at α/2', () => {
    for (const optimizer of [{ kind: 'sgd', update: 'sequential' }, MOMENTUM_DEFAULTS, ADAM_DEFAULTS] as const) {
      const model = notebookModel({ optimizer, alpha: 0.004 });
      const scheduled: ModelSettings = { ...model, schedule: { kind: 'step', factor: 0.5, every: 1 } };
      const one = start(model);
      trainEpochs(one, model, notebook, 1);
      trainEpochs(one, { ...model, alpha: 0.002 }, notebook, 1);
      const other = start(scheduled);
      trainEpochs(other, scheduled, notebook, 2);
      expect(differingBits(allNumbers(other.parameters), allNumbers(one.parameters))).toBe(0);
    }
  });

  it('stands still once a cosine has come down to 0', () => {
    const model = notebookModel({ alpha: 0.01, schedule: { kind: 'cosine', epochs: 10 } });
    const state = start(model);
    trainEpochs(state, model, notebook, 10);
    const there = allNumbers(state.parameters);
    trainEpochs(state, model, notebook, 5);
    expect(differingBits(allNumbers(state.parameters), there)).toBe(0);
  });
});

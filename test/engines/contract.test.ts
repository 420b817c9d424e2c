import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawStart } from '../../src/core/init.ts';
import {
  ADAM_DEFAULTS,
  MOMENTUM_DEFAULTS,
  type ModelSettings,
  type OptimizerSettings,
  type Prediction,
} from '../../src/core/model.ts';
import type { Parameters, TrainingState } from '../../src/core/parameters.ts';
import { predict } from '../../src/core/predict.ts';
import { traceUpdate } from '../../src/core/trace-update.ts';
import { trainingData } from '../../src/core/training-data.ts';
import type { Engine } from '../../src/engines/engine.ts';
import { createReferenceEngine } from '../../src/engines/reference/reference.ts';
import { datasetFromMatrix, differingBits, notebookModel, readFixture, stateAt, trainEpochs } from './from-fixture.ts';

/** Every engine there is; a faster one joins here and must pass all of it. */
const ENGINES: readonly (() => Engine)[] = [createReferenceEngine];
const OPTIMIZERS: readonly { readonly name: string; readonly optimizer: OptimizerSettings }[] = [
  { name: 'SGD sequential', optimizer: { kind: 'sgd', update: 'sequential' } },
  { name: 'SGD simultaneous', optimizer: { kind: 'sgd', update: 'simultaneous' } },
  { name: 'momentum sequential', optimizer: MOMENTUM_DEFAULTS },
  { name: 'momentum simultaneous', optimizer: { ...MOMENTUM_DEFAULTS, update: 'simultaneous' } },
  { name: 'Adam', optimizer: { ...ADAM_DEFAULTS, batch: 4 } },
  { name: 'Adam, decoupled', optimizer: { ...ADAM_DEFAULTS, batch: 4, decay: 'decoupled' } },
  { name: 'ALS', optimizer: { kind: 'als' } },
];
const PREDICTIONS: readonly Prediction[] = ['factors', 'factors+biases', 'mean+factors+biases'];

const R = [
  [5, 3, 0, 1, 0],
  [4, 0, 0, 1, 0],
  [1, 1, 0, 5, 0],
  [0, 0, 0, 0, 0],
  [1, 0, 0, 4, 0],
  [0, 1, 5, 4, 0],
];
const dataset = datasetFromMatrix(R);
const data = trainingData(dataset);

function start(model: ModelSettings): TrainingState {
  return stateAt(drawStart(model, data.m, data.n, data.mean), model);
}

function allNumbers({ P, Q, bu, bi }: Parameters): number[] {
  return [...P, ...Q, ...(bu ?? []), ...(bi ?? [])];
}

function allPredictions(parameters: Parameters): number[] {
  return R.flatMap((row, u) => row.map((_, i) => predict(parameters, u, i)));
}

for (const createEngine of ENGINES) {
  for (const { name, optimizer } of OPTIMIZERS) {
    for (const prediction of PREDICTIONS) {
      describe(`${createEngine().name} engine, ${name}, ${prediction}`, () => {
        // A tenth of α goes as far with γ = .9.
        const alpha = optimizer.kind === 'momentum' ? 0.001 : 0.01;
        const model = notebookModel({ k: 3, prediction, optimizer, alpha, seed: 5 });
        const engine = createEngine();
        const { kind } = optimizer;
        const isAdam = kind === 'adam';

        it('gives the same bits however an epoch is cut', () => {
          const whole = start(model);
          trainEpochs(whole, model, dataset, 20, engine);
          fc.assert(
            fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 20 }), (cuts) => {
              const state = start(model);
              const total = engine.visitsPerEpoch(model, data);
              let cut = 0;
              for (let epoch = 0; epoch < 20; epoch += 1) {
                for (let from = 0; from < total; ) {
                  const to = Math.min(total, from + (cuts[cut % cuts.length] ?? 1));
                  cut += 1;
                  expect(engine.run(state, model, { columns: data.training, from, to, limit: 1e120, error: 0 })).toBe(
                    to - from,
                  );
                  from = to;
                }
              }
              expect(differingBits(allNumbers(state.parameters), allNumbers(whole.parameters))).toBe(0);
            }),
            { numRuns: 20 },
          );
        });

        it('400 + 600 epochs are 1,000 epochs', () => {
          const once = start(model);
          trainEpochs(once, model, dataset, 1000, engine);
          const twice = start(model);
          trainEpochs(twice, model, dataset, 400, createEngine());
          trainEpochs(twice, model, dataset, 600, createEngine());
          expect(differingBits(allNumbers(twice.parameters), allNumbers(once.parameters))).toBe(0);
        });

        it('does not see the sign of a factor', () => {
          const state = start(model);
          const flipped = start(model);
          for (const rows of [flipped.parameters.P, flipped.parameters.Q]) {
            for (let at = 1; at < rows.length; at += 3) rows[at] = -(rows[at] ?? 0);
          }
          trainEpochs(state, model, dataset, 50, engine);
          trainEpochs(flipped, model, dataset, 50, engine);
          expect(differingBits(allPredictions(flipped.parameters), allPredictions(state.parameters))).toBe(0);
        });

        it('leaves an all-zero factor zero, and everything else as it was without it', () => {
          const state = start(model);
          const wide = { ...model, k: 4 };
          const widen = (rows: Float64Array) =>
            Float64Array.from({ length: (rows.length / 3) * 4 }, (_, at) =>
              at % 4 === 3 ? 0 : (rows[Math.floor(at / 4) * 3 + (at % 4)] ?? 0),
            );
          const { P, Q, bu, bi, mu } = state.parameters;
          const wider = stateAt(
            { k: 4, P: widen(P), Q: widen(Q), bu: bu?.slice() ?? null, bi: bi?.slice() ?? null, mu },
            wide,
          );
          trainEpochs(state, model, dataset, 50, engine);
          trainEpochs(wider, wide, dataset, 50, engine);
          expect(differingBits(wider.parameters.P, widen(state.parameters.P))).toBe(0);
          expect(differingBits(wider.parameters.Q, widen(state.parameters.Q))).toBe(0);
          expect(differingBits(wider.parameters.bu ?? [], state.parameters.bu ?? [])).toBe(0);
        });

        it('keeps a constant start at rank 1', () => {
          const state = start(model);
          state.parameters.P.fill(0.5);
          state.parameters.Q.fill(0.25);
          // Solving a row rounds its numbers one after the other, and whatever parts them grows from epoch to epoch.
          trainEpochs(state, model, dataset, kind === 'als' ? 1 : 200, engine);
          for (const rows of [state.parameters.P, state.parameters.Q]) {
            for (let at = 0; at < rows.length; at += 3) {
              const [first = Number.NaN, second = Number.NaN, third = Number.NaN] = rows.subarray(at, at + 3);
              const allowed = kind === 'als' ? 1e-9 : 0;
              expect(Math.abs(second - first)).toBeLessThanOrEqual(allowed);
              expect(Math.abs(third - first)).toBeLessThanOrEqual(allowed);
            }
          }
        });

        it(
          isAdam
            ? 'lets decay move users and items without ratings'
            : 'keeps users and items without ratings as they were',
          () => {
            const state = start(model);
            const before = start(model);
            trainEpochs(state, model, dataset, 30, engine);
            const user = differingBits(state.parameters.P.subarray(9, 12), before.parameters.P.subarray(9, 12));
            const item = differingBits(state.parameters.Q.subarray(12, 15), before.parameters.Q.subarray(12, 15));
            expect([user, item]).toEqual(isAdam ? [3, 3] : [0, 0]);
          },
        );

        it('stops before a visit whose error is too large, and writes nothing of it', () => {
          const state = start(model);
          const before = start(model);
          const columns = {
            ...data.training,
            value: data.training.value.map((value, at) => (at === 8 ? 1e130 : value)),
          };
          const total = engine.visitsPerEpoch(model, data);
          // Rating 8 is the first of user 4, and stands in the third batch of 4.
          const at = { sgd: 8, momentum: 8, adam: 2, als: 4 }[kind];
          expect(engine.run(state, model, { columns, from: 0, to: total, limit: 1e120, error: 0 })).toBe(at);
          engine.run(before, model, { columns, from: 0, to: at, limit: Number.POSITIVE_INFINITY, error: 0 });
          expect(differingBits(allNumbers(state.parameters), allNumbers(before.parameters))).toBe(0);
        });

        if (!isAdam) {
          it('gives the same R̂ when P and Q start rotated', () => {
            const state = start(model);
            const rotated = start(model);
            // A rotation by Pythagorean triples: orthogonal to the last bit or so.
            const [c, s] = [0.6, 0.8];
            for (const rows of [rotated.parameters.P, rotated.parameters.Q]) {
              for (let at = 0; at < rows.length; at += 3) {
                const x = rows[at] ?? 0;
                const y = rows[at + 1] ?? 0;
                rows[at] = c * x - s * y;
                rows[at + 1] = s * x + c * y;
              }
            }
            trainEpochs(state, model, dataset, 50, engine);
            trainEpochs(rotated, model, dataset, 50, engine);
            const expected = allPredictions(state.parameters);
            allPredictions(rotated.parameters).forEach((predicted, at) => {
              const right = expected[at] ?? Number.NaN;
              expect(Math.abs(predicted - right) / Math.abs(right)).toBeLessThan(kind === 'als' ? 1e-9 : 1e-12);
            });
          });
        }

        if (kind === 'sgd') {
          it('writes what the trace spells out', () => {
            const state = start(model);
            trainEpochs(state, model, dataset, 3, engine);
            for (let visit = 0; visit < data.training.user.length; visit += 1) {
              const u = data.training.user[visit] ?? 0;
              const i = data.training.item[visit] ?? 0;
              const r = data.training.value[visit] ?? 0;
              const trace = traceUpdate(state.parameters, u, i, r, model);
              expect(trace?.predicted).toBe(predict(state.parameters, u, i));
              const stretch = { columns: data.training, from: visit, to: visit + 1, limit: 1e120, error: 0 };
              engine.run(state, model, stretch);
              expect(trace?.error).toBe(stretch.error);
              expect(trace?.factors.map((factor) => factor.newP)).toEqual([
                ...state.parameters.P.subarray(u * 3, u * 3 + 3),
              ]);
              expect(trace?.factors.map((factor) => factor.newQ)).toEqual([
                ...state.parameters.Q.subarray(i * 3, i * 3 + 3),
              ]);
              expect(trace?.userBias?.after).toBe(state.parameters.bu?.[u]);
              expect(trace?.itemBias?.after).toBe(state.parameters.bi?.[i]);
            }
          });
        }
      });
    }
  }
}

describe('one rating alone', () => {
  it('r > β/2 converges to r − β/2', () => {
    const one = datasetFromMatrix([[4]]);
    const model = notebookModel({ k: 2, alpha: 0.01, beta: 1 });
    const state = stateAt(drawStart(model, 1, 1, 4), model);
    trainEpochs(state, model, one, 5000);
    expect(predict(state.parameters, 0, 0)).toBeCloseTo(3.5, 10);
  });
});

describe('the notebook from 200 seeds', () => {
  it('is spread as numpy’s 200 seeds are', () => {
    const reference = readFixture<{
      R: number[][];
      mean: number[][];
      std: number[][];
      rmse: { mean: number; std: number };
    }>('montecarlo_seed6x4_k3');
    const notebook = datasetFromMatrix(reference.R);
    const { training, m, n, mean } = trainingData(notebook);
    const sums = new Float64Array(24);
    let rmses = 0;
    for (let seed = 0; seed < 200; seed += 1) {
      const model = notebookModel({ seed });
      const state = stateAt(drawStart(model, m, n, mean), model);
      trainEpochs(state, model, notebook, 5000);
      let squares = 0;
      training.value.forEach((value, at) => {
        squares += (value - predict(state.parameters, training.user[at] ?? 0, training.item[at] ?? 0)) ** 2;
      });
      rmses += Math.sqrt(squares / training.value.length);
      for (let cell = 0; cell < 24; cell += 1)
        sums[cell] = (sums[cell] ?? 0) + predict(state.parameters, Math.floor(cell / 4), cell % 4);
    }
    // Two means of 200 differ by less than five of their standard errors.
    const allowed = (deviation: number) => (5 * deviation * Math.SQRT2) / Math.sqrt(200);
    reference.mean.flat().forEach((expected, cell) => {
      expect(Math.abs((sums[cell] ?? 0) / 200 - expected)).toBeLessThan(allowed(reference.std.flat()[cell] ?? 0));
    });
    expect(Math.abs(rmses / 200 - reference.rmse.mean)).toBeLessThan(allowed(reference.rmse.std));
  });
});

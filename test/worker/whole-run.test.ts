import { describe, expect, it } from 'vitest';
import type { ModelSettings } from '../../src/core/model.ts';
import type { Study } from '../../src/core/study.ts';
import { bestOf, endOf, type RateRun, regimeOf, STRIP_RATES } from '../../src/core/understand/rate-strip.ts';
import { stopAt } from '../../src/core/understand/retrain.ts';
import { createReferenceEngine } from '../../src/engines/reference/reference.ts';
import { runTask, setupOfStudy, startTask } from '../../src/worker/task.ts';
import type { TaskResult } from '../../src/worker/task-protocol.ts';
import { datasetFromMatrix, differingBits } from '../engines/from-fixture.ts';
import { converse, studyOf, withHeldOut } from './conversation.ts';

const engine = createReferenceEngine();
const ROWS = [
  [5, 3, 0, 1],
  [4, 0, 0, 1],
  [1, 1, 0, 5],
  [1, 0, 0, 4],
  [0, 1, 5, 4],
  [2, 1, 3, 0],
];
const dataset = datasetFromMatrix(ROWS);
/** The stage of lesson 9. */
const stage = (model: Partial<ModelSettings> = {}) => studyOf(dataset, { k: 2, alpha: 0.01, beta: 0.02, ...model });

function wholeRun(study: Study, epochs: number, alpha: number): TaskResult {
  return runTask(engine, study, { stop: stopAt(epochs), alpha, wanted: 'none', wantParameters: true, wantCurve: true });
}

function rateRun(study: Study, epochs: number, alpha: number): RateRun {
  const { curve, finalParameters, ended, epochs: made } = wholeRun(study, epochs, alpha);
  if (curve === null || finalParameters === null) throw new Error('no curve');
  return { alpha, curve, epochs: made, diverged: ended === 'diverged', parameters: finalParameters };
}

/**
 * RMSE after every epoch, by loops over plain arrays: the sequential updates as the contract writes them, and R̂ multiplied
 * out anew for the measure.
 */
function byPlainLoops(alpha: number, epochs: number): readonly number[] {
  const { start } = setupOfStudy(stage());
  const rows = (of: Float64Array) =>
    Array.from({ length: of.length / 2 }, (_, at) => [...of.slice(2 * at, 2 * at + 2)]);
  const [P, Q] = [rows(start.P), rows(start.Q)];
  const dot = (p: readonly number[] = [], q: readonly number[] = []) =>
    p.reduce((sum, x, f) => sum + x * (q[f] ?? 0), 0);
  const seen = ROWS.flatMap((row, u) => row.flatMap((r, i) => (r > 0 ? [{ u, i, r }] : [])));
  const rmse = () => Math.hypot(...seen.map(({ u, i, r }) => r - dot(P[u], Q[i]))) / Math.sqrt(seen.length);
  const curve = [rmse()];
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    for (const { u, i, r } of seen) {
      const [p = [], q = []] = [P[u], Q[i]];
      const e = r - dot(p, q);
      for (let f = 0; f < 2; f += 1) {
        p[f] = (p[f] ?? 0) + alpha * (2 * e * (q[f] ?? 0) - 0.02 * (p[f] ?? 0));
        q[f] = (q[f] ?? 0) + alpha * (2 * e * (p[f] ?? 0) - 0.02 * (q[f] ?? 0));
      }
    }
    curve.push(rmse());
  }
  return curve;
}

describe('a task with its curve', () => {
  it.each([
    ['row by row', {}],
    ['shuffled', { order: 'shuffled' }],
    ['biases and mean', { prediction: 'mean+factors+biases' }],
  ] as const)('draws the curve of the stage’s run, bit for bit: %s', (_, model) => {
    const study = studyOf(withHeldOut(dataset, 2, 3, true), { k: 2, ...model });
    const { curve, finalParameters } = wholeRun(study, 700, 0.03);
    const run = converse({ ...study, model: { ...study.model, alpha: 0.03 } });
    run.trainTo(700);
    expect(curve).toEqual(run.history());
    const { parameters } = run.state();
    expect(finalParameters && differingBits(finalParameters.P, parameters.P)).toBe(0);
    expect(finalParameters && differingBits(finalParameters.Q, parameters.Q)).toBe(0);
  });

  it.each([0.0002, 0.02, 0.06])('agrees with plain loops at α %f', (alpha) => {
    const { curve } = wholeRun(stage(), 200, alpha);
    const plain = byPlainLoops(alpha, 200);
    expect(curve?.rmseSeen).toHaveLength(201);
    for (const [epoch, rmse] of plain.entries()) expect(curve?.rmseSeen[epoch]).toBeCloseTo(rmse, 10);
  });

  it('ends where the stage falls back to when it diverges', () => {
    for (const alpha of [0.08, 0.1, 0.14, 0.33, 0.5, 1]) {
      const run = rateRun(stage(), 200, alpha);
      const answer = converse(stage({ alpha })).trainTo(200);
      expect([alpha, run.diverged, run.epochs]).toEqual([alpha, true, answer.epoch]);
      expect(run.curve.rmseSeen.at(-1)).toBe(answer.measures.rmseSeen);
    }
  });

  it('comes to the same in any slices', () => {
    const task = { stop: stopAt(900), alpha: 0.02, wanted: 'none', wantParameters: true, wantCurve: true } as const;
    const running = startTask(engine, setupOfStudy(stage({ order: 'shuffled' })), task);
    let sliced: TaskResult | null = null;
    while (sliced === null) sliced = running.work(() => true);
    expect(sliced).toEqual(wholeRun(stage({ order: 'shuffled' }), 900, 0.02));
    expect(running.progress).toBe(1);
  });

  it('is its start where there is nothing to train on', () => {
    const { curve, epochs } = wholeRun(studyOf(datasetFromMatrix([[0, 0]])), 200, 0.01);
    expect([epochs, curve?.epoch, curve?.rmseSeen]).toEqual([0, [0], [null]]);
  });
});

describe('the strip of lesson 9', () => {
  const regimes = (order: ModelSettings['order']) => {
    const runs = STRIP_RATES.map((alpha) => rateRun(stage({ order }), 200, alpha));
    const best = bestOf(runs);
    return { runs, best, at: (alpha: number) => regimeOf(rateRun(stage({ order }), 200, alpha), best)?.name };
  };

  it('row by row crawls, converges and diverges', () => {
    const { at, best } = regimes('row-major');
    expect([0.0001, 0.001, 0.0013, 0.02, 0.07, 0.08, 1].map(at)).toEqual([
      'crawling',
      'crawling',
      'converging',
      'converging',
      'converging',
      'diverged',
      'diverged',
    ]);
    expect(best && endOf(best).seen).toBeCloseTo(0.0575, 4);
  });

  it('shuffled shows the edge: .07 survives, gives back a quarter of what it gained, and next to it nothing survives', () => {
    const { at, best } = regimes('shuffled');
    expect([0.03, 0.056, 0.06, 0.07, 0.08].map(at)).toEqual([
      'converging',
      'converging',
      'oscillating',
      'oscillating',
      'diverged',
    ]);
    const edge = rateRun(stage({ order: 'shuffled' }), 200, 0.07);
    expect(regimeOf(edge, best)).toEqual({ name: 'oscillating', givenBack: expect.closeTo(0.242, 3) });
    const { rmseSeen } = edge.curve;
    expect(rmseSeen.filter((rmse, n) => n > 0 && (rmse ?? 0) > (rmseSeen[n - 1] ?? 9))).toHaveLength(90);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readPlan, studyOfRun } from '../../src/core/experiment/run-spec.ts';
import { measure } from '../../src/core/metrics.ts';
import type { ModelSettings } from '../../src/core/model.ts';
import { predict } from '../../src/core/predict.ts';
import { trainingData } from '../../src/core/training-data.ts';
import { createReferenceEngine } from '../../src/engines/reference/reference.ts';
import { taskOfRun } from '../../src/store/sweep-task.ts';
import { createPool } from '../../src/worker/pool.ts';
import { PartedStudy, runRunTask, startRunTask } from '../../src/worker/run-task.ts';
import type { RunTaskResult, TaskAnswer, TaskRequest } from '../../src/worker/task-protocol.ts';
import { createTaskServer } from '../../src/worker/task-server.ts';
import { planOf } from '../core/experiment/run-plan.ts';
import { differingBits } from '../engines/from-fixture.ts';
import { studyFromText } from '../store/harness.ts';
import { converse } from './conversation.ts';

const engine = createReferenceEngine();
const study = studyFromText('5 3 . 1 / 4 . . 1 / 1 1 . 5 / 1 . . 4 / . 1 5 4 / 2 1 3 .');
const adam = { kind: 'adam', batch: 4, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;
const models: readonly (readonly [string, Partial<ModelSettings>])[] = [
  ['SGD', {}],
  ['shuffled, with mean and biases', { prediction: 'mean+factors+biases', order: 'shuffled', beta: 0.1 }],
  ['Adam', { optimizer: adam, prediction: 'factors+biases', order: 'shuffled' }],
  ['ALS', { optimizer: { kind: 'als' }, beta: 0.1 }],
];

describe('a run of a sweep', () => {
  it.each(models)('opened in Play at any epoch is that run, bit for bit: %s', (_, model) => {
    const plan = planOf(
      { ...study, model: { ...study.model, ...model } },
      {
        axes: [{ setting: 'beta', spacing: 'listed', values: [0.05, 0.2] }],
        seeds: [7, 8],
        judging: { kind: 'k-fold', folds: 4 },
        innerFolds: 2,
        stop: { kind: 'epochs', epochs: 60 },
      },
    );
    const runs = readPlan(plan);
    for (const index of [0, 5, 17, runs.count - 1]) {
      const task = { ...taskOfRun(runs, index), wantPredictions: true, wantCurve: true, errorStride: 1 };
      const { run, predictions } = runRunTask(engine, new PartedStudy(plan.study, runs.splits), task);
      const play = converse(studyOfRun(runs, index));
      for (const epoch of [3, 24, 60]) {
        const { measures } = play.trainTo(epoch);
        const at = run.curve?.epoch.indexOf(epoch) ?? -1;
        expect(at).toBeGreaterThan(0);
        expect([run.curve?.rmseSeen[at], run.curve?.rmseHeldOut[at], run.curve?.objective[at]]).toEqual([
          measures.rmseSeen,
          measures.rmseHeldOut,
          measures.objective,
        ]);
      }
      const { parameters } = play.state();
      const there = Array.from({ length: 24 }, (_cell, cell) => predict(parameters, Math.floor(cell / 4), cell % 4));
      expect(predictions && differingBits(predictions, there)).toBe(0);
      const squares = [...(run.errors ?? [])].reduce((sum, e) => sum + e * e, 0);
      expect(Math.sqrt(squares / (run.errors?.length ?? 1))).toBeCloseTo(run.rmseHeldOut ?? 0, 12);
    }
  });

  it('keeps the start of the study where it is its own, and draws one where it is not', () => {
    const { data } = { data: trainingData(study.dataset) };
    const start = {
      k: 2,
      P: new Float64Array(12).fill(0.5),
      Q: new Float64Array(8).fill(0.25),
      bu: null,
      bi: null,
      mu: null,
    };
    const plan = planOf({ ...study, start }, { seeds: [42, 43] });
    const runs = readPlan(plan);
    expect(studyOfRun(runs, 0).start).toBe(start);
    expect(studyOfRun(runs, runs.count - 1).start).toBeNull();
    const parted = new PartedStudy(plan.study, runs.splits);
    const { run } = runRunTask(engine, parted, taskOfRun(runs, 0));
    const held = trainingData(studyOfRun(runs, 0).dataset);
    expect(run.curve?.rmseSeen[0]).toBe(measure(start, held, study.model).rmseSeen);
    expect(start.P.every((x) => x === 0.5)).toBe(true);
    expect(data.training.value.length).toBe(16);
  });

  it('that stops early goes back to the best epoch, and says where', () => {
    const plan = planOf(study, {
      axes: [{ setting: 'alpha', spacing: 'listed', values: [0.02, 0.03] }],
      judging: { kind: 'k-fold', folds: 4 },
      stop: { kind: 'early', limit: 2_000, patience: 25, watchShare: null },
    });
    const runs = readPlan(plan);
    const parted = new PartedStudy(study, runs.splits);
    let stopped = 0;
    for (let index = 0; index < runs.count; index += 1) {
      const { run } = runRunTask(engine, parted, taskOfRun(runs, index));
      const play = converse(studyOfRun(runs, index));
      let best = play.ask({ kind: 'report' }).measures.rmseHeldOut ?? 0;
      let bestAt = 0;
      for (let epoch = 1; epoch <= run.epochs; epoch += 1) {
        const rmse = play.trainTo(epoch).measures.rmseHeldOut ?? 0;
        if (rmse >= best) continue;
        best = rmse;
        bestAt = epoch;
      }
      expect([run.standsAt, run.bestEpoch, run.rmseHeldOut, run.bestHeldOut]).toEqual([bestAt, bestAt, best, best]);
      if (run.ended !== 'stopped') continue;
      stopped += 1;
      expect(run.epochs).toBe(bestAt + 25);
    }
    expect(stopped).toBeGreaterThan(0);
  });

  it('watches ratings that neither train nor judge', () => {
    const plan = planOf(study, {
      judging: { kind: 'k-fold', folds: 4 },
      stop: { kind: 'early', limit: 500, patience: 10, watchShare: 25 },
    });
    const runs = readPlan(plan);
    const { run } = runRunTask(engine, new PartedStudy(study, runs.splits), taskOfRun(runs, 0));
    expect(run.standsAt).toBeLessThanOrEqual(run.epochs);
    expect(trainingData(studyOfRun(runs, 0).dataset).training.value.length).toBe(9);
    expect(run.errors?.length).toBe(4);
  });

  it('settles by the same rule as every retraining', () => {
    const plan = planOf(study, { stop: { kind: 'settled', limit: 200_000 } });
    const runs = readPlan(plan);
    const { run } = runRunTask(engine, new PartedStudy(study, runs.splits), taskOfRun(runs, 0));
    expect(run.ended).toBe('settled');
    const play = converse(studyOfRun(runs, 0));
    expect(play.trainTo(run.epochs).measures.objective).toBe(run.objective);
  });

  it('that diverges says so, with the curve up to there', () => {
    const plan = planOf(study, { axes: [{ setting: 'alpha', spacing: 'listed', values: [1, 2] }] });
    const runs = readPlan(plan);
    const { run, predictions } = runRunTask(engine, new PartedStudy(study, runs.splits), {
      ...taskOfRun(runs, 0),
      wantPredictions: true,
    });
    expect(run).toMatchObject({ ended: 'diverged', rmseHeldOut: null, rmseSeen: null, objective: null, errors: null });
    expect(predictions).toBeNull();
    expect(run.curve?.rmseSeen.every(Number.isFinite)).toBe(true);
    expect(run.standsAt).toBe(run.curve?.epoch.at(-1));
  });

  it('does not depend on how its work was sliced', () => {
    for (const stop of [
      { kind: 'epochs', epochs: 333 },
      { kind: 'settled', limit: 5_000 },
      { kind: 'early', limit: 500, patience: 20, watchShare: null },
    ] as const) {
      const runs = readPlan(planOf(study, { stop, judging: { kind: 'k-fold', folds: 3 } }));
      const parted = new PartedStudy(study, runs.splits);
      const slowly = startRunTask(engine, parted, taskOfRun(runs, 1));
      let result = slowly.work(() => true);
      for (let slices = 0; result === null && slices < 1e5; slices += 1) result = slowly.work(() => true);
      expect(result).toEqual(runRunTask(engine, parted, taskOfRun(runs, 1)));
    }
  });
});

/** A worker in this process that answers after `delay` milliseconds; it can be made to die over a run. */
class StandIn extends EventTarget implements Worker {
  onmessage = null;
  onmessageerror = null;
  onerror = null;
  terminated = false;
  diesAt: number | null = null;
  begun = 0;
  private readonly delay: number;
  private time = 0;
  private readonly serve: (request: TaskRequest) => void;

  constructor(delay: number) {
    super();
    this.delay = delay;
    this.serve = createTaskServer(
      (answer: TaskAnswer) => {
        const data = structuredClone(answer);
        setTimeout(() => {
          if (!this.terminated) this.dispatchEvent(new MessageEvent('message', { data }));
        }, this.delay);
      },
      () => {
        this.time += this.delay;
        return this.time;
      },
    );
  }

  postMessage(request: TaskRequest): void {
    const copy = structuredClone(request);
    setTimeout(() => {
      if (this.terminated) return;
      if (copy.kind === 'runs') this.begun += copy.tasks.length;
      const fatal = copy.kind === 'runs' && copy.tasks.some(({ index }) => index === this.diesAt);
      if (fatal) this.dispatchEvent(new Event('error', { cancelable: true }));
      else this.serve(copy);
    }, this.delay);
  }

  terminate(): void {
    this.terminated = true;
  }
}

describe('a pool with runs of a sweep', () => {
  const plan = planOf(study, {
    axes: [{ setting: 'alpha', spacing: 'log', from: 0.001, to: 0.05, count: 5 }],
    judging: { kind: 'k-fold', folds: 3 },
  });
  const runs = readPlan(plan);
  const list = { count: runs.count, task: (index: number) => taskOfRun(runs, index) };
  const parted = new PartedStudy(study, runs.splits);
  const expected = Array.from({ length: runs.count }, (_, index) => runRunTask(engine, parted, taskOfRun(runs, index)));
  let workers: StandIn[] = [];
  let deaths = 0;
  const make = (size: number, gentle = false) =>
    createPool({
      size,
      gentle,
      onDeath: () => {
        deaths += 1;
      },
      spawn: () => {
        const worker = new StandIn([3, 1, 7][workers.length % 3] ?? 1);
        workers.push(worker);
        return worker;
      },
    });

  beforeEach(() => {
    vi.useFakeTimers();
    workers = [];
    deaths = 0;
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it.each([1, 2, 4])('of %i brings the same bits, whoever finishes first', async (size) => {
    const results: RunTaskResult[] = [];
    const ended = make(size).runAll(study, runs.splits, list, (index, result) => {
      results[index] = result;
    });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await ended).toBe('done');
    expect(results).toEqual(expected);
    expect(workers.length).toBe(size);
  });

  it('does again what a worker had that died, says it once, and loses nothing', async () => {
    const pool = make(2);
    const results: RunTaskResult[] = [];
    const told: number[] = [];
    const ended = pool.runAll(study, runs.splits, list, (index, result) => {
      told.push(index);
      results[index] = result;
    });
    for (const worker of workers) worker.diesAt = 1;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await ended).toBe('done');
    expect(deaths).toBe(1);
    expect(told.toSorted((a, b) => a - b)).toEqual(list.count === 0 ? [] : expected.map((_, index) => index));
    expect(results).toEqual(expected);
    expect(workers.filter(({ terminated }) => terminated).length).toBeGreaterThan(0);
  });

  it('held, begins nothing new, and goes on where it was', async () => {
    const pool = make(1);
    const results: RunTaskResult[] = [];
    const ended = pool.runAll(study, runs.splits, list, (index, result) => {
      results[index] = result;
      pool.hold(results.filter(Boolean).length >= 4 && workers.length === 1 && !again);
    });
    let again = false;
    await vi.advanceTimersByTimeAsync(60_000);
    const [worker] = workers;
    const begun = worker?.begun ?? 0;
    expect(begun).toBeGreaterThanOrEqual(4);
    expect(begun).toBeLessThan(runs.count);
    expect(results.filter(Boolean).length).toBe(begun);
    again = true;
    pool.hold(false);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await ended).toBe('done');
    expect(results).toEqual(expected);
    expect(worker?.begun).toBe(runs.count);
  });

  it('canceled stops its workers at once; a gentle one lets them finish and drops what they bring', async () => {
    for (const gentle of [false, true]) {
      workers = [];
      const pool = make(2, gentle);
      const stop = new AbortController();
      let told = 0;
      const ended = pool.runAll(
        study,
        runs.splits,
        list,
        () => {
          told += 1;
          stop.abort();
        },
        stop.signal,
      );
      await vi.advanceTimersByTimeAsync(60_000);
      expect(await ended).toBe('canceled');
      expect(told).toBe(1);
      expect(workers.map(({ terminated }) => terminated)).toEqual(gentle ? [false, false] : [true, true]);
      const results: RunTaskResult[] = [];
      const again = pool.runAll(study, runs.splits, list, (index, result) => {
        results[index] = result;
      });
      await vi.advanceTimersByTimeAsync(60_000);
      expect(await again).toBe('done');
      expect(results).toEqual(expected);
      expect(workers.length).toBe(gentle ? 2 : 4);
      pool.dispose();
    }
  });
});

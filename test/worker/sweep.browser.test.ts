import { expect, it } from 'vitest';
import type { SweepPlan } from '../../src/core/experiment/plan.ts';
import { readPlan } from '../../src/core/experiment/run-spec.ts';
import { createReferenceEngine } from '../../src/engines/reference/reference.ts';
import { taskOfRun } from '../../src/store/sweep-task.ts';
import { createPool } from '../../src/worker/pool.ts';
import { PartedStudy, runRunTask } from '../../src/worker/run-task.ts';
import type { RunTaskResult } from '../../src/worker/task-protocol.ts';
import { sixByFour } from '../browser/fake-handle.ts';

const spawn = () => new Worker(new URL('../../src/worker/task-entry.ts', import.meta.url), { type: 'module' });
const study = sixByFour(true);
const plan: SweepPlan = {
  study,
  axes: [
    { setting: 'alpha', spacing: 'log', from: 0.0001, to: 0.05, count: 8 },
    { setting: 'optimizer', spacing: 'listed', values: ['sgd', 'adam', 'als'] },
  ],
  search: null,
  seeds: [1, 2],
  judging: { kind: 'k-fold', folds: 4 },
  splitSeed: 7,
  stop: { kind: 'epochs', epochs: 200 },
  innerFolds: null,
};
const runs = readPlan(plan);
const list = { count: runs.count, task: (index: number) => taskOfRun(runs, index) };

it('a sweep has the same bits from 1, 2 and 4 real workers as from this page', async () => {
  const parted = new PartedStudy(study, runs.splits);
  const engine = createReferenceEngine();
  const expected = Array.from({ length: runs.count }, (_, index) => runRunTask(engine, parted, taskOfRun(runs, index)));
  for (const size of [1, 2, 4]) {
    const pool = createPool({ spawn, size });
    const results: RunTaskResult[] = [];
    const ended = await pool.runAll(study, runs.splits, list, (index, result) => {
      results[index] = result;
    });
    pool.dispose();
    expect(ended).toBe('done');
    expect(results).toEqual(expected);
  }
});

it('a real worker that is killed in a sweep costs nothing but time', async () => {
  let deaths = 0;
  const workers: Worker[] = [];
  const pool = createPool({
    size: 2,
    spawn: () => {
      const worker = spawn();
      workers.push(worker);
      return worker;
    },
    onDeath: () => {
      deaths += 1;
    },
  });
  const told = new Int32Array(runs.count);
  let killed = false;
  const ended = await pool.runAll(study, runs.splits, list, (index) => {
    told[index] = (told[index] ?? 0) + 1;
    if (killed) return;
    killed = true;
    // As a crash does: the worker is gone, and the page hears of an error.
    for (const worker of [...workers]) {
      worker.terminate();
      worker.dispatchEvent(new ErrorEvent('error', { message: 'crashed', cancelable: true }));
    }
  });
  pool.dispose();
  expect(ended).toBe('done');
  expect(told.every((times) => times === 1)).toBe(true);
  expect(deaths).toBe(1);
  expect(workers.length).toBeGreaterThan(2);
});

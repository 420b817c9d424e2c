import { expect, it } from 'vitest';
import { stopAt, stopWhenSettled } from '../../src/core/understand/retrain.ts';
import { createReferenceEngine } from '../../src/engines/reference/reference.ts';
import { createPool } from '../../src/worker/pool.ts';
import { runTask } from '../../src/worker/task.ts';
import type { TaskResult, TrainTask } from '../../src/worker/task-protocol.ts';
import { sixByFour } from '../browser/fake-handle.ts';

const spawn = () => new Worker(new URL('../../src/worker/task-entry.ts', import.meta.url), { type: 'module' });
const study = sixByFour(true);
const tasks: readonly TrainTask[] = Array.from({ length: 40 }, (_, at) =>
  at < 12
    ? { stop: stopAt(200), leaveOut: at, wanted: 'all', wantParameters: true }
    : { stop: stopWhenSettled(2_000, 300), seed: at, wanted: { user: Int32Array.of(0), item: Int32Array.of(2) } },
);

it('a pool of real workers comes to the same bits as this page', async () => {
  const pool = createPool({ spawn, size: 2 });
  const results = new Map<number, TaskResult>();
  const end = await pool.run(study, tasks, (index, result) => results.set(index, result));
  pool.dispose();
  expect(end).toBe('done');
  const engine = createReferenceEngine();
  expect(tasks.map((_, index) => results.get(index))).toEqual(tasks.map((task) => runTask(engine, study, task)));
});

it('a pool of real workers stops in the middle of a long task, and works again', async () => {
  const pool = createPool({ spawn, size: 2 });
  const stop = new AbortController();
  const told: number[] = [];
  const long: readonly TrainTask[] = [
    { stop: stopAt(10), wanted: 'none' },
    { stop: stopAt(1e9), wanted: 'none' },
    { stop: stopAt(1e9), wanted: 'none' },
  ];
  const end = pool.run(
    study,
    long,
    (index) => {
      told.push(index);
      stop.abort();
    },
    stop.signal,
  );
  expect(await end).toBe('canceled');
  expect(told).toEqual([0]);
  expect(await pool.run(study, tasks.slice(0, 3), () => undefined)).toBe('done');
  pool.dispose();
});

/** Run by sweep.bench.ts, bundled as the app is: the 20 × 20 map of the notebook's 6 × 4 through a pool, beside bare loops. */
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { summarize } from '../../src/core/experiment/aggregate.ts';
import { emptyResults, putResult } from '../../src/core/experiment/results.ts';
import { readPlan } from '../../src/core/experiment/run-spec.ts';
import { judge } from '../../src/core/experiment/verdict.ts';
import { drawStart } from '../../src/core/init.ts';
import { trainingData } from '../../src/core/training-data.ts';
import { taskOfRun } from '../../src/store/sweep-task.ts';
import { createPool } from '../../src/worker/pool.ts';
import type { TaskRequest } from '../../src/worker/task-protocol.ts';
import { createTaskServer } from '../../src/worker/task-server.ts';
import { EPOCHS, plan, study } from './notebook-map.ts';

const print = (line: string) => process.stdout.write(`${line}\n`);

/** The map with nothing around the loops: no tasks, no curves, no measures, no care. */
function bareMap(): number {
  const runs = readPlan(plan);
  const data = trainingData(study.dataset);
  const { user, item, value } = data.training;
  const began = performance.now();
  for (let index = 0; index < runs.count; index += 1) {
    const { k, alpha, beta } = runs.spec(index).model;
    const { P, Q } = drawStart(study.model, data.m, data.n, data.mean);
    for (let epoch = 0; epoch < EPOCHS; epoch += 1) {
      for (let at = 0; at < value.length; at += 1) {
        const u = (user[at] ?? 0) * k;
        const i = (item[at] ?? 0) * k;
        let dot = 0;
        for (let f = 0; f < k; f += 1) dot += (P[u + f] ?? 0) * (Q[i + f] ?? 0);
        const e = (value[at] ?? 0) - dot;
        for (let f = 0; f < k; f += 1) {
          const p = (P[u + f] ?? 0) + alpha * (2 * e * (Q[i + f] ?? 0) - beta * (P[u + f] ?? 0));
          P[u + f] = p;
          Q[i + f] = (Q[i + f] ?? 0) + alpha * (2 * e * p - beta * (Q[i + f] ?? 0));
        }
      }
    }
  }
  return performance.now() - began;
}

/** A thread of Node behind the face of a browser's worker. */
class ThreadWorker extends EventTarget implements globalThis.Worker {
  onmessage = null;
  onmessageerror = null;
  onerror = null;
  private readonly thread = new Worker(new URL(import.meta.url), { workerData: 'serve' });

  constructor() {
    super();
    this.thread.on('message', (data) => this.dispatchEvent(new MessageEvent('message', { data })));
    this.thread.on('error', () => this.dispatchEvent(new Event('error', { cancelable: true })));
  }

  postMessage(request: TaskRequest): void {
    this.thread.postMessage(request);
  }

  terminate(): void {
    void this.thread.terminate();
  }
}

/** Bare maps on so many threads at once: what two cores that others use too can do. Milliseconds of one map, at its best. */
async function bareOnThreads(threads: number): Promise<number> {
  const times = await Promise.all(
    Array.from({ length: threads }, () => {
      const worker = new Worker(new URL(import.meta.url), { workerData: 'bare' });
      return new Promise<number>((resolve) => worker.once('message', resolve));
    }),
  );
  return Math.max(...times);
}

async function measure(): Promise<void> {
  print(
    '\n20 × 20 map of α × β, 1,000 epochs each, the notebook’s 6 × 4, k 3 (wanted: at most 1,000 ms, and at most 2 × bare ÷ workers)',
  );
  print('workers   bare ms, all at once   first ms   again ms (of 8)   ÷ (bare ÷ workers)   cancel ms');
  for (const size of [1, 2]) {
    const bare = await bareOnThreads(size);
    const pool = createPool({ spawn: () => new ThreadWorker(), size });
    const runs = readPlan(plan);
    const list = { count: runs.count, task: (index: number) => taskOfRun(runs, index) };
    const times: number[] = [];
    for (let time = 0; time < 9; time += 1) {
      const results = emptyResults(runs.count, runs.splits.length);
      const began = performance.now();
      await pool.runAll(study, runs.splits, list, (index, { run, baselines }, milliseconds) => {
        putResult(results, index, { ...run, milliseconds });
        if (baselines !== null) results.baselines[runs.spec(index).split] = baselines;
      });
      times.push(performance.now() - began);
      if (size === 2 && time === 8) {
        const judged = performance.now();
        const summaries = runs.cells.map((_, cell) => summarize(runs, results, cell));
        const summed = performance.now();
        judge(runs, results, summaries);
        print(
          `summing up 400 cells: ${(summed - judged).toFixed(1)} ms; the verdict: ${(performance.now() - summed).toFixed(1)} ms`,
        );
      }
    }
    const stop = new AbortController();
    const long = { ...plan, stop: { kind: 'epochs', epochs: 1e8 } } as const;
    const longRuns = readPlan(long);
    const ended = pool.runAll(
      study,
      longRuns.splits,
      { count: 4, task: (index) => taskOfRun(longRuns, index) },
      () => undefined,
      stop.signal,
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    const canceled = performance.now();
    stop.abort();
    await ended;
    const [first = 0, ...again] = times;
    const best = Math.min(...again);
    print(
      `${String(size).padStart(7)} ${bare.toFixed(0).padStart(22)} ${first.toFixed(0).padStart(10)} ${best.toFixed(0).padStart(17)} ${(best / (bare / size)).toFixed(2).padStart(20)} ${(performance.now() - canceled).toFixed(0).padStart(11)}`,
    );
    pool.dispose();
  }
}

if (workerData === 'bare') parentPort?.postMessage(Math.min(...Array.from({ length: 5 }, bareMap)));
else if (workerData === 'serve') {
  const serve = createTaskServer((answer) => parentPort?.postMessage(answer));
  parentPort?.on('message', serve);
} else await measure();

/** Run by understand.bench.ts, bundled as the app is: what ensembles and influence cost, on as many threads as a pool would have workers. */
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { planOtherStarts } from '../../src/core/understand/ensemble.ts';
import { type Member, stopAt, stopWhenSettled } from '../../src/core/understand/retrain.ts';
import { settleLimit } from '../../src/store/job-plan.ts';
import { createPool } from '../../src/worker/pool.ts';
import { setupOfStudy } from '../../src/worker/task.ts';
import type { TaskRequest, TrainTask } from '../../src/worker/task-protocol.ts';
import { createTaskServer } from '../../src/worker/task-server.ts';
import { datasetFromMatrix, notebookModel } from '../engines/from-fixture.ts';
import notebookRun from '../fixtures/seed6x4_k3.json' with { type: 'json' };
import { withoutEach } from '../fixtures/without-each.ts';

const study = { dataset: datasetFromMatrix(notebookRun.R), model: notebookModel(), start: null };
const print = (line: string) => process.stdout.write(`${line}\n`);

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

function taskOf(member: Member, stop: TrainTask['stop']): TrainTask {
  const task = { stop, wanted: 'none', wantParameters: true } as const;
  if (member.kind === 'seed') return { ...task, seed: member.seed };
  return member.kind === 'without' ? { ...task, leaveOut: member.rating } : task;
}

async function measure(): Promise<void> {
  const { data, model } = setupOfStudy(study);
  const whole: readonly Member[] = [{ kind: 'whole' }, ...withoutEach(data)];
  const settled = stopWhenSettled(settleLimit(model, data, 5_000), 5_000);
  const jobs: readonly (readonly [string, readonly TrainTask[], string])[] = [
    ['100 seeds × 5,000 epochs', planOtherStarts(100, 1).map((seed) => taskOf(seed, stopAt(5_000))), '2,000'],
    ['influence of all 16 ratings', whole.map((member) => taskOf(member, stopAt(5_000))), '500'],
    ['100 seeds until settled', planOtherStarts(100, 1).map((seed) => taskOf(seed, settled)), '–'],
    ['16 ratings fewer until settled', withoutEach(data).map((member) => taskOf(member, settled)), '–'],
  ];
  print('\nthe notebook’s 6 × 4, k 3            workers   first ms   again ms   wanted at most');
  for (const size of [1, 2]) {
    const pools = jobs.map(() => createPool({ spawn: () => new ThreadWorker(), size }));
    for (const [at, [name, tasks, wanted]] of jobs.entries()) {
      const pool = pools[at];
      const times: number[] = [];
      let unsettled = 0;
      // The first time, threads are started and loops are not compiled yet: that is what a person waits for.
      for (let time = 0; time < 2; time += 1) {
        const began = performance.now();
        unsettled = 0;
        await pool?.run(study, tasks, (_, { ended }) => {
          if (ended === 'limit') unsettled += 1;
        });
        times.push(performance.now() - began);
      }
      pool?.dispose();
      const note = name.endsWith('settled') && unsettled > 0 ? `   (${unsettled} met the limit)` : '';
      const [first = 0, again = 0] = times;
      print(
        `${name.padEnd(36)} ${String(size).padStart(7)} ${first.toFixed(0).padStart(10)} ${again.toFixed(0).padStart(10)}   ${wanted}${note}`,
      );
    }
  }
}

if (workerData === 'serve') {
  const serve = createTaskServer((answer) => parentPort?.postMessage(answer));
  parentPort?.on('message', serve);
} else await measure();

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Study } from '../../src/core/study.ts';
import { stopAt } from '../../src/core/understand/retrain.ts';
import { createReferenceEngine } from '../../src/engines/reference/reference.ts';
import { createPool, type Pool, type PoolEnd, workersFor } from '../../src/worker/pool.ts';
import { runTask } from '../../src/worker/task.ts';
import type { TaskAnswer, TaskRequest, TaskResult, TrainTask } from '../../src/worker/task-protocol.ts';
import { createTaskServer, type GiveWay } from '../../src/worker/task-server.ts';
import { datasetFromMatrix } from '../engines/from-fixture.ts';
import { studyOf } from './conversation.ts';

const study = studyOf(
  datasetFromMatrix([
    [5, 3, 0],
    [4, 0, 1],
    [0, 2, 5],
  ]),
  { alpha: 0.01 },
);
const seeds = (count: number): TrainTask[] =>
  Array.from({ length: count }, (_, seed) => ({ stop: stopAt(20 + seed), seed, wanted: 'all', wantParameters: true }));

/** A worker in this process: it answers `delay` ms after being asked, as a real one in order; it can be made to die or go silent. */
class StandIn extends EventTarget implements Worker {
  onmessage = null;
  onmessageerror = null;
  onerror = null;
  terminated = false;
  silent = false;
  /** Throws at the task of this index. */
  diesAt: number | null = null;
  readonly received: TaskRequest[] = [];
  private readonly delay: number;
  private time = 0;
  private readonly serve: (request: TaskRequest) => void;

  constructor(delay: number) {
    super();
    this.delay = delay;
    this.serve = createTaskServer(
      (answer) => this.answer(answer),
      () => {
        this.time += this.delay;
        return this.time;
      },
    );
  }

  private answer(answer: TaskAnswer): void {
    const data = structuredClone(answer);
    setTimeout(() => {
      if (!this.silent) this.dispatchEvent(new MessageEvent('message', { data }));
    }, this.delay);
  }

  postMessage(request: TaskRequest): void {
    this.received.push(request);
    const copy = structuredClone(request);
    setTimeout(() => {
      if (this.terminated || this.silent) return;
      const fatal = copy.kind === 'tasks' && copy.tasks.some(({ index }) => index === this.diesAt);
      if (fatal) this.dispatchEvent(new Event('error', { cancelable: true }));
      else this.serve(copy);
    }, this.delay);
  }

  terminate(): void {
    this.terminated = true;
  }
}

describe('the pool', () => {
  let workers: StandIn[] = [];
  let deaths = 0;
  const make = (size: number, prepare: (worker: StandIn, at: number) => void = () => undefined): Pool =>
    createPool({
      size,
      spawn: () => {
        const worker = new StandIn([1, 7, 3][workers.length % 3] ?? 1);
        prepare(worker, workers.length);
        workers.push(worker);
        return worker;
      },
      onDeath: () => {
        deaths += 1;
      },
    });
  const collect = async (
    pool: Pool,
    tasks: readonly TrainTask[],
    of: Study = study,
  ): Promise<{ end: PoolEnd; results: (TaskResult | undefined)[]; told: number[] }> => {
    const results: (TaskResult | undefined)[] = tasks.map(() => undefined);
    const told: number[] = [];
    const ended = pool.run(of, tasks, (index, result) => {
      told.push(index);
      results[index] = result;
    });
    await vi.advanceTimersByTimeAsync(120_000);
    return { end: await ended, results, told };
  };
  const expected = (tasks: readonly TrainTask[]) => tasks.map((task) => runTask(createReferenceEngine(), study, task));

  beforeEach(() => {
    vi.useFakeTimers();
    workers = [];
    deaths = 0;
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it.each([1, 2, 3, 8])('of %i tells every result once, the same as one after the other', async (size) => {
    const tasks = seeds(23);
    const { end, results, told } = await collect(make(size), tasks);
    expect(end).toBe('done');
    expect(results).toEqual(expected(tasks));
    expect(told.toSorted((a, b) => a - b)).toEqual(tasks.map((_, index) => index));
    expect(workers.length).toBe(size);
  });

  it('posts the study once a worker, and many tasks a message', async () => {
    const pool = make(1);
    await collect(pool, seeds(100));
    const [worker] = workers;
    expect(worker?.received.filter(({ kind }) => kind === 'study').length).toBe(1);
    expect(worker?.received.length).toBeLessThan(30);
    await collect(pool, seeds(3), { ...study, model: { ...study.model, alpha: 0.02 } });
    expect(workers.length).toBe(1);
    expect(worker?.received.filter(({ kind }) => kind === 'study').length).toBe(2);
  });

  it('starts no more workers than there are tasks', async () => {
    await collect(make(8), seeds(2));
    expect(workers.length).toBe(2);
    expect((await collect(make(8), [])).end).toBe('done');
    expect(workers.length).toBe(2);
  });

  it('cancels at once: every worker is terminated, nothing more is told', async () => {
    const pool = make(2);
    const stop = new AbortController();
    const told: number[] = [];
    const ended = pool.run(study, seeds(500), (index) => told.push(index), stop.signal);
    await vi.advanceTimersByTimeAsync(40);
    const before = told.length;
    expect(before).toBeGreaterThan(0);
    stop.abort();
    expect(workers.every((worker) => worker.terminated)).toBe(true);
    expect(await ended).toBe('canceled');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(told.length).toBe(before);
    expect((await collect(pool, seeds(5))).results).toEqual(expected(seeds(5)));
    expect(await pool.run(study, seeds(2), () => undefined, stop.signal)).toBe('canceled');
  });

  it('may be canceled by whoever is told a result', async () => {
    const stop = new AbortController();
    let told = 0;
    const tell = () => {
      told += 1;
      stop.abort();
    };
    const ended = make(2).run(study, seeds(50), tell, stop.signal);
    await vi.advanceTimersByTimeAsync(5_000);
    expect([await ended, told]).toEqual(['canceled', 1]);
  });

  it('lets another run take the place of the one under way', async () => {
    const pool = make(2);
    const first = pool.run(study, seeds(50), () => undefined);
    await vi.advanceTimersByTimeAsync(20);
    const { end, results } = await collect(pool, seeds(9));
    expect([await first, end]).toEqual(['canceled', 'done']);
    expect(results).toEqual(expected(seeds(9)));
  });

  it('has the tasks of a dead worker done again, and says so once', async () => {
    const tasks = seeds(30);
    const { end, results, told } = await collect(
      make(2, (worker, at) => {
        if (at < 3) worker.diesAt = [4, 6, 9][at] ?? null;
      }),
      tasks,
    );
    expect(end).toBe('done');
    expect(results).toEqual(expected(tasks));
    expect(told.length).toBe(30);
    expect(deaths).toBe(1);
    expect(workers.length).toBeGreaterThan(2);
  });

  it('gives up a worker that has fallen silent', async () => {
    const { end, results } = await collect(
      make(1, (worker, at) => {
        worker.silent = at === 0;
      }),
      seeds(6),
    );
    expect([end, deaths, workers.length]).toEqual(['done', 1, 2]);
    expect(results).toEqual(expected(seeds(6)));
  });

  it('does not give up one that says it is still at work', async () => {
    const [result] = expected(seeds(1));
    if (result === undefined) throw new Error('a task has a result');
    const pool = make(1, (worker) => {
      worker.silent = true;
      const say = (data: TaskAnswer) => worker.dispatchEvent(new MessageEvent('message', { data }));
      for (let at = 1; at < 12; at += 1) setTimeout(() => say({ kind: 'alive', run: 1 }), at * 9_000);
      const results = [{ index: 0, result }];
      setTimeout(() => say({ kind: 'results', run: 1, results, milliseconds: 105_000 }), 105_000);
    });
    const { end, results } = await collect(pool, seeds(1));
    expect([end, deaths, workers.length]).toEqual(['done', 0, 1]);
    expect(results).toEqual([result]);
  });

  it('fails when every worker dies over one task', async () => {
    const { end } = await collect(
      make(2, (worker) => {
        worker.diesAt = 3;
      }),
      seeds(12),
    );
    expect([end, deaths]).toEqual(['failed', 1]);
    expect(workers.every((worker) => worker.terminated)).toBe(true);
  });

  it('fails when no worker can be started, and is content with those that can', async () => {
    const none = createPool({
      size: 2,
      spawn: () => {
        throw new Error('no workers here');
      },
    });
    expect((await collect(none, seeds(3))).end).toBe('failed');
    const one = make(3, (_, at) => {
      if (at > 0) throw new Error('no more');
    });
    expect((await collect(one, seeds(8))).results).toEqual(expected(seeds(8)));
  });

  it('has a worker for every core but one', () => {
    expect([undefined, 1, 2, 8].map(workersFor)).toEqual([1, 1, 1, 7]);
  });
});

describe('the worker’s end', () => {
  const serveAt = (tick: number, giveWay: GiveWay | null = null) => {
    const answers: TaskAnswer[] = [];
    let time = 0;
    const serve = createTaskServer(
      (answer) => answers.push(answer),
      () => {
        time += tick;
        return time;
      },
      undefined,
      giveWay,
    );
    return { answers, serve };
  };
  const numbered = (tasks: readonly TrainTask[]) => tasks.map((task, index) => ({ index, task }));

  it('puts the results of short tasks into one message', () => {
    const { answers, serve } = serveAt(0.01);
    serve({ kind: 'study', run: 1, study });
    serve({ kind: 'tasks', run: 1, tasks: numbered(seeds(20)) });
    expect(answers.map((answer) => (answer.kind === 'results' ? answer.results.length : 0))).toEqual([20]);
  });

  it('says during a long one that it is at work', () => {
    const { answers, serve } = serveAt(200);
    serve({ kind: 'study', run: 1, study });
    serve({ kind: 'tasks', run: 1, tasks: numbered([{ stop: stopAt(200_000), wanted: 'none' }]) });
    expect(answers.filter(({ kind }) => kind === 'alive').length).toBeGreaterThan(1);
    expect(answers.at(-1)?.kind).toBe('results');
  });

  it('gives way to the event loop in the middle of a long task, and comes to the same', () => {
    const long: TrainTask = { stop: stopAt(200_000), wanted: 'none' };
    const { answers: atOnce, serve: serveAtOnce } = serveAt(60);
    const waiting: (() => void)[] = [];
    const { answers, serve } = serveAt(60, (next) => waiting.push(next));
    for (const to of [serveAtOnce, serve]) {
      to({ kind: 'study', run: 1, study });
      to({ kind: 'tasks', run: 1, tasks: numbered([long]) });
      to({ kind: 'tasks', run: 1, tasks: numbered(seeds(2)) });
    }
    let stretches = 1;
    expect(answers.filter(({ kind }) => kind === 'results')).toEqual([]);
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      expect(waiting).toEqual([]);
      next();
      stretches += 1;
    }
    expect(stretches).toBeGreaterThan(3);
    const resultsOf = (of: readonly TaskAnswer[]) =>
      of.flatMap((one) => (one.kind === 'results' ? [...one.results] : []));
    expect(resultsOf(answers)).toEqual(resultsOf(atOnce));
    expect(resultsOf(answers)).toHaveLength(3);
  });

  it('does nothing for a run whose study it does not have', () => {
    const { answers, serve } = serveAt(1);
    serve({ kind: 'tasks', run: 1, tasks: numbered(seeds(2)) });
    serve({ kind: 'study', run: 2, study });
    serve({ kind: 'tasks', run: 1, tasks: numbered(seeds(2)) });
    expect(answers).toEqual([]);
  });
});

import type { Split } from '../core/experiment/folds.ts';
import type { Study } from '../core/study.ts';
import { unpackResults } from './packed-results.ts';
import type {
  NumberedResult,
  RunTask,
  RunTaskResult,
  TaskAnswer,
  TaskRequest,
  TaskResult,
  TrainTask,
} from './task-protocol.ts';

export interface PoolOptions {
  /** Starts a worker that runs task-entry. Called when there is work, and after each death. */
  readonly spawn: () => Worker;
  /** How many at once, ≥ 1; `workersFor` says how many a machine can spare. */
  readonly size: number;
  /** A worker died and its tasks are being redone. Told once a run. */
  readonly onDeath?: () => void;
  /**
   * Whoever is canceled finishes what it has (a chunk or two of `chunk` milliseconds) in the place of being terminated, and its
   * results are dropped: for short tasks that are asked for anew all the time, where a new worker would cost more. Off by default.
   */
  readonly gentle?: boolean;
  /** What a chunk of tasks should take, in milliseconds. */
  readonly chunk?: number;
}

/** Runs of a sweep, made when their turn comes: ten thousand of them need not stand there all at once. */
export interface RunList {
  readonly count: number;
  /** Milliseconds that a run is thought to take; the first ones come one by one where nobody knows. */
  readonly pace?: number;
  task(index: number): RunTask;
}

/** How a run of tasks ended. `failed`: workers died over the same task again and again, or none could be started. */
export type PoolEnd = 'done' | 'canceled' | 'failed';

/**
 * Workers that train one study many times. One run of tasks at a time: another one cancels it. Workers that are idle are
 * kept for the next run; those that are canceled are terminated, whatever they do.
 */
export interface Pool {
  /**
   * Trains `study` once for every task. `onResult` is told of each once, in whatever order they come; what they are does
   * not depend on how many workers there are. Nothing is told after `signal` was aborted.
   */
  run(
    study: Study,
    tasks: readonly TrainTask[],
    onResult: (index: number, result: TaskResult) => void,
    signal?: AbortSignal,
  ): Promise<PoolEnd>;
  /** The same for runs of a sweep, on the splits of the study that they name. `milliseconds`: what a run took. */
  runAll(
    study: Study,
    splits: readonly Split[],
    runs: RunList,
    onResult: (index: number, result: RunTaskResult, milliseconds: number) => void,
    signal?: AbortSignal,
  ): Promise<PoolEnd>;
  /**
   * Starts the workers that are not there yet and lets them do some of these runs, which nobody is told of: code that has run is
   * fast, and the first sweep of short runs is over before its code would be. Whatever is asked for goes before.
   */
  warm(study: Study, splits: readonly Split[], runs: RunList): void;
  /** Held, it begins nothing new; what is under way is finished and told. */
  hold(held: boolean): void;
  dispose(): void;
}

/** All cores but the one that draws the page; 1 where there is but one, or where the browser does not tell. */
export function workersFor(cores: number | undefined): number {
  return Math.max(1, (cores ?? 2) - 1);
}

/** What a chunk of tasks should take: long beside a message (and a frame that keeps the page from reading it). */
const CHUNK_MILLISECONDS = 60;
/** A worker at work is heard of every half second; the first time its script must be loaded too. */
const PATIENCE = 10_000;
const PATIENCE_AT_FIRST = 30_000;
/** A page that slept finds its timers first and the answers right behind them: look once more before believing a death. */
const SECOND_LOOK = 500;
const DEATHS_OVER_ONE_TASK = 3;
/** So many runs warm a worker up, unless they take longer than this altogether. */
const WARM_RUNS = 800;
const WARM_MILLISECONDS = 1_500;
/** Runs it is asked for at once meanwhile: whoever comes waits for no more. */
const WARM_CHUNK = 8;

/** A worker, and what it was asked and has not answered, in the order in which it works. */
interface Hand {
  readonly worker: Worker;
  readonly asked: Set<number>;
  /** The run whose study it has. */
  knows: number;
  heard: boolean;
  watchdog: ReturnType<typeof setTimeout> | null;
  /** While it warms up: asks for some more, unless that is enough. */
  warming: { readonly run: number; next(milliseconds: number): void } | null;
}

/** The run under way. */
interface Current {
  readonly run: number;
  /** What a worker must know first. */
  readonly known: TaskRequest;
  /** Asks for the tasks of these places. */
  readonly ask: (indices: readonly number[]) => TaskRequest;
  /** Tasks that nobody has. */
  readonly open: number[];
  left: number;
  /** Milliseconds a task takes, as last measured. */
  pace: number | null;
  told: boolean;
  readonly deaths: Map<number, number>;
  readonly take: (result: NumberedResult) => void;
  readonly end: (how: PoolEnd) => void;
}

function askForRuns(list: RunList, run: number, indices: readonly number[]): TaskRequest {
  return { kind: 'runs', run, tasks: indices.map((index) => ({ index, task: list.task(index) })) };
}

export function createPool(options: PoolOptions): Pool {
  const { spawn, size, onDeath, gentle = false, chunk: chunkMilliseconds = CHUNK_MILLISECONDS } = options;
  let held = false;
  let hands: Hand[] = [];
  let current: Current | null = null;
  let runs = 0;

  function watch(hand: Hand): void {
    if (hand.watchdog !== null) clearTimeout(hand.watchdog);
    hand.watchdog = null;
    if (hand.asked.size === 0) return;
    const patience = hand.heard ? PATIENCE : PATIENCE_AT_FIRST;
    hand.watchdog = setTimeout(() => {
      hand.watchdog = setTimeout(() => died(hand), SECOND_LOOK);
    }, patience);
  }

  function drop(hand: Hand): void {
    if (hand.watchdog !== null) clearTimeout(hand.watchdog);
    hand.worker.terminate();
    hands = hands.filter((other) => other !== hand);
  }

  function dropAll(): void {
    for (const hand of hands) drop(hand);
  }

  function start(): Hand | null {
    try {
      const worker = spawn();
      const hand: Hand = { worker, asked: new Set(), knows: 0, heard: false, watchdog: null, warming: null };
      worker.addEventListener('message', (event: MessageEvent<TaskAnswer>) => {
        if (hands.includes(hand)) receive(hand, event.data);
      });
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        died(hand);
      });
      worker.addEventListener('messageerror', () => died(hand));
      hands.push(hand);
      return hand;
    } catch {
      return null;
    }
  }

  /** Gives a worker so much that it need not wait for the page before it goes on. */
  function fill(hand: Hand, of: Current): void {
    if (held) return;
    const share = Math.ceil(of.open.length / (2 * size));
    const wanted = of.pace === null ? 1 : Math.round(chunkMilliseconds / Math.max(of.pace, 0.01));
    const chunk = Math.max(1, Math.min(share, wanted));
    const post = (request: TaskRequest) => hand.worker.postMessage(request);
    while (of.open.length > 0 && hand.asked.size < chunk) {
      if (hand.knows !== of.run) post(of.known);
      hand.knows = of.run;
      const indices = of.open.splice(0, chunk);
      for (const index of indices) hand.asked.add(index);
      post(of.ask(indices));
    }
    watch(hand);
  }

  /** Sees to it that whatever is open is on its way. */
  function deal(): void {
    const of = current;
    if (of === null) return;
    for (const hand of hands) fill(hand, of);
    while (current === of && !held && of.open.length > 0 && hands.length < size) {
      const hand = start();
      if (hand === null) {
        // Those that could be started do the rest.
        if (hands.length === 0) blame(of, -1);
        if (hands.length > 0) return;
      } else fill(hand, of);
    }
  }

  function receive(hand: Hand, answer: TaskAnswer): void {
    hand.heard = true;
    const of = current;
    if (of === null && answer.kind !== 'alive' && answer.run === hand.warming?.run) {
      hand.warming.next(answer.milliseconds);
    }
    if (of === null || answer.run !== of.run) return;
    watch(hand);
    if (answer.kind === 'alive') return;
    const results = answer.kind === 'packed' ? unpackResults(answer.results) : answer.results;
    of.pace = answer.milliseconds / Math.max(1, results.length);
    for (const result of results) {
      if (!hand.asked.delete(result.index)) continue;
      of.left -= 1;
      of.take(result);
      // Whoever was told may have canceled.
      if (current !== of) return;
    }
    watch(hand);
    if (of.left === 0) finish('done');
    else deal();
  }

  function died(hand: Hand): void {
    if (!hands.includes(hand)) return;
    drop(hand);
    const of = current;
    if (of === null) return;
    const lost = [...hand.asked];
    hand.asked.clear();
    of.open.unshift(...lost);
    if (lost.length > 0 && !of.told) {
      of.told = true;
      onDeath?.();
    }
    if (current === of) blame(of, lost[0] ?? -1);
    deal();
  }

  /** A task that workers die over again and again is not tried for ever. */
  function blame(of: Current, task: number): void {
    const deaths = (of.deaths.get(task) ?? 0) + 1;
    of.deaths.set(task, deaths);
    if (deaths >= DEATHS_OVER_ONE_TASK) finish('failed');
  }

  function finish(how: PoolEnd): void {
    const of = current;
    if (of === null) return;
    current = null;
    if (how !== 'done' && !(gentle && how === 'canceled')) dropAll();
    else for (const hand of hands) letGo(hand);
    of.end(how);
  }

  /** Nothing is expected of it any longer. */
  function letGo(hand: Hand): void {
    hand.asked.clear();
    watch(hand);
  }

  /** Begins a run of `count` tasks; the one before it is canceled. */
  function begin(
    count: number,
    study: Study,
    splits: readonly Split[] | null,
    ask: (run: number, indices: readonly number[]) => TaskRequest,
    take: (result: NumberedResult) => void,
    signal: AbortSignal | undefined,
    pace: number | null,
  ): Promise<PoolEnd> {
    finish('canceled');
    if (signal?.aborted) return Promise.resolve('canceled');
    if (count === 0) return Promise.resolve('done');
    return new Promise((resolve) => {
      runs += 1;
      const run = runs;
      const cancel = () => {
        if (current?.run === run) finish('canceled');
      };
      signal?.addEventListener('abort', cancel);
      current = {
        run,
        known: splits === null ? { kind: 'study', run, study } : { kind: 'study', run, study, splits },
        ask: (indices) => ask(run, indices),
        open: Array.from({ length: count }, (_, index) => index),
        left: count,
        pace,
        told: false,
        deaths: new Map(),
        take,
        end(how) {
          signal?.removeEventListener('abort', cancel);
          resolve(how);
        },
      };
      deal();
    });
  }

  function warm(study: Study, splits: readonly Split[], list: RunList): void {
    if (current !== null || list.count === 0) return;
    while (hands.length < size) {
      const hand = start();
      if (hand === null) return;
      runs += 1;
      const run = runs;
      let left = WARM_MILLISECONDS;
      let at = 0;
      const ask = () => {
        const indices = Array.from({ length: WARM_CHUNK }, (_, place) => (at + place) % list.count);
        at += WARM_CHUNK;
        hand.worker.postMessage(askForRuns(list, run, indices));
      };
      hand.warming = {
        run,
        next(milliseconds) {
          left -= milliseconds;
          if (left > 0 && at < WARM_RUNS) ask();
          else hand.warming = null;
        },
      };
      hand.worker.postMessage({ kind: 'study', run, study, splits } satisfies TaskRequest);
      ask();
    }
  }

  return {
    run(study, tasks, onResult, signal) {
      const ask = (run: number, indices: readonly number[]): TaskRequest => ({
        kind: 'tasks',
        run,
        tasks: indices.flatMap((index) => {
          const task = tasks[index];
          return task === undefined ? [] : [{ index, task }];
        }),
      });
      const take = (result: NumberedResult) => {
        if ('result' in result) onResult(result.index, result.result);
      };
      return begin(tasks.length, study, null, ask, take, signal, null);
    },
    runAll(study, splits, list, onResult, signal) {
      const ask = (run: number, indices: readonly number[]) => askForRuns(list, run, indices);
      const take = (result: NumberedResult) => {
        if ('run' in result) onResult(result.index, result.run, result.milliseconds);
      };
      return begin(list.count, study, splits, ask, take, signal, list.pace ?? null);
    },
    warm,
    hold(next) {
      held = next;
      if (!held) deal();
    },
    dispose: () => {
      finish('canceled');
      dropAll();
    },
  };
}

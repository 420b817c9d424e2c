import { epochWork, SECONDS_PER_WORK } from '../core/experiment/cost.ts';
import type { Split } from '../core/experiment/folds.ts';
import type { SweepPlan } from '../core/experiment/plan.ts';
import { putResult } from '../core/experiment/results.ts';
import type { Study } from '../core/study.ts';
import type { RunTask, RunTaskResult } from '../worker/task-protocol.ts';
import { plannedRuns } from './experiment-select.ts';
import type { Sweep, SweepId, SweepStatus } from './experiment-state.ts';
import { taskOfRun } from './sweep-task.ts';
import type { Surroundings } from './trainer.ts';

/** Where runs are done: a pool of workers of its own. See `worker/pool.ts`. */
export interface RunPool {
  runAll(
    study: Study,
    splits: readonly Split[],
    runs: { readonly count: number; readonly pace?: number; task(index: number): RunTask },
    onResult: (index: number, result: RunTaskResult, milliseconds: number) => void,
    signal: AbortSignal,
  ): Promise<'done' | 'canceled' | 'failed'>;
  hold(held: boolean): void;
}

interface QueueOptions {
  readonly sweeps: () => readonly Sweep[];
  /** Puts a sweep in the place of the one of its id. */
  readonly put: (sweep: Sweep) => void;
  readonly pool: () => RunPool;
  /** Whether it is this page's turn; sweeps wait until `work` is called once it is. */
  readonly mayRun?: () => boolean;
  readonly surroundings: Pick<Surroundings, 'now' | 'nextFrame' | 'after'>;
  /** Workers died over one run again and again. */
  readonly onFailed: () => void;
}

/** The sweeps that are to be run, one at a time, in the order in which they stand. */
export interface SweepQueue {
  /** Begins the next one that waits, if none is under way. */
  work(): void;
  pause(id: SweepId): void;
  resume(id: SweepId): void;
  cancel(id: SweepId): void;
  /** It is no more: stops what is under way of it. */
  drop(id: SweepId): void;
}

/**
 * What landed is shown so many milliseconds after the last time: the more runs, the dearer a picture of them. Drawing at every
 * frame took from short sweeps a third of what they need themselves.
 */
function showsAfter(total: number): number {
  return Math.min(250, 50 + total / 200);
}

/** The sweep under way. */
interface Active {
  readonly id: SweepId;
  /** Where its runs are written down. */
  readonly ended: Uint8Array;
  readonly stop: AbortController;
  /** For the time that is left: when it began or went on, and how many runs were done then. */
  since: number;
  doneBefore: number;
  frameAsked: boolean;
  shownAt: number;
}

/** Places of the runs that have not come. */
function openRuns({ results }: Sweep): Int32Array {
  const open: number[] = [];
  results.ended.forEach((ended, index) => {
    if (ended === 0) open.push(index);
  });
  return Int32Array.from(open);
}

/** Milliseconds that a run is thought to take, at most: its first combination stands for all. */
function paceOf(plan: SweepPlan): number {
  const runs = plannedRuns(plan);
  const { users, items, ratings } = plan.study.dataset;
  const epochs = plan.stop.kind === 'epochs' ? plan.stop.epochs : plan.stop.limit;
  const work = epochWork(runs.spec(0).model, ratings.value.length, users.length, items.length) * epochs;
  return work * SECONDS_PER_WORK * 1_000;
}

export function createSweepQueue(options: QueueOptions): SweepQueue {
  const { sweeps, put, pool, mayRun = () => true, surroundings, onFailed } = options;
  let active: Active | null = null;

  const find = (id: SweepId) => sweeps().find((sweep) => sweep.id === id);

  function setStatus(id: SweepId, status: SweepStatus): void {
    const sweep = find(id);
    if (sweep !== undefined && sweep.status !== status) put({ ...sweep, status, secondsLeft: null });
  }

  /** What landed becomes visible: another sweep object, with the same columns. */
  function publish(of: Active, done: number): void {
    const sweep = find(of.id);
    // Other columns stand there: it went on elsewhere, or from the start.
    if (sweep === undefined || sweep.results.ended !== of.ended || done === sweep.done) return;
    of.shownAt = surroundings.now();
    const came = done - of.doneBefore;
    const pace = came > 0 ? (surroundings.now() - of.since) / came : null;
    const running = sweep.status === 'running';
    const secondsLeft = running && pace !== null ? (pace * (sweep.total - done)) / 1000 : null;
    put({ ...sweep, version: sweep.version + 1, done, secondsLeft });
  }

  async function run(sweep: Sweep): Promise<void> {
    const { id, plan, results } = sweep;
    const runs = plannedRuns(plan);
    const open = openRuns(sweep);
    // Counted, not taken from the sweep: what landed as it was canceled may not have been published.
    let done = sweep.total - open.length;
    const stop = new AbortController();
    const of: Active = {
      id,
      ended: results.ended,
      stop,
      since: surroundings.now(),
      doneBefore: done,
      frameAsked: false,
      shownAt: Number.NEGATIVE_INFINITY,
    };
    const show = () =>
      surroundings.nextFrame(() => {
        of.frameAsked = false;
        publish(of, done);
      });
    active = of;
    const workers = pool();
    workers.hold(false);
    setStatus(id, 'running');
    const ended = await workers.runAll(
      plan.study,
      runs.splits,
      { count: open.length, pace: paceOf(plan), task: (at) => taskOfRun(runs, open[at] ?? 0) },
      (at, { run: result, baselines }, milliseconds) => {
        const index = open[at] ?? 0;
        putResult(results, index, { ...result, milliseconds });
        if (baselines !== null) results.baselines[runs.spec(index).split] = baselines;
        done += 1;
        if (of.frameAsked) return;
        of.frameAsked = true;
        const wait = of.shownAt + showsAfter(sweep.total) - surroundings.now();
        if (wait > 0) surroundings.after(wait, show);
        else show();
      },
      stop.signal,
    );
    publish(of, done);
    if (active !== of) return;
    active = null;
    if (ended === 'done') setStatus(id, 'done');
    else if (ended === 'failed') {
      setStatus(id, 'failed');
      onFailed();
    }
    work();
  }

  /** The one under way goes on after a pause. */
  function goOn(of: Active, sweep: Sweep): void {
    of.since = surroundings.now();
    of.doneBefore = sweep.done;
    setStatus(of.id, 'running');
    pool().hold(false);
  }

  function work(): void {
    if (!mayRun()) return;
    if (active !== null) {
      const under = find(active.id);
      if (under?.status === 'planned') {
        goOn(active, under);
        return;
      }
      // One that is paused makes room.
      if (under?.status !== 'paused' || !sweeps().some(({ status }) => status === 'planned')) return;
      leave();
    }
    const next = sweeps().find(({ status }) => status === 'planned');
    if (next !== undefined) void run(next);
  }

  /** Stops what is under way, at once. */
  function leave(): void {
    const of = active;
    active = null;
    of?.stop.abort();
  }

  return {
    work,
    pause(id) {
      const sweep = find(id);
      if (sweep === undefined || (sweep.status !== 'running' && sweep.status !== 'planned')) return;
      setStatus(id, 'paused');
      if (active?.id === id) pool().hold(true);
      work();
    },
    resume(id) {
      const sweep = find(id);
      if (sweep === undefined || sweep.status === 'running' || sweep.status === 'done') return;
      if (active?.id === id && mayRun()) {
        goOn(active, sweep);
        return;
      }
      setStatus(id, 'planned');
      work();
    },
    cancel(id) {
      const sweep = find(id);
      if (sweep === undefined || sweep.status === 'done') return;
      const wasActive = active?.id === id;
      if (wasActive) leave();
      setStatus(id, 'canceled');
      work();
    },
    drop(id) {
      if (active?.id !== id) return;
      leave();
      work();
    },
  };
}

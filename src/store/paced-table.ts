import type { StoreApi } from 'zustand/vanilla';
import type { ExperimentState } from './experiment-state.ts';
import { type RunsTable, runsTable, runsTableInSteps, type TableState } from './runs-table.ts';
import type { Steps } from './steps.ts';
import type { Surroundings } from './trainer.ts';

/** Up to so many runs the table is made at once, whenever anything changes. */
const AT_ONCE = 2_000;
/** So long is worked on a longer one before the page may draw (milliseconds). */
const SLICE = 8;
/** While results land nobody reads faster than this (milliseconds). */
const BETWEEN = 400;

/** The table of runs as it is shown: of many runs it may be some moments old. */
export interface PacedTable {
  /** The newest one that is whole; null while the first one of many runs is made. The same object while it is the same table. */
  get(): RunsTable | null;
  /** Follows the runs until it is let go. */
  subscribe(changed: () => void): () => void;
}

function isFew({ sweeps, runs }: TableState): boolean {
  return sweeps.reduce((sum, { done }) => sum + done, runs.length) <= AT_ONCE;
}

function sameRuns(a: TableState, b: TableState): boolean {
  return a.sweeps === b.sweeps && a.runs === b.runs && a.names === b.names && a.deleted === b.deleted;
}

function sameTable(a: TableState, b: TableState): boolean {
  return sameRuns(a, b) && a.view === b.view && a.pins === b.pins;
}

/** Whether only results landed, and nobody asked for anything. */
function onlyLanded(a: TableState, b: TableState): boolean {
  return (
    a.runs === b.runs &&
    a.names === b.names &&
    a.deleted === b.deleted &&
    a.view === b.view &&
    a.pins === b.pins &&
    a.sweeps.length === b.sweeps.length &&
    a.sweeps.every((sweep, at) => sweep.id === b.sweeps[at]?.id && sweep.name === b.sweeps[at]?.name)
  );
}

/**
 * Makes the table in slices between which the page draws: at once when somebody sorts, filters or deletes, some times a second
 * while results land.
 */
export function createPacedTable(
  store: Pick<StoreApi<ExperimentState>, 'getState' | 'subscribe'>,
  { now, after }: Pick<Surroundings, 'now' | 'after'>,
): PacedTable {
  let made: { readonly of: TableState; readonly table: RunsTable } | null = null;
  let underway: { readonly of: TableState; readonly steps: Steps<RunsTable> } | null = null;
  let ended = Number.NEGATIVE_INFINITY;
  let callOff: (() => void) | null = null;
  let unfollow: (() => void) | null = null;
  const listeners = new Set<() => void>();

  function wait(milliseconds: number, then: () => void): void {
    callOff?.();
    callOff = after(milliseconds, () => {
      callOff = null;
      then();
    });
  }

  function rest(): void {
    callOff?.();
    callOff = null;
    underway = null;
  }

  function tell(): void {
    for (const listener of listeners) listener();
  }

  function work(): void {
    const until = now() + SLICE;
    for (const job = underway; job !== null && job === underway; ) {
      const step = job.steps.next();
      if (step.done) {
        made = { of: job.of, table: step.value };
        underway = null;
        ended = now();
        tell();
        lookAgain();
      } else if (now() >= until) {
        wait(0, work);
        return;
      }
    }
  }

  function begin(): void {
    const of = store.getState();
    underway = { of, steps: runsTableInSteps(of) };
    work();
  }

  /** Something landed while the table was made: another one, after a while. */
  function lookAgain(): void {
    if (underway !== null || callOff !== null || listeners.size === 0) return;
    const state = store.getState();
    if (made !== null && sameTable(made.of, state)) return;
    // Never in the task that changed something: that one draws.
    const early = made !== null && onlyLanded(made.of, state) ? ended + BETWEEN - now() : 0;
    wait(Math.max(0, early), begin);
  }

  function follow(state: ExperimentState, before: ExperimentState): void {
    if (sameTable(state, before)) return;
    if (isFew(state)) {
      rest();
      tell();
      return;
    }
    if (!onlyLanded(state, before)) rest();
    lookAgain();
  }

  return {
    get() {
      const state = store.getState();
      if (isFew(state)) made = { of: state, table: runsTable(state) };
      return made?.table ?? null;
    },
    subscribe(changed) {
      listeners.add(changed);
      unfollow ??= store.subscribe(follow);
      if (!isFew(store.getState())) lookAgain();
      return () => {
        listeners.delete(changed);
        if (listeners.size > 0) return;
        rest();
        unfollow?.();
        unfollow = null;
      };
    },
  };
}

import type { KeptExperiment, KeptSweep } from '../core/experiment/kept.ts';
import type { SweepPlan } from '../core/experiment/plan.ts';
import { emptyResults, type SweepResults } from '../core/experiment/results.ts';
import type { RunRecord } from '../core/experiment/run-record.ts';
import { readPlan } from '../core/experiment/run-spec.ts';
import { fail, ok, type Problem, type Result } from '../core/problem.ts';
import type { ObjectStore } from './object-store.ts';
import { createResultsStore } from './results-store.ts';

/**
 * Sweeps and runs as IndexedDB holds them, so that only what changed is written:
 *
 *     factorscope-experiment               version, which sweeps there are and how they stand, names, pins …
 *     factorscope-experiment-runs          the runs kept from Play
 *     factorscope-experiment-plan-<id>     the plan of a sweep, with its study; written once
 *     factorscope-experiment-results-<id>  its columns, in pieces (`results-store.ts`); written while it runs
 *
 * What belongs together is written before the first key names it, so a page that closes in between finds the state of before.
 */
export const EXPERIMENT_KEY = 'factorscope-experiment';
const RUNS_KEY = `${EXPERIMENT_KEY}-runs`;
const planKey = (id: string) => `${EXPERIMENT_KEY}-plan-${id}`;
const resultsKey = (id: string) => `${EXPERIMENT_KEY}-results-${id}`;
const DAMAGED_KEY = `${EXPERIMENT_KEY}-damaged`;

export interface ExperimentStorage {
  /** Whether somebody else has written since this was last read or written. */
  isNews(): Promise<boolean>;
  /** What was kept; null the first time. Plans and columns that have not changed since are the same objects as before. What cannot be read is put aside under another key, never deleted. */
  load(): Promise<Result<KeptExperiment | null>>;
  /** Writes what is new. What went wrong, or null once the browser has acknowledged all of it. */
  save(kept: KeptExperiment): Promise<Problem | null>;
}

/** Which writing of which tab a first key holds; null where it does not say. */
function stampOf(index: unknown): string | null {
  return typeof index === 'object' && index !== null && 'stamp' in index && typeof index.stamp === 'string'
    ? index.stamp
    : null;
}

function problemOf(error: unknown): Problem {
  return { code: 'storage-failed', got: error instanceof Error ? error.message || error.name : String(error) };
}

/** `tab`: a name of the page that writes; no two that are open at once have one name. */
export function createExperimentStorage(objects: ObjectStore, tab = ''): ExperimentStorage {
  /** What stands in the store, by sweep. */
  const written = new Map<string, { plan: SweepPlan; results: SweepResults; version: number }>();
  const columns = createResultsStore(objects);
  let writes = 0;
  /** Which writing was read or made last. */
  let stamp: string | null = null;
  let writtenRuns: readonly RunRecord[] | null = null;
  let saving: Promise<Problem | null> = Promise.resolve(null);
  let latest: KeptExperiment | null = null;

  async function write(kept: KeptExperiment): Promise<void> {
    for (const { id, plan, results, version } of kept.sweeps) {
      const before = written.get(id);
      if (before?.plan === plan && before.version === version) continue;
      if (before?.plan !== plan) await objects.write(planKey(id), plan);
      await columns.write(resultsKey(id), plan, results);
      written.set(id, { plan, results, version });
    }
    if (kept.runs !== writtenRuns) await objects.write(RUNS_KEY, kept.runs);
    writtenRuns = kept.runs;
    const { sweeps, names, deleted, pins, baseline, opened, numbers } = kept;
    const rows = sweeps.map(({ id, name, status, version }) => ({ id, name, status, version }));
    writes += 1;
    stamp = `${tab} ${writes}`;
    const index = { version: 1, stamp, sweeps: rows, names, deleted, pins, baseline, opened, numbers };
    await objects.write(EXPERIMENT_KEY, index);
    const there = new Set(sweeps.map(({ id }) => id));
    for (const id of [...written.keys()].filter((known) => !there.has(known))) {
      written.delete(id);
      await objects.remove(planKey(id));
      await columns.remove(resultsKey(id));
    }
  }

  /** One write after the other; of those that wait only the newest. */
  async function writeLatest(): Promise<Problem | null> {
    const kept = latest;
    latest = null;
    if (kept === null) return null;
    try {
      await write(kept);
      return null;
    } catch (error) {
      return problemOf(error);
    }
  }

  async function readSweep(row: Omit<KeptSweep, 'plan' | 'results'>): Promise<KeptSweep | null> {
    const before = written.get(row.id);
    if (before?.version === row.version) return { ...row, plan: before.plan, results: before.results };
    const { isPlan } = await import('./stored-experiment.ts');
    // A plan only ever grows, and its columns with it.
    const same = before === undefined ? null : await columns.read(resultsKey(row.id), before.plan);
    const plan = before !== undefined && same !== null ? before.plan : await objects.read(planKey(row.id));
    if (!isPlan(plan)) return null;
    const read = same ?? (await columns.read(resultsKey(row.id), plan));
    const { count, splits } = readPlan(plan);
    // A plan that was written a moment before its results: they are made again.
    const results = read ?? emptyResults(count, splits.length);
    const whole = results.ended.every((ended) => ended !== 0);
    const status = read === null || (row.status === 'done' && !whole) ? 'planned' : row.status;
    written.set(row.id, { plan, results, version: read === null ? -1 : row.version });
    return { ...row, plan, results, status };
  }

  return {
    async isNews() {
      try {
        return stampOf(await objects.read(EXPERIMENT_KEY)) !== stamp;
      } catch {
        // What cannot be read holds no news; writing will say what is wrong.
        return false;
      }
    },
    async load() {
      try {
        const value = await objects.read(EXPERIMENT_KEY);
        if (value === undefined) return ok(null);
        const { isRuns, readIndex } = await import('./stored-experiment.ts');
        const read = readIndex(value);
        const runs = (await objects.read(RUNS_KEY)) ?? [];
        if (read === null || !isRuns(runs)) {
          await objects.write(DAMAGED_KEY, { index: value, runs });
          return fail({ code: 'storage-failed', got: 'the kept runs are damaged' });
        }
        const { sweeps: rows, names, deleted, pins, baseline, opened, numbers } = read;
        const sweeps: KeptSweep[] = [];
        for (const row of rows) {
          const sweep = await readSweep(row);
          if (sweep !== null) sweeps.push(sweep);
        }
        writtenRuns = runs;
        stamp = stampOf(value);
        return ok({ sweeps, runs, names, deleted, pins, baseline, opened, numbers });
      } catch (error) {
        return fail(problemOf(error));
      }
    },
    save(kept) {
      latest = kept;
      saving = saving.then(writeLatest);
      return saving;
    },
  };
}

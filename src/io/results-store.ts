import { packRuns, unpackRuns } from '../core/experiment/packed-runs.ts';
import type { SweepPlan } from '../core/experiment/plan.ts';
import { emptyResults, putResult, resultAt, type SweepResults } from '../core/experiment/results.ts';
import { CURVE_BUDGET, type PlannedRuns, readPlan } from '../core/experiment/run-spec.ts';
import type { ObjectStore } from './object-store.ts';

/*
 * The columns of a sweep in pieces, so that while it runs only what came is written, and no piece takes long to copy:
 *
 *     <key>       how many runs there are, and the baselines by split
 *     <key>-0     what came of the first runs, packed; -1, -2 … those after them
 *
 * A run that came never changes, so pieces of different age belong together as long as they are of one plan.
 */

/** Numbers of a piece: some milliseconds to copy. */
const NUMBERS_A_PIECE = 200_000;
const MOST_RUNS_A_PIECE = 2_048;
/** A curve has about as many numbers at most, and a run so many figures. */
const NUMBERS_A_CURVE = 400;
const FIGURES = 12;

export interface ResultsStore {
  /** Writes what came since the last time. */
  write(key: string, plan: SweepPlan, results: SweepResults): Promise<void>;
  /** What is there of a plan; null where what is there is none of it. */
  read(key: string, plan: SweepPlan): Promise<SweepResults | null>;
  remove(key: string): Promise<void>;
}

/** What stands in the store of a sweep. */
interface Written {
  /** The columns that it was written from. */
  readonly ended: Uint8Array;
  /** Runs of each piece that had come. */
  readonly counts: number[];
  baselines: number;
}

function runsAPiece({ splits, errorStride, keepsCurves, count }: PlannedRuns): number {
  const judges = splits.reduce((sum, { heldOut }) => sum + heldOut.length, 0) / Math.max(1, splits.length);
  const curve = keepsCurves ? Math.min(NUMBERS_A_CURVE, CURVE_BUDGET / count) : 0;
  const numbers = judges / errorStride + curve + FIGURES;
  return Math.max(1, Math.min(MOST_RUNS_A_PIECE, Math.floor(NUMBERS_A_PIECE / numbers)));
}

function cameIn({ ended }: SweepResults, from: number, to: number): number {
  let came = 0;
  for (let index = from; index < to; index += 1) if (ended[index] !== 0) came += 1;
  return came;
}

function bringBaselines({ baselines }: SweepResults): number {
  return baselines.reduce((sum, one) => sum + (one === null ? 0 : 1), 0);
}

export function createResultsStore(objects: ObjectStore): ResultsStore {
  const written = new Map<string, Written>();
  const plans = new WeakMap<SweepPlan, PlannedRuns>();

  function runsOf(plan: SweepPlan): PlannedRuns {
    const runs = plans.get(plan) ?? readPlan(plan);
    plans.set(plan, runs);
    return runs;
  }

  return {
    async write(key, plan, results) {
      const size = runsAPiece(runsOf(plan));
      const known = written.get(key);
      const before = known?.ended === results.ended ? known : null;
      const now: Written = before ?? { ended: results.ended, counts: [], baselines: -1 };
      const { count, baselines } = results;
      const brought = bringBaselines(results);
      if (now.baselines !== brought) await objects.write(key, { count, baselines });
      now.baselines = brought;
      written.set(key, now);
      for (let piece = 0; piece * size < count; piece += 1) {
        const from = piece * size;
        const to = Math.min(count, from + size);
        const came = cameIn(results, from, to);
        if (came === (now.counts[piece] ?? 0)) continue;
        const runs = Array.from({ length: to - from }, (_, at) => from + at).flatMap((index) => {
          const result = resultAt(results, index);
          return result === null ? [] : [{ index, result }];
        });
        await objects.write(`${key}-${piece}`, { count, runs: packRuns(runs) });
        now.counts[piece] = came;
      }
    },
    async read(key, plan) {
      const { isResults, isResultsHead, isPiece } = await import('./stored-experiment.ts');
      const runs = runsOf(plan);
      const { count, splits } = runs;
      const head = await objects.read(key);
      // Once they were kept as a whole.
      const whole = isResults(head);
      if (!(whole || isResultsHead(head)) || head.count !== count || head.baselines.length !== splits.length)
        return null;
      if (whole) return head;
      const results = emptyResults(count, splits.length);
      const size = runsAPiece(runs);
      const now: Written = { ended: results.ended, counts: [], baselines: -1 };
      head.baselines.forEach((errors, split) => {
        results.baselines[split] = errors;
      });
      now.baselines = bringBaselines(results);
      for (let piece = 0; piece * size < count; piece += 1) {
        const read = await objects.read(`${key}-${piece}`);
        const unpacked = isPiece(read) && read.count === count ? unpackRuns(read.runs) : null;
        for (const { index, result } of unpacked ?? []) putResult(results, index, result);
        now.counts[piece] = unpacked?.length ?? 0;
      }
      written.set(key, now);
      return results;
    },
    async remove(key) {
      const pieces = written.get(key)?.counts.length ?? 0;
      written.delete(key);
      await objects.remove(key);
      for (let piece = 0; piece < pieces; piece += 1) await objects.remove(`${key}-${piece}`);
    },
  };
}

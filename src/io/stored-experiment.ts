import * as v from 'valibot';
import { checkPlan } from '../core/experiment/check-plan.ts';
import type { KeptExperiment, KeptSweep } from '../core/experiment/kept.ts';
import type { SweepPlan } from '../core/experiment/plan.ts';
import type { SweepResults } from '../core/experiment/results.ts';
import type { RunRecord } from '../core/experiment/run-record.ts';

/*
 * Sweeps and runs as IndexedDB holds them. Only this program writes them, so the checks are of shape: that they are whole, and
 * that columns belong together. Loaded when there is something to read.
 */

const text = v.string();
const texts = v.array(text);
const index = v.object({
  version: v.literal(1),
  sweeps: v.array(
    v.object({
      id: text,
      name: text,
      status: v.picklist(['planned', 'running', 'paused', 'canceled', 'failed', 'done']),
      version: v.number(),
    }),
  ),
  names: v.record(text, text),
  deleted: texts,
  pins: texts,
  baseline: v.nullable(text),
  // Not there in what was kept before there were any.
  opened: v.optional(v.nullable(v.object({ id: text, epoch: v.nullable(v.number()), fold: v.number() })), null),
  numbers: v.object({ run: v.number(), sweep: v.number() }),
});

const floats = v.instance(Float64Array);
const curve = v.object({ epoch: floats, rmseSeen: floats, rmseHeldOut: floats, objective: floats });

/** Only this program writes these: the checks are of shape. */
export const isResults = (value: unknown): value is SweepResults =>
  v.is(
    v.pipe(
      v.object({
        count: v.number(),
        ended: v.instance(Uint8Array),
        rmseSeen: floats,
        rmseHeldOut: floats,
        objective: floats,
        epochs: floats,
        standsAt: floats,
        bestEpoch: floats,
        bestHeldOut: floats,
        updates: floats,
        milliseconds: floats,
        errors: v.array(v.nullable(floats)),
        curves: v.array(v.nullable(curve)),
        baselines: v.array(v.nullable(v.object({ mean: floats, biases: floats }))),
      }),
      v.check(({ count, ended, errors, curves, rmseHeldOut, epochs }) =>
        [ended, errors, curves, rmseHeldOut, epochs].every((column) => column.length === count),
      ),
    ),
    value,
  );

const baselines = v.array(v.nullable(v.object({ mean: floats, biases: floats })));
const resultsHead = v.object({ count: v.number(), baselines });

export const isResultsHead = (value: unknown): value is v.InferOutput<typeof resultsHead> => v.is(resultsHead, value);

const piece = v.object({
  count: v.number(),
  runs: v.object({
    index: v.instance(Int32Array),
    ended: v.instance(Uint8Array),
    numbers: floats,
    lengths: v.instance(Int32Array),
    values: floats,
  }),
});

export const isPiece = (value: unknown): value is v.InferOutput<typeof piece> => v.is(piece, value);

export const isRuns = (value: unknown): value is readonly RunRecord[] =>
  v.is(
    v.array(
      v.looseObject({
        id: text,
        name: text,
        study: v.looseObject({
          dataset: v.looseObject({ name: text, users: texts }),
          model: v.looseObject({ k: v.number() }),
        }),
        epochs: v.number(),
        curve: v.nullable(curve),
      }),
    ),
    value,
  );

const planShape = v.looseObject({
  study: v.looseObject({ dataset: v.looseObject({ users: texts }), model: v.looseObject({ k: v.number() }) }),
  axes: v.array(v.looseObject({ setting: text })),
  seeds: v.array(v.number()),
  judging: v.looseObject({ kind: text }),
  stop: v.looseObject({ kind: text }),
});

const hasShapeOfPlan = (value: unknown): value is SweepPlan => v.is(planShape, value);

/** Whether it is a plan that can be run; whatever is wrong further inside, it is none. */
export function isPlan(value: unknown): value is SweepPlan {
  try {
    return hasShapeOfPlan(value) && checkPlan(value).length === 0;
  } catch {
    return false;
  }
}

/** What the first key holds: everything but plans, results and runs. */
export interface StoredIndex extends Omit<KeptExperiment, 'sweeps' | 'runs'> {
  readonly sweeps: readonly Omit<KeptSweep, 'plan' | 'results'>[];
}

/** The first key's value if it is whole, else null. */
export function readIndex(value: unknown): StoredIndex | null {
  const read = v.safeParse(index, value);
  return read.success ? read.output : null;
}

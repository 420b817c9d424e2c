import type { SweepPlan } from './plan.ts';
import type { SweepResults } from './results.ts';
import type { RunId, RunRecord } from './run-record.ts';

/** A sweep as the browser keeps it. `running` and `planned` ones go on when they are read. */
export interface KeptSweep {
  readonly id: string;
  readonly name: string;
  readonly plan: SweepPlan;
  readonly status: 'planned' | 'running' | 'paused' | 'canceled' | 'failed' | 'done';
  readonly results: SweepResults;
  readonly version: number;
}

/** Everything of the experiment that outlives a reload. */
export interface KeptExperiment {
  readonly sweeps: readonly KeptSweep[];
  readonly runs: readonly RunRecord[];
  readonly names: Readonly<Record<RunId, string>>;
  readonly deleted: readonly RunId[];
  readonly pins: readonly RunId[];
  readonly baseline: RunId | null;
  /** The fold of a run that was opened in Play; null for none. */
  readonly opened: { readonly id: RunId; readonly epoch: number | null; readonly fold: number } | null;
  /** The last numbers that a run and a sweep were given. */
  readonly numbers: { readonly run: number; readonly sweep: number };
}

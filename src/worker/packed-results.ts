import { packRuns, unpackRuns } from '../core/experiment/packed-runs.ts';
import type { BesideRun, NumberedResult, PackedResults, RunTaskResult } from './task-protocol.ts';

/** The result of a run of a sweep, with its number. */
export type NumberedRunResult = Extract<NumberedResult, { readonly run: RunTaskResult }>;

export function packResults(results: readonly NumberedRunResult[]): PackedResults {
  const beside = new Map<number, BesideRun>();
  const runs = results.map(({ index, run, milliseconds }, place) => {
    const { baselines, predictions } = run;
    if (baselines !== null || predictions !== null) beside.set(place, { baselines, predictions });
    return { index, result: { ...run.run, milliseconds } };
  });
  return { runs: packRuns(runs), beside };
}

/** What need not be copied when it is posted. */
export function transferOf({ runs: { index, ended, numbers, lengths, values } }: PackedResults): Transferable[] {
  return [index, ended, numbers, lengths, values].map(({ buffer }) => buffer);
}

export function unpackResults({ runs, beside }: PackedResults): readonly NumberedRunResult[] {
  return (unpackRuns(runs) ?? []).map(({ index, result: { milliseconds, ...run } }, place) => {
    const { baselines = null, predictions = null } = beside.get(place) ?? {};
    return { index, run: { run, baselines, predictions }, milliseconds };
  });
}

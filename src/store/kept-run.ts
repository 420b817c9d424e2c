import type { Judging } from '../core/experiment/plan.ts';
import type { RunRecord } from '../core/experiment/run-record.ts';
import type { RunCurve } from '../core/experiment/run-result.ts';
import type { History } from '../core/history.ts';
import type { Session } from '../core/session.ts';
import { strings } from '../strings/index.ts';
import type { RunSlice } from './state.ts';

function curveOf({ epoch, rmseSeen, rmseHeldOut, objective }: History): RunCurve {
  const column = (values: readonly (number | null)[]) => Float64Array.from(values, (value) => value ?? Number.NaN);
  return {
    epoch: Float64Array.from(epoch),
    rmseSeen: column(rmseSeen),
    rmseHeldOut: column(rmseHeldOut),
    objective: column(objective),
  };
}

/** The epoch with the least RMSE held out on the curve; ties: the earlier. Null where nothing is held out. */
function bestOn({ epoch, rmseHeldOut }: History): { readonly epoch: number; readonly rmse: number } | null {
  let best: { readonly epoch: number; readonly rmse: number } | null = null;
  rmseHeldOut.forEach((rmse, at) => {
    if (rmse !== null && (best === null || rmse < best.rmse)) best = { epoch: epoch[at] ?? 0, rmse };
  });
  return best;
}

/** A figure that lags by more than this share of the epochs says nothing of the run. */
const STALE_SHARE = 0.5;

/** What stands in for RMSE held out where nothing is held out; it may be of an earlier epoch (`leaveOneOut.epoch`). */
function leaveOneOutOf({
  leaveOneOut,
  epoch,
  divergence,
}: Pick<RunSlice, 'leaveOneOut' | 'epoch' | 'divergence'>): Pick<RunRecord, 'rmseHeldOut' | 'leaveOneOut'> {
  const late = leaveOneOut !== null && epoch - leaveOneOut.epoch > STALE_SHARE * epoch;
  if (leaveOneOut === null || late || divergence !== null) return { rmseHeldOut: null, leaveOneOut: null };
  const { rmse, ratings } = leaveOneOut;
  return { rmseHeldOut: rmse, leaveOneOut: { ratings, epoch: leaveOneOut.epoch } };
}

/** How a run of Play is judged: by what it holds out, by leaving out one by one, or not at all. */
export function judgingOfKept({ leaveOneOut, study }: Pick<RunRecord, 'leaveOneOut' | 'study'>): Judging | null {
  if (leaveOneOut) return { kind: 'leave-one-out' };
  return study.dataset.ratings.heldOut.includes(1) ? { kind: 'hold-out', share: null, repeats: 1 } : null;
}

/** The record with the figure of its own epoch, once Play has it; null where there is nothing new. */
export function withLeaveOneOut(record: RunRecord, run: RunSlice): RunRecord | null {
  const { leaveOneOut, epoch } = run;
  if (leaveOneOut === null || leaveOneOut.epoch !== record.epochs || epoch !== record.epochs) return null;
  return record.leaveOneOut?.epoch === leaveOneOut.epoch ? null : { ...record, ...leaveOneOutOf(run) };
}

/** Play's run as it stands, to keep. `number`: counts the runs that were kept. */
export function recordOfPlay(session: Session, run: RunSlice, number: number, name?: string): RunRecord {
  const { history, epoch, divergence, marks } = run;
  const study = { ...session.study, start: run.start ?? session.study.start };
  const best = bestOn(history);
  const last = history.epoch.length - 1;
  return {
    id: `run-${number}`,
    name: name ?? strings.experiment.keptRun(number, study.dataset.name, epoch),
    source: { kind: 'play' },
    study,
    epochs: epoch,
    standsAt: epoch,
    bestEpoch: best?.epoch ?? null,
    bestHeldOut: best?.rmse ?? null,
    rmseSeen: history.rmseSeen[last] ?? null,
    ...(study.dataset.ratings.heldOut.includes(1)
      ? { rmseHeldOut: history.rmseHeldOut[last] ?? null }
      : leaveOneOutOf(run)),
    objective: history.objective[last] ?? null,
    ended: divergence !== null ? 'diverged' : run.stopped ? 'stopped' : 'limit',
    updates: marks.length > 0 ? null : epoch * run.stepsPerEpoch + run.position,
    milliseconds: null,
    curve: curveOf(history),
    changed: marks.length > 0 || run.position > 0,
    session,
  };
}

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
    rmseHeldOut: history.rmseHeldOut[last] ?? null,
    objective: history.objective[last] ?? null,
    ended: divergence === null ? 'limit' : 'diverged',
    updates: marks.length > 0 ? null : epoch * run.stepsPerEpoch + run.position,
    milliseconds: null,
    curve: curveOf(history),
    changed: marks.length > 0 || run.position > 0,
    session,
  };
}

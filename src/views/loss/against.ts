import type { PinnedCurve } from '../../charts/loss-pinned.ts';
import { positionAt, type RunExtent } from '../../core/experiment/run-record.ts';
import type { AppState, LossAgainst } from '../../store/state.ts';
import type { PinnedRun } from './pinned-runs.ts';

/** Significant digits while the run goes on, so that the axis stands still. */
const CALM_DIGITS = 2;

/** What one epoch of the run takes: its visits, and the time measured for them since the run is on this page. */
export function extentOfEpoch(run: AppState['run']): RunExtent {
  const { milliseconds, epochs } = run.measuredTime ?? { milliseconds: 0, epochs: 0 };
  const each = epochs > 0 && milliseconds > 0 ? milliseconds / epochs : null;
  const calm = each !== null && run.status === 'training' ? Number(each.toPrecision(CALM_DIGITS)) : each;
  return { epochs: 1, updates: run.stepsPerEpoch > 0 ? run.stepsPerEpoch : null, milliseconds: calm };
}

/** Updates or milliseconds of an epoch; null where the axis counts epochs, or nothing else is known. */
export function perEpochOf(run: AppState['run'], against: LossAgainst): number | null {
  return against === 'epochs' ? null : positionAt(1, extentOfEpoch(run), against);
}

/**
 * Pinned curves on the axis of this run: where they would lie if its epochs took as long as theirs. Those of which it is not
 * known are left out.
 */
export function pinnedAgainst(
  pinned: readonly PinnedRun[],
  against: LossAgainst,
  perEpoch: number | null,
): readonly PinnedCurve[] {
  return pinned.flatMap(({ curve, record }) => {
    if (curve === null) return [];
    if (perEpoch === null) return [curve];
    if (positionAt(0, record, against) === null) return [];
    const epoch = Float64Array.from(curve.epoch, (one) => (positionAt(one, record, against) ?? 0) / perEpoch);
    return [{ ...curve, epoch }];
  });
}

import type { History, Measures } from '../core/history.ts';

/**
 * The history with the run as it stands for its last row. Settings and edits act at once while a run rests, so the model can
 * measure otherwise than the curve's last entry says: the curve keeps what was measured then and ends with a step to what is
 * measured now. Unchanged (the same object) where the two agree, and where nothing is measured.
 *
 *     history   … 4990  5000             … 4990  5000  5000
 *               … 0.10  0.0998    →      … 0.10  0.0998  2.616
 */
export function historyWithNow(history: History, epoch: number, now: Measures): History {
  const last = history.epoch.length - 1;
  const measured =
    now.rmseSeen !== null ||
    now.rmseHeldOut !== null ||
    now.maeSeen !== null ||
    now.maeHeldOut !== null ||
    now.objective !== null;
  const agrees =
    history.epoch[last] === epoch &&
    history.rmseSeen[last] === now.rmseSeen &&
    history.rmseHeldOut[last] === now.rmseHeldOut &&
    history.maeSeen[last] === now.maeSeen &&
    history.maeHeldOut[last] === now.maeHeldOut &&
    history.objective[last] === now.objective;
  if (!measured || agrees || (history.epoch[last] ?? 0) > epoch) return history;
  return {
    epoch: [...history.epoch, epoch],
    rmseSeen: [...history.rmseSeen, now.rmseSeen],
    rmseHeldOut: [...history.rmseHeldOut, now.rmseHeldOut],
    maeSeen: [...history.maeSeen, now.maeSeen],
    maeHeldOut: [...history.maeHeldOut, now.maeHeldOut],
    objective: [...history.objective, now.objective],
  };
}

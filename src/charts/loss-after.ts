import { line } from 'd3';
import type { History } from '../core/history.ts';
import type { LossFrame } from './loss-chart.ts';
import { type CurvePoint, decimate } from './loss-decimate.ts';
import { type LossKind, lossColumns } from './loss-domain.ts';

/** What a run had measured after its best epoch before it went back there: paler, from where its curve ends. */
export interface LossAfter {
  readonly lines: readonly { readonly id: 'seen' | 'heldOut'; readonly path: string }[];
  /** From the best epoch to the stop. */
  readonly band: { readonly x: number; readonly width: number };
  /** Where the words for it stand: at the right end of the band, or at its left one where there is no room. */
  readonly label: { readonly x: number; readonly anchor: 'start' | 'end' };
}

/** The words take about so many pixels. */
const LABEL_ROOM = 180;

/** The curve with what came after it, as one: rows ascend by epoch. */
export function historyWithAfter(history: History, after: History | null): History {
  if (after === null || after.epoch.length === 0) return history;
  return {
    epoch: [...history.epoch, ...after.epoch],
    rmseSeen: [...history.rmseSeen, ...after.rmseSeen],
    rmseHeldOut: [...history.rmseHeldOut, ...after.rmseHeldOut],
    maeSeen: [...history.maeSeen, ...after.maeSeen],
    maeHeldOut: [...history.maeHeldOut, ...after.maeHeldOut],
    objective: [...history.objective, ...after.objective],
  };
}

/** `whole`: the run's curve with what came after it; `from`: the row at which the run's own curve ends. */
export function lossAfter(frame: LossFrame, whole: History, from: number, kind: LossKind): LossAfter {
  const epochs = whole.epoch.slice(from);
  const columns = lossColumns(whole, kind);
  const draw = line<CurvePoint>()
    .defined((point) => point !== null)
    .x((point) => (point ? point[0] : 0))
    .y((point) => (point ? frame.y(point[1]) : 0))
    .digits(1);
  const path = (values: readonly (number | null)[]) => draw(decimate(epochs, values.slice(from), frame.x)) ?? '';
  const x = frame.x(epochs[0] ?? 0);
  const end = frame.x(epochs.at(-1) ?? 0);
  const fits = end - LABEL_ROOM >= frame.plot.left;
  return {
    lines: [
      { id: 'seen', path: path(columns.seen) },
      ...(columns.heldOut ? [{ id: 'heldOut' as const, path: path(columns.heldOut) }] : []),
    ],
    band: { x, width: end - x },
    label: fits ? { x: end, anchor: 'end' } : { x: Math.min(x, frame.plot.right - LABEL_ROOM), anchor: 'start' },
  };
}

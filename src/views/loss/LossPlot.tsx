import { type KeyboardEvent, type PointerEvent, useMemo, useRef, useState } from 'react';
import { historyWithAfter, lossAfter } from '../../charts/loss-after.ts';
import { frameAgainst } from '../../charts/loss-against.ts';
import { lossChart, lossFrame, nearestRow } from '../../charts/loss-chart.ts';
import { lossColumns, lossDomain } from '../../charts/loss-domain.ts';
import { historyWithNow } from '../../charts/loss-now.ts';
import { pinnedExtent, pinnedLines } from '../../charts/loss-pinned.ts';
import { strings } from '../../strings/index.ts';
import { formatCount, formatReadout } from '../../strings/numbers.ts';
import { useActions, useApp } from '../context.ts';
import { perEpochOf, pinnedAgainst } from './against.ts';
import { LossDrawing } from './LossDrawing.tsx';
import { lossLevels, lossPoints } from './loss-content.ts';
import type { PinnedRun } from './pinned-runs.ts';
import { nearestStop, playheadStops, stopAfterKey } from './playhead-stops.ts';
import { useSize } from './use-size.ts';

/** A change is told of when the pointer is this near to its tick (CSS pixels). */
const NEAR = 6;

/** The curves and the playhead: drag anywhere, or arrow keys on the flag. */
export function LossPlot({ pinned }: { readonly pinned: readonly PinnedRun[] }) {
  const actions = useActions();
  const run = useApp((state) => state.run);
  const loss = useApp((state) => state.view.lossShown);
  const axis = useApp((state) => state.view.lossAxis);
  const against = useApp((state) => state.view.lossAgainst);
  const showBaselines = useApp((state) => state.view.showBaselines);
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  const { baselines, leaveOneOut, measures, epoch, playhead } = run;
  const live = playhead === null && run.view?.epoch === epoch;
  // The line ends at what the readouts say.
  const history = useMemo(
    () => (live ? historyWithNow(run.history, epoch, measures) : run.history),
    [live, run.history, epoch, measures],
  );
  const letGo = run.stopped?.after ?? null;
  const whole = useMemo(() => historyWithAfter(history, letGo), [history, letGo]);
  const perEpoch = perEpochOf(run, against);

  // The epoch asked for, until the store stands there: the playhead must not lag behind the hand.
  const [asked, setAsked] = useState<{ readonly run: number; readonly epoch: number } | null>(null);
  const [dragging, setDragging] = useState(false);
  const [hovered, setHovered] = useState<number | null>(null);
  const [keyboard, setKeyboard] = useState(false);
  const shown = run.playhead ?? run.epoch;
  if (asked && !dragging && (asked.epoch === shown || asked.run !== run.id || run.status === 'training'))
    setAsked(null);
  const at = asked && asked.run === run.id ? Math.min(asked.epoch, run.epoch) : shown;

  const narrow = size.width < 480;
  const levels = useMemo(
    () => lossLevels({ lossShown: loss, showBaselines }, { baselines, leaveOneOut }, narrow),
    [loss, showBaselines, baselines, leaveOneOut, narrow],
  );
  const points = useMemo(
    () => lossPoints({ lossShown: loss }, { baselines, leaveOneOut }, narrow),
    [loss, baselines, leaveOneOut, narrow],
  );
  const curves = useMemo(() => pinnedAgainst(pinned, against, perEpoch), [pinned, against, perEpoch]);
  const extent = useMemo(() => pinnedExtent(curves, loss), [curves, loss]);
  const { epochEnd, low, high, floored } = lossDomain(whole, loss, axis, Math.max(run.epoch, extent.lastEpoch), [
    ...[...levels, ...points].map((extra) => extra.value),
    ...extent.values,
  ]);
  // The frame is made anew only when one of its numbers changes, not with every epoch.
  const byEpochs = useMemo(
    () => lossFrame({ axis, epochEnd, low, high, floored }, size),
    [axis, epochEnd, low, high, floored, size],
  );
  const frame = useMemo(
    () => (perEpoch === null ? byEpochs : frameAgainst(byEpochs, perEpoch, against === 'updates')),
    [byEpochs, perEpoch, against],
  );
  const after = useMemo(
    () => (whole === history ? null : lossAfter(frame, whole, history.epoch.length - 1, loss)),
    [frame, whole, history, loss],
  );
  const counted = (epoch: number): string | null => {
    if (perEpoch === null) return null;
    const position = epoch * perEpoch;
    return against === 'time' ? strings.runs.duration(position) : formatCount(Math.round(position));
  };
  const flag = counted(at);
  const lines = useMemo(() => pinnedLines(frame, curves, loss), [frame, curves, loss]);
  const chart = useMemo(
    () =>
      lossChart(frame, {
        history,
        kind: loss,
        names: {
          seen: loss === 'objective' ? strings.chart.objective : strings.chart.seen,
          heldOut: strings.chart.heldOut,
        },
        levels,
        points,
        marks: run.marks,
        pinned: lines,
        playhead: at,
        namesAfter: whole.epoch.at(-1) ?? null,
        ...(flag === null ? {} : { flag }),
      }),
    [frame, history, whole, loss, levels, points, run.marks, lines, at, flag],
  );

  const stops = useMemo(() => playheadStops(run.snapshots, run.epoch), [run.snapshots, run.epoch]);
  const columns = lossColumns(whole, loss);
  const figures = (row: number) => ({ seen: columns.seen[row] ?? null, heldOut: columns.heldOut?.[row] ?? null });
  const measured = run.view?.epoch === at ? run.measures : null;
  const here =
    measured === null
      ? figures(nearestRow(history.epoch, at))
      : loss === 'rmse'
        ? { seen: measured.rmseSeen, heldOut: measured.rmseHeldOut }
        : loss === 'mae'
          ? { seen: measured.maeSeen, heldOut: measured.maeHeldOut }
          : { seen: measured.objective, heldOut: null };

  const changedHere = run.marks.filter((mark) => mark.epoch === at).map((mark) => mark.label);

  const go = (stop: number): void => {
    const epoch = stops[stop] ?? run.epoch;
    if (epoch === at) return;
    setAsked({ run: run.id, epoch });
    actions.show(stop === stops.length - 1 ? null : epoch);
  };
  const epochUnder = (event: PointerEvent<HTMLDivElement>): number =>
    frame.epochAt(event.clientX - event.currentTarget.getBoundingClientRect().left);
  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0 || !event.isPrimary) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setDragging(true);
    go(nearestStop(stops, epochUnder(event)));
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    const epoch = epochUnder(event);
    setHovered(epoch);
    if (dragging) go(nearestStop(stops, epoch));
  };
  const onPointerEnd = (): void => setDragging(false);
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const stop = stopAfterKey(event.key, nearestStop(stops, at), stops.length);
    if (stop === null) return;
    event.preventDefault();
    setKeyboard(true);
    setHovered(null);
    go(stop);
  };

  const told = hovered ?? (keyboard ? at : null);
  const row = told === null ? -1 : nearestRow(whole.epoch, told);
  const rowEpoch = whole.epoch[row];
  const crosshair = rowEpoch === undefined ? null : frame.x(rowEpoch);
  const changes = told === null ? [] : chart.changes.filter((change) => Math.abs(change.x - frame.x(told)) <= NEAR);

  return (
    <div
      ref={box}
      className="loss-plot"
      data-dragging={dragging || undefined}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerEnd}
      onPointerCancel={onPointerEnd}
      onLostPointerCapture={onPointerEnd}
      onPointerLeave={() => setHovered(null)}
    >
      {size.width > 0 && (
        <>
          <svg
            role="img"
            aria-label={strings.chart.curves(loss, after && run.epoch)}
            width={frame.width}
            height={frame.height}
          >
            <LossDrawing
              chart={chart}
              pinned={lines}
              after={after}
              unit={strings.runs.axisUnit[perEpoch === null ? 'epochs' : against]}
            />
            {crosshair !== null && hovered !== null && (
              <line className="loss-crosshair" x1={crosshair} x2={crosshair} y1={0} y2={frame.plot.bottom} />
            )}
          </svg>
          <div
            role="slider"
            tabIndex={0}
            className="loss-playhead numbers"
            aria-label={strings.chart.playhead}
            aria-orientation="horizontal"
            aria-valuemin={stops[0] ?? 0}
            aria-valuemax={run.epoch}
            aria-valuenow={at}
            aria-valuetext={strings.chart.at(at, loss, here.seen, here.heldOut, changedHere)}
            style={{ left: chart.playhead.x, top: frame.plot.bottom + 7 }}
            onKeyDown={onKeyDown}
            onFocus={(event) => setKeyboard(event.currentTarget.matches(':focus-visible'))}
            onBlur={() => setKeyboard(false)}
          >
            {chart.playhead.flag}
          </div>
          {crosshair !== null && rowEpoch !== undefined && (
            <div
              className="loss-told numbers"
              aria-hidden="true"
              data-side={crosshair > (frame.plot.left + frame.plot.right) / 2 ? 'left' : 'right'}
              style={{ left: crosshair, top: frame.plot.top }}
            >
              <strong>
                {rowEpoch > run.epoch ? strings.chart.letGoAt(rowEpoch) : strings.chart.epochAt(rowEpoch)}
              </strong>
              {perEpoch !== null && (
                <div>
                  <span>{strings.runs.against[against]}</span>
                  <span>{counted(rowEpoch)}</span>
                </div>
              )}
              {chart.series.map((series) => (
                <div key={series.id}>
                  <span>
                    {series.id === 'heldOut'
                      ? strings.chart.heldOut
                      : loss === 'objective'
                        ? strings.chart.objective
                        : strings.chart.seen}
                  </span>
                  <span className={series.id}>{formatReadout(figures(row)[series.id])}</span>
                </div>
              ))}
              {[...points, ...levels].map((extra) => (
                <div key={extra.id}>
                  <span>{extra.name}</span>
                  <span>{formatReadout(extra.value)}</span>
                </div>
              ))}
              {changes.map((change) => (
                <p key={change.epoch} className="loss-told-change">
                  {change.epoch === rowEpoch
                    ? change.labels.join('; ')
                    : strings.chart.change(change.epoch, change.labels.join('; '))}
                </p>
              ))}
            </div>
          )}
        </>
      )}
    </div>
  );
}

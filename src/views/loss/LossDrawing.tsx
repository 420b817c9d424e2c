import { memo } from 'react';
import type { LossAfter } from '../../charts/loss-after.ts';
import type { LossChart, LossFrame, LossLabel } from '../../charts/loss-chart.ts';
import type { PinnedLine } from '../../charts/loss-pinned.ts';
import { strings } from '../../strings/index.ts';

const Frame = memo(function Frame({ frame, unit }: { readonly frame: LossFrame; readonly unit: string }) {
  const { plot } = frame;
  return (
    <g className="loss-frame">
      {frame.yTicks.map((tick) => (
        <g key={tick.label}>
          <line x1={plot.left} x2={plot.right} y1={tick.y} y2={tick.y} />
          <text x={plot.left - 8} y={tick.y} dy="0.35em" textAnchor="end">
            {tick.label}
          </text>
        </g>
      ))}
      <text x={frame.width - 2} y={plot.bottom + 23} textAnchor="end">
        {unit}
      </text>
    </g>
  );
});

const Label = memo(function Label({ x, y, text, kind }: LossLabel & { readonly kind: string }) {
  return (
    <text className={`loss-label ${kind}`} x={x} y={y} dy="0.35em">
      {text}
    </text>
  );
});

/** Curves of pinned runs: they change seldom, the run's own with every frame. */
const Pinned = memo(function Pinned({ lines }: { readonly lines: readonly PinnedLine[] }) {
  return lines.map(({ id, baseline, seen, heldOut }) => (
    <g key={id} className={baseline ? 'baseline' : undefined}>
      <path className="loss-pinned-line" d={seen} />
      <path className="loss-pinned-line heldOut" d={heldOut} />
    </g>
  ));
});

interface Props {
  readonly chart: LossChart;
  readonly pinned: readonly PinnedLine[];
  /** What was let go after an early stop. */
  readonly after: LossAfter | null;
  /** What the axis counts. */
  readonly unit: string;
}

/** The chart's marks as SVG: nothing here computes, so the same marks can be written into a file. */
export function LossDrawing({ chart, pinned, after, unit }: Props) {
  const { frame, playhead } = chart;
  const { plot } = frame;
  return (
    <>
      <Frame frame={frame} unit={unit} />
      {after && <rect className="loss-after-band" {...after.band} y={plot.top} height={plot.bottom - plot.top} />}
      {chart.xTicks.map((tick) => (
        <text className="loss-tick" key={tick.label} x={tick.x} y={plot.bottom + 23} textAnchor="middle">
          {tick.label}
        </text>
      ))}
      <Pinned lines={pinned} />
      {chart.changes.map((change) => (
        <line
          key={`${change.epoch}`}
          className="loss-change"
          x1={change.x}
          x2={change.x}
          y1={plot.bottom - 12}
          y2={plot.bottom}
        />
      ))}
      {chart.levels.map((level) => (
        <line
          key={level.id}
          className={`loss-level ${level.id}`}
          x1={plot.left}
          x2={plot.right}
          y1={level.y}
          y2={level.y}
        />
      ))}
      {after?.lines.map(({ id, path }) => (
        <path key={id} className={`loss-line ${id} loss-after`} d={path} />
      ))}
      {chart.series.map((series) => (
        <path key={series.id} className={`loss-line ${series.id}`} d={series.path} />
      ))}
      <line className="loss-now" x1={playhead.x} x2={playhead.x} y1={0} y2={plot.bottom + 8} />
      {chart.points.map((point) => (
        <rect
          key={point.id}
          className="loss-point"
          x={point.x - 4.5}
          y={point.y - 4.5}
          width={9}
          height={9}
          transform={`rotate(45 ${point.x} ${point.y})`}
        />
      ))}
      {chart.series.map((series) =>
        series.atPlayhead ? (
          <circle
            key={series.id}
            className={`loss-dot ${series.id}`}
            cx={series.atPlayhead.x}
            cy={series.atPlayhead.y}
            r={4.5}
          />
        ) : null,
      )}
      {chart.levels.map((level) => (
        <g key={level.id}>
          <line
            className={`loss-level ${level.id}`}
            x1={level.sample.x1}
            x2={level.sample.x2}
            y1={level.label.y}
            y2={level.label.y}
          />
          <Label {...level.label} kind={level.id} />
        </g>
      ))}
      {after && (
        <text className="loss-after-label" x={after.label.x} y={plot.top + 8} textAnchor={after.label.anchor}>
          {strings.chart.afterBest}
        </text>
      )}
      {chart.pinned.map(({ id, baseline, ...label }) => (
        <Label key={id} {...label} kind={baseline ? 'pinned baseline' : 'pinned'} />
      ))}
      {chart.points.map((point) => (
        <Label key={point.id} {...point.label} kind="heldOut" />
      ))}
      {chart.series.map((series) => (
        <Label key={series.id} {...series.label} kind={series.id} />
      ))}
    </>
  );
}

import { memo, useMemo, useRef, useState } from 'react';
import {
  type Brush,
  nearestLine,
  type ParallelFrame,
  type ParallelLine,
  parallelFrame,
  parallelLines,
  passes,
} from '../../../charts/sweep-parallel.ts';
import { errorScale } from '../../../charts/sweep-scale.ts';
import { isWhole } from '../../../core/experiment/axis.ts';
import { bestOf, summariesOf } from '../../../store/experiment-select.ts';
import { sweepPictures } from '../../../strings/sweep-pictures.ts';
import { RAMPS, type Ramp } from '../../../theme/ramps.ts';
import { useSize } from '../../loss/use-size.ts';
import { useTheme } from '../../stage/useTheme.ts';
import { AxisBrush } from './AxisBrush.tsx';
import { BrushFields } from './BrushFields.tsx';
import { ColorScale, scaleRule } from './ColorScale.tsx';
import { figuresOf } from './cell-figures.ts';
import { FigureTip } from './FigureTip.tsx';
import type { PictureProps } from './picture-props.ts';

const words = sweepPictures.parallel;
/** How many of the chosen are listed. */
const LISTED = 8;

const Lines = memo(function Lines({
  lines,
  kept,
  ramp,
}: {
  readonly lines: readonly ParallelLine[];
  readonly kept: ReadonlySet<number>;
  readonly ramp: Ramp;
}) {
  // The best are drawn last, over the others; what is not chosen lies under all.
  const order = lines.toSorted(
    (a, b) => Number(kept.has(a.cell)) - Number(kept.has(b.cell)) || (a.shade ?? -1) - (b.shade ?? -1),
  );
  return order.map(({ cell, path, shade, diverged }) => (
    <path
      key={cell}
      className="sweep-run"
      d={path}
      data-away={!kept.has(cell) || undefined}
      data-diverged={diverged || undefined}
      style={shade === null || !kept.has(cell) ? undefined : { stroke: ramp.css[shade] }}
    />
  ));
});

const Axes = memo(function Axes({
  frame,
  names,
  diverged,
}: {
  readonly frame: ParallelFrame;
  readonly names: readonly string[];
  readonly diverged: boolean;
}) {
  const last = frame.axes.length - 1;
  return (
    <g>
      {frame.axes.map((axis, at) => (
        <g key={names[at]}>
          <line className="sweep-parallel-axis" x1={axis.x} x2={axis.x} y1={frame.top} y2={frame.bottom} />
          <text
            className="sweep-axis-name"
            x={at === 0 ? 0 : at === last ? frame.width : axis.x}
            y={at % 2 === 0 ? 12 : 28}
            textAnchor={at === 0 ? 'start' : at === last ? 'end' : 'middle'}
          >
            {names[at]}
          </text>
          {axis.ticks.map(({ y, label }) => (
            <g key={label}>
              <line className="sweep-parallel-axis" x1={axis.x - 4} x2={axis.x} y1={y} y2={y} />
              <text className="sweep-parallel-tick" x={axis.x - 7} y={y} dy="0.35em" textAnchor="end">
                {label}
              </text>
            </g>
          ))}
        </g>
      ))}
      {diverged && (
        <text
          className="sweep-parallel-tick"
          x={(frame.axes[last]?.x ?? 0) - 7}
          y={frame.divergedY}
          dy="0.35em"
          textAnchor="end"
        >
          {sweepPictures.legend.diverged}
        </text>
      )}
    </g>
  );
});

/** A search over several settings as parallel coordinates: brushes keep some of the combinations, a click opens one. */
export function SweepParallel({ sweep, onOpen }: PictureProps) {
  const { axes } = sweep.plan;
  const ramp = RAMPS[useTheme()].unseen;
  const place = useRef<HTMLDivElement>(null);
  const { width } = useSize(place);
  const [brushes, setBrushes] = useState<readonly (Brush | null)[]>([]);
  const [pointed, setPointed] = useState<number | null>(null);
  // The tip stands on the side where the pointer is not.
  const [tipLeft, setTipLeft] = useState(false);
  const touched = useRef<number | null>(null);

  const { summaries, runs, scale } = useMemo(() => {
    const all = summariesOf(sweep);
    const made = all.map(({ cell, assignments, mean, diverged }) => ({
      cell,
      values: assignments.map(({ value }) => value),
      error: diverged > 0 ? null : mean,
      diverged: diverged > 0,
    }));
    const of = errorScale(
      made.map(({ error }) => error),
      'linear',
    );
    return { summaries: all, runs: made, scale: of };
  }, [sweep]);
  const frame = useMemo(() => parallelFrame(width, axes, scale, sweepPictures.value), [width, axes, scale]);
  const lines = useMemo(() => parallelLines(frame, runs, scale), [frame, runs, scale]);
  const chosen = useMemo(
    () =>
      runs
        .filter((run) => passes(run, brushes))
        .toSorted((a, b) => (a.error ?? Number.POSITIVE_INFINITY) - (b.error ?? Number.POSITIVE_INFINITY)),
    [runs, brushes],
  );
  const kept = useMemo(() => new Set(chosen.map(({ cell }) => cell)), [chosen]);
  const names = useMemo(() => [...axes.map(({ setting }) => sweepPictures.axis(setting)), words.error], [axes]);
  const best = bestOf(sweep)?.cell ?? null;
  const greatest = runs.reduce((most, { error }) => Math.max(most, error ?? 0), 0);
  const errorHigh = Math.max(scale?.high ?? 1, Math.ceil(greatest * 100) / 100);

  const onBrush = (at: number, brush: Brush | null) =>
    setBrushes(
      Array.from({ length: axes.length + 1 }, (_, place) => (place === at ? brush : (brushes[place] ?? null))),
    );
  /** A range that was dragged to the top of the error's axis holds what lies beyond it too. */
  const onDrag = (at: number, brush: Brush | null) => {
    const toTop = at === axes.length && brush?.kind === 'range' && brush.to >= (scale?.high ?? 1);
    onBrush(at, toTop ? { ...brush, to: errorHigh } : brush);
  };
  const lineOf = (cell: number | null) => (cell === null ? undefined : lines.find((one) => one.cell === cell));
  const under = lineOf(pointed);
  const summary = pointed === null ? undefined : summaries[pointed];
  const errorAxis = frame.axes.at(-1);
  const ringed = lineOf(best);
  const nearest = (event: React.PointerEvent<HTMLElement> | React.MouseEvent<HTMLElement>) => {
    const bounds = event.currentTarget.getBoundingClientRect();
    const visible = lines.filter(({ cell }) => kept.has(cell));
    return nearestLine(frame, visible, event.clientX - bounds.left, event.clientY - bounds.top);
  };

  return (
    <>
      <div className="sweep-plane" ref={place}>
        {width > 0 && (
          <>
            {/* biome-ignore lint/a11y/noStaticElementInteractions: the list below opens the same runs with a keyboard */}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: as above */}
            <div
              className="sweep-plane-cells"
              style={{ height: frame.height, cursor: pointed === null ? undefined : 'pointer' }}
              onPointerMove={(event) => {
                setPointed(nearest(event));
                setTipLeft(event.clientX - event.currentTarget.getBoundingClientRect().left > frame.width / 2);
              }}
              onPointerLeave={() => setPointed(null)}
              onPointerDown={(event) => {
                touched.current = event.pointerType === 'touch' ? (pointed ?? -1) : null;
              }}
              onClick={(event) => {
                const at = nearest(event);
                const before = touched.current;
                touched.current = null;
                if (at !== null && (before === null || before === at)) onOpen(at);
                else setPointed(at);
              }}
            >
              <svg className="sweep-axes" width={frame.width} height={frame.height} aria-hidden="true">
                <Lines lines={lines} kept={kept} ramp={ramp} />
                {under && <path className="sweep-run-pointed" d={under.path} />}
                <Axes frame={frame} names={names} diverged={runs.some(({ diverged }) => diverged)} />
                {ringed && errorAxis && (
                  <>
                    <circle className="sweep-ring-under" cx={errorAxis.x} cy={ringed.ys.at(-1)} r={6} />
                    <circle className="sweep-ring" cx={errorAxis.x} cy={ringed.ys.at(-1)} r={6} />
                  </>
                )}
              </svg>
              {frame.axes.map((axis, at) => {
                const setting = axes[at]?.setting;
                if (axis.line === null) return null;
                return (
                  <AxisBrush
                    key={setting ?? 'error'}
                    axis={axis}
                    top={frame.top}
                    bottom={frame.bottom}
                    whole={setting !== undefined && isWhole(setting)}
                    brush={brushes[at] ?? null}
                    onBrush={(brush) => onDrag(at, brush)}
                  />
                );
              })}
              {under && summary && errorAxis && (
                <FigureTip
                  id={`${sweep.id}-tip`}
                  figures={figuresOf(sweep, summary)}
                  at={{ x: tipLeft ? -10 : frame.width + 10, y: frame.top + 20, width: 0, height: 20 }}
                  width={frame.width}
                />
              )}
            </div>
            <ColorScale scale={scale} ramp={ramp} name={sweepPictures.scaleOf(null)} upright={false} height={0} />
          </>
        )}
      </div>
      <p className="small muted sweep-hint-mouse">{words.hint}</p>
      <BrushFields axes={axes} error={{ low: scale?.low ?? 0, high: errorHigh }} brushes={brushes} onBrush={onBrush} />
      <div className="sweep-chosen">
        <p role="status">
          {words.chosen(chosen.length, runs.length)}
          {chosen.length < runs.length && (
            <button type="button" className="button" onClick={() => setBrushes([])}>
              {words.all}
            </button>
          )}
        </p>
        <ol aria-label={words.list}>
          {chosen.slice(0, LISTED).map(({ cell }) => {
            const of = summaries[cell];
            return (
              of && (
                <li key={cell}>
                  <button
                    type="button"
                    className="sweep-chosen-run numbers"
                    onClick={() => onOpen(cell)}
                    onFocus={() => setPointed(cell)}
                    onBlur={() => setPointed(null)}
                    onPointerEnter={() => setPointed(cell)}
                    onPointerLeave={() => setPointed(null)}
                  >
                    {words.run(of)}
                  </button>
                </li>
              )
            );
          })}
        </ol>
        {chosen.length > LISTED && <p className="small muted">{words.more(chosen.length - LISTED)}</p>}
      </div>
      <p className="small muted">{scaleRule(scale)}</p>
    </>
  );
}

import { type KeyboardEvent, useId, useMemo, useRef, useState } from 'react';
import { type LineLevel, type SweepLineMarks, sweepLine } from '../../../charts/sweep-line.ts';
import { readLine } from '../../../charts/sweep-reading.ts';
import { isChoice } from '../../../core/experiment/axis.ts';
import { baselinesOf, bestOf, isWhole, summariesOf } from '../../../store/experiment-select.ts';
import type { Sweep } from '../../../store/experiment-state.ts';
import { formatError } from '../../../strings/errors-of-runs.ts';
import { sweepPictures as words } from '../../../strings/sweep-pictures.ts';
import { useSize } from '../../loss/use-size.ts';
import { figuresOf } from './cell-figures.ts';
import { EdgeNotes } from './EdgeNotes.tsx';
import { edgeNotes } from './edge-notes.ts';
import { FigureTip } from './FigureTip.tsx';
import type { PictureProps } from './picture-props.ts';
import { unsettledRuns } from './unsettled.ts';

const HEIGHT = 360;

/** Lines, bands and dots; what they are is said by the buttons over them. */
function Drawing({
  marks,
  best,
  pointed,
  hatch,
  axis,
  unsettled,
}: {
  readonly marks: SweepLineMarks;
  readonly best: number | null;
  readonly pointed: number | null;
  readonly hatch: string;
  readonly axis: string;
  /** Cells with runs that never settled. */
  readonly unsettled: ReadonlySet<number>;
}) {
  const { plot, points } = marks;
  const ringed = points.find(({ cell }) => cell === best)?.heldOut;
  const under = points.find(({ cell }) => cell === pointed);
  return (
    <svg className="sweep-axes sweep-line" width={marks.width} height={marks.height} aria-hidden="true">
      <defs>
        <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line className="sweep-hatch" x1="0" x2="0" y1="0" y2="6" />
        </pattern>
      </defs>
      {marks.yTicks.map(({ y, label }) => (
        <g key={label}>
          <line className="sweep-rule" x1={plot.left} x2={plot.right} y1={y} y2={y} />
          <text x={plot.left - 7} y={y} dy="0.35em" textAnchor="end">
            {label}
          </text>
        </g>
      ))}
      {marks.xTicks.map(({ x, label }) => (
        <text key={label} x={x} y={plot.bottom + 17} textAnchor="middle">
          {label}
        </text>
      ))}
      <text className="sweep-axis-name" x={(plot.left + plot.right) / 2} y={plot.bottom + 37} textAnchor="middle">
        {axis}
      </text>
      {points.map(
        (point) =>
          point.diverged && (
            <rect
              key={point.cell}
              fill={`url(#${hatch})`}
              x={point.left}
              y={plot.top}
              width={point.right - point.left}
              height={plot.bottom - plot.top}
            />
          ),
      )}
      {under && <line className="sweep-crosshair" x1={under.x} x2={under.x} y1={plot.top} y2={plot.bottom} />}
      {marks.levels.map(({ id, y }) => (
        <line key={id} className={`sweep-level ${id}`} x1={plot.left} x2={plot.right} y1={y} y2={y} />
      ))}
      <path className="sweep-band" d={marks.band} />
      <path className="sweep-curve" d={marks.seenPath} />
      <path className="sweep-curve heldOut" d={marks.heldOutPath} />
      {points.map(({ cell, x, heldOut, seen, bar, beyond }) => (
        <g key={cell}>
          {marks.dotPlot && bar && <line className="sweep-bar" x1={x} x2={x} y1={bar.y1} y2={bar.y2} />}
          {seen && <circle className="sweep-dot" cx={seen.x} cy={seen.y} r={3} />}
          {heldOut && beyond && <path className="sweep-dot heldOut" d={`M${heldOut.x} ${heldOut.y - 6}l6 9h-12z`} />}
          {heldOut && !beyond && (
            <circle
              className={`sweep-dot heldOut${unsettled.has(cell) ? ' hollow' : ''}`}
              cx={heldOut.x}
              cy={heldOut.y}
              r={4}
            />
          )}
        </g>
      ))}
      {ringed && (
        <>
          <circle className="sweep-ring-under" cx={ringed.x} cy={ringed.y} r={8.5} />
          <circle className="sweep-ring" cx={ringed.x} cy={ringed.y} r={8.5} />
        </>
      )}
      {marks.labels.map(({ id, x, y, text }) => (
        <text key={id} className={`sweep-end ${id}`} x={x} y={y} dy="0.35em">
          {text}
        </text>
      ))}
    </svg>
  );
}

/** Over how many seeds the points are so far: the fewest, and the most. */
function seedsIn(sweep: Sweep): readonly [number, number] {
  const seeds = summariesOf(sweep).flatMap((summary) => (summary.mean === null ? [] : [summary.seeds]));
  const all = sweep.plan.seeds.length;
  return seeds.length === 0 ? [all, all] : [Math.min(...seeds), Math.max(...seeds)];
}

/** A sweep over one setting: held out with its spread, seen, and what predicting without factors comes to. */
export function SweepLine(props: PictureProps) {
  const { sweep, verdict, onOpen } = props;
  const [axis] = sweep.plan.axes;
  const place = useRef<HTMLDivElement>(null);
  const { width } = useSize(place);
  const hatch = useId();
  const tipId = useId();
  const [pointed, setPointed] = useState<number | null>(null);
  const [focused, setFocused] = useState(0);
  const touched = useRef<number | null>(null);

  const picture = useMemo(() => {
    if (axis === undefined) return null;
    const summaries = summariesOf(sweep);
    const values = summaries.map(({ cell, assignments, mean, spreadOverSeeds, rmseSeen, diverged }) => ({
      cell,
      value: assignments[0]?.value ?? 0,
      heldOut: mean,
      spread: spreadOverSeeds,
      seen: rmseSeen,
      diverged: diverged > 0,
    }));
    // A search over one setting comes in the order of its points.
    if (sweep.plan.search !== null) values.sort((a, b) => Number(a.value) - Number(b.value));
    const baselines = baselinesOf(sweep);
    const narrow = width < 480;
    const level = (id: LineLevel['id']): LineLevel[] =>
      baselines === null
        ? []
        : [
            {
              id,
              value: baselines[id],
              label: `${words.line[narrow ? 'short' : 'levels'][id]} ${formatError(baselines[id])}`,
            },
          ];
    const marks = sweepLine(
      { width, height: HEIGHT },
      { axis, values, levels: [...level('mean'), ...level('biases')], names: words.line.names },
      words.value,
    );
    return {
      summaries,
      unsettled: new Set(summaries.filter((of) => unsettledRuns(sweep, of) > 0).map(({ cell }) => cell)),
      marks,
      reading: isWhole(sweep) && verdict !== null ? readLine(axis, values, verdict) : null,
      // Nobody chooses how many ratings there are: a learning curve has no best.
      best: axis.setting === 'seen' ? null : (bestOf(sweep)?.cell ?? null),
    };
  }, [sweep, verdict, axis, width]);

  if (axis === undefined || picture === null) return null;
  const { marks, summaries, unsettled, best, reading } = picture;
  const { plot, points } = marks;
  const summaryOf = (cell: number) => summaries[cell];
  const under = points.find(({ cell }) => cell === pointed);
  const underSummary = under && summaryOf(under.cell);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const last = points.length - 1;
    const to = {
      ArrowLeft: focused - 1,
      ArrowDown: focused - 1,
      ArrowRight: focused + 1,
      ArrowUp: focused + 1,
      Home: 0,
      End: last,
    }[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(last, to));
    const button = event.currentTarget.children[next];
    if (button instanceof HTMLElement) button.focus();
  };

  return (
    <>
      <div className="sweep-plane" ref={place}>
        {width > 0 && (
          <>
            <EdgeNotes notes={edgeNotes(props)} left={plot.left} width={plot.right - plot.left} side="top" />
            <div className="sweep-plane-cells" style={{ height: marks.height }}>
              <Drawing
                marks={marks}
                best={best}
                pointed={pointed}
                unsettled={unsettled}
                hatch={hatch}
                axis={words.axisAlong(axis.setting, !isChoice(axis.setting))}
              />
              <div
                role="toolbar"
                aria-label={words.line.values(axis.setting)}
                onKeyDown={onKeyDown}
                onPointerLeave={() => setPointed(null)}
              >
                {points.map(({ cell, left, right }, at) => {
                  const summary = summaryOf(cell);
                  return (
                    <button
                      key={cell}
                      type="button"
                      className="sweep-stripe"
                      style={{ left, width: right - left, top: plot.top, height: plot.bottom - plot.top }}
                      aria-label={summary ? words.line.point(summary, unsettledRuns(sweep, summary)) : ''}
                      aria-describedby={pointed === cell ? tipId : undefined}
                      tabIndex={at === Math.min(focused, points.length - 1) ? 0 : -1}
                      onFocus={() => {
                        setFocused(at);
                        setPointed(cell);
                      }}
                      onBlur={() => setPointed(null)}
                      onPointerEnter={(event) => event.pointerType !== 'touch' && setPointed(cell)}
                      onPointerDown={(event) => {
                        touched.current = event.pointerType === 'touch' ? (pointed ?? -1) : null;
                      }}
                      onClick={() => {
                        // A finger's first tap tells the figures, the second one opens.
                        const before = touched.current;
                        touched.current = null;
                        if (before === null || before === cell) onOpen(cell);
                        else setPointed(cell);
                      }}
                    />
                  );
                })}
              </div>
              {under && underSummary && (
                <FigureTip
                  id={tipId}
                  figures={figuresOf(sweep, underSummary)}
                  at={{ x: under.x - 6, y: plot.top + 20, width: 12, height: plot.bottom - plot.top - 20 }}
                  width={marks.width}
                />
              )}
            </div>
          </>
        )}
      </div>
      {reading && (
        <div className="sweep-reading">
          {words.line.readings(reading).map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
          {reading.kind === 'seen' && <p className="small muted">{words.line.seenRule}</p>}
        </div>
      )}
      <p className="small muted">
        {words.line.key(seedsIn(sweep), {
          best: best === null ? null : isWhole(sweep) ? 'whole' : 'so far',
          diverged: points.some(({ diverged }) => diverged),
          unsettled: unsettled.size > 0,
          low: marks.low,
          beyond: points.some(({ beyond }) => beyond),
        })}
      </p>
      <p className="small muted sweep-hint-mouse">{words.lineHint}</p>
    </>
  );
}

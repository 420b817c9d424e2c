import { useMemo } from 'react';
import { heatMarks } from '../../../charts/sweep-heatmap.ts';
import { placeAmong } from '../../../charts/sweep-positions.ts';
import { errorScale } from '../../../charts/sweep-scale.ts';
import { axisValues, isChoice } from '../../../core/experiment/axis.ts';
import { sameRatings } from '../../../core/experiment/same-ratings.ts';
import type { CellSummary } from '../../../core/experiment/summary.ts';
import { baselinesOf, bestOf, isWhole, summariesOf } from '../../../store/experiment-select.ts';
import type { Sweep } from '../../../store/experiment-state.ts';
import { sweepPictures as words } from '../../../strings/sweep-pictures.ts';
import { RAMPS } from '../../../theme/ramps.ts';
import { useApp } from '../../context.ts';
import { useTheme } from '../../stage/useTheme.ts';
import { scaleRule } from './ColorScale.tsx';
import { figuresOf } from './cell-figures.ts';
import { edgeNotes } from './edge-notes.ts';
import { HeatLegend } from './HeatLegend.tsx';
import { HeatPlane } from './HeatPlane.tsx';
import type { PictureProps } from './picture-props.ts';
import { playOnSweep } from './play-place.ts';
import { unsettledRuns } from './unsettled.ts';

/** A summary stays the same object while nothing lands in it, and so does its name: most of four hundred do. */
const names = new WeakMap<CellSummary, string>();

function nameOf(sweep: Sweep, summary: CellSummary): string {
  const known = names.get(summary);
  if (known !== undefined) return known;
  const name = words.cell(summary, unsettledRuns(sweep, summary));
  names.set(summary, name);
  return name;
}

/** Taller maps would push what stands below them off the screen. */
const HEIGHT = 600;

/** A sweep over two settings as a map: it fills in as results land. */
export function SweepHeatmap(props: PictureProps) {
  const { sweep, onOpen } = props;
  const { plan, status } = sweep;
  const ramp = RAMPS[useTheme()].unseen;
  const play = useApp((state) => state.study);
  const [first, second] = plan.axes;
  const values = useMemo(() => [first, second].map((axis) => (axis ? axisValues(axis) : [])), [first, second]);
  const [across = [], up = []] = values;
  const columns = useMemo(() => across.map(words.value), [across]);
  const rows = useMemo(() => up.map(words.value), [up]);
  const here = useMemo(() => playOnSweep(plan, play), [plan, play]);

  const picture = useMemo(() => {
    const summaries = summariesOf(sweep);
    const cells = summaries.map((summary) => ({
      value: summary.diverged > 0 ? null : summary.mean,
      diverged: summary.diverged > 0,
      partly: summary.done < summary.total,
      unsettled: unsettledRuns(sweep, summary) > 0,
    }));
    const scale = errorScale(
      cells.map(({ value }) => value),
      'linear',
    );
    const places = [across, up].map((of, at) => (here?.[at] ? placeAmong(of, here[at].value) : null));
    const [x, y] = places;
    const dot = x != null && y != null ? { first: x, second: y } : null;
    return {
      summaries,
      scale,
      marks: heatMarks(cells, across.length, scale, { best: bestOf(sweep)?.cell ?? null, here: dot }),
    };
  }, [sweep, across, up, here]);

  const mean = useMemo(() => baselinesOf(sweep)?.mean ?? null, [sweep]);

  if (first === undefined || second === undefined) return null;
  const { summaries, marks, scale } = picture;
  return (
    <>
      <HeatPlane
        name={words.title([first.setting, second.setting])}
        columns={columns}
        rows={rows}
        columnAxis={words.axisAlong(first.setting, !isChoice(first.setting))}
        rowAxis={words.axisAlong(second.setting, !isChoice(second.setting))}
        marks={marks}
        scale={scale}
        scaleName={words.scaleOf(null)}
        mean={mean}
        ramp={ramp}
        resting={status !== 'running'}
        maxHeight={HEIGHT}
        cellName={(cell) => {
          const summary = summaries[cell];
          return summary ? nameOf(sweep, summary) : '';
        }}
        figures={(cell) => {
          const summary = summaries[cell];
          return summary ? figuresOf(sweep, summary) : { title: '', rows: [] };
        }}
        onOpen={onOpen}
        edges={edgeNotes(props)}
      />
      <HeatLegend marks={marks} soFar={!isWhole(sweep)} hint={words.openHint} tapHint={words.tapHint}>
        {here === null && sameRatings(plan.study.dataset, play.dataset) && words.hereNot}
        {here !== null && marks.here === null && words.hereBeyond(here)}
      </HeatLegend>
      <p className="small muted">{scaleRule(scale)}</p>
    </>
  );
}

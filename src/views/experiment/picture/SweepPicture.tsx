import { useId, useMemo } from 'react';
import { sameRatings } from '../../../core/experiment/same-ratings.ts';
import type { CellSummary } from '../../../core/experiment/summary.ts';
import { bestOf, summariesOf } from '../../../store/experiment-select.ts';
import type { Sweep } from '../../../store/experiment-state.ts';
import { experiment } from '../../../strings/experiment.ts';
import { sweepPictures as words } from '../../../strings/sweep-pictures.ts';
import { useApp } from '../../context.ts';
import type { PictureProps } from './picture-props.ts';
import { SweepHeatmap } from './SweepHeatmap.tsx';
import { SweepLine } from './SweepLine.tsx';
import { SweepParallel } from './SweepParallel.tsx';
import './picture.css';

interface Props {
  /** Null: there is none yet. */
  readonly sweep: Sweep | null;
  readonly verdict?: PictureProps['verdict'];
  /** A combination was clicked. */
  readonly onOpen: (cell: number) => void;
  /** What the button beside an edge with the best on it does; without it there is none. */
  readonly onExtend?: (axis: number, side: 'low' | 'high') => void;
}

/** The greatest mean of combinations that did not diverge. */
function worstOf(summaries: readonly CellSummary[]): CellSummary | null {
  let worst: CellSummary | null = null;
  for (const summary of summaries) {
    if (summary.mean !== null && summary.diverged === 0 && summary.mean > (worst?.mean ?? Number.NEGATIVE_INFINITY)) {
      worst = summary;
    }
  }
  return worst;
}

/** The picture in numbers, for everyone. */
function Told({ id, sweep }: { readonly id: string; readonly sweep: Sweep }) {
  const summaries = summariesOf(sweep);
  const told = words.told({
    combinations: summaries.length,
    whole: summaries.filter(({ done, total }) => done === total).length,
    diverged: summaries.filter(({ diverged }) => diverged > 0).length,
    best: bestOf(sweep),
    worst: worstOf(summaries),
  });
  return (
    <p id={id} className="sweep-told numbers">
      {told}
    </p>
  );
}

/**
 * A sweep, drawn by what was varied: two settings as a map, one as a line with its spread, a search over several as parallel
 * coordinates.
 */
export function SweepPicture({ sweep, verdict, onOpen, onExtend }: Props) {
  const told = useId();
  const play = useApp((state) => state.study.dataset);
  const of = sweep?.plan.study.dataset;
  const other = useMemo(() => of !== undefined && !sameRatings(of, play), [of, play]);
  if (sweep === null) return <p className="sweep-none muted">{words.none}</p>;
  const { plan } = sweep;
  const settings = plan.axes.map(({ setting }) => setting);
  const title = words.title(settings);
  const data = experiment.dataset(plan.study.dataset);
  return (
    <figure className="sweep-picture" aria-label={title} aria-describedby={told}>
      <figcaption>
        <span className="sweep-title">{title}</span>
        <span className="small muted">
          {words.subtitle(data, experiment.judging(plan.judging), plan.seeds.length, experiment.stop(plan.stop))}
        </span>
      </figcaption>
      {other && <p className="sweep-other">{words.otherRatings(data, experiment.dataset(play))}</p>}
      {plan.search === null && plan.axes.length === 2 && (
        <SweepHeatmap sweep={sweep} onOpen={onOpen} onExtend={onExtend} />
      )}
      {plan.axes.length > 2 || (plan.search !== null && plan.axes.length > 1) ? (
        <SweepParallel key={sweep.id} sweep={sweep} onOpen={onOpen} />
      ) : null}
      {plan.axes.length === 1 && (
        <SweepLine sweep={sweep} {...(verdict === undefined ? {} : { verdict })} onOpen={onOpen} onExtend={onExtend} />
      )}
      <Told id={told} sweep={sweep} />
    </figure>
  );
}

import { intervalPlace } from '../../charts/stage-intervals.ts';
import type { Scale } from '../../core/dataset.ts';
import type { Moment } from '../../core/understand/ensemble.ts';
import { type Ensemble, intervalAt } from '../../store/ensemble.ts';
import type { Progress } from '../../store/jobs.ts';
import { recommend as text } from '../../strings/recommend.ts';
import { useApp, useJobs } from '../context.ts';
import { JobControls } from './JobControls.tsx';

type Kind = 'starts' | 'fewer';
const KINDS: readonly Kind[] = ['starts', 'fewer'];

const WIDTH = 64;
const HEIGHT = 8;

/** The settled models, once they are there; while they are still trained, those of the run's epoch are not shown in their place. */
const MOMENT: Moment = 'end';

/** Whether a question has its answer for the study as it is. */
function answered(ensemble: Ensemble | null): boolean {
  return ensemble !== null && ensemble.stale === null && ensemble.complete && ensemble.settled.length > 0;
}

/** Both jobs as one: one waits while the other is at work. */
function together(starts: Progress | null, fewer: Progress | null): Progress | null {
  if (starts === null || fewer === null) return starts ?? fewer;
  const { phase } = starts.phase === 'waiting' ? fewer : starts;
  return { phase, done: starts.done + fewer.done, total: starts.total + fewer.total };
}

/** One button for what is not known yet of both intervals. */
export function IntervalsJob() {
  const jobs = useJobs((state) => state);
  const { starts, fewer, progress } = jobs;
  const { heldOut } = useApp((state) => state.study.dataset.ratings);
  const enough = heldOut.reduce((count, held) => count + (held === 0 ? 1 : 0), 0) >= 2;
  const missing = KINDS.filter((kind) => !answered(jobs[kind]) && (kind === 'starts' || enough));
  const stale = [starts, fewer].find((ensemble) => ensemble !== null && ensemble.stale !== null);
  const note = stale?.stale === 'study' ? text.staleStudy : stale ? text.staleEpoch(stale.mark) : null;
  const running = together(progress.starts, progress.fewer);
  return (
    <JobControls
      label={text.intervalsRun}
      progress={running}
      note={note ?? (missing.length > 0 ? text.intervalsWhy : text.intervalsWhat)}
      blocked={missing.length === 0 && running === null}
      onStart={() => {
        if (missing.includes('starts')) jobs.otherStarts();
        if (missing.includes('fewer')) jobs.oneRatingFewer();
        // Both were asked at once: the stage shows the first of them.
        if (missing.length > 1 && jobs.drawn.intervals !== 'none') jobs.draw({ intervals: 'starts' });
      }}
      onCancel={() => {
        // The one that waits first, so that it does not begin.
        jobs.cancel('fewer');
        jobs.cancel('starts');
      }}
    />
  );
}

/** ├──•──┤ on the rating scale; the point is r̂ of the run. */
function Picture(props: { low: number; high: number; predicted: number; scale: Scale }) {
  const { low, high, predicted, scale } = props;
  const { from, to, ownLow, ownHigh } = intervalPlace(low, high, scale, WIDTH);
  const now = intervalPlace(predicted, predicted, scale, WIDTH).from;
  const middle = HEIGHT / 2;
  return (
    <svg width={WIDTH + 8} height={HEIGHT} viewBox={`-4 0 ${WIDTH + 8} ${HEIGHT}`} aria-hidden="true">
      <line className="recommend-scale" x1={0} x2={WIDTH} y1={middle} y2={middle} />
      <line className="recommend-bar" x1={from} x2={Math.max(to, from + 0.5)} y1={middle} y2={middle} />
      {ownLow && <line className="recommend-bar" x1={from} x2={from} y1={0.5} y2={HEIGHT - 0.5} />}
      {ownHigh && <line className="recommend-bar" x1={to} x2={to} y1={0.5} y2={HEIGHT - 0.5} />}
      <circle className="recommend-now" cx={now} cy={middle} r={2.5} />
    </svg>
  );
}

/** How sure a recommended prediction is, by both questions; of those that were asked. */
export function GapIntervals({ user, item, predicted }: { user: number; item: number; predicted: number }) {
  const starts = useJobs((state) => (state.progress.starts ? null : state.starts));
  const fewer = useJobs((state) => (state.progress.fewer ? null : state.fewer));
  const { scale } = useApp((state) => state.study.dataset);
  const found = KINDS.flatMap((kind) => {
    const ensemble = kind === 'starts' ? starts : fewer;
    const interval = ensemble && ensemble.stale !== 'study' ? intervalAt(kind, ensemble, user, item, MOMENT) : null;
    return ensemble && interval ? [{ kind, ...interval, stale: ensemble.stale !== null }] : [];
  });
  if (found.length === 0) return null;
  return (
    <ul className="recommend-intervals small numbers" aria-label={text.intervals}>
      {found.map(({ kind, low, high, stale }) => (
        <li key={kind} className={stale ? 'recommend-stale' : undefined}>
          <span>{text.interval[kind]}</span>
          <Picture low={low} high={high} predicted={predicted} scale={scale} />
          <span className="recommend-ends">{text.between(low, high)}</span>
        </li>
      ))}
    </ul>
  );
}

import { useId, useMemo, useState } from 'react';
import { predict } from '../../core/predict.ts';
import type { Moment } from '../../core/understand/ensemble.ts';
import { type Ensemble, histogramAt, judgmentAt, spreadAt } from '../../store/ensemble.ts';
import { DEFAULT_STARTS, type Drawn } from '../../store/jobs.ts';
import { strings } from '../../strings/index.ts';
import { useApp, useHandle, useJobs } from '../context.ts';
import { NumberField } from '../controls/NumberField.tsx';
import { RadioGroup } from '../controls/RadioGroup.tsx';
import { JobControls, useTold } from './JobControls.tsx';
import { useKnownModel, useSelected } from './known-model.ts';
import { SpreadPicture } from './SpreadPicture.tsx';

const text = strings.understand;

const MOST_SEEDS = 1000;
const BINS = 24;

interface Cell {
  readonly user: number;
  readonly item: number;
  readonly predicted: number | null;
}

/** What has become of what was asked. */
function noteOn(ensemble: Ensemble | null): string | null {
  if (ensemble?.stale === 'study') return text.outdated;
  if (ensemble?.stale === 'epoch') return text.asked(ensemble.mark);
  if (ensemble === null || ensemble.complete) return null;
  return ensemble.present.length + ensemble.settled.length > 0 ? text.canceled : text.canceledAll;
}

/** Both moments on one axis, so that they can be compared; a little room where all values are one. */
function rangeOf(ensemble: Ensemble, { user, item }: Cell): { low: number; high: number } | null {
  const spreads = (['mark', 'end'] as const).flatMap((moment) => spreadAt(ensemble, user, item, moment) ?? []);
  if (spreads.length === 0) return null;
  const low = Math.min(...spreads.map(({ min }) => min));
  const high = Math.max(...spreads.map(({ max }) => max));
  const least = ensemble.study.dataset.scale.step / 2;
  return high - low >= least ? { low, high } : { low: (low + high - least) / 2, high: (low + high + least) / 2 };
}

/** Retrainings that came to an end, and those that blew up on the way to it; while they are trained, on the way to the mark. */
function endsOf({ present, settled, complete }: Ensemble): { readonly sound: number; readonly diverged: number } {
  const outcomes = complete && settled.length > 0 ? settled : present;
  const diverged = outcomes.filter(({ ended }) => ended === 'diverged').length;
  return { sound: outcomes.length - diverged, diverged };
}

function Verdict({ kind, ensemble, cell }: { kind: 'starts' | 'fewer'; ensemble: Ensemble; cell: Cell }) {
  if (kind === 'starts') {
    if (endsOf(ensemble).sound < 2) return <p className="spread-verdict">{text.oneLeft}</p>;
    const { verdict, vanished } = judgmentAt(ensemble, cell.user, cell.item);
    const mark = spreadAt(ensemble, cell.user, cell.item, 'mark');
    const end = spreadAt(ensemble, cell.user, cell.item, 'end');
    return (
      <p className="spread-verdict numbers">
        {mark && end && text.fromTo(ensemble.mark, mark, end)} {text.verdict[verdict]}{' '}
        {vanished !== null && verdict !== 'alike' && text.vanished(vanished)}
      </p>
    );
  }
  const end = spreadAt(ensemble, cell.user, cell.item, 'end');
  return end && <p className="spread-verdict">{text.fewerVerdict(end.min, end.max)}</p>;
}

function Found({ kind, ensemble, cell }: { kind: 'starts' | 'fewer'; ensemble: Ensemble; cell: Cell }) {
  const { sound, diverged } = endsOf(ensemble);
  const { alpha, optimizer } = ensemble.study.model;
  const none = ensemble.complete && sound === 0 && diverged > 0;
  // What they said before they blew up is no answer where it is chance alone.
  const range = none && ensemble.mark === 0 ? null : rangeOf(ensemble, cell);
  const moving = ensemble.settled.filter(({ ended }) => ended === 'limit');
  const moments = [
    { moment: 'mark', when: text.atMark(ensemble.mark) },
    { moment: 'end', when: moving.length > 0 ? text.atLimit : text.atEnd },
  ] as const;
  return (
    <>
      {ensemble.asked < ensemble.ratings && kind === 'fewer' && (
        <p className="muted small">{text.fewerSample(ensemble.asked, ensemble.ratings)}</p>
      )}
      {range !== null &&
        moments.map(({ moment, when }) => {
          const spread = spreadAt(ensemble, cell.user, cell.item, moment);
          return (
            spread && (
              <SpreadPicture
                key={moment}
                when={when}
                spread={spread}
                histogram={histogramAt(ensemble, cell.user, cell.item, moment, BINS, range)}
                predicted={cell.predicted}
              />
            )
          );
        })}
      {moving.length > 0 && <p className="muted small">{text.stillMoving(moving.length, moving[0]?.epochs ?? 0)}</p>}
      {none && <p className="spread-verdict">{text.allDiverged(diverged, optimizer.kind === 'als' ? null : alpha)}</p>}
      {diverged > 0 && !none && <p className="muted small">{text.diverged(diverged)}</p>}
      {ensemble.complete && !none && range !== null && <Verdict kind={kind} ensemble={ensemble} cell={cell} />}
    </>
  );
}

const MOMENTS: readonly { readonly value: Moment; readonly label: string }[] = [
  { value: 'mark', label: text.moment.mark },
  { value: 'end', label: text.moment.end },
];

/** Which intervals stand in the cells of R̂: of one question at a time. */
function InCells() {
  const drawn = useJobs((jobs) => jobs.drawn);
  const draw = useJobs((jobs) => jobs.draw);
  const asked = useJobs((jobs) => `${jobs.starts ? 's' : ''}${jobs.fewer ? 'f' : ''}`);
  if (asked === '') return null;
  const options: { readonly value: NonNullable<Drawn['intervals']>; readonly label: string }[] = [
    { value: 'none', label: text.intervalsOff },
    ...(asked.includes('s') ? [{ value: 'starts', label: text.otherStarts } as const] : []),
    ...(asked.includes('f') ? [{ value: 'fewer', label: text.oneFewer } as const] : []),
  ];
  return (
    <section className="question" aria-label={text.intervals}>
      <RadioGroup
        label={text.intervals}
        value={drawn.intervals ?? 'none'}
        options={options}
        onChange={(intervals) => draw({ intervals })}
      />
      <RadioGroup
        label={text.intervalsOf}
        value={drawn.moment}
        options={MOMENTS}
        onChange={(moment) => draw({ moment })}
      />
    </section>
  );
}

/** How sure: would other starts say the same, and would the same start without one of the ratings? */
export default function HowSure() {
  const { lesson } = useHandle();
  const dataset = useApp((state) => state.study.dataset);
  const known = useKnownModel();
  const { user, item } = useSelected(dataset);
  const jobs = useJobs((state) => state);
  const { starts, fewer, progress } = jobs;
  const [seeds, setSeeds] = useState(DEFAULT_STARTS);
  const startsId = useId();
  const fewerId = useId();
  useTold(starts, (found) => {
    if (found?.complete) lesson?.computed({ otherStarts: found.settled });
  });
  useTold(fewer, (found) => {
    if (found?.complete) lesson?.computed({ oneFewer: found.settled });
  });
  const predicted = known ? predict(known.parameters, user, item) : null;
  const cell = useMemo(() => ({ user, item, predicted }), [user, item, predicted]);
  const seen = dataset.ratings.heldOut.reduce((count, held) => count + (held === 0 ? 1 : 0), 0);
  return (
    <>
      <p className="muted small">
        {text.howSureIntro} {text.settledRule}
      </p>
      <section className="question" aria-labelledby={startsId} data-job="starts">
        <h4 id={startsId} className="question-heading">
          {text.otherStartsAsks}
        </h4>
        <NumberField label={text.models} value={seeds} min={2} max={MOST_SEEDS} step={10} integer onCommit={setSeeds} />
        <JobControls
          label={text.otherStarts}
          progress={progress.starts}
          note={noteOn(starts)}
          onStart={() => jobs.otherStarts(seeds)}
          onCancel={() => jobs.cancel('starts')}
        />
        {starts && <Found kind="starts" ensemble={starts} cell={cell} />}
      </section>
      <section className="question" aria-labelledby={fewerId} data-job="fewer">
        <h4 id={fewerId} className="question-heading">
          {text.oneFewerAsks}
        </h4>
        <JobControls
          label={text.oneFewer}
          progress={progress.fewer}
          note={noteOn(fewer)}
          blocked={seen < 2}
          onStart={() => jobs.oneRatingFewer()}
          onCancel={() => jobs.cancel('fewer')}
        />
        {seen < 2 && <p className="small">{text.fewerNeedsTwo}</p>}
        {fewer && <Found kind="fewer" ensemble={fewer} cell={cell} />}
      </section>
      <InCells />
    </>
  );
}

import { useEffect, useState } from 'react';
import { RUN_ENDS } from '../../core/experiment/results.ts';
import type { RunEnd } from '../../core/experiment/run-result.ts';
import type { Caveat, Verdict } from '../../core/experiment/summary.ts';
import { bestOf, isWhole, summariesOf, verdictInSteps } from '../../store/experiment-select.ts';
import type { Sweep } from '../../store/experiment-state.ts';
import { describePlanProblem } from '../../strings/experiment.ts';
import { strings } from '../../strings/index.ts';
import { sweepForm as text } from '../../strings/sweep-form.ts';
import { useExperimentActions, useExperimentRoom } from '../context.ts';
import { NoiseDrawing } from './NoiseDrawing.tsx';
import { unsettledRuns } from './picture/unsettled.ts';
import { isRemediable, type Remediable, remedied } from './remedies.ts';
import { useShowSweep } from './shown-sweep.ts';
import { Terms } from './Terms.tsx';

const words = strings.experiment;

/** So long a step of judging may take before the page draws again (milliseconds). */
const SLICE_MS = 12;

/** What a whole sweep says. Judging takes some hundred milliseconds, so the picture is drawn first, and in between. */
export function useVerdict(sweep: Sweep): Verdict | null {
  const [found, setFound] = useState<{ readonly sweep: Sweep; readonly verdict: Verdict | null } | null>(null);
  useEffect(() => {
    if (!isWhole(sweep)) return;
    const steps = verdictInSteps(sweep);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const work = () => {
      const began = performance.now();
      for (let step = steps.next(); ; step = steps.next()) {
        if (step.done) {
          setFound({ sweep, verdict: step.value });
          return;
        }
        if (performance.now() - began > SLICE_MS) break;
      }
      timer = setTimeout(work);
    };
    timer = setTimeout(work);
    return () => clearTimeout(timer);
  }, [sweep]);
  return found?.sweep === sweep ? found.verdict : null;
}

/** How the runs of a sweep ended, counted. */
function endsOf({ results }: Sweep): Record<RunEnd, number> {
  const ends: Record<RunEnd, number> = { limit: 0, settled: 0, stopped: 0, diverged: 0 };
  for (const ended of results.ended) {
    const end = RUN_ENDS[ended - 1];
    if (end) ends[end] += 1;
  }
  return ends;
}

/** A caveat, and one click that starts a sweep without it. */
function CaveatLine({ sweep, caveat }: { readonly sweep: Sweep; readonly caveat: Caveat }) {
  const { startSweep } = useExperimentActions();
  const { store } = useExperimentRoom();
  const show = useShowSweep();
  const [refused, setRefused] = useState<string | null>(null);
  const remedy = (of: Remediable) => {
    const problem = startSweep(remedied(sweep.plan, of), text.remedied[of](sweep.name));
    setRefused(problem && describePlanProblem(problem));
    if (!problem) show(store.getState().sweeps.at(-1)?.id ?? null);
  };
  return (
    <li>
      {words.caveats[caveat]}{' '}
      {isRemediable(caveat) && (
        <button type="button" className="button" onClick={() => remedy(caveat)}>
          {text.remedies[caveat]}
        </button>
      )}
      {refused !== null && (
        <span className="plan-trouble small" role="alert">
          {refused}
        </span>
      )}
    </li>
  );
}

/** Edges that the best lies on; what extends them stands beside the picture. */
function Edges({ sweep, verdict }: { readonly sweep: Sweep; readonly verdict: Verdict }) {
  return verdict.edges.map(({ axis, side, beyond }) => {
    const setting = sweep.plan.axes[axis]?.setting;
    if (setting === undefined || beyond.length === 0) return null;
    return <p key={`${axis} ${side}`}>{text.edge(words.symbols[setting], side)}</p>;
  });
}

/** Where runs of the best never settled: what the rule was to rule out is still in it. */
function Unsettled({ sweep, verdict }: { readonly sweep: Sweep; readonly verdict: Verdict }) {
  if (verdict.best === null) return null;
  const unsettled = unsettledRuns(sweep, verdict.best);
  return unsettled === 0 ? null : <p className="numbers">{text.unsettledBest(unsettled, verdict.best.total)}</p>;
}

const goesOn = ({ status }: Sweep) => status === 'running' || status === 'planned';

/** Over the picture, so that nobody has to scroll for it: the verdict in one line, or how far there is none yet. */
export function VerdictLine({ sweep, verdict }: { readonly sweep: Sweep; readonly verdict: Verdict | null }) {
  if (verdict !== null) return <p className="verdict-line numbers">{words.brief(verdict)}</p>;
  if (isWhole(sweep)) return <p className="verdict-line muted">{text.underJudgment}</p>;
  const summaries = summariesOf(sweep);
  const whole = summaries.filter(({ done, total }) => done === total).length;
  return (
    <p className="verdict-line muted numbers">{words.soFar(whole, summaries.length, bestOf(sweep), !goesOn(sweep))}</p>
  );
}

/** What the shown sweep says, in words with their numbers; never a winner inside the noise. */
export function VerdictCard({ sweep, verdict }: { readonly sweep: Sweep; readonly verdict: Verdict }) {
  const all = words.verdict(verdict);
  const [headline, ...sentences] = verdict.best === null ? all : all.slice(0, all.length - verdict.caveats.length);
  const regimes = text.regimes(endsOf(sweep), sweep.plan.stop.kind);
  return (
    <section className="verdict" aria-label={text.verdict}>
      <h2>{text.verdict}</h2>
      <p className="verdict-headline numbers">{headline}</p>
      {sentences.map((sentence) => (
        <p key={sentence} className="numbers">
          {sentence}
        </p>
      ))}
      <Edges sweep={sweep} verdict={verdict} />
      <Unsettled sweep={sweep} verdict={verdict} />
      <p className="small muted">
        {words.dataset(sweep.plan.study.dataset)}.{' '}
        {text.judgedBy(words.judging(sweep.plan.judging), words.stop(sweep.plan.stop))} {regimes && `${regimes}.`}
      </p>
      {verdict.best !== null && verdict.caveats.length > 0 && (
        <ul className="verdict-caveats">
          {verdict.caveats.map((caveat) => (
            <CaveatLine key={caveat} sweep={sweep} caveat={caveat} />
          ))}
        </ul>
      )}
      <Terms of={['interval', 'told']} />
      <NoiseDrawing verdict={verdict} />
    </section>
  );
}

import { useState } from 'react';
import type { Sweep } from '../../store/experiment-state.ts';
import { strings } from '../../strings/index.ts';
import { sweepForm as text } from '../../strings/sweep-form.ts';
import { useExperiment, useExperimentActions } from '../context.ts';
import { useShownSweep } from './shown-sweep.ts';

const words = strings.experiment;

/** What is said once a sweep comes to rest; nothing while it goes on, so that nobody is talked at all the time. */
function useRest(sweep: Sweep | null): string {
  const [known, setKnown] = useState({ id: sweep?.id, status: sweep?.status, rests: false });
  if (sweep === null) return '';
  const { id, name, status, done, total } = sweep;
  const under = status === 'running' || status === 'planned';
  if (known.id !== id || known.status !== status) setKnown({ id, status, rests: known.id === id && !under });
  // A run that was in its middle still lands after a pause: the count is that of now.
  return known.rests && !under
    ? text.rests(name, words.statuses[status].toLowerCase(), words.progress(done, total))
    : '';
}

function Buttons({ sweep }: { readonly sweep: Sweep }) {
  const { pauseSweep, resumeSweep, cancelSweep } = useExperimentActions();
  const { id, status } = sweep;
  const goesOn = status === 'running' || status === 'planned';
  return (
    <div className="plan-buttons">
      {/* One button that changes its name, so that the keyboard stays where it is. */}
      <button type="button" className="button" onClick={() => (goesOn ? pauseSweep : resumeSweep)(id)}>
        {goesOn ? text.pause : text.resume}
      </button>
      {(goesOn || status === 'paused') && (
        <button type="button" className="button" onClick={() => cancelSweep(id)}>
          {text.cancel}
        </button>
      )}
    </div>
  );
}

/** How far the shown sweep is, with what it leaves to do. */
export function SweepProgress() {
  const sweep = useShownSweep();
  const rest = useRest(sweep);
  const elsewhere = useExperiment((state) => state.elsewhere !== null && state.elsewhere === sweep?.id);
  return (
    <div className="plan-progress">
      {sweep && (
        <>
          <div className="plan-progress-line">
            <strong className="plan-progress-name">{sweep.name}</strong>
            <span className="muted">{elsewhere ? words.elsewhere : words.statuses[sweep.status]}</span>
          </div>
          {sweep.status !== 'done' && (
            <progress
              className="plan-bar"
              aria-label={text.progressOf(sweep.name)}
              aria-valuetext={words.progress(sweep.done, sweep.total)}
              value={sweep.done}
              max={Math.max(1, sweep.total)}
            />
          )}
          <p className="small muted numbers">
            {words.progress(sweep.done, sweep.total)}
            {sweep.secondsLeft !== null && ` · ${words.secondsLeft(sweep.secondsLeft)}`}
          </p>
          {elsewhere ? (
            <p className="small muted">{words.elsewhereNote}</p>
          ) : (
            sweep.status !== 'done' && <Buttons sweep={sweep} />
          )}
        </>
      )}
      <p className="visually-hidden" role="status">
        {rest}
      </p>
    </div>
  );
}

import { useState } from 'react';
import type { Sweep } from '../../store/experiment-state.ts';
import { formOf } from '../../store/sweep-form.ts';
import { strings } from '../../strings/index.ts';
import { describeProblem } from '../../strings/problems.ts';
import { sweepForm as text } from '../../strings/sweep-form.ts';
import { useActions, useExperiment, useExperimentActions } from '../context.ts';
import { useSetMemory, useSweepForm } from './form-memory.ts';
import { useShownSweep, useShowSweep } from './shown-sweep.ts';

/** A name that is typed: Enter keeps it, Esc leaves the old one. */
function Renaming({ sweep, onEnd }: { readonly sweep: Sweep; readonly onEnd: () => void }) {
  const { renameSweep } = useExperimentActions();
  const [name, setName] = useState(sweep.name);
  const [refused, setRefused] = useState<string | null>(null);
  const keep = () => {
    const problem = renameSweep(sweep.id, name);
    if (problem) setRefused(describeProblem(problem));
    else onEnd();
  };
  return (
    <form
      className="plan-renaming"
      onSubmit={(event) => {
        event.preventDefault();
        keep();
      }}
    >
      <input
        // The field takes the place of the button that was pressed.
        ref={(field) => field?.focus()}
        className="field"
        type="text"
        autoComplete="off"
        aria-label={text.newName}
        aria-invalid={refused !== null || undefined}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onEnd();
        }}
      />
      <button type="submit" className="button">
        {text.keepName}
      </button>
      {refused !== null && (
        <p className="plan-trouble small" role="alert">
          {refused}
        </p>
      )}
    </form>
  );
}

/** What can be done with the sweep that is shown. */
function ShownTools({ sweep }: { readonly sweep: Sweep }) {
  const { deleteSweep, undo } = useExperimentActions();
  const { say } = useActions();
  const set = useSetMemory();
  const [form] = useSweepForm();
  const [renaming, setRenaming] = useState(false);
  if (renaming) return <Renaming sweep={sweep} onEnd={() => setRenaming(false)} />;
  return (
    <div className="plan-tools">
      <button
        type="button"
        className="plan-link small"
        aria-label={text.renameOf(sweep.name)}
        onClick={() => setRenaming(true)}
      >
        {text.rename}
      </button>
      <button
        type="button"
        className="plan-link small"
        aria-label={text.showOf(sweep.name)}
        onClick={() => set({ form: { ...formOf(sweep.plan, form), name: '' }, before: { form, plan: sweep.name } })}
      >
        {text.show}
      </button>
      <button
        type="button"
        className="plan-link small"
        aria-label={text.deleteOf(sweep.name)}
        onClick={() => {
          deleteSweep(sweep.id);
          say(text.deleted(sweep.name), { label: text.undo, run: undo });
        }}
      >
        {text.delete}
      </button>
    </div>
  );
}

/** All sweeps, the latest first: those that wait, that run, and those of before. */
export function SweepList() {
  const sweeps = useExperiment((state) => state.sweeps);
  const elsewhere = useExperiment((state) => state.elsewhere);
  const shown = useShownSweep();
  const show = useShowSweep();
  const status = ({ id, status: own }: Sweep) =>
    id === elsewhere ? strings.experiment.elsewhere : strings.experiment.statuses[own];
  return (
    <section className="plan-list-of" aria-label={text.sweeps}>
      <h2>{text.sweeps}</h2>
      {sweeps.length === 0 && <p className="small muted">{text.noSweeps}</p>}
      <ul>
        {sweeps.toReversed().map((sweep) => (
          <li key={sweep.id} className={sweep.id === shown?.id ? 'plan-entry shown' : 'plan-entry'}>
            <button
              type="button"
              className="plan-choose"
              aria-current={sweep.id === shown?.id ? 'true' : undefined}
              onClick={() => show(sweep.id)}
            >
              <span>{sweep.name}</span>
              <span className="small muted numbers">{strings.experiment.dataset(sweep.plan.study.dataset)}</span>
              <span className="small muted numbers">{text.entry(status(sweep), sweep.done, sweep.total)}</span>
            </button>
            {sweep.id === shown?.id && sweep.id !== elsewhere && <ShownTools key={sweep.id} sweep={sweep} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

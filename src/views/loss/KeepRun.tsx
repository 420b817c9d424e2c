import { strings } from '../../strings/index.ts';
import { useHandle } from '../context.ts';

/** Keeps the run as it stands for the table of runs, and offers to pin it. Absent where there are no runs to keep. */
export function KeepRun() {
  const { experiment, actions } = useHandle();
  if (!experiment) return null;
  const keep = (): void => {
    const id = experiment.actions.keepRun();
    const record = experiment.store.getState().runs.find((run) => run.id === id);
    if (!record) return;
    actions.say(strings.runs.kept(record.name), {
      label: strings.runs.pinKept,
      run: () => {
        if (!experiment.store.getState().pins.includes(record.id)) experiment.actions.togglePin(record.id);
      },
    });
  };
  return (
    <button type="button" className="button loss-keep" onClick={keep}>
      {strings.runs.keep}
    </button>
  );
}

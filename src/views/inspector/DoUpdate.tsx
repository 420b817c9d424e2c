import { strings } from '../../strings/index.ts';
import { useActions, useApp } from '../context.ts';

const text = strings.understand;

/** Where an update belongs to more than this rating: the run's own next step, whichever comes next in its order. */
export function StepOne({ kind }: { kind: 'adam' | 'als' }) {
  const { stepRating } = useActions();
  const past = useApp((state) => state.run.playhead !== null);
  return (
    <>
      <button
        type="button"
        className="button do-update"
        aria-disabled={past}
        onClick={() => {
          if (!past) stepRating();
        }}
      >
        {text.stepOne[kind]}
      </button>
      <p className="muted small">{past ? text.doUpdatePast : text.stepOneNote[kind]}</p>
    </>
  );
}

/** Makes just the update that is spelled out above. Of an epoch of the past it could only be looked at. */
export function DoUpdate({ user, item }: { user: number; item: number }) {
  const { visit } = useActions();
  const past = useApp((state) => state.run.playhead !== null);
  return (
    <>
      <button
        type="button"
        className="button do-update"
        aria-disabled={past}
        onClick={() => {
          if (!past) visit(user, item);
        }}
      >
        {text.doUpdate}
      </button>
      <p className="muted small">{past ? text.doUpdatePast : text.doUpdateNote}</p>
    </>
  );
}

import { strings } from '../../strings/index.ts';
import { useActions, useApp } from '../context.ts';

const text = strings.nextUpdate;

/**
 * Makes just the update that is spelled out above. Of an epoch of the past it could only be looked at, while training goes on it is
 * another one by the time it is pressed, and one that makes a number too large (`finite` false) is not made.
 */
export function DoUpdate({ user, item, finite }: { user: number; item: number; finite: boolean }) {
  const { visit } = useActions();
  const past = useApp((state) => state.run.playhead !== null);
  const training = useApp((state) => state.run.status === 'training');
  const refusal = past ? text.notePast : training ? text.noteTraining : finite ? null : text.noteTooLarge;
  return (
    <>
      <button
        type="button"
        className="button do-update"
        aria-disabled={refusal !== null}
        onClick={() => {
          if (refusal === null) visit(user, item);
        }}
      >
        {text.doIt}
      </button>
      <p className="muted small">{refusal ?? text.note}</p>
    </>
  );
}

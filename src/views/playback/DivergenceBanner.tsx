import { useActions, useApp } from '../context.ts';
import { divergenceWords } from './divergence-words.ts';
import './playback.css';

/** A run that blew up is a lesson, not a crash: said once, with one button that mends it. */
export function DivergenceBanner() {
  const actions = useActions();
  const divergence = useApp((state) => state.run.divergence);
  const dataset = useApp((state) => state.study.dataset);
  if (!divergence) return null;
  const { happened, cause, mend } = divergenceWords(divergence, dataset);
  return (
    <div className="divergence" role="alert">
      <p>
        <strong>{happened}</strong> {cause}
      </p>
      <button type="button" className="button" onClick={() => actions.mendDivergence()}>
        {mend}
      </button>
    </div>
  );
}

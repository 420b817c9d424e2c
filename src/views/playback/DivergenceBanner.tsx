import { mendFor } from '../../store/mend.ts';
import { useEffect, useRef } from 'react';
import { useActions, useApp } from '../context.ts';
import { divergenceWords } from './divergence-words.ts';
import './playback.css';

/** A run that blew up is a lesson, not a crash: said once, where it is seen, with one button that mends it. */
export function DivergenceBanner() {
  const actions = useActions();
  const run = useApp((state) => state.run);
  const study = useApp((state) => state.study);
  const undo = useApp((state) => state.undo);
  const mending = mendFor({ run, study, undo });
  if (!run.divergence || !mending) return null;
  const { happened, cause, mend, then } = divergenceWords(run.divergence, mending, study.dataset);
  return (
    <div ref={box} className="divergence" role="alert">
      <p>
        <strong>{happened}</strong> {cause} {then}
      </p>
      <button type="button" className="button" onClick={() => actions.mendDivergence()}>
        {mend}
      </button>
    </div>
  );
}

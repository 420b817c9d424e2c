import { useEffect, useRef } from 'react';
import { mendFor } from '../../store/mend.ts';
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
  const box = useRef<HTMLDivElement>(null);
  const { divergence } = run;
  // On a phone the banner may stand a screen above the bar that was pressed.
  useEffect(() => {
    if (!divergence) return;
    const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    box.current?.scrollIntoView({ block: 'nearest', behavior: calm ? 'instant' : 'smooth' });
  }, [divergence]);
  if (!divergence || !mending) return null;
  const { happened, cause, mend, then } = divergenceWords(divergence, mending, study.dataset);
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

import { useEffect, useRef } from 'react';
import type { Progress } from '../../store/jobs.ts';
import { strings } from '../../strings/index.ts';

const text = strings.understand;

interface Props {
  /** The button's name. */
  readonly label: string;
  readonly progress: Progress | null;
  readonly blocked?: boolean;
  /** What is to be said while it does not run; its line is there in any case, so that nothing below moves. */
  readonly note?: string | null;
  readonly onStart: () => void;
  readonly onCancel: () => void;
}

/** Starts a job; while it runs, says how far it is, and the same button cancels it, so that the keyboard stays where it is. */
export function JobControls({ label, progress, blocked = false, note = null, onStart, onCancel }: Props) {
  const running = progress !== null;
  return (
    <div className="job">
      <button
        type="button"
        className="button"
        aria-disabled={blocked}
        onClick={() => {
          if (!blocked) (running ? onCancel : onStart)();
        }}
      >
        {running ? `${text.cancel} ${label}` : label}
      </button>
      <div className="job-line muted small numbers">
        {progress ? (
          <>
            <progress
              className="job-progress"
              aria-label={text.progress(label)}
              value={progress.done}
              max={Math.max(1, progress.total)}
            />
            <span>{progress.phase === 'waiting' ? text.waiting : text.trained(progress.done, progress.total)}</span>
          </>
        ) : (
          note
        )}
      </div>
    </div>
  );
}

/** Calls back once after a value became what it is. */
export function useTold<T>(value: T, tell: (value: T) => void): void {
  const latest = useRef(tell);
  useEffect(() => {
    latest.current = tell;
  });
  useEffect(() => latest.current(value), [value]);
}

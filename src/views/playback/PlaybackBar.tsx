import { type RefObject, useCallback, useEffect, useId, useRef, useState } from 'react';
import { SPEEDS } from '../../store/state.ts';
import { strings } from '../../strings/index.ts';
import { useActions, useApp } from '../context.ts';
import { NumberField } from '../controls/NumberField.tsx';
import { Range } from '../controls/Range.tsx';
import { Readouts } from './Readouts.tsx';
import './playback.css';

/** Epochs beyond this are not whole numbers any more. */
const LAST_EPOCH = Number.MAX_SAFE_INTEGER;

/** A name in two halves, of which a narrow bar shows the second; the name stays whole. */
function Halves({ of }: { readonly of: readonly string[] }) {
  const [first, second] = of;
  return (
    <span>
      <span className="playback-fold">{first} </span>
      {second}
    </span>
  );
}

function TrainButton() {
  const actions = useActions();
  const training = useApp((state) => state.run.status === 'training');
  const words = strings.playback;
  return (
    <button
      type="button"
      className="button primary playback-train"
      onClick={() => (training ? actions.pause() : actions.train())}
    >
      <svg aria-hidden="true" viewBox="0 0 12 12" width="12" height="12">
        <path d={training ? 'M2 1h3v10H2zM7 1h3v10H7z' : 'M2 1l9 5-9 5z'} fill="currentColor" />
      </svg>
      {training ? words.pause : words.train}
    </button>
  );
}

function SpeedSlider() {
  const actions = useActions();
  const speed = useApp((state) => state.view.speed);
  const words = strings.playback;
  const chosen = SPEEDS[speed];
  const text = chosen ? words.speedText(chosen) : '';
  return (
    <div className="playback-speed small">
      <span aria-hidden="true">{words.speed}</span>
      <Range
        label={words.speed}
        position={speed}
        min={0}
        max={SPEEDS.length - 1}
        text={text}
        onMove={(position) => actions.setView({ speed: position })}
      />
      <span className="playback-speed-text muted numbers" aria-hidden="true">
        {chosen && words.speedShort(chosen)}
      </span>
    </div>
  );
}

function RunTo() {
  const actions = useActions();
  const runTo = useApp((state) => state.view.runTo);
  const words = strings.playback;
  const box = useRef<HTMLDivElement>(null);
  const run = () => {
    // A text that the field refused is not run past: it must be put right first.
    const refused = box.current?.querySelector<HTMLInputElement>('[aria-invalid="true"]');
    if (refused) refused.focus();
    else actions.runTo(runTo);
  };
  return (
    <div ref={box} className="playback-run-to small">
      <NumberField
        label={words.runTo}
        value={runTo}
        min={0}
        max={LAST_EPOCH}
        integer
        step={100}
        onCommit={(epoch) => actions.setView({ runTo: epoch })}
        onEnter={(epoch) => actions.runTo(epoch)}
      />
      <button type="button" className="button" onClick={run}>
        {words.run}
      </button>
    </div>
  );
}

/** Closes what is open by Escape (back to its button) or a tap outside `box`. */
function useClosing(box: RefObject<HTMLElement | null>, open: boolean, close: () => void): void {
  useEffect(() => {
    if (!open) return;
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      close();
      box.current?.querySelector<HTMLElement>('.playback-more-button')?.focus();
    };
    const onPointer = (event: PointerEvent): void => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) close();
    };
    document.addEventListener('keydown', onKey);
    document.addEventListener('pointerdown', onPointer);
    return () => {
      document.removeEventListener('keydown', onKey);
      document.removeEventListener('pointerdown', onPointer);
    };
  }, [box, open, close]);
}

/**
 * Everything that moves training on, and the three numbers that say where it is. On a narrow screen it sticks to the
 * bottom edge, and what is needed less often folds behind More.
 *
 *     wide    ▶ Train │ Step one rating │ Step one epoch │ Reset        Epoch   RMSE seen   RMSE held out (2)
 *             Speed ──●── 60 epochs/s           Run to epoch [ 5000 ] Run   640     0.1524              3.682
 *     narrow  Epoch 640   RMSE seen 0.1524   RMSE held out 3.682
 *             ▶ Train │ one rating │ one epoch │ More
 */
export function PlaybackBar() {
  const actions = useActions();
  const [open, setOpen] = useState(false);
  const more = useId();
  const box = useRef<HTMLDivElement>(null);
  const close = useCallback(() => setOpen(false), []);
  useClosing(box, open, close);
  const words = strings.playback;
  return (
    <section className="playback" aria-label={words.bar}>
      <div className="playback-row">
        <div ref={box} className="playback-controls">
          <TrainButton />
          <button type="button" className="button" onClick={() => actions.stepRating()}>
            <Halves of={words.stepRating} />
          </button>
          <button type="button" className="button" onClick={() => actions.stepEpoch()}>
            <Halves of={words.stepEpoch} />
          </button>
          <button
            type="button"
            className="button playback-more-button"
            aria-label={words.moreControls}
            aria-expanded={open}
            aria-controls={more}
            onClick={() => setOpen(!open)}
          >
            {words.more}
          </button>
          <div id={more} className="playback-more" data-open={open || undefined}>
            <button type="button" className="button playback-reset" onClick={() => actions.reset()}>
              {words.reset}
            </button>
            <span className="playback-break" />
            <SpeedSlider />
            <RunTo />
          </div>
        </div>
        <Readouts />
      </div>
    </section>
  );
}

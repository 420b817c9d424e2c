import { useId, useMemo } from 'react';
import type { ModelSettings } from '../../core/model.ts';
import { countHeldOut } from '../../core/ratings.ts';
import type { ModelPatch } from '../../store/state.ts';
import { strings } from '../../strings/index.ts';
import { useActions, useApp, useHandle } from '../context.ts';
import { unseenFigure } from './unseen-figure.ts';
import './playback.css';

/** What does better than the mean on the notebook's matrix: few factors, small ones, and biases first. */
function betterSettings(model: ModelSettings): ModelPatch {
  const { optimizer } = model;
  return {
    prediction: 'mean+factors+biases',
    k: 2,
    init: { kind: 'normal', mean: 0, std: 0.1 },
    alpha: 0.01,
    beta: 0.2,
    optimizer: optimizer.kind === 'sgd' ? optimizer : { kind: 'sgd', update: 'sequential' },
  };
}

function alreadyTried(model: ModelSettings): boolean {
  const { init } = model;
  return (
    model.prediction === 'mean+factors+biases' &&
    model.k === 2 &&
    model.alpha === 0.01 &&
    model.beta === 0.2 &&
    model.optimizer.kind === 'sgd' &&
    init.kind === 'normal' &&
    init.mean === 0 &&
    init.std === 0.1
  );
}

/**
 * A model that fits what it has seen and misses the rest says so. Not in a lesson: it says itself what its step is about, asks
 * before it tells, and a restart with other settings would take its stage away.
 */
export function HonestyNote() {
  const { lesson } = useHandle();
  const actions = useActions();
  const run = useApp((state) => state.run);
  const flags = useApp((state) => state.study.dataset.ratings.heldOut);
  const model = useApp((state) => state.study.model);
  const heldOut = useMemo(() => countHeldOut(flags), [flags]);
  const explained = useId();
  const words = strings.playback;
  const unseen = unseenFigure(run, heldOut);
  // Held out in mid-run, ratings were trained on before: no verdict on what the model has not seen.
  const fair = unseen?.kind === 'leave-one-out' || run.seenUntil.length === 0;
  const worse =
    fair &&
    unseen !== null &&
    unseen.lag !== 'stale' &&
    unseen.epoch > 0 &&
    unseen.mean !== null &&
    unseen.rmse > unseen.mean;
  // What beats the mean on the notebook's matrix; elsewhere it is worth a try as long as no biases were.
  const offered = (unseen?.kind === 'leave-one-out' || model.prediction === 'factors') && !alreadyTried(model);
  if (lesson) return null;
  return (
    <div className="honesty small">
      {worse && unseen.mean !== null && (
        <>
          <p className="numbers">{words.worseThanMean(unseen.rmse, unseen.mean)}</p>
          {offered && (
            <>
              <button
                type="button"
                className="button"
                aria-describedby={explained}
                onClick={() => actions.changeModel(betterSettings(model))}
              >
                {words.tryBiases}
              </button>
              <span id={explained} className="muted">
                {words.startsOver}
              </span>
            </>
          )}
        </>
      )}
    </div>
  );
}

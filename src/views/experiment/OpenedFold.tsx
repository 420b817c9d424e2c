import { useMemo, useSyncExternalStore } from 'react';
import { sameRatings } from '../../core/experiment/same-ratings.ts';
import type { Study } from '../../core/study.ts';
import { strings } from '../../strings/index.ts';
import { useApp, useHandle } from '../context.ts';
import './opened-fold.css';

const silent = () => () => {};

/** Whether Play stands at what was opened: the same ratings, held out alike, and the same settings. */
function standsAt(opened: Study, play: Study): boolean {
  if (opened === play) return true;
  const held = ({ dataset }: Study) => dataset.ratings.heldOut;
  return (
    JSON.stringify(opened.model) === JSON.stringify(play.model) &&
    sameRatings(opened.dataset, play.dataset) &&
    held(opened).every((flag, at) => flag === held(play)[at])
  );
}

/** In Play, as long as a fold of a sweep's run stands there: which, what all folds came to, and a way to the others. */
export function OpenedFold() {
  const { experiment } = useHandle();
  const store = experiment?.store;
  const opened = useSyncExternalStore(store?.subscribe ?? silent, () => store?.getState().opened ?? null);
  const study = useApp((state) => state.study);
  const here = useMemo(() => opened !== null && standsAt(opened.study, study), [opened, study]);
  if (!experiment || opened === null || !here) return null;
  const { id, name, asked, fold, folds } = opened;
  const { before, after } = strings.experiment.foldShown(name, opened);
  return (
    <p className="opened-fold small numbers">
      {before}{' '}
      <select
        className="field"
        aria-label={strings.experiment.foldField}
        value={fold}
        onChange={(event) => experiment.actions.openInPlay(id, asked ?? undefined, Number(event.currentTarget.value))}
      >
        {Array.from({ length: folds }, (_, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a fold is its place
          <option key={at} value={at}>
            {at + 1}
          </option>
        ))}
      </select>{' '}
      {after}
    </p>
  );
}

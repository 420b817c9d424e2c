import type { StoreApi } from 'zustand/vanilla';
import { strings } from '../strings/index.ts';
import type { Actions } from './actions.ts';
import type { Experiment } from './experiment.ts';
import type { AppState } from './state.ts';

/** Play, and the runs and sweeps of its study. */
export interface UndoPlaces {
  readonly store: StoreApi<AppState>;
  readonly actions: Pick<Actions, 'undo' | 'redo' | 'say'>;
  readonly experiment: Pick<Experiment, 'store' | 'actions'>;
}

/**
 * Undo while Experiment is shown: what was deleted there comes back first, the latest first. Only when nothing is left of that
 * it is Play's last step; nobody sees Play then, so it is said, with the way back.
 */
export function undoInExperiment({ store, actions, experiment }: UndoPlaces): void {
  const { undoLabel } = experiment.store.getState();
  if (undoLabel !== null) {
    experiment.actions.undo();
    actions.say(strings.runs.undone(undoLabel));
    return;
  }
  const label = store.getState().undo.at(-1)?.label;
  if (label === undefined) return;
  actions.undo();
  actions.say(strings.experiment.undoneInPlay(label), { label: strings.store.redo, run: actions.redo });
}

/** Redo while Experiment is shown: always a step of Play, and said. */
export function redoInExperiment({ store, actions }: Pick<UndoPlaces, 'store' | 'actions'>): void {
  const label = store.getState().redo.at(-1)?.label;
  if (label === undefined) return;
  actions.redo();
  actions.say(strings.experiment.redoneInPlay(label), { label: strings.store.undo, run: actions.undo });
}

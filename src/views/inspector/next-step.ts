import type { Dataset } from '../../core/dataset.ts';
import type { ModelSettings } from '../../core/model.ts';
import type { AdamState, Parameters } from '../../core/parameters.ts';
import { stateUnderWay } from '../../core/run-memory.ts';
import type { TrainingData } from '../../core/training-data.ts';
import { modelInForce } from '../../store/in-force.ts';
import type { AppState } from '../../store/state.ts';
import { type SelectedCell, wholeIsShown } from './selected-cell.ts';

/** Numbers of every user and item, which the steps of Adam and ALS read. */
export interface AllNumbers {
  readonly parameters: Parameters;
  readonly adam: AdamState | null;
}

/** What the next step of the chosen cell is reckoned from. */
export interface NextStep {
  readonly model: ModelSettings;
  /** Completed epochs, and visits made in the one under way. */
  readonly epoch: number;
  readonly position: number;
  /** Null where the stage does not show them all and no whole state of this moment is at hand. */
  readonly all: AllNumbers | null;
}

/** Where the next step of the selected cell begins; null where the cell has no numbers. */
export function nextStep(
  { study, window, run }: Pick<AppState, 'study' | 'window' | 'run'>,
  cell: SelectedCell,
): NextStep | null {
  const { view } = run;
  if (view === null || cell.rows === null) return null;
  return {
    model: modelInForce({ study, run }),
    epoch: view.epoch,
    position: view.position,
    all: wholeIsShown(window) ? { parameters: view, adam: view.adam ?? null } : wholeState({ study, run }),
  };
}

/** The last whole state that came, where it is that of this moment. */
function wholeState({ study, run }: Pick<AppState, 'study' | 'run'>): AllNumbers | null {
  const { state, stateStudy, memory, epoch, position, playhead, status } = run;
  if (state === null || stateStudy?.dataset !== study.dataset || playhead !== null || status === 'training')
    return null;
  if (state.epoch !== epoch) return null;
  // A state that is saved fits the settings of the study; the epoch under way may go by others.
  const underWay = memory?.underWay ?? null;
  const standing = underWay !== null && underWay.epoch === epoch ? stateUnderWay(state, underWay) : state;
  if (standing.position !== position || (position === 0 && stateStudy.model !== study.model)) return null;
  return { parameters: standing.parameters, adam: standing.adam };
}

/** The chosen cell, and what its next step is reckoned from. */
export interface OfCell {
  readonly cell: SelectedCell;
  readonly next: NextStep;
}

/** With every training rating, which the steps of Adam and ALS read. */
export interface OfAll extends OfCell {
  readonly dataset: Dataset;
  readonly data: TrainingData;
}

/** Whether all of these are numbers; what is not there is. */
export function allFinite(numbers: readonly (number | undefined)[]): boolean {
  return numbers.every((number) => Number.isFinite(number ?? 0));
}

import {
  type Factors,
  fits,
  predictAll,
  type StageCells,
  stageCells,
  truthAll,
  windowOf,
} from '../../charts/stage-cells.ts';
import type { Dataset } from '../../core/dataset.ts';
import type { AppState } from '../../store/state.ts';

/** Everything the stage shows at one moment, computed once for pictures, names and the written-out dot product alike. */
export interface Scene {
  readonly dataset: Dataset;
  readonly cells: StageCells;
  /** The numbers shown; null while they do not belong to these users and items. */
  readonly view: Factors | null;
  /** R̂ of the window, row by row; null with the view. Its buffer is used again for the next scene. */
  readonly predicted: Float64Array | null;
  /** The planted truth of the window, where it is known and shown. */
  readonly truth: Float64Array | null;
  readonly clip: boolean;
}

/** Answers with the same object for as long as nothing of it changed; a new view costs one R̂, nothing else. */
export function createSceneReader(): (state: AppState) => Scene {
  let scene: Scene | null = null;
  let state: AppState | null = null;
  let buffer = new Float64Array(0);
  return (next) => {
    const { dataset } = next.study;
    const sameCells = state !== null && state.study.dataset === dataset && state.window === next.window;
    const same =
      sameCells &&
      state?.run.view === next.run.view &&
      state.view.clip === next.view.clip &&
      state.view.showTruth === next.view.showTruth;
    if (scene && same) return scene;
    const cells =
      scene && sameCells
        ? scene.cells
        : stageCells(
            dataset,
            windowOf(next.window.users, dataset.users.length),
            windowOf(next.window.items, dataset.items.length),
          );
    const view = fits(next.run.view, cells) ? next.run.view : null;
    let predicted: Float64Array | null = null;
    if (view) {
      if (buffer.length !== cells.kinds.length) buffer = new Float64Array(cells.kinds.length);
      predictAll(view, cells.users.length, cells.items.length, buffer);
      predicted = buffer;
    }
    const showTruth = next.view.showTruth && dataset.truth !== null;
    const kept = scene && sameCells && scene.truth;
    const truth = showTruth && dataset.truth ? kept || truthAll(dataset.truth, cells.users, cells.items) : null;
    scene = { dataset, cells, view, predicted, truth, clip: next.view.clip };
    state = next;
    return scene;
  };
}

/** Row of a user and column of an item on the stage; null when either stands outside the window. */
export function placeOnStage(
  scene: Pick<Scene, 'cells'>,
  user: number,
  item: number,
): { row: number; column: number } | null {
  const row = scene.cells.users.indexOf(user);
  const column = scene.cells.items.indexOf(item);
  return row >= 0 && column >= 0 ? { row, column } : null;
}

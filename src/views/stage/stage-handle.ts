import type { StoreApi } from 'zustand/vanilla';
import type { MatrixBox } from '../../charts/stage-layout.ts';
import type { Spot } from '../../store/pointer.ts';
import type { AppState } from '../../store/state.ts';
import { createNameClock, type NameClock } from './name-clock.ts';
import { createSceneReader, type Scene } from './scene.ts';

/** The cell of P, Qᵀ, R̂ or a bias that put `spot` into the pointer store. */
export interface PointedCell {
  readonly spot: Spot;
  readonly box: MatrixBox;
  readonly row: number;
  readonly column: number;
  readonly name: (row: number, column: number) => string;
}

/** What the parts of one stage share. */
export interface StageHandle {
  /** The scene of a state: the same object while nothing of it changed. */
  readonly sceneOf: (state: AppState) => Scene;
  readonly clock: NameClock;
  readonly start: () => () => void;
  /** A spot names a pair; which matrix it was pointed at in is known here. Written before the pointer store is. */
  pointsAt: PointedCell | null;
}

export function createStageHandle(store: StoreApi<AppState>): StageHandle {
  const clock = createNameClock(store);
  return { sceneOf: createSceneReader(), clock, start: clock.start, pointsAt: null };
}

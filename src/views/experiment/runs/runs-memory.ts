import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { RunId } from '../../../core/experiment/run-record.ts';
import type { ExperimentState } from '../../../store/experiment-state.ts';
import { useExperimentRoom } from '../../context.ts';

/** What the table was left with: it is taken down when another view is shown, and what was chosen must not go with it. */
export interface RunsMemory {
  readonly selected: ReadonlySet<RunId>;
  /** Whose details stand below the table. */
  readonly opened: RunId | null;
}

const memories = new WeakMap<StoreApi<ExperimentState>, StoreApi<RunsMemory>>();
const NONE: RunsMemory = { selected: new Set(), opened: null };

/** The memory of these runs. */
export function useRunsMemory(): readonly [RunsMemory, StoreApi<RunsMemory>['setState']] {
  const { store } = useExperimentRoom();
  let memory = memories.get(store);
  if (memory === undefined) {
    memory = createStore<RunsMemory>()(() => NONE);
    memories.set(store, memory);
  }
  return [useStore(memory), memory.setState];
}

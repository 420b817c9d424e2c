import { useSyncExternalStore } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import type { ExperimentState } from '../../../store/experiment-state.ts';
import { createPacedTable, type PacedTable } from '../../../store/paced-table.ts';
import type { RunsTable } from '../../../store/runs-table.ts';
import { useExperimentRoom } from '../../context.ts';

/** It outlives the view, so that whoever comes back finds the table at once. */
const tables = new WeakMap<StoreApi<ExperimentState>, PacedTable>();

const clock = {
  now: () => performance.now(),
  after(milliseconds: number, callback: () => void) {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** The table of runs; null for the moment in which the first one of many runs is made. */
export function useRunsTable(): RunsTable | null {
  const { store } = useExperimentRoom();
  const table = tables.get(store) ?? createPacedTable(store, clock);
  tables.set(store, table);
  return useSyncExternalStore(table.subscribe, table.get);
}

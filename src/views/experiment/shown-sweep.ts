import type { Sweep, SweepId } from '../../store/experiment-state.ts';
import { useExperiment, useExperimentActions } from '../context.ts';
import { useExperimentMemory, useSetMemory } from './form-memory.ts';

/** The sweep that is shown: the one that was chosen, else the one that runs (another tab may begin others), else the latest; null while there is none. */
export function useShownSweep(): Sweep | null {
  const shown = useExperimentMemory((memory) => memory.shown);
  return useExperiment(
    ({ sweeps }) =>
      sweeps.find(({ id }) => id === shown) ??
      sweeps.find(({ status }) => status === 'running') ??
      sweeps.at(-1) ??
      null,
  );
}

/** How to show another sweep: its picture, and its runs in the table. */
export function useShowSweep(): (id: SweepId | null) => void {
  const set = useSetMemory();
  const { setRunsView } = useExperimentActions();
  return (id) => {
    set({ shown: id, tab: 'sweep' });
    setRunsView({ from: id });
  };
}

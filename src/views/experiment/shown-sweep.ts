import type { Sweep } from '../../store/experiment-state.ts';
import { useExperiment } from '../context.ts';
import { useExperimentMemory } from './form-memory.ts';

/** The sweep that is shown: the one that was chosen, or the latest; null while there is none. */
export function useShownSweep(): Sweep | null {
  const shown = useExperimentMemory((memory) => memory.shown);
  return useExperiment(({ sweeps }) => sweeps.find(({ id }) => id === shown) ?? sweeps.at(-1) ?? null);
}

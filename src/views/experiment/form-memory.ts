import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { plansFor } from '../../core/experiment/suggest.ts';
import type { SweepId } from '../../store/experiment-state.ts';
import type { AppState } from '../../store/state.ts';
import { FIRST_FORM, formOf, type SweepForm } from '../../store/sweep-form.ts';
import { useHandle } from '../context.ts';

/** What stands in the middle: a sweep's picture, the live map, or runs side by side. */
export type ResultsTab = 'sweep' | 'live' | 'compare';

/** What the view was set to: it is taken down when another is shown, and what was typed must not go with it. */
export interface ExperimentMemory {
  readonly form: SweepForm;
  /** What stood in the form before a plan was put there, with the plan's name; null once it was changed. */
  readonly before: { readonly form: SweepForm; readonly plan: string } | null;
  /** The sweep that is shown; null: the latest. */
  readonly shown: SweepId | null;
  /** Null: nobody has chosen. */
  readonly tab: ResultsTab | null;
}

const memories = new WeakMap<StoreApi<AppState>, StoreApi<ExperimentMemory>>();

/** The memory of this page: a map of α × β to begin with. */
export function experimentMemory(app: StoreApi<AppState>): StoreApi<ExperimentMemory> {
  let memory = memories.get(app);
  if (!memory) {
    const { study, view } = app.getState();
    const form = formOf(plansFor(study, Math.max(1, view.runTo)).alphaBeta, FIRST_FORM);
    memory = createStore<ExperimentMemory>()(() => ({ form, before: null, shown: null, tab: null }));
    memories.set(app, memory);
  }
  return memory;
}

export function useExperimentMemory<T>(select: (memory: ExperimentMemory) => T): T {
  return useStore(experimentMemory(useHandle().store), select);
}

/** How to change what the view is set to. */
export function useSetMemory(): (patch: Partial<ExperimentMemory>) => void {
  return experimentMemory(useHandle().store).setState;
}

/** The form, and how to change some of it. */
export function useSweepForm(): readonly [SweepForm, (patch: Partial<SweepForm>) => void] {
  const { store } = useHandle();
  const memory = experimentMemory(store);
  const change = (patch: Partial<SweepForm>) =>
    memory.setState(({ form }) => ({ form: { ...form, ...patch }, before: null }));
  return [useStore(memory, ({ form }) => form), change];
}

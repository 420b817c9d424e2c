import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import type { Actions } from '../store/actions.ts';
import type { Experiment } from '../store/experiment.ts';
import type { ExperimentActions, ExperimentState } from '../store/experiment-state.ts';
import type { JobsState } from '../store/jobs.ts';
import type { Guide } from '../store/lesson.ts';
import type { LessonSweepState } from '../store/lesson-sweep.ts';
import type { PointerState } from '../store/pointer.ts';
import type { RateStripState } from '../store/rate-strip.ts';
import type { AppState } from '../store/state.ts';

/** What panels tell a lesson, and what they do for it. */
export type LessonEars = Pick<Guide, 'did' | 'computed' | 'ranBeside' | 'serve'>;

/** What every view is handed: the stores and the actions. */
export interface Handle {
  readonly store: StoreApi<AppState>;
  readonly pointer: StoreApi<PointerState>;
  readonly actions: Actions;
  /** What is found by retraining beside the run: how sure, and because of which ratings. */
  readonly jobs: StoreApi<JobsState>;
  /** In Learn: who wants to know what a panel computes and what the reader does there. */
  readonly lesson?: LessonEars;
  /** In Learn: whole runs for many learning rates. */
  readonly strip?: StoreApi<RateStripState>;
  /** In Learn: whole runs for several k. */
  readonly sweep?: StoreApi<LessonSweepState>;
  /** Runs and sweeps of Play's study; a lesson has none. */
  readonly experiment?: Experiment;
  /** With that: how many workers a sweep has. */
  readonly workers?: number;
}

export const HandleContext = createContext<Handle | null>(null);

/** The handle itself. Throws outside the app: that is a mistake in the code, not of a person. */
export function useHandle(): Handle {
  const handle = useContext(HandleContext);
  if (!handle) throw new Error('a view was rendered outside the app');
  return handle;
}

/** A part of the app's state; the component draws again only when that part changes (compare by ===). */
export function useApp<T>(select: (state: AppState) => T): T {
  return useStore(useHandle().store, select);
}

/** A part of hover and selection. */
export function usePointer<T>(select: (state: PointerState) => T): T {
  return useStore(useHandle().pointer, select);
}

/** A part of what was found by retraining; its functions ask for more. */
export function useJobs<T>(select: (state: JobsState) => T): T {
  return useStore(useHandle().jobs, select);
}

export function useActions(): Actions {
  return useHandle().actions;
}

/** Runs and sweeps, and what can be done with them. Throws in a lesson. */
export function useExperimentRoom(): Experiment {
  const { experiment } = useHandle();
  if (!experiment) throw new Error('a view of runs was rendered where there are none');
  return experiment;
}

/** A part of runs and sweeps. */
export function useExperiment<T>(select: (state: ExperimentState) => T): T {
  return useStore(useExperimentRoom().store, select);
}

export function useExperimentActions(): ExperimentActions {
  return useExperimentRoom().actions;
}

import { createContext, useContext, useMemo } from 'react';
import { useStore } from 'zustand';
import type { Guide, GuideState } from '../../store/lesson.ts';
import type { Telling } from './plain.ts';

export const GuideContext = createContext<Guide | null>(null);

/** The guide. Throws outside Learn: that is a mistake in the code, not of a person. */
export function useGuide(): Guide {
  const guide = useContext(GuideContext);
  if (!guide) throw new Error('a part of a lesson was rendered outside Learn');
  return guide;
}

/** A part of where the reader is; the component draws again only when that part changes. */
export function useLesson<T>(select: (state: GuideState) => T): T {
  return useStore(useGuide().store, select);
}

/** What a step's own texts speak of: how things stood when it began. Null until the stage is set. */
export function useBeginning(): Telling | null {
  const facts = useLesson((state) => state.facts);
  return useMemo(() => facts && { facts, of: 'beginning' }, [facts]);
}

/** What is said once the task is done speaks of the moment at which it was. Null before. */
export function useToldOf(): Telling | null {
  const facts = useLesson((state) => state.told);
  return useMemo(() => facts && { facts, of: 'now' }, [facts]);
}

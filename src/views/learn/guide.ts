import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { Guide, GuideState } from '../../store/lesson.ts';

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

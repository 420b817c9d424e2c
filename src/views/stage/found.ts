import { useMemo } from 'react';
import type { Moment } from '../../core/understand/ensemble.ts';
import { type Ensemble, type InfluenceFound, intervalAt } from '../../store/ensemble.ts';
import type { JobsState } from '../../store/jobs.ts';
import { strings } from '../../strings/index.ts';
import { useApp, useJobs, usePointer } from '../context.ts';

const words = strings.stage;

/** The intervals that R̂ shows: of one question, at one moment. */
export interface ShownIntervals {
  readonly kind: 'starts' | 'fewer';
  readonly moment: Moment;
  readonly ensemble: Ensemble;
}

/**
 * Null while none is to be shown: none was asked for, they are turned off, the study is another one now, or they are still
 * being trained (a hundred pictures on the way to one would be noise, and cost frames).
 */
export function shownIntervals({ drawn, progress, starts, fewer }: JobsState): ShownIntervals | null {
  const { intervals: kind, moment } = drawn;
  if (kind === null || kind === 'none' || progress[kind] !== null) return null;
  const ensemble = kind === 'starts' ? starts : fewer;
  if (ensemble === null || ensemble.stale === 'study') return null;
  return (moment === 'mark' ? ensemble.present : ensemble.settled).length < 2 ? null : { kind, moment, ensemble };
}

export function useShownIntervals(): ShownIntervals | null {
  const kind = useJobs((jobs) => shownIntervals(jobs)?.kind ?? null);
  const moment = useJobs((jobs) => jobs.drawn.moment);
  const ensemble = useJobs((jobs) => shownIntervals(jobs)?.ensemble ?? null);
  return useMemo(() => (kind && ensemble ? { kind, moment, ensemble } : null), [kind, moment, ensemble]);
}

/** ", other starts: 2.86 … 2.93", or nothing: what the interval in a cell says in numbers. */
export function intervalWords(shown: ShownIntervals | null, user: number, item: number): string {
  if (shown === null) return '';
  const { kind, moment, ensemble } = shown;
  const interval = intervalAt(kind, ensemble, user, item, moment);
  return interval === null ? '' : words.cellInterval[kind](interval.low, interval.high);
}

/** The influence that R shows: only while its panel is open, and on the prediction that is chosen. */
export function useShownInfluence(): InfluenceFound | null {
  const found = useJobs((jobs) => (jobs.drawn.influence ? jobs.influence : null));
  const { users, items } = useApp((state) => state.study.dataset);
  const selected = usePointer((pointer) => pointer.selected);
  if (found === null || found.stale === 'study' || found.ranked.length === 0) return null;
  const user = Math.min(selected.user, users.length - 1);
  const item = Math.min(selected.item, items.length - 1);
  return found.user === user && found.item === item ? found : null;
}

/** ", without it the prediction changes by −0.12", or nothing. */
export function influenceWords(found: InfluenceFound | null, user: number, item: number): string {
  const one = found?.ranked.find((candidate) => candidate.user === user && candidate.item === item);
  return one ? words.cellInfluence(one.change) : '';
}

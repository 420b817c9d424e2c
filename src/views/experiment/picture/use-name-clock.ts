import { useEffect, useMemo, useRef } from 'react';
import type { NameClock } from '../../stage/name-clock.ts';

/** Names change at most this often while results land: four times a second is as fast as anyone can listen. */
const PACE_MS = 250;

/** A clock for the names of a picture's cells: ticks when `subject` is another one, at once while `resting`. */
export function useNameClock(subject: unknown, resting: boolean): NameClock {
  const refreshers = useRef(new Set<() => void>());
  const last = useRef(Number.NEGATIVE_INFINITY);
  const clock = useMemo<NameClock>(
    () => ({
      add(refresh) {
        const all = refreshers.current;
        all.add(refresh);
        refresh();
        return () => all.delete(refresh);
      },
    }),
    [],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: the subject is what the names are made of
  useEffect(() => {
    const tick = () => {
      last.current = performance.now();
      for (const refresh of refreshers.current) refresh();
    };
    const wait = resting ? 0 : last.current + PACE_MS - performance.now();
    if (wait <= 0) {
      tick();
      return;
    }
    const timer = setTimeout(tick, wait);
    return () => clearTimeout(timer);
  }, [subject, resting]);
  return clock;
}

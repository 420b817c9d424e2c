import { type RefObject, useLayoutEffect, useState } from 'react';

/** What stands under the stage on a desk screen: legend, loss chart and its head. */
const BELOW = 296;
/** Below this the page is one column that scrolls anyway. */
const ONE_COLUMN = 720;

/** The room that an element has: its own width, and the height from its top to what must stand below it; null = no wish. */
export function useRoom(element: RefObject<HTMLElement | null>): { width: number; height: number | null } | null {
  const [room, setRoom] = useState<{ width: number; height: number | null } | null>(null);
  useLayoutEffect(() => {
    const target = element.current;
    if (!target) return;
    const measure = () => {
      const bounds = target.getBoundingClientRect();
      const width = Math.floor(bounds.width);
      const top = bounds.top + window.scrollY;
      const height =
        window.innerWidth < ONE_COLUMN ? null : Math.max(320, Math.floor(window.innerHeight - top - BELOW));
      setRoom((before) => (before?.width === width && before.height === height ? before : { width, height }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(target);
    window.addEventListener('resize', measure);
    return () => {
      observer.disconnect();
      window.removeEventListener('resize', measure);
    };
  }, [element]);
  return room;
}

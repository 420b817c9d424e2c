import { useEffect } from 'react';

/** What is open over the lesson keeps Page Up and Page Down; what walks by arrows keeps those too. */
const KEEPS_PAGES = 'textarea, [role="menu"], dialog';
const KEEPS_ARROWS = `${KEEPS_PAGES}, input, select, [role="slider"], [role="grid"], [role="table"], [role="tablist"], [role="radiogroup"], [role="region"][tabindex]`;

/**
 * The keys of a clicker: Page Down forward, Page Up back; the arrows too, where nothing else wants them. Page keys are taken
 * before a grid, a slider, a field or a list sees them: whoever has just done the task by hand has the keyboard there, and goes on
 * clicking through the lesson. Arrows, Home and End still move what has the keyboard.
 */
export function useLessonKeys(forward: () => void, back: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const pages = event.key === 'PageDown' || event.key === 'PageUp';
      if (!pages && event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return;
      const target = event.target instanceof Element ? event.target : null;
      if (target?.closest(pages ? KEEPS_PAGES : KEEPS_ARROWS)) return;
      event.preventDefault();
      event.stopPropagation();
      if (event.key === 'PageDown' || event.key === 'ArrowRight') forward();
      else back();
    };
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, [forward, back]);
}

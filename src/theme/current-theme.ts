import type { ThemeName } from './tokens.ts';

const DARK = '(prefers-color-scheme: dark)';

/** The look that the page has now: what `data-theme` on the root says, else what the system prefers. */
export function currentTheme(): ThemeName {
  const said = document.documentElement.dataset.theme;
  if (said === 'light' || said === 'dark') return said;
  return window.matchMedia(DARK).matches ? 'dark' : 'light';
}

/** Calls `listener` whenever the look may have changed; returns how to stop. Fits `useSyncExternalStore`. */
export function onThemeChange(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  const system = window.matchMedia(DARK);
  system.addEventListener('change', listener);
  return () => {
    observer.disconnect();
    system.removeEventListener('change', listener);
  };
}

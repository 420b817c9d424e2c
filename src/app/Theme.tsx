import { useEffect } from 'react';
import { useApp } from '../views/context.ts';

/** Puts the chosen theme, or the system's, on the document. */
export function Theme() {
  const choice = useApp((state) => state.view.theme);
  useEffect(() => {
    const dark = window.matchMedia('(prefers-color-scheme: dark)');
    const apply = () => {
      document.documentElement.dataset.theme =
        choice === 'dark' || (choice === 'system' && dark.matches) ? 'dark' : 'light';
    };
    apply();
    dark.addEventListener('change', apply);
    return () => dark.removeEventListener('change', apply);
  }, [choice]);
  return null;
}

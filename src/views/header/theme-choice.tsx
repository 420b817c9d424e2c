import type { ThemeChoice } from '../../store/state.ts';
import { strings } from '../../strings/index.ts';
import { useActions, useApp } from '../context.ts';

const NEXT: Record<ThemeChoice, ThemeChoice> = { system: 'light', light: 'dark', dark: 'system' };

/** The theme that is chosen, its name, and how to choose the next. */
export function useTheme(): { choice: ThemeChoice; label: string; next: () => void } {
  const choice = useApp((state) => state.view.theme);
  const { setView } = useActions();
  return { choice, label: strings.header.themes[choice], next: () => setView({ theme: NEXT[choice] }) };
}

/** A half disc for the system's theme, an open one for light, a full one for dark. */
export function ThemeGlyph({ choice }: { choice: ThemeChoice }) {
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="1.5" />
      {choice !== 'light' && (
        <path
          d={choice === 'dark' ? 'M8 2a6 6 0 0 0 0 12a6 6 0 0 0 0-12' : 'M8 2a6 6 0 0 0 0 12'}
          fill="currentColor"
        />
      )}
    </svg>
  );
}

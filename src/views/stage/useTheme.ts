import { useSyncExternalStore } from 'react';
import { currentTheme, onThemeChange } from '../../theme/current-theme.ts';
import type { ThemeName } from '../../theme/tokens.ts';

/** The look that the page has now. */
export function useTheme(): ThemeName {
  return useSyncExternalStore(onThemeChange, currentTheme);
}

// Stands in for `next-themes`: the page chooses the theme.

import type { ReactNode } from 'react';

import { useTheme as useThemeOfPage } from '../theme';

const THEMES = ['light', 'dark'];

function setTheme(): void {
  // Only the page can change the theme.
}

/** The theme of the page. `setTheme` does nothing. */
export function useTheme() {
  const theme = useThemeOfPage();
  return { theme, resolvedTheme: theme, systemTheme: theme, themes: THEMES, setTheme };
}

export interface ThemeProviderProps {
  children?: ReactNode;
  [name: string]: unknown;
}

export const ThemeProvider = ({ children }: ThemeProviderProps): ReactNode => children;

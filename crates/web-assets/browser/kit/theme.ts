import { useSyncExternalStore } from 'react';

/** Calls `changed` when the page switches the theme. */
function subscribe(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}

const theme = (): 'light' | 'dark' => (document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light');

/** The theme of the page. */
export const useTheme = (): 'light' | 'dark' => useSyncExternalStore(subscribe, theme, () => 'light');

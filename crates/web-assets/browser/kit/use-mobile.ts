import { useSyncExternalStore } from 'react';

const narrow = (): MediaQueryList => matchMedia('(width < 768px)');

function subscribe(changed: () => void): () => void {
  const query = narrow();
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}

/** True while the frame is narrower than 768 px. */
export const useIsMobile = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => narrow().matches,
    () => false,
  );

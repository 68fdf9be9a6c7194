import { useEffect, useSyncExternalStore } from 'react';

const never = () => () => {};

/** False on the server and until scripts took over; true from then on. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}

/** Tells the style sheet that scripts took over: buttons that only pages without scripts need may go. */
export function useMarkOfScripts(): void {
  useEffect(() => {
    document.documentElement.dataset.hydrated = '';
  }, []);
}

import { useSyncExternalStore } from 'react';

const never = () => () => {};

/** False on the server and until scripts took over; true from then on. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}

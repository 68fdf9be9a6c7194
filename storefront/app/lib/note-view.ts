import { useEffect } from 'react';

/** After moving to a product by scripts: tells that it is being looked at, which the server could not know. */
export function useNoteView(product: { id: string; handle: string }, isNoted: boolean): void {
  const { id, handle } = product;
  useEffect(() => {
    if (isNoted) return;
    navigator.sendBeacon('/recently-viewed', new URLSearchParams({ id, handle }));
  }, [id, handle, isNoted]);
}

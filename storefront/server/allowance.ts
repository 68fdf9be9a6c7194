const WINDOW_MS = 60_000;
/** Addresses that are remembered within a minute; those beyond share what is left for all. */
const MOST_KNOWN = 20_000;

/** Counts what is taken in a minute, within this process. @returns tells whether one more of an address may be taken, and counts it */
export function allowance({ ofOne, ofAll }: { ofOne: number; ofAll: number }): (address: string) => boolean {
  const counts = new Map<string, number>();
  let all = 0;
  let endsAt = 0;
  return (address) => {
    const at = performance.now();
    if (at >= endsAt) {
      counts.clear();
      all = 0;
      endsAt = at + WINDOW_MS;
    }
    const count = counts.get(address) ?? 0;
    if (all >= ofAll || count >= ofOne) return false;
    if (count > 0 || counts.size < MOST_KNOWN) counts.set(address, count + 1);
    all += 1;
    return true;
  };
}

/** How one request of a shopper ended: served, told to come back (503 and when), or neither. */
export type Outcome = 'served' | 'refused' | 'failed';

export interface Seen {
  /** When it was sent, by `performance.now()`. */
  readonly at: number;
  readonly ms: number;
  readonly outcome: Outcome;
  /** What was asked for, and what came of it where it was not served. */
  readonly what: string;
}

/** All requests and orders of a stretch of time. */
export interface Figures {
  readonly requests: number;
  readonly refused: number;
  readonly failed: number;
  /** Milliseconds below which 95 of 100 answers came; 0 without any. */
  readonly p95: number;
  readonly orders: number;
}

/** Keeps what shoppers see. */
export interface Tally {
  readonly seen: readonly Seen[];
  note(seen: Seen): void;
  /** Tells that a request was sent. @returns what to call when it has ended */
  begin(): () => void;
  /** When the oldest request was sent that has no answer yet; infinitely late when there is none. */
  oldestUnderWay(): number;
  noteOrder(order: { number: string; at: number }): void;
  readonly orders: readonly { number: string; at: number }[];
  /** Of those requests, and of the orders of a stretch of time. */
  figures(which: (seen: Seen) => boolean, stretch: { from: number; to: number }): Figures;
}

export function createTally(): Tally {
  const seen: Seen[] = [];
  const orders: { number: string; at: number }[] = [];
  // in the order in which they were sent
  const underWay = new Set<{ readonly at: number }>();
  return {
    seen,
    begin() {
      const request = { at: performance.now() };
      underWay.add(request);
      return () => underWay.delete(request);
    },
    oldestUnderWay() {
      const [oldest] = underWay;
      return oldest?.at ?? Number.POSITIVE_INFINITY;
    },
    orders,
    note: (one) => seen.push(one),
    noteOrder: (order) => orders.push(order),
    figures(which, { from, to }) {
      const within = seen.filter(which);
      const count = (outcome: Outcome) => within.filter((one) => one.outcome === outcome).length;
      return {
        requests: within.length,
        refused: count('refused'),
        failed: count('failed'),
        p95: percentile(
          within.map(({ ms }) => ms),
          0.95,
        ),
        orders: orders.filter(({ at }) => at >= from && at < to).length,
      };
    },
  };
}

/** The nearest rank; 0 of nothing. */
function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

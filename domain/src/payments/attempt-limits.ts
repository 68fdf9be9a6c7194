/** What tries to pay are counted by. */
export type AttemptScope = 'cart' | 'subscriber' | 'network' | 'card';

/** At most `most` tries that were refused, or are under way, within the window. */
export interface AttemptLimit {
  readonly scope: AttemptScope;
  /** Count tries, or the different cards in them. */
  readonly counts: 'tries' | 'cards';
  readonly most: number;
  readonly windowSeconds: number;
}

const HOUR = 3_600;
const DAY = 24 * HOUR;

/**
 * Who tests stolen cards tries many on one cart, from one place, or one card from many places; a shopper mistypes a number three times.
 * Tries that the bank agrees to count for nothing, so that an office or a phone network full of buyers is never in the way of itself.
 */
const attemptLimits: readonly AttemptLimit[] = [
  { scope: 'cart', counts: 'tries', most: 8, windowSeconds: HOUR },
  { scope: 'cart', counts: 'tries', most: 15, windowSeconds: DAY },
  { scope: 'cart', counts: 'cards', most: 5, windowSeconds: HOUR },
  // one connection: an IPv4 address, or a /64 of IPv6
  { scope: 'subscriber', counts: 'tries', most: 10, windowSeconds: HOUR },
  { scope: 'subscriber', counts: 'cards', most: 8, windowSeconds: HOUR },
  { scope: 'subscriber', counts: 'tries', most: 20, windowSeconds: DAY },
  // the addresses around it: /24 of IPv4, /48 of IPv6
  { scope: 'network', counts: 'tries', most: 20, windowSeconds: DAY },
  { scope: 'card', counts: 'tries', most: 6, windowSeconds: HOUR },
  { scope: 'card', counts: 'tries', most: 12, windowSeconds: DAY },
];

/** A try that counts. */
export interface CountedAttempt {
  readonly cart: string;
  readonly subscriber: string | null;
  readonly network: string | null;
  readonly card: string | null;
  readonly at: Date;
}

/**
 * How long whoever makes this try must wait; 0 when they need not.
 *
 * @param counted tries that share something with it, not older than a day, without itself
 */
export function waitSeconds(
  attempt: Omit<CountedAttempt, 'at'>,
  counted: readonly CountedAttempt[],
  now: Date,
): number {
  const waits = attemptLimits.map((limit) => {
    const value = attempt[limit.scope];
    if (value === null) return 0;
    const from = now.getTime() - limit.windowSeconds * 1000;
    const within = counted.filter((other) => other[limit.scope] === value && other.at.getTime() > from);
    const times =
      limit.counts === 'tries' ? within.map(({ at }) => at.getTime()) : lastUses(within, attempt.card);
    if (times.length < limit.most) return 0;
    // there is room again once the oldest of the newest `most` leaves the window
    const decisive = times.toSorted((a, b) => b - a)[limit.most - 1] ?? from;
    return Math.max(1, Math.ceil((decisive - from) / 1000));
  });
  return Math.max(...waits);
}

/** When each card but the one at hand was last tried: trying a known one again adds none. */
function lastUses(attempts: readonly CountedAttempt[], own: string | null): number[] {
  if (own === null || attempts.some(({ card }) => card === own)) return [];
  const last = new Map<string, number>();
  for (const { card, at } of attempts) {
    if (card !== null) last.set(card, Math.max(last.get(card) ?? 0, at.getTime()));
  }
  return [...last.values()];
}

import type pg from 'pg';
import { DomainError } from './errors.ts';

/** How pressed a database pool is: by this it is decided whether more work is let in. */
export interface PoolPressure {
  /** How long the caller at the head of the queue has waited for a connection, in milliseconds; 0 when nobody waits. */
  waitedMs(): number;
}

export interface PoolBounds {
  /** How many callers may wait at once; those who come after them are refused at once. */
  readonly mostWaiting: number;
  /** Told how many seconds somebody waited, also in vain. */
  readonly onWait?: ((seconds: number) => void) | undefined;
}

const WAITED_TOO_LONG = 'timeout exceeded when trying to connect';

/**
 * The pool with a bounded queue. Who waits for longer than the pool's own `connectionTimeoutMillis`, or comes when the queue is full, is
 * refused by `overloaded`: work that would be begun too late for anybody is better not begun.
 */
export function boundPool(
  pool: pg.Pool,
  { mostWaiting, onWait }: PoolBounds,
): { connect(): Promise<pg.PoolClient>; pressure: PoolPressure } {
  // in the order in which they came
  const waiting = new Set<{ readonly since: number }>();
  const refusal = (why: string, cause?: unknown) => {
    const reason = 'no_connection';
    return new DomainError('overloaded', `no database connection was free: ${why}`, { reason }, { cause });
  };
  return {
    async connect() {
      if (pool.waitingCount >= mostWaiting) throw refusal('too many wait already');
      const ticket = { since: performance.now() };
      waiting.add(ticket);
      try {
        return await pool.connect();
      } catch (error) {
        if (error instanceof Error && error.message === WAITED_TOO_LONG) {
          throw refusal('the wait was too long', error);
        }
        throw error;
      } finally {
        waiting.delete(ticket);
        onWait?.((performance.now() - ticket.since) / 1000);
      }
    },
    pressure: {
      waitedMs() {
        const [first] = waiting;
        return first === undefined ? 0 : performance.now() - first.since;
      },
    },
  };
}

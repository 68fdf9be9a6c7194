import pg from 'pg';

/** Tells whether a database answers. */
export interface DatabaseProbe {
  /** Asks, unless it is being asked already. Never throws, and never takes much longer than its limit. */
  isUp(): Promise<boolean>;
  close(): Promise<void>;
}

/**
 * Makes a probe with a connection of its own: all those of the pool may be in use, which says nothing about Postgres.
 *
 * @param withinMs how long an answer may take before the database counts as down
 */
export function createDatabaseProbe(url: string, withinMs: number): DatabaseProbe {
  const pool = new pg.Pool({
    connectionString: url,
    max: 1,
    application_name: 'souk-health',
    connectionTimeoutMillis: withinMs,
    query_timeout: withinMs,
    idleTimeoutMillis: 60_000,
    allowExitOnIdle: true,
  });
  // of a connection that idles: the next question tells
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  let asking: Promise<boolean> | undefined;
  const ask = async () => {
    try {
      await pool.query('select 1');
      return true;
    } catch {
      return false;
    } finally {
      asking = undefined;
    }
  };
  return {
    isUp() {
      asking ??= ask();
      return asking;
    },
    close: () => pool.end(),
  };
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';

/** What a Postgres says, or the way to it, while it starts, stops or is full: it may be there in a moment. */
const passing = new Set([
  ...[
    'ECONNREFUSED',
    'ECONNRESET',
    'ETIMEDOUT',
    'EPIPE',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'ENOTFOUND',
    'EAI_AGAIN',
  ],
  ...['57P01', '57P02', '57P03', '53300'],
]);

/** Whether asking again may help: it does not against a wrong password or a database that nobody made. */
function mayPass(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(mayPass);
  if (!(error instanceof Error)) return false;
  if ('code' in error && typeof error.code === 'string') return passing.has(error.code);
  return /connection (terminated|timeout)|timeout expired|timeout exceeded/i.test(error.message);
}

/**
 * Waits until Postgres answers.
 *
 * @param options.onWait told once of why there is a wait
 * @throws what Postgres says, when waiting does not help or has lasted `patienceMs`
 */
export async function waitForDatabase(
  pool: Pool,
  options: { patienceMs: number; onWait?: ((error: Error) => void) | undefined },
): Promise<void> {
  const giveUpAt = performance.now() + options.patienceMs;
  for (let pause = 100; ; pause = Math.min(pause * 1.5, 2_000)) {
    try {
      await pool.query('select 1');
      return;
    } catch (error) {
      if (!mayPass(error) || performance.now() + pause > giveUpAt) throw error;
      if (pause === 100 && error instanceof Error) options.onWait?.(error);
      await sleep(pause);
    }
  }
}

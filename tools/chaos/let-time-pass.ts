import type { Stage } from './stage.ts';

const MINUTES = 40;

/**
 * Lets time pass for what waits for it, by setting its clock back: things held for shoppers who left, pages of the provider that nobody
 * comes back from, and what failed while parts were down and is to be tried again. The shop's own schedules do the work.
 */
export async function letTimePass({ domain, shop }: Stage): Promise<void> {
  const ago = `interval '${MINUTES} minutes'`;
  for (const statement of [
    `update reservations set expires_at = expires_at - ${ago} where status = 'held'`,
    `update checkouts set placing_since = placing_since - ${ago} where status = 'placing'`,
    `update mails set claimed_until = claimed_until - ${ago} where claimed_until is not null`,
    `update graphile_worker._private_jobs set run_at = least(run_at, now()) where locked_at is null`,
  ]) {
    await domain.pool.query(statement);
  }
  await fetch(new URL('/sandbox/clock/advance', shop.sandboxUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ms: MINUTES * 60_000 }),
  });
}

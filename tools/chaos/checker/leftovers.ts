import type { Stage } from '../stage.ts';
import type { Breach } from './model.ts';

/** What must be done by itself, and soon: a row for each thing that is not. */
const work: Readonly<Record<string, string>> = {
  'every event reaches its subscribers': `
    select subscriber || ' ' || event_id as subject, coalesce(last_error, 'not tried') as detail from event_deliveries
    union all select position::text, 'not handed over' from event_outbox`,
  'every webhook is handled': `
    select id as subject, type as detail from payment_webhooks where handled_at is null`,
  'every job is done': `
    select task_identifier || ' ' || id as subject,
      case when locked_at is null then coalesce(last_error, 'not tried') else 'locked since ' || locked_at end as detail
    from graphile_worker.jobs
    where (run_at <= now() or attempts > 0)
      -- a schedule that failed runs again by the clock
      and not (max_attempts = 1 and attempts = 1 and locked_at is null)
      -- another of the same key was queued while a worker was at this one, and died
      and not (key is null and attempts >= max_attempts and locked_at is null
        and (last_error is null or task_identifier = 'events.deliver'))`,
};

/** What lapses with time, once nobody comes back for it. */
const lapsing: Readonly<Record<string, string>> = {
  'no units are held for those who left': `
    select id::text as subject, 'held until ' || expires_at as detail from reservations where status = 'held'`,
  'no codes and gift cards are held for those who left': `
    select checkout_id::text as subject, 'held since ' || updated_at as detail from redemptions where status = 'held'`,
  'every refund is sent': `
    select id::text as subject, status as detail from payment_refunds where status = 'pending'`,
  'nothing that differs from the books of the provider is left open': `
    select subject, kind as detail from payment_discrepancies where resolved_at is null`,
};

/** Reads what is left over; nothing at rest. */
export async function readLeftovers({
  domain,
}: Pick<Stage, 'domain'>): Promise<{ work: Breach[]; lapsing: Breach[] }> {
  const read = async (claims: Readonly<Record<string, string>>) => {
    const found: Breach[] = [];
    for (const [claim, query] of Object.entries(claims)) {
      const { rows } = await domain.pool.query<{ subject: string; detail: string }>(query);
      found.push(...rows.map((row) => ({ claim, ...row })));
    }
    return found;
  };
  return { work: await read(work), lapsing: await read(lapsing) };
}

import { sql } from 'kysely';
import { addSeconds } from './clock.ts';
import type { Context } from './context.ts';
import { wakeSubscribers } from './events.ts';

/** Younger ones may be about to be delivered. */
const FORGOTTEN_AFTER_SECONDS = 30;
const MOST_WOKEN = 1_000;

/** How many events a subscriber has not handled yet; those set aside as dead are left out. */
export async function pendingDeliveries(ctx: Context, subscriber: string): Promise<number> {
  const types = ctx.subscriptions.find(({ name }) => name === subscriber)?.on.map(({ type }) => type) ?? [];
  const { rows } = await sql<{ count: number }>`
    select (
      (select count(*) from event_deliveries where subscriber = ${subscriber} and dead_at is null)
      + (select count(*) from event_outbox join events using (position) where type = any(${types}::text[]))
    )::int as count
  `.execute(ctx.db);
  return rows[0]?.count ?? 0;
}

/** The deliveries that were set aside as dead, by subscriber, with an error of each. */
export async function deadDeliveries(
  ctx: Context,
): Promise<{ subscriber: string; count: number; lastError: string | null }[]> {
  const rows = await ctx.db
    .selectFrom('event_deliveries')
    .select((eb) => [
      'subscriber',
      eb.fn.countAll<number>().as('count'),
      eb.fn.max('last_error').as('last_error'),
    ])
    .where('dead_at', 'is not', null)
    .groupBy('subscriber')
    .orderBy('subscriber')
    .execute();
  return rows.map((row) => ({ subscriber: row.subscriber, count: row.count, lastError: row.last_error }));
}

/**
 * Wakes the subscribers of events that no job is going to deliver. The queue drops a job silently, when another of the same key is begun
 * between its look at the keys and its insert; and a job whose worker died at its last try is tried no more. Two statements.
 *
 * @returns how many were woken
 */
export async function wakeForgotten(ctx: Context): Promise<number> {
  const batches = ctx.subscriptions.filter(({ mode }) => mode === 'batch').map(({ name }) => name);
  const { rows } = await sql<{ subscriber: string; aggregate_id: string }>`
    select distinct on (delivery.key) delivery.subscriber, delivery.aggregate_id
    from (
      select subscriber, aggregate_id, event_id,
        subscriber || ':' || case when subscriber = any(${batches}::text[]) then 'all' else aggregate_id::text end as key
      from event_deliveries where dead_at is null
    ) delivery
    join events event on event.id = delivery.event_id
    left join graphile_worker._private_jobs job on job.key = delivery.key and job.attempts < job.max_attempts
    where event.occurred_at < ${addSeconds(ctx.clock.now(), -FORGOTTEN_AFTER_SECONDS)}::timestamptz and job.id is null
      and delivery.subscriber = any(${ctx.subscriptions.map(({ name }) => name)}::text[])
    limit ${MOST_WOKEN}
  `.execute(ctx.db);
  if (rows.length > 0) await wakeSubscribers(ctx, rows);
  return rows.length;
}

import type { Context } from './context.ts';

/** How many events a subscriber has not handled yet; those set aside as dead are left out. */
export async function pendingDeliveries(ctx: Context, subscriber: string): Promise<number> {
  const row = await ctx.db
    .selectFrom('event_deliveries')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('subscriber', '=', subscriber)
    .where('dead_at', 'is', null)
    .executeTakeFirstOrThrow();
  return row.count;
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

import { sql } from 'kysely';
import { z } from 'zod';
import {
  addSeconds,
  type Context,
  defineJob,
  type NewEvent,
  type TransactionContext,
} from '../kernel/index.ts';
import { pricesChanged, VARIANTS_AN_EVENT } from './events.ts';

/** Processes' clocks differ: a start or end is told for as long as some may not have reached it. */
const CLOCKS_DIFFER_SECONDS = 90;

/** Tells that all prices of lists may count, or not count any more. Two statements. */
export async function tellOfPrices(tx: TransactionContext, priceListIds: readonly string[]): Promise<void> {
  if (priceListIds.length === 0) return;
  const rows = await tx.db
    .selectFrom('price_list_prices')
    .select(['price_list_id', 'variant_id'])
    .where('price_list_id', 'in', priceListIds)
    .orderBy('price_list_id')
    .orderBy('variant_id')
    .execute();
  const byList = Map.groupBy(rows, (row) => row.price_list_id);
  await tx.emit(
    ...[...byList].flatMap(([listId, prices]) =>
      changesOf(
        listId,
        prices.map((row) => row.variant_id),
      ),
    ),
  );
}

/** The events that tell that some prices of a list are others. */
export function changesOf(priceListId: string, variantIds: readonly string[]): NewEvent[] {
  const parts = Math.ceil(variantIds.length / VARIANTS_AN_EVENT);
  return Array.from({ length: parts }, (_, part) => {
    const start = part * VARIANTS_AN_EVENT;
    return pricesChanged(priceListId, { variantIds: variantIds.slice(start, start + VARIANTS_AN_EVENT) });
  });
}

/**
 * Tells of the lists that have started or ended since it was last told, so that those who keep prices, such as the search, look again.
 * Lists of customer groups are left out: nobody keeps their prices. Idempotent.
 */
export async function tellWindows(ctx: Context): Promise<void> {
  await ctx.transaction(async (tx) => {
    const now = tx.clock.now();
    const { rows } = await sql<{ id: string }>`
      update price_lists
      set told_until = greatest(told_until, ${addSeconds(now, -CLOCKS_DIFFER_SECONDS)}::timestamptz)
      where is_active and group_id is null and (
        (starts_at > told_until and starts_at <= ${now}::timestamptz)
        or (ends_at > told_until and ends_at <= ${now}::timestamptz)
      )
      returning id
    `.execute(tx.db);
    await tellOfPrices(
      tx,
      rows.map((row) => row.id),
    );
  });
}

export const windowJob = defineJob({
  name: 'pricing.window',
  payload: z.object({}),
  handle: (ctx) => tellWindows(ctx),
});

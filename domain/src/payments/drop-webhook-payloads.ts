import { addSeconds, type Context, type TransactionContext } from '../kernel/index.ts';

/** How long what the provider told is kept, for staff to look into what went wrong. */
const KEPT_SECONDS = 30 * 24 * 3_600;

/**
 * Empties what the provider told of the payments of checkouts: with a real card it holds the cardholder's name and address. Nothing
 * reads it again: what a payment is, is asked. One statement.
 */
export async function dropWebhookPayloads(
  tx: TransactionContext,
  input: { checkoutIds: readonly string[] },
): Promise<void> {
  if (input.checkoutIds.length === 0) return;
  await tx.db
    .updateTable('payment_webhooks')
    .set({ payload: '{}', payload_dropped_at: tx.clock.now() })
    .where((eb) =>
      eb.or([
        eb('checkout_id', 'in', [...input.checkoutIds]),
        // of payments that came by a link the order is told, not the checkout
        eb(
          'order_id',
          'in',
          eb
            .selectFrom('payments')
            .select('order_id')
            .where('checkout_id', 'in', [...input.checkoutIds]),
        ),
        eb(
          'intent_id',
          'in',
          eb
            .selectFrom('payments')
            .select('intent_id')
            .where('checkout_id', 'in', [...input.checkoutIds]),
        ),
      ]),
    )
    .execute();
}

/** Empties webhooks whose time is over, if they are handled; that they came stays, so that a repeat is known. @returns how many */
export async function dropOldPayloads(ctx: Context): Promise<number> {
  const { numUpdatedRows } = await ctx.db
    .updateTable('payment_webhooks')
    .set({ payload: '{}', payload_dropped_at: ctx.clock.now() })
    .where('payload_dropped_at', 'is', null)
    .where('handled_at', 'is not', null)
    .where('received_at', '<', addSeconds(ctx.clock.now(), -KEPT_SECONDS))
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

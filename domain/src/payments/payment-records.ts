import type { Context, TransactionContext } from '../kernel/index.ts';
import type { IntentRequest } from './model.ts';

/** Notes the intent of a checkout, with what it is for. One statement. */
export async function recordIntent(ctx: Context, intentId: string, request: IntentRequest): Promise<void> {
  const now = ctx.clock.now();
  await ctx.db
    .insertInto('payments')
    .values({
      id: ctx.ids.next(),
      checkout_id: request.checkoutId,
      intent_id: intentId,
      currency: request.currency,
      amount: request.amount,
      status: 'created',
      created_at: now,
      updated_at: now,
    })
    .onConflict((conflict) =>
      conflict
        .column('intent_id')
        .doUpdateSet({ amount: request.amount, updated_at: now })
        .where('payments.status', '=', 'created'),
    )
    .execute();
}

/** Notes that the bank holds the money for an order, in the transaction that makes the order. One statement. */
export async function recordAuthorised(
  tx: TransactionContext,
  intentId: string,
  orderId: string,
): Promise<void> {
  await tx.db
    .updateTable('payments')
    .set({ status: 'authorised', order_id: orderId, updated_at: tx.clock.now() })
    .where('intent_id', '=', intentId)
    .executeTakeFirstOrThrow();
}

/**
 * Notes that the money was taken. One statement.
 *
 * @returns false when that was known already
 */
export async function recordCaptured(
  tx: TransactionContext,
  intentId: string,
  amount: number,
): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('payments')
    .set({ status: 'captured', captured_amount: amount, updated_at: tx.clock.now() })
    .where('intent_id', '=', intentId)
    .where('status', '=', 'authorised')
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Notes that an intent was given up. One statement. */
export async function recordCancelled(ctx: Context, intentId: string): Promise<void> {
  await ctx.db
    .updateTable('payments')
    .set({ status: 'cancelled', updated_at: ctx.clock.now() })
    .where('intent_id', '=', intentId)
    .where('status', 'in', ['created', 'authorised'])
    .execute();
}

/** The intent that an order was paid by, or null. One statement. */
export async function intentOfOrder(ctx: Context, orderId: string): Promise<string | null> {
  const row = await ctx.db
    .selectFrom('payments')
    .select('intent_id')
    .where('order_id', '=', orderId)
    .executeTakeFirst();
  return row?.intent_id ?? null;
}

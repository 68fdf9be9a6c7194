import type { TransactionContext } from '../kernel/index.ts';

/**
 * Empties what the provider told of the payments of checkouts: with a real card it holds the cardholder's name and address. Nothing
 * reads it again: what a payment is, is asked. One statement.
 */
export async function dropWebhookPayloads(
  tx: TransactionContext,
  input: { checkoutIds: readonly string[] },
): Promise<void> {
  await tx.db
    .updateTable('payment_webhooks')
    .set({ payload: '{}' })
    .where('intent_id', 'in', (eb) =>
      eb
        .selectFrom('payments')
        .select('intent_id')
        .where('checkout_id', 'in', [...input.checkoutIds]),
    )
    .execute();
}

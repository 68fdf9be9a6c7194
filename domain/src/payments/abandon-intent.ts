import { z } from 'zod';
import { defineJob, enqueue, type TransactionContext } from '../kernel/index.ts';
import { recordCancelled } from './payment-records.ts';
import { returnMoney } from './return-money.ts';

/** Gives up an intent that no checkout holds any longer. One that an order was paid by is never given up, whoever asks. */
export const cancelIntentJob = defineJob({
  name: 'payments.cancel-intent',
  payload: z.object({ intentId: z.string() }),
  async handle(ctx, { intentId }) {
    const payment = await ctx.db
      .selectFrom('payments')
      .select('order_id')
      .where('intent_id', '=', intentId)
      .executeTakeFirst();
    if (payment && payment.order_id !== null) return;
    // some ways to pay take the money at once: it goes back all the same
    await returnMoney(ctx, intentId);
    await recordCancelled(ctx, intentId);
  },
});

/**
 * Has an intent cancelled once the caller's transaction commits, and the money that it may hold sent back. The same transaction must
 * take the intent from its checkout: from then on no order can be made of it, and nobody cancels what may still become one.
 */
export async function abandonIntent(tx: TransactionContext, intentId: string): Promise<void> {
  await enqueue(tx, cancelIntentJob, { intentId }, { key: `cancel-intent:${intentId}` });
}

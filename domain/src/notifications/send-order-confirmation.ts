import type { Context } from '../kernel/index.ts';
import { orderUrl, readOrder } from '../orders/index.ts';
import { orderConfirmation } from './order-confirmation.ts';

/**
 * Sends the confirmation of an order once. Should the process die between sending and noting it, the second copy carries the same
 * message id.
 *
 * @throws what the mail server answers: the job is tried again
 */
export async function sendOrderConfirmation(ctx: Context, orderId: string): Promise<void> {
  const sent = await ctx.db
    .selectFrom('sent_mails')
    .select('sent_at')
    .where('kind', '=', 'order-confirmation')
    .where('reference_id', '=', orderId)
    .executeTakeFirst();
  if (sent) return;
  const order = await readOrder(ctx, orderId);
  await ctx.services.mailer.send(orderConfirmation(ctx.config, order, orderUrl(ctx, order)));
  await ctx.db
    .insertInto('sent_mails')
    .values({ kind: 'order-confirmation', reference_id: orderId, sent_at: ctx.clock.now() })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

import { type Context, enqueue } from '../kernel/index.ts';
import { closePageJob } from './close-page.ts';
import { paymentVoided } from './events.ts';
import { cancelIntent } from './intents.ts';
import { recordCaptured, requirePayment } from './payment-records.ts';
import { refundPayment } from './refund-payment.ts';

/**
 * Gives up the money of an order that is not taken yet: what the bank holds is let go, what is awaited is not awaited any more, and a page
 * on which it could be paid is closed. Repeating it changes nothing.
 *
 * @returns `captured` when the money was taken before: it can only be refunded
 * @throws DomainError `not_found`, `unavailable`
 */
export async function voidPayment(ctx: Context, input: { orderId: string }): Promise<'voided' | 'captured'> {
  const payment = await requirePayment(ctx, input.orderId);
  if (payment.status === 'captured') return 'captured';
  if (payment.status === 'cancelled') return 'voided';
  const { intentId } = payment;
  if (intentId !== null) {
    const { status, amount } = await cancelIntent(ctx, intentId);
    if (status === 'captured') {
      // its capture was quicker, and may not have been written down
      await ctx.transaction((tx) => recordCaptured(tx, intentId, amount));
      return 'captured';
    }
  }
  await ctx.transaction(async (tx) => {
    const locked = await requirePayment(tx, input.orderId, { forUpdate: true });
    if (locked.status !== payment.status) return;
    await tx.db
      .updateTable('payments')
      .set({ status: 'cancelled', updated_at: tx.clock.now() })
      .where('id', '=', payment.id)
      .execute();
    await tx.emit(paymentVoided(input.orderId, { intentId }));
    const { sessionId } = locked;
    if (sessionId !== null) {
      await enqueue(tx, closePageJob, { sessionId }, { key: `close-page:${sessionId}` });
    }
  });
  // whatever it became meanwhile decides
  return (await requirePayment(ctx, input.orderId)).status === 'captured' ? 'captured' : 'voided';
}

/**
 * Sends back all the money of an order that was cancelled, whether the bank holds it or it was taken. Repeating it sends it back once.
 *
 * @throws DomainError `not_found`, `unavailable`
 */
export async function releasePayment(ctx: Context, input: { orderId: string }): Promise<void> {
  if ((await voidPayment(ctx, input)) === 'voided') return;
  const payment = await requirePayment(ctx, input.orderId);
  const amount = payment.capturedAmount - payment.refundedAmount;
  if (amount === 0) return;
  const { failed } = await ctx.db
    .selectFrom('payment_refunds')
    .select((eb) => eb.fn.countAll<number>().as('failed'))
    .where('payment_id', '=', payment.id)
    .where('status', '=', 'failed')
    .executeTakeFirstOrThrow();
  // a repeat finds the same key; who tries again after the bank sent a refund back has another
  const key = `release:${input.orderId}:${payment.refundedAmount}:${failed}`;
  await refundPayment(ctx, { orderId: input.orderId, amount, key, reason: 'order_cancelled' });
}

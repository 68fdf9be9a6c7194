import type Stripe from 'stripe';
import type { Context } from '../kernel/index.ts';
import { paymentRefunded } from './events.ts';
import { orUnavailable } from './provider-errors.ts';
import { settleRefund, statusOf } from './settle-refund.ts';

/**
 * Brings our refunds of a payment to what the provider has: those that staff made in its dashboard are added, those that came back are
 * undone. What is not ours, or was never taken, is left alone.
 *
 * @throws DomainError `unavailable`
 */
export async function syncRefunds(ctx: Context, intentId: string): Promise<void> {
  const payment = await ctx.db
    .selectFrom('payments')
    .select(['id', 'order_id', 'status'])
    .where('intent_id', '=', intentId)
    .executeTakeFirst();
  // letting go of money that was held is called a refund, too
  if (payment?.status !== 'captured') return;
  const refunds = await orUnavailable(() =>
    ctx.services.stripe.refunds
      .list({ payment_intent: intentId, limit: 100 })
      .autoPagingToArray({ limit: 1_000 }),
  );
  for (const refund of refunds.toReversed()) {
    const ours = await refundOf(ctx, refund);
    if (ours) {
      if (ours.refund_id === null || ours.status !== statusOf(refund.status)) {
        await settleRefund(ctx, ours.id, refund);
      }
    } else if (statusOf(refund.status) !== 'failed') {
      await adopt(ctx, { paymentId: payment.id, orderId: payment.order_id }, refund);
    }
  }
}

async function refundOf(ctx: Context, refund: Stripe.Refund) {
  const marked = refund.metadata?.refund_id;
  return ctx.db
    .selectFrom('payment_refunds')
    .select(['id', 'status', 'refund_id'])
    .where((eb) =>
      eb.or([
        eb('refund_id', '=', refund.id),
        ...(marked === undefined ? [] : [eb(eb.cast<string>('id', 'text'), '=', marked)]),
      ]),
    )
    .executeTakeFirst();
}

/** Takes over a refund that was made at the provider. The payment's lock lets two who find it at once add it once. */
async function adopt(
  ctx: Context,
  payment: { paymentId: string; orderId: string | null },
  refund: Stripe.Refund,
): Promise<void> {
  await ctx.transaction(async (tx) => {
    const now = tx.clock.now();
    const { captured_amount: captured, refunded_amount: refunded } = await tx.db
      .selectFrom('payments')
      .select(['captured_amount', 'refunded_amount'])
      .where('id', '=', payment.paymentId)
      .forUpdate()
      .executeTakeFirstOrThrow();
    const known = await tx.db
      .selectFrom('payment_refunds')
      .select('id')
      .where('refund_id', '=', refund.id)
      .executeTakeFirst();
    // more than there was stays a difference of the books, for staff to see
    if (known || refunded + refund.amount > captured) return;
    await tx.db
      .updateTable('payments')
      .set({ refunded_amount: refunded + refund.amount, updated_at: now })
      .where('id', '=', payment.paymentId)
      .execute();
    const refundId = tx.ids.next();
    await tx.db
      .insertInto('payment_refunds')
      .values({
        id: refundId,
        payment_id: payment.paymentId,
        key: `provider:${refund.id}`,
        amount: refund.amount,
        status: statusOf(refund.status),
        refund_id: refund.id,
        reason: refund.reason ?? null,
        created_at: now,
        updated_at: now,
      })
      .execute();
    if (payment.orderId !== null) {
      await tx.emit(
        paymentRefunded(payment.orderId, { refundId, amount: refund.amount, reason: refund.reason ?? null }),
      );
    }
  });
}

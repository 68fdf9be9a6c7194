import type Stripe from 'stripe';
import StripeSdk from 'stripe';
import type { Context } from '../kernel/index.ts';
import { isProviderError, orUnavailable } from './provider-errors.ts';
import type { Refund } from './refund-payment.ts';
import { settleRefund } from './settle-refund.ts';
import { syncRefunds } from './sync-refunds.ts';

/**
 * Asks the provider for a refund that was begun and writes down its answer. Repeating it refunds once: by the idempotency key while the
 * provider remembers it, and by the refund's own mark after that.
 *
 * @throws DomainError `unavailable`
 */
export async function sendRefund(ctx: Context, refundId: string): Promise<Refund> {
  const row = await ctx.db
    .selectFrom('payment_refunds as refund')
    .innerJoin('payments as payment', 'payment.id', 'refund.payment_id')
    .select([
      'refund.amount',
      'refund.status',
      'refund.refund_id as providerId',
      'payment.intent_id as intentId',
      'payment.order_id as orderId',
    ])
    .where('refund.id', '=', refundId)
    .executeTakeFirstOrThrow();
  const { amount, intentId } = row;
  if (row.status !== 'pending' || row.providerId !== null || intentId === null) {
    return { refundId, amount, status: row.status };
  }
  try {
    const answer =
      (await findRefund(ctx, intentId, refundId)) ??
      (await orUnavailable(() =>
        ctx.services.stripe.refunds.create(
          {
            payment_intent: intentId,
            amount,
            metadata: { refund_id: refundId, ...(row.orderId === null ? {} : { order_id: row.orderId }) },
          },
          { idempotencyKey: `refund:${refundId}` },
        ),
      ));
    return { refundId, amount, status: await settleRefund(ctx, refundId, answer) };
  } catch (error) {
    if (!(error instanceof StripeSdk.errors.StripeInvalidRequestError)) throw error;
    // it cannot be: somebody was quicker at the provider. Its books count, and the sum that was set aside is free again
    ctx.logger.warn({ err: error, refundId, intentId }, 'the provider refused a refund');
    await settleRefund(ctx, refundId, null);
    if (isProviderError(error, 'charge_already_refunded')) await syncRefunds(ctx, intentId);
    return { refundId, amount, status: 'failed' };
  }
}

/** The provider's refund that carries our mark. */
async function findRefund(
  ctx: Context,
  intentId: string,
  refundId: string,
): Promise<Stripe.Refund | undefined> {
  const { data } = await orUnavailable(() =>
    ctx.services.stripe.refunds.list({ payment_intent: intentId, limit: 100 }),
  );
  return data.find((refund) => refund.metadata?.refund_id === refundId);
}

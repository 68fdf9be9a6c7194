import type Stripe from 'stripe';
import type { Context } from '../kernel/index.ts';
import type { LedgerRow } from './compare-intent.ts';
import type { Finding } from './discrepancies.ts';
import { orderPaymentReported, paymentReported } from './events.ts';
import { cancelIntent } from './intents.ts';
import { idIn } from './model.ts';
import { noteVoided } from './payment-records.ts';
import { syncRefunds } from './sync-refunds.ts';

/**
 * Has a difference mended by those who would have mended it by themselves, had a webhook come or a process lived: all of them ask the
 * provider and are idempotent, so that telling them once too often does no harm.
 *
 * @returns whether there was anybody to tell
 */
export async function retell(
  ctx: Context,
  intent: Stripe.PaymentIntent,
  row: LedgerRow | undefined,
  findings: readonly Finding[],
): Promise<boolean> {
  const kinds = new Set(findings.map(({ kind }) => kind));
  if (kinds.has('refunded_differs')) await syncRefunds(ctx, intent.id);
  if (kinds.has('order_without_money') && intent.status === 'canceled') await noteVoided(ctx, intent.id);
  if (row?.status === 'cancelled' && kinds.has('held_without_order')) {
    // its order was cancelled, and the money stayed held
    await cancelIntent(ctx, intent.id);
    return true;
  }
  const isUnsettled =
    kinds.has('money_without_order') || kinds.has('held_without_order') || kinds.has('captured_differs');
  const orderId = idIn(intent.metadata, 'order_id');
  const checkoutId = row?.checkoutId ?? idIn(intent.metadata, 'checkout_id');
  const type = intent.status === 'succeeded' ? 'succeeded' : 'amount_capturable_updated';
  if (isUnsettled && (checkoutId !== null || orderId !== null)) {
    await ctx.transaction(async (tx) => {
      if (checkoutId !== null) {
        await tx.emit(paymentReported(checkoutId, { intentId: intent.id, type: `payment_intent.${type}` }));
      } else if (orderId !== null) {
        await tx.emit(orderPaymentReported(orderId, { type: `payment_intent.${type}` }));
      }
    });
    return true;
  }
  return kinds.has('refunded_differs') || kinds.has('order_without_money');
}

import { type Context, DomainError, type Write } from '../kernel/index.ts';
import {
  confirmIntent,
  intentNote,
  noteDeclined,
  prepareIntent,
  startHostedPayment,
} from '../payments/index.ts';
import { attemptOf } from './attempt.ts';
import { type CheckoutRow, updatePlacing } from './checkout-rows.ts';
import type { Placement } from './model.ts';
import { settleIntent } from './settle-intent.ts';

/**
 * Asks the provider for the money of a checkout that is being placed. Repeating it for the same attempt asks once: what it sends is
 * decided by the checkout alone, and so are the idempotency keys. No lock is held meanwhile.
 *
 * @throws DomainError `unavailable` when the outcome is not known: it must be settled later
 */
export async function askForMoney(ctx: Context, checkout: CheckoutRow): Promise<Placement> {
  const { frozen, payment } = checkout;
  if (frozen === null || payment === null) {
    throw new Error(`checkout ${checkout.id} is being placed without totals`);
  }
  const request = {
    checkoutId: checkout.id,
    totalsVersion: checkout.totalsVersion,
    amount: frozen.dueAmount,
    currency: frozen.currency,
    customerId: payment.customerId,
  };
  if (payment.method === 'hosted') return sendToHostedPage(ctx, checkout, request);
  const prepared = await prepareIntent(ctx, {
    ...request,
    currentIntentId: checkout.intentId,
    savesCard: payment.savesCard,
  });
  const { intentId } = prepared;
  const asked = await keep(ctx, checkout, { intentId }, [intentNote(ctx, intentId, request)]);
  const intent = await confirmIntent(ctx, {
    intentId,
    attempt: checkout.attempt,
    returnUrl: `${ctx.config.shop.url}/checkout/return`,
    ...(payment.confirmationToken === null ? {} : { confirmationToken: payment.confirmationToken }),
    ...(payment.savedMethodId === null ? {} : { paymentMethodId: payment.savedMethodId }),
  });
  if (intent.status === 'needs_action' || intent.status === 'processing') await spend(ctx, asked);
  if (intent.status === 'needs_card') {
    await noteDeclined(ctx, attemptOf(checkout));
  }
  return settleIntent(ctx, asked, intent, { isAnswer: true });
}

/** Notes that the bank was asked: whatever becomes of the intent from here on is its answer to this attempt. */
async function spend(ctx: Context, checkout: CheckoutRow): Promise<void> {
  if (checkout.payment === null) return;
  const payment = { ...checkout.payment, confirmationToken: null, savedMethodId: null };
  await updatePlacing(ctx, checkout, { payment });
}

async function sendToHostedPage(
  ctx: Context,
  checkout: CheckoutRow,
  request: {
    checkoutId: string;
    totalsVersion: number;
    amount: number;
    currency: Parameters<typeof startHostedPayment>[1]['currency'];
    customerId: string | null;
  },
): Promise<Placement> {
  const { url } = ctx.config.shop;
  const session = await startHostedPayment(ctx, {
    ...request,
    attempt: checkout.attempt,
    email: checkout.email ?? '',
    successUrl: `${url}/checkout/return`,
    cancelUrl: `${url}/checkout/payment`,
  });
  await keep(ctx, checkout, { sessionId: session.sessionId });
  return { outcome: 'action_required', redirectUrl: session.url };
}

/**
 * Ties what the provider made to the checkout, unless that moved on: then nobody may be asked for money any more. One statement.
 *
 * @param noted what is written in any case
 */
async function keep(
  ctx: Context,
  checkout: CheckoutRow,
  made: { intentId: string } | { sessionId: string },
  noted: readonly Write[] = [],
): Promise<CheckoutRow> {
  if (!(await updatePlacing(ctx, checkout, made, noted))) {
    throw new DomainError('conflict', 'the checkout moved on while the payment was prepared');
  }
  return { ...checkout, ...made };
}

import { z } from 'zod';
import { type Context, DomainError, isDomainError, type Write } from '../kernel/index.ts';
import {
  abandonIntent,
  type CardRequest,
  confirmIntent,
  type IntentState,
  intentNote,
  type Means,
  noteDeclined,
  openIntent,
  readIntent,
  startHostedPayment,
  updateIntent,
} from '../payments/index.ts';
import { attemptOf } from './attempt.ts';
import type { CheckoutRow } from './checkout-rows.ts';
import { type CheckoutChanges, updatePlacing } from './checkout-updates.ts';
import type { PaymentChoice, Placement } from './model.ts';
import { giveBack, letGo, settleIntent } from './settle-intent.ts';

/**
 * Asks the provider for the money of a checkout that is being placed. Repeating it for the same attempt asks once: what it sends is
 * decided by the checkout alone, and so are the idempotency keys. No lock is held meanwhile.
 *
 * @param how.isRepeat somebody may have asked before: what comes back may be of then, and is looked at anew
 * @throws DomainError `unavailable` when the outcome is not known: it must be settled later
 */
export async function askForMoney(
  ctx: Context,
  checkout: CheckoutRow,
  how: { isRepeat?: boolean } = {},
): Promise<Placement> {
  try {
    return await ask(ctx, checkout, how);
  } catch (error) {
    if (!isDomainError(error, 'payment_declined')) throw error;
    // a sum that the provider takes from nobody
    return giveBack(ctx, checkout, { error: z.string().parse(error.data.reason), payment: null });
  }
}

async function ask(ctx: Context, checkout: CheckoutRow, how: { isRepeat?: boolean }): Promise<Placement> {
  const { frozen, payment } = checkout;
  if (frozen === null || payment === null) {
    throw new Error(`checkout ${checkout.id} is being placed without totals`);
  }
  const request: CardRequest & Means = {
    checkoutId: checkout.id,
    totalsVersion: checkout.totalsVersion,
    attempt: checkout.attempt,
    amount: frozen.dueAmount,
    currency: frozen.currency,
    customerId: payment.customerId,
    savesCard: payment.savesCard,
    returnUrl: `${ctx.config.shop.url}/checkout/return`,
    confirmationToken: payment.confirmationToken,
    paymentMethodId: payment.savedMethodId,
  };
  if (payment.method === 'hosted') return sendToHostedPage(ctx, checkout, request);
  const { intentId } = checkout;
  if (intentId === null) return askFirst(ctx, checkout, request, how);
  if ((await updateIntent(ctx, intentId, request)) === null) {
    const freed = await keep(ctx, checkout, { intentId: null });
    await ctx.transaction((tx) => abandonIntent(tx, intentId));
    return askFirst(ctx, freed, request, how);
  }
  await keep(ctx, checkout, {}, [intentNote(ctx, intentId, request)]);
  return settleAnswer(ctx, checkout, await confirmIntent(ctx, { ...request, intentId }), request);
}

/** Makes an intent and asks the bank at once: the intent is not noted before, but is found again by asking again. */
async function askFirst(
  ctx: Context,
  checkout: CheckoutRow,
  request: CardRequest & Means,
  { isRepeat = false }: { isRepeat?: boolean },
): Promise<Placement> {
  const answer = await openIntent(ctx, request);
  if (answer.status === 'refused') {
    await noteDeclined(ctx, attemptOf(checkout));
    return giveBack(ctx, checkout, { error: answer.error, payment: null });
  }
  return settleAnswer(ctx, checkout, isRepeat ? await readIntent(ctx, answer.intentId) : answer, request);
}

/** What the bank answered to this attempt. That it holds the money is noted with the order that is made of it, all else here. */
async function settleAnswer(
  ctx: Context,
  checkout: CheckoutRow,
  intent: IntentState,
  request: CardRequest,
): Promise<Placement> {
  const { intentId, status } = intent;
  if (status === 'authorised' || status === 'captured') {
    return settleIntent(ctx, checkout, intent, { isAnswer: true });
  }
  if (status === 'needs_card') await noteDeclined(ctx, attemptOf(checkout));
  // from here on whatever becomes of the intent is the bank's answer to this attempt
  const isSpent = status === 'needs_action' || status === 'processing';
  const changes = { intentId, ...(isSpent ? { payment: spent(checkout.payment) } : {}) };
  const isKept = await updatePlacing(ctx, checkout, changes, [intentNote(ctx, intentId, request)]);
  if (!isKept && checkout.intentId === null) return letGo(ctx, checkout, intent, checkout.error);
  return settleIntent(ctx, { ...checkout, ...changes }, intent, { isAnswer: true });
}

function spent(payment: PaymentChoice | null): PaymentChoice | null {
  return payment && { ...payment, confirmationToken: null, savedMethodId: null };
}

async function sendToHostedPage(
  ctx: Context,
  checkout: CheckoutRow,
  request: CardRequest,
): Promise<Placement> {
  const { url } = ctx.config.shop;
  const session = await startHostedPayment(ctx, {
    ...request,
    customerId: request.customerId ?? null,
    email: checkout.email ?? '',
    successUrl: `${url}/checkout/return`,
    cancelUrl: `${url}/checkout/payment`,
  });
  await keep(ctx, checkout, { sessionId: session.sessionId });
  return { outcome: 'action_required', redirectUrl: session.url };
}

/** Changes the checkout, unless it moved on: then nobody may be asked for money any more. One statement. */
async function keep(
  ctx: Context,
  checkout: CheckoutRow,
  changes: CheckoutChanges,
  noted: readonly Write[] = [],
): Promise<CheckoutRow> {
  if (!(await updatePlacing(ctx, checkout, changes, noted))) {
    throw new DomainError('conflict', 'the checkout moved on while the payment was prepared');
  }
  return { ...checkout, ...changes };
}

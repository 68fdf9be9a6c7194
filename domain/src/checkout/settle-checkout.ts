import { extendReservation } from '../inventory/index.ts';
import { type Context, DomainError } from '../kernel/index.ts';
import {
  expireHostedPayment,
  type IntentState,
  readHostedPayment,
  readIntent,
  recordIntent,
} from '../payments/index.ts';
import { askForMoney } from './ask-for-money.ts';
import { type CheckoutRow, readCheckout } from './checkout-rows.ts';
import type { Placement } from './model.ts';
import {
  CONFIRMATION_GRACE_SECONDS,
  declined,
  giveBack,
  isOlder,
  placedOutcome,
  settleIntent,
} from './settle-intent.ts';

/** How long a shopper may stay on the provider's page: it lets nobody pay later than this. */
const HOSTED_SECONDS = 30 * 60;
/** After how long the provider is asked again for an answer that did not come: while it still works on the first, it says so. */
const ANSWER_SECONDS = 5;
/** For how long the provider remembers what it was asked: after that nobody is asked again. */
const ASK_AGAIN_SECONDS = 12 * 3600;

/**
 * Finishes or undoes a placement by what the payment provider says: the one function behind the shopper's return, webhooks and
 * the reconciler. However often and from wherever it runs, there is one order or none: the checkout's row lock serialises it.
 * No lock is held while the provider is asked.
 *
 * @param input.givesUp the shopper turned away from the bank's page: a payment that waits there is cancelled
 * @throws DomainError `not_found`, `unavailable` when the provider cannot be asked
 */
export async function settleCheckout(
  ctx: Context,
  input: { checkoutId: string; givesUp?: boolean },
): Promise<Placement> {
  const checkout = await readCheckout(ctx, input.checkoutId);
  if (!checkout) throw new DomainError('not_found', `no checkout ${input.checkoutId}`);
  if (checkout.status === 'placed') return placedOutcome(ctx, checkout.id);
  const givesUp = input.givesUp ?? false;
  if (checkout.sessionId !== null) return settleHosted(ctx, checkout, checkout.sessionId, givesUp);
  if (checkout.intentId !== null) {
    const intent = await readIntent(ctx, checkout.intentId);
    return settleIntent(ctx, checkout, intent, { givesUp });
  }
  if (checkout.status !== 'placing') return declined(checkout.error);
  return settleUnasked(ctx, checkout, givesUp);
}

/** A placement of which it is not known whether the provider was asked: after a while it is asked as the first time. */
async function settleUnasked(ctx: Context, checkout: CheckoutRow, givesUp: boolean): Promise<Placement> {
  const isHosted = checkout.payment?.method === 'hosted';
  const grace = isHosted ? CONFIRMATION_GRACE_SECONDS : ANSWER_SECONDS;
  if (!givesUp && !isOlder(ctx, checkout, grace)) return { outcome: 'processing' };
  if (givesUp || isHosted || isOlder(ctx, checkout, ASK_AGAIN_SECONDS)) {
    return giveBack(ctx, checkout, { error: checkout.error, payment: null });
  }
  return askForMoney(ctx, checkout, { isRepeat: true });
}

async function settleHosted(
  ctx: Context,
  checkout: CheckoutRow,
  sessionId: string,
  givesUp: boolean,
): Promise<Placement> {
  let page = await readHostedPayment(ctx, sessionId);
  if (page.status === 'open') {
    const isLate = isOlder(ctx, checkout, HOSTED_SECONDS);
    if (!givesUp && !isLate && page.url !== null) {
      await keepHeld(ctx, checkout);
      return { outcome: 'action_required', redirectUrl: page.url };
    }
    await expireHostedPayment(ctx, sessionId);
    page = await readHostedPayment(ctx, sessionId);
  }
  if (page.status === 'complete' && page.intent !== null) {
    await recordHosted(ctx, checkout, page.intent);
    return settleIntent(ctx, checkout, page.intent, { givesUp });
  }
  return giveBack(ctx, checkout, { error: 'payment_abandoned', payment: null, sessionId: null });
}

/** The shopper is paying: their things are kept for them a while longer. */
async function keepHeld(ctx: Context, checkout: CheckoutRow): Promise<void> {
  const { reservationId } = checkout;
  if (reservationId === null || checkout.status !== 'placing') return;
  await ctx.transaction((tx) => extendReservation(tx, reservationId));
}

async function recordHosted(ctx: Context, checkout: CheckoutRow, intent: IntentState): Promise<void> {
  const { frozen } = checkout;
  if (frozen === null) return;
  await recordIntent(ctx, intent.intentId, {
    checkoutId: checkout.id,
    totalsVersion: checkout.totalsVersion,
    amount: frozen.dueAmount,
    currency: frozen.currency,
  });
}

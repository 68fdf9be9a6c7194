import { allocateGiven, heldUntil } from '../inventory/index.ts';
import {
  addSeconds,
  type Context,
  DomainError,
  isDomainError,
  type PaymentOutcome,
  type TransactionContext,
} from '../kernel/index.ts';
import { orderOfCheckout, orderToken } from '../orders/index.ts';
import { abandonIntent, type IntentState } from '../payments/index.ts';
import { releaseRedemptions } from '../promotions/index.ts';
import { type CheckoutRow, lockCheckout, stillPlacing } from './checkout-rows.ts';
import { type CheckoutChanges, updateCheckout } from './checkout-updates.ts';
import type { Placement } from './model.ts';
import { type Allocated, type PlacedOrder, place } from './place.ts';

/** How long a payment that was never sent to the bank is left alone, in case its process is only slow. */
export const CONFIRMATION_GRACE_SECONDS = 20;

/**
 * What a known state of the payment means for the checkout; see `settleCheckout`.
 *
 * @param how.isAnswer it is what the bank just answered to this very attempt, and not a look at how it stands
 */
export async function settleIntent(
  ctx: Context,
  checkout: CheckoutRow,
  intent: IntentState,
  how: { givesUp?: boolean; isAnswer?: boolean } = {},
): Promise<Placement> {
  const { givesUp = false, isAnswer = false } = how;
  switch (intent.status) {
    case 'authorised':
    case 'captured':
      return placeAuthorised(ctx, checkout, intent);
    case 'processing':
      return { outcome: 'processing' };
    case 'needs_action':
      if (givesUp || (await hasLapsed(ctx, checkout))) {
        return letGo(ctx, checkout, intent, 'authentication_abandoned');
      }
      return intent.actionUrl === null
        ? { outcome: 'processing' }
        : { outcome: 'action_required', redirectUrl: intent.actionUrl };
    case 'needs_confirmation':
    case 'needs_card':
      // the request that asks may still be on its way, and what the intent tells be of an earlier attempt
      if (!isAnswer && !givesUp && isBeingAsked(ctx, checkout)) {
        return { outcome: 'processing' };
      }
      return giveBack(ctx, checkout, { error: intent.error, payment: null });
    case 'cancelled':
      return letGo(ctx, checkout, intent, intent.error ?? checkout.error);
  }
}

/** Tells whether somebody may be about to ask the bank, with what the shopper entered for this attempt. */
function isBeingAsked(ctx: Context, checkout: CheckoutRow): boolean {
  const { payment } = checkout;
  const isUnspent =
    payment !== null && (payment.confirmationToken !== null || payment.savedMethodId !== null);
  return checkout.status === 'placing' && isUnspent && !isOlder(ctx, checkout, CONFIRMATION_GRACE_SECONDS);
}

/** Tells whether a checkout has been placing for longer than so many seconds. */
export function isOlder(ctx: Context, checkout: CheckoutRow, seconds: number): boolean {
  const since = checkout.placingSince;
  return since !== null && addSeconds(since, seconds) < ctx.clock.now();
}

async function hasLapsed(ctx: Context, checkout: CheckoutRow): Promise<boolean> {
  const until = checkout.reservationId === null ? null : await heldUntil(ctx, checkout.reservationId);
  return until === null || until < ctx.clock.now();
}

export function declined(reason: string | null): Placement {
  return { outcome: 'declined', reason: reason ?? 'payment_incomplete' };
}

/** Opens the checkout again, with the intent that it has: nothing is charged, and the shopper may pay in another way. */
export async function giveBack(
  ctx: Context,
  checkout: CheckoutRow,
  changes: CheckoutChanges & { error: string | null },
): Promise<Placement> {
  const isPlaced = await ctx.transaction(async (tx) => {
    const locked = await lockCheckout(tx, checkout.id);
    if (locked?.status === 'placed') return true;
    if (locked?.status !== 'placing' || locked.attempt !== checkout.attempt) return false;
    if (locked.intentId !== checkout.intentId || locked.sessionId !== checkout.sessionId) return false;
    await releaseRedemptions(tx, { checkoutId: checkout.id });
    await updateCheckout(tx, checkout.id, { ...changes, status: 'open', placingSince: null });
    tellRefused(tx, changes.error);
    return false;
  });
  return isPlaced ? placedOutcome(ctx, checkout.id) : declined(changes.error);
}

/**
 * Takes an intent from its checkout and has it cancelled: what it may hold goes back to the shopper. The checkout decides under
 * its lock, before the provider is told: an order that was made of the intent meanwhile keeps its money, and from here on none can be.
 * The checkout is thawed too, so that the next payment has totals of a new version and an intent of its own.
 */
export async function letGo(
  ctx: Context,
  checkout: CheckoutRow,
  intent: IntentState,
  reason: string | null,
): Promise<Placement> {
  const isPlaced = await ctx.transaction(async (tx) => {
    const locked = await lockCheckout(tx, checkout.id);
    const isCurrent =
      locked !== undefined &&
      (isIntentOf(locked, intent) || (locked.sessionId !== null && locked.sessionId === checkout.sessionId));
    if (isCurrent && locked.status === 'placed') return true;
    // somebody tries again with it: that try settles it
    if (isCurrent && locked.attempt !== checkout.attempt) return false;
    if (isCurrent) {
      await releaseRedemptions(tx, { checkoutId: checkout.id });
      await updateCheckout(tx, checkout.id, {
        status: 'open',
        placingSince: null,
        intentId: null,
        sessionId: null,
        frozen: null,
        payment: null,
        error: reason,
      });
      if (locked.status === 'placing') tellRefused(tx, reason ?? 'payment_abandoned');
    }
    await abandonIntent(tx, intent.intentId);
    return locked?.status === 'placed';
  });
  return isPlaced ? placedOutcome(ctx, checkout.id) : declined(reason);
}

/** Tells, once it is committed, what became of a try to pay for which there is no order. */
function tellRefused(tx: TransactionContext, reason: string | null): void {
  const outcome = outcomeFor(reason);
  if (outcome !== null) tx.afterCommit(() => tx.observe.paymentEnded(outcome));
}

/** What a reason is counted as; null where nobody was asked for money. */
function outcomeFor(reason: string | null): PaymentOutcome | null {
  if (reason === null) return null;
  if (reason === 'payment_abandoned' || reason === 'authentication_abandoned') return 'abandoned';
  if (reason.startsWith('payment_details_') || reason.startsWith('amount_too_')) return 'invalid';
  return reason === 'payment_mismatch' || soldOut.some((code) => code === reason) ? 'returned' : 'declined';
}

/** Reasons for which there is nothing to sell any more for money that the bank holds. */
const soldOut = ['out_of_stock', 'promotion_exhausted', 'gift_card_short'] as const;

/** Makes the order of money that the bank holds, or sends the money back when there is nothing to sell for it. */
async function placeAuthorised(ctx: Context, seen: CheckoutRow, intent: IntentState): Promise<Placement> {
  const sendBack = (reason: string) => {
    ctx.logger.warn({ checkoutId: seen.id, intentId: intent.intentId, reason }, 'money is sent back');
    return letGo(ctx, seen, intent, reason);
  };
  try {
    const placed = await ctx.transaction(async (tx): Promise<'before' | 'mismatch' | PlacedOrder> => {
      const allocated = paysFor(intent, seen) ? await allocateSeen(tx, seen) : null;
      if (allocated !== null) return place(tx, seen, { method: 'card', intent }, allocated);
      const checkout = await lockCheckout(tx, seen.id);
      if (!checkout) throw new DomainError('not_found', `no checkout ${seen.id}`);
      if (checkout.status === 'placed') return checkout.intentId === intent.intentId ? 'before' : 'mismatch';
      if (!paysFor(intent, checkout)) return 'mismatch';
      return place(tx, checkout, { method: 'card', intent });
    });
    if (placed === 'mismatch') return await sendBack('payment_mismatch');
    return await placedOutcome(ctx, seen.id, placed === 'before' ? undefined : placed);
  } catch (error) {
    const reason = soldOut.find((code) => isDomainError(error, code));
    if (reason === undefined) throw error;
    return sendBack(reason);
  }
}

/**
 * Gives the units that are held for a checkout to its order, if it stands as it was seen: nearly always. One statement.
 *
 * @returns null where it stands otherwise: nothing changed
 */
async function allocateSeen(tx: TransactionContext, seen: CheckoutRow): Promise<Allocated | null> {
  const { status, reservationId } = seen;
  if (status !== 'placing' || reservationId === null) return null;
  const serial = await allocateGiven(tx, reservationId, stillPlacing(seen));
  return serial === null ? null : { reservationId, serial };
}

/** Tells whether the money held is the very sum, for the very things, that the shopper agreed to. */
function paysFor(intent: IntentState, checkout: CheckoutRow): boolean {
  return (
    isIntentOf(checkout, intent) &&
    checkout.frozen !== null &&
    checkout.frozen.dueAmount === intent.amount &&
    checkout.frozen.currency === intent.currency &&
    checkout.totalsVersion === intent.totalsVersion
  );
}

/** Tells whether an intent is the one that a checkout is paid by: noted, or not yet. */
function isIntentOf(checkout: CheckoutRow, intent: IntentState): boolean {
  if (checkout.intentId !== null) return checkout.intentId === intent.intentId;
  if (intent.checkoutId !== checkout.id) return false;
  // the provider's page makes its own; else it is of the attempt under way, or of one that was given up
  return (
    checkout.sessionId !== null || (checkout.status === 'placing' && intent.attempt === checkout.attempt)
  );
}

/** The outcome of a checkout that is placed: `made` is its order, where it is at hand. One statement where it is not. */
export async function placedOutcome(
  ctx: Context,
  checkoutId: string,
  made?: PlacedOrder,
): Promise<Placement> {
  const order = made ? { ...made, token: orderToken(ctx, made.id) } : await orderOfCheckout(ctx, checkoutId);
  if (!order) throw new Error(`checkout ${checkoutId} is placed without an order`);
  return { outcome: 'placed', orderNumber: order.number, token: order.token };
}

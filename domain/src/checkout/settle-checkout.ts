import { closeCart } from '../cart/index.ts';
import { allocateReservation, heldUntil, reserveStock } from '../inventory/index.ts';
import {
  addSeconds,
  type Context,
  DomainError,
  isDomainError,
  type TransactionContext,
} from '../kernel/index.ts';
import { createOrder, orderOfCheckout } from '../orders/index.ts';
import { abandonIntent, type IntentState, readIntent, recordAuthorised } from '../payments/index.ts';
import { type CheckoutRow, lockCheckout, readCheckout, updateCheckout } from './checkout-rows.ts';
import type { Placement } from './model.ts';

/** How long a payment that was never sent to the bank is left alone, in case its process is only slow. */
const CONFIRMATION_GRACE_SECONDS = 20;

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
  if (checkout.intentId === null) return declined(checkout.error);
  const intent = await readIntent(ctx, checkout.intentId);
  return settleIntent(ctx, checkout, intent, input.givesUp ?? false);
}

/** What a known state of the payment means for the checkout; see `settleCheckout`. */
export async function settleIntent(
  ctx: Context,
  checkout: CheckoutRow,
  intent: IntentState,
  givesUp = false,
): Promise<Placement> {
  switch (intent.status) {
    case 'authorised':
    case 'captured':
      return placeAuthorised(ctx, checkout, intent);
    case 'processing':
      return { outcome: 'processing' };
    case 'needs_action':
      if (givesUp || (await hasLapsed(ctx, checkout))) {
        return letGo(ctx, checkout, intent.intentId, 'authentication_abandoned');
      }
      return intent.actionUrl === null
        ? { outcome: 'processing' }
        : { outcome: 'action_required', redirectUrl: intent.actionUrl };
    case 'needs_confirmation':
      if (checkout.status === 'placing' && !givesUp && !isOverdue(ctx, checkout))
        return { outcome: 'processing' };
      return giveBack(ctx, checkout, { error: checkout.error });
    case 'needs_card':
      return giveBack(ctx, checkout, { error: intent.error, card: null });
    case 'cancelled':
      return letGo(ctx, checkout, intent.intentId, intent.error ?? checkout.error);
  }
}

function isOverdue(ctx: Context, checkout: CheckoutRow): boolean {
  const since = checkout.placingSince;
  return since !== null && addSeconds(since, CONFIRMATION_GRACE_SECONDS) < ctx.clock.now();
}

async function hasLapsed(ctx: Context, checkout: CheckoutRow): Promise<boolean> {
  const until = checkout.reservationId === null ? null : await heldUntil(ctx, checkout.reservationId);
  return until === null || until < ctx.clock.now();
}

function declined(reason: string | null): Placement {
  return { outcome: 'declined', reason: reason ?? 'payment_incomplete' };
}

/** Opens the checkout again, with the intent that it has: nothing is charged, and the shopper may enter another card. */
async function giveBack(
  ctx: Context,
  checkout: CheckoutRow,
  changes: { error: string | null; card?: null },
): Promise<Placement> {
  const isPlaced = await ctx.transaction(async (tx) => {
    const locked = await lockCheckout(tx, checkout.id);
    if (locked?.status === 'placed') return true;
    if (locked?.status !== 'placing' || locked.intentId !== checkout.intentId) return false;
    if (locked.attempt !== checkout.attempt) return false;
    await updateCheckout(tx, checkout.id, { ...changes, status: 'open', placingSince: null });
    return false;
  });
  return isPlaced ? placedOutcome(ctx, checkout.id) : declined(changes.error);
}

/**
 * Takes an intent from its checkout and has it cancelled: what it may hold goes back to the shopper. The checkout decides under
 * its lock, before the provider is told: an order that was made of the intent meanwhile keeps its money, and from here on none can be.
 * The checkout is thawed too, so that the next payment has totals of a new version and an intent of its own.
 */
async function letGo(
  ctx: Context,
  checkout: CheckoutRow,
  intentId: string,
  reason: string | null,
): Promise<Placement> {
  const isPlaced = await ctx.transaction(async (tx) => {
    const locked = await lockCheckout(tx, checkout.id);
    const isCurrent = locked?.intentId === intentId;
    if (isCurrent && locked.status === 'placed') return true;
    // somebody tries again with it: that try settles it
    if (isCurrent && locked.attempt !== checkout.attempt) return false;
    if (isCurrent) {
      await updateCheckout(tx, checkout.id, {
        status: 'open',
        placingSince: null,
        intentId: null,
        frozen: null,
        card: null,
        error: reason,
      });
    }
    await abandonIntent(tx, intentId);
    return locked?.status === 'placed';
  });
  return isPlaced ? placedOutcome(ctx, checkout.id) : declined(reason);
}

/** Makes the order of money that the bank holds, or sends the money back when there is nothing to sell for it. */
async function placeAuthorised(ctx: Context, seen: CheckoutRow, intent: IntentState): Promise<Placement> {
  const sendBack = (reason: 'out_of_stock' | 'payment_mismatch') => {
    ctx.logger.warn({ checkoutId: seen.id, intentId: intent.intentId, reason }, 'money is sent back');
    return letGo(ctx, seen, intent.intentId, reason);
  };
  try {
    const isPlaced = await ctx.transaction(async (tx) => {
      const checkout = await lockCheckout(tx, seen.id);
      if (!checkout) throw new DomainError('not_found', `no checkout ${seen.id}`);
      if (checkout.status === 'placed') return true;
      if (!paysFor(intent, checkout)) return false;
      await place(tx, checkout, intent);
      return true;
    });
    return isPlaced ? await placedOutcome(ctx, seen.id) : await sendBack('payment_mismatch');
  } catch (error) {
    if (!isDomainError(error, 'out_of_stock')) throw error;
    return sendBack('out_of_stock');
  }
}

/** Tells whether the money held is the very sum, for the very things, that the shopper agreed to. */
function paysFor(intent: IntentState, checkout: CheckoutRow): boolean {
  return (
    checkout.intentId === intent.intentId &&
    checkout.frozen !== null &&
    checkout.frozen.totalAmount === intent.amount &&
    checkout.frozen.currency === intent.currency &&
    checkout.totalsVersion === intent.totalsVersion
  );
}

async function place(tx: TransactionContext, checkout: CheckoutRow, intent: IntentState): Promise<void> {
  const { frozen, email, shippingAddress, cartId } = checkout;
  if (frozen === null || email === null || shippingAddress === null || cartId === null) {
    throw new Error(`checkout ${checkout.id} was frozen without what an order needs`);
  }
  const reservationId = await allocate(tx, checkout, cartId);
  const order = await createOrder(tx, {
    checkoutId: checkout.id,
    reservationId,
    userId: checkout.userId,
    email,
    currency: frozen.currency,
    lines: frozen.lines,
    subtotalAmount: frozen.subtotalAmount,
    discountAmount: frozen.discountAmount,
    shippingAmount: frozen.shipping.amount,
    taxAmount: frozen.tax.amount,
    totalAmount: frozen.totalAmount,
    shippingAddress,
    billingAddress: checkout.billingAddress ?? shippingAddress,
    shippingMethod: {
      name: frozen.shipping.name,
      minDays: frozen.shipping.minDays,
      maxDays: frozen.shipping.maxDays,
    },
    card: intent.card ?? checkout.card,
  });
  await recordAuthorised(tx, intent.intentId, order.id);
  await closeCart(tx, cartId);
  await updateCheckout(tx, checkout.id, { status: 'placed', reservationId, placingSince: null, error: null });
}

/** The units of the order: those held for it, or, when they lapsed, others if there are any. */
async function allocate(tx: TransactionContext, checkout: CheckoutRow, cartId: string): Promise<string> {
  if (checkout.reservationId !== null && (await allocateReservation(tx, checkout.reservationId))) {
    return checkout.reservationId;
  }
  const renewed = await reserveStock(tx, { holderId: cartId, lines: checkout.frozen?.lines ?? [] });
  await allocateReservation(tx, renewed.id);
  return renewed.id;
}

/** The outcome of a checkout that is placed. */
export async function placedOutcome(ctx: Context, checkoutId: string): Promise<Placement> {
  const order = await orderOfCheckout(ctx, checkoutId);
  if (!order) throw new Error(`checkout ${checkoutId} is placed without an order`);
  return { outcome: 'placed', orderNumber: order.number, token: order.token };
}

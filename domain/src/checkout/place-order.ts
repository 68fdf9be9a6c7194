import { cartVersion } from '../cart/index.ts';
import { extendReservation, reserveStock } from '../inventory/index.ts';
import {
  addSeconds,
  type Context,
  DomainError,
  isDomainError,
  type TransactionContext,
} from '../kernel/index.ts';
import { guardAttempts, judgeAttempt } from '../payments/index.ts';
import { holdRedemptions } from '../promotions/index.ts';
import { askForMoney } from './ask-for-money.ts';
import { attemptOf } from './attempt.ts';
import {
  buyerOf,
  type CheckoutRow,
  checkoutOfCart,
  destinationOf,
  isOfShopper,
  lockCheckoutOfCart,
  readCheckout,
} from './checkout-rows.ts';
import { beginReady, updateCheckout } from './checkout-updates.ts';
import { unitsOf } from './frozen.ts';
import type { Placement } from './model.ts';
import { type PlacedOrder, place, redemptionsOf } from './place.ts';
import { settleCheckout } from './settle-checkout.ts';
import { giveBack, placedOutcome } from './settle-intent.ts';
import { showingShortage } from './shortage.ts';

/** For how long the things are held at least once payment begins: a bank may ask the shopper. */
const TIME_TO_PAY_SECONDS = 10 * 60;
/** How long a repeated request waits for the first one before it answers `processing`. */
const REPEAT_WAIT_MS = 6_000;

/**
 * Places the order of a cart: asks for the frozen total in the way that was chosen and writes the order down. Exactly once however often
 * it is called: the first call asks, the others wait for its outcome. What is paid later, or paid already, is placed at once.
 *
 * @param input.totalsVersion of the totals that the shopper saw
 * @throws DomainError `cart_empty`, `checkout_incomplete`, `totals_changed`, `cart_changed`, `out_of_stock`, `promotion_exhausted`,
 *   `gift_card_short`, `rate_limited`
 */
export async function placeOrder(
  ctx: Context,
  input: { cartId: string; totalsVersion: number },
): Promise<Placement> {
  const begun = await showingShortage(ctx, input.cartId, () => beginOrThaw(ctx, input));
  if (begun.stage === 'placed') return placedOutcome(ctx, begun.checkout.id, begun.order);
  if (begun.stage === 'under_way') return awaitOutcome(ctx, begun.checkout.id);
  try {
    const placement = await askForMoney(ctx, begun.checkout);
    if (placement.outcome === 'action_required') ctx.observe.paymentEnded('action_required');
    return placement;
  } catch (error) {
    // whether the provider was asked is not known: the reconciler finds out, nothing is lost
    if (!isDomainError(error, 'unavailable')) throw error;
    ctx.observe.paymentEnded('failed');
    ctx.logger.warn({ err: error, checkoutId: begun.checkout.id }, 'placement left to the reconciler');
    return { outcome: 'processing' };
  }
}

type Begun =
  | { stage: 'under_way' | 'begun'; checkout: CheckoutRow }
  /** `order` where this very call has made it. */
  | { stage: 'placed'; checkout: CheckoutRow; order?: PlacedOrder };

/** Begins; when a code or gift card does not hold what was promised, the totals are thawed, so that the next page shows the new ones. */
async function beginOrThaw(ctx: Context, input: { cartId: string; totalsVersion: number }): Promise<Begun> {
  const begun = await beginAtOnce(ctx, input);
  if (begun !== null) return { stage: 'begun', checkout: begun };
  try {
    return await ctx.transaction((tx) => beginPlacing(tx, input));
  } catch (error) {
    if (!isDomainError(error, 'promotion_exhausted') && !isDomainError(error, 'gift_card_short')) throw error;
    await ctx.transaction(async (tx) => {
      const checkout = await lockCheckoutOfCart(tx, input.cartId);
      if (checkout?.status === 'open') await updateCheckout(tx, checkout.id, { frozen: null });
    });
    throw error;
  }
}

/**
 * Begins without a lock, where there is nothing but the money to be asked for and time enough: nearly always. One statement.
 *
 * @returns null where it takes more than that, or somebody was quicker: nothing changed
 */
async function beginAtOnce(
  ctx: Context,
  input: { cartId: string; totalsVersion: number },
): Promise<CheckoutRow | null> {
  const now = ctx.clock.now();
  const begun = await beginReady(ctx, input, { now, heldBeyond: addSeconds(now, TIME_TO_PAY_SECONDS) });
  if (begun === null) return null;
  try {
    await judgeAttempt(ctx, attemptOf(begun.checkout), now, begun.noted);
  } catch (error) {
    await giveBack(ctx, begun.checkout, { error: null });
    throw error;
  }
  return begun.checkout;
}

function placingOf(ctx: Context, checkout: CheckoutRow) {
  return {
    status: 'placing',
    // who has logged in since keeps the order; that the checkout is theirs was seen
    userId: buyerOf(ctx) ?? checkout.userId,
    attempt: checkout.attempt + 1,
    error: null,
    placingSince: ctx.clock.now(),
  } as const;
}

async function beginPlacing(
  tx: TransactionContext,
  input: { cartId: string; totalsVersion: number },
): Promise<Begun> {
  const checkout = await lockCheckoutOfCart(tx, input.cartId);
  if (!checkout || !isOfShopper(tx, checkout)) {
    throw new DomainError('checkout_incomplete', 'nothing was begun', { step: 'address' });
  }
  if (checkout.status === 'placed') return { stage: 'placed', checkout };
  if (checkout.status === 'placing') return { stage: 'under_way', checkout };
  const { frozen, payment } = checkout;
  if (frozen === null || payment === null) {
    throw new DomainError('checkout_incomplete', 'no way to pay is chosen', { step: 'payment' });
  }
  if (checkout.totalsVersion !== input.totalsVersion) {
    throw new DomainError('totals_changed', `version ${input.totalsVersion} is not the current one`);
  }
  if (frozen.cartVersion !== (await cartVersion(tx, input.cartId))) {
    throw new DomainError('cart_changed', 'the cart changed since payment began');
  }
  const placing = { ...placingOf(tx, checkout), ...(await holdOn(tx, checkout, input.cartId)) };
  const begun = { ...checkout, ...placing };
  if (frozen.promotions.length > 0 || frozen.giftCards.length > 0) {
    await holdRedemptions(tx, redemptionsOf(tx, begun, frozen));
  }
  const { method } = payment;
  if (method !== 'card' && method !== 'hosted') {
    const order = await place(tx, begun, { method, intent: null });
    return { stage: 'placed', checkout: begun, order };
  }
  await updateCheckout(tx, checkout.id, placing);
  // last, because all who share a network or a card wait here for each other until this commits
  await guardAttempts(tx, attemptOf(begun));
  return { stage: 'begun', checkout: begun };
}

/** Time enough for the held units, or, when they lapsed, others if there are any. @throws DomainError `out_of_stock` */
async function holdOn(
  tx: TransactionContext,
  checkout: CheckoutRow,
  cartId: string,
): Promise<Pick<CheckoutRow, 'reservationId' | 'heldUntil'>> {
  const { reservationId, heldUntil } = checkout;
  if (isHeldLongEnough(tx, checkout)) return { reservationId, heldUntil };
  const held =
    (reservationId === null ? null : await extendReservation(tx, reservationId)) ??
    (await reserveStock(tx, {
      holderId: cartId,
      lines: checkout.frozen ? unitsOf(checkout.frozen) : [],
      destination: destinationOf(checkout),
    }));
  return { reservationId: held.id, heldUntil: held.expiresAt };
}

function isHeldLongEnough(ctx: Context, { reservationId, heldUntil }: CheckoutRow): boolean {
  const enough = addSeconds(ctx.clock.now(), TIME_TO_PAY_SECONDS);
  return reservationId !== null && heldUntil !== null && heldUntil > enough;
}

/** Waits for the request that is placing this checkout, holding nothing meanwhile. */
async function awaitOutcome(ctx: Context, checkoutId: string): Promise<Placement> {
  const giveUpAt = performance.now() + REPEAT_WAIT_MS;
  for (let pause = 40; performance.now() < giveUpAt; pause = Math.min(pause * 1.5, 400)) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    const checkout = await readCheckout(ctx, checkoutId);
    if (checkout?.status === 'placed') return placedOutcome(ctx, checkoutId);
    if (checkout?.status !== 'placing') {
      return { outcome: 'declined', reason: checkout?.error ?? 'payment_incomplete' };
    }
    // where the shopper is sent to decide, the repeated request goes there too
    if (checkout.sessionId !== null) break;
  }
  return settleOrWait(ctx, checkoutId);
}

/** How the placement of a cart stands, for the page that waits for it and for the return from the bank. */
export async function placementStatus(ctx: Context, input: { cartId: string }): Promise<Placement> {
  const checkout = await checkoutOfCart(ctx, input.cartId);
  if (!checkout || !isOfShopper(ctx, checkout)) {
    throw new DomainError('checkout_incomplete', 'nothing was begun', { step: 'address' });
  }
  return settleOrWait(ctx, checkout.id);
}

async function settleOrWait(ctx: Context, checkoutId: string): Promise<Placement> {
  try {
    return await settleCheckout(ctx, { checkoutId });
  } catch (error) {
    if (!isDomainError(error, 'unavailable')) throw error;
    return { outcome: 'processing' };
  }
}

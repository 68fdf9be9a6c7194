import { cartUnits } from '../cart/index.ts';
import { extendReservation, reserveStock } from '../inventory/index.ts';
import {
  addSeconds,
  type Context,
  DomainError,
  enqueue,
  isDomainError,
  type TransactionContext,
} from '../kernel/index.ts';
import { confirmIntent } from '../payments/index.ts';
import {
  buyerOf,
  type CheckoutRow,
  checkoutOfCart,
  isOfShopper,
  lockCheckout,
  readCheckout,
  updateCheckout,
} from './checkout-rows.ts';
import { isOfCart } from './frozen.ts';
import type { Placement } from './model.ts';
import { placedOutcome, settleCheckout, settleIntent } from './settle-checkout.ts';
import { settleJob } from './settle-job.ts';

/** When the reconciler first looks at a placement, in case this process does not live to finish it. */
const FIRST_LOOK_SECONDS = 25;
/** How long a repeated request waits for the first one before it answers `processing`. */
const REPEAT_WAIT_MS = 6_000;

/**
 * Places the order of a cart: asks the bank for the frozen total and writes the order down. Exactly once however often it is
 * called: the first call asks the bank, the others wait for its outcome.
 *
 * @param input.totalsVersion of the totals that the shopper saw
 * @throws DomainError `cart_empty`, `checkout_incomplete`, `totals_changed`, `cart_changed`, `out_of_stock`
 */
export async function placeOrder(
  ctx: Context,
  input: { cartId: string; totalsVersion: number },
): Promise<Placement> {
  const begun = await ctx.transaction((tx) => beginPlacing(tx, input));
  if (begun.stage !== 'begun') {
    const { id } = begun.checkout;
    return begun.stage === 'placed' ? placedOutcome(ctx, id) : awaitOutcome(ctx, id);
  }
  const { checkout, intentId } = begun;
  try {
    const intent = await confirmIntent(ctx, {
      intentId,
      attempt: checkout.attempt,
      returnUrl: `${ctx.config.shop.url}/checkout/return`,
    });
    return await settleIntent(ctx, checkout, intent);
  } catch (error) {
    // whether the bank was asked is not known: the reconciler finds out, nothing is lost
    if (!isDomainError(error, 'unavailable')) throw error;
    ctx.logger.warn({ err: error, checkoutId: checkout.id }, 'placement left to the reconciler');
    return { outcome: 'processing' };
  }
}

type Begun =
  | { stage: 'placed' | 'under_way'; checkout: CheckoutRow }
  | { stage: 'begun'; checkout: CheckoutRow; intentId: string };

async function beginPlacing(
  tx: TransactionContext,
  input: { cartId: string; totalsVersion: number },
): Promise<Begun> {
  const found = await checkoutOfCart(tx, input.cartId);
  const checkout = found && (await lockCheckout(tx, found.id));
  if (!checkout || !isOfShopper(tx, checkout)) {
    throw new DomainError('checkout_incomplete', 'nothing was begun', { step: 'address' });
  }
  if (checkout.status === 'placed') return { stage: 'placed', checkout };
  if (checkout.status === 'placing') return { stage: 'under_way', checkout };
  const { frozen, intentId, card } = checkout;
  if (frozen === null || intentId === null || card === null) {
    throw new DomainError('checkout_incomplete', 'there is no payment to confirm', { step: 'payment' });
  }
  if (checkout.totalsVersion !== input.totalsVersion) {
    throw new DomainError('totals_changed', `version ${input.totalsVersion} is not the current one`);
  }
  if (!isOfCart(frozen, await cartUnits(tx, input.cartId))) {
    throw new DomainError('cart_changed', 'the cart changed since payment began');
  }
  const reservationId = await holdOn(tx, checkout, input.cartId);
  const placing = {
    status: 'placing',
    // who has logged in since keeps the order; that the checkout is theirs was seen above
    userId: buyerOf(tx) ?? checkout.userId,
    reservationId,
    attempt: checkout.attempt + 1,
    error: null,
    placingSince: tx.clock.now(),
  } as const;
  await updateCheckout(tx, checkout.id, placing);
  await enqueue(
    tx,
    settleJob,
    { checkoutId: checkout.id },
    { key: `settle:${checkout.id}`, runAt: addSeconds(tx.clock.now(), FIRST_LOOK_SECONDS) },
  );
  return { stage: 'begun', checkout: { ...checkout, ...placing }, intentId };
}

/** More time for the held units, or, when they lapsed, others if there are any. @throws DomainError `out_of_stock` */
async function holdOn(tx: TransactionContext, checkout: CheckoutRow, cartId: string): Promise<string> {
  if (checkout.reservationId !== null && (await extendReservation(tx, checkout.reservationId))) {
    return checkout.reservationId;
  }
  const renewed = await reserveStock(tx, { holderId: cartId, lines: checkout.frozen?.lines ?? [] });
  return renewed.id;
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

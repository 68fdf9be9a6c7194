import { extendReservation, releaseReservation, reserveStock } from '../inventory/index.ts';
import { type Context, DomainError, isDomainError, type TransactionContext } from '../kernel/index.ts';
import { hostedPageUrl, prepareIntent, readIntent, recordIntent } from '../payments/index.ts';
import { checkoutOfCart, lockCheckout, lockLiveCheckout, updateCheckout } from './checkout-rows.ts';
import { filledCart, reopen, viewAfterChange } from './edit-checkout.ts';
import { type FrozenCheckout, freeze, isSameFreeze, quoteCheckout } from './frozen.ts';
import type { CheckoutView } from './model.ts';

/**
 * Enters payment: prices and stock are checked anew, the totals frozen and the stock held, in one transaction; then the
 * payment intent is brought to the frozen total, and the shopper goes to the page that takes the card.
 *
 * @returns where to send the shopper
 * @throws DomainError `cart_empty`, `cart_changed`, `out_of_stock`, `checkout_incomplete`, `checkout_closed`, `unavailable`
 */
export async function startPayment(
  ctx: Context,
  input: { cartId: string; method: 'card' },
): Promise<{ redirectUrl: string }> {
  await reopen(ctx, input.cartId);
  const held = await ctx.transaction((tx) => freezeAndHold(tx, input));
  const request = {
    checkoutId: held.checkoutId,
    totalsVersion: held.totalsVersion,
    amount: held.frozen.totalAmount,
    currency: held.frozen.currency,
  };
  const intent = await prepareOrThaw(ctx, { ...request, currentIntentId: held.intentId });
  await recordIntent(ctx, intent.intentId, request);
  await keepIntent(ctx, held, intent.intentId);
  return {
    redirectUrl: hostedPageUrl(ctx, {
      intentId: intent.intentId,
      clientSecret: intent.clientSecret,
      returnUrl: `${ctx.config.shop.url}/checkout/payment/return`,
      cancelUrl: `${ctx.config.shop.url}/checkout/payment`,
    }),
  };
}

/**
 * Prepares the intent. When the provider fails, the totals are thawed: it replays a failure to whoever asks again with the same
 * key, and the next try must have another.
 */
async function prepareOrThaw(ctx: Context, request: Parameters<typeof prepareIntent>[1]) {
  try {
    return await prepareIntent(ctx, request);
  } catch (error) {
    if (isDomainError(error, 'unavailable')) await updateCheckout(ctx, request.checkoutId, { frozen: null });
    throw error;
  }
}

interface Held {
  readonly checkoutId: string;
  readonly totalsVersion: number;
  readonly intentId: string | null;
  readonly frozen: FrozenCheckout;
}

async function freezeAndHold(
  tx: TransactionContext,
  input: { cartId: string; method: 'card' },
): Promise<Held> {
  const checkout = await lockLiveCheckout(tx, input.cartId);
  if (checkout.status !== 'open') {
    throw new DomainError('checkout_closed', `checkout ${checkout.id} is being placed`);
  }
  if (checkout.shippingAddress === null || checkout.email === null) {
    throw new DomainError('checkout_incomplete', 'the address is missing', { step: 'address' });
  }
  const cart = await filledCart(tx, input.cartId);
  const quote = await quoteCheckout(tx, cart, {
    address: checkout.shippingAddress,
    rateId: checkout.shippingRateId,
  });
  const frozen = freeze(cart, quote);
  const isSame = checkout.frozen !== null && isSameFreeze(checkout.frozen, frozen);
  const isHeld =
    isSame && checkout.reservationId !== null && (await extendReservation(tx, checkout.reservationId));
  const reservationId = isHeld
    ? checkout.reservationId
    : await holdAnew(tx, input.cartId, checkout.reservationId, frozen);
  const totalsVersion = isSame ? checkout.totalsVersion : checkout.totalsVersion + 1;
  await updateCheckout(tx, checkout.id, {
    frozen,
    reservationId,
    totalsVersion,
    paymentMethod: input.method,
  });
  return { checkoutId: checkout.id, totalsVersion, intentId: checkout.intentId, frozen };
}

async function holdAnew(
  tx: TransactionContext,
  cartId: string,
  previousId: string | null,
  frozen: FrozenCheckout,
) {
  if (previousId !== null) await releaseReservation(tx, previousId);
  const reservation = await reserveStock(tx, { holderId: cartId, lines: frozen.lines });
  return reservation.id;
}

/** Ties the intent to the checkout, unless the totals moved on meanwhile: then this payment starts again. */
async function keepIntent(ctx: Context, held: Held, intentId: string): Promise<void> {
  await ctx.transaction(async (tx) => {
    const checkout = await lockCheckout(tx, held.checkoutId);
    if (checkout?.status !== 'open' || checkout.totalsVersion !== held.totalsVersion) {
      throw new DomainError('conflict', 'the checkout changed while the payment was prepared');
    }
    await updateCheckout(tx, checkout.id, { intentId });
  });
}

/**
 * Takes note that the shopper is back from the page that takes the card.
 *
 * @throws DomainError `payment_mismatch` when the intent is not this checkout's, `checkout_incomplete`, `unavailable`
 */
export async function paymentReturned(
  ctx: Context,
  input: { cartId: string; paymentIntentId: string },
): Promise<CheckoutView> {
  const checkout = await checkoutOfCart(ctx, input.cartId);
  if (!checkout || checkout.status === 'placed') {
    throw new DomainError('checkout_closed', 'there is no open checkout for this cart');
  }
  if (checkout.intentId !== input.paymentIntentId) {
    throw new DomainError(
      'payment_mismatch',
      `intent ${input.paymentIntentId} does not pay for this checkout`,
    );
  }
  const intent = await readIntent(ctx, input.paymentIntentId);
  const card = intent.status === 'needs_confirmation' ? intent.card : null;
  await ctx.transaction(async (tx) => {
    const live = await lockCheckout(tx, checkout.id);
    if (live?.intentId !== input.paymentIntentId || live.status !== 'open') return;
    await updateCheckout(tx, live.id, { card, ...(card === null ? {} : { error: null }) });
  });
  return viewAfterChange(ctx, input.cartId);
}

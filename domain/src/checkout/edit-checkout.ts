import { loadPricedCart } from '../cart/index.ts';
import { releaseReservation } from '../inventory/index.ts';
import { type Context, DomainError, type TransactionContext } from '../kernel/index.ts';
import {
  buyerOf,
  type CheckoutRow,
  checkoutOfCart,
  lockLiveCheckout,
  updateCheckout,
} from './checkout-rows.ts';
import { quoteCheckout } from './frozen.ts';
import { getCheckout } from './get-checkout.ts';
import type { AddressInput, CheckoutView } from './model.ts';
import { settleCheckout } from './settle-checkout.ts';

/**
 * Saves who buys and where it goes. What was frozen for payment before is thawed: another address may cost another sum.
 *
 * @throws DomainError `cart_empty`, `checkout_closed`, `no_shipping` when nothing ships to the country
 */
export async function setCheckoutAddress(
  ctx: Context,
  input: { cartId: string } & AddressInput,
): Promise<CheckoutView> {
  await reopen(ctx, input.cartId);
  await ctx.transaction(async (tx) => {
    const checkout = await lockLiveCheckout(tx, input.cartId);
    const cart = await filledCart(tx, input.cartId);
    const quote = await quoteCheckout(tx, cart, { address: input.shippingAddress, rateId: null });
    if (quote.rates.length === 0) {
      throw new DomainError('no_shipping', `nothing ships to ${input.shippingAddress.country}`, {
        country: input.shippingAddress.country,
      });
    }
    await thaw(tx, checkout);
    await updateCheckout(tx, checkout.id, {
      userId: buyerOf(tx),
      email: input.email,
      shippingAddress: input.shippingAddress,
      billingAddress: input.billingAddress,
    });
  });
  return viewAfterChange(ctx, input.cartId);
}

/**
 * Chooses how it is sent.
 *
 * @throws DomainError `checkout_incomplete` without an address, `no_shipping` when the rate is none of those quoted
 */
export async function chooseShipping(
  ctx: Context,
  input: { cartId: string; rateId: string },
): Promise<CheckoutView> {
  await reopen(ctx, input.cartId);
  await ctx.transaction(async (tx) => {
    const checkout = await lockLiveCheckout(tx, input.cartId);
    const cart = await filledCart(tx, input.cartId);
    if (checkout.shippingAddress === null) {
      throw new DomainError('checkout_incomplete', 'the address is missing', { step: 'address' });
    }
    const quote = await quoteCheckout(tx, cart, { address: checkout.shippingAddress, rateId: input.rateId });
    if (quote.rate === null) {
      throw new DomainError('no_shipping', `rate ${input.rateId} is not for this cart and address`);
    }
    if (checkout.shippingRateId === input.rateId) return;
    await thaw(tx, checkout);
    await updateCheckout(tx, checkout.id, { shippingRateId: input.rateId });
  });
  return viewAfterChange(ctx, input.cartId);
}

/**
 * Brings a checkout that waits for the bank back to where it can be changed: the shopper has come back from there.
 *
 * @throws DomainError `checkout_closed` when it turns out to be placed, or its payment cannot be stopped now
 */
export async function reopen(ctx: Context, cartId: string): Promise<void> {
  const checkout = await checkoutOfCart(ctx, cartId);
  if (checkout?.status !== 'placing') return;
  const { outcome } = await settleCheckout(ctx, { checkoutId: checkout.id, givesUp: true });
  if (outcome !== 'declined')
    throw new DomainError('checkout_closed', `checkout ${checkout.id} is being placed`);
}

/** The cart behind a checkout. @throws DomainError `cart_empty` */
export async function filledCart(tx: TransactionContext, cartId: string) {
  const cart = await loadPricedCart(tx, cartId);
  if (cart === null || cart.lines.length === 0)
    throw new DomainError('cart_empty', `cart ${cartId} is empty`);
  return cart;
}

/** Gives back what was frozen and held, because what it was held for changes. */
async function thaw(tx: TransactionContext, checkout: CheckoutRow): Promise<void> {
  if (checkout.status !== 'open') {
    throw new DomainError('checkout_closed', `checkout ${checkout.id} is being placed`);
  }
  if (checkout.frozen === null) return;
  if (checkout.reservationId !== null) await releaseReservation(tx, checkout.reservationId);
  await updateCheckout(tx, checkout.id, { frozen: null, reservationId: null });
}

/** The view that follows a change. @throws DomainError `cart_empty` */
export async function viewAfterChange(ctx: Context, cartId: string): Promise<CheckoutView> {
  const view = await getCheckout(ctx, { cartId });
  if (view === null) throw new DomainError('cart_empty', `cart ${cartId} is empty`);
  return view;
}

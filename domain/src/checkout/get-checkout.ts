import { loadPricedCart, type PricedCart } from '../cart/index.ts';
import { heldUntil } from '../inventory/index.ts';
import { type Context, moneyOf } from '../kernel/index.ts';
import type { ShippingRate } from '../shipping/index.ts';
import { asShopperSees, type CheckoutRow, checkoutOfCart } from './checkout-rows.ts';
import { frozenTotals, isOfCart, type Quote, quoteCheckout, quotedTotals } from './frozen.ts';
import type { CheckoutStep, CheckoutView, ShippingOption } from './model.ts';

/**
 * The checkout of a cart as any of its pages shows it. Eight statements at most.
 *
 * @returns null when there is no cart, or nothing in it
 */
export async function getCheckout(ctx: Context, input: { cartId: string }): Promise<CheckoutView | null> {
  const cart = await loadPricedCart(ctx, input.cartId);
  if (cart === null || cart.lines.length === 0) return null;
  const found = await checkoutOfCart(ctx, input.cartId);
  const checkout = found ? asShopperSees(ctx, found) : null;
  const quote = await quoteCheckout(ctx, cart, {
    address: checkout?.shippingAddress ?? null,
    rateId: checkout?.shippingRateId ?? null,
  });
  const reservedUntil = checkout?.reservationId == null ? null : await heldUntil(ctx, checkout.reservationId);
  return viewOf(ctx, cart, checkout, quote, reservedUntil);
}

function viewOf(
  ctx: Context,
  cart: PricedCart,
  checkout: CheckoutRow | null,
  quote: Quote,
  reservedUntil: Date | null,
): CheckoutView {
  const frozen =
    checkout?.frozen &&
    reservedUntil !== null &&
    reservedUntil > ctx.clock.now() &&
    isOfCart(
      checkout.frozen,
      cart.lines.map((line) => line.row),
    )
      ? checkout.frozen
      : null;
  const options = quote.rates.map((rate) => optionOf(rate, checkout?.shippingRateId ?? null));
  return {
    id: checkout?.id ?? null,
    status: checkout?.status ?? 'open',
    nextStep: nextStepOf(checkout, quote, frozen !== null),
    email: checkout?.email ?? null,
    shippingAddress: checkout?.shippingAddress ?? null,
    billingAddress: checkout?.billingAddress ?? null,
    shippingOptions: options,
    chosenShipping: options.find((option) => option.isChosen) ?? null,
    lines: cart.lines.map((line) => {
      const unitAmount =
        frozen?.lines.find((candidate) => candidate.variantId === line.row.variantId)?.unitAmount ??
        line.amount ??
        line.row.seenAmount;
      return {
        variantId: line.row.variantId,
        title: line.variant?.title ?? '',
        variantTitle: line.variant?.variantTitle ?? '',
        handle: line.variant?.handle ?? '',
        image: line.variant?.image ?? null,
        quantity: line.row.quantity,
        unitPrice: moneyOf(unitAmount, cart.currency),
        total: moneyOf(unitAmount * line.row.quantity, cart.currency),
      };
    }),
    totals: frozen ? frozenTotals(frozen) : quotedTotals(quote, cart.currency),
    totalsVersion: frozen ? (checkout?.totalsVersion ?? 0) : 0,
    reservedUntil: frozen ? reservedUntil : null,
    card: frozen ? (checkout?.card ?? null) : null,
    paymentError: checkout?.error ?? null,
  };
}

function optionOf(rate: ShippingRate, chosenId: string | null): ShippingOption {
  return {
    rateId: rate.id,
    name: rate.name,
    description: rate.description,
    price: moneyOf(rate.amount, rate.currency),
    minDays: rate.minDays,
    maxDays: rate.maxDays,
    isChosen: rate.id === chosenId,
  };
}

function nextStepOf(checkout: CheckoutRow | null, quote: Quote, isFrozen: boolean): CheckoutStep {
  if (!checkout?.shippingAddress || checkout.email === null) return 'address';
  if (quote.rate === null) return 'shipping';
  if (!isFrozen || checkout.card === null) return 'payment';
  return 'review';
}

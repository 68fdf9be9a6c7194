import { type CartQuote, netOf, type QuotedLine } from '../cart/index.ts';
import { heldUntil } from '../inventory/index.ts';
import { type Context, type CurrencyCode, moneyOf } from '../kernel/index.ts';
import { asShopperSees, type CheckoutRow, checkoutOfCart } from './checkout-rows.ts';
import { type FrozenCheckout, frozenTotals, quotedTotals } from './frozen.ts';
import type { CheckoutStep, CheckoutView } from './model.ts';
import { optionViewOf } from './option-view.ts';
import { methodsFor } from './payment-methods.ts';
import { quoteCheckout } from './quote-checkout.ts';

const nothingChosen = { id: null, email: null, shippingAddress: null, shippingOptionId: null, vatId: null };

/**
 * The checkout of a cart as any of its pages shows it. Eleven statements at most.
 *
 * @returns null when there is no cart, or nothing in it
 */
export async function getCheckout(ctx: Context, input: { cartId: string }): Promise<CheckoutView | null> {
  const found = await checkoutOfCart(ctx, input.cartId);
  const checkout = found ? asShopperSees(ctx, found) : null;
  const quote = await quoteCheckout(ctx, input.cartId, checkout ?? nothingChosen);
  if (quote === null || quote.cart.lines.length === 0) return null;
  const reservedUntil = checkout?.reservationId == null ? null : await heldUntil(ctx, checkout.reservationId);
  return viewOf(ctx, quote, checkout, reservedUntil);
}

function viewOf(
  ctx: Context,
  quote: CartQuote,
  checkout: CheckoutRow | null,
  reservedUntil: Date | null,
): CheckoutView {
  const isHeld = reservedUntil !== null && reservedUntil > ctx.clock.now();
  const frozen =
    checkout?.frozen && isHeld && checkout.frozen.cartVersion === quote.cart.version ? checkout.frozen : null;
  const options = quote.shippingOptions.map((option) => optionViewOf(option, quote.shipping?.id ?? null));
  return {
    id: checkout?.id ?? null,
    status: checkout?.status ?? 'open',
    nextStep: nextStepOf(checkout, quote, frozen !== null),
    email: checkout?.email ?? null,
    shippingAddress: checkout?.shippingAddress ?? null,
    billingAddress: checkout?.billingAddress ?? null,
    vatId: checkout?.vatId ?? '',
    note: checkout?.note ?? '',
    giftMessage: checkout?.giftMessage ?? '',
    shippingOptions: options,
    chosenShipping: options.find((option) => option.isChosen) ?? null,
    lines: frozen ? frozenLines(frozen) : quote.lines.map((line) => lineOf(line, quote.cart.currency)),
    totals: frozen ? frozenTotals(frozen) : quotedTotals(quote),
    entered: enteredInto(quote),
    usualPlace: usualPlaceOf(quote),
    totalsVersion: frozen ? (checkout?.totalsVersion ?? 0) : 0,
    reservedUntil: frozen ? reservedUntil : null,
    methods: methodsFor(ctx, quote),
    payment:
      frozen && checkout?.payment
        ? { method: checkout.payment.method, detail: checkout.payment.detail }
        : null,
    paymentError: checkout?.error ?? null,
  };
}

function enteredInto({ cart, rejected, giftCards }: CartQuote): CheckoutView['entered'] {
  const inCurrency = (amount: number) => moneyOf(amount, cart.currency);
  return {
    currency: cart.currency,
    codes: [...cart.codes],
    rejectedCodes: rejected.map(({ code, reason, data }) => ({ code, reason, data: { ...data } })),
    giftCards: giftCards.map(({ giftCardId, last4, balanceAmount, amount }) => ({
      id: giftCardId,
      last4,
      balance: inCurrency(balanceAmount),
      amount: inCurrency(amount),
      isUsable: true,
    })),
  };
}

function usualPlaceOf({ cart }: CartQuote): CheckoutView['usualPlace'] {
  const { destination, usualCountry } = cart;
  if (destination !== null) return destination;
  return usualCountry === null ? null : { country: usualCountry, region: '', postcode: '' };
}

function lineOf(line: QuotedLine, currency: CurrencyCode): CheckoutView['lines'][number] {
  return {
    key: line.key,
    kind: line.kind,
    variantId: line.variantId,
    title: line.variant?.title ?? '',
    variantTitle: line.variant?.variantTitle ?? '',
    handle: line.variant?.handle ?? '',
    image: line.variant?.image ?? null,
    quantity: line.quantity,
    unitPrice: moneyOf(line.unitAmount, currency),
    discounts: line.discounts.map(({ label, amount }) => ({ label, amount: moneyOf(amount, currency) })),
    total: moneyOf(netOf(line), currency),
    promise: line.promise,
    shipsAt: line.shipsAt,
  };
}

function frozenLines(frozen: FrozenCheckout): CheckoutView['lines'] {
  return frozen.lines.map((line, position) => ({
    key: `${position}`,
    kind: line.kind,
    variantId: line.variantId,
    title: line.title,
    variantTitle: line.variantTitle,
    handle: line.handle,
    image: line.image,
    quantity: line.quantity,
    unitPrice: moneyOf(line.unitAmount, frozen.currency),
    discounts: line.discounts.map(({ label, amount }) => ({
      label,
      amount: moneyOf(amount, frozen.currency),
    })),
    total: moneyOf(netOf(line), frozen.currency),
    promise: line.promise,
    shipsAt: line.shipsAt === null ? null : new Date(line.shipsAt),
  }));
}

function nextStepOf(checkout: CheckoutRow | null, quote: CartQuote, isFrozen: boolean): CheckoutStep {
  if (!checkout?.shippingAddress || checkout.email === null) return 'address';
  if (quote.shipping === null) return 'shipping';
  if (!isFrozen || checkout.payment === null) return 'payment';
  return 'review';
}

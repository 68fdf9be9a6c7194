import { type Context, moneyOf, sumAmounts } from '../kernel/index.ts';
import { freeShippingFrom } from '../shipping/index.ts';
import { shownContent } from './cart-content.ts';
import {
  canCheckOut,
  isBought,
  loadPricedCart,
  type PricedLine,
  type PricedSaved,
  priceCart,
} from './get-cart.ts';
import { type CartLineView, type CartView, MAX_QUANTITY, type SavedLineView } from './model.ts';
import { type CartQuote, netOf, type QuotedLine, quoteFacts, quotersOf } from './quote.ts';
import { factsOf, type QuoteFacts } from './quote-facts.ts';

/**
 * The cart as its page shows it, with what it will cost as far as that can be told: shipping and tax only for a place that the shopper
 * named. Nine statements at most while nothing is given free.
 *
 * @returns null when there is none
 */
export async function getCart(ctx: Context, input: { cartId: string }): Promise<CartView | null> {
  const content = await shownContent(ctx, input.cartId);
  if (content === null) return null;
  const facts = await factsOf(ctx, await priceCart(ctx, content), {
    email: null,
    checkoutId: null,
  });
  const quote = await estimate(ctx, facts);
  return viewOf(facts, quote, await freeFrom(ctx, quote));
}

/** A quote for the cheapest delivery to where the shopper told. */
async function estimate(ctx: Context, facts: QuoteFacts): Promise<CartQuote> {
  const quoters = quotersOf(ctx);
  const { destination } = facts.cart;
  const wishes = { destination, shippingOptionId: null, vatId: null };
  const quote = await quoteFacts(ctx, facts, wishes, quoters);
  const deliveries = quote.shippingOptions.filter((option) => option.kind === 'delivery');
  const cheapest = deliveries.reduce<(typeof deliveries)[number] | null>(
    (best, option) => (best === null || option.amount < best.amount ? option : best),
    null,
  );
  if (cheapest === null) return quote;
  return quoteFacts(ctx, facts, { ...wishes, shippingOptionId: cheapest.id }, quoters);
}

/** From which sum delivery is free, where it goes as far as that is known. */
async function freeFrom(ctx: Context, quote: CartQuote): Promise<number | null> {
  const { cart } = quote;
  const { destination, usualCountry, currency } = cart;
  const usual = usualCountry === null ? null : { country: usualCountry, region: '', postcode: '' };
  const place = destination ?? usual;
  return place && freeShippingFrom(ctx, { destination: place, currency });
}

function viewOf(facts: QuoteFacts, quote: CartQuote, freeFromAmount: number | null): CartView {
  const { cart } = quote;
  const inCurrency = (amount: number) => moneyOf(amount, cart.currency);
  const quoted = new Map(quote.lines.map((line) => [line.key, line]));
  const goods = quote.subtotalAmount - quote.discountAmount;
  return {
    id: cart.id,
    version: cart.version,
    currency: cart.currency,
    isTaxIncluded: cart.buyer.pricesIncludeTax,
    lines: cart.lines.map((line) => lineViewOf(line, quoted.get(line.row.id), inCurrency)),
    gifts: quote.lines
      .filter((line) => line.kind === 'gift')
      .map((line) => ({
        key: line.key,
        variantId: line.variantId,
        handle: line.variant?.handle ?? '',
        title: line.variant?.title ?? '',
        variantTitle: line.variant?.variantTitle ?? '',
        image: line.variant?.image ?? null,
        quantity: line.quantity,
        worth: inCurrency(line.unitAmount * line.quantity),
        label: line.discounts[0]?.label ?? '',
      })),
    saved: cart.saved.map((saved) => savedViewOf(saved, inCurrency)),
    itemCount: sumAmounts(cart.lines.map((line) => line.row.quantity)),
    subtotal: inCurrency(quote.subtotalAmount),
    discount: inCurrency(quote.discountAmount),
    discounts: quote.applied.map(({ label, code, amount, on }) => ({
      label,
      code,
      on,
      amount: inCurrency(amount),
    })),
    codes: [...cart.codes],
    rejectedCodes: quote.rejected.map(({ code, reason, data }) => ({ code, reason, data: { ...data } })),
    near: quote.near.map(({ label, missingAmount, missingItems, on }) => ({
      label,
      on,
      missing: missingAmount === null ? null : inCurrency(missingAmount),
      missingItems,
    })),
    giftCards: facts.giftCards.map(({ giftCardId, last4, balance, isUsable }) => {
      const paying = quote.giftCards.find((card) => card.giftCardId === giftCardId);
      return {
        id: giftCardId,
        last4,
        balance,
        amount: inCurrency(paying?.amount ?? 0),
        isUsable: isUsable && paying !== undefined,
      };
    }),
    freeShipping:
      freeFromAmount === null || freeFromAmount === 0
        ? null
        : { from: inCurrency(freeFromAmount), missing: inCurrency(Math.max(0, freeFromAmount - goods)) },
    estimate:
      cart.destination === null
        ? null
        : {
            place: cart.destination,
            isServed: quote.shippingOptions.length > 0,
            options: quote.shippingOptions.map(({ id, name, amount, earliest, latest, kind }) => ({
              id,
              name,
              kind,
              price: inCurrency(amount),
              earliest,
              latest,
            })),
            shipping: quote.shippingAmount === null ? null : inCurrency(quote.shippingAmount),
            tax: quote.tax === null ? null : inCurrency(quote.tax.total),
          },
    total: inCurrency(quote.totalAmount),
    due: inCurrency(quote.dueAmount),
    canCheckOut: canCheckOut(cart),
  };
}

function lineViewOf(
  line: PricedLine,
  quoted: QuotedLine | undefined,
  inCurrency: (amount: number) => CartLineView['unitPrice'],
): CartLineView {
  const unitAmount = line.amount ?? line.row.seenAmount;
  return {
    id: line.row.id,
    variantId: line.row.variantId,
    handle: line.variant?.handle ?? '',
    title: line.variant?.title ?? 'A product that is no longer sold',
    variantTitle: line.variant?.variantTitle ?? '',
    sku: line.variant?.sku ?? '',
    image: line.variant?.image ?? null,
    unitPrice: inCurrency(unitAmount),
    compareAt: line.compareAtAmount === null ? null : inCurrency(line.compareAtAmount),
    quantity: line.row.quantity,
    maxQuantity: Math.min(MAX_QUANTITY, line.available),
    discounts: (quoted?.discounts ?? []).map(({ label, amount }) => ({ label, amount: inCurrency(amount) })),
    total: inCurrency(quoted ? netOf(quoted) : isBought(line) ? unitAmount * line.row.quantity : 0),
    promise: line.promise,
    shipsAt: line.shipsAt,
    problems: [...line.problems],
  };
}

function savedViewOf(
  saved: PricedSaved,
  inCurrency: (amount: number) => CartLineView['unitPrice'],
): SavedLineView {
  const { row, variant, amount, compareAtAmount, available } = saved;
  const isForSale = variant?.isForSale === true && amount !== null;
  return {
    id: row.id,
    variantId: row.variantId,
    handle: variant?.handle ?? '',
    title: variant?.title ?? 'A product that is no longer sold',
    variantTitle: variant?.variantTitle ?? '',
    image: variant?.image ?? null,
    unitPrice: amount === null ? null : inCurrency(amount),
    compareAt: compareAtAmount === null ? null : inCurrency(compareAtAmount),
    quantity: row.quantity,
    available: isForSale ? Math.min(available, MAX_QUANTITY) : 0,
  };
}

/** The lines of a cart that something is wrong with. Four statements. */
export async function linesToMend(ctx: Context, cartId: string): Promise<readonly PricedLine[]> {
  const cart = await loadPricedCart(ctx, cartId, null);
  return (cart?.lines ?? []).filter((line) => line.problems.length > 0);
}

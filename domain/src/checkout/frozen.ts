import { z } from 'zod';
import { canCheckOut, type PricedCart, type PricedLine } from '../cart/index.ts';
import { image } from '../catalog/index.ts';
import {
  type Context,
  type CurrencyCode,
  currencyCode,
  DomainError,
  moneyOf,
  sumAmounts,
} from '../kernel/index.ts';
import { type PostalAddress, quoteShipping, type ShippingRate } from '../shipping/index.ts';
import { type FlatTaxQuote, quoteTax } from '../tax/index.ts';
import type { CheckoutTotals } from './model.ts';

const frozenLine = z.object({
  variantId: z.uuid(),
  productId: z.uuid(),
  sellerId: z.uuid(),
  sku: z.string(),
  handle: z.string(),
  title: z.string(),
  variantTitle: z.string(),
  image: image.nullable(),
  quantity: z.int(),
  unitAmount: z.int(),
  taxAmount: z.int(),
  taxRatePpm: z.int(),
});

/** What the shopper agrees to pay for, as it stood on entering payment: the order is made of this and of nothing else. */
export const frozenCheckout = z.object({
  currency: currencyCode,
  lines: z.array(frozenLine).min(1),
  shipping: z.object({
    rateId: z.uuid(),
    name: z.string(),
    minDays: z.int(),
    maxDays: z.int(),
    amount: z.int(),
  }),
  tax: z.object({ name: z.string().nullable(), amount: z.int() }),
  subtotalAmount: z.int(),
  discountAmount: z.int(),
  totalAmount: z.int(),
});
export type FrozenCheckout = z.infer<typeof frozenCheckout>;

/** What a cart costs when sent to an address by a rate: each part null until it can be told. */
export interface Quote {
  readonly rates: readonly ShippingRate[];
  readonly rate: ShippingRate | null;
  readonly tax: FlatTaxQuote | null;
  readonly subtotalAmount: number;
}

/** Quotes shipping and tax for a cart. Two statements at most. */
export async function quoteCheckout(
  ctx: Context,
  cart: PricedCart,
  chosen: { address: PostalAddress | null; rateId: string | null },
): Promise<Quote> {
  const lines = cart.lines.map((line) => ({
    taxClass: line.variant?.taxClass ?? 'standard',
    amount: lineAmount(line),
  }));
  const subtotalAmount = sumAmounts(lines.map((line) => line.amount));
  if (chosen.address === null) return { rates: [], rate: null, tax: null, subtotalAmount };
  const rates = await quoteShipping(ctx, {
    country: chosen.address.country,
    currency: cart.currency,
    weightGrams: sumAmounts(cart.lines.map((line) => (line.variant?.weightGrams ?? 0) * line.row.quantity)),
    subtotalAmount,
  });
  const rate = rates.find((candidate) => candidate.id === chosen.rateId) ?? null;
  const tax = await quoteTax(ctx, {
    country: chosen.address.country,
    region: chosen.address.region,
    lines,
    shippingAmount: rate?.amount ?? 0,
  });
  return { rates, rate, tax, subtotalAmount };
}

function lineAmount(line: PricedLine): number {
  return (line.amount ?? line.row.seenAmount) * line.row.quantity;
}

/**
 * Freezes a cart and its quote.
 *
 * @throws DomainError `cart_empty`, `cart_changed` when a line has a problem, `checkout_incomplete` without a rate
 */
export function freeze(cart: PricedCart, quote: Quote): FrozenCheckout {
  if (cart.lines.length === 0) throw new DomainError('cart_empty', 'nothing to pay for');
  if (!canCheckOut(cart)) throw new DomainError('cart_changed', 'a line of the cart has a problem');
  const { rate, tax } = quote;
  if (rate === null || tax === null) {
    throw new DomainError('checkout_incomplete', 'no shipping rate is chosen', { step: 'shipping' });
  }
  return {
    currency: cart.currency,
    lines: cart.lines.map((line, index) => freezeLine(line, tax.lines[index] ?? { amount: 0, ratePpm: 0 })),
    shipping: {
      rateId: rate.id,
      name: rate.name,
      minDays: rate.minDays,
      maxDays: rate.maxDays,
      amount: rate.amount,
    },
    tax: { name: tax.name, amount: tax.total },
    subtotalAmount: quote.subtotalAmount,
    discountAmount: 0,
    totalAmount: sumAmounts([quote.subtotalAmount, rate.amount, tax.total]),
  };
}

function freezeLine(
  line: PricedLine,
  tax: { amount: number; ratePpm: number },
): FrozenCheckout['lines'][number] {
  const { variant, amount, row } = line;
  if (variant === null || amount === null) {
    throw new DomainError('cart_changed', `variant ${row.variantId} is not for sale`);
  }
  return {
    variantId: variant.variantId,
    productId: variant.productId,
    sellerId: variant.sellerId,
    sku: variant.sku,
    handle: variant.handle,
    title: variant.title,
    variantTitle: variant.variantTitle,
    image: variant.image,
    quantity: row.quantity,
    unitAmount: amount,
    taxAmount: tax.amount,
    taxRatePpm: tax.ratePpm,
  };
}

/** Tells whether the cart still holds the very units that were frozen. */
export function isOfCart(
  frozen: FrozenCheckout,
  lines: readonly { variantId: string; quantity: number }[],
): boolean {
  if (frozen.lines.length !== lines.length) return false;
  const units = new Map(lines.map((line) => [line.variantId, line.quantity]));
  return frozen.lines.every((line) => units.get(line.variantId) === line.quantity);
}

/** Tells whether two freezings ask for the same money for the same things. */
export function isSameFreeze(a: FrozenCheckout, b: FrozenCheckout): boolean {
  return JSON.stringify(frozenCheckout.parse(a)) === JSON.stringify(frozenCheckout.parse(b));
}

export function frozenTotals(frozen: FrozenCheckout): CheckoutTotals {
  const inCurrency = (amount: number) => moneyOf(amount, frozen.currency);
  return {
    subtotal: inCurrency(frozen.subtotalAmount),
    discount: inCurrency(frozen.discountAmount),
    shipping: inCurrency(frozen.shipping.amount),
    tax: inCurrency(frozen.tax.amount),
    taxName: frozen.tax.name,
    total: inCurrency(frozen.totalAmount),
  };
}

export function quotedTotals(quote: Quote, currency: CurrencyCode): CheckoutTotals {
  const inCurrency = (amount: number) => moneyOf(amount, currency);
  return {
    subtotal: inCurrency(quote.subtotalAmount),
    discount: inCurrency(0),
    shipping: quote.rate === null ? null : inCurrency(quote.rate.amount),
    tax: quote.tax === null ? null : inCurrency(quote.tax.total),
    taxName: quote.tax?.name ?? null,
    total: inCurrency(sumAmounts([quote.subtotalAmount, quote.rate?.amount ?? 0, quote.tax?.total ?? 0])),
  };
}

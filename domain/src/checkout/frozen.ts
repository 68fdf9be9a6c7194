import { z } from 'zod';
import { type CartQuote, canCheckOut, type QuotedLine } from '../cart/index.ts';
import { image } from '../catalog/index.ts';
import { currencyCode, DomainError, moneyOf } from '../kernel/index.ts';
import { storedAddress } from '../shipping/index.ts';
import type { CheckoutTotals } from './model.ts';

const frozenLine = z.object({
  kind: z.enum(['item', 'gift']).default('item'),
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
  discountAmount: z.int().default(0),
  discounts: z.array(z.object({ promotionId: z.uuid(), label: z.string(), amount: z.int() })).default([]),
  taxClass: z.string().default('standard'),
  taxAmount: z.int(),
  taxRatePpm: z.int(),
  promise: z.enum(['in_stock', 'backorder', 'preorder']).default('in_stock'),
  shipsAt: z.string().nullable().default(null),
});

const frozenShipping = z.object({
  optionId: z.string().default(''),
  code: z.string().default(''),
  kind: z.enum(['delivery', 'pickup']).default('delivery'),
  name: z.string(),
  minDays: z.int(),
  maxDays: z.int(),
  earliest: z.string().nullable().default(null),
  latest: z.string().nullable().default(null),
  pickup: z
    .object({ name: z.string(), address: storedAddress, hours: z.array(z.string()) })
    .nullable()
    .default(null),
  /** After its discount. */
  amount: z.int(),
  discountAmount: z.int().default(0),
});

/**
 * What the shopper agrees to pay for, as it stood on entering payment: the order is made of this and of nothing else. What the first
 * release did not write has a default.
 */
export const frozenCheckout = z
  .object({
    currency: currencyCode,
    regionId: z.uuid().nullable().default(null),
    regionCode: z.string().default(''),
    pricesIncludeTax: z.boolean().default(false),
    /** Of the cart that it was made of: another version holds something else. */
    cartVersion: z.int().nullable().default(null),
    lines: z.array(frozenLine).min(1),
    shipping: frozenShipping,
    tax: z.object({
      name: z.string().nullable(),
      amount: z.int(),
      breakdown: z.array(z.object({ name: z.string(), ratePpm: z.int(), amount: z.int() })).default([]),
    }),
    promotions: z
      .array(
        z.object({
          promotionId: z.uuid(),
          code: z.string().nullable(),
          label: z.string(),
          amount: z.int(),
          on: z.enum(['items', 'shipping', 'gift']),
        }),
      )
      .default([]),
    giftCards: z.array(z.object({ giftCardId: z.uuid(), last4: z.string(), amount: z.int() })).default([]),
    giftCardAmount: z.int().default(0),
    subtotalAmount: z.int(),
    discountAmount: z.int(),
    totalAmount: z.int(),
    dueAmount: z.int().optional(),
  })
  .transform((frozen) => ({ ...frozen, dueAmount: frozen.dueAmount ?? frozen.totalAmount }));
export type FrozenCheckout = z.infer<typeof frozenCheckout>;

/**
 * Freezes what a cart costs.
 *
 * @throws DomainError `cart_empty`, `cart_changed` when a line has a problem, `checkout_incomplete` without a way to ship
 */
export function freeze(quote: CartQuote): FrozenCheckout {
  const { cart, shipping, tax } = quote;
  if (cart.lines.length === 0) throw new DomainError('cart_empty', 'nothing to pay for');
  if (!canCheckOut(cart)) throw new DomainError('cart_changed', 'a line of the cart has a problem');
  if (shipping === null || tax === null) {
    throw new DomainError('checkout_incomplete', 'no way to ship is chosen', { step: 'shipping' });
  }
  return {
    currency: cart.currency,
    regionId: cart.buyer.regionId,
    regionCode: cart.regionCode,
    pricesIncludeTax: cart.buyer.pricesIncludeTax,
    cartVersion: cart.version,
    lines: quote.lines.map(freezeLine),
    shipping: {
      optionId: shipping.id,
      code: shipping.code,
      kind: shipping.kind,
      name: shipping.name,
      minDays: shipping.minDays,
      maxDays: shipping.maxDays,
      earliest: shipping.earliest,
      latest: shipping.latest,
      pickup: shipping.pickup,
      amount: quote.shippingAmount ?? 0,
      discountAmount: quote.shippingDiscountAmount,
    },
    tax: {
      name: taxNameOf(tax.breakdown),
      amount: tax.total,
      breakdown: tax.breakdown.map(({ name, ratePpm, amount }) => ({ name, ratePpm, amount })),
    },
    promotions: quote.applied.map(({ promotionId, code, label, amount, on }) => ({
      promotionId,
      code,
      label,
      amount,
      on,
    })),
    giftCards: quote.giftCards
      .filter((card) => card.amount > 0)
      .map(({ giftCardId, last4, amount }) => ({ giftCardId, last4, amount })),
    giftCardAmount: quote.giftCardAmount,
    subtotalAmount: quote.subtotalAmount,
    discountAmount: quote.discountAmount,
    totalAmount: quote.totalAmount,
    dueAmount: quote.dueAmount,
  };
}

function freezeLine(line: QuotedLine): FrozenCheckout['lines'][number] {
  const { variant } = line;
  if (variant === null) throw new DomainError('cart_changed', `variant ${line.variantId} is not for sale`);
  return {
    kind: line.kind,
    variantId: variant.variantId,
    productId: variant.productId,
    sellerId: variant.sellerId,
    sku: variant.sku,
    handle: variant.handle,
    title: variant.title,
    variantTitle: variant.variantTitle,
    image: variant.image,
    quantity: line.quantity,
    unitAmount: line.unitAmount,
    discountAmount: line.discountAmount,
    discounts: line.discounts.map(({ promotionId, label, amount }) => ({ promotionId, label, amount })),
    taxClass: variant.taxClass,
    taxAmount: line.taxAmount,
    taxRatePpm: line.taxRatePpm,
    promise: line.promise,
    shipsAt: line.shipsAt?.toISOString() ?? null,
  };
}

/** The units that a frozen checkout needs, one line a variant. */
export function unitsOf(frozen: FrozenCheckout): { variantId: string; quantity: number }[] {
  const units = new Map<string, number>();
  for (const { variantId, quantity } of frozen.lines) {
    units.set(variantId, (units.get(variantId) ?? 0) + quantity);
  }
  return [...units].map(([variantId, quantity]) => ({ variantId, quantity }));
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
    discounts: frozen.promotions.map(({ label, code, amount, on }) => ({
      label,
      code,
      on,
      amount: inCurrency(amount),
    })),
    shipping: inCurrency(frozen.shipping.amount),
    shippingDiscount: inCurrency(frozen.shipping.discountAmount),
    tax: inCurrency(frozen.tax.amount),
    taxName: frozen.tax.name,
    taxes: frozen.tax.breakdown.map((tax) => ({ ...tax, amount: inCurrency(tax.amount) })),
    isTaxIncluded: frozen.pricesIncludeTax,
    total: inCurrency(frozen.totalAmount),
    giftCards: frozen.giftCards.map(({ last4, amount }) => ({ last4, amount: inCurrency(amount) })),
    due: inCurrency(frozen.dueAmount),
  };
}

export function quotedTotals(quote: CartQuote): CheckoutTotals {
  const { tax } = quote;
  const inCurrency = (amount: number) => moneyOf(amount, quote.cart.currency);
  return {
    subtotal: inCurrency(quote.subtotalAmount),
    discount: inCurrency(quote.discountAmount),
    discounts: quote.applied.map(({ label, code, amount, on }) => ({
      label,
      code,
      on,
      amount: inCurrency(amount),
    })),
    shipping: quote.shippingAmount === null ? null : inCurrency(quote.shippingAmount),
    shippingDiscount: inCurrency(quote.shippingDiscountAmount),
    tax: tax === null ? null : inCurrency(tax.total),
    taxName: tax === null ? null : taxNameOf(tax.breakdown),
    taxes: (tax?.breakdown ?? []).map(({ name, ratePpm, amount }) => ({
      name,
      ratePpm,
      amount: inCurrency(amount),
    })),
    isTaxIncluded: quote.cart.buyer.pricesIncludeTax,
    total: inCurrency(quote.totalAmount),
    giftCards: quote.giftCards
      .filter((card) => card.amount > 0)
      .map(({ last4, amount }) => ({ last4, amount: inCurrency(amount) })),
    due: inCurrency(quote.dueAmount),
  };
}

function taxNameOf(breakdown: readonly { name: string; amount: number }[]): string | null {
  const charged = breakdown.filter((tax) => tax.amount > 0);
  return charged.length > 1 ? 'Tax' : (charged[0]?.name ?? null);
}

import type { SellableVariant } from '../catalog/index.ts';
import { type Context, sumAmounts } from '../kernel/index.ts';
import {
  type AppliedPromotion,
  evaluatePromotions,
  type NearPromotion,
  type PromotionResult,
  type PromotionSale,
  type RejectedCode,
} from '../promotions/index.ts';
import {
  type Destination,
  findShippingOption,
  type Parcel,
  type ShippingOption,
  shippingOptions,
} from '../shipping/index.ts';
import { type TaxableSale, type TaxQuote, taxOf } from '../tax/index.ts';
import { isBought, type PricedCart, type PricedLine } from './get-cart.ts';
import type { QuoteFacts } from './quote-facts.ts';

/** What the shopper chose that decides what a cart costs. */
export interface QuoteWishes {
  /** Null while it is not known where it goes: shipping and tax are not told then. */
  readonly destination: Destination | null;
  readonly shippingOptionId: string | null;
  readonly vatId: string | null;
}

/** Who tells what shipping and tax cost: the shop's own tables, or services outside. */
export interface Quoters {
  shippingOptions(parcel: Parcel): Promise<readonly ShippingOption[]>;
  taxOf(sale: TaxableSale): Promise<TaxQuote>;
}

/** A line of a cart with all that comes off it and on top of it. Amounts are for all its units, in minor units. */
export interface QuotedLine {
  /** Of the cart's line; `gift:…` for what a promotion adds. */
  readonly key: string;
  readonly kind: 'item' | 'gift';
  readonly variantId: string;
  /** Null when the variant is gone. */
  readonly variant: SellableVariant | null;
  readonly quantity: number;
  readonly unitAmount: number;
  readonly compareAtAmount: number | null;
  readonly discountAmount: number;
  readonly discounts: readonly {
    readonly promotionId: string;
    readonly label: string;
    readonly amount: number;
  }[];
  readonly taxAmount: number;
  readonly taxRatePpm: number;
  readonly promise: 'in_stock' | 'backorder' | 'preorder';
  readonly shipsAt: Date | null;
}

/**
 * What a cart costs: each part null until it can be told. `total = subtotal − discount + shipping + tax`, or without the tax where
 * prices include it; `due = total − what gift cards pay`.
 */
export interface CartQuote {
  readonly cart: PricedCart;
  readonly lines: readonly QuotedLine[];
  readonly applied: readonly AppliedPromotion[];
  readonly rejected: readonly RejectedCode[];
  readonly near: readonly NearPromotion[];
  readonly shippingOptions: readonly ShippingOption[];
  /** The one chosen; its own price, before discounts on shipping. */
  readonly shipping: ShippingOption | null;
  readonly shippingDiscountAmount: number;
  /** After discounts on shipping. */
  readonly shippingAmount: number | null;
  readonly tax: TaxQuote | null;
  readonly subtotalAmount: number;
  readonly discountAmount: number;
  readonly totalAmount: number;
  readonly giftCards: readonly {
    readonly giftCardId: string;
    readonly last4: string;
    readonly balanceAmount: number;
    readonly amount: number;
  }[];
  readonly giftCardAmount: number;
  readonly dueAmount: number;
}

/** The shop's quoters. They may ask services outside: never in a transaction. */
export function quotersOf(ctx: Context): Quoters {
  return {
    shippingOptions: (parcel) => shippingOptions(ctx, parcel),
    taxOf: (sale) => taxOf(ctx, sale),
  };
}

/**
 * Works out what a cart costs. The order matters: promotions on goods, then shipping by what is left, promotions on shipping, tax on
 * both, and gift cards pay at the end.
 */
export async function quoteFacts(
  ctx: Pick<Context, 'clock'>,
  facts: QuoteFacts,
  wishes: QuoteWishes,
  quoters: Quoters,
): Promise<CartQuote> {
  const now = ctx.clock.now();
  const onGoods = evaluatePromotions(facts.promotions, saleOf(facts, now, null));
  const options =
    wishes.destination === null
      ? []
      : await quoters.shippingOptions(parcelOf(facts, onGoods, wishes.destination));
  const shipping = findShippingOption(options, wishes.shippingOptionId);
  const promoted =
    shipping === null ? onGoods : evaluatePromotions(facts.promotions, saleOf(facts, now, shipping));
  const goods = linesOf(facts, promoted);
  const shippingDiscountAmount = shipping === null ? 0 : Math.min(promoted.shippingAmount, shipping.amount);
  const shippingAmount = shipping === null ? null : shipping.amount - shippingDiscountAmount;
  const tax =
    wishes.destination === null || goods.length === 0
      ? null
      : await quoters.taxOf(
          taxSaleOf(facts, goods, {
            // what is fetched is handed over where it lies
            destination: shipping?.pickup?.address ?? wishes.destination,
            vatId: wishes.vatId,
            shippingAmount: shippingAmount ?? 0,
            at: now,
          }),
        );
  return totalled(facts, promoted, {
    lines: withTax(goods, tax),
    shippingOptions: options,
    shipping,
    shippingDiscountAmount,
    shippingAmount,
    tax,
  });
}

function saleOf(facts: QuoteFacts, now: Date, shipping: ShippingOption | null): PromotionSale {
  const { cart } = facts;
  return {
    now,
    currency: cart.currency,
    regionId: cart.buyer.regionId,
    codes: cart.codes,
    customer: facts.customer,
    lines: cart.lines.filter(isBought).map((line) => ({
      key: line.row.id,
      variantId: line.row.variantId,
      productId: line.variant?.productId ?? '',
      categoryIds: line.variant?.categoryIds ?? [],
      unitAmount: line.amount ?? 0,
      quantity: line.row.quantity,
    })),
    shipping: shipping && { amount: shipping.amount, kind: shipping.kind },
    giftOffers: new Map(
      [...facts.gifts].map(([variantId, offer]) => [
        variantId,
        { unitAmount: offer.unitAmount, available: offer.stock.available },
      ]),
    ),
  };
}

/** The lines that are bought, as promotions leave them, and the gifts behind them; without tax. */
function linesOf(facts: QuoteFacts, promoted: PromotionResult): QuotedLine[] {
  const labels = new Map(promoted.applied.map(({ promotionId, label }) => [promotionId, label]));
  const discounts = new Map(promoted.lines.map((line) => [line.key, line]));
  const items = facts.cart.lines.filter(isBought).map((line) => {
    const discount = discounts.get(line.row.id);
    return {
      ...plainLine(line),
      discountAmount: discount?.amount ?? 0,
      discounts: (discount?.parts ?? []).map((part) => ({
        ...part,
        label: labels.get(part.promotionId) ?? '',
      })),
    };
  });
  const gifts = promoted.gifts.flatMap((gift): QuotedLine[] => {
    const offer = facts.gifts.get(gift.variantId);
    if (!offer) return [];
    const amount = gift.unitAmount * gift.quantity;
    return [
      {
        key: `gift:${gift.promotionId}:${gift.variantId}`,
        kind: 'gift',
        variantId: gift.variantId,
        variant: offer.variant,
        quantity: gift.quantity,
        unitAmount: gift.unitAmount,
        compareAtAmount: null,
        discountAmount: amount,
        discounts: [{ promotionId: gift.promotionId, label: labels.get(gift.promotionId) ?? '', amount }],
        taxAmount: 0,
        taxRatePpm: 0,
        promise: 'in_stock',
        shipsAt: null,
      },
    ];
  });
  return [...items, ...gifts];
}

function plainLine(line: PricedLine): QuotedLine {
  return {
    key: line.row.id,
    kind: 'item',
    variantId: line.row.variantId,
    variant: line.variant,
    quantity: line.row.quantity,
    unitAmount: line.amount ?? 0,
    compareAtAmount: line.compareAtAmount,
    discountAmount: 0,
    discounts: [],
    taxAmount: 0,
    taxRatePpm: 0,
    promise: line.promise,
    shipsAt: line.shipsAt,
  };
}

/** What a line costs after its discounts, before tax where prices are without it. */
export function netOf(line: Pick<QuotedLine, 'unitAmount' | 'quantity' | 'discountAmount'>): number {
  return line.unitAmount * line.quantity - line.discountAmount;
}

function parcelOf(facts: QuoteFacts, onGoods: PromotionResult, destination: Destination): Parcel {
  const lines = linesOf(facts, onGoods);
  const readyAt = lines.reduce<Date | null>(
    (latest, { shipsAt }) => (shipsAt !== null && (latest === null || shipsAt > latest) ? shipsAt : latest),
    null,
  );
  const items = lines.map((line) => ({
    variantId: line.variantId,
    quantity: line.quantity,
    weightGrams: line.variant?.weightGrams ?? 0,
    amount: netOf(line),
  }));
  return {
    destination,
    currency: facts.cart.currency,
    weightGrams: sumAmounts(items.map((item) => item.weightGrams * item.quantity)),
    subtotalAmount: sumAmounts(items.map((item) => item.amount)),
    items,
    readyAt,
  };
}

function taxSaleOf(
  facts: QuoteFacts,
  lines: readonly QuotedLine[],
  sale: Pick<TaxableSale, 'destination' | 'vatId' | 'shippingAmount' | 'at'>,
): TaxableSale {
  return {
    ...sale,
    currency: facts.cart.currency,
    pricesIncludeTax: facts.cart.buyer.pricesIncludeTax,
    lines: lines.map((line) => ({
      key: line.key,
      sku: line.variant?.sku ?? '',
      taxClass: line.variant?.taxClass ?? 'standard',
      amount: netOf(line),
      quantity: line.quantity,
    })),
    reference: facts.cart.id,
  };
}

function withTax(lines: readonly QuotedLine[], tax: TaxQuote | null): QuotedLine[] {
  const byKey = new Map(tax?.lines.map((line) => [line.key, line]));
  return lines.map((line) => {
    const taxed = byKey.get(line.key);
    return taxed ? { ...line, taxAmount: taxed.amount, taxRatePpm: taxed.ratePpm } : line;
  });
}

function totalled(
  facts: QuoteFacts,
  promoted: PromotionResult,
  parts: Pick<
    CartQuote,
    'lines' | 'shippingOptions' | 'shipping' | 'shippingDiscountAmount' | 'shippingAmount' | 'tax'
  >,
): CartQuote {
  const subtotalAmount = sumAmounts(parts.lines.map((line) => line.unitAmount * line.quantity));
  const discountAmount = sumAmounts(parts.lines.map((line) => line.discountAmount));
  const addedTax = facts.cart.buyer.pricesIncludeTax ? 0 : (parts.tax?.total ?? 0);
  const totalAmount = sumAmounts([subtotalAmount, -discountAmount, parts.shippingAmount ?? 0, addedTax]);
  const giftCards = paidByGiftCards(facts, totalAmount);
  const giftCardAmount = sumAmounts(giftCards.map((card) => card.amount));
  return {
    ...parts,
    cart: facts.cart,
    applied: promoted.applied,
    rejected: promoted.rejected,
    near: promoted.near,
    subtotalAmount,
    discountAmount,
    totalAmount,
    giftCards,
    giftCardAmount,
    dueAmount: totalAmount - giftCardAmount,
  };
}

/** One card after the other pays what it can. */
function paidByGiftCards(facts: QuoteFacts, totalAmount: number): CartQuote['giftCards'] {
  let left = totalAmount;
  return facts.giftCards
    .filter(({ balance, isUsable }) => isUsable && balance.currency === facts.cart.currency)
    .map(({ giftCardId, last4, balance }) => {
      const amount = Math.min(balance.amount, left);
      left -= amount;
      return { giftCardId, last4, balanceAmount: balance.amount, amount };
    });
}

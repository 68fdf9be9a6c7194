import { type SellableVariant, sellableQuestion } from '../catalog/index.ts';
import { type Stock, stockQuestion } from '../inventory/index.ts';
import { type Context, readTogether } from '../kernel/index.ts';
import { hasOrdered } from '../orders/index.ts';
import { pricesQuestion } from '../pricing/index.ts';
import {
  activePromotions,
  customerKeysOf,
  type GiftCardBalance,
  giftCardsOf,
  giftVariantIds,
  type Promotion,
  type PromotionSale,
} from '../promotions/index.ts';
import { loadPricedCart, type PricedCart } from './get-cart.ts';

/** What may be given free with a cart, as it stands in the shop now. */
export interface GiftOffer {
  readonly variant: SellableVariant;
  readonly unitAmount: number;
  readonly stock: Stock;
}

/** All that the database says of a cart and that decides what it costs, but for shipping and tax. */
export interface QuoteFacts {
  readonly cart: PricedCart;
  readonly promotions: readonly Promotion[];
  readonly customer: PromotionSale['customer'];
  readonly gifts: ReadonlyMap<string, GiftOffer>;
  /** In the order that they were added in. */
  readonly giftCards: readonly GiftCardBalance[];
}

/**
 * Gathers what decides the price of a cart, as of this moment. Three statements; up to two more for gifts and gift cards.
 *
 * @param input.email of the buyer, where it is known: limits for each customer count by it
 * @param input.checkoutId what it holds of limited codes already counts as left to it
 * @param input.destination where it goes; null: where the shopper told in the cart
 * @param input.cart what was read of it just now: one statement less
 * @param input.toReserve it is going to be reserved
 * @returns null when there is no such active cart
 */
export async function gatherFacts(
  ctx: Context,
  input: {
    cartId: string;
    email: string | null;
    checkoutId: string | null;
    destination: PricedCart['goesTo'];
    cart?: PricedCart | null | undefined;
    toReserve?: boolean;
  },
): Promise<QuoteFacts | null> {
  const { destination } = input;
  const isOfPlace = destination === null || destination.country === input.cart?.goesTo?.country;
  const cart =
    input.cart === null || (input.cart && isOfPlace)
      ? input.cart
      : await loadPricedCart(ctx, input.cartId, destination, input);
  return cart && factsOf(ctx, cart, input);
}

/** The same of a cart whose lines are priced already. Two statements; up to two more for gifts and gift cards. */
export async function factsOf(
  ctx: Context,
  cart: PricedCart,
  input: { email: string | null; checkoutId: string | null },
): Promise<QuoteFacts> {
  const userId = ctx.actor.kind === 'user' ? ctx.actor.id : null;
  const promotions = await activePromotions(ctx, {
    codes: cart.codes,
    regionId: cart.buyer.regionId,
    customerKeys: () => customerKeysOf(ctx, { email: input.email, userId }),
    checkoutId: input.checkoutId,
  });
  return {
    cart,
    promotions,
    customer: await customerOf(ctx, cart, input.email, promotions),
    gifts: await giftOffers(ctx, cart, promotions),
    giftCards: await giftCardsOf(ctx, cart.giftCardIds, input.checkoutId),
  };
}

async function customerOf(
  ctx: Context,
  cart: PricedCart,
  email: string | null,
  promotions: readonly Promotion[],
): Promise<PromotionSale['customer']> {
  const userId = ctx.actor.kind === 'user' ? ctx.actor.id : null;
  const isKnown = userId !== null || email !== null;
  const matters = promotions.some(({ conditions }) => conditions.some(({ type }) => type === 'first-order'));
  return {
    userId,
    groupIds: cart.buyer.groupIds,
    isFirstOrder: isKnown && matters ? !(await hasOrdered(ctx, { userId, email })) : null,
  };
}

async function giftOffers(
  ctx: Context,
  cart: PricedCart,
  promotions: readonly Promotion[],
): Promise<Map<string, GiftOffer>> {
  const variantIds = giftVariantIds(promotions);
  if (variantIds.length === 0) return new Map();
  const [variants, prices, stock] = await readTogether(
    ctx,
    sellableQuestion(variantIds),
    pricesQuestion(ctx, variantIds, cart.buyer),
    stockQuestion(ctx, variantIds, cart.id, cart.goesTo),
  );
  const offers = new Map<string, GiftOffer>();
  for (const variant of variants) {
    const price = prices.get(variant.variantId);
    const state = stock.get(variant.variantId);
    if (!variant.isForSale || !price || !state) continue;
    const inCart = cart.lines.find((line) => line.row.variantId === variant.variantId)?.row.quantity ?? 0;
    const left = Math.max(0, state.available - inCart);
    offers.set(variant.variantId, {
      variant,
      unitAmount: price.amount,
      stock: { ...state, available: left },
    });
  }
  return offers;
}

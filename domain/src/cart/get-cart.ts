import { sql } from 'kysely';
import { z } from 'zod';
import { type SellableVariant, sellableVariants } from '../catalog/index.ts';
import { promiseOf, stockOf } from '../inventory/index.ts';
import { type Context, type CurrencyCode, moneyOf } from '../kernel/index.ts';
import { type Buyer, groupsOfActor, pricesOf } from '../pricing/index.ts';
import { regionOfCart } from './cart-rows.ts';
import type { LineProblem } from './model.ts';

const DAY_MS = 86_400_000;

interface LineRow {
  readonly id: string;
  readonly variantId: string;
  readonly quantity: number;
  readonly seenAmount: number;
}

/** Where a shopper told that it goes, for an estimate. */
export const estimatePlace = z.object({
  country: z.string().length(2),
  region: z.string().max(80).default(''),
  postcode: z.string().max(12).default(''),
});
export type EstimatePlace = z.infer<typeof estimatePlace>;

/** A cart with what the shop says of its lines now: the base of every page and of the checkout. */
export interface PricedCart {
  readonly id: string;
  /** Grows with each change: the same version holds the same things. */
  readonly version: number;
  readonly currency: CurrencyCode;
  readonly regionCode: string;
  /** Whom its prices are for. */
  readonly buyer: Buyer;
  /** In the order that they were entered in. */
  readonly codes: readonly string[];
  readonly giftCardIds: readonly string[];
  readonly destination: EstimatePlace | null;
  /** Where most parcels of its region go, before the shopper tells. */
  readonly usualCountry: string | null;
  readonly lines: readonly PricedLine[];
}

export interface PricedLine {
  readonly row: LineRow;
  /** Null when the variant is gone. */
  readonly variant: SellableVariant | null;
  /** Null when it is not sold in the cart's currency. */
  readonly amount: number | null;
  readonly compareAtAmount: number | null;
  readonly available: number;
  readonly promise: 'in_stock' | 'backorder' | 'preorder';
  /** When what is promised is sent, as far as that is known; null for what lies in stock. */
  readonly shipsAt: Date | null;
  readonly problems: readonly LineProblem[];
}

/**
 * Loads a cart and checks each line against the catalogue, prices and stock of this moment. Four statements.
 *
 * @returns null when there is no such active cart
 */
export async function loadPricedCart(ctx: Context, cartId: string): Promise<PricedCart | null> {
  const rows = await ctx.db
    .selectFrom('carts as cart')
    .innerJoin('regions as region', (join) => join.on('region.id', '=', sql<string>`${regionOfCart}`))
    .leftJoin('cart_lines as line', 'line.cart_id', 'cart.id')
    .select([
      'cart.version',
      'cart.currency',
      'cart.destination',
      'region.id as region_id',
      'region.code as region_code',
      'region.prices_include_tax',
      sql<string | null>`region.countries[1]`.as('usual_country'),
      groupsOfActor(ctx).as('groups'),
      sql<string[]>`array(
        select entered.code from cart_codes entered where entered.cart_id = cart.id order by entered.added_at, entered.code
      )`.as('codes'),
      sql<string[]>`array(
        select card.gift_card_id::text from cart_gift_cards card where card.cart_id = cart.id
        order by card.added_at, card.gift_card_id
      )`.as('gift_cards'),
      'line.id',
      'line.variant_id',
      'line.quantity',
      'line.seen_amount',
    ])
    .where('cart.id', '=', cartId)
    .where('cart.status', '=', 'active')
    .where('cart.expires_at', '>', ctx.clock.now())
    .orderBy('line.added_at')
    .orderBy('line.id')
    .execute();
  const [cart] = rows;
  if (cart === undefined) return null;
  const buyer: Buyer = {
    regionId: cart.region_id,
    currency: cart.currency,
    pricesIncludeTax: cart.prices_include_tax,
    groupIds: cart.groups,
  };
  const lines = rows.flatMap(({ id, variant_id: variantId, quantity, seen_amount: seenAmount }) =>
    id === null || variantId === null || quantity === null || seenAmount === null
      ? []
      : [{ id, variantId, quantity, seenAmount }],
  );
  return {
    id: cartId,
    version: cart.version,
    currency: cart.currency,
    regionCode: cart.region_code,
    buyer,
    codes: cart.codes,
    giftCardIds: cart.gift_cards,
    destination: estimatePlace.nullable().catch(null).parse(cart.destination),
    usualCountry: cart.usual_country,
    lines: await priceLines(ctx, cartId, buyer, lines),
  };
}

async function priceLines(
  ctx: Context,
  cartId: string,
  buyer: Buyer,
  rows: readonly LineRow[],
): Promise<PricedLine[]> {
  const variantIds = rows.map((row) => row.variantId);
  // one after the other: in a transaction they share a connection
  const variants = await sellableVariants(ctx, variantIds);
  const prices = await pricesOf(ctx, variantIds, buyer);
  const stock = await stockOf(ctx, variantIds, cartId);
  const byId = new Map(variants.map((variant) => [variant.variantId, variant]));
  return rows.map((row) => {
    const variant = byId.get(row.variantId) ?? null;
    const price = prices.get(row.variantId);
    const state = stock.get(row.variantId);
    const amount = price?.amount ?? null;
    const available = state?.available ?? 0;
    const promised = state && promiseOf(state, row.quantity);
    return {
      row,
      variant,
      amount,
      compareAtAmount: price?.compareAtAmount ?? null,
      available,
      promise: promised?.promise ?? 'in_stock',
      shipsAt: promised?.shipsAt ? dayOf(promised.shipsAt) : null,
      problems: problemsOf(row, variant, amount, available, buyer.currency),
    };
  });
}

/** To the day: what is promised does not change between two looks at it. */
const dayOf = (moment: Date) => new Date(Math.floor(moment.getTime() / DAY_MS) * DAY_MS);

function problemsOf(
  row: LineRow,
  variant: SellableVariant | null,
  amount: number | null,
  available: number,
  currency: CurrencyCode,
): LineProblem[] {
  if (variant === null || !variant.isForSale || amount === null) return [{ code: 'PRODUCT_UNAVAILABLE' }];
  const problems: LineProblem[] = [];
  if (available < row.quantity) problems.push({ code: 'OUT_OF_STOCK', available });
  if (amount !== row.seenAmount) {
    problems.push({ code: 'PRICE_CHANGED', previous: moneyOf(row.seenAmount, currency) });
  }
  return problems;
}

/** Tells whether a line counts towards what is paid: what is not sold any more does not. */
export function isBought(line: PricedLine): boolean {
  return line.variant?.isForSale === true && line.amount !== null;
}

/** Tells whether a cart can go to checkout: it has lines, and none has a problem that is not mended. */
export function canCheckOut(cart: PricedCart): boolean {
  return cart.lines.length > 0 && cart.lines.every((line) => line.problems.length === 0);
}

/** How many units are in the cart, for the header. One statement. */
export async function cartSummary(ctx: Context, input: { cartId: string }): Promise<{ itemCount: number }> {
  const row = await ctx.db
    .selectFrom('cart_lines as line')
    .innerJoin('carts as cart', 'cart.id', 'line.cart_id')
    .select((eb) => eb.fn.sum<number | null>('line.quantity').as('items'))
    .where('cart.id', '=', input.cartId)
    .where('cart.status', '=', 'active')
    .where('cart.expires_at', '>', ctx.clock.now())
    .executeTakeFirst();
  return { itemCount: row?.items ?? 0 };
}

/** The version of an active cart; null when there is none. One statement. */
export async function cartVersion(ctx: Context, cartId: string): Promise<number | null> {
  const row = await ctx.db
    .selectFrom('carts')
    .select('version')
    .where('id', '=', cartId)
    .where('status', '=', 'active')
    .executeTakeFirst();
  return row?.version ?? null;
}

import { type RawBuilder, sql } from 'kysely';
import { type SellableVariant, sellableQuestion } from '../catalog/index.ts';
import { levelsQuestion, promiseOf, type SeenLevels, type Stock, stockQuestion } from '../inventory/index.ts';
import {
  allOf,
  type Context,
  type CurrencyCode,
  type Given,
  moneyOf,
  type Read,
  read,
  readOf,
  readTogether,
  sumAmounts,
} from '../kernel/index.ts';
import { type Buyer, groupsOfActor, pricesQuestion, type VariantPrice } from '../pricing/index.ts';
import {
  type CartContent,
  contentQuestion,
  type EstimatePlace,
  type LineRow,
  type SavedRow,
  shownContent,
} from './cart-content.ts';
import { isUsedBy, regionOfCart } from './cart-rows.ts';
import type { LineProblem } from './model.ts';

const DAY_MS = 86_400_000;

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
  /** As far as it is known: stock that does not deliver there does not count. */
  readonly goesTo: { readonly country: string } | null;
  /** Where most parcels of its region go, before the shopper tells. */
  readonly usualCountry: string | null;
  readonly lines: readonly PricedLine[];
  /** Kept for later; only pages look at it. */
  readonly saved: readonly PricedSaved[];
  /** Where it lies, for who reserves it; null where nobody is to. */
  readonly levels: SeenLevels | null;
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

/** Something kept for later, as the shop sells it now. */
export interface PricedSaved {
  readonly row: SavedRow;
  readonly variant: SellableVariant | null;
  readonly amount: number | null;
  readonly compareAtAmount: number | null;
  readonly available: number;
}

/**
 * Loads a cart and checks each line against the catalogue, prices and stock of this moment. One statement.
 *
 * @param goesTo null: where the shopper told in the cart
 * @returns null when there is no such active cart, or it is not for who asks
 */
export async function loadPricedCart(
  ctx: Context,
  cartId: string,
  goesTo: PricedCart['goesTo'],
  how: { toReserve?: boolean | undefined } = {},
): Promise<PricedCart | null> {
  return read(ctx, pricedCartQuestion(ctx, cartId, { ...how, country: goesTo?.country ?? null }));
}

/**
 * The same as a question, to be asked together with others.
 *
 * @param how.country where it goes; null: where the shopper told in the cart
 * @param how.toReserve it is going to be reserved
 */
export function pricedCartQuestion(
  ctx: Context,
  cartId: string,
  how: { country: Given<string | null>; toReserve?: boolean | undefined },
): Read<PricedCart | null> {
  const given = sql`with held as materialized (
    select ${regionOfCart} as region_id, cart.currency, ${groupsOfActor(ctx)} as group_ids,
      coalesce(${how.country}::text, cart.destination ->> 'country') as country,
      array(select line.variant_id from cart_lines line where line.cart_id = cart.id) as variant_ids
    from carts cart where cart.id = ${cartId}::uuid
  )`;
  const variantIds = sql<string[]>`(select variant_ids from held)`;
  const country = sql<string | null>`(select country from held)`;
  const buyer = {
    regionId: sql<string>`(select region_id from held)`,
    currency: sql<CurrencyCode>`(select currency from held)`,
    groupIds: sql<string[]>`(select group_ids from held)`,
  };
  const questions = allOf(
    [
      contentQuestion(ctx, cartId),
      countryQuestion(country),
      sellableQuestion(variantIds),
      pricesQuestion(ctx, variantIds, buyer),
      stockQuestion(ctx, variantIds, cartId, { country }),
      ...(how.toReserve ? [levelsQuestion(variantIds)] : []),
    ],
    given,
  );
  return readOf(questions.query, (rows: readonly unknown[]) => {
    const [content, goesTo, variants, prices, stock, levels = null] = questions.answer(rows);
    return content && pricedCart({ ...content, saved: [] }, goesTo, { variants, prices, stock, levels });
  });
}

function countryQuestion(country: RawBuilder<string | null>): Read<PricedCart['goesTo']> {
  return readOf<{ country: string | null }, PricedCart['goesTo']>(
    sql`select ${country} as country`,
    ([row]) => (row?.country == null ? null : { country: row.country }),
  );
}

/** Checks what a cart holds against the catalogue, prices and stock of this moment, where it goes as the shopper told. One statement. */
export async function priceCart(ctx: Context, content: CartContent): Promise<PricedCart> {
  const variantIds = [...new Set([...content.lines, ...content.saved].map((row) => row.variantId))];
  const goesTo = content.destination;
  const [variants, prices, stock] = await readTogether(
    ctx,
    sellableQuestion(variantIds),
    pricesQuestion(ctx, variantIds, buyerOf(content)),
    stockQuestion(ctx, variantIds, content.id, goesTo),
  );
  return pricedCart(content, goesTo, { variants, prices, stock, levels: null });
}

/** What the shop says of the variants in a cart. */
interface Found {
  readonly variants: readonly SellableVariant[];
  readonly prices: ReadonlyMap<string, VariantPrice>;
  readonly stock: ReadonlyMap<string, Stock>;
  readonly levels: SeenLevels | null;
}

function pricedCart(content: CartContent, goesTo: PricedCart['goesTo'], found: Found): PricedCart {
  const { id, version, currency, regionCode, codes, giftCardIds, destination, usualCountry } = content;
  const { prices, stock, levels } = found;
  const byId = new Map(found.variants.map((variant) => [variant.variantId, variant]));
  const offerOf = (variantId: string): Offer => ({
    variant: byId.get(variantId) ?? null,
    amount: prices.get(variantId)?.amount ?? null,
    compareAtAmount: prices.get(variantId)?.compareAtAmount ?? null,
    available: stock.get(variantId)?.available ?? 0,
  });
  return {
    id,
    version,
    currency,
    regionCode,
    buyer: buyerOf(content),
    codes,
    giftCardIds,
    destination,
    goesTo,
    usualCountry,
    lines: content.lines.map((row) =>
      lineOf(row, offerOf(row.variantId), stock.get(row.variantId), currency),
    ),
    saved: content.saved.map((row) => ({ row, ...offerOf(row.variantId) })),
    levels,
  };
}

/** Whom the prices of a cart are for. */
export function buyerOf(content: CartContent): Buyer {
  const { regionId, currency, pricesIncludeTax, groupIds } = content;
  return { regionId, currency, pricesIncludeTax, groupIds };
}

type Offer = Omit<PricedSaved, 'row'>;

function lineOf(row: LineRow, offer: Offer, stock: Stock | undefined, currency: CurrencyCode): PricedLine {
  const promised = stock && promiseOf(stock, row.quantity);
  return {
    row,
    ...offer,
    promise: promised?.promise ?? 'in_stock',
    shipsAt: promised?.shipsAt ? dayOf(promised.shipsAt) : null,
    problems: problemsOf(row, offer, currency),
  };
}

/** To the day: what is promised does not change between two looks at it. */
const dayOf = (moment: Date) => new Date(Math.floor(moment.getTime() / DAY_MS) * DAY_MS);

function problemsOf(row: LineRow, offer: Offer, currency: CurrencyCode): LineProblem[] {
  const { variant, amount, available } = offer;
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

/** How many units are in the cart, for the header. At most one statement. */
export async function cartSummary(ctx: Context, input: { cartId: string }): Promise<{ itemCount: number }> {
  const content = await shownContent(ctx, input.cartId);
  return { itemCount: sumAmounts((content?.lines ?? []).map((line) => line.quantity)) };
}

/** Whether an active cart of who asks still is at a version: a condition of statements. */
export function isCartAt(ctx: Context, cartId: string, version: number | RawBuilder<number>) {
  return sql<boolean>`exists (
    select from carts cart
    where cart.id = ${cartId}::uuid and cart.status = 'active' and cart.version = ${version} and ${isUsedBy(ctx)}
  )`;
}

/** The version of an active cart; null when there is none. One statement. */
export async function cartVersion(ctx: Context, cartId: string): Promise<number | null> {
  const row = await ctx.db
    .selectFrom('carts as cart')
    .select('version')
    .where('id', '=', cartId)
    .where('status', '=', 'active')
    .where(isUsedBy(ctx))
    .executeTakeFirst();
  return row?.version ?? null;
}

import { type RawBuilder, sql } from 'kysely';
import { type SellableVariant, sellableQuestion } from '../catalog/index.ts';
import { levelsQuestion, promiseOf, type SeenLevels, type Stock, stockQuestion } from '../inventory/index.ts';
import { type Context, type CurrencyCode, moneyOf, readTogether, sumAmounts } from '../kernel/index.ts';
import { type Buyer, pricesQuestion } from '../pricing/index.ts';
import {
  type CartContent,
  type EstimatePlace,
  type LineRow,
  loadContent,
  type SavedRow,
  shownContent,
} from './cart-content.ts';
import { isUsedBy } from './cart-rows.ts';
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
 * Loads a cart and checks each line against the catalogue, prices and stock of this moment. Two statements; one where `content` is given.
 *
 * @param destination where it goes; null: where the shopper told in the cart
 * @param how.content what was read of it just now
 * @param how.toReserve it is going to be reserved
 * @returns null when there is no such active cart, or it is not for who asks
 */
export async function loadPricedCart(
  ctx: Context,
  cartId: string,
  destination: PricedCart['goesTo'],
  how: { content?: CartContent | null | undefined; toReserve?: boolean } = {},
): Promise<PricedCart | null> {
  const held = how.content === undefined ? await loadContent(ctx, cartId) : how.content;
  return held && priceCart(ctx, { ...held, saved: [] }, destination ?? held.destination, how.toReserve);
}

/** Checks what a cart holds against the catalogue, prices and stock of this moment. One statement. */
export async function priceCart(
  ctx: Context,
  content: CartContent,
  goesTo: PricedCart['goesTo'],
  toReserve = false,
): Promise<PricedCart> {
  const { id, version, currency, regionCode, codes, giftCardIds, destination, usualCountry } = content;
  const buyer = buyerOf(content);
  const variantIds = [...new Set([...content.lines, ...content.saved].map((row) => row.variantId))];
  const questions = [
    sellableQuestion(variantIds),
    pricesQuestion(ctx, variantIds, buyer),
    stockQuestion(ctx, variantIds, id, goesTo),
  ] as const;
  const [variants, prices, stock, levels = null] = toReserve
    ? await readTogether(ctx, ...questions, levelsQuestion(variantIds))
    : await readTogether(ctx, ...questions);
  const byId = new Map(variants.map((variant) => [variant.variantId, variant]));
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
    buyer,
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

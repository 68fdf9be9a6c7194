import { sql } from 'kysely';
import { type SellableVariant, sellableVariants } from '../catalog/index.ts';
import { availabilityOf } from '../inventory/index.ts';
import { type Context, type CurrencyCode, moneyOf, sumAmounts } from '../kernel/index.ts';
import { type Buyer, groupsOfActor, pricesOf } from '../pricing/index.ts';
import { regionOfCart } from './cart-rows.ts';
import { type CartLineView, type CartView, type LineProblem, MAX_QUANTITY } from './model.ts';

interface LineRow {
  readonly id: string;
  readonly variantId: string;
  readonly quantity: number;
  readonly seenAmount: number;
}

/** A cart with what the shop says of its lines now: the base of every page and of the checkout. */
export interface PricedCart {
  readonly id: string;
  readonly currency: CurrencyCode;
  /** Whom its prices are for. */
  readonly buyer: Buyer;
  readonly lines: readonly PricedLine[];
}

export interface PricedLine {
  readonly row: LineRow;
  /** Null when the variant is gone. */
  readonly variant: SellableVariant | null;
  /** Null when it is not sold in the cart's currency. */
  readonly amount: number | null;
  readonly available: number;
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
      'cart.currency',
      'region.id as region_id',
      'region.prices_include_tax',
      groupsOfActor(ctx).as('groups'),
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
  const [first] = rows;
  if (first === undefined) return null;
  const { currency } = first;
  const buyer: Buyer = {
    regionId: first.region_id,
    currency,
    pricesIncludeTax: first.prices_include_tax,
    groupIds: first.groups,
  };
  const lines = rows.flatMap(({ id, variant_id: variantId, quantity, seen_amount: seenAmount }) =>
    id === null || variantId === null || quantity === null || seenAmount === null
      ? []
      : [{ id, variantId, quantity, seenAmount }],
  );
  const variantIds = lines.map((line) => line.variantId);
  // one after the other: in a transaction they share a connection
  const variants = await sellableVariants(ctx, variantIds);
  const prices = await pricesOf(ctx, variantIds, buyer);
  const stock = await availabilityOf(ctx, variantIds, cartId);
  const byId = new Map(variants.map((variant) => [variant.variantId, variant]));
  return {
    id: cartId,
    currency,
    buyer,
    lines: lines.map((row) => {
      const variant = byId.get(row.variantId) ?? null;
      const amount = prices.get(row.variantId)?.amount ?? null;
      const available = stock.get(row.variantId) ?? 0;
      return {
        row,
        variant,
        amount,
        available,
        problems: problemsOf(row, variant, amount, available, currency),
      };
    }),
  };
}

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

/** Tells whether a cart can go to checkout: it has lines, and none has a problem that is not mended. */
export function canCheckOut(cart: PricedCart): boolean {
  return cart.lines.length > 0 && cart.lines.every((line) => line.problems.length === 0);
}

/** The cart as its page shows it. @returns null when there is none */
export async function getCart(ctx: Context, input: { cartId: string }): Promise<CartView | null> {
  const cart = await loadPricedCart(ctx, input.cartId);
  return cart === null ? null : cartViewOf(cart);
}

export function cartViewOf(cart: PricedCart): CartView {
  const lines = cart.lines.map((line) => lineViewOf(line, cart.currency));
  return {
    id: cart.id,
    lines,
    itemCount: sumAmounts(lines.map((line) => line.quantity)),
    subtotal: moneyOf(sumAmounts(lines.map((line) => line.total.amount)), cart.currency),
    canCheckOut: canCheckOut(cart),
  };
}

function lineViewOf(line: PricedLine, currency: CurrencyCode): CartLineView {
  const unitAmount = line.amount ?? line.row.seenAmount;
  return {
    id: line.row.id,
    variantId: line.row.variantId,
    handle: line.variant?.handle ?? '',
    title: line.variant?.title ?? 'A product that is no longer sold',
    variantTitle: line.variant?.variantTitle ?? '',
    sku: line.variant?.sku ?? '',
    image: line.variant?.image ?? null,
    unitPrice: moneyOf(unitAmount, currency),
    quantity: line.row.quantity,
    maxQuantity: Math.min(MAX_QUANTITY, line.available),
    total: moneyOf(unitAmount * line.row.quantity, currency),
    problems: [...line.problems],
  };
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

/** What an active cart holds, without a look at the catalogue. One statement. */
export async function cartUnits(
  ctx: Context,
  cartId: string,
): Promise<{ variantId: string; quantity: number }[]> {
  return ctx.db
    .selectFrom('cart_lines as line')
    .innerJoin('carts as cart', 'cart.id', 'line.cart_id')
    .select(['line.variant_id as variantId', 'line.quantity'])
    .where('cart.id', '=', cartId)
    .where('cart.status', '=', 'active')
    .execute();
}

import { createHash } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import { forSaleQuestion } from '../catalog/index.ts';
import { stockQuestion } from '../inventory/index.ts';
import {
  addSeconds,
  type Context,
  DomainError,
  readTogether,
  type TransactionContext,
} from '../kernel/index.ts';
import { type Buyer, pricesQuestion } from '../pricing/index.ts';
import { MAX_LINES, MAX_QUANTITY } from './model.ts';

/** How long a request with the same id and variant counts as the same request. */
const REPEAT_SECONDS = 10;

/** What a variant costs a buyer now, and how many of it there are. */
export interface Offer {
  readonly variantId: string;
  readonly amount: number;
  readonly available: number;
}

/**
 * Looks whether a variant can be bought. One statement.
 *
 * @throws DomainError `product_unavailable`
 */
export async function offerOf(
  ctx: Context,
  input: { variantId: string; buyer: Buyer; cartId: string | null },
): Promise<Offer> {
  const { variantId, buyer, cartId } = input;
  const ids = [variantId];
  const [forSale, prices, stock] = await readTogether(
    ctx,
    forSaleQuestion(ids),
    pricesQuestion(ctx, ids, buyer),
    stockQuestion(ctx, ids, cartId, null),
  );
  const amount = prices.get(variantId)?.amount;
  const available = stock.get(variantId)?.available ?? 0;
  if (forSale.has(variantId) && amount !== undefined) return { variantId, amount, available };
  throw new DomainError('product_unavailable', `variant ${variantId} is not for sale`, { variantId });
}

/**
 * How many units a line has when it grows.
 *
 * @param held the lines of the cart
 * @throws DomainError `out_of_stock` with `{ variantId, available, inCart }`, `quantity_limit` with `{ limit }`
 */
export function grown(
  held: readonly { variantId: string; quantity: number }[],
  offer: Offer,
  quantity: number,
): number {
  const { variantId, available } = offer;
  const inCart = held.find((line) => line.variantId === variantId)?.quantity ?? 0;
  const wanted = inCart + quantity;
  if (wanted > available) {
    throw new DomainError('out_of_stock', `variant ${variantId}: ${wanted} wanted, ${available} left`, {
      variantId,
      available,
      inCart,
    });
  }
  const isFull = inCart === 0 && held.length >= MAX_LINES;
  if (wanted <= MAX_QUANTITY && !isFull) return wanted;
  const limit = isFull ? MAX_LINES : MAX_QUANTITY;
  throw new DomainError(
    'quantity_limit',
    `the cart can hold ${MAX_QUANTITY} units of ${MAX_LINES} variants`,
    { limit },
  );
}

/** Writes a line as it is from now on. One statement. */
export async function putLine(
  tx: TransactionContext,
  line: { cartId: string; variantId: string; quantity: number; amount: number },
): Promise<void> {
  await tx.db
    .insertInto('cart_lines')
    .values({
      id: tx.ids.next(),
      cart_id: line.cartId,
      variant_id: line.variantId,
      quantity: line.quantity,
      seen_amount: line.amount,
      added_at: tx.clock.now(),
    })
    .onConflict((conflict) =>
      conflict
        .columns(['cart_id', 'variant_id'])
        .doUpdateSet({ quantity: line.quantity, seen_amount: line.amount }),
    )
    .execute();
}

/** The lines of a cart that the caller has locked. One statement. */
export async function linesOf(
  tx: TransactionContext,
  cartId: string,
): Promise<{ variantId: string; quantity: number }[]> {
  return tx.db
    .selectFrom('cart_lines')
    .select(['variant_id as variantId', 'quantity'])
    .where('cart_id', '=', cartId)
    .execute();
}

/**
 * What a request is known by: its id and where it comes from, so that who got a copy of the same page is somebody else.
 */
export function requestKey(ctx: Pick<Context, 'origin'>, requestId: string): string {
  const hash = createHash('sha256')
    .update(`${requestId}\n${ctx.origin.address}\n${ctx.origin.userAgent}`)
    .digest('hex');
  return hash.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/**
 * Notes a request; returns a row when it is new. A double click or a retry repeats a request within seconds. Later it is a wish of its
 * own: a page that was gone back to holds the same id.
 */
export function notedRequest(
  ctx: Pick<Context, 'clock'>,
  request: { key: string; variantId: string; cartId: string },
): RawBuilder<unknown> {
  const now = ctx.clock.now();
  return sql`
    insert into cart_requests as request (id, variant_id, cart_id, created_at)
    values (${request.key}::uuid, ${request.variantId}::uuid, ${request.cartId}::uuid, ${now}::timestamptz)
    on conflict (id, variant_id) do update set cart_id = excluded.cart_id, created_at = excluded.created_at
      where request.created_at < ${addSeconds(now, -REPEAT_SECONDS)}::timestamptz
    returning id
  `;
}

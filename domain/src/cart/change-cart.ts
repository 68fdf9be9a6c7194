import { sql } from 'kysely';
import { variantsForSale } from '../catalog/index.ts';
import { availabilityOf } from '../inventory/index.ts';
import { addSeconds, type Context, DomainError, type TransactionContext } from '../kernel/index.ts';
import { pricesOf } from '../pricing/index.ts';
import { insertCart, touchCart } from './cart-rows.ts';
import { isBought } from './get-cart.ts';
import { MAX_LINES, MAX_QUANTITY } from './model.ts';
import { linesToMend } from './view-cart.ts';

/** How long a request with the same id and variant counts as the same request. */
const REPEAT_SECONDS = 10;

/** What a change left in a cart. */
export interface ChangedCart {
  readonly id: string;
  /** Units of all lines. */
  readonly itemCount: number;
}

/**
 * Puts units of a variant into a cart, which is made when there is none. A line that exists grows; the sum may not pass what
 * is in stock. Seven statements.
 *
 * @param input.cartId null, unknown or expired: a new cart
 * @param input.requestId the same twice within ten seconds adds once, so that a double click or a retry does no harm
 * @throws DomainError `product_unavailable`, `out_of_stock` with `{ variantId, available, inCart }`, `quantity_limit`
 */
export async function addToCart(
  ctx: Context,
  input: { cartId: string | null; variantId: string; quantity: number; requestId?: string | undefined },
): Promise<{ cart: ChangedCart }> {
  const { variantId, quantity } = input;
  return ctx.transaction(async (tx) => {
    const known = await touchCart(tx, input.cartId);
    const cart = known ?? (await insertCart(tx));
    const lines = known ? await unitsIn(tx, cart.id) : [];
    const itemCount = lines.reduce((sum, line) => sum + line.quantity, 0);
    if (input.requestId && !(await isNewRequest(tx, cart.id, variantId, input.requestId))) {
      return { cart: { id: cart.id, itemCount } };
    }
    const forSale = await variantsForSale(tx, [variantId]);
    const prices = await pricesOf(tx, [variantId], cart.buyer);
    const stock = await availabilityOf(tx, [variantId], cart.id);
    const amount = prices.get(variantId)?.amount;
    if (!forSale.has(variantId) || amount === undefined) {
      throw new DomainError('product_unavailable', `variant ${variantId} is not for sale`, { variantId });
    }
    await growLine(tx, lines, {
      cartId: cart.id,
      variantId,
      quantity,
      amount,
      available: stock.get(variantId) ?? 0,
    });
    return { cart: { id: cart.id, itemCount: itemCount + quantity } };
  });
}

/**
 * A double click or a retry repeats a request within seconds. Later it is a wish of its own: a page that was gone back to holds
 * the same id.
 */
async function isNewRequest(
  tx: TransactionContext,
  cartId: string,
  variantId: string,
  requestId: string,
): Promise<boolean> {
  const now = tx.clock.now();
  const { numInsertedOrUpdatedRows } = await tx.db
    .insertInto('cart_requests')
    .values({ id: requestId, variant_id: variantId, cart_id: cartId, created_at: now })
    .onConflict((conflict) =>
      conflict
        .columns(['id', 'variant_id'])
        .doUpdateSet({ cart_id: cartId, created_at: now })
        .where('cart_requests.created_at', '<', addSeconds(now, -REPEAT_SECONDS)),
    )
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

async function unitsIn(tx: TransactionContext, cartId: string) {
  return tx.db
    .selectFrom('cart_lines')
    .select(['variant_id as variantId', 'quantity'])
    .where('cart_id', '=', cartId)
    .execute();
}

async function growLine(
  tx: TransactionContext,
  lines: readonly { variantId: string; quantity: number }[],
  line: { cartId: string; variantId: string; quantity: number; amount: number; available: number },
): Promise<void> {
  const inCart = lines.find((row) => row.variantId === line.variantId)?.quantity ?? 0;
  const wanted = inCart + line.quantity;
  if (wanted > line.available) {
    throw new DomainError(
      'out_of_stock',
      `variant ${line.variantId}: ${wanted} wanted, ${line.available} left`,
      {
        variantId: line.variantId,
        available: line.available,
        inCart,
      },
    );
  }
  if (wanted > MAX_QUANTITY || (inCart === 0 && lines.length >= MAX_LINES)) {
    throw new DomainError(
      'quantity_limit',
      `the cart can hold ${MAX_QUANTITY} units of ${MAX_LINES} variants`,
      {
        limit: wanted > MAX_QUANTITY ? MAX_QUANTITY : MAX_LINES,
      },
    );
  }
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
      conflict.columns(['cart_id', 'variant_id']).doUpdateSet({ quantity: wanted, seen_amount: line.amount }),
    )
    .execute();
}

/**
 * Sets the units of a line. More than is in stock is refused and changes nothing. Five statements.
 *
 * @throws DomainError `not_found`, `out_of_stock` with `{ variantId, available }`
 */
export async function setLineQuantity(
  ctx: Context,
  input: { cartId: string; lineId: string; quantity: number },
): Promise<void> {
  await ctx.transaction(async (tx) => {
    const cart = await touchCart(tx, input.cartId);
    const line = cart ? await findLine(tx, input) : undefined;
    if (!cart || !line)
      throw new DomainError('not_found', `cart ${input.cartId} has no line ${input.lineId}`);
    const available = (await availabilityOf(tx, [line.variantId], cart.id)).get(line.variantId) ?? 0;
    if (input.quantity > available) {
      throw new DomainError('out_of_stock', `${input.quantity} wanted, ${available} left`, {
        variantId: line.variantId,
        available,
      });
    }
    const amount = (await pricesOf(tx, [line.variantId], cart.buyer)).get(line.variantId)?.amount;
    await tx.db
      .updateTable('cart_lines')
      .set({ quantity: input.quantity, ...(amount === undefined ? {} : { seen_amount: amount }) })
      .where('id', '=', input.lineId)
      .execute();
  });
}

function findLine(tx: TransactionContext, input: { cartId: string; lineId: string }) {
  return tx.db
    .selectFrom('cart_lines')
    .select('variant_id as variantId')
    .where('id', '=', input.lineId)
    .where('cart_id', '=', input.cartId)
    .executeTakeFirst();
}

/** Takes a line out of the cart; a line that is gone already is no error. Two statements. */
export async function removeLine(ctx: Context, input: { cartId: string; lineId: string }): Promise<void> {
  await ctx.transaction(async (tx) => {
    const cart = await touchCart(tx, input.cartId);
    if (!cart) return;
    await tx.db
      .deleteFrom('cart_lines')
      .where('id', '=', input.lineId)
      .where('cart_id', '=', input.cartId)
      .execute();
  });
}

/** Mends every line: new prices are taken as seen, quantities come down to what is left, what is not sold goes. */
export async function acceptCartChanges(ctx: Context, input: { cartId: string }): Promise<void> {
  await ctx.transaction(async (tx) => {
    if (!(await touchCart(tx, input.cartId))) return;
    const mended = (await linesToMend(tx, input.cartId)).map((line) => ({
      id: line.row.id,
      quantity: isBought(line) ? Math.min(line.row.quantity, line.available) : 0,
      amount: line.amount ?? line.row.seenAmount,
    }));
    if (mended.length === 0) return;
    const gone = mended.filter((line) => line.quantity === 0).map((line) => line.id);
    if (gone.length > 0) await tx.db.deleteFrom('cart_lines').where('id', 'in', gone).execute();
    await sql`
      update cart_lines line set quantity = row.quantity, seen_amount = row.amount
      from jsonb_to_recordset(${JSON.stringify(mended.filter((line) => line.quantity > 0))}::jsonb)
        as row (id uuid, quantity integer, amount bigint)
      where line.id = row.id
    `.execute(tx.db);
  });
}

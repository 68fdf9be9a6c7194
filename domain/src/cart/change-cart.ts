import { sql } from 'kysely';
import { availabilityOf } from '../inventory/index.ts';
import { type Context, DomainError, type TransactionContext } from '../kernel/index.ts';
import { pricesOf } from '../pricing/index.ts';
import { changing, keyOfCart } from './cart-cache.ts';
import { touchCart } from './cart-rows.ts';
import { isBought } from './get-cart.ts';
import { linesToMend } from './view-cart.ts';

/**
 * Sets the units of a line. More than is in stock is refused and changes nothing. Five statements.
 *
 * @throws DomainError `not_found`, `out_of_stock` with `{ variantId, available }`
 */
export async function setLineQuantity(
  ctx: Context,
  input: { cartId: string; lineId: string; quantity: number },
): Promise<void> {
  await changing(ctx, [keyOfCart(input.cartId)], async (tx) => {
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

/**
 * Takes a line out of the cart; a line that is gone already is no error. Two statements.
 *
 * @returns what was taken out, so that it can be put back; null when there was nothing
 */
export async function removeLine(
  ctx: Context,
  input: { cartId: string; lineId: string },
): Promise<{ variantId: string; quantity: number } | null> {
  return changing(ctx, [keyOfCart(input.cartId)], async (tx) => {
    const cart = await touchCart(tx, input.cartId);
    if (!cart) return null;
    const removed = await tx.db
      .deleteFrom('cart_lines')
      .where('id', '=', input.lineId)
      .where('cart_id', '=', cart.id)
      .returning(['variant_id as variantId', 'quantity'])
      .executeTakeFirst();
    return removed ?? null;
  });
}

/**
 * Mends what is wrong with lines: new prices are taken as seen, quantities come down to what is left, what is not sold goes.
 *
 * @param input.lineId the one to mend; left out: all of them
 */
export async function acceptCartChanges(
  ctx: Context,
  input: { cartId: string; lineId?: string | undefined },
): Promise<void> {
  await changing(ctx, [keyOfCart(input.cartId)], async (tx) => {
    if (!(await touchCart(tx, input.cartId))) return;
    const wrong = await linesToMend(tx, input.cartId);
    const chosen = wrong.filter((line) => input.lineId === undefined || line.row.id === input.lineId);
    const mended = chosen.map((line) => ({
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

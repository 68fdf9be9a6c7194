import { sql } from 'kysely';
import { z } from 'zod';
import { sellableVariants } from '../catalog/index.ts';
import type { Context, TransactionContext } from '../kernel/index.ts';
import { keyOfAccount, keyOfCart, markChanging } from './cart-cache.ts';
import { estimatePlace } from './cart-content.ts';

/** A cart as its owner is handed a copy of it. */
export const exportedCart = z.object({
  status: z.string(),
  currency: z.string(),
  /** Where to, as far as it was told for an estimate. */
  destination: estimatePlace.nullable(),
  /** Where a mail with a link to the cart was asked for to; null when none was. */
  reminderEmail: z.string().nullable(),
  createdAt: z.date(),
  updatedAt: z.date(),
  items: z.array(
    z.object({ sku: z.string(), title: z.string(), quantity: z.int(), isKeptForLater: z.boolean() }),
  ),
});
export type ExportedCart = z.infer<typeof exportedCart>;

interface Owner {
  readonly userId: string;
  /** For carts that they had as a guest; null when it is not known any more. */
  readonly email: string | null;
}

interface HeldLine {
  readonly cart_id: string;
  readonly variant_id: string;
  readonly quantity: number;
  readonly is_saved: boolean;
}

function cartsOf(ctx: Context, { userId, email }: Owner) {
  return ctx.db
    .selectFrom('carts')
    .selectAll()
    .where((eb) => eb.or([eb('user_id', '=', userId), ...(email === null ? [] : [eb('email', '=', email)])]));
}

/** The carts of an account, and guests' that asked for a mail to its address, for the copy of its data. Three statements. */
export async function exportCarts(ctx: Context, owner: Owner): Promise<ExportedCart[]> {
  const carts = await cartsOf(ctx, owner).orderBy('created_at', 'desc').orderBy('id').execute();
  if (carts.length === 0) return [];
  const ids = carts.map((cart) => cart.id);
  const { rows: lines } = await sql<HeldLine>`
    select cart_id, variant_id, quantity, false as is_saved from cart_lines where cart_id = any(${ids}::uuid[])
    union all
    select cart_id, variant_id, quantity, true from cart_saved_lines where cart_id = any(${ids}::uuid[])
  `.execute(ctx.db);
  const variants = await sellableVariants(ctx, [...new Set(lines.map((line) => line.variant_id))]);
  const byId = new Map(variants.map((variant) => [variant.variantId, variant]));
  return carts.map((cart) => ({
    status: cart.status,
    currency: cart.currency,
    destination: estimatePlace.nullable().catch(null).parse(cart.destination),
    reminderEmail: cart.email,
    createdAt: cart.created_at,
    updatedAt: cart.updated_at,
    items: lines.flatMap(({ cart_id: cartId, variant_id: variantId, quantity, is_saved: isKeptForLater }) => {
      const variant = byId.get(variantId);
      if (cartId !== cart.id || !variant) return [];
      return { sku: variant.sku, title: variant.title, quantity, isKeptForLater };
    }),
  }));
}

/**
 * Takes from carts what tells whose they were, and lets those lapse that were not ordered: part of erasing somebody. Repeating it changes
 * nothing. That they want no mails about carts is kept, by a keyed hash. Three statements.
 *
 * @returns the carts, to let go of mails about them
 */
export async function forgetCartsOf(tx: TransactionContext, owner: Owner): Promise<{ cartIds: string[] }> {
  const carts = await cartsOf(tx, owner).orderBy('id').forUpdate().execute();
  const cartIds = carts.map((cart) => cart.id);
  if (cartIds.length === 0) return { cartIds };
  await markChanging(tx, [keyOfAccount(owner.userId), ...cartIds.map(keyOfCart)]);
  const isTheirs = (cart: (typeof carts)[number]) => cart.user_id === owner.userId;
  const own = carts.filter(isTheirs).map((cart) => cart.id);
  if (own.length > 0) {
    await tx.db
      .updateTable('carts')
      .set({ user_id: null, destination: null, expires_at: tx.clock.now() })
      .where('id', 'in', own)
      .execute();
  }
  await tx.db
    .updateTable('carts')
    .set({ email: null, wants_reminder: false })
    .where('id', 'in', cartIds)
    .execute();
  return { cartIds };
}

import { type AddedAll, addAllToCart } from '../cart/index.ts';
import { authorise, type Context, currentUserId, DomainError } from '../kernel/index.ts';
import { takeOffList } from './wishlists-items.ts';
import { listOfLink } from './wishlists-link.ts';

/**
 * Moves what can be bought now from one of the customer's lists into a cart, one unit of each; the rest stays on the list.
 *
 * @param input.variantId the one to move; null: all of them
 * @param input.keeps leaves on the list, too, what goes into the cart
 * @throws DomainError `not_found` when the list is not theirs or does not hold the variant
 */
export async function wishlistToCart(
  ctx: Context,
  input: { wishlistId: string; variantId: string | null; keeps: boolean; cartId: string | null },
): Promise<AddedAll> {
  authorise(ctx, 'account:own');
  authorise(ctx, 'cart:use');
  const userId = currentUserId(ctx);
  return ctx.transaction(async (tx) => {
    const list = await tx.db
      .selectFrom('wishlists')
      .select('id')
      .where('id', '=', input.wishlistId)
      .where('user_id', '=', userId)
      .forUpdate()
      .executeTakeFirst();
    const held = list ? await variantsOn(tx, list.id) : [];
    const wanted = held.filter((variantId) => input.variantId === null || variantId === input.variantId);
    if (!list || (input.variantId !== null && wanted.length === 0)) {
      throw new DomainError('not_found', `wishlist ${input.wishlistId} does not hold ${input.variantId}`);
    }
    const added = await addAllToCart(tx, { cartId: input.cartId, variantIds: wanted });
    if (!input.keeps && added.inCart.length > 0) await takeOffList(tx, list.id, added.inCart);
    return added;
  });
}

/**
 * Puts what can be bought now of a list that somebody shared into a cart, one unit of each.
 *
 * @param input.variantId the one to add; null: all of them
 * @throws DomainError `not_found` when the link opens no list, or the list does not hold the variant
 */
export async function sharedWishlistToCart(
  ctx: Context,
  input: { token: string; variantId: string | null; cartId: string | null },
): Promise<AddedAll> {
  authorise(ctx, 'cart:use');
  const list = await listOfLink(ctx, input.token);
  const held = list ? await variantsOn(ctx, list.id) : [];
  const wanted = held.filter((variantId) => input.variantId === null || variantId === input.variantId);
  if (!list || (input.variantId !== null && wanted.length === 0)) {
    throw new DomainError('not_found', 'the link opens no list that holds it');
  }
  return addAllToCart(ctx, { cartId: input.cartId, variantIds: wanted });
}

async function variantsOn(ctx: Context, wishlistId: string): Promise<string[]> {
  const rows = await ctx.db
    .selectFrom('wishlist_items')
    .select('variant_id')
    .where('wishlist_id', '=', wishlistId)
    .orderBy('added_at', 'desc')
    .orderBy('variant_id')
    .execute();
  return rows.map((row) => row.variant_id);
}

import { sellableVariants } from '../catalog/index.ts';
import {
  authorise,
  type Context,
  currentUserId,
  DomainError,
  type TransactionContext,
} from '../kernel/index.ts';
import { firstWishlist } from './wishlists-change.ts';
import { MAX_WISHLIST_ITEMS } from './wishlists-model.ts';

/**
 * Puts a variant on a list; one that is on it already stays where it is. Sold out is no obstacle: that is what wishes are for.
 *
 * @param input.wishlistId null: the customer's oldest list, made when there is none
 * @returns the list that it is on
 * @throws DomainError `not_found`, `product_unavailable` when the variant is not sold, `limit_reached` with `{ limit }`
 */
export async function addToWishlist(
  ctx: Context,
  input: { wishlistId: string | null; variantId: string },
): Promise<{ wishlistId: string; name: string }> {
  authorise(ctx, 'account:own');
  const userId = currentUserId(ctx);
  return ctx.transaction(async (tx) => {
    const listId = input.wishlistId ?? (await firstWishlist(tx, userId)).id;
    const [list] = await lockLists(tx, userId, [listId]);
    const [variant] = await sellableVariants(tx, [input.variantId]);
    if (!variant?.isForSale) {
      throw new DomainError('product_unavailable', `variant ${input.variantId} is not for sale`);
    }
    await putOnList(tx, listId, input.variantId);
    return { wishlistId: listId, name: list?.name ?? '' };
  });
}

/** Takes a variant off a list; one that is gone already is no error. Two statements. @throws DomainError `not_found` */
export async function removeFromWishlist(
  ctx: Context,
  input: { wishlistId: string; variantId: string },
): Promise<void> {
  authorise(ctx, 'account:own');
  const userId = currentUserId(ctx);
  await ctx.transaction(async (tx) => {
    await lockLists(tx, userId, [input.wishlistId]);
    await takeOffList(tx, input.wishlistId, [input.variantId]);
  });
}

/**
 * Moves a variant from one list of the customer to another. Five statements.
 *
 * @throws DomainError `not_found` when a list is not theirs or does not hold it, `limit_reached` with `{ limit }`
 */
export async function moveBetweenWishlists(
  ctx: Context,
  input: { fromId: string; toId: string; variantId: string },
): Promise<void> {
  authorise(ctx, 'account:own');
  const userId = currentUserId(ctx);
  if (input.fromId === input.toId) return;
  await ctx.transaction(async (tx) => {
    await lockLists(tx, userId, [input.fromId, input.toId]);
    const moved = await takeOffList(tx, input.fromId, [input.variantId]);
    if (moved === 0) {
      throw new DomainError('not_found', `wishlist ${input.fromId} does not hold ${input.variantId}`);
    }
    await putOnList(tx, input.toId, input.variantId);
  });
}

/** Locks lists of a customer for a change, in id order. One statement. @throws DomainError `not_found` */
async function lockLists(tx: TransactionContext, userId: string, listIds: readonly string[]) {
  const lists = await tx.db
    .selectFrom('wishlists')
    .select(['id', 'name'])
    .where('id', 'in', listIds)
    .where('user_id', '=', userId)
    .orderBy('id')
    .forUpdate()
    .execute();
  if (lists.length < listIds.length) throw new DomainError('not_found', `no wishlist ${listIds.join(', ')}`);
  return lists;
}

/** Takes variants off a list. One statement. @returns how many were on it */
export async function takeOffList(
  tx: Context,
  listId: string,
  variantIds: readonly string[],
): Promise<number> {
  const { numDeletedRows } = await tx.db
    .deleteFrom('wishlist_items')
    .where('wishlist_id', '=', listId)
    .where('variant_id', 'in', variantIds)
    .executeTakeFirst();
  return Number(numDeletedRows);
}

/** Under the list's lock, so that the cap holds. Three statements at most. */
async function putOnList(tx: TransactionContext, listId: string, variantId: string): Promise<void> {
  const { items, has } = await tx.db
    .selectFrom('wishlist_items')
    .select((eb) => [
      eb.fn.countAll<number>().as('items'),
      eb.fn.countAll<number>().filterWhere('variant_id', '=', variantId).as('has'),
    ])
    .where('wishlist_id', '=', listId)
    .executeTakeFirstOrThrow();
  if (Number(has) > 0) return;
  if (Number(items) >= MAX_WISHLIST_ITEMS) {
    throw new DomainError('limit_reached', `a wishlist may hold ${MAX_WISHLIST_ITEMS} items`, {
      limit: MAX_WISHLIST_ITEMS,
    });
  }
  const now = tx.clock.now();
  await tx.db
    .insertInto('wishlist_items')
    .values({ wishlist_id: listId, variant_id: variantId, added_at: now })
    .execute();
  await tx.db.updateTable('wishlists').set({ updated_at: now }).where('id', '=', listId).execute();
}

import { sql } from 'kysely';
import { sellableVariants } from '../catalog/index.ts';
import { availabilityOf } from '../inventory/index.ts';
import { authorise, type Context, currentUserId, DomainError, moneyOf } from '../kernel/index.ts';
import { currentBuyer, pricesOf } from '../pricing/index.ts';
import { shareUrlOf } from './wishlists-link.ts';
import {
  MAX_SHOWN_UNITS,
  type WishlistItem,
  type WishlistSummary,
  type WishlistView,
} from './wishlists-model.ts';

const PREVIEWS = 4;

/** The customer's lists, the oldest first: it is where a wish goes that names no list. Two statements. */
export async function listWishlists(ctx: Context): Promise<WishlistSummary[]> {
  authorise(ctx, 'account:own');
  const rows = await ctx.db
    .selectFrom('wishlists as list')
    .select([
      'list.id',
      'list.name',
      'list.is_shared',
      'list.updated_at',
      sql<number>`(select count(*)::int from wishlist_items item where item.wishlist_id = list.id)`.as(
        'items',
      ),
      sql<string[]>`array(
        select item.variant_id::text from wishlist_items item where item.wishlist_id = list.id
        order by item.added_at desc, item.variant_id limit ${PREVIEWS}
      )`.as('previews'),
    ])
    .where('list.user_id', '=', currentUserId(ctx))
    .orderBy('list.created_at')
    .orderBy('list.id')
    .execute();
  const shown = await sellableVariants(ctx, [...new Set(rows.flatMap((row) => row.previews))]);
  const images = new Map(shown.map((variant) => [variant.variantId, variant.image]));
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    isShared: row.is_shared,
    itemCount: row.items,
    images: row.previews.flatMap((variantId) => images.get(variantId) ?? []),
    updatedAt: row.updated_at,
  }));
}

/** One of the customer's lists. Five statements. @throws DomainError `not_found`, also when it is somebody else's */
export async function getWishlist(ctx: Context, input: { wishlistId: string }): Promise<WishlistView> {
  authorise(ctx, 'account:own');
  const list = await ctx.db
    .selectFrom('wishlists')
    .select(['id', 'name', 'is_shared', 'share_serial'])
    .where('id', '=', input.wishlistId)
    .where('user_id', '=', currentUserId(ctx))
    .executeTakeFirst();
  if (!list) throw new DomainError('not_found', `no wishlist ${input.wishlistId}`);
  return {
    id: list.id,
    name: list.name,
    shareUrl: list.is_shared ? shareUrlOf(ctx, list) : null,
    items: await itemsOf(ctx, list.id),
  };
}

/** What a list holds, with prices and stock of this moment. Four statements. */
export async function itemsOf(ctx: Context, wishlistId: string): Promise<WishlistItem[]> {
  const rows = await ctx.db
    .selectFrom('wishlist_items')
    .select(['variant_id as variantId', 'added_at as addedAt'])
    .where('wishlist_id', '=', wishlistId)
    .orderBy('added_at', 'desc')
    .orderBy('variant_id')
    .execute();
  const buyer = await currentBuyer(ctx);
  const { currency } = buyer;
  const variantIds = rows.map((row) => row.variantId);
  const [variants, prices, stock] = await Promise.all([
    sellableVariants(ctx, variantIds),
    pricesOf(ctx, variantIds, buyer),
    availabilityOf(ctx, variantIds),
  ]);
  const byId = new Map(variants.map((variant) => [variant.variantId, variant]));
  return rows.flatMap(({ variantId, addedAt }) => {
    const variant = byId.get(variantId);
    // deleted since the rows were read
    if (!variant) return [];
    const price = prices.get(variantId);
    const isForSale = variant.isForSale && price !== undefined;
    return {
      variantId,
      productId: variant.productId,
      handle: variant.handle,
      title: variant.title,
      variantTitle: variant.variantTitle,
      image: variant.image,
      price: isForSale ? moneyOf(price.amount, currency) : null,
      compareAt:
        isForSale && price.compareAtAmount !== null ? moneyOf(price.compareAtAmount, currency) : null,
      available: isForSale ? Math.min(stock.get(variantId) ?? 0, MAX_SHOWN_UNITS) : 0,
      isForSale,
      addedAt,
    };
  });
}

import { sql } from 'kysely';
import { z } from 'zod';
import { productIdsOfHandles } from '../catalog/index.ts';
import { authorise, type Context, currentUserId, DomainError } from '../kernel/index.ts';
import { type ProductCard, productCards } from '../search/index.ts';

/** How many products are remembered, for customers and for guests. */
export const MAX_RECENTLY_VIEWED = 20;

export const recentlyViewedQuery = z.object({
  /** What a guest's browser remembers, the newest first; of no effect for somebody who is logged in. */
  handles: z.array(z.string().min(1).max(200)).max(MAX_RECENTLY_VIEWED).default([]),
  /** The product whose page asks: it is left out. */
  exceptId: z.uuid().nullable().default(null),
  limit: z.int().min(1).max(MAX_RECENTLY_VIEWED).default(MAX_RECENTLY_VIEWED),
});

/** What somebody looked at, the newest first, as listings show it. Two statements. */
export async function recentlyViewed(
  ctx: Context,
  input: z.infer<typeof recentlyViewedQuery>,
): Promise<ProductCard[]> {
  authorise(ctx, 'catalog:read');
  const ids =
    ctx.actor.kind === 'user'
      ? await idsViewedBy(ctx, currentUserId(ctx))
      : await productIdsOfHandles(ctx, [...new Set(input.handles)]);
  const cards = await productCards(
    ctx,
    ids.filter((id) => id !== input.exceptId),
  );
  return cards.slice(0, input.limit);
}

async function idsViewedBy(ctx: Context, userId: string): Promise<string[]> {
  const rows = await ctx.db
    .selectFrom('recently_viewed')
    .select('product_id')
    .where('user_id', '=', userId)
    .orderBy('viewed_at', 'desc')
    .orderBy('product_id')
    .limit(MAX_RECENTLY_VIEWED)
    .execute();
  return rows.map((row) => row.product_id);
}

/**
 * Notes that a customer looked at a product; looking again only moves it to the front. The oldest are forgotten. One statement.
 *
 * @throws DomainError `not_found` when there is no such product
 */
export async function noteView(ctx: Context, input: { productId: string }): Promise<void> {
  authorise(ctx, 'account:own');
  const userId = currentUserId(ctx);
  const { productId } = input;
  // in a transaction, because two pages opened at once may forget what the other one notes: then one of them is tried again
  await ctx
    .transaction(async (tx) => {
      await sql`
        with noted as (
          insert into recently_viewed (user_id, product_id, viewed_at)
          values (${userId}, ${productId}, ${tx.clock.now()})
          on conflict (user_id, product_id) do update
            set viewed_at = greatest(recently_viewed.viewed_at, excluded.viewed_at)
        )
        delete from recently_viewed where user_id = ${userId} and product_id in (
          select product_id from recently_viewed
          where user_id = ${userId} and product_id <> ${productId}
          order by viewed_at desc, product_id offset ${MAX_RECENTLY_VIEWED - 1}
        )
      `.execute(tx.db);
    })
    .catch((error: unknown) => {
      if (!isUnknownProduct(error)) throw error;
      throw new DomainError('not_found', `no product ${productId}`, {}, { cause: error });
    });
}

function isUnknownProduct(error: unknown): boolean {
  return (
    error instanceof Error && 'constraint' in error && error.constraint === 'recently_viewed_product_id_fkey'
  );
}

/** Forgets all that a customer looked at. One statement. */
export async function clearRecentlyViewed(ctx: Context): Promise<void> {
  authorise(ctx, 'account:own');
  await ctx.db.deleteFrom('recently_viewed').where('user_id', '=', currentUserId(ctx)).execute();
}

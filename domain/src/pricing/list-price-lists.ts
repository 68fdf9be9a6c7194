import { sql } from 'kysely';
import { z } from 'zod';
import {
  authorise,
  type Context,
  DomainError,
  decodeCursor,
  encodeCursor,
  type Page,
} from '../kernel/index.ts';
import type { ListedPrice, PriceList } from './price-lists-model.ts';

/** All price lists, those that stand before others first. One statement. @throws DomainError `unauthenticated`, `forbidden` */
export async function listPriceLists(ctx: Context): Promise<PriceList[]> {
  authorise(ctx, 'prices:update');
  const rows = await ctx.db
    .selectFrom('price_lists as list')
    .selectAll('list')
    .select(
      sql<number>`(select count(*)::int from price_list_prices price where price.price_list_id = list.id)`.as(
        'price_count',
      ),
    )
    .orderBy('list.priority', 'desc')
    .orderBy('list.created_at', 'desc')
    .orderBy('list.id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    currency: row.currency,
    regionId: row.region_id,
    groupId: row.group_id,
    isSale: row.is_sale,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    priority: row.priority,
    isActive: row.is_active,
    priceCount: row.price_count,
    updatedAt: row.updated_at,
  }));
}

export const listedPricesQuery = z.strictObject({
  priceListId: z.uuid(),
  cursor: z.string().max(500).nullable().default(null),
  limit: z.int().min(1).max(500).default(100),
});

/**
 * The prices of a list, in the order of the variants' ids. Two statements.
 *
 * @throws DomainError `unauthenticated`, `forbidden`, `not_found`, `invalid_input`
 */
export async function listedPrices(
  ctx: Context,
  input: z.infer<typeof listedPricesQuery>,
): Promise<Page<ListedPrice>> {
  authorise(ctx, 'prices:update');
  const after = input.cursor === null ? null : decodeCursor(z.uuid(), input.cursor);
  const list = await ctx.db
    .selectFrom('price_lists')
    .select('currency')
    .where('id', '=', input.priceListId)
    .executeTakeFirst();
  if (!list) throw new DomainError('not_found', `no price list ${input.priceListId}`);
  const rows = await ctx.db
    .selectFrom('price_list_prices as price')
    .leftJoin('prices as usual', (join) =>
      join.onRef('usual.variant_id', '=', 'price.variant_id').on('usual.currency', '=', list.currency),
    )
    .select(['price.variant_id', 'price.amount', 'usual.amount as usual_amount'])
    .where('price.price_list_id', '=', input.priceListId)
    .$if(after !== null, (query) => query.where('price.variant_id', '>', after ?? ''))
    .orderBy('price.variant_id')
    .limit(input.limit + 1)
    .execute();
  const items = rows.slice(0, input.limit).map((row) => ({
    variantId: row.variant_id,
    amount: row.amount,
    usualAmount: row.usual_amount,
  }));
  const hasMore = rows.length > input.limit;
  return { items, nextCursor: hasMore ? encodeCursor(items.at(-1)?.variantId) : null };
}

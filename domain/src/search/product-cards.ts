import { sql } from 'kysely';
import type { Context } from '../kernel/index.ts';
import { currentRegion } from '../pricing/index.ts';
import { cardOf, storedCard } from './document.ts';
import { forGroups } from './group-prices.ts';
import type { ProductCard } from './model.ts';

/**
 * Products as listings show them, in the order of the ids; those that are not for sale where who is asking shops are left out. Two
 * statements; one more for who is logged in, and two more for members of a customer group.
 */
export async function productCards(ctx: Context, productIds: readonly string[]): Promise<ProductCard[]> {
  if (productIds.length === 0) return [];
  const region = await currentRegion(ctx);
  const rows = await ctx.db
    .selectFrom('search_documents')
    .select('document')
    .where('product_id', '=', sql<string>`any(${[...productIds]}::uuid[])`)
    .execute();
  const now = ctx.clock.now();
  const found = rows.flatMap((row) => cardOf(storedCard.parse(row.document), region, now) ?? []);
  const cards = new Map((await forGroups(ctx, found, region)).map((card) => [card.id, card]));
  return productIds.flatMap((id) => cards.get(id) ?? []);
}

import { sql } from 'kysely';
import type { Context } from '../kernel/index.ts';
import { cardOf, storedCard } from './document.ts';
import type { ProductCard } from './model.ts';

/** Products as listings show them, in the order of the ids; those that are not for sale are left out. One statement. */
export async function productCards(ctx: Context, productIds: readonly string[]): Promise<ProductCard[]> {
  if (productIds.length === 0) return [];
  const rows = await ctx.db
    .selectFrom('search_documents')
    .select('document')
    .where('product_id', '=', sql<string>`any(${[...productIds]}::uuid[])`)
    .execute();
  const now = ctx.clock.now();
  const cards = new Map(
    rows.map((row) => {
      const card = cardOf(storedCard.parse(row.document), now);
      return [card.id, card] as const;
    }),
  );
  return productIds.flatMap((id) => cards.get(id) ?? []);
}

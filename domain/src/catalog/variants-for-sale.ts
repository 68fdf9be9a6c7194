import { sql } from 'kysely';
import { anyOf, type Read, readOf } from '../kernel/index.ts';

interface ForSaleRow {
  readonly id: string;
  readonly is_for_sale: boolean;
}

/**
 * Those of the variants that can be bought, if they have a price and stock: a question to be asked together with others. Whether one is
 * for sale is no condition of it: the planner would begin with all products that are.
 */
export function forSaleQuestion(variantIds: readonly string[]): Read<Set<string>> {
  const query = sql`
    select variant.id, variant.is_active and product.status = 'published' as is_for_sale
    from variants variant join products product on product.id = variant.product_id
    where variant.id = ${anyOf(variantIds)}
  `;
  return readOf<ForSaleRow, Set<string>>(
    query,
    (rows) => new Set(rows.filter((row) => row.is_for_sale).map((row) => row.id)),
  );
}

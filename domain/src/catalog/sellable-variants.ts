import { sql } from 'kysely';
import { anyOf, type Context, type Given, type Read, read, readOf } from '../kernel/index.ts';
import type { SellableVariant } from './model.ts';
import { imageOf } from './product-rows.ts';

/** What carts and orders show of variants; ids that do not exist are left out. One statement. */
export async function sellableVariants(
  ctx: Context,
  variantIds: readonly string[],
): Promise<SellableVariant[]> {
  if (variantIds.length === 0) return [];
  return read(ctx, sellableQuestion(variantIds));
}

/** The same as a question, to be asked together with others. */
export function sellableQuestion(variantIds: Given<readonly string[]>): Read<SellableVariant[]> {
  return readOf<SellableRow, SellableVariant[]>(selectSellable(variantIds), (rows) => rows.map(variantIn));
}

/** Written out: it is asked several times on the way to each order, and putting it together would take longer than the rest of asking. */
function selectSellable(variantIds: Given<readonly string[]>) {
  return sql<SellableRow>`
    select variant.id, variant.product_id, product.seller_id, variant.sku, product.handle, product.title,
      variant.title as variant_title, variant.weight_grams, variant.is_active, product.tax_class, product.status,
      array(
        with recursive above (id) as (
          select product.category_id where product.category_id is not null
          union all
          select category.parent_id from above join categories category on category.id = above.id
          where category.parent_id is not null
        )
        select above.id::text from above
      ) as category_ids,
      shown.storage_key, shown.alt, shown.width, shown.height, shown.colour
    from variants variant
    join products product on product.id = variant.product_id
    left join lateral (
      select storage_key, alt, width, height, colour from media
      where media.product_id = product.id and storage_key is not null
      -- its own picture, or else the product's first
      order by media.id = variant.media_id desc nulls last, media.position
      limit 1
    ) shown on true
    where variant.id = ${anyOf(variantIds)}
  `;
}

interface SellableRow {
  readonly id: string;
  readonly product_id: string;
  readonly seller_id: string;
  readonly sku: string;
  readonly handle: string;
  readonly title: string;
  readonly variant_title: string;
  readonly weight_grams: number;
  readonly is_active: boolean;
  readonly tax_class: string;
  readonly status: string;
  readonly category_ids: string[];
  readonly storage_key: string | null;
  readonly alt: string | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly colour: string | null;
}

function variantIn(row: SellableRow): SellableVariant {
  return {
    variantId: row.id,
    productId: row.product_id,
    sellerId: row.seller_id,
    sku: row.sku,
    handle: row.handle,
    title: row.title,
    variantTitle: row.variant_title,
    image: imageOf({ ...row, alt: row.alt ?? '' }, row.title),
    weightGrams: row.weight_grams,
    taxClass: row.tax_class,
    categoryIds: row.category_ids,
    isForSale: row.is_active && row.status === 'published',
  };
}

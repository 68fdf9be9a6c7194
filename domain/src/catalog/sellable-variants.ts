import { type InferResult, sql } from 'kysely';
import { anyOf, type Context, type Read, read, readOf } from '../kernel/index.ts';
import type { SellableVariant } from './model.ts';
import { imageOf } from './product-rows.ts';

/** What carts and orders show of variants; ids that do not exist are left out. One statement. */
export async function sellableVariants(
  ctx: Context,
  variantIds: readonly string[],
): Promise<SellableVariant[]> {
  if (variantIds.length === 0) return [];
  return read(ctx, sellableQuestion(ctx, variantIds));
}

/** The same as a question, to be asked together with others. */
export function sellableQuestion(ctx: Context, variantIds: readonly string[]): Read<SellableVariant[]> {
  return readOf<SellableRow, SellableVariant[]>(selectSellable(ctx, variantIds), (rows) =>
    rows.map(variantIn),
  );
}

function selectSellable(ctx: Context, variantIds: readonly string[]) {
  return ctx.db
    .selectFrom('variants as variant')
    .innerJoin('products as product', 'product.id', 'variant.product_id')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('media')
          .select(['storage_key', 'alt', 'width', 'height', 'colour'])
          .whereRef('media.product_id', '=', 'product.id')
          .where('storage_key', 'is not', null)
          // its own picture, or else the product's first
          .orderBy(
            (order) => order('media.id', '=', order.ref('variant.media_id')),
            (order) => order.desc().nullsLast(),
          )
          .orderBy('media.position')
          .limit(1)
          .as('shown'),
      (join) => join.onTrue(),
    )
    .select([
      'variant.id',
      'variant.product_id',
      'product.seller_id',
      'variant.sku',
      'product.handle',
      'product.title',
      'variant.title as variant_title',
      'variant.weight_grams',
      'variant.is_active',
      'product.tax_class',
      sql<string[]>`array(
        with recursive above as (
          select category.id, category.parent_id from categories category where category.id = product.category_id
          union all
          select parent.id, parent.parent_id from categories parent join above on parent.id = above.parent_id
        )
        select above.id::text from above
      )`.as('category_ids'),
      'product.status',
      'shown.storage_key',
      'shown.alt',
      'shown.width',
      'shown.height',
      'shown.colour',
    ])
    .where('variant.id', '=', anyOf(variantIds));
}

type SellableRow = InferResult<ReturnType<typeof selectSellable>>[number];

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

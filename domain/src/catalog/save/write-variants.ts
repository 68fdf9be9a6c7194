import { sql } from 'kysely';
import { setStock } from '../../inventory/index.ts';
import type { TransactionContext } from '../../kernel/index.ts';
import { setPrices } from '../../pricing/index.ts';
import { matchVariants, type StoredVariant } from './match-variants.ts';
import type { WrittenProduct } from './prepare-product.ts';
import type { WrittenOption } from './write-details.ts';

/**
 * Writes the products' variants with prices and stock. Those that are no longer among them stay, withdrawn: orders refer to them.
 */
export async function writeVariants(
  tx: TransactionContext,
  written: readonly WrittenProduct[],
  mediaIds: ReadonlyMap<string, readonly string[]>,
  options: ReadonlyMap<string, ReadonlyMap<string, WrittenOption>>,
): Promise<void> {
  const stored = await withdrawAll(
    tx,
    written.filter(({ isNew }) => !isNew).map(({ id }) => id),
  );
  const variants = written.flatMap(({ id: productId, product }) => {
    const matches = matchVariants(product, stored.get(productId) ?? []);
    return product.input.variants.map((input, position) => ({
      input,
      id: matches[position] ?? tx.ids.next(),
      product_id: productId,
      sku: input.sku,
      title: product.variantTitles[position],
      barcode: input.barcode,
      weight_grams: input.weightGrams,
      media_id: input.mediaPosition === null ? null : mediaIds.get(productId)?.[input.mediaPosition],
      position,
    }));
  });
  await upsertVariants(tx, variants);
  const choices = variants.flatMap(({ id, product_id, input }) =>
    [...(options.get(product_id) ?? [])].map(([name, option]) => ({
      variant_id: id,
      option_id: option.optionId,
      value_id: option.valueIds.get(input.optionValues[name] ?? ''),
    })),
  );
  if (choices.length > 0) {
    await sql`
      insert into variant_option_values (variant_id, option_id, value_id)
      select * from jsonb_to_recordset(${JSON.stringify(choices)}::jsonb)
        as row (variant_id uuid, option_id uuid, value_id uuid)
    `.execute(tx.db);
  }
  await setPrices(
    tx,
    variants.flatMap(({ id, input: { price, compareAtAmount, otherPrices = [] } }) =>
      [{ ...price, compareAtAmount }, ...otherPrices].map((row) => ({ ...row, variantId: id })),
    ),
  );
  await setStock(
    tx,
    variants.flatMap(({ id, input: { stock } }) =>
      stock === null ? [] : [{ variantId: id, onHand: stock }],
    ),
  );
}

/** Withdraws all variants first, so that two of them can swap titles under the unique index. */
async function withdrawAll(tx: TransactionContext, productIds: readonly string[]) {
  const byProduct = new Map<string, StoredVariant[]>();
  if (productIds.length === 0) return byProduct;
  const rows = await tx.db
    .updateTable('variants')
    .set({ is_active: false, media_id: null })
    .where('product_id', '=', sql<string>`any(${[...productIds]}::uuid[])`)
    .returning(['id', 'product_id', 'sku', 'title'])
    .execute();
  for (const row of rows) {
    const variants = byProduct.get(row.product_id) ?? [];
    variants.push(row);
    byProduct.set(row.product_id, variants);
  }
  return byProduct;
}

async function upsertVariants(tx: TransactionContext, variants: readonly { id: string; input: unknown }[]) {
  if (variants.length === 0) return;
  const rows = variants.map((variant) => ({ ...variant, input: undefined }));
  const now = tx.clock.now();
  await sql`
    insert into variants (
      id, product_id, sku, title, barcode, weight_grams, media_id, position, is_active, created_at, updated_at
    )
    select row.*, true, ${now}::timestamptz, ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (
      id uuid, product_id uuid, sku text, title text, barcode text, weight_grams integer, media_id uuid, position integer
    )
    order by id
    on conflict (id) do update set
      sku = excluded.sku, title = excluded.title, barcode = excluded.barcode, weight_grams = excluded.weight_grams,
      media_id = excluded.media_id, position = excluded.position, is_active = true, updated_at = excluded.updated_at
  `.execute(tx.db);
}

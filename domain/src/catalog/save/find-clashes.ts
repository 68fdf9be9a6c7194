import { sql } from 'kysely';
import type { TransactionContext } from '../../kernel/index.ts';
import type { PreparedProduct } from './prepare-product.ts';

interface Candidate {
  readonly product: PreparedProduct;
  readonly handle: string;
}

/**
 * Looks for what only one product may have: a SKU, an external id. Of two products in one batch that claim the same, the first
 * has it.
 *
 * @returns tells for a product why it cannot be stored, or null
 */
export async function findClash(
  tx: TransactionContext,
  candidates: readonly Candidate[],
): Promise<(product: PreparedProduct, handle: string) => string | null> {
  const skus = candidates.flatMap(({ product }) => product.input.variants.map((variant) => variant.sku));
  const externalIds = candidates.flatMap(({ product }) => product.input.externalId ?? []);
  const { rows } = await sql<{ kind: 'sku' | 'external'; value: string; handle: string }>`
    select 'sku' as kind, sku as value, handle
    from variants join products on products.id = variants.product_id
    where sku = any(${skus}::text[])
    union all
    select 'external', external_id, handle from products where external_id = any(${externalIds}::text[])
  `.execute(tx.db);
  const ownerOfSku = new Map(rows.filter((row) => row.kind === 'sku').map((row) => [row.value, row.handle]));
  const ownerOfExternalId = new Map(
    rows.filter((row) => row.kind === 'external').map((row) => [row.value, row.handle]),
  );
  return ({ input }, handle) => {
    for (const { sku } of input.variants) {
      const owner = ownerOfSku.get(sku) ?? handle;
      if (owner !== handle) return `variants: the SKU ${sku} belongs to the product ${owner}`;
    }
    const { externalId } = input;
    const owner = externalId === null ? handle : (ownerOfExternalId.get(externalId) ?? handle);
    if (owner !== handle) return `externalId: ${externalId} is the product ${owner}`;
    for (const { sku } of input.variants) ownerOfSku.set(sku, handle);
    if (externalId !== null) ownerOfExternalId.set(externalId, handle);
    return null;
  };
}

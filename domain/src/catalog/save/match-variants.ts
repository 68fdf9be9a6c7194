import type { PreparedProduct } from './prepare-product.ts';

export interface StoredVariant {
  readonly id: string;
  readonly sku: string;
  readonly title: string;
}

/**
 * Finds which stored variant each variant of a product is, so that carts and orders keep pointing at the right one: the same
 * SKU, or else the same combination of options.
 *
 * @returns for each of the product's variants the id of the stored one, or null for a new one
 */
export function matchVariants(product: PreparedProduct, stored: readonly StoredVariant[]): (string | null)[] {
  const bySku = new Map(stored.map((variant) => [variant.sku, variant]));
  const matches = product.input.variants.map((variant) => bySku.get(variant.sku)?.id ?? null);
  const used = new Set(matches);
  const byTitle = new Map(
    stored.filter((variant) => !used.has(variant.id)).map((variant) => [variant.title, variant]),
  );
  return matches.map((match, index) => match ?? byTitle.get(product.variantTitles[index] ?? '')?.id ?? null);
}

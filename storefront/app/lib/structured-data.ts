import type { Crumb, Product } from './bff-types.ts';
import { decimalAmount } from './format.ts';
import { plainText } from './page-meta.ts';

/** schema.org's BreadcrumbList of categories, from the root on. */
export function breadcrumbList(
  shopUrl: string,
  crumbs: readonly Crumb[],
  last?: { name: string; path: string },
) {
  const steps = [
    ...crumbs.map((crumb) => ({ name: crumb.name, path: `/c/${crumb.slug}` })),
    ...(last ? [last] : []),
  ];
  return {
    '@context': 'https://schema.org',
    '@type': 'BreadcrumbList',
    itemListElement: steps.map((step, index) => ({
      '@type': 'ListItem',
      position: index + 1,
      name: step.name,
      item: `${shopUrl}${step.path}`,
    })),
  };
}

/** schema.org's ItemAvailability. */
function availabilityOf({ available, sendable, sellingPolicy }: Product['variants'][number]): string {
  if (available === 0) return 'OutOfStock';
  if (sendable > 0) return 'InStock';
  return sellingPolicy === 'preorder' ? 'PreOrder' : 'BackOrder';
}

/** schema.org's Product with an offer for each variant. */
export function productData(shopUrl: string, product: Product) {
  const url = `${shopUrl}/p/${product.handle}`;
  return {
    '@context': 'https://schema.org',
    '@type': 'Product',
    name: product.title,
    url,
    description: plainText(product.descriptionHtml, 5_000),
    sku: product.variants[0]?.sku,
    ...(product.brand ? { brand: { '@type': 'Brand', name: product.brand.name } } : {}),
    image: product.images.map((image) => `${shopUrl}/media/${image.key}/${Math.max(...image.widths)}.webp`),
    offers: product.variants.map((variant) => ({
      '@type': 'Offer',
      url,
      sku: variant.sku,
      price: decimalAmount(variant.price),
      priceCurrency: variant.price.currency,
      ...(variant.saleEndsAt ? { priceValidUntil: variant.saleEndsAt.toISOString() } : {}),
      availability: `https://schema.org/${availabilityOf(variant)}`,
      ...(variant.sendable === 0 && variant.shipsOn ? { availabilityStarts: variant.shipsOn } : {}),
      itemCondition: 'https://schema.org/NewCondition',
    })),
  };
}

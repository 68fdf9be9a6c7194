import {
  attributeValue,
  categoryNode,
  crumb,
  type Image,
  image,
  optionView,
  type ProductView,
  productView,
  variantView,
} from '@souk/domain/catalog';
import { currencyCode, money } from '@souk/domain/kernel';
import { region } from '@souk/domain/pricing';
import { facets, type ProductCard, type SearchResult } from '@souk/domain/search';
import { z } from 'zod';

/** Answers of the REST API: JSON and nothing else, so dates are ISO strings and pictures are URLs. */

export const restMoney = money.meta({
  id: 'Money',
  description: 'An amount of money: `amount` is an integer of minor units (cents).',
});

const saleEndsAt = z.iso
  .datetime()
  .nullable()
  .meta({ description: 'When the sale that it is reduced by ends; null when nobody knows.' });

const restImage = z
  .object({ url: z.url(), alt: z.string(), width: z.int(), height: z.int(), colour: image.shape.colour })
  .meta({
    id: 'Image',
    description: '`width` and `height` are those of the original, for the aspect ratio.',
  });

const productListItem = z
  .object({
    id: z.uuid(),
    handle: z.string(),
    externalId: z
      .string()
      .nullable()
      .meta({ description: 'The id or handle in the file that the product was imported from.' }),
    title: z.string(),
    brand: z.string().nullable(),
    price: restMoney,
    hasPriceRange: z.boolean().meta({ description: 'Whether `price` is the lowest of several.' }),
    compareAt: restMoney.nullable().meta({ description: 'The price before a reduction.' }),
    saleEndsAt,
    image: restImage.nullable(),
    colours: z.array(z.string()),
    inStock: z.boolean(),
    isNew: z.boolean(),
    url: z.url().meta({ description: 'The product’s page in the shop.' }),
  })
  .meta({ id: 'ProductListItem' });

export const productList = z
  .object({
    items: z.array(productListItem),
    total: z.int(),
    currency: currencyCode.meta({ description: 'Of all prices: that of the region.' }),
    facets: facets.meta({
      id: 'Facets',
      description: 'Each value with the number of products that the list would have with it.',
    }),
    nextCursor: z.string().nullable().meta({ description: 'Null on the last page.' }),
  })
  .meta({ id: 'ProductList' });

export const productDetail = productView
  .extend({
    variants: z
      .array(variantView.extend({ price: restMoney, compareAt: restMoney.nullable(), saleEndsAt }))
      .min(1),
    images: z.array(restImage),
    breadcrumb: z.array(crumb),
    attributes: z.array(attributeValue),
    options: z.array(optionView),
    publishedAt: z.iso.datetime(),
    url: z.url(),
  })
  .meta({ id: 'Product' });

export const categoryList = z.object({ items: z.array(categoryNode) }).meta({ id: 'CategoryList' });

export const regionList = z
  .object({ items: z.array(region.omit({ id: true }).meta({ id: 'Region' })) })
  .meta({ id: 'RegionList' });

export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string(),
    instance: z.string(),
    requestId: z.string(),
    data: z.record(z.string(), z.unknown()).optional(),
    errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457. Choose by `code`; `detail` is for developers.' });

/** The width that clients without a `srcset` are given, in pixels; the nearest that exists. */
const IMAGE_WIDTH = 640;

function imageOf(picture: Image, shopUrl: string): z.infer<typeof restImage> {
  const { key, alt, width, height, colour, widths } = picture;
  const distance = (candidate: number) => Math.abs(candidate - IMAGE_WIDTH);
  const nearest = widths.toSorted((a, b) => distance(a) - distance(b))[0] ?? IMAGE_WIDTH;
  return { url: `${shopUrl}/media/${key}/${nearest}.webp`, alt, width, height, colour };
}

function listItemOf(card: ProductCard, shopUrl: string): z.infer<typeof productListItem> {
  const { isInStock, image: picture, saleEndsAt: endsAt, ...rest } = card;
  return {
    ...rest,
    image: picture === null ? null : imageOf(picture, shopUrl),
    inStock: isInStock,
    saleEndsAt: endsAt?.toISOString() ?? null,
    url: `${shopUrl}/p/${card.handle}`,
  };
}

export function productListOf(
  result: SearchResult,
  nextCursor: string | null,
  shopUrl: string,
): z.infer<typeof productList> {
  return {
    items: result.items.map((card) => listItemOf(card, shopUrl)),
    total: result.total,
    currency: result.currency,
    facets: result.facets,
    nextCursor,
  };
}

export function productDetailOf(product: ProductView, shopUrl: string): z.infer<typeof productDetail> {
  return {
    ...product,
    variants: product.variants.map((variant) => ({
      ...variant,
      saleEndsAt: variant.saleEndsAt?.toISOString() ?? null,
    })),
    images: product.images.map((picture) => imageOf(picture, shopUrl)),
    publishedAt: product.publishedAt.toISOString(),
    url: `${shopUrl}/p/${product.handle}`,
  };
}

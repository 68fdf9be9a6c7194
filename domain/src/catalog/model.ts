import { z } from 'zod';
import { sellingPolicy } from '../inventory/index.ts';
import { currencyCode, money } from '../kernel/index.ts';

/** The seller that owns what no marketplace seller does: the shop itself. */
export const HOUSE_SELLER_ID = '01900000-0000-7000-8000-000000000001';

/** Lower-case words joined by hyphens: how products, categories and brands are named in URLs. */
export const slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected lower-case letters, digits and hyphens');

/** A picture that pages can show: renditions live at `/media/<key>/<width>.<avif|webp>` for each of `widths`. */
export const image = z.object({
  key: z.string(),
  alt: z.string(),
  /** Of the original, in pixels: for the aspect ratio. */
  width: z.int(),
  height: z.int(),
  /** The colour to show while it loads, `#rrggbb`. */
  colour: z.string(),
  widths: z.array(z.int()),
});
export type Image = z.infer<typeof image>;

/** The widths that renditions come in, in pixels. */
export const RENDITION_WIDTHS = [160, 320, 640, 960, 1280] as const;
export const RENDITION_FORMATS = ['avif', 'webp'] as const;
export type RenditionFormat = (typeof RENDITION_FORMATS)[number];

/** A category as it stands in the tree. */
export interface CategoryNode {
  id: string;
  slug: string;
  name: string;
  description: string;
  children: CategoryNode[];
}
export const categoryNode: z.ZodType<CategoryNode> = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  description: z.string(),
  get children() {
    return z.array(categoryNode);
  },
});

/** One step of a breadcrumb. */
export const crumb = z.object({ slug: z.string(), name: z.string() });
export type Crumb = z.infer<typeof crumb>;

export const attributeValue = z.object({
  key: z.string(),
  label: z.string(),
  /** As a shopper reads it, unit included. */
  value: z.string(),
});

export const optionView = z.object({
  name: z.string(),
  values: z.array(z.object({ value: z.string(), swatch: z.string().nullable() })),
});

export const variantView = z.object({
  id: z.uuid(),
  sku: z.string(),
  title: z.string(),
  /** Option name to value. */
  options: z.record(z.string(), z.string()),
  price: money,
  /** What it cost before; null when it is not reduced. */
  compareAt: money.nullable(),
  /** When the sale that it is reduced by ends; null when nobody knows. */
  saleEndsAt: z.date().nullable(),
  /** Units that can be bought now, capped at 99 so that stock is nobody's business. */
  available: z.int(),
  /** Of them, units that can be sent now; the others are sold ahead of stock. */
  sendable: z.int(),
  /** Whether few can be sent now. */
  isLow: z.boolean(),
  /** How it is sold when none can be sent now. */
  sellingPolicy,
  /** The day from which units ship that are sold ahead; null when there are none, or none is promised. */
  shipsOn: z.iso.date().nullable(),
  /** How many days that is from now, where it depends on when it is bought. */
  leadDays: z.object({ min: z.int(), max: z.int() }).nullable(),
  weightGrams: z.int(),
  imageKey: z.string().nullable(),
});
export type VariantView = z.infer<typeof variantView>;

/** A product's own page. */
export const productView = z.object({
  id: z.uuid(),
  handle: z.string(),
  externalId: z.string().nullable(),
  title: z.string(),
  /** Sanitised. */
  descriptionHtml: z.string(),
  brand: z.object({ name: z.string(), slug: z.string() }).nullable(),
  category: crumb.nullable(),
  /** From the root of the tree to the product's category. */
  breadcrumb: z.array(crumb),
  tags: z.array(z.string()),
  attributes: z.array(attributeValue),
  options: z.array(optionView),
  variants: z.array(variantView).min(1),
  images: z.array(image),
  seo: z.object({ title: z.string(), description: z.string() }),
  publishedAt: z.date(),
});
export type ProductView = z.infer<typeof productView>;

/** What other modules need to know of a variant that somebody wants to buy. */
export const sellableVariant = z.object({
  variantId: z.uuid(),
  productId: z.uuid(),
  sellerId: z.uuid(),
  sku: z.string(),
  handle: z.string(),
  title: z.string(),
  variantTitle: z.string(),
  image: image.nullable(),
  weightGrams: z.int(),
  taxClass: z.string(),
  /** Its category and all above it. */
  categoryIds: z.array(z.uuid()),
  /** False when the product is not published or the variant is withdrawn. */
  isForSale: z.boolean(),
});
export type SellableVariant = z.infer<typeof sellableVariant>;

/** The dearest that one unit may be, in minor units: what is above is taken for a slip. */
export const MAX_PRICE_AMOUNT = 10_000_000_000;
/** The most units of one variant that may lie in stock. */
export const MAX_STOCK = 100_000_000;

const priceAmount = z.int().min(0).max(MAX_PRICE_AMOUNT);
const swatch = z.string().regex(/^#[0-9a-f]{6}$/, 'expected a colour such as #1a2b3c');

/** A product as importers and the seeder hand it in: the whole of it, by handle. */
export const productInput = z.object({
  handle: slug,
  externalId: z.string().min(1).nullable().default(null),
  title: z.string().trim().min(1).max(300),
  /** Any HTML; it is sanitised on the way in. */
  descriptionHtml: z.string().max(100_000).default(''),
  brand: z.string().trim().min(1).max(120).nullable().default(null),
  /** Names from the root down, such as `['Apparel', 'Shirts']`; missing categories are made. */
  categoryPath: z.array(z.string().trim().min(1).max(120)).max(6).default([]),
  tags: z.array(z.string().trim().min(1).max(80)).max(100).default([]),
  taxClass: z.string().min(1).default('standard'),
  status: z.enum(['draft', 'published', 'archived']).default('published'),
  seoTitle: z.string().max(300).nullable().default(null),
  seoDescription: z.string().max(1_000).nullable().default(null),
  publishedAt: z.date().nullable().default(null),
  attributes: z
    .array(
      z.object({
        key: z.string().regex(/^[a-z][a-z0-9_]*$/),
        label: z.string().min(1),
        value: z.union([z.string().min(1), z.number(), z.boolean()]),
        unit: z.string().nullable().default(null),
      }),
    )
    .default([]),
  options: z
    .array(
      z.object({
        name: z.string().trim().min(1).max(80),
        values: z
          .array(z.object({ value: z.string().trim().min(1).max(120), swatch: swatch.nullable() }))
          .max(200),
      }),
    )
    .max(3)
    .default([]),
  variants: z
    .array(
      z.object({
        sku: z.string().trim().min(1).max(120),
        optionValues: z.record(z.string(), z.string()).default({}),
        barcode: z.string().nullable().default(null),
        weightGrams: z.int().min(0).max(100_000_000).default(0),
        price: z.object({ amount: priceAmount, currency: currencyCode }),
        /** A former price; dropped when it is not above the price. */
        compareAtAmount: z.int().max(MAX_PRICE_AMOUNT).nullable().default(null),
        /** What it costs in further currencies; a price that is neither here nor above stays as it was. */
        otherPrices: z
          .array(
            z.object({
              amount: priceAmount,
              currency: currencyCode,
              /** As above. */
              compareAtAmount: z.int().max(MAX_PRICE_AMOUNT).nullable().default(null),
            }),
          )
          .max(20)
          .optional(),
        /** Units on hand; null leaves the stock alone. */
        stock: z.int().min(0).max(MAX_STOCK).nullable().default(null),
        /** Which of `media` shows it, from 0. */
        mediaPosition: z.int().min(0).nullable().default(null),
      }),
    )
    .min(1)
    .max(200),
  media: z
    .array(
      z.object({
        alt: z.string().max(500).default(''),
        sourceUrl: z.string().nullable().default(null),
        storageKey: z.string().nullable().default(null),
        width: z.int().nullable().default(null),
        height: z.int().nullable().default(null),
        colour: z.string().nullable().default(null),
      }),
    )
    .max(50)
    .default([]),
});
export type ProductInput = z.infer<typeof productInput>;
/** A product before its defaults are filled in: what callers write. */
export type ProductDraft = z.input<typeof productInput>;

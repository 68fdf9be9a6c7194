import { jsonArrayFrom } from 'kysely/helpers/postgres';
import type { Context } from '../kernel/index.ts';
import { type Image, RENDITION_WIDTHS } from './model.ts';

/** Products with all that belongs to them, prices and stock aside: the one query behind product page and search documents. */
export function selectProducts(ctx: Context) {
  return ctx.db
    .selectFrom('products as product')
    .leftJoin('brands as brand', 'brand.id', 'product.brand_id')
    .select([
      'product.id',
      'product.handle',
      'product.external_id',
      'product.title',
      'product.description_html',
      'product.category_id',
      'product.tags',
      'product.status',
      'product.seo_title',
      'product.seo_description',
      'product.published_at',
      'brand.name as brand_name',
      'brand.slug as brand_slug',
    ])
    .select((eb) => [
      jsonArrayFrom(
        eb
          .selectFrom('media')
          .select(['media.id', 'storage_key', 'alt', 'width', 'height', 'colour'])
          .whereRef('media.product_id', '=', 'product.id')
          .where('storage_key', 'is not', null)
          .orderBy('media.position'),
      ).as('media'),
      jsonArrayFrom(
        eb
          .selectFrom('product_attributes as given')
          .innerJoin('attributes as attribute', 'attribute.id', 'given.attribute_id')
          .select([
            'attribute.key',
            'attribute.label',
            'attribute.unit',
            'attribute.is_facet',
            'given.text_value',
            'given.number_value',
            'given.boolean_value',
          ])
          .whereRef('given.product_id', '=', 'product.id')
          .orderBy('given.position'),
      ).as('attributes'),
      jsonArrayFrom(
        eb
          .selectFrom('product_options as option')
          .innerJoin('product_option_values as value', 'value.option_id', 'option.id')
          .select(['option.name', 'value.value', 'value.swatch'])
          .whereRef('option.product_id', '=', 'product.id')
          .orderBy('option.position')
          .orderBy('value.position'),
      ).as('option_values'),
      jsonArrayFrom(
        eb
          .selectFrom('variants as variant')
          .leftJoin('media as shown', 'shown.id', 'variant.media_id')
          .select((inner) => [
            'variant.id',
            'variant.sku',
            'variant.title',
            'variant.weight_grams',
            'shown.storage_key as image_key',
            jsonArrayFrom(
              inner
                .selectFrom('variant_option_values as choice')
                .innerJoin('product_options as option', 'option.id', 'choice.option_id')
                .innerJoin('product_option_values as value', 'value.id', 'choice.value_id')
                .select(['option.name', 'value.value'])
                .whereRef('choice.variant_id', '=', 'variant.id')
                .orderBy('option.position'),
            ).as('choices'),
          ])
          .whereRef('variant.product_id', '=', 'product.id')
          .where('variant.is_active', '=', true)
          .orderBy('variant.position'),
      ).as('variants'),
    ]);
}

interface MediaRow {
  readonly storage_key: string | null;
  readonly alt: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly colour: string | null;
}

const NEUTRAL_COLOUR = '#e7e5e4';

/** A stored picture as pages show it; null for one that is only known by its source. */
export function imageOf(row: MediaRow, title: string): Image | null {
  const { storage_key: key, width, height } = row;
  if (key === null || width === null || height === null) return null;
  return {
    key,
    alt: row.alt || title,
    width,
    height,
    colour: row.colour ?? NEUTRAL_COLOUR,
    widths: widthsOf(width),
  };
}

/** The renditions of a picture: none is larger than the original, and there is always one. */
function widthsOf(width: number): number[] {
  const fitting = RENDITION_WIDTHS.filter((candidate) => candidate <= width);
  return fitting.length > 0 ? fitting : [RENDITION_WIDTHS[0]];
}

interface AttributeRow {
  readonly key: string;
  readonly unit: string | null;
  readonly text_value: string | null;
  readonly number_value: number | null;
  readonly boolean_value: boolean | null;
}

/** An attribute's value as a shopper reads it, unit included. */
export function attributeText(row: AttributeRow): string {
  if (row.boolean_value !== null) return row.boolean_value ? 'Yes' : 'No';
  const text = row.text_value ?? String(row.number_value);
  return row.unit === null ? text : `${text} ${row.unit}`;
}

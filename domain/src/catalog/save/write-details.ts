import { sql } from 'kysely';
import type { TransactionContext } from '../../kernel/index.ts';
import type { WrittenProduct } from './prepare-product.ts';
import type { References } from './references.ts';

const idsOf = (written: readonly WrittenProduct[]) =>
  written.filter(({ isNew }) => !isNew).map(({ id }) => id);

/** The ids of a product's option and of its values. */
export interface WrittenOption {
  readonly optionId: string;
  readonly valueIds: ReadonlyMap<string, string>;
}

/** Writes the products' options anew. @returns by product id, by option name */
export async function writeOptions(
  tx: TransactionContext,
  written: readonly WrittenProduct[],
): Promise<Map<string, Map<string, WrittenOption>>> {
  const updated = idsOf(written);
  if (updated.length > 0) {
    await tx.db
      .deleteFrom('product_options')
      .where('product_id', '=', sql<string>`any(${updated}::uuid[])`)
      .execute();
  }
  const result = new Map<string, Map<string, WrittenOption>>();
  const optionRows = [];
  const valueRows = [];
  for (const { id: productId, product } of written) {
    const options = new Map<string, WrittenOption>();
    result.set(productId, options);
    for (const [position, option] of product.input.options.entries()) {
      const optionId = tx.ids.next();
      const valueIds = new Map(option.values.map(({ value }) => [value, tx.ids.next()]));
      options.set(option.name, { optionId, valueIds });
      optionRows.push({ id: optionId, product_id: productId, name: option.name, position });
      valueRows.push(
        ...option.values.map(({ value, swatch }, place) => ({
          id: valueIds.get(value),
          option_id: optionId,
          value,
          swatch,
          position: place,
        })),
      );
    }
  }
  if (optionRows.length === 0) return result;
  await sql`
    with made as (
      insert into product_options (id, product_id, name, position)
      select * from jsonb_to_recordset(${JSON.stringify(optionRows)}::jsonb)
        as row (id uuid, product_id uuid, name text, position integer)
    )
    insert into product_option_values (id, option_id, value, swatch, position)
    select * from jsonb_to_recordset(${JSON.stringify(valueRows)}::jsonb)
      as row (id uuid, option_id uuid, value text, swatch text, position integer)
  `.execute(tx.db);
  return result;
}

/**
 * Writes the products' pictures anew. One that was fetched from its source before keeps the stored file.
 *
 * @returns the ids by product id, in the order of the product's pictures
 */
export async function writeMedia(
  tx: TransactionContext,
  written: readonly WrittenProduct[],
): Promise<Map<string, string[]>> {
  const updated = idsOf(written);
  const gone =
    updated.length === 0
      ? []
      : await tx.db
          .deleteFrom('media')
          .where('product_id', '=', sql<string>`any(${updated}::uuid[])`)
          .returning(['product_id', 'source_url', 'storage_key', 'width', 'height', 'colour'])
          .execute();
  const fetched = new Map(
    gone
      .filter((row) => row.source_url !== null && row.storage_key !== null)
      .map((row) => [`${row.product_id} ${row.source_url}`, row]),
  );
  const ids = new Map<string, string[]>();
  const rows = written.flatMap(({ id: productId, product }) => {
    const own = product.input.media.map((media, position) => {
      const kept = media.storageKey === null ? fetched.get(`${productId} ${media.sourceUrl}`) : undefined;
      return {
        id: tx.ids.next(),
        product_id: productId,
        position,
        alt: media.alt,
        source_url: media.sourceUrl,
        storage_key: media.storageKey ?? kept?.storage_key ?? null,
        width: media.width ?? kept?.width ?? null,
        height: media.height ?? kept?.height ?? null,
        colour: media.colour ?? kept?.colour ?? null,
      };
    });
    ids.set(
      productId,
      own.map(({ id }) => id),
    );
    return own;
  });
  if (rows.length === 0) return ids;
  await sql`
    insert into media (id, product_id, position, alt, source_url, storage_key, width, height, colour, created_at)
    select row.*, ${tx.clock.now()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (
      id uuid, product_id uuid, position integer, alt text, source_url text, storage_key text, width integer,
      height integer, colour text
    )
  `.execute(tx.db);
  return ids;
}

/** Writes the products' attributes anew; an attribute may have several values. */
export async function writeAttributes(
  tx: TransactionContext,
  written: readonly WrittenProduct[],
  references: References,
): Promise<void> {
  const updated = idsOf(written);
  if (updated.length > 0) {
    await tx.db
      .deleteFrom('product_attributes')
      .where('product_id', '=', sql<string>`any(${updated}::uuid[])`)
      .execute();
  }
  const rows = written.flatMap(({ id, product }) =>
    product.input.attributes.map(({ key, value }, position) => ({
      product_id: id,
      attribute_id: references.attribute(key).id,
      position,
      text_value: typeof value === 'string' ? value : null,
      number_value: typeof value === 'number' ? value : null,
      boolean_value: typeof value === 'boolean' ? value : null,
    })),
  );
  if (rows.length === 0) return;
  await sql`
    insert into product_attributes (product_id, attribute_id, position, text_value, number_value, boolean_value)
    select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (
      product_id uuid, attribute_id uuid, position integer, text_value text, number_value double precision,
      boolean_value boolean
    )
  `.execute(tx.db);
}

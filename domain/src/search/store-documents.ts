import { sql } from 'kysely';
import { indexableProducts } from '../catalog/index.ts';
import type { Context, TransactionContext } from '../kernel/index.ts';
import { type Region, regionChoice } from '../pricing/index.ts';
import { documentOf, type SearchDocument } from './document.ts';

/**
 * Lets one transaction at a time read products and write what the search knows of them. Documents are then written, and sent
 * to the engine, in the order that they were read in: an older state never overwrites a newer one.
 */
export async function lockDocuments(tx: TransactionContext): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('search.documents', 0))`.execute(tx.db);
}

/**
 * Brings the stored documents of products up to date, and notes those that changed as pending for the search engine. The
 * caller holds `lockDocuments`. Six statements, however many products.
 *
 * @param productIds each once; of products that are gone or not for sale, the document goes
 * @param mark what the changed ones are noted as pending under
 * @returns the documents of those that are for sale
 */
export async function storeDocuments(
  tx: TransactionContext,
  productIds: readonly string[],
  mark: string,
): Promise<SearchDocument[]> {
  const products = await indexableProducts(tx, productIds);
  const regions = await usualFirst(tx);
  const documents = products.flatMap((product) => documentOf(product, regions) ?? []);
  const found = new Set(documents.map((document) => document.id));
  const goneIds = productIds.filter((id) => !found.has(id));
  await writeDocuments(tx, { documents, goneIds, mark });
  return documents;
}

async function usualFirst(ctx: Context): Promise<Region[]> {
  const { regions, current } = await regionChoice(ctx);
  return [current, ...regions.filter(({ id }) => id !== current.id)];
}

async function writeDocuments(
  tx: TransactionContext,
  input: { documents: readonly SearchDocument[]; goneIds: readonly string[]; mark: string },
): Promise<void> {
  await sql`
    with input as materialized (
      select document,
        document->>'title' as title,
        concat_ws(' ', document->>'brand', document->>'categoryNames') as kind,
        concat_ws(' ', document->>'colourNames', document->>'attributes', document->>'tags') as details
      from jsonb_array_elements(${JSON.stringify(input.documents)}::jsonb) as input (document)
    ), written as (
      insert into search_documents as stored (
        product_id, document, words, category_slugs, category_facets, brand, brand_facet, colours,
        price_amount, is_in_stock, published_at, updated_at
      )
      select
        (document->>'id')::uuid,
        document,
        setweight(to_tsvector('souk', concat_ws(' ', title, document->>'skus')), 'A')
          || setweight(to_tsvector('souk', kind), 'B')
          || setweight(to_tsvector('souk', details), 'C')
          || setweight(to_tsvector('souk', document->>'description'), 'D'),
        array(select jsonb_array_elements_text(document->'categorySlugs')),
        array(select jsonb_array_elements_text(document->'categoryFacets')),
        document->>'brandSlug',
        document->>'brandFacet',
        array(select jsonb_array_elements_text(document->'colours')),
        (document->>'price')::bigint,
        document->'stock' = '1',
        to_timestamp((document->>'publishedAt')::numeric / 1000),
        ${tx.clock.now()}::timestamptz
      from input
      on conflict (product_id) do update set
        document = excluded.document, words = excluded.words, category_slugs = excluded.category_slugs,
        category_facets = excluded.category_facets, brand = excluded.brand, brand_facet = excluded.brand_facet,
        colours = excluded.colours, price_amount = excluded.price_amount, is_in_stock = excluded.is_in_stock,
        published_at = excluded.published_at, updated_at = excluded.updated_at
      where stored.document is distinct from excluded.document
      returning product_id
    ), removed as (
      delete from search_documents where product_id = any(${[...input.goneIds]}::uuid[])
    ), learnt as (
      insert into search_words (word)
      select distinct word
      from input, unnest(tsvector_to_array(to_tsvector('simple', unaccent(concat_ws(' ', title, kind, details))))) as word
      where word ~ '^[[:alpha:]]{3,40}$'
      on conflict do nothing
    )
    insert into search_pending (product_id, mark)
    select product_id, ${input.mark}::uuid
    from (select product_id from written union all select unnest(${[...input.goneIds]}::uuid[])) as changed
    on conflict (product_id) do update set mark = excluded.mark
  `.execute(tx.db);
}

/** How many outdated documents are brought up to date at once. */
const OUTDATED_BATCH = 500;

/** Makes those documents anew that a release wrote which knew no regions. Idempotent. One statement when there are none. */
export async function refreshOutdated(ctx: Context): Promise<void> {
  for (let after = ''; ; ) {
    const rows = await ctx.db
      .selectFrom('search_documents')
      .select('product_id')
      .where('prices', 'is', null)
      .$if(after !== '', (query) => query.where('product_id', '>', after))
      .orderBy('product_id')
      .limit(OUTDATED_BATCH)
      .execute();
    const ids = rows.map((row) => row.product_id);
    if (ids.length > 0) await refreshDocuments(ctx, ids);
    if (ids.length < OUTDATED_BATCH) return;
    after = ids.at(-1) ?? '';
  }
}

/** Brings the stored documents of products up to date in a transaction of its own. Idempotent. */
export async function refreshDocuments(ctx: Context, productIds: readonly string[]): Promise<void> {
  await ctx.transaction(async (tx) => {
    await lockDocuments(tx);
    await storeDocuments(tx, productIds, tx.ids.next());
  });
}

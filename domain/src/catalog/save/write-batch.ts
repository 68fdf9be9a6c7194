import { sql } from 'kysely';
import type { TransactionContext } from '../../kernel/index.ts';
import { productChanged } from '../events.ts';
import { makeRenditionsAhead } from '../media/make-renditions.ts';
import { HOUSE_SELLER_ID } from '../model.ts';
import { findClash } from './find-clashes.ts';
import type { PreparedProduct, WrittenProduct } from './prepare-product.ts';
import { makeReferences, type References, typeOf } from './references.ts';
import { writeAttributes, writeMedia, writeOptions } from './write-details.ts';
import { writeVariants } from './write-variants.ts';

export type Outcome = { outcome: 'created' | 'updated' | 'unchanged'; productId: string } | Failure;

/** `field` is that of `ProductInput` that is wrong, where one is to blame. */
export interface Failure {
  readonly outcome: 'failed';
  readonly field: string | null;
  readonly reason: string;
}

/** Makes a failure of a text such as `title: too long`. */
export function failureOf(text: string): Failure {
  const [, field, reason] = /^([a-z][\w.]*): (.*)$/is.exec(text) ?? [];
  return { outcome: 'failed', field: field ?? null, reason: reason ?? text };
}

/**
 * Writes products, each of another handle, in the caller's transaction; one that is as it was costs a read and no write.
 * Rows are written in the order of handles, so that two batches cannot wait for each other.
 *
 * @returns outcomes by handle, and whether the category tree grew
 */
export async function writeBatch(
  tx: TransactionContext,
  products: readonly PreparedProduct[],
): Promise<{ outcomes: Map<string, Outcome>; madeCategories: boolean }> {
  const outcomes = new Map<string, Outcome>();
  const stored = await storedProducts(tx, products);
  const changed = products
    .filter((product) => {
      const known = stored.get(product.input.handle);
      if (known === undefined || known.content_hash !== product.contentHash) return true;
      outcomes.set(product.input.handle, { outcome: 'unchanged', productId: known.id });
      return false;
    })
    .map((product) => ({
      product,
      handle: stored.get(product.input.handle)?.handle ?? product.input.handle,
    }));
  if (changed.length === 0) return { outcomes, madeCategories: false };
  const clashOf = await findClash(tx, changed);
  const references = await makeReferences(
    tx,
    changed.map(({ product }) => product.input),
  );
  const writable = changed.filter(({ product, handle }) => {
    const reason = clashOf(product, handle) ?? wrongAttributeType(product, references);
    if (reason !== null) outcomes.set(product.input.handle, failureOf(reason));
    return reason === null;
  });
  const written = await writeProducts(tx, writable, references);
  for (const { product } of writable) {
    const { handle } = product.input;
    const row = written.find((candidate) => candidate.product === product);
    const known = stored.get(handle)?.id ?? '';
    outcomes.set(
      handle,
      row
        ? { outcome: row.isNew ? 'created' : 'updated', productId: row.id }
        : { outcome: 'unchanged', productId: known },
    );
  }
  const mediaIds = await writeMedia(tx, written);
  await writeAttributes(tx, written, references);
  await writeVariants(tx, written, mediaIds, await writeOptions(tx, written));
  await makeRenditionsAhead(
    tx,
    written.flatMap(({ product }) => product.input.media.flatMap((media) => media.storageKey ?? [])),
  );
  await tx.emit(...written.map(({ id }) => productChanged(id, {})));
  return { outcomes, madeCategories: references.madeCategories };
}

/** The products that the handles mean now; a handle that was renamed away means the product under its new one. */
async function storedProducts(tx: TransactionContext, products: readonly PreparedProduct[]) {
  const handles = products.map(({ input }) => input.handle);
  const { rows } = await sql<{ wanted: string; id: string; handle: string; content_hash: string | null }>`
    select wanted, product.id, product.handle, product.content_hash
    from unnest(${handles}::text[]) as wanted
    left join slug_redirects redirect on redirect.kind = 'product' and redirect.slug = wanted
    join products product on product.handle = wanted or product.id = redirect.target_id
  `.execute(tx.db);
  return new Map(rows.map((row) => [row.wanted, row]));
}

function wrongAttributeType(product: PreparedProduct, references: References): string | null {
  for (const { key, value } of product.input.attributes) {
    const { type } = references.attribute(key);
    if (type !== typeOf(value)) {
      return `attributes: ${key} is a ${type} for other products, and ${JSON.stringify(value)} is none`;
    }
  }
  return null;
}

/** Leaves out those that somebody else has just written with the same content. */
async function writeProducts(
  tx: TransactionContext,
  products: readonly { product: PreparedProduct; handle: string }[],
  references: References,
): Promise<WrittenProduct[]> {
  if (products.length === 0) return [];
  const now = tx.clock.now();
  const rows = products.map(({ product: { input, contentHash }, handle }) => ({
    ...input,
    variants: undefined,
    attributes: undefined,
    options: undefined,
    media: undefined,
    handle,
    id: tx.ids.next(),
    contentHash,
    brandId: input.brand === null ? null : references.brandId(input.brand),
    categoryId: input.categoryPath.length === 0 ? null : references.categoryId(input.categoryPath),
    publishedAt: input.publishedAt ?? (input.status === 'published' ? now : null),
    isPublishedAtGiven: input.publishedAt !== null,
  }));
  const written = await sql<{ id: string; handle: string; is_new: boolean }>`
    insert into products as product (
      id, seller_id, handle, external_id, title, description_html, brand_id, category_id, tags, tax_class, status,
      seo_title, seo_description, content_hash, created_at, updated_at, published_at
    )
    select
      id, ${HOUSE_SELLER_ID}::uuid, handle, "externalId", title, "descriptionHtml", "brandId", "categoryId", tags,
      "taxClass", status, "seoTitle", "seoDescription", "contentHash", ${now}::timestamptz, ${now}::timestamptz,
      case when "isPublishedAtGiven" then "publishedAt" else
        coalesce((select published_at from products where products.handle = row.handle), "publishedAt")
      end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (
      id uuid, handle text, "externalId" text, title text, "descriptionHtml" text, "brandId" uuid, "categoryId" uuid,
      tags text[], "taxClass" text, status text, "seoTitle" text, "seoDescription" text, "contentHash" text,
      "publishedAt" timestamptz, "isPublishedAtGiven" boolean
    )
    order by handle
    on conflict (handle) do update set
      external_id = excluded.external_id, title = excluded.title, description_html = excluded.description_html,
      brand_id = excluded.brand_id, category_id = excluded.category_id, tags = excluded.tags,
      tax_class = excluded.tax_class, status = excluded.status, seo_title = excluded.seo_title,
      seo_description = excluded.seo_description, content_hash = excluded.content_hash,
      updated_at = excluded.updated_at, published_at = excluded.published_at
    where product.content_hash is distinct from excluded.content_hash
    returning id, handle, xmax = 0 as is_new
  `.execute(tx.db);
  const byHandle = new Map(products.map(({ product, handle }) => [handle, product]));
  return written.rows.flatMap((row) => {
    const product = byHandle.get(row.handle);
    return product ? [{ id: row.id, isNew: row.is_new, product }] : [];
  });
}

import { z } from 'zod';
import { type Context, decodeCursor, encodeCursor, type Page } from '../kernel/index.ts';

export interface SitemapEntry {
  kind: 'product' | 'category';
  slug: string;
  updatedAt: Date;
}

const place = z.object({ kind: z.enum(['category', 'product']), after: z.uuid().nullable() });

/** All pages that search engines may know: categories, then published products, in the order of their ids. */
export async function sitemapEntries(
  ctx: Context,
  input: { cursor: string | null; limit: number },
): Promise<Page<SitemapEntry>> {
  const { kind, after } =
    input.cursor === null ? { kind: 'category' as const, after: null } : decodeCursor(place, input.cursor);
  const rows =
    kind === 'category' ? await categories(ctx, after, input.limit) : await products(ctx, after, input.limit);
  const items = rows.map(({ slug, updated_at }) => ({ kind, slug, updatedAt: updated_at }));
  const isFull = rows.length === input.limit;
  const next = isFull ? { kind, after: rows.at(-1)?.id ?? null } : { kind: 'product', after: null };
  return { items, nextCursor: kind === 'product' && !isFull ? null : encodeCursor(next) };
}

function categories(ctx: Context, after: string | null, limit: number) {
  return ctx.db
    .selectFrom('categories')
    .select(['id', 'slug', 'created_at as updated_at'])
    .$if(after !== null, (query) => query.where('id', '>', after ?? ''))
    .orderBy('id')
    .limit(limit)
    .execute();
}

function products(ctx: Context, after: string | null, limit: number) {
  return ctx.db
    .selectFrom('products')
    .select(['id', 'handle as slug', 'updated_at'])
    .where('status', '=', 'published')
    .$if(after !== null, (query) => query.where('id', '>', after ?? ''))
    .orderBy('id')
    .limit(limit)
    .execute();
}

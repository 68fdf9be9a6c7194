import { sql } from 'kysely';
import type { Context } from '../kernel/index.ts';

/** The ids of published products by their handles, in the order of the handles; others are left out. One statement. */
export async function productIdsOfHandles(ctx: Context, handles: readonly string[]): Promise<string[]> {
  if (handles.length === 0) return [];
  const rows = await ctx.db
    .selectFrom('products')
    .select(['id', 'handle'])
    .where('handle', '=', sql<string>`any(${[...handles]}::text[])`)
    .where('status', '=', 'published')
    .execute();
  const ids = new Map(rows.map((row) => [row.handle, row.id]));
  return handles.flatMap((handle) => ids.get(handle) ?? []);
}

import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { z } from 'zod';
import { type Context, plannedAnew } from '../kernel/index.ts';
import { correctSpelling } from './correct-spelling.ts';
import { storedCard } from './document.ts';
import type { Asked, Engine, Found, Match } from './engine.ts';
import { type FacetName, facetNames } from './filters.ts';
import type { SearchQuery } from './model.ts';
import { COUNTED_VALUES } from './settings.ts';

const counts = z.record(z.string(), z.int()).transform((record) => new Map(Object.entries(record)));

const foundRow = z.object({
  cards: z.array(storedCard),
  total: z.int(),
  scopeTotal: z.int(),
  categories: counts,
  brands: counts,
  colours: counts,
  inStockCount: z.int(),
  priceMin: z.int().nullable(),
  priceMax: z.int().nullable(),
});

/**
 * Search on Postgres full-text search: what answers while the search engine is away. One statement a listing; four when words
 * had to be corrected or left out. What was typed only ever goes in as a parameter.
 */
export const postgresEngine: Engine = {
  name: 'postgres',

  async find(ctx, query, match) {
    if (match === 'all') return findBy(ctx, query, wordsOf(query.q, 'all'));
    const corrected = await correctSpelling(ctx, query.q);
    if (corrected !== query.q) {
      const found = await findBy(ctx, query, wordsOf(corrected, 'all'));
      if (found.scopeTotal > 0) return found;
    }
    return findBy(ctx, query, wordsOf(corrected, 'some'));
  },

  async facetTexts(ctx, slugs) {
    const [row] = await ctx.db
      .selectNoFrom([
        sql<string[]>`array(
          select distinct facet.text
          from search_documents document, unnest(document.category_facets) facet (text)
          where document.category_slugs && ${[...slugs.categories]}::text[]
        )`.as('categories'),
        sql<string[]>`array(
          select distinct brand_facet from search_documents where brand = any(${[...slugs.brands]}::text[])
        )`.as('brands'),
      ])
      .execute();
    return row ?? { categories: [], brands: [] };
  },
};

/** What somebody typed as a full-text query: all words, or any of them. Null when nothing was typed. */
function wordsOf(text: string, match: Match): RawBuilder<unknown> | null {
  if (text === '') return null;
  if (match === 'all') return sql`websearch_to_tsquery('souk', ${text})`;
  return sql`replace(plainto_tsquery('souk', ${text})::text, ' & ', ' | ')::tsquery`;
}

async function findBy(ctx: Context, query: Asked, words: RawBuilder<unknown> | null): Promise<Found> {
  const conditions = conditionsOf(query);
  const holds = (...without: FacetName[]) =>
    sql.join(
      facetNames.filter((name) => !without.includes(name)).map((name) => sql.ref(`has_${name}`)),
      sql` and `,
    );
  // Products of one category, or of one set of colours, are many: they are counted first, then taken apart.
  const counted = (column: RawBuilder<unknown>, without: FacetName) => sql`(
    select coalesce(jsonb_object_agg(value, products), '{}') from (
      select value, sum(alike.products)::int as products
      from (
        select ${column} as values, count(*) as products from candidates where ${holds(without)} group by 1
      ) alike, unnest(alike.values) as value
      where value is not null
      group by value order by products desc, value limit ${COUNTED_VALUES}
    ) facet
  )`;
  const order = orderOf(query);
  const { rows } = await sql`${plannedAnew}
    with candidates as materialized (
      select product_id, category_facets, brand_facet, colours, ${priceIn(query)} as price_amount, is_in_stock,
        published_at,
        ${words ? sql`ts_rank_cd(words, ${words}, 1)` : sql`0`} as rank,
        ${sql.join(facetNames.map((name) => sql`${conditions[name]} as ${sql.ref(`has_${name}`)}`))}
      from search_documents
      where ${words ? sql`words @@ ${words}` : sql`true`} and ${priceIn(query)} is not null
        and ${query.category === null ? sql`true` : sql`category_slugs @> ${[query.category]}::text[]`}
    ), listing as materialized (
      select product_id, rank, price_amount, is_in_stock, published_at
      from candidates where ${holds()}
      order by ${order} limit ${query.limit} offset ${(query.page - 1) * query.limit}
    )
    select
      totals.*,
      ${counted(sql`category_facets`, 'categories')} as categories,
      ${counted(sql`array[brand_facet]`, 'brands')} as brands,
      ${counted(sql`colours`, 'colours')} as colours,
      (select coalesce(jsonb_agg(
          (select document from search_documents stored where stored.product_id = listing.product_id) order by ${order}
        ), '[]') from listing) as cards
    from (
      select
        count(*)::int as "scopeTotal",
        (count(*) filter (where ${holds()}))::int as total,
        (count(*) filter (where ${holds('stock')} and is_in_stock))::int as "inStockCount",
        (min(price_amount) filter (where ${holds('price')})) as "priceMin",
        (max(price_amount) filter (where ${holds('price')})) as "priceMax"
      from candidates
    ) totals
  `.execute(ctx.db);
  const { priceMin, priceMax, ...found } = foundRow.parse(rows[0]);
  return {
    ...found,
    price: priceMin === null || priceMax === null ? null : { min: priceMin, max: priceMax },
  };
}

/** What a product costs where the query was asked. What an older release wrote has the price in one currency, and no regions. */
function priceIn({ region }: Asked): RawBuilder<number | null> {
  return sql`case
    when prices is not null then (prices ->> ${region.code})::bigint
    when document ->> 'currency' = ${region.currency} then search_documents.price_amount
  end`;
}

function conditionsOf(query: Asked): Record<FacetName, RawBuilder<SqlBool>> {
  const always = sql<SqlBool>`true`;
  const { categories, brands, colours, priceMin, priceMax } = query;
  return {
    categories: categories.length === 0 ? always : sql`category_slugs && ${categories}::text[]`,
    brands: brands.length === 0 ? always : sql`coalesce(brand = any(${brands}::text[]), false)`,
    colours: colours.length === 0 ? always : sql`colours && ${colours}::text[]`,
    price: sql`${priceIn(query)} between ${priceMin ?? 0} and ${priceMax ?? Number.MAX_SAFE_INTEGER}`,
    stock: query.inStock ? sql`is_in_stock` : always,
  };
}

/** The same tie-breakers as the search engine's ranking rules have. */
function orderOf(query: SearchQuery): RawBuilder<unknown> {
  const first: Record<SearchQuery['sort'], RawBuilder<unknown>> = {
    relevance: sql`rank desc`,
    newest: sql`published_at desc, rank desc`,
    'price-asc': sql`price_amount, rank desc`,
    'price-desc': sql`price_amount desc, rank desc`,
  };
  return sql`${first[query.sort]}, is_in_stock desc, published_at desc, product_id desc`;
}

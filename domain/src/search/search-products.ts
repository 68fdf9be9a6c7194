import type { z } from 'zod';
import { slugify } from '../catalog/index.ts';
import type { Context } from '../kernel/index.ts';
import { currentRegion } from '../pricing/index.ts';
import { isAway, mayAsk, noteAbsence, noteAnswer } from './breaker.ts';
import { cardOf } from './document.ts';
import type { Asked, Engine, Found } from './engine.ts';
import { facetsOf } from './facets.ts';
import { forGroups } from './group-prices.ts';
import { meiliEngine } from './meili-search.ts';
import { MAX_DEPTH, type SearchQuery, type SearchResult, searchQuery } from './model.ts';
import { postgresEngine } from './postgres-search.ts';

/**
 * With fewer products than this that have all the words, those that have some of them are shown behind. It is decided without
 * the facets' choices, so that a count is what choosing it brings.
 */
const FEW = 5;

/**
 * Finds products for a listing: words, facets, order, page. No SQL while the search engine is up; the same answer from
 * Postgres full-text search, in at most six statements, while it is away.
 *
 * @param input what is not named has its default: `{}` lists everything
 * @throws ZodError when the input is not a query
 */
export async function searchProducts(
  ctx: Context,
  input: z.input<typeof searchQuery>,
): Promise<SearchResult> {
  const query: Asked = { ...bySlugs(searchQuery.parse(input)), region: await currentRegion(ctx) };
  const { meili } = ctx.services;
  if (!meili || !mayAsk(ctx, meili)) return answer(ctx, postgresEngine, query);
  try {
    const result = await answer(ctx, meiliEngine, query);
    noteAnswer(ctx, meili);
    return result;
  } catch (error) {
    if (isAway(error)) noteAbsence(ctx, meili, error);
    else ctx.logger.error({ err: error }, 'the search engine answered with what cannot be used');
    return answer(ctx, postgresEngine, query);
  }
}

async function answer(ctx: Context, engine: Engine, query: Asked): Promise<SearchResult> {
  const lastPage = Math.floor(MAX_DEPTH / query.limit);
  const isTooDeep = query.page > lastPage;
  const found = await find(ctx, engine, isTooDeep ? { ...query, page: 1 } : query);
  const now = ctx.clock.now();
  const cards = isTooDeep ? [] : found.cards.flatMap((card) => cardOf(card, query.region, now) ?? []);
  const answered = {
    currency: query.region.currency,
    items: await forGroups(ctx, cards, query.region),
    total: found.total,
    page: query.page,
    pageCount: Math.min(Math.ceil(found.total / query.limit), lastPage),
    facets: await facetsOf(ctx, engine, query, found),
    engine: engine.name,
  };
  ctx.observe.searched(engine.name);
  return answered;
}

async function find(ctx: Context, engine: Engine, query: Asked): Promise<Found> {
  const strict = await engine.find(ctx, query, 'all');
  if (query.q === '' || strict.scopeTotal >= FEW) return strict;
  return engine.find(ctx, query, 'some');
}

/** Choices by slug: a brand may be named as it is written. */
function bySlugs(query: SearchQuery): SearchQuery {
  const slugs = (names: readonly string[]) => [...new Set(names.map((name) => slugify(name) || name))];
  return {
    ...query,
    categories: slugs(query.categories),
    brands: slugs(query.brands),
    colours: [...new Set(query.colours)],
  };
}

import { type Meilisearch, MeilisearchApiError, MeilisearchError } from 'meilisearch';
import type { Context } from '../kernel/index.ts';

/** How long the engine is left alone after a failure: a dead one costs one request a time-out in this many milliseconds. */
const RETRY_AFTER_MS = 5_000;

/** Until when each engine is left alone, in milliseconds. Processes find out each for themselves. */
const restingUntil = new WeakMap<Meilisearch, number>();

/** Tells whether the engine may be asked now. While it rests only one request in `RETRY_AFTER_MS` tries it. */
export function mayAsk(ctx: Context, meili: Meilisearch): boolean {
  const until = restingUntil.get(meili);
  if (until === undefined) return true;
  const now = ctx.clock.now().getTime();
  if (now < until) return false;
  restingUntil.set(meili, now + RETRY_AFTER_MS);
  return true;
}

/** Notes that the engine answered. */
export function noteAnswer(ctx: Context, meili: Meilisearch): void {
  if (restingUntil.delete(meili)) ctx.logger.info('the search engine is back');
}

/** Notes that the engine did not answer: it is left alone for a while. */
export function noteAbsence(ctx: Context, meili: Meilisearch, error: unknown): void {
  const message = 'the search engine is away: Postgres answers, and documents wait for it';
  if (!restingUntil.has(meili)) ctx.logger.warn({ err: error }, message);
  restingUntil.set(meili, ctx.clock.now().getTime() + RETRY_AFTER_MS);
}

/** Tells whether the engine is known to be away, without asking it. */
export function isResting(ctx: Context, meili: Meilisearch): boolean {
  return ctx.clock.now().getTime() < (restingUntil.get(meili) ?? 0);
}

/** For how long an absence counts that nobody has looked after since: where nobody searches, nothing falls back. */
const REMEMBERED_MS = 60_000;

/** Tells whether Postgres answers in the engine's place: when the engine was asked last, a moment ago, it was away. */
export function isStoodInFor(ctx: Context, meili: Meilisearch): boolean {
  const until = restingUntil.get(meili);
  return until !== undefined && ctx.clock.now().getTime() < until + REMEMBERED_MS;
}

/** Codes of an index that is not there or not ours yet: a rebuild puts it right, and Postgres answers until then. */
const unusable = new Set([
  'index_not_found',
  'invalid_search_facets',
  'invalid_search_filter',
  'invalid_search_sort',
]);

/** Tells whether an error means that the engine cannot serve anybody: unreachable, too slow, broken, locked, or empty. */
export function isAway(error: unknown): boolean {
  // A proxy in front of a dead engine answers with something that is no JSON.
  if (error instanceof SyntaxError) return true;
  if (!(error instanceof MeilisearchError)) return false;
  if (!(error instanceof MeilisearchApiError)) return true;
  const { status } = error.response;
  return status >= 500 || status === 401 || status === 403 || status === 429 || isIndexUnusable(error);
}

/** Tells whether an error means that the index is missing or has not our settings. */
function isIndexUnusable(error: unknown): boolean {
  return error instanceof MeilisearchApiError && unusable.has(error.cause?.code ?? '');
}

import { sql } from 'kysely';
import type { Meilisearch } from 'meilisearch';
import { listProductIds } from '../catalog/index.ts';
import { authorise, type Context, DomainError } from '../kernel/index.ts';
import { createIndex, dropIndex, indexesNamed, swapIndexes } from './index-admin.ts';
import { sendDocuments, waitForTasks } from './push-documents.ts';
import { settingsVersion } from './settings.ts';
import { lockDocuments, storeDocuments } from './store-documents.ts';

const BATCH = 500;

/** How many batches may wait in the engine's queue. */
const MAX_QUEUED = 8;

/** How long the engine may take over the whole queue, in milliseconds. */
const BUILD_TIMEOUT_MS = 15 * 60_000;

export interface ReindexProgress {
  /** Published products gone through. */
  readonly done: number;
  /** About how many there are. */
  readonly total: number;
}

export interface Reindexed {
  /** Products that can be found now. */
  readonly documents: number;
  /** Whether the search engine was rebuilt, or only the documents in Postgres because the shop runs without one. */
  readonly engine: 'meilisearch' | 'postgres';
}

/**
 * Makes every document anew: in Postgres, and in a new index beside the live one that takes its place in one moment. Shoppers
 * search the old one meanwhile, and what changes goes into both. Memory does not grow with the catalogue.
 *
 * @throws DomainError `conflict` when a reindex is under way already
 * @throws MeilisearchError when the engine is away: the live index stays as it was
 */
export async function reindex(
  ctx: Context,
  options: { onProgress?: (progress: ReindexProgress) => void } = {},
): Promise<Reindexed> {
  authorise(ctx, 'products:update');
  return alone(ctx, async () => {
    const { meili } = ctx.services;
    if (!meili || !ctx.config.meili) {
      const documents = await goThrough(ctx, null, ctx.ids.next(), options.onProgress);
      return { documents, engine: 'postgres' };
    }
    return rebuild(ctx, meili, ctx.config.meili.index, options.onProgress);
  });
}

async function rebuild(
  ctx: Context,
  meili: Meilisearch,
  live: string,
  onProgress?: (progress: ReindexProgress) => void,
): Promise<Reindexed> {
  const prefix = `${live}_build_`;
  const build = `${prefix}${ctx.clock.now().getTime()}`;
  const mark = ctx.ids.next();
  await forgetBuilds(ctx, meili, prefix);
  try {
    await createIndex(meili, build);
    await ctx.db
      .insertInto('search_builds')
      .values({ index_uid: build, started_at: ctx.clock.now() })
      .execute();
    const documents = await goThrough(ctx, { meili, index: build }, mark, onProgress);
    await takePlace(ctx, meili, { live, build });
    await ctx.db.deleteFrom('search_pending').where('mark', '=', mark).execute();
    ctx.logger.info({ documents, settingsVersion }, 'the search index was rebuilt');
    return { documents, engine: 'meilisearch' };
  } finally {
    // What is called so now: the old index, or a build that failed.
    await forgetBuilds(ctx, meili, prefix).catch((error: unknown) => {
      ctx.logger.warn({ err: error }, 'an old search index stays until the next rebuild');
    });
  }
}

/** Goes through all products, in batches of their own transactions. @returns how many can be found */
async function goThrough(
  ctx: Context,
  target: { meili: Meilisearch; index: string } | null,
  mark: string,
  onProgress?: (progress: ReindexProgress) => void,
): Promise<number> {
  const { count } = await ctx.db
    .selectFrom('search_documents')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  const queued: number[] = [];
  let documents = 0;
  let done = 0;
  for (let after: string | null = null; ; ) {
    const batch = await ctx.transaction(async (tx) => {
      await lockDocuments(tx);
      const ids: string[] = await listProductIds(tx, { after, limit: BATCH });
      const leftover = await documentsBetween(tx, after, ids);
      const stored = await storeDocuments(tx, [...new Set([...ids, ...leftover])], mark);
      const tasks = target
        ? await sendDocuments(
            target.meili.index(target.index),
            stored.map((document) => ({ ...document })),
          )
        : [];
      return { ids, stored: stored.length, tasks };
    });
    queued.push(...batch.tasks);
    if (target)
      await waitForTasks(target.meili, queued.splice(0, queued.length - MAX_QUEUED), {
        timeout: BUILD_TIMEOUT_MS,
      });
    done += batch.ids.length;
    documents += batch.stored;
    onProgress?.({ done, total: Math.max(count, done) });
    after = batch.ids.at(-1) ?? null;
    if (batch.ids.length < BATCH) break;
  }
  if (target) await waitForTasks(target.meili, queued, { timeout: BUILD_TIMEOUT_MS });
  return documents;
}

/** Products that have a document in the range of a batch: those that are not published any more lose it there. */
async function documentsBetween(
  ctx: Context,
  after: string | null,
  ids: readonly string[],
): Promise<string[]> {
  const last = ids.length < BATCH ? null : (ids.at(-1) ?? null);
  const rows = await ctx.db
    .selectFrom('search_documents')
    .select('product_id')
    .$if(after !== null, (query) => query.where('product_id', '>', after ?? ''))
    .$if(last !== null, (query) => query.where('product_id', '<=', last ?? ''))
    .execute();
  return rows.map((row) => row.product_id);
}

/** Puts the built index into the live one's place, between two changes: those before went to both, those after go there. */
async function takePlace(
  ctx: Context,
  meili: Meilisearch,
  names: { live: string; build: string },
): Promise<void> {
  const [existing] = await indexesNamed(meili, names.live).then((uids) =>
    uids.filter((uid) => uid === names.live),
  );
  if (existing === undefined) await createIndex(meili, names.live);
  const task = await ctx.transaction(async (tx) => {
    await lockDocuments(tx);
    await tx.db.deleteFrom('search_builds').where('index_uid', '=', names.build).execute();
    return swapIndexes(meili, names.live, names.build);
  });
  await waitForTasks(meili, [task], { timeout: BUILD_TIMEOUT_MS });
}

async function forgetBuilds(ctx: Context, meili: Meilisearch, prefix: string): Promise<void> {
  await ctx.db.deleteFrom('search_builds').where('index_uid', 'like', `${prefix}%`).execute();
  for (const uid of await indexesNamed(meili, prefix)) await dropIndex(meili, uid);
}

/** Runs `work` unless another process does the same: the lock lives as long as its connection. */
async function alone<T>(ctx: Context, work: () => Promise<T>): Promise<T> {
  return ctx.db.connection().execute(async (connection) => {
    const key = sql`hashtextextended('search.reindex', 0)`;
    const { rows } = await sql<{ ours: boolean }>`select pg_try_advisory_lock(${key}) as ours`.execute(
      connection,
    );
    if (!rows[0]?.ours) throw new DomainError('conflict', 'a reindex is under way already');
    try {
      return await work();
    } finally {
      await sql`select pg_advisory_unlock(${key})`.execute(connection);
    }
  });
}

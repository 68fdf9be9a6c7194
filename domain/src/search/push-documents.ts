import { sql } from 'kysely';
import type { EnqueuedTask, Index, Meilisearch } from 'meilisearch';
import type { Context, TransactionContext } from '../kernel/index.ts';
import { lockDocuments } from './store-documents.ts';

/** How many documents are sent at once. */
const BATCH = 2_000;

/** How long the engine may take over a batch: while it is busy with a rebuild, tasks wait in its queue. */
const TASK_TIMEOUT_MS = 120_000;
const TASK_POLL_MS = 20;

/** The field that documents are told apart by. */
export const PRIMARY_KEY = 'id';

interface Sent {
  readonly tasks: readonly number[];
  readonly ids: readonly string[];
  readonly marks: readonly string[];
}

/**
 * Sends the documents that are pending to the search engine and waits until it has them. To the live index, and to the one that
 * a rebuild under way fills beside it. Idempotent; several at once are in order, for each reads and sends under a lock.
 *
 * @throws MeilisearchError when the engine is away: what it did not confirm stays pending
 */
export async function pushDocuments(ctx: Context): Promise<void> {
  const { meili } = ctx.services;
  if (!meili || !ctx.config.meili) return;
  const live = ctx.config.meili.index;
  for (;;) {
    const sent = await ctx.transaction(async (tx) => {
      await lockDocuments(tx);
      return sendBatch(tx, meili, live);
    });
    if (!sent) return;
    await waitForTasks(meili, sent.tasks);
    await crossOff(ctx, sent);
    if (sent.ids.length < BATCH) return;
  }
}

/** How many products the engine does not hold yet as they are. */
export async function pendingDocuments(ctx: Context): Promise<number> {
  const { count } = await ctx.db
    .selectFrom('search_pending')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

async function sendBatch(tx: TransactionContext, meili: Meilisearch, live: string): Promise<Sent | null> {
  const rows = await tx.db
    .selectFrom('search_pending as pending')
    .leftJoin('search_documents as stored', 'stored.product_id', 'pending.product_id')
    .select(['pending.product_id', 'pending.mark', 'stored.document'])
    .orderBy('pending.product_id')
    .limit(BATCH)
    .execute();
  if (rows.length === 0) return null;
  const builds = await tx.db.selectFrom('search_builds').select('index_uid').execute();
  const documents = rows.flatMap((row) => (row.document === null ? [] : [asDocument(row.document)]));
  const gone = rows.filter((row) => row.document === null).map((row) => row.product_id);
  const tasks: number[] = [];
  for (const uid of [live, ...builds.map((build) => build.index_uid)]) {
    // Asking first: adding documents would make a missing index, and with settings that are not ours.
    await meili.getRawIndex(uid);
    tasks.push(...(await sendDocuments(meili.index(uid), documents, gone)));
  }
  return { tasks, ids: rows.map((row) => row.product_id), marks: rows.map((row) => row.mark) };
}

/** Queues the change of an index's documents. @returns the tasks that do it, in order */
export async function sendDocuments(
  index: Index,
  documents: readonly Record<string, unknown>[],
  goneIds: readonly string[] = [],
): Promise<number[]> {
  const tasks: EnqueuedTask[] = [];
  if (documents.length > 0) tasks.push(await index.addDocuments([...documents], { primaryKey: PRIMARY_KEY }));
  if (goneIds.length > 0) tasks.push(await index.deleteDocuments([...goneIds]));
  return tasks.map((task) => task.taskUid);
}

/**
 * Waits until the engine has done its tasks.
 *
 * @param options.timeout how long each may take, in milliseconds
 * @param options.unless the code of a failure that is none
 * @throws Error when the engine could not do a task
 */
export async function waitForTasks(
  meili: Meilisearch,
  tasks: readonly number[],
  options: { timeout?: number; unless?: string } = {},
): Promise<void> {
  const timeout = options.timeout ?? TASK_TIMEOUT_MS;
  for (const uid of tasks) {
    const task = await meili.tasks.waitForTask(uid, { timeout, interval: TASK_POLL_MS });
    if (
      task.status !== 'succeeded' &&
      (options.unless === undefined || task.error?.code !== options.unless)
    ) {
      throw new Error(`the search engine failed at ${task.type}: ${task.error?.message ?? task.status}`);
    }
  }
}

/** What changed again meanwhile has a new mark, and stays. */
async function crossOff(ctx: Context, sent: Sent): Promise<void> {
  await sql`
    delete from search_pending pending
    using unnest(${[...sent.ids]}::uuid[], ${[...sent.marks]}::uuid[]) as sent (product_id, mark)
    where pending.product_id = sent.product_id and pending.mark = sent.mark
  `.execute(ctx.db);
}

function asDocument(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw new TypeError('a stored document is not an object');
  return { ...value };
}

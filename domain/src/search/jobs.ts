import type { Meilisearch } from 'meilisearch';
import { productChanged, productIdsOfVariants } from '../catalog/index.ts';
import { availabilityChanged } from '../inventory/index.ts';
import { type Context, type ModuleJobs, pendingDeliveries, type StoredEvent } from '../kernel/index.ts';
import { pricesChanged, regionsChanged } from '../pricing/index.ts';
import { isAway, mayAsk, noteAbsence, noteAnswer } from './breaker.ts';
import { ensureIndex } from './ensure-index.ts';
import { pendingDocuments, pushDocuments } from './push-documents.ts';
import { reindex } from './reindex.ts';
import { refreshDocuments, refreshOutdated } from './store-documents.ts';

const SUBSCRIBER = 'search.index';

/** Events handled at once. */
const BATCH_SIZE = 500;

/** How many documents may wait for others to be sent with. */
const MAX_WAITING_DOCUMENTS = 4_000;

/** Engines whose index this process has found, or made, to have its settings. */
const checked = new WeakSet<Meilisearch>();

/**
 * Brings the search engine up to date with the documents in Postgres: makes its index where it is missing, and sends what is
 * pending.
 *
 * @throws MeilisearchError when the engine is away
 */
export async function catchUp(ctx: Context): Promise<void> {
  const { meili } = ctx.services;
  if (!meili) return;
  await ensureIndex(ctx, checked.has(meili) ? { only: 'missing' } : {});
  checked.add(meili);
  await pushDocuments(ctx);
}

/** The same, except that an engine that is away is left to the schedule: what is pending waits in Postgres. */
async function catchUpIfUp(ctx: Context): Promise<void> {
  const { meili } = ctx.services;
  if (!meili || !mayAsk(ctx, meili)) return;
  try {
    await catchUp(ctx);
    noteAnswer(ctx, meili);
  } catch (error) {
    if (!isAway(error)) throw error;
    noteAbsence(ctx, meili, error);
  }
}

/** What the schedule does: nothing, most of the time. */
async function keepUp(ctx: Context): Promise<void> {
  await refreshOutdated(ctx);
  await catchUpIfUp(ctx);
}

async function indexChanges(ctx: Context, events: readonly StoredEvent[]): Promise<void> {
  const idsOf = (type: string) =>
    events.filter((event) => event.type === type).map((event) => event.aggregateId);
  const productIds = new Set([
    ...idsOf(productChanged.type),
    ...(await productIdsOfVariants(ctx, [
      ...new Set([...idsOf(availabilityChanged.type), ...events.flatMap(variantsPricedBy)]),
    ])),
  ]);
  await refreshDocuments(ctx, [...productIds]);
  if (!(await isWorthWaiting(ctx, events))) await catchUpIfUp(ctx);
}

/** The variants that an event tells new prices of. */
function variantsPricedBy(event: StoredEvent): readonly string[] {
  return event.type === pricesChanged.type ? pricesChanged.schema.parse(event.payload).variantIds : [];
}

/**
 * Tells whether the engine had better wait for the changes behind these: it takes a great batch nearly as fast as a small one,
 * which is what an import lives on.
 */
async function isWorthWaiting(ctx: Context, events: readonly StoredEvent[]): Promise<boolean> {
  if (events.length < BATCH_SIZE) return false;
  const behind = (await pendingDeliveries(ctx, SUBSCRIBER)) - events.length;
  return behind > 0 && (await pendingDocuments(ctx)) < MAX_WAITING_DOCUMENTS;
}

export const searchJobs: ModuleJobs = {
  subscriptions: [
    {
      name: SUBSCRIBER,
      on: [productChanged, availabilityChanged, pricesChanged],
      mode: 'batch',
      batchSize: BATCH_SIZE,
      handle: indexChanges,
    },
    {
      // every document holds the price in every region; while another rebuild is under way, it is tried again
      name: 'search.regions',
      on: [regionsChanged],
      mode: 'batch',
      handle: async (ctx) => {
        await reindex(ctx);
      },
    },
  ],
  schedules: [{ name: 'search.catch-up', cron: '* * * * *', handle: keepUp }],
};

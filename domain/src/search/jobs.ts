import type { Meilisearch } from 'meilisearch';
import { productChanged, productIdsOfVariants } from '../catalog/index.ts';
import { availabilityChanged } from '../inventory/index.ts';
import type { Context, ModuleJobs, StoredEvent } from '../kernel/index.ts';
import { isAway } from './breaker.ts';
import { ensureIndex } from './ensure-index.ts';
import { pushDocuments } from './push-documents.ts';
import { refreshDocuments } from './store-documents.ts';

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
  try {
    await catchUp(ctx);
  } catch (error) {
    if (!isAway(error)) throw error;
    ctx.logger.warn({ err: error }, 'the search engine is away: documents wait for it');
  }
}

async function indexChanges(ctx: Context, events: readonly StoredEvent[]): Promise<void> {
  const idsOf = (type: string) =>
    events.filter((event) => event.type === type).map((event) => event.aggregateId);
  const productIds = new Set([
    ...idsOf(productChanged.type),
    ...(await productIdsOfVariants(ctx, [...new Set(idsOf(availabilityChanged.type))])),
  ]);
  await refreshDocuments(ctx, [...productIds]);
  await catchUpIfUp(ctx);
}

export const searchJobs: ModuleJobs = {
  subscriptions: [
    {
      name: 'search.index',
      on: [productChanged, availabilityChanged],
      mode: 'batch',
      batchSize: 500,
      handle: indexChanges,
    },
  ],
  schedules: [{ name: 'search.catch-up', cron: '* * * * *', handle: catchUpIfUp }],
};

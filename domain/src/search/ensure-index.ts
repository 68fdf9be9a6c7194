import type { Context } from '../kernel/index.ts';
import { isDomainError } from '../kernel/index.ts';
import { indexState } from './index-admin.ts';
import { reindex } from './reindex.ts';
import { settingsVersion } from './settings.ts';

/**
 * Sees to it that the search engine has an index with the settings of this release: builds one where it is missing or has
 * others. Cheap when all is well; leaves it to another process that is at it.
 *
 * @param options.only `missing` leaves other settings alone: during a release the old worker must not undo the new one's
 * @returns whether an index was built
 * @throws MeilisearchError when the engine is away
 */
export async function ensureIndex(ctx: Context, options: { only?: 'missing' } = {}): Promise<boolean> {
  const { meili } = ctx.services;
  if (!meili || !ctx.config.meili) return false;
  const state = await indexState(meili, ctx.config.meili.index);
  if (state === 'current' || (state === 'outdated' && options.only === 'missing')) return false;
  ctx.logger.info({ state, settingsVersion }, 'building the search index');
  try {
    await reindex(ctx);
    return true;
  } catch (error) {
    if (!isDomainError(error, 'conflict')) throw error;
    ctx.logger.info('another process builds the search index');
    return false;
  }
}

import { sql } from 'kysely';
import { Meilisearch } from 'meilisearch';
import type { Logger } from 'pino';
import {
  type Actor,
  type Context,
  createContext,
  createDatabase,
  createRedisCache,
  type DomainConfig,
  guest,
  noCache,
  noObserver,
  nowhere,
  type Observer,
  type Origin,
  systemClock,
  systemIds,
} from '../kernel/index.ts';
import { searchHealth } from '../search/index.ts';
import { createBucketStore } from './bucket-store.ts';
import { createFolderStore } from './file-store.ts';
import { createMailer } from './mailer.ts';
import { subscriptions } from './modules.ts';
import { createAvalara, createShippo } from './outside-apis.ts';
import { createStripe } from './stripe.ts';

export type DependencyState = 'up' | 'down' | 'off';

/** The domain, connected to the world. */
export interface Domain {
  readonly config: DomainConfig;
  readonly pool: ReturnType<typeof createDatabase>['pool'];
  /** A context for one request or job. */
  context(overrides?: { actor?: Actor; logger?: Logger; origin?: Origin }): Context;
  /** How each thing that it leans on is doing; never throws. */
  health(): Promise<{ postgres: DependencyState; redis: DependencyState; meilisearch: DependencyState }>;
  close(): Promise<void>;
}

/** What a test may replace. */
export type DomainParts = Partial<Pick<Context, 'clock' | 'ids' | 'cache' | 'services' | 'subscriptions'>>;

/**
 * Connects the domain to its database, cache and services. Connections are made when first used.
 *
 * @param options.observer hears what happens, for who measures it
 */
export function createDomain(
  config: DomainConfig,
  options: { logger: Logger; parts?: DomainParts; applicationName?: string; observer?: Observer },
): Domain {
  const { logger, observer = noObserver } = options;
  const { db, pool } = createDatabase({
    url: config.databaseUrl,
    poolSize: config.databasePoolSize,
    applicationName: options.applicationName ?? 'souk',
    onPoolError: (error) => logger.warn({ err: error }, 'a database connection broke'),
    observe: observer,
  });
  const cache = config.redis === null ? noCache : createRedisCache(config.redis, logger, observer);
  const mailer = createMailer(config.mail);
  const base = createContext({
    db,
    cache,
    clock: systemClock,
    ids: systemIds,
    logger,
    observe: observer,
    actor: guest,
    origin: nowhere,
    config,
    services: {
      stripe: createStripe(config.stripe),
      mailer,
      files: config.mediaBucket
        ? createBucketStore(config.mediaBucket)
        : createFolderStore(config.mediaDirectory),
      meili: config.meili
        ? new Meilisearch({
            host: config.meili.url,
            apiKey: config.meili.apiKey,
            timeout: 5_000,
            // Compressed answers come in two pieces, and the second waits 40 ms for a delayed acknowledgement.
            requestInit: { headers: { 'accept-encoding': 'identity' } },
          })
        : null,
      shippo: createShippo(config.shippo, logger),
      avalara: createAvalara(config.avalara, logger),
    },
    subscriptions,
    ...options.parts,
  });
  return {
    config,
    pool,
    context: (overrides = {}) => createContext({ ...base, ...overrides }),
    async health() {
      const [postgres, meilisearch] = await Promise.all([
        sql`select 1`.execute(db).then(
          () => 'up' as const,
          () => 'down' as const,
        ),
        searchHealth(base),
      ]);
      return { postgres, redis: cache.state(), meilisearch };
    },
    async close() {
      mailer.close();
      await cache.close();
      await db.destroy();
    },
  };
}

import { Meilisearch } from 'meilisearch';
import type { Logger } from 'pino';
import {
  type Actor,
  type Context,
  createContext,
  createDatabase,
  createDatabaseProbe,
  createRedisCache,
  type DomainConfig,
  guest,
  noCache,
  noObserver,
  nowhere,
  type Observer,
  type Origin,
  type PoolPressure,
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
  /** How much the pool is asked for. */
  readonly pressure: PoolPressure;
  /** A context for one request or job. */
  context(overrides?: { actor?: Actor; logger?: Logger; origin?: Origin }): Context;
  /** How each thing that it leans on is doing, within a second and however busy the pool is; never throws. */
  health(): Promise<{ postgres: DependencyState; redis: DependencyState; meilisearch: DependencyState }>;
  close(): Promise<void>;
}

/** What a test may replace. */
export type DomainParts = Partial<Pick<Context, 'clock' | 'ids' | 'cache' | 'services' | 'subscriptions'>>;

/** How long each thing that the domain leans on may take to say how it is, in milliseconds: probes of pods give up after a second. */
const HEALTH_WITHIN_MS = 700;

/**
 * Connects the domain to its database, cache and services. Connections are made when first used.
 *
 * @param options.observer hears what happens, for who measures it
 * @param options.queue bounds on the wait for a database connection, for a program that has to turn away who comes when it is too much
 */
export function createDomain(
  config: DomainConfig,
  options: {
    logger: Logger;
    parts?: DomainParts;
    applicationName?: string;
    observer?: Observer;
    queue?: { readonly mostWaiting: number; readonly waitMs: number };
  },
): Domain {
  const { logger, observer = noObserver } = options;
  const { db, pool, pressure } = createDatabase({
    url: config.databaseUrl,
    poolSize: config.databasePoolSize,
    applicationName: options.applicationName ?? 'souk',
    ...options.queue,
    onPoolError: (error) => logger.warn({ err: error }, 'a database connection broke'),
    observe: observer,
  });
  const probe = createDatabaseProbe(config.databaseUrl, HEALTH_WITHIN_MS);
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
    pressure,
    context: (overrides = {}) => createContext({ ...base, ...overrides }),
    async health() {
      const [isUp, meilisearch] = await Promise.all([
        probe.isUp(),
        within(HEALTH_WITHIN_MS, searchHealth(base), 'down' as const),
      ]);
      return { postgres: isUp ? 'up' : 'down', redis: cache.state(), meilisearch };
    },
    async close() {
      mailer.close();
      await cache.close();
      await Promise.all([probe.close(), db.destroy()]);
    },
  };
}

async function within<Value>(ms: number, asked: Promise<Value>, otherwise: Value): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Value>((resolve) => {
    timer = setTimeout(resolve, ms, otherwise);
  });
  return Promise.race([asked, late]).finally(() => clearTimeout(timer));
}

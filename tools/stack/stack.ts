import { type Instance, openFreeInstance, openInstance } from './instance.ts';
import { startMeilisearch } from './meilisearch.ts';
import { outsideMeilisearch, outsidePostgres, outsideRedis } from './outside.ts';
import { keepPort } from './ports.ts';
import { startPostgres } from './postgres.ts';
import { startRedis } from './redis.ts';
import type { Service } from './service.ts';

export interface StackOptions {
  /** where data and logs live, such as `.souk/start` */
  directory: string;
  /** whether data survive a power cut (default true); tests trade that for speed */
  durable?: boolean;
  /** when the directory is in use: fail (default), or take the next free one beside it */
  whenBusy?: 'fail' | 'next';
}

/** The stores that Souk needs, running. */
export interface Stack {
  readonly instance: Instance;
  readonly databaseUrl: string;
  /** absent where no Redis was found */
  readonly redisUrl: string | undefined;
  /** absent where no Meilisearch was found */
  readonly meiliUrl: string | undefined;
  readonly meiliKey: string | undefined;
  readonly services: readonly Service[];
  /** the variables by which programs find the stores */
  readonly environment: Readonly<Record<string, string>>;
  /** ends all servers of the stack, last started first, and gives the directory free */
  stop(): Promise<void>;
}

/**
 * Starts Postgres, Redis and Meilisearch, or uses those that DATABASE_URL, REDIS_URL and MEILI_URL name. They end with this process.
 *
 * @throws StackError with a message for people: what failed, the end of its log, what to do
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const instance =
    options.whenBusy === 'next' ? openFreeInstance(options.directory) : openInstance(options.directory);
  const starting = [
    startEach(() => outsidePostgres() ?? embeddedPostgres(instance, options.durable ?? true)),
    startEach(() => outsideRedis() ?? embedded(instance, 'redis', startRedis)),
    startEach(() => outsideMeilisearch() ?? embedded(instance, 'meilisearch', startMeilisearch)),
  ] as const;
  try {
    const [postgres, redis, meilisearch] = await Promise.all(starting);
    return stackOf(instance, postgres, redis, meilisearch);
  } catch (error) {
    await stopAll(instance, await settled(starting));
    throw error;
  }
}

function stackOf(instance: Instance, postgres: Service, redis: Service, meilisearch: Service): Stack {
  const services = [postgres, redis, meilisearch];
  const environment = definedOnly({
    DATABASE_URL: postgres.url,
    REDIS_URL: redis.url,
    MEILI_URL: meilisearch.url,
    MEILI_API_KEY: meilisearch.key,
  });
  return {
    instance,
    databaseUrl: postgres.url ?? '',
    redisUrl: redis.url,
    meiliUrl: meilisearch.url,
    meiliKey: meilisearch.key,
    services,
    environment,
    stop: () => stopAll(instance, services),
  };
}

/** Turns an error thrown at once into a rejection, so that the other starts are awaited and undone too. */
async function startEach(start: () => Promise<Service>): Promise<Service> {
  return start();
}

async function embeddedPostgres(instance: Instance, durable: boolean): Promise<Service> {
  return embedded(instance, 'postgres', (own, port) => startPostgres(own, { port, durable }));
}

async function embedded(
  instance: Instance,
  name: string,
  start: (instance: Instance, port: number) => Promise<Service>,
): Promise<Service> {
  const port = await keepPort(instance.memory.ports[name]);
  instance.memory.ports[name] = port;
  instance.save();
  return start(instance, port);
}

async function settled(starting: readonly Promise<Service>[]): Promise<Service[]> {
  const results = await Promise.allSettled(starting);
  return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
}

async function stopAll(instance: Instance, services: readonly Service[]): Promise<void> {
  await Promise.all(services.map((service) => service.stop()));
  instance.release();
}

/** Drops the variables that have no value. */
export function definedOnly(variables: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

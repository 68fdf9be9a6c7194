import type { Instance } from './instance.ts';
import { startMeilisearch } from './meilisearch.ts';
import { outsideMeilisearch, outsidePostgres, outsideRedis } from './outside.ts';
import { keepPort } from './ports.ts';
import { startPostgres } from './postgres.ts';
import { startRedis } from './redis.ts';
import type { Service } from './service.ts';
import type { SupervisionOptions } from './supervisor.ts';

export interface StackOptions {
  /** whether data survive a power cut (default true); tests trade that for speed */
  durable?: boolean;
  /** told when a store has ended by itself and is started again */
  onRestart?: ((name: string, how: string) => void) | undefined;
}

/** A store that crashes is started again; one that crashes over and over is not. */
const restartsPerMinute = 3;

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
 * @param instance where data and logs live; it is released when the stack stops or fails to start
 * @throws StackError with a message for people: what failed, the end of its log, what to do
 */
export async function startStack(instance: Instance, options: StackOptions = {}): Promise<Stack> {
  const outside = await outsideServices(instance);
  const starting = [
    outside.postgres ?? postgres(instance, options),
    outside.redis ?? redis(instance, options),
    outside.meilisearch ?? meilisearch(instance, options),
  ] as const;
  try {
    return stackOf(instance, ...(await Promise.all(starting)));
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

/** Asked before anything of ours is started: a wrong variable is told at once. */
async function outsideServices(instance: Instance) {
  try {
    const [postgres, redis, meilisearch] = await Promise.all([
      outsidePostgres(),
      outsideRedis(),
      outsideMeilisearch(),
    ]);
    return { postgres, redis, meilisearch };
  } catch (error) {
    instance.release();
    throw error;
  }
}

async function postgres(instance: Instance, options: StackOptions): Promise<Service> {
  const port = await portFor(instance, 'postgres');
  return startPostgres(instance, { port, durable: options.durable ?? true }, supervision(options));
}

async function redis(instance: Instance, options: StackOptions): Promise<Service> {
  return startRedis(instance, await portFor(instance, 'redis'), supervision(options));
}

async function meilisearch(instance: Instance, options: StackOptions): Promise<Service> {
  return startMeilisearch(instance, await portFor(instance, 'meilisearch'), supervision(options));
}

function supervision(options: StackOptions): SupervisionOptions {
  return { restarts: restartsPerMinute, onRestart: options.onRestart };
}

/** The service's port: the one used last time while it is free, at first `preferred` if that is. */
export async function portFor(instance: Instance, service: string, preferred?: number): Promise<number> {
  const port = await keepPort(instance.memory.ports[service] ?? preferred);
  instance.memory.ports[service] = port;
  instance.save();
  return port;
}

async function settled(starting: readonly (Service | Promise<Service>)[]): Promise<Service[]> {
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

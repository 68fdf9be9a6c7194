import { inSpan } from '@souk/telemetry';
import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { noObserver, type Observer } from './observer.ts';
import { guardRedis } from './redis-guard.ts';

/** Speed, never the truth: every answer may be a miss, and no call throws. Values are JSON. */
export interface Cache {
  get<T>(key: string): Promise<T | null>;
  set(key: string, value: unknown, ttlSeconds: number): Promise<void>;
  /** Sets what is not there yet, and leaves what is. */
  add(key: string, value: unknown, ttlSeconds: number): Promise<void>;
  /** Sets what is there if it is `expected` still, and leaves anything else: whoever put it there came later. */
  swap(key: string, expected: unknown, value: unknown, ttlSeconds: number): Promise<void>;
  delete(...keys: string[]): Promise<void>;
  /** `up`, `down` (misses are served meanwhile), or `off` when the shop runs without a cache. */
  state(): 'up' | 'down' | 'off';
  close(): Promise<void>;
}

/** A cache that never hits: what the shop runs on without Redis. */
export const noCache: Cache = {
  get: async () => null,
  set: async () => {},
  add: async () => {},
  swap: async () => {},
  delete: async () => {},
  state: () => 'off',
  close: async () => {},
};

const SWAP = `
  if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('set', KEYS[1], ARGV[2], 'EX', ARGV[3]) end
`;

/** Spans of what is asked of Redis. Keys are left out: some are hashes of what opens a door. */
const commands = {
  get: spanOf('get'),
  set: spanOf('set'),
  eval: spanOf('eval'),
  del: spanOf('del'),
};

function spanOf(command: string) {
  const attributes = { 'db.system.name': 'redis', 'db.operation.name': command };
  return { name: `redis ${command}`, kind: 'client', attributes } as const;
}

/** Work, to be done in a span of that command. */
function traced<T>(command: keyof typeof commands, work: () => Promise<T>): () => Promise<T> {
  return () => inSpan(commands[command], work);
}

/**
 * A cache in Redis. While Redis is away, or hangs, every read is a miss within milliseconds, and it comes back by itself.
 *
 * @param observe told of each read
 */
export function createRedisCache(
  settings: { url: string; prefix: string },
  logger: Logger,
  observe: Pick<Observer, 'cacheRead'> = noObserver,
): Cache & { redis: Redis } {
  const redis = new Redis(settings.url, {
    keyPrefix: settings.prefix,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: 250,
    connectTimeout: 2_000,
    retryStrategy: (attempt) => Math.min(attempt * 100, 2_000),
  });
  let wasDown = false;
  const away = (error?: Error) => {
    if (!wasDown) logger.warn({ err: error }, 'redis is away; serving without the cache');
    wasDown = true;
  };
  const back = () => {
    if (wasDown) logger.info('redis is back');
    wasDown = false;
  };
  redis.on('error', away);
  redis.on('ready', back);
  const guard = guardRedis(redis, { silence: () => away(), back });
  return {
    redis,
    async get<T>(key: string): Promise<T | null> {
      let outcome: 'hit' | 'miss' | 'error' = 'error';
      const read = traced('get', () => redis.get(key));
      const text = await guard.ask(async () => {
        const found = await read();
        outcome = found === null ? 'miss' : 'hit';
        return found;
      });
      observe.cacheRead(outcome);
      return text === null ? null : JSON.parse(text);
    },
    // what is overwritten or deleted would be wrong from now on: it is told in any case
    async set(key, value, ttlSeconds) {
      await guard.tell(traced('set', () => redis.set(key, JSON.stringify(value), 'EX', ttlSeconds)));
    },
    async add(key, value, ttlSeconds) {
      await guard.ask(traced('set', () => redis.set(key, JSON.stringify(value), 'EX', ttlSeconds, 'NX')));
    },
    async swap(key, expected, value, ttlSeconds) {
      const [from, to] = [JSON.stringify(expected), JSON.stringify(value)];
      await guard.ask(traced('eval', () => redis.eval(SWAP, 1, key, from, to, ttlSeconds)));
    },
    async delete(...keys) {
      if (keys.length > 0) await guard.tell(traced('del', () => redis.del(...keys)));
    },
    state: () => (guard.isUp() ? 'up' : 'down'),
    async close() {
      guard.close();
    },
  };
}

/** The cached value of `key`, or what `load` answers, kept for `ttlSeconds`. */
export async function cached<T>(
  cache: Cache,
  key: string,
  ttlSeconds: number,
  load: () => Promise<T>,
): Promise<T> {
  const hit = await cache.get<T>(key);
  if (hit !== null) return hit;
  const value = await load();
  await cache.set(key, value, ttlSeconds);
  return value;
}

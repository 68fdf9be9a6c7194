import { isIP } from 'node:net';
import rateLimit, { normalizeIP } from '@fastify/rate-limit';
import { DomainError, guardRedis, type RedisGuard } from '@souk/domain/kernel';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { BffConfig } from './config.ts';

const WINDOW_MS = 60_000;
const LOCAL_KEYS = 20_000;

interface Counted {
  current: number;
  /** Milliseconds until the window ends. */
  ttl: number;
}

/** Counts within this process: what limits lean on while Redis is away. */
function createLocalCounter() {
  const windows = new Map<string, { current: number; endsAt: number }>();
  return (key: string, windowMs: number): Counted => {
    const now = Date.now();
    const known = windows.get(key);
    const window = known && known.endsAt > now ? known : { current: 0, endsAt: now + windowMs };
    window.current += 1;
    // Re-inserted, so that the keys seen longest ago are the first to be forgotten.
    windows.delete(key);
    windows.set(key, window);
    const oldest = windows.size > LOCAL_KEYS ? windows.keys().next().value : undefined;
    if (oldest !== undefined) windows.delete(oldest);
    return { current: window.current, ttl: window.endsAt - now };
  };
}

function connect(settings: { url: string; prefix: string }, logger: Logger): Redis {
  const redis = new Redis(settings.url, {
    keyPrefix: `${settings.prefix}rate:`,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: 100,
    connectTimeout: 1_000,
    retryStrategy: (attempt) => Math.min(attempt * 100, 2_000),
  });
  redis.on('error', (error) => logger.debug({ err: error }, 'rate limits count in this process'));
  return redis;
}

/** Waits until Redis is reached or is not, so that the first requests are counted where all others are. */
function firstAttempt(redis: Redis): Promise<void> {
  return new Promise((resolve) => {
    redis.once('ready', resolve);
    redis.once('error', () => resolve());
  });
}

async function countInRedis(
  { redis, guard }: { redis: Redis; guard: RedisGuard },
  key: string,
  windowMs: number,
): Promise<Counted | null> {
  const replies = await guard.ask(() =>
    redis.multi().set(key, 0, 'PX', windowMs, 'NX').incr(key).pttl(key).exec(),
  );
  const current = replies?.[1]?.[1];
  const ttl = replies?.[2]?.[1];
  return typeof current === 'number' && typeof ttl === 'number' ? { current, ttl } : null;
}

function isMutation(request: FastifyRequest): boolean {
  return !['GET', 'HEAD', 'OPTIONS'].includes(request.method);
}

const loopback = /^(127\.|::1$|::ffff:127\.)/;

/**
 * Limits requests a minute of one client address (IPv6: of one /64), reads and mutations apart: over all processes while
 * Redis is up, within each process otherwise. The address is that of `x-forwarded-for` when the peer is loopback or private.
 */
export async function registerRateLimit(
  app: FastifyInstance,
  options: { config: BffConfig; logger: Logger; onExceeded: () => void },
): Promise<void> {
  const { rateLimit: limits, domain } = options.config;
  const redis = domain.redis === null ? null : connect(domain.redis, options.logger);
  const counter = redis && { redis, guard: guardRedis(redis) };
  app.addHook('onClose', async () => counter?.guard.close());
  if (redis) await firstAttempt(redis);
  const countLocally = createLocalCounter();
  const count = async (key: string, windowMs: number) =>
    (counter && (await countInRedis(counter, key, windowMs))) ?? countLocally(key, windowMs);

  class Store {
    incr(key: string, done: (error: Error | null, counted?: Counted) => void, windowMs = WINDOW_MS): void {
      count(key, windowMs).then((counted) => done(null, counted), done);
    }
    child(): Store {
      return this;
    }
  }

  await app.register(rateLimit, {
    store: Store,
    timeWindow: WINDOW_MS,
    enableDraftSpec: true,
    onExceeded: options.onExceeded,
    max: (request) => (isMutation(request) ? limits.mutations : limits.reads),
    keyGenerator: (request) => {
      const address = isIP(request.ip) === 0 ? request.ip : normalizeIP(request.ip);
      return `${isMutation(request) ? 'write' : 'read'}:${address}`;
    },
    allowList: (request) => !limits.countsLoopback && loopback.test(request.ip),
    errorResponseBuilder: (_request, { ttl }) =>
      new DomainError('rate_limited', 'too many requests from this address', {
        retryAfterSeconds: Math.max(1, Math.ceil(ttl / 1000)),
      }),
  });
}

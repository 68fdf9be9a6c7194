import { monitorEventLoopDelay } from 'node:perf_hooks';
import { DomainError, type PoolPressure } from '@souk/domain/kernel';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { ShedReason } from './ops/http-metrics.ts';

/** How long callers may have to wait for a database connection while more are let in, in milliseconds: to look, and to buy. */
const LOOKING_WAITS_MS = 500;
const BUYING_WAITS_MS = 1_500;
/** Once somebody was turned away, the queue has to be this short again before the next is let in. */
const RECOVERED_MS = 100;
/** By how much timers may be late on average, over so many windows in a row: a start, or a hiccup of the machine, is no load. */
const MOST_LAG_MS = 500;
const LAG_WINDOW_MS = 500;
const LATE_WINDOWS = 4;
/** When to come back: spread, so that all who were turned away at once do not return at once. */
const RETRY_AFTER_SECONDS = { least: 2, most: 5 };

/** Tells whether the process turns people away at the moment. */
export interface Admission {
  isShedding(): boolean;
}

/**
 * Turns requests away before they are begun while those that were let in wait too long: the ones inside finish fast, and the others hear
 * at once when to come back, which is worth more to both than to time out together. Who is at the checkout is turned away last. Health and
 * webhooks are always let in.
 */
export function limitAdmission(
  app: FastifyInstance,
  { pressure, logger }: { pressure: PoolPressure; logger: Logger },
): Admission {
  const isLagging = watchLag(app);
  let isQueueLong = false;
  let isTold = false;
  const isShedding = () => isLagging() || isQueueLong;

  const reasonToRefuse = (request: FastifyRequest): ShedReason | null => {
    if (isLagging()) return 'event_loop';
    const waitedMs = pressure.waitedMs();
    if (waitedMs > LOOKING_WAITS_MS) isQueueLong = true;
    else if (waitedMs < RECOVERED_MS) isQueueLong = false;
    if (!isQueueLong) return null;
    return isBuying(request) && waitedMs < BUYING_WAITS_MS ? null : 'database_queue';
  };

  /** Tells the log of the first who is turned away, and of the end; what lies between is for the metrics. */
  const tell = (reason: ShedReason | null) => {
    if (reason !== null && !isTold) logger.warn({ reason }, 'too much is asked: requests are turned away');
    else if (isTold && !isShedding()) logger.info('nobody is turned away any more');
    isTold = isShedding();
  };

  app.addHook('onRequest', async (request) => {
    if (request.url.startsWith('/health/') || request.url.startsWith('/webhooks/')) return;
    const reason = reasonToRefuse(request);
    tell(reason);
    if (reason === null) return;
    const { least, most } = RETRY_AFTER_SECONDS;
    const retryAfterSeconds = least + Math.round(Math.random() * (most - least));
    throw new DomainError('overloaded', 'too much is asked at the moment', { reason, retryAfterSeconds });
  });
  return { isShedding };
}

/** Procedures of the checkout, alone or in a batch. */
const checkout = /^\/trpc\/(?:[^?]*,)?checkout\./;

function isBuying(request: FastifyRequest): boolean {
  return checkout.test(request.url);
}

/** Watches how late the event loop is, a window at a time. */
function watchLag(app: FastifyInstance): () => boolean {
  const delays = monitorEventLoopDelay({ resolution: 20 });
  delays.enable();
  let lateWindows = 0;
  const timer = setInterval(() => {
    // nanoseconds; without a sample it is NaN, which is not late
    lateWindows = delays.mean / 1e6 > MOST_LAG_MS ? lateWindows + 1 : 0;
    delays.reset();
  }, LAG_WINDOW_MS);
  timer.unref();
  app.addHook('onClose', async () => {
    clearInterval(timer);
    delays.disable();
  });
  return () => lateWindows >= LATE_WINDOWS;
}

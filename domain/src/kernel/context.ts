import type { Logger } from 'pino';
import type { Actor } from './access.ts';
import type { Cache } from './cache.ts';
import type { Clock } from './clock.ts';
import type { DomainConfig } from './config.ts';
import type { Database } from './database.ts';
import { type NewEvent, type Subscription, writeEvents } from './events.ts';
import type { Ids } from './ids.ts';
import type { Observer } from './observer.ts';
import type { Origin } from './origin.ts';
import { isStalePlan } from './prepared-statements.ts';
import type { Services } from './services.ts';
import type { Write } from './write-together.ts';

/** All that a use case needs of the world: it is handed in, so that tests can hold it. */
export interface Context {
  readonly db: Database;
  readonly cache: Cache;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger: Logger;
  /** Hears what is worth measuring. */
  readonly observe: Observer;
  readonly actor: Actor;
  /** Where the request at hand comes from. */
  readonly origin: Origin;
  readonly config: DomainConfig;
  /** Outside services: payments, mail, the search engine, files. */
  readonly services: Services;
  readonly subscriptions: readonly Subscription[];
  /**
   * Runs `work` in one transaction: all of it or nothing. Inside a transaction it joins the one under way.
   * Retried when Postgres gives it up for a deadlock or a serialisation failure, so `work` must not touch anything else.
   */
  transaction<T>(work: (tx: TransactionContext) => Promise<T>): Promise<T>;
}

export interface TransactionContext extends Context {
  /** Writes events that exist exactly when this transaction commits. One statement. */
  emit(...events: readonly NewEvent[]): Promise<void>;
  /** The same, together with the changes that they tell of. One statement. `andCommit`: it is the last, see `writeLast`. */
  emitWith(
    events: readonly NewEvent[],
    how: { readonly changes: readonly Write[]; readonly andCommit?: boolean },
  ): Promise<void>;
  /** Runs `work` once this transaction has committed, and never if it does not: for what only counts. It must not throw. */
  afterCommit(work: () => void): void;
}

const MAX_TRANSACTION_ATTEMPTS = 4;
const retryable = new Set(['40P01', '40001']);

function isRetryable(error: unknown): boolean {
  if (isStalePlan(error)) return true;
  return error instanceof Error && 'code' in error && retryable.has(String(error.code));
}

/** Makes a context of its parts. */
export function createContext(parts: Omit<Context, 'transaction'>): Context {
  return {
    ...parts,
    async transaction(work) {
      for (let attempt = 1; ; attempt += 1) {
        const later: (() => void)[] = [];
        try {
          const done = await parts.db
            .transaction()
            .execute((db) => work(createTransactionContext({ ...parts, db }, later)));
          tellOf(later, parts.logger);
          return done;
        } catch (error) {
          if (attempt >= MAX_TRANSACTION_ATTEMPTS || !isRetryable(error)) throw error;
          parts.logger.debug({ err: error, attempt }, 'transaction retried');
          await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * attempt));
        }
      }
    },
  };
}

/** What is committed stays so, whatever goes wrong in counting it. */
function tellOf(later: readonly (() => void)[], logger: Logger): void {
  for (const tell of later) {
    try {
      tell();
    } catch (error) {
      logger.error({ err: error }, 'what was committed could not be told of');
    }
  }
}

function createTransactionContext(
  parts: Omit<Context, 'transaction'>,
  later: (() => void)[],
): TransactionContext {
  const tx: TransactionContext = {
    ...parts,
    transaction: (work) => work(tx),
    emit: (...events) => writeEvents(tx, events),
    emitWith: (events, how) => writeEvents(tx, events, how),
    afterCommit: (tell) => void later.push(tell),
  };
  return tx;
}

/** Tells whether what is done with `ctx` is part of a transaction under way: then it shares one connection, and may be undone. */
export function isInTransaction(ctx: Context): ctx is TransactionContext {
  return 'emit' in ctx;
}

/** The same context for somebody else. */
export function withActor(ctx: Context, actor: Actor, logger: Logger = ctx.logger): Context {
  return createContext({ ...ctx, actor, logger });
}

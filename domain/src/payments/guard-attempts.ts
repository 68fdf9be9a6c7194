import { createHmac } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import {
  addSeconds,
  type Context,
  DomainError,
  deriveKey,
  isInTransaction,
  networkOf,
  subscriberOf,
} from '../kernel/index.ts';
import { type CountedAttempt, waitSeconds } from './attempt-limits.ts';

/** How long a try counts whose outcome nobody noted: a process died, or a shopper never came back from their bank. */
const PENDING_SECONDS = 3_600;
const LONGEST_WINDOW_SECONDS = 24 * 3_600;
/**
 * The machine itself is no place that cards are tested from: its address is that of all who come through a program on it which does not
 * tell where they are, and counting it would let one of them stop the others. Cart and card count all the same.
 */
const loopback = /^(127\.|::1$|::ffff:127\.)/i;

/** A try to pay. */
export interface PaymentAttempt {
  /** Names it: the same for each repeat of one try, such as the checkout and its attempt's number. */
  readonly key: string;
  /** What is paid for; whose card it is where a card is only saved. */
  readonly cartId: string;
  /** Of the card; null where the way to pay has none. */
  readonly fingerprint: string | null;
}

/**
 * Lets a try to pay through to the provider, or not: the defence against those who test stolen cards. It counts from now on, until it is
 * noted as accepted, so that tries at the same time count like tries one after the other. One statement.
 *
 * @throws DomainError `rate_limited` with `retryAfterSeconds`
 */
export async function guardAttempts(ctx: Context, attempt: PaymentAttempt): Promise<void> {
  const guard = attemptGuard(ctx, attempt);
  const { rows } = await sql<NotedAttempt>`select * from ${guard.noting}`.execute(ctx.db);
  await guard.judge(rows);
}

/** The same, for whoever notes the try together with something else. */
export interface AttemptGuard {
  /**
   * Notes the try and tells what counts besides: an item of a FROM clause. Until the transaction ends, nobody else counts what shares
   * cart, network or card with it.
   */
  readonly noting: RawBuilder<NotedAttempt>;
  /** @throws DomainError `rate_limited` with `retryAfterSeconds`: outside a transaction the try is forgotten before */
  readonly judge: (noted: readonly NotedAttempt[]) => Promise<void>;
}

/** A try as the database holds it; all null where an outer join found none. */
export interface NotedAttempt extends Omit<CountedAttempt, 'at' | 'cart'> {
  readonly cart: string | null;
  readonly attempted_at: Date;
}

export function attemptGuard(ctx: Context, attempt: PaymentAttempt): AttemptGuard {
  const now = ctx.clock.now();
  const hashed = hashesOf(ctx, attempt);
  return {
    noting: notingOf(attempt.key, hashed, now),
    async judge(noted) {
      const counted = noted.flatMap(({ cart, attempted_at: at, ...other }) =>
        cart === null ? [] : [{ ...other, cart, at }],
      );
      const wait = waitSeconds(hashed, counted, now);
      if (wait === 0) return;
      // what is turned away counts for nothing; a transaction undoes it by itself
      if (!isInTransaction(ctx)) await forgetPending(ctx, attempt.key, now);
      ctx.logger.warn({ retryAfterSeconds: wait }, 'a try to pay was turned away: too many were refused');
      throw new DomainError('rate_limited', 'too many tries to pay were refused', {
        retryAfterSeconds: wait,
      });
    },
  };
}

/** Notes that the bank refused a try. Noting it twice counts once; one that was never let through counts, too. One statement. */
export async function noteDeclined(ctx: Context, attempt: PaymentAttempt): Promise<void> {
  await ctx.db
    .insertInto('payment_attempts')
    .values({
      key: attempt.key,
      ...hashesOf(ctx, attempt),
      is_declined: true,
      attempted_at: ctx.clock.now(),
    })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ is_declined: true }))
    .execute();
}

/** Notes that the bank agreed to a try, or was never asked: it counts no longer. One statement. */
export async function noteAccepted(ctx: Context, attempt: Pick<PaymentAttempt, 'key'>): Promise<void> {
  await acceptedNote(ctx, attempt).execute();
}

/** The same, to be made together with other changes. */
export function acceptedNote(ctx: Context, attempt: Pick<PaymentAttempt, 'key'>) {
  return ctx.db.deleteFrom('payment_attempts').where('key', '=', attempt.key);
}

type Hashed = Omit<CountedAttempt, 'at'>;

/** Where from, and which card: as keyed hashes, so that a copy of the database tells neither. */
function hashesOf(ctx: Context, attempt: PaymentAttempt): Hashed {
  const secret = deriveKey(ctx.config.secrets[0], 'payment-attempts');
  const hash = (scope: string, value: string) =>
    createHmac('sha256', secret).update(`${scope}\n${value}`).digest('base64url');
  const orNull = (scope: string, value: string | null) =>
    value === null || value === '' ? null : hash(scope, value);
  const address = loopback.test(ctx.origin.address) ? '' : ctx.origin.address;
  return {
    cart: hash('cart', attempt.cartId),
    subscriber: orNull('subscriber', subscriberOf(address)),
    network: orNull('network', networkOf(address)),
    card: orNull('card', attempt.fingerprint),
  };
}

function notingOf(key: string, hashed: Hashed, now: Date): RawBuilder<NotedAttempt> {
  // in one order, against deadlocks
  const locks = Object.values(hashed)
    .filter((hash) => hash !== null)
    .map((hash) => Buffer.from(hash, 'base64url').readBigInt64BE())
    .toSorted((a, b) => (a < b ? -1 : 1))
    .map(String);
  return sql`
    note_payment_attempt(
      ${locks}::bigint[],
      row(${key}, ${hashed.cart}, ${hashed.subscriber}, ${hashed.network}, ${hashed.card}, false, ${now})::payment_attempts,
      ${addSeconds(now, -LONGEST_WINDOW_SECONDS)}::timestamptz, ${addSeconds(now, -PENDING_SECONDS)}::timestamptz
    )
  `;
}

async function forgetPending(ctx: Context, key: string, at: Date): Promise<void> {
  await ctx.db
    .deleteFrom('payment_attempts')
    .where('key', '=', key)
    .where('attempted_at', '=', at)
    .where('is_declined', '=', false)
    .execute();
}

/** Forgets tries that count no longer. @returns how many */
export async function forgetAttempts(ctx: Context): Promise<number> {
  const { numDeletedRows } = await ctx.db
    .deleteFrom('payment_attempts')
    .where('attempted_at', '<', addSeconds(ctx.clock.now(), -LONGEST_WINDOW_SECONDS))
    .executeTakeFirst();
  return Number(numDeletedRows);
}

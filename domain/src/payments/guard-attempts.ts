import { createHmac } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import {
  addSeconds,
  type Context,
  DomainError,
  deriveKey,
  type Given,
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
  /** Of the card, see `cardKeyOf`; null where the way to pay has none. */
  readonly card: string | null;
}

/**
 * Lets a try to pay through to the provider, or not: the defence against those who test stolen cards. It counts from now on, until it is
 * noted as accepted, so that tries at the same time count like tries one after the other. One statement.
 *
 * @throws DomainError `rate_limited` with `retryAfterSeconds`
 */
export async function guardAttempts(ctx: Context, attempt: PaymentAttempt): Promise<void> {
  const at = ctx.clock.now();
  const { rows } = await sql<NotedAttempt>`select * from ${attemptNoting(ctx, attempt, at)}`.execute(ctx.db);
  await judgeAttempt(ctx, attempt, at, rows);
}

/** A try as the database holds it. */
export interface NotedAttempt extends Omit<CountedAttempt, 'at'> {
  readonly attempted_at: Date | string;
}

/**
 * The same, for whoever notes the try together with something else: notes it and tells what counts besides, for `judgeAttempt`. An item
 * of a FROM clause. Until the transaction ends, nobody else counts what shares cart, network or card with it.
 */
export function attemptNoting(
  ctx: Context,
  attempt: { readonly [Key in keyof PaymentAttempt]: Given<PaymentAttempt[Key]> } & {
    readonly cartId: string;
  },
  at: Date,
): RawBuilder<NotedAttempt> {
  const { cart, subscriber, network } = placeOf(ctx, attempt.cartId);
  return sql`
    note_payment_attempt(
      row(${attempt.key}, ${cart}, ${subscriber}, ${network}, ${attempt.card}, false, ${at})::payment_attempts,
      ${addSeconds(at, -LONGEST_WINDOW_SECONDS)}::timestamptz, ${addSeconds(at, -PENDING_SECONDS)}::timestamptz
    )
  `;
}

/**
 * Judges a try by what counts besides.
 *
 * @param at when it was noted
 * @throws DomainError `rate_limited` with `retryAfterSeconds`: outside a transaction the try is forgotten before
 */
export async function judgeAttempt(
  ctx: Context,
  attempt: PaymentAttempt,
  at: Date,
  noted: readonly NotedAttempt[],
): Promise<void> {
  const counted = noted.map(({ attempted_at: before, ...other }) => ({ ...other, at: new Date(before) }));
  const wait = waitSeconds(hashesOf(ctx, attempt), counted, at);
  if (wait === 0) return;
  // what is turned away counts for nothing; a transaction undoes it by itself
  if (!isInTransaction(ctx)) await forgetPending(ctx, attempt.key, at);
  ctx.logger.warn({ retryAfterSeconds: wait }, 'a try to pay was turned away: too many were refused');
  throw new DomainError('rate_limited', 'too many tries to pay were refused', {
    retryAfterSeconds: wait,
  });
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

/** Tells cards apart, and none of what the provider knows them by. */
export function cardKeyOf(ctx: Context, fingerprint: string | null): string | null {
  return fingerprint === null ? null : hash(ctx, 'card', fingerprint);
}

function hashesOf(ctx: Context, attempt: Pick<PaymentAttempt, 'cartId' | 'card'>): Hashed {
  return { ...placeOf(ctx, attempt.cartId), card: attempt.card };
}

/** Where a try is made. */
function placeOf(ctx: Context, cartId: string): Omit<Hashed, 'card'> {
  const address = loopback.test(ctx.origin.address) ? '' : ctx.origin.address;
  const orNull = (scope: string, value: string | null) =>
    value === null || value === '' ? null : hash(ctx, scope, value);
  return {
    cart: hash(ctx, 'cart', cartId),
    subscriber: orNull('subscriber', subscriberOf(address)),
    network: orNull('network', networkOf(address)),
  };
}

/** A keyed hash, so that a copy of the database tells neither who tried nor which card. */
function hash(ctx: Context, scope: string, value: string): string {
  const secret = deriveKey(ctx.config.secrets[0], 'payment-attempts');
  return createHmac('sha256', secret).update(`${scope}\n${value}`).digest('base64url');
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

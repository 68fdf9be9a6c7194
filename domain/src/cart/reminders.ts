import { sql } from 'kysely';
import { sellableVariants } from '../catalog/index.ts';
import {
  addSeconds,
  type Context,
  DomainError,
  signValue,
  type TransactionContext,
  verifyValue,
} from '../kernel/index.ts';
import { customerKey, customerKeysOf } from '../promotions/index.ts';
import { restoreUrl } from './restore-link.ts';

/** Nobody gets more than one such mail within it, however many carts they leave. */
const PAUSE_SECONDS = 7 * 24 * 3600;
/** So many things a mail names. */
const MAX_NAMED = 5;
const STOP_PURPOSE = 'cart-reminder-stop';

/** A cart that somebody left, as a mail about it needs to know it. */
export interface LeftCart {
  readonly userId: string | null;
  /** Where a mail was asked for to; null when it was not. */
  readonly email: string | null;
  readonly locale: string;
  readonly lines: readonly { readonly title: string; readonly variant: string; readonly quantity: number }[];
  /** Things beside those. */
  readonly more: number;
  /** When it was touched last. */
  readonly leftAt: Date;
  /** Until when the cart is kept. */
  readonly expiresAt: Date;
  readonly restoreUrl: string;
}

/**
 * A cart that is still left, locked, so that it is not ordered until the transaction is over. Two statements.
 *
 * @returns null when somebody has touched or ordered it meanwhile, or nothing in it can be bought any more
 */
export async function lockLeftCart(tx: TransactionContext, cartId: string): Promise<LeftCart | null> {
  const cart = await tx.db
    .selectFrom('carts')
    .select(['user_id', 'email', 'wants_reminder', 'locale', 'updated_at', 'expires_at'])
    .where('id', '=', cartId)
    .where('status', '=', 'active')
    .where('abandoned_at', 'is not', null)
    .where('expires_at', '>', tx.clock.now())
    .forUpdate()
    .executeTakeFirst();
  if (!cart) return null;
  const rows = await tx.db
    .selectFrom('cart_lines')
    .select(['variant_id as variantId', 'quantity'])
    .where('cart_id', '=', cartId)
    .orderBy('added_at')
    .orderBy('id')
    .execute();
  const variants = await sellableVariants(
    tx,
    rows.map((row) => row.variantId),
  );
  const forSale = new Map(variants.filter(({ isForSale }) => isForSale).map((one) => [one.variantId, one]));
  const lines = rows.flatMap(({ variantId, quantity }) => {
    const variant = forSale.get(variantId);
    return variant ? [{ title: variant.title, variant: variant.variantTitle, quantity }] : [];
  });
  if (lines.length === 0) return null;
  return {
    userId: cart.user_id,
    email: cart.wants_reminder ? cart.email : null,
    locale: cart.locale,
    lines: lines.slice(0, MAX_NAMED),
    more: Math.max(0, lines.length - MAX_NAMED),
    leftAt: cart.updated_at,
    expiresAt: cart.expires_at,
    restoreUrl: restoreUrl(tx, cartId),
  };
}

/**
 * Notes that an address is written to about a cart. Two statements.
 *
 * @returns false when it must not be: the cart was mailed about before, whoever it is wants no such mails, or got one days ago
 */
export async function noteReminder(
  tx: TransactionContext,
  input: { cartId: string; email: string },
): Promise<boolean> {
  const key = customerKey(tx, input.email);
  const keys = customerKeysOf(tx, { email: input.email, userId: null });
  const now = tx.clock.now();
  // two carts of one address at once: the second waits, and then sees the first
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(tx.db);
  const { rows } = await sql`
    insert into cart_reminders (cart_id, address_key, sent_at)
    select ${input.cartId}::uuid, ${key}, ${now}::timestamptz
    where not exists (select from cart_reminder_stops where address_key = any(${keys}::text[]))
      and not exists (
        select from cart_reminders
        where address_key = any(${keys}::text[]) and sent_at > ${addSeconds(now, -PAUSE_SECONDS)}::timestamptz
      )
    on conflict (cart_id) do nothing
    returning cart_id
  `.execute(tx.db);
  return rows.length > 0;
}

/** What a mail about a cart is known by among the mails: there is one. */
export function reminderMailKey(cartId: string): string {
  return `cart-reminder:${cartId}`;
}

/** The link in a mail that stops all mails about carts to an address. It tells nobody which one, and never grows old. */
export function stopRemindersUrl(ctx: Pick<Context, 'config'>, email: string): string {
  const token = signValue(ctx.config.secrets, STOP_PURPOSE, customerKey(ctx, email));
  return `${ctx.config.shop.url}/cart/mails/${token}`;
}

function keyOf(ctx: Context, token: string): string {
  const key = verifyValue(ctx.config.secrets, STOP_PURPOSE, token);
  if (key === null) throw new DomainError('token_invalid', 'this link stops no mails');
  return key;
}

/** Whether mails about carts were stopped by such a link. One statement. @throws DomainError `token_invalid` */
export async function remindersByToken(
  ctx: Context,
  input: { token: string },
): Promise<{ isStopped: boolean }> {
  const row = await ctx.db
    .selectFrom('cart_reminder_stops')
    .select('stopped_at')
    .where('address_key', '=', keyOf(ctx, input.token))
    .executeTakeFirst();
  return { isStopped: row !== undefined };
}

/** Stops all mails about carts to an address, for good. Again does no harm. One statement. @throws DomainError `token_invalid` */
export async function stopReminders(ctx: Context, input: { token: string }): Promise<void> {
  await ctx.db
    .insertInto('cart_reminder_stops')
    .values({ address_key: keyOf(ctx, input.token), stopped_at: ctx.clock.now() })
    .onConflict((conflict) => conflict.column('address_key').doNothing())
    .execute();
}

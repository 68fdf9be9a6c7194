import { type Selectable, sql } from 'kysely';
import {
  type Context,
  type DB,
  momentOf,
  type Read,
  readOf,
  type TransactionContext,
} from '../kernel/index.ts';
import { orderSerial } from '../orders/index.ts';
import { type PostalAddress, storedAddress } from '../shipping/index.ts';
import { type FrozenCheckout, frozenCheckout } from './frozen.ts';
import { type PaymentChoice, paymentChoice } from './model.ts';

/** A checkout as the database holds it, its documents parsed. */
export interface CheckoutRow {
  readonly id: string;
  readonly cartId: string | null;
  /** Whose account the order will belong to; null for a guest's. */
  readonly userId: string | null;
  readonly status: 'open' | 'placing' | 'placed' | 'cancelled';
  readonly email: string | null;
  readonly shippingAddress: PostalAddress | null;
  readonly billingAddress: PostalAddress | null;
  readonly vatId: string | null;
  readonly note: string;
  readonly giftMessage: string;
  /** The language of what is written to the buyer. */
  readonly locale: string;
  readonly shippingOptionId: string | null;
  readonly frozen: FrozenCheckout | null;
  readonly totalsVersion: number;
  readonly reservationId: string | null;
  /** Until when the things are held at the least; null where nobody noted it. */
  readonly heldUntil: Date | null;
  readonly payment: PaymentChoice | null;
  readonly intentId: string | null;
  readonly sessionId: string | null;
  readonly attempt: number;
  readonly error: string | null;
  readonly placingSince: Date | null;
}

const addressOrNull = storedAddress.nullable();
const frozenOrNull = frozenCheckout.nullable();
const choiceOrNull = paymentChoice.nullable();

/** A row of the table as it is worked with. */
export function rowOf(row: Selectable<DB['checkouts']>): CheckoutRow {
  return {
    id: row.id,
    cartId: row.cart_id,
    userId: row.user_id,
    status: row.status,
    email: row.email,
    shippingAddress: addressOrNull.parse(row.shipping_address),
    billingAddress: addressOrNull.parse(row.billing_address),
    vatId: row.vat_id,
    note: row.note,
    giftMessage: row.gift_message,
    locale: row.locale,
    shippingOptionId: row.shipping_option_id,
    frozen: frozenOrNull.parse(row.frozen),
    totalsVersion: row.totals_version,
    reservationId: row.reservation_id,
    heldUntil: momentOf(row.held_until),
    payment: choiceOrNull.parse(row.payment_choice),
    intentId: row.payment_intent_id,
    sessionId: row.payment_session_id,
    attempt: row.payment_attempt,
    error: row.payment_error,
    placingSince: momentOf(row.placing_since),
  };
}

/** The newest checkout of a cart, at whatever stage; undefined when there is none. One statement. */
export async function checkoutOfCart(ctx: Context, cartId: string): Promise<CheckoutRow | undefined> {
  const row = await newestOf(ctx, cartId).executeTakeFirst();
  return row && rowOf(row);
}

/** The same as a question, to be asked together with others. */
export function checkoutQuestion(ctx: Context, cartId: string): Read<CheckoutRow | undefined> {
  return rowQuestion(newestOf(ctx, cartId));
}

/** The same, locked. One statement. */
export async function lockCheckoutOfCart(
  tx: TransactionContext,
  cartId: string,
): Promise<CheckoutRow | undefined> {
  const row = await newestOf(tx, cartId).forUpdate().executeTakeFirst();
  return row && rowOf(row);
}

/** The same as a question. What is asked together with it may be older: it is of the moment before the lock was waited for. */
export function lockingQuestion(tx: TransactionContext, cartId: string): Read<CheckoutRow | undefined> {
  return rowQuestion(newestOf(tx, cartId).forUpdate());
}

function rowQuestion(query: ReturnType<typeof newestOf>): Read<CheckoutRow | undefined> {
  return readOf<Selectable<DB['checkouts']>, CheckoutRow | undefined>(query, ([row]) => row && rowOf(row));
}

function newestOf(ctx: Context, cartId: string) {
  return ctx.db
    .selectFrom('checkouts')
    .selectAll()
    .where('cart_id', '=', cartId)
    .where('status', '<>', 'cancelled')
    .orderBy('created_at', 'desc')
    .limit(1);
}

/** A checkout by id. One statement. */
export async function readCheckout(ctx: Context, id: string): Promise<CheckoutRow | undefined> {
  const row = await ctx.db.selectFrom('checkouts').selectAll().where('id', '=', id).executeTakeFirst();
  return row && rowOf(row);
}

/** A checkout by id, locked: what is read here stays so until the transaction ends. One statement. */
export async function lockCheckout(tx: TransactionContext, id: string): Promise<CheckoutRow | undefined> {
  const row = await tx.db
    .selectFrom('checkouts')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row && rowOf(row);
}

/**
 * Finds and locks a checkout that is still in the very attempt to place it that was seen, and draws a number for its order. Within an
 * attempt nothing changes but what is asked for here.
 */
export function stillPlacing(seen: CheckoutRow) {
  return sql<{ told: number }>`
    select ${orderSerial} from checkouts
    where id = ${seen.id}::uuid and status = 'placing' and payment_attempt = ${seen.attempt}
      and reservation_id = ${seen.reservationId}::uuid
      and payment_intent_id is not distinct from ${seen.intentId}::text
      and payment_session_id is not distinct from ${seen.sessionId}::text
    for update
  `;
}

/** The live checkout of a cart as its shopper may see it, locked; made when there is none. Two statements at most. */
export async function lockLiveCheckout(tx: TransactionContext, cartId: string): Promise<CheckoutRow> {
  const live = await selectLive(tx, cartId);
  if (live) return asShopperSees(tx, rowOf(live));
  const now = tx.clock.now();
  const inserted = await sql<Selectable<DB['checkouts']>>`
    insert into checkouts (id, cart_id, user_id, status, currency, region_id, created_at, updated_at)
    select ${tx.ids.next()}::uuid, cart.id, ${buyerOf(tx)}::uuid, 'open', cart.currency, cart.region_id,
      ${now}::timestamptz, ${now}::timestamptz
    from carts cart where cart.id = ${cartId}::uuid
    on conflict (cart_id) where status in ('open', 'placing') do nothing
    returning *
  `.execute(tx.db);
  // nothing, when somebody made it at the same time
  const made = inserted.rows[0] ?? (await selectLive(tx, cartId));
  if (!made) throw new Error(`cart ${cartId} is gone`);
  return asShopperSees(tx, rowOf(made));
}

function selectLive(tx: TransactionContext, cartId: string) {
  return tx.db
    .selectFrom('checkouts')
    .selectAll()
    .where('cart_id', '=', cartId)
    .where('status', 'in', ['open', 'placing'])
    .forUpdate()
    .executeTakeFirst();
}

/** The account that who is shopping has; null for guests. */
export function buyerOf(ctx: Pick<Context, 'actor'>): string | null {
  return ctx.actor.kind === 'user' ? ctx.actor.id : null;
}

/** The same as `isOfShopper`, as a condition of statements on checkouts. */
export function ofShopper(ctx: Pick<Context, 'actor'>) {
  if (ctx.actor.kind === 'system') return sql<boolean>`true`;
  return sql<boolean>`(checkouts.user_id is null or checkouts.user_id = ${buyerOf(ctx)}::uuid)`;
}

/** Tells whether a checkout is a guest's or of the very account that is shopping. */
export function isOfShopper(ctx: Pick<Context, 'actor'>, checkout: CheckoutRow): boolean {
  return checkout.userId === null || checkout.userId === buyerOf(ctx) || ctx.actor.kind === 'system';
}

/**
 * A checkout as who is shopping may see it. A cart stays in a browser when its owner logs out: whoever sits there next finds the goods,
 * but neither address nor card of an account that is not theirs, and begins at the first step.
 */
export function asShopperSees(ctx: Pick<Context, 'actor'>, checkout: CheckoutRow): CheckoutRow {
  if (isOfShopper(ctx, checkout)) return checkout;
  return {
    ...checkout,
    email: null,
    shippingAddress: null,
    billingAddress: null,
    vatId: null,
    note: '',
    giftMessage: '',
    payment: null,
  };
}

/** Where the things of the live checkout of a cart go, for statements. */
export function countryOf(cartId: string) {
  return sql<string | null>`(
    select live.shipping_address ->> 'country' from checkouts live
    where live.cart_id = ${cartId}::uuid and live.status in ('open', 'placing')
  )`;
}

/** Where the things of a checkout go, for the stock that delivers there; null before an address is known. */
export function destinationOf({ shippingAddress }: CheckoutRow): { country: string } | null {
  return shippingAddress && { country: shippingAddress.country };
}

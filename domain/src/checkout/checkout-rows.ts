import type { Selectable } from 'kysely';
import type { Context, DB, TransactionContext } from '../kernel/index.ts';
import { type PostalAddress, postalAddress } from '../shipping/index.ts';
import { type FrozenCheckout, frozenCheckout } from './frozen.ts';
import { type PaymentCard, paymentCard } from './model.ts';

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
  readonly shippingRateId: string | null;
  readonly frozen: FrozenCheckout | null;
  readonly totalsVersion: number;
  readonly reservationId: string | null;
  readonly intentId: string | null;
  readonly card: PaymentCard | null;
  readonly attempt: number;
  readonly error: string | null;
  readonly placingSince: Date | null;
}

function rowOf(row: Selectable<DB['checkouts']>): CheckoutRow {
  return {
    id: row.id,
    cartId: row.cart_id,
    userId: row.user_id,
    status: row.status,
    email: row.email,
    shippingAddress: postalAddress.nullable().parse(row.shipping_address),
    billingAddress: postalAddress.nullable().parse(row.billing_address),
    shippingRateId: row.shipping_rate_id,
    frozen: frozenCheckout.nullable().parse(row.frozen),
    totalsVersion: row.totals_version,
    reservationId: row.reservation_id,
    intentId: row.payment_intent_id,
    card: paymentCard.nullable().parse(row.payment_card),
    attempt: row.payment_attempt,
    error: row.payment_error,
    placingSince: row.placing_since,
  };
}

/** The newest checkout of a cart, at whatever stage; undefined when there is none. One statement. */
export async function checkoutOfCart(ctx: Context, cartId: string): Promise<CheckoutRow | undefined> {
  const row = await ctx.db
    .selectFrom('checkouts')
    .selectAll()
    .where('cart_id', '=', cartId)
    .where('status', '<>', 'cancelled')
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && rowOf(row);
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

/** The live checkout of a cart as its shopper may see it, locked; made when there is none. Two statements at most. */
export async function lockLiveCheckout(tx: TransactionContext, cartId: string): Promise<CheckoutRow> {
  const now = tx.clock.now();
  await tx.db
    .insertInto('checkouts')
    .values({
      id: tx.ids.next(),
      cart_id: cartId,
      user_id: buyerOf(tx),
      status: 'open',
      currency: tx.config.shop.currency,
      created_at: now,
      updated_at: now,
    })
    .onConflict((conflict) =>
      conflict.column('cart_id').where('status', 'in', ['open', 'placing']).doNothing(),
    )
    .execute();
  const row = await tx.db
    .selectFrom('checkouts')
    .selectAll()
    .where('cart_id', '=', cartId)
    .where('status', 'in', ['open', 'placing'])
    .forUpdate()
    .executeTakeFirstOrThrow();
  return asShopperSees(tx, rowOf(row));
}

/** The account that who is shopping has; null for guests. */
export function buyerOf(ctx: Pick<Context, 'actor'>): string | null {
  return ctx.actor.kind === 'user' ? ctx.actor.id : null;
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
  return { ...checkout, email: null, shippingAddress: null, billingAddress: null, card: null };
}

/** Changes columns of a checkout that the caller has locked. One statement. */
export async function updateCheckout(
  tx: Context,
  id: string,
  changes: Partial<{
    status: CheckoutRow['status'];
    userId: string | null;
    email: string;
    shippingAddress: PostalAddress;
    billingAddress: PostalAddress | null;
    shippingRateId: string | null;
    frozen: FrozenCheckout | null;
    totalsVersion: number;
    reservationId: string | null;
    paymentMethod: 'card';
    intentId: string | null;
    card: PaymentCard | null;
    attempt: number;
    error: string | null;
    placingSince: Date | null;
  }>,
): Promise<void> {
  const json = (value: unknown) => (value === null ? null : JSON.stringify(value));
  await tx.db
    .updateTable('checkouts')
    .set({
      updated_at: tx.clock.now(),
      ...(changes.status === undefined ? {} : { status: changes.status }),
      ...(changes.userId === undefined ? {} : { user_id: changes.userId }),
      ...(changes.email === undefined ? {} : { email: changes.email }),
      ...(changes.shippingAddress === undefined ? {} : { shipping_address: json(changes.shippingAddress) }),
      ...(changes.billingAddress === undefined ? {} : { billing_address: json(changes.billingAddress) }),
      ...(changes.shippingRateId === undefined ? {} : { shipping_rate_id: changes.shippingRateId }),
      ...(changes.frozen === undefined ? {} : { frozen: json(changes.frozen) }),
      ...(changes.totalsVersion === undefined ? {} : { totals_version: changes.totalsVersion }),
      ...(changes.reservationId === undefined ? {} : { reservation_id: changes.reservationId }),
      ...(changes.paymentMethod === undefined ? {} : { payment_method: changes.paymentMethod }),
      ...(changes.intentId === undefined ? {} : { payment_intent_id: changes.intentId }),
      ...(changes.card === undefined ? {} : { payment_card: json(changes.card) }),
      ...(changes.attempt === undefined ? {} : { payment_attempt: changes.attempt }),
      ...(changes.error === undefined ? {} : { payment_error: changes.error }),
      ...(changes.placingSince === undefined ? {} : { placing_since: changes.placingSince }),
    })
    .where('id', '=', id)
    .execute();
}

import { type Selectable, sql } from 'kysely';
import { isCartAt } from '../cart/index.ts';
import { type Context, type DB, type Write, writeTogether } from '../kernel/index.ts';
import { attemptNoting, type NotedAttempt } from '../payments/index.ts';
import { buyerOf, type CheckoutRow, ofShopper, rowOf } from './checkout-rows.ts';
import type { OfferedShipping } from './model.ts';

/** What may be changed of a checkout; what is not named stays. */
export type CheckoutChanges = Partial<Omit<CheckoutRow, 'id' | 'cartId'>> & {
  /** The ways to ship that were offered for its address. */
  readonly offered?: OfferedShipping;
};

/**
 * Begins the checkout of a cart with its first step, if there is none under way. One statement.
 *
 * @returns whether there was none
 */
export async function beginCheckout(
  ctx: Context,
  cartId: string,
  first: Pick<CheckoutRow, 'userId' | 'email' | 'shippingAddress' | 'billingAddress' | 'vatId' | 'locale'> & {
    readonly offered: OfferedShipping;
  },
): Promise<boolean> {
  const now = ctx.clock.now();
  const { rows } = await sql`
    insert into checkouts (
      id, cart_id, user_id, status, currency, region_id, created_at, updated_at,
      email, shipping_address, billing_address, vat_id, locale, offered
    )
    select ${ctx.ids.next()}::uuid, cart.id, ${first.userId}::uuid, 'open', cart.currency, cart.region_id,
      ${now}::timestamptz, ${now}::timestamptz, ${first.email}, ${jsonOf(first.shippingAddress)}::jsonb,
      ${jsonOf(first.billingAddress)}::jsonb, ${first.vatId}, ${first.locale}, ${jsonOf(first.offered)}::jsonb
    from carts cart where cart.id = ${cartId}::uuid
    on conflict (cart_id) where status in ('open', 'placing') do nothing
    returning id
  `.execute(ctx.db);
  return rows.length > 0;
}

/**
 * Changes columns of a checkout if it is open and nothing is frozen for it, which needs no lock of the caller's. One statement.
 *
 * @returns whether it was
 */
export async function updateUnfrozen(ctx: Context, id: string, changes: CheckoutChanges): Promise<boolean> {
  const { numUpdatedRows } = await checkoutUpdate(ctx, id, changes)
    .where('status', '=', 'open')
    .where('frozen', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/**
 * Chooses a way to ship that was offered for the address and for the cart as it is now, where nothing is frozen. One statement.
 *
 * @param offeredSince a moment: what was offered before it is forgotten
 * @returns whether it was
 */
export async function chooseOffered(
  ctx: Context,
  cartId: string,
  chosen: Pick<CheckoutRow, 'note' | 'giftMessage'> & { readonly shippingOptionId: string },
  offeredSince: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await changing(ctx, chosen)
    .where('cart_id', '=', cartId)
    .where('status', '=', 'open')
    .where('frozen', 'is', null)
    .where('shipping_address', 'is not', null)
    .where(ofShopper(ctx))
    .where(sql<boolean>`offered -> 'optionIds' ? ${chosen.shippingOptionId}`)
    .where(sql<boolean>`(offered ->> 'at')::timestamptz >= ${offeredSince}::timestamptz`)
    .where(isCartAt(ctx, cartId, sql<number>`(checkouts.offered ->> 'cartVersion')::int`))
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/**
 * Begins to place the checkout of a cart if it is ready to be paid by card, as the shopper saw it and with nothing to be taken but the
 * money, which needs no lock of the caller's; and only then notes the try to pay. One statement.
 *
 * @param how.heldBeyond a moment: the things must be held for longer
 * @returns the checkout as it stands then, and what the try is judged by; null when it is not ready: nothing changed
 */
export async function beginReady(
  ctx: Context,
  seen: { readonly cartId: string; readonly totalsVersion: number },
  { now, heldBeyond }: { readonly now: Date; readonly heldBeyond: Date },
): Promise<{ checkout: CheckoutRow; noted: readonly NotedAttempt[] } | null> {
  const attempt = {
    key: sql<string>`concat(ready.id, ':', ready.payment_attempt)`,
    cartId: seen.cartId,
    card: sql<string | null>`ready.payment_choice ->> 'fingerprint'`,
  };
  const { rows } = await sql<Selectable<DB['checkouts']> & { noted: NotedAttempt[] }>`
    with ready as (
      update checkouts
      -- who has logged in since keeps the order
      set status = 'placing', user_id = coalesce(${buyerOf(ctx)}::uuid, user_id), updated_at = ${now}::timestamptz,
        placing_since = ${now}::timestamptz, payment_attempt = payment_attempt + 1, payment_error = null
      where cart_id = ${seen.cartId}::uuid and status = 'open' and totals_version = ${seen.totalsVersion} and ${ofShopper(ctx)}
        and payment_method in ('card', 'hosted') and frozen -> 'promotions' = '[]' and frozen -> 'giftCards' = '[]'
        and reservation_id is not null and held_until > ${heldBeyond}::timestamptz
        and ${isCartAt(ctx, seen.cartId, sql<number>`(checkouts.frozen ->> 'cartVersion')::int`)}
      returning *
    )
    select ready.*, (select coalesce(json_agg(other), '[]') from ${attemptNoting(ctx, attempt, now)} other) as noted from ready
  `.execute(ctx.db);
  const [row] = rows;
  return row ? { checkout: rowOf(row), noted: row.noted } : null;
}

const jsonOf = (value: unknown) => (value === null ? null : JSON.stringify(value));

/** Changes columns of a checkout that the caller has locked. One statement. */
export async function updateCheckout(ctx: Context, id: string, changes: CheckoutChanges): Promise<void> {
  await checkoutUpdate(ctx, id, changes).execute();
}

/**
 * Changes columns of a checkout if it is still in the very attempt to place it, which needs no lock of the caller's. One statement.
 *
 * @param noted what is written with it, whether it was or not
 * @returns whether it was
 */
export async function updatePlacing(
  ctx: Context,
  checkout: Pick<CheckoutRow, 'id' | 'attempt'>,
  changes: CheckoutChanges,
  noted: readonly Write[] = [],
): Promise<boolean> {
  const update = checkoutUpdate(ctx, checkout.id, changes)
    .where('status', '=', 'placing')
    .where('payment_attempt', '=', checkout.attempt);
  const { numAffectedRows } = await writeTogether(ctx, noted, update);
  return numAffectedRows === 1n;
}

/** The same as `updateCheckout`, to be made together with other changes. */
export function checkoutUpdate(ctx: Context, id: string, changes: CheckoutChanges) {
  return changing(ctx, changes).where('id', '=', id);
}

function changing(ctx: Context, changes: CheckoutChanges) {
  const { frozen } = changes;
  return ctx.db.updateTable('checkouts').set({
    updated_at: ctx.clock.now(),
    ...(changes.status === undefined ? {} : { status: changes.status }),
    ...(changes.userId === undefined ? {} : { user_id: changes.userId }),
    ...(changes.email === undefined ? {} : { email: changes.email }),
    ...(changes.shippingAddress === undefined ? {} : { shipping_address: jsonOf(changes.shippingAddress) }),
    ...(changes.billingAddress === undefined ? {} : { billing_address: jsonOf(changes.billingAddress) }),
    ...(changes.vatId === undefined ? {} : { vat_id: changes.vatId }),
    ...(changes.note === undefined ? {} : { note: changes.note }),
    ...(changes.giftMessage === undefined ? {} : { gift_message: changes.giftMessage }),
    ...(changes.locale === undefined ? {} : { locale: changes.locale }),
    ...(changes.shippingOptionId === undefined ? {} : { shipping_option_id: changes.shippingOptionId }),
    ...(changes.offered === undefined ? {} : { offered: jsonOf(changes.offered) }),
    ...(frozen === undefined ? {} : { frozen: jsonOf(frozen) }),
    ...(frozen ? { currency: frozen.currency, region_id: frozen.regionId } : {}),
    ...(changes.totalsVersion === undefined ? {} : { totals_version: changes.totalsVersion }),
    ...(changes.reservationId === undefined ? {} : { reservation_id: changes.reservationId }),
    ...(changes.heldUntil === undefined ? {} : { held_until: changes.heldUntil }),
    ...(changes.payment === undefined
      ? {}
      : { payment_choice: jsonOf(changes.payment), payment_method: changes.payment?.method ?? null }),
    ...(changes.intentId === undefined ? {} : { payment_intent_id: changes.intentId }),
    ...(changes.sessionId === undefined ? {} : { payment_session_id: changes.sessionId }),
    ...(changes.attempt === undefined ? {} : { payment_attempt: changes.attempt }),
    ...(changes.error === undefined ? {} : { payment_error: changes.error }),
    ...(changes.placingSince === undefined ? {} : { placing_since: changes.placingSince }),
  });
}

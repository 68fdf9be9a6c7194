import { sql } from 'kysely';
import { addSeconds, type Context, type CurrencyCode, type TransactionContext } from '../kernel/index.ts';
import { type Buyer, groupsOfActor } from '../pricing/index.ts';
import { keyOfAccount, keyOfCart, markChanging } from './cart-cache.ts';
import { CART_TTL_SECONDS } from './model.ts';

/** A cart that is locked for a change, with whom its prices are for. */
export interface LockedCart {
  readonly id: string;
  readonly buyer: Buyer;
}

interface Row {
  id: string;
  region_id: string;
  currency: CurrencyCode;
  prices_include_tax: boolean;
  groups: string[];
}

function lockedCartOf(row: Row): LockedCart {
  return {
    id: row.id,
    buyer: {
      regionId: row.region_id,
      currency: row.currency,
      pricesIncludeTax: row.prices_include_tax,
      groupIds: row.groups,
    },
  };
}

/** The account that who is asking has; null for guests. */
export function accountOf({ actor }: Pick<Context, 'actor'>): string | null {
  return actor.kind === 'user' ? actor.id : null;
}

/** Whether who is asking may use a `cart`: an account's is for nobody else, however they came by its token. */
export function isUsedBy(ctx: Pick<Context, 'actor'>) {
  return sql<boolean>`(
    cart.user_id is null or cart.user_id = ${accountOf(ctx)}::uuid or ${ctx.actor.kind === 'system'}::boolean
  )`;
}

/** Locks an active cart for a change and gives it a new lease of life; none that is not for who asks. One statement. */
export async function touchCart(
  tx: TransactionContext,
  cartId: string | null,
): Promise<LockedCart | undefined> {
  if (cartId === null) return undefined;
  const now = tx.clock.now();
  const { rows } = await sql<Row>`
    update carts cart
    set updated_at = ${now}::timestamptz, abandoned_at = null, version = cart.version + 1, region_id = region.id,
      expires_at = ${now}::timestamptz
        + make_interval(secs => case when cart.user_id is null then ${CART_TTL_SECONDS.guest}::float8
          else ${CART_TTL_SECONDS.customer}::float8 end)
    from regions region
    where cart.id = ${cartId}::uuid and cart.status = 'active' and cart.expires_at > ${now}::timestamptz
      and region.id = ${regionOfCart} and ${isUsedBy(tx)}
    returning cart.id, region.id as region_id, cart.currency, region.prices_include_tax, ${groupsOfActor(tx)} as groups
  `.execute(tx.db);
  return rows[0] && lockedCartOf(rows[0]);
}

/** The region of a `cart`: those of an older release have none, and shop in the first of their currency. */
export const regionOfCart = sql`coalesce(cart.region_id, (
  select usual.id from regions usual where usual.currency = cart.currency order by usual.position, usual.code limit 1
))`;

/** What is cached of a cart that is touched, or made where there is none. */
export function keysTouched(ctx: Context, cartId: string | null): string[] {
  const account = accountOf(ctx);
  return [
    ...(cartId === null ? [] : [keyOfCart(cartId)]),
    ...(account === null ? [] : [keyOfAccount(account)]),
  ];
}

/**
 * Makes an empty cart in the region that the shopper chose, or in the usual one. One statement. An account has one: when it got
 * it by another device at this moment, that one is locked instead, as it is.
 */
export async function makeCart(tx: TransactionContext): Promise<LockedCart & { readonly isNew: boolean }> {
  const now = tx.clock.now();
  const userId = accountOf(tx);
  const seconds = CART_TTL_SECONDS[userId === null ? 'guest' : 'customer'];
  const { rows } = await sql<Row & { is_new: boolean }>`
    with region as (
      select id, currency, prices_include_tax from regions where is_active
      order by code = ${tx.origin.region ?? ''} desc, currency = ${tx.config.shop.currency} desc, position, code
      limit 1
    )
    insert into carts as cart (id, user_id, region_id, currency, status, created_at, updated_at, expires_at)
    select ${tx.ids.next()}::uuid, ${userId}::uuid, region.id, region.currency, 'active', ${now}::timestamptz,
      ${now}::timestamptz, ${addSeconds(now, seconds)}::timestamptz
    from region
    on conflict (user_id) where status = 'active' and user_id is not null
      do update set version = cart.version + 1, updated_at = excluded.updated_at, abandoned_at = null,
        expires_at = excluded.expires_at
    returning cart.id, cart.currency, xmax = 0 as is_new, ${groupsOfActor(tx)} as groups,
      ${regionOfCart} as region_id,
      (select prices_include_tax from regions where id = ${regionOfCart}) as prices_include_tax
  `.execute(tx.db);
  if (!rows[0]) throw new Error('the shop sells in no region: table regions is empty');
  const isNew = rows[0].is_new;
  if (!isNew) await markChanging(tx, [keyOfCart(rows[0].id)]);
  return { ...lockedCartOf(rows[0]), isNew };
}

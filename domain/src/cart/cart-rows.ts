import { sql } from 'kysely';
import { addSeconds, type CurrencyCode, type TransactionContext } from '../kernel/index.ts';
import { type Buyer, groupsOfActor } from '../pricing/index.ts';
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

/** Locks an active cart for a change and gives it a new lease of life. One statement. */
export async function touchCart(
  tx: TransactionContext,
  cartId: string | null,
): Promise<LockedCart | undefined> {
  if (cartId === null) return undefined;
  const now = tx.clock.now();
  const { rows } = await sql<Row>`
    update carts cart
    set updated_at = ${now}::timestamptz, expires_at = ${addSeconds(now, ttlSeconds(tx))}::timestamptz,
      version = cart.version + 1, region_id = region.id
    from regions region
    where cart.id = ${cartId}::uuid and cart.status = 'active' and cart.expires_at > ${now}::timestamptz
      and region.id = ${regionOfCart}
    returning cart.id, region.id as region_id, cart.currency, region.prices_include_tax, ${groupsOfActor(tx)} as groups
  `.execute(tx.db);
  return rows[0] && lockedCartOf(rows[0]);
}

/** How long a cart is kept from now on. */
function ttlSeconds(tx: TransactionContext): number {
  return CART_TTL_SECONDS[tx.actor.kind === 'user' ? 'customer' : 'guest'];
}

/** The region of a `cart`: those of an older release have none, and shop in the first of their currency. */
export const regionOfCart = sql`coalesce(cart.region_id, (
  select usual.id from regions usual where usual.currency = cart.currency order by usual.position, usual.code limit 1
))`;

/** Makes an empty cart in the region that the shopper chose, or in the usual one. One statement. */
export async function insertCart(tx: TransactionContext): Promise<LockedCart> {
  const now = tx.clock.now();
  const { rows } = await sql<Row>`
    with region as (
      select id, currency, prices_include_tax from regions where is_active
      order by code = ${tx.origin.region ?? ''} desc, currency = ${tx.config.shop.currency} desc, position, code
      limit 1
    )
    insert into carts as cart (id, region_id, currency, status, created_at, updated_at, expires_at)
    select ${tx.ids.next()}::uuid, region.id, region.currency, 'active', ${now}::timestamptz, ${now}::timestamptz,
      ${addSeconds(now, ttlSeconds(tx))}::timestamptz
    from region
    returning cart.id, cart.region_id, cart.currency, (select prices_include_tax from region),
      ${groupsOfActor(tx)} as groups
  `.execute(tx.db);
  if (!rows[0]) throw new Error('the shop sells in no region: table regions is empty');
  return lockedCartOf(rows[0]);
}

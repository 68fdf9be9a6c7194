import type { Selectable } from 'kysely';
import { authorise, type Context, currentUserId, type DB, DomainError } from '../kernel/index.ts';
import { countriesServed, formatAddressLines, type PostalAddress, showPhone } from '../shipping/index.ts';
import { readCustomer } from './customer-rows.ts';
import type { SavedAddress } from './model.ts';

/** What of a customer tells which addresses are theirs by default. */
interface Defaults {
  readonly default_shipping_address_id: string | null;
  readonly default_billing_address_id: string | null;
}

/**
 * The address book of who is logged in: the defaults first, then the latest. Three statements.
 *
 * @throws DomainError `unauthenticated`, `forbidden`
 */
export async function listAddresses(ctx: Context): Promise<SavedAddress[]> {
  authorise(ctx, 'account:own');
  const userId = currentUserId(ctx);
  const customer = await readCustomer(ctx, userId);
  const served = await countriesServed(ctx, null);
  const rows = await ctx.db
    .selectFrom('addresses')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  const rank = (address: SavedAddress) =>
    Number(address.isDefaultShipping) * 2 + Number(address.isDefaultBilling);
  return rows.map((row) => savedAddressOf(row, customer, served)).toSorted((a, b) => rank(b) - rank(a));
}

/** One of one's own addresses. Three statements. @throws DomainError `not_found`, also for somebody else's, `unauthenticated`, `forbidden` */
export async function getAddress(ctx: Context, input: { id: string }): Promise<SavedAddress> {
  authorise(ctx, 'account:own');
  const userId = currentUserId(ctx);
  const row = await ownAddress(ctx, userId, input.id);
  return savedAddressOf(row, await readCustomer(ctx, userId), await countriesServed(ctx, null));
}

/** The row of somebody's address. One statement. @throws DomainError `not_found`, also for somebody else's */
export async function ownAddress(ctx: Context, userId: string, id: string) {
  const row = await ctx.db
    .selectFrom('addresses')
    .selectAll()
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw new DomainError('not_found', `no address ${id} of ${userId}`);
  return row;
}

/** An address as its owner sees it. */
function savedAddressOf(
  row: Selectable<DB['addresses']>,
  customer: Defaults | undefined,
  served: readonly string[],
): SavedAddress {
  const address: PostalAddress = {
    fullName: row.full_name,
    line1: row.line1,
    line2: row.line2,
    city: row.city,
    region: row.region,
    postcode: row.postcode,
    country: row.country,
    phone: row.phone,
  };
  return {
    id: row.id,
    ...address,
    phoneInternational: showPhone(row.phone).international,
    lines: formatAddressLines(address),
    isDefaultShipping: customer?.default_shipping_address_id === row.id,
    isDefaultBilling: customer?.default_billing_address_id === row.id,
    canShipTo: served.includes(row.country),
  };
}

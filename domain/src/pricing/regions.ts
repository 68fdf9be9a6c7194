import { sql } from 'kysely';
import type { Context, CurrencyCode } from '../kernel/index.ts';
import type { Buyer, Region } from './model.ts';

const columns = ['id', 'code', 'name', 'currency', 'prices_include_tax', 'countries'] as const;

function regionOf(row: {
  id: string;
  code: string;
  name: string;
  currency: CurrencyCode;
  prices_include_tax: boolean;
  countries: string[];
}): Region {
  const { prices_include_tax: pricesIncludeTax, ...region } = row;
  return { ...region, pricesIncludeTax };
}

/** The regions that one can shop in, in the order that a shopper chooses from. One statement. */
export async function listRegions(ctx: Context): Promise<Region[]> {
  const rows = await ctx.db
    .selectFrom('regions')
    .select(columns)
    .where('is_active', '=', true)
    .orderBy('position')
    .orderBy('code')
    .execute();
  return rows.map(regionOf);
}

/**
 * The region of a code. When there is none of it, or none is named, the first that sells in the shop's currency. One statement.
 */
export async function regionOrUsual(ctx: Context, code: string | null): Promise<Region> {
  const row = await ctx.db
    .selectFrom('regions')
    .select(columns)
    .where('is_active', '=', true)
    .orderBy((eb) => eb('code', '=', code ?? ''), 'desc')
    .orderBy((eb) => eb('currency', '=', ctx.config.shop.currency), 'desc')
    .orderBy('position')
    .orderBy('code')
    .limit(1)
    .executeTakeFirst();
  if (!row) throw new Error('the shop sells in no region: table regions is empty');
  return regionOf(row);
}

/** Who is asking, as a buyer in the region that they chose, or in the usual one; see `regionOrUsual`. One statement. */
export async function currentBuyer(ctx: Context): Promise<Buyer> {
  const row = await ctx.db
    .selectFrom('regions')
    .select(['id', 'currency', 'prices_include_tax', groupsOfActor(ctx).as('groups')])
    .where('is_active', '=', true)
    .orderBy((eb) => eb('code', '=', ctx.origin.region ?? ''), 'desc')
    .orderBy((eb) => eb('currency', '=', ctx.config.shop.currency), 'desc')
    .orderBy('position')
    .orderBy('code')
    .limit(1)
    .executeTakeFirst();
  if (!row) throw new Error('the shop sells in no region: table regions is empty');
  return {
    regionId: row.id,
    currency: row.currency,
    pricesIncludeTax: row.prices_include_tax,
    groupIds: row.groups,
  };
}

/** A column for the ids of the groups that who is asking is in. */
export function groupsOfActor(ctx: Pick<Context, 'actor'>) {
  const userId = ctx.actor.kind === 'user' ? ctx.actor.id : null;
  return sql<string[]>`array(
    select member.group_id::text from customer_group_members member where member.user_id = ${userId}::uuid
  )`;
}

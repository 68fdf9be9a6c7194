import { sql } from 'kysely';
import { type Context, type CurrencyCode, DomainError, forget, remember } from '../kernel/index.ts';
import type { Buyer, Region } from './model.ts';

const MEMORY_KEY = 'regions';

/** The regions that one can shop in, in the order that a shopper chooses from. One statement, or none while they are remembered. */
export async function listRegions(ctx: Context): Promise<Region[]> {
  return remember(ctx, MEMORY_KEY, async () => {
    const rows = await ctx.db
      .selectFrom('regions')
      .select(['id', 'code', 'name', 'currency', 'prices_include_tax', 'countries'])
      .where('is_active', '=', true)
      .orderBy('position')
      .orderBy('code')
      .execute();
    return rows.map(({ prices_include_tax: pricesIncludeTax, ...region }) => ({
      ...region,
      pricesIncludeTax,
    }));
  });
}

/** To be called once a change of regions is committed: other processes follow, see `remember`. */
export function forgetRegions(ctx: Context): void {
  forget(ctx, MEMORY_KEY);
}

/**
 * The region of a code. When there is none of it, or none is named, the first that sells in the shop's currency, or else the very
 * first. At most one statement.
 */
export async function regionOrUsual(ctx: Context, code: string | null): Promise<Region> {
  return regionAmong(ctx, await listRegions(ctx), code);
}

/** Where one can shop, and where who is asking does. At most one statement. */
export async function regionChoice(ctx: Context): Promise<{ regions: Region[]; current: Region }> {
  const regions = await listRegions(ctx);
  return { regions, current: regionAmong(ctx, regions, ctx.origin.region) };
}

function regionAmong(ctx: Pick<Context, 'config'>, regions: readonly Region[], code: string | null): Region {
  const region =
    regions.find((candidate) => candidate.code === code) ??
    regions.find(({ currency }) => currency === ctx.config.shop.currency) ??
    regions[0];
  if (!region) throw new Error('the shop sells in no region: table regions is empty');
  return region;
}

/** The region that who is asking chose, or the usual one; see `regionOrUsual`. At most one statement. */
export function currentRegion(ctx: Context): Promise<Region> {
  return regionOrUsual(ctx, ctx.origin.region);
}

/** The first region that sells in a currency; null when none does. At most one statement. */
export async function regionOfCurrency(ctx: Context, currency: CurrencyCode): Promise<Region | null> {
  const regions = await listRegions(ctx);
  return regions.find((region) => region.currency === currency) ?? null;
}

/** Who is asking, as a buyer in the region that they chose, or in the usual one. At most two statements; for guests, one. */
export async function currentBuyer(ctx: Context): Promise<Buyer> {
  const region = await currentRegion(ctx);
  return buyerIn(region, await currentGroupIds(ctx));
}

/** Somebody of these customer groups who shops in a region. */
export function buyerIn(region: Region, groupIds: readonly string[] = []): Buyer {
  const { id: regionId, currency, pricesIncludeTax } = region;
  return { regionId, currency, pricesIncludeTax, groupIds };
}

/** The customer groups that who is asking is in. One statement; none for guests. */
export async function currentGroupIds(ctx: Context): Promise<string[]> {
  if (ctx.actor.kind !== 'user') return [];
  const rows = await ctx.db
    .selectFrom('customer_group_members')
    .select('group_id')
    .where('user_id', '=', ctx.actor.id)
    .execute();
  return rows.map((row) => row.group_id);
}

/** A column for the ids of the groups that who is asking is in. */
export function groupsOfActor(ctx: Pick<Context, 'actor'>) {
  const userId = ctx.actor.kind === 'user' ? ctx.actor.id : null;
  return sql<string[]>`array(
    select member.group_id::text from customer_group_members member where member.user_id = ${userId}::uuid
  )`;
}

/** The region of a code that one can shop in. At most one statement. @throws DomainError `not_found` */
export async function getRegion(ctx: Context, code: string): Promise<Region> {
  const region = (await listRegions(ctx)).find((candidate) => candidate.code === code);
  if (!region) throw new DomainError('not_found', `one cannot shop in a region ${code}`);
  return region;
}

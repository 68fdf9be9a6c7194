import { type RawBuilder, sql } from 'kysely';
import {
  anyOf,
  type Context,
  type Given,
  momentOf,
  type Read,
  read,
  readOf,
  type TransactionContext,
  uuids,
} from '../kernel/index.ts';
import type { Buyer, PriceRow, VariantPrice } from './model.ts';

/** Whom prices are for, as far as they tell buyers apart. */
type BuyerGiven = { readonly [Key in 'regionId' | 'currency' | 'groupIds']: Given<Buyer[Key]> };

interface OfferRow {
  readonly variant_id: string;
  readonly region: string;
  readonly amount: number;
  readonly compare_at_amount: number | null;
  readonly price_list_id: string | null;
  readonly sale_ends_at: Date | string | null;
}

/**
 * What variants cost a buyer, by variant id; those that are not sold in their currency are left out. A price list for their region,
 * group and the moment stands before the usual price: the one of the highest priority, among equals the lowest price. One statement.
 */
export async function pricesOf(
  ctx: Context,
  variantIds: readonly string[],
  buyer: Omit<Buyer, 'pricesIncludeTax'>,
): Promise<Map<string, VariantPrice>> {
  if (variantIds.length === 0) return new Map();
  return read(ctx, pricesQuestion(ctx, variantIds, buyer));
}

/** The same as a question, to be asked together with others. */
export function pricesQuestion(
  ctx: Context,
  variantIds: Given<readonly string[]>,
  buyer: BuyerGiven,
): Read<Map<string, VariantPrice>> {
  const region = sql`(select ${buyer.regionId}::uuid as id, ${buyer.currency}::bpchar as currency, '' as code)`;
  return readOf<OfferRow, Map<string, VariantPrice>>(
    offers(ctx, variantIds, region, buyer.groupIds),
    (rows) => new Map(rows.map((row) => [row.variant_id, priceOf(row)])),
  );
}

/**
 * What variants cost those who are in no customer group, by variant id, then by the code of each region that one can shop in. One
 * statement, however many regions.
 */
export async function pricesByRegion(
  ctx: Context,
  variantIds: readonly string[],
): Promise<Map<string, Map<string, VariantPrice>>> {
  const prices = new Map<string, Map<string, VariantPrice>>();
  if (variantIds.length === 0) return prices;
  const regions = sql`(select id, currency, code from regions where is_active)`;
  const { rows } = await offers(ctx, variantIds, regions, []).execute(ctx.db);
  for (const row of rows) {
    const ofVariant = prices.get(row.variant_id) ?? new Map<string, VariantPrice>();
    ofVariant.set(row.region, priceOf(row));
    prices.set(row.variant_id, ofVariant);
  }
  return prices;
}

/** @param regions a table of `id`, `currency` and `code` */
function offers(
  ctx: Context,
  variantIds: Given<readonly string[]>,
  regions: RawBuilder<unknown>,
  groupIds: Given<readonly string[]>,
): RawBuilder<OfferRow> {
  const now = ctx.clock.now();
  return sql<OfferRow>`
    select wanted.id as variant_id, region.code as region,
      coalesce(listed.amount, usual.amount) as amount,
      case
        when listed.amount is null then usual.compare_at_amount
        when listed.is_sale and usual.amount > listed.amount then usual.amount
      end as compare_at_amount,
      listed.price_list_id,
      case when listed.is_sale and usual.amount > listed.amount then listed.ends_at end as sale_ends_at
    from unnest(${uuids(variantIds)}) wanted (id)
    cross join ${regions} region
    left join prices usual on usual.variant_id = wanted.id and usual.currency = region.currency
    left join lateral (
      select price.amount, price.price_list_id, list.is_sale, list.ends_at
      from price_list_prices price join price_lists list on list.id = price.price_list_id
      where price.variant_id = wanted.id and list.is_active and list.currency = region.currency
        and (list.region_id is null or list.region_id = region.id)
        and (list.group_id is null or list.group_id = ${anyOf(groupIds)})
        and (list.starts_at is null or list.starts_at <= ${now}::timestamptz)
        and (list.ends_at is null or list.ends_at > ${now}::timestamptz)
      order by list.priority desc, price.amount, list.id
      limit 1
    ) listed on true
    where coalesce(listed.amount, usual.amount) is not null
  `;
}

function priceOf(row: OfferRow): VariantPrice {
  return {
    amount: row.amount,
    compareAtAmount: row.compare_at_amount,
    priceListId: row.price_list_id,
    saleEndsAt: momentOf(row.sale_ends_at),
  };
}

/** Sets usual prices, one row a variant and currency. One statement; rows that are as they were are not written. */
export async function setPrices(tx: TransactionContext, rows: readonly PriceRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into prices as price (variant_id, currency, amount, compare_at_amount, updated_at)
    select row."variantId", row.currency, row.amount, row."compareAtAmount", ${tx.clock.now()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as row ("variantId" uuid, currency char(3), amount bigint, "compareAtAmount" bigint)
    order by row."variantId", row.currency
    on conflict (variant_id, currency) do update
      set amount = excluded.amount, compare_at_amount = excluded.compare_at_amount, updated_at = excluded.updated_at
      where (price.amount, price.compare_at_amount) is distinct from (excluded.amount, excluded.compare_at_amount)
  `.execute(tx.db);
}

import { sql } from 'kysely';
import type { TransactionContext } from '../kernel/index.ts';

/** What is counted of a promotion that a checkout redeems. */
export interface Limits {
  readonly promotionId: string;
  readonly codeId: string | null;
  readonly code: string | null;
  readonly isLimited: boolean;
  readonly isLimitedByCode: boolean;
  readonly isLimitedByCustomer: boolean;
}

/**
 * The limits of the promotions that a checkout redeems, held as they are until the transaction ends: whoever would set or lift one
 * waits, as they must count what is redeemed. One statement.
 */
export async function holdLimits(tx: TransactionContext, checkoutId: string): Promise<Limits[]> {
  const { rows } = await sql<Limits>`
    select promotion.id as "promotionId", code.id as "codeId", code.code,
      promotion.max_uses is not null as "isLimited",
      code.max_uses is not null as "isLimitedByCode",
      promotion.max_uses_per_customer is not null as "isLimitedByCustomer"
    from redemption_promotions line
    join promotions promotion on promotion.id = line.promotion_id
    left join promotion_codes code on code.id = line.code_id
    where line.checkout_id = ${checkoutId}::uuid
    order by promotion.id
    for key share of promotion
  `.execute(tx.db);
  return rows;
}

/**
 * Counts one use of each, where one is left. Rows are locked in id order, promotions before codes before customers, so that no two
 * transactions wait for each other. One statement for each kind of limit that there is.
 *
 * @returns the first that has none left, and of what; null when all are counted
 */
export async function countUses(
  tx: TransactionContext,
  limits: readonly Limits[],
  customerKeys: readonly string[],
): Promise<{ limits: Limits; of: 'promotion' | 'code' | 'customer' } | null> {
  const limited = limits.filter(({ isLimited }) => isLimited);
  const byCode = limits.filter(({ isLimitedByCode }) => isLimitedByCode);
  const byCustomer = limits.filter(({ isLimitedByCustomer }) => isLimitedByCustomer);
  const short = (all: readonly Limits[], idOf: (one: Limits) => string | null, counted: readonly string[]) =>
    all.find((one) => !counted.includes(idOf(one) ?? ''));

  const counted = await countIn(
    tx,
    'promotions',
    idsOf(limited, ({ promotionId }) => promotionId),
  );
  const overused = short(limited, ({ promotionId }) => promotionId, counted);
  if (overused) return { limits: overused, of: 'promotion' };
  const countedCodes = await countIn(
    tx,
    'promotion_codes',
    idsOf(byCode, ({ codeId }) => codeId),
  );
  const usedCode = short(byCode, ({ codeId }) => codeId, countedCodes);
  if (usedCode) return { limits: usedCode, of: 'code' };
  const countedFor = await countForCustomer(
    tx,
    idsOf(byCustomer, ({ promotionId }) => promotionId),
    customerKeys,
  );
  const usedByCustomer = byCustomer.find(
    ({ promotionId }) => countedFor.filter((id) => id === promotionId).length < customerKeys.length,
  );
  return usedByCustomer ? { limits: usedByCustomer, of: 'customer' } : null;
}

function idsOf(limits: readonly Limits[], idOf: (one: Limits) => string | null): string[] {
  return limits.flatMap((one) => idOf(one) ?? []);
}

async function countIn(
  tx: TransactionContext,
  table: 'promotions' | 'promotion_codes',
  ids: readonly string[],
): Promise<string[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    with locked as (
      select id from ${sql.table(table)} where id = any(${[...ids]}::uuid[]) order by id for no key update
    )
    update ${sql.table(table)} counted set used_count = counted.used_count + 1
    from locked where counted.id = locked.id and counted.used_count < counted.max_uses
    returning counted.id
  `.execute(tx.db);
  return rows.map(({ id }) => id);
}

/** @returns the promotions that were counted, each as often as for a key */
async function countForCustomer(
  tx: TransactionContext,
  promotionIds: readonly string[],
  customerKeys: readonly string[],
): Promise<string[]> {
  if (promotionIds.length === 0 || customerKeys.length === 0) return [];
  const { rows } = await sql<{ promotion_id: string }>`
    insert into promotion_customer_uses as uses (promotion_id, customer_key, used_count, max_uses)
    select promotion.id, key, 1, promotion.max_uses_per_customer
    from promotions promotion cross join unnest(${[...customerKeys]}::text[]) as key
    where promotion.id = any(${[...promotionIds]}::uuid[])
    order by promotion.id, key
    on conflict (promotion_id, customer_key) do update
      set used_count = uses.used_count + 1, max_uses = excluded.max_uses
      where uses.used_count < excluded.max_uses
    returning uses.promotion_id
  `.execute(tx.db);
  return rows.map(({ promotion_id }) => promotion_id);
}

/** Takes back one use of each that was counted. One statement for each kind of limit that there is; in the order of `countUses`. */
export async function discountUses(
  tx: TransactionContext,
  limits: readonly Limits[],
  customerKeys: readonly string[],
): Promise<void> {
  const limited = limits.filter(({ isLimited }) => isLimited);
  const byCode = limits.filter(({ isLimitedByCode }) => isLimitedByCode);
  const byCustomer = limits.filter(({ isLimitedByCustomer }) => isLimitedByCustomer);
  await discountIn(
    tx,
    'promotions',
    idsOf(limited, ({ promotionId }) => promotionId),
  );
  await discountIn(
    tx,
    'promotion_codes',
    idsOf(byCode, ({ codeId }) => codeId),
  );
  if (byCustomer.length === 0 || customerKeys.length === 0) return;
  await sql`
    with locked as (
      select promotion_id, customer_key from promotion_customer_uses
      where promotion_id = any(${idsOf(byCustomer, ({ promotionId }) => promotionId)}::uuid[])
        and customer_key = any(${[...customerKeys]}::text[])
      order by promotion_id, customer_key for no key update
    )
    update promotion_customer_uses uses set used_count = uses.used_count - 1
    from locked where (uses.promotion_id, uses.customer_key) = (locked.promotion_id, locked.customer_key)
  `.execute(tx.db);
}

async function discountIn(
  tx: TransactionContext,
  table: 'promotions' | 'promotion_codes',
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    with locked as (
      select id from ${sql.table(table)} where id = any(${[...ids]}::uuid[]) order by id for no key update
    )
    update ${sql.table(table)} counted set used_count = counted.used_count - 1
    from locked where counted.id = locked.id
  `.execute(tx.db);
}

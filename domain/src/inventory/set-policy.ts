import { sql } from 'kysely';
import { z } from 'zod';
import { recordAudit } from '../identity/index.ts';
import { authorise, type Context, type TransactionContext } from '../kernel/index.ts';
import { eventsOf, type Level } from './locked-levels.ts';
import { MAIN_LOCATION_ID, MAX_UNITS, sellingPolicy } from './model.ts';
import { openLevels } from './move-units.ts';
import { refusalOf } from './staff-change.ts';
import { stockStrategy } from './strategy.ts';

const days = z.int().min(0).max(730);

export const stockPolicy = z
  .strictObject({
    variantId: z.uuid(),
    policy: sellingPolicy,
    /** Where what is sold ahead is expected. */
    locationId: z.uuid().default(MAIN_LOCATION_ID),
    /** Units that may be promised above those on hand; null: any number. */
    unitLimit: z.int().min(0).max(MAX_UNITS).nullable().default(null),
    /** What a back-order promises; null: no time. */
    leadDays: z
      .strictObject({ min: days, max: days })
      .refine(({ min, max }) => min <= max, { message: 'expected no more than the greatest', path: ['min'] })
      .nullable()
      .default(null),
    /** When a pre-order ships. */
    releaseAt: z.date().nullable().default(null),
    /** At so many units it counts as low; null: as the shop has it. */
    lowThreshold: z.int().min(0).max(MAX_UNITS).nullable().default(null),
  })
  .refine(({ policy, releaseAt }) => (policy === 'preorder') === (releaseAt !== null), {
    message: 'expected with a pre-order, and only then',
    path: ['releaseAt'],
  })
  .refine(({ policy, leadDays }) => policy === 'backorder' || leadDays === null, {
    message: 'expected with a back-order only',
    path: ['leadDays'],
  });
export type StockPolicy = z.infer<typeof stockPolicy>;

/**
 * Sets how a variant is sold when it is not there. What was sold ahead before stays promised, also when nothing more may be.
 *
 * @throws DomainError `unauthenticated`, `forbidden`, `not_found` for an unknown variant or location
 */
export async function setStockPolicy(ctx: Context, input: StockPolicy): Promise<void> {
  authorise(ctx, 'stock:update');
  try {
    await ctx.transaction(async (tx) => {
      await applyPolicy(tx, input);
      const { variantId, ...after } = input;
      await recordAudit(tx, {
        action: 'stock.policy-set',
        target: { kind: 'variant', id: variantId },
        after,
      });
    });
  } catch (error) {
    throw refusalOf(error);
  }
}

async function applyPolicy(tx: TransactionContext, policy: StockPolicy): Promise<void> {
  const now = tx.clock.now();
  const { variantId, locationId, leadDays } = policy;
  await openLevels(tx, [{ variantId, locationId }]);
  const row = {
    policy: policy.policy,
    location_id: locationId,
    unit_limit: policy.unitLimit,
    lead_min_days: leadDays?.min ?? null,
    lead_max_days: leadDays?.max ?? null,
    release_at: policy.releaseAt,
    low_threshold: policy.lowThreshold,
    updated_at: now,
  };
  await tx.db
    .insertInto('stock_policies')
    .values({ variant_id: variantId, ...row })
    .onConflict((conflict) => conflict.column('variant_id').doUpdateSet(row))
    .execute();
  const before = await lockLevels(tx, variantId);
  const after = before.map((level) => ({ ...level, ...allowanceAt(level, policy) }));
  await sql`
    update stock_levels level
    set allows_backorder = row.allows_backorder, backorder_limit = row.backorder_limit, updated_at = ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(after)}::jsonb)
      as row (location_id uuid, allows_backorder boolean, backorder_limit integer)
    where level.variant_id = ${variantId}::uuid and level.location_id = row.location_id
  `.execute(tx.db);
  const active = (levels: typeof before) => levels.filter((level) => level.is_active);
  const threshold = policy.lowThreshold ?? stockStrategy.lowThreshold;
  await tx.emit(...eventsOf(variantId, active(before), active(after), threshold));
}

async function lockLevels(tx: TransactionContext, variantId: string) {
  const { rows } = await sql<Level & { is_active: boolean }>`
    select level.variant_id, level.location_id, level.on_hand, level.reserved, level.allocated, level.allows_backorder,
      level.backorder_limit, location.is_active
    from stock_levels level join locations location on location.id = level.location_id
    where level.variant_id = ${variantId}::uuid
    order by level.location_id
    for update of level
  `.execute(tx.db);
  return rows;
}

/** What a level may promise ahead. Where more is promised already than may be, that stands, and no more is added. */
function allowanceAt(level: Level, policy: StockPolicy): Pick<Level, 'allows_backorder' | 'backorder_limit'> {
  if (policy.policy !== 'deny' && level.location_id === policy.locationId) {
    return { allows_backorder: true, backorder_limit: policy.unitLimit };
  }
  const isOversold = level.reserved + level.allocated > level.on_hand;
  return { allows_backorder: isOversold, backorder_limit: isOversold ? 0 : null };
}

/**
 * Ends pre-orders whose day has come: from now on only what is there is sold. Each in a transaction of its own.
 *
 * @returns how many
 */
export async function endPreorders(ctx: Context): Promise<number> {
  const due = await ctx.db
    .selectFrom('stock_policies')
    .select('variant_id')
    .where('policy', '=', 'preorder')
    .where('release_at', '<=', ctx.clock.now())
    .orderBy('release_at')
    .limit(1_000)
    .execute();
  let ended = 0;
  for (const row of due) {
    if (await ctx.transaction((tx) => endPreorder(tx, row.variant_id))) ended += 1;
  }
  return ended;
}

/** Looks again inside the lock: its day may have been put off. */
async function endPreorder(tx: TransactionContext, variantId: string): Promise<boolean> {
  const row = await tx.db
    .selectFrom('stock_policies')
    .select(['location_id', 'low_threshold'])
    .where('variant_id', '=', variantId)
    .where('policy', '=', 'preorder')
    .where('release_at', '<=', tx.clock.now())
    .forUpdate()
    .executeTakeFirst();
  if (!row) return false;
  await applyPolicy(tx, {
    variantId,
    policy: 'deny',
    locationId: row.location_id,
    unitLimit: null,
    leadDays: null,
    releaseAt: null,
    lowThreshold: row.low_threshold,
  });
  return true;
}

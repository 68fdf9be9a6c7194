import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { type Context, type DB, remember } from '../kernel/index.ts';
import { type Promotion, promotion } from './model.ts';

const foundCodes = z.array(
  z.object({ id: z.string(), code: z.string(), maxUses: z.int().nullable(), usedCount: z.int() }),
);

/** A row of promotions, with what the asker has of it. */
type FoundPromotion = Pick<
  { [Column in keyof DB['promotions']]: unknown },
  'id' | 'label' | 'status' | 'trigger' | 'priority' | 'base' | 'conditions' | 'action'
> & {
  readonly starts_at: Date | null;
  readonly ends_at: Date | null;
  readonly is_exclusive: boolean;
  readonly stacking_group: string | null;
  readonly max_amounts: unknown;
  readonly max_uses: number | null;
  readonly max_uses_per_customer: number | null;
  readonly used_count: number;
  readonly codes: unknown;
  readonly customer_used: number | null;
  readonly is_held: boolean;
  readonly held_code_id: string | null;
};

/**
 * The promotions that a sale may have: the automatic ones of now, and those of the codes, whatever became of them, so that a refused
 * code can be explained. One statement at most: without codes, automatic promotions that have no limits are remembered for seconds.
 *
 * @param input.codes normalised
 * @param input.customerKeys of `customerKeysOf`, when it is known who asks: then the uses left to them are told; called only where a limit may matter
 * @param input.checkoutId what this checkout holds already counts as left to it
 */
export async function activePromotions(
  ctx: Context,
  input: {
    codes: readonly string[];
    regionId?: string | null;
    customerKeys?: () => readonly string[];
    checkoutId?: string | null;
  },
): Promise<Promotion[]> {
  const found = (input.codes.length === 0 ? await unlimited(ctx) : null) ?? (await findFor(ctx, input));
  return found.filter((one) => one.trigger === 'code' || isIn(one, input.regionId ?? null));
}

async function findFor(ctx: Context, input: Parameters<typeof activePromotions>[1]): Promise<Promotion[]> {
  const customerKeys = input.customerKeys?.() ?? [];
  const { rows } = await find(ctx, { ...input, customerKeys }).execute(ctx.db);
  const isKnown = customerKeys.length > 0;
  return rows.map((row) => promotionOf(row, input.codes, isKnown));
}

/** The automatic promotions, if none has a limit: then they are the same for everybody. How many uses are left is told anew each time. */
function unlimited(ctx: Context): Promise<readonly Promotion[] | null> {
  return remember(ctx, 'automatic-promotions', async () => {
    const { rows } = await find(ctx, { codes: [], customerKeys: [] }).execute(ctx.db);
    const isLimited = rows.some((row) => row.max_uses !== null || row.max_uses_per_customer !== null);
    return isLimited ? null : rows.map((row) => promotionOf(row, [], false));
  });
}

function find(
  ctx: Context,
  input: { codes: readonly string[]; customerKeys: readonly string[]; checkoutId?: string | null },
): RawBuilder<FoundPromotion> {
  const now = ctx.clock.now();
  const codes = [...input.codes];
  return sql<FoundPromotion>`
    with wanted as (
      select id from promotions
      where trigger = 'automatic' and status = 'active'
        and (starts_at is null or starts_at <= ${now}::timestamptz)
        and (ends_at is null or ends_at > ${now}::timestamptz)
      union select promotion_id from promotion_codes where code = any(${codes}::text[])
    )
    select promotion.id, promotion.label, promotion.status, promotion.trigger, promotion.starts_at, promotion.ends_at,
      promotion.priority, promotion.is_exclusive, promotion.stacking_group, promotion.base, promotion.conditions,
      promotion.action, promotion.max_amounts, promotion.max_uses, promotion.max_uses_per_customer, promotion.used_count,
      own.promotion_id is not null as is_held, own.code_id as held_code_id,
      (
        select jsonb_agg(jsonb_build_object(
          'id', code.id, 'code', code.code, 'maxUses', code.max_uses, 'usedCount', code.used_count))
        from promotion_codes code
        where code.promotion_id = promotion.id and code.code = any(${codes}::text[])
      ) as codes,
      (
        select max(uses.used_count) from promotion_customer_uses uses
        where uses.promotion_id = promotion.id and uses.customer_key = any(${[...input.customerKeys]}::text[])
      ) as customer_used
    from wanted join promotions promotion using (id)
    left join (
      select line.promotion_id, line.code_id
      from redemptions redemption join redemption_promotions line using (checkout_id)
      where redemption.checkout_id = ${input.checkoutId ?? null}::uuid and redemption.status = 'held'
    ) own on own.promotion_id = promotion.id
  `;
}

function promotionOf(row: FoundPromotion, asked: readonly string[], isKnown: boolean): Promotion {
  const own = row.is_held ? 1 : 0;
  const codes = foundCodes.parse(row.codes ?? []);
  return promotion.parse({
    id: row.id,
    label: row.label,
    status: row.status,
    trigger: row.trigger,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    stacking: {
      priority: row.priority,
      isExclusive: row.is_exclusive,
      group: row.stacking_group,
      base: row.base,
    },
    conditions: row.conditions,
    action: row.action,
    maxAmounts: row.max_amounts,
    codes: codes
      .sort((a, b) => asked.indexOf(a.code) - asked.indexOf(b.code))
      .map(({ id, code, maxUses, usedCount }) => ({
        code,
        usesLeft: left(maxUses, usedCount - (id === row.held_code_id ? 1 : 0)),
      })),
    usesLeft: left(row.max_uses, row.used_count - own),
    usesLeftForCustomer: isKnown ? left(row.max_uses_per_customer, (row.customer_used ?? 0) - own) : null,
  });
}

/** A limit may have come to stand after uses that it would not have let in. */
function left(max: number | null, used: number): number | null {
  return max === null ? null : Math.min(max, Math.max(0, max - used));
}

/** Leaves out early what is for other regions only. */
function isIn({ conditions }: Promotion, regionId: string | null): boolean {
  if (regionId === null) return true;
  return conditions.every(({ type, ...condition }) =>
    'regionIds' in condition ? condition.regionIds.includes(regionId) : true,
  );
}

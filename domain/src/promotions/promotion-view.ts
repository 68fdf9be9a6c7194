import { sql } from 'kysely';
import { z } from 'zod';
import { type Context, DomainError, type TransactionContext } from '../kernel/index.ts';
import { type PromotionInput, promotionInput, promotionStatus } from './model.ts';

/** A promotion as staff see it. */
export const promotionView = z.object({
  id: z.uuid(),
  ...promotionInput.shape,
  status: promotionStatus,
  /** How many codes it has, and the first three. */
  codeCount: z.int(),
  codes: z.array(z.string()),
  /** Held by checkouts or used by orders. */
  useCount: z.int(),
  /** Grows with every change: tell it when you change it. */
  version: z.int(),
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type PromotionView = z.infer<typeof promotionView>;

/** What staff decided, as columns. */
export function columnsOf(input: PromotionInput) {
  return {
    name: input.name,
    label: input.label,
    trigger: input.trigger,
    starts_at: input.startsAt,
    ends_at: input.endsAt,
    priority: input.stacking.priority,
    is_exclusive: input.stacking.isExclusive,
    stacking_group: input.stacking.group,
    base: input.stacking.base,
    conditions: JSON.stringify(input.conditions),
    action: JSON.stringify(input.action),
    max_amounts: JSON.stringify(input.maxAmounts),
    max_uses: input.maxUses,
    max_uses_per_customer: input.maxUsesPerCustomer,
  };
}

/** The rows of promotions as staff see them; add conditions, order and limit. */
export function selectViews(ctx: Context) {
  return ctx.db
    .selectFrom('promotions as promotion')
    .selectAll('promotion')
    .select((eb) => [
      eb
        .selectFrom('promotion_codes as code')
        .select((count) => count.fn.countAll<number>().as('count'))
        .whereRef('code.promotion_id', '=', 'promotion.id')
        .as('code_count'),
      sql<string[]>`array(
        select code from promotion_codes where promotion_id = promotion.id order by id limit 3
      )`.as('codes'),
      eb
        .selectFrom('redemption_promotions as line')
        .innerJoin('redemptions as redemption', 'redemption.checkout_id', 'line.checkout_id')
        .select((count) => count.fn.countAll<number>().as('count'))
        .whereRef('line.promotion_id', '=', 'promotion.id')
        .where('redemption.status', '<>', 'released')
        .as('use_count'),
    ]);
}

export function viewOf(
  row: Awaited<ReturnType<ReturnType<typeof selectViews>['executeTakeFirstOrThrow']>>,
): PromotionView {
  return promotionView.parse({
    id: row.id,
    name: row.name,
    label: row.label,
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
    maxUses: row.max_uses,
    maxUsesPerCustomer: row.max_uses_per_customer,
    status: row.status,
    codeCount: row.code_count ?? 0,
    codes: row.codes,
    useCount: row.use_count ?? 0,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  });
}

/** One promotion as staff see it. One statement. @throws DomainError `not_found` */
export async function readPromotion(ctx: Context, id: string): Promise<PromotionView> {
  const row = await selectViews(ctx).where('promotion.id', '=', id).executeTakeFirst();
  if (!row) throw new DomainError('not_found', `no promotion ${id}`);
  return viewOf(row);
}

/**
 * Locks a promotion against changes, and against redemptions of it: those under way are waited for, so that what is counted next is all
 * there is. @throws DomainError `not_found`
 */
export async function lockPromotion(tx: TransactionContext, id: string) {
  const row = await tx.db
    .selectFrom('promotions')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new DomainError('not_found', `no promotion ${id}`);
  return row;
}

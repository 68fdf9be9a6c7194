import { z } from 'zod';
import { recordAudit } from '../identity/index.ts';
import { authorise, type Context, DomainError } from '../kernel/index.ts';
import { promotionInput, promotionStatus } from './model.ts';
import { columnsOf, lockPromotion, type PromotionView, readPromotion, viewOf } from './promotion-view.ts';
import { recountUses } from './recount-uses.ts';

export const promotionChange = z.strictObject({
  promotionId: z.uuid(),
  /** As it was read: somebody else's change in between is not overwritten. */
  version: z.int(),
  promotion: promotionInput,
});

/**
 * Changes a promotion for sales to come; it is audited. A new limit counts the uses that there are.
 *
 * @throws DomainError `unauthenticated`, `forbidden`, `not_found`, `conflict` with `{ version }` when it was changed meanwhile,
 *   `limit_reached` with `{ useCount }` when there are more uses than the new limit allows
 */
export async function updatePromotion(
  ctx: Context,
  input: z.infer<typeof promotionChange>,
): Promise<PromotionView> {
  authorise(ctx, 'promotions:manage');
  const { promotionId, version, promotion } = input;
  return ctx.transaction(async (tx) => {
    const row = await lockPromotion(tx, promotionId);
    if (row.version !== version) {
      throw new DomainError('conflict', `promotion ${promotionId} was changed meanwhile`, {
        version: row.version,
      });
    }
    const { maxUses, maxUsesPerCustomer } = promotion;
    const { useCount } = await recountUses(tx, { promotionId, maxUses, maxUsesPerCustomer });
    if (maxUses !== null && useCount > maxUses) {
      throw new DomainError('limit_reached', `promotion ${promotionId} has ${useCount} uses already`, {
        useCount,
      });
    }
    await tx.db
      .updateTable('promotions')
      .set({
        ...columnsOf(promotion),
        used_count: useCount,
        version: version + 1,
        updated_at: tx.clock.now(),
      })
      .where('id', '=', promotionId)
      .execute();
    await recordAudit(tx, {
      action: 'promotion.updated',
      target: { kind: 'promotion', id: promotionId },
      before: promotionInput.parse(decidedIn(viewOf({ ...row, code_count: 0, codes: [], use_count: 0 }))),
      after: promotion,
    });
    return readPromotion(tx, promotionId);
  });
}

/** What staff decide, of all that they see. */
function decidedIn(view: PromotionView): Record<string, unknown> {
  return Object.fromEntries(Object.entries(view).filter(([key]) => key in promotionInput.shape));
}

export const promotionStatusChange = z.strictObject({ promotionId: z.uuid(), status: promotionStatus });

/**
 * Turns a promotion on or off; it is audited. What checkouts hold of it stays theirs. That it is so already is no error.
 *
 * @throws DomainError `unauthenticated`, `forbidden`, `not_found`
 */
export async function setPromotionStatus(
  ctx: Context,
  input: z.infer<typeof promotionStatusChange>,
): Promise<PromotionView> {
  authorise(ctx, 'promotions:manage');
  const { promotionId, status } = input;
  return ctx.transaction(async (tx) => {
    const row = await lockPromotion(tx, promotionId);
    if (row.status !== status) {
      await tx.db
        .updateTable('promotions')
        .set({ status, version: row.version + 1, updated_at: tx.clock.now() })
        .where('id', '=', promotionId)
        .execute();
      await recordAudit(tx, {
        action: 'promotion.status-changed',
        target: { kind: 'promotion', id: promotionId },
        before: { status: row.status },
        after: { status },
      });
    }
    return readPromotion(tx, promotionId);
  });
}

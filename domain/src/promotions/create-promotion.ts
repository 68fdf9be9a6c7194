import { z } from 'zod';
import { recordAudit } from '../identity/index.ts';
import { authorise, type Context } from '../kernel/index.ts';
import { insertCodes } from './insert-codes.ts';
import { codeInput, promotionInput } from './model.ts';
import { columnsOf, type PromotionView, readPromotion } from './promotion-view.ts';

export const newPromotion = z.strictObject({
  promotion: promotionInput,
  /** Each good for as often as the promotion is; `addCodes` makes others. */
  codes: z.array(codeInput).max(1_000).default([]),
  status: z.enum(['active', 'disabled']).default('active'),
  /** The same request twice makes one. */
  requestId: z.uuid().nullable().default(null),
});
export type NewPromotion = z.infer<typeof newPromotion>;

/**
 * Makes a promotion; it is audited.
 *
 * @throws DomainError `unauthenticated`, `forbidden`, `code_taken` with `{ code }`
 */
export async function createPromotion(ctx: Context, input: NewPromotion): Promise<PromotionView> {
  authorise(ctx, 'promotions:manage');
  return ctx.transaction(async (tx) => {
    const now = tx.clock.now();
    const id = tx.ids.next();
    const made = await tx.db
      .insertInto('promotions')
      .values({
        id,
        ...columnsOf(input.promotion),
        status: input.status,
        request_id: input.requestId,
        created_at: now,
        updated_at: now,
      })
      .onConflict((conflict) => conflict.column('request_id').doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!made) {
      const earlier = await tx.db
        .selectFrom('promotions')
        .select('id')
        .where('request_id', '=', input.requestId)
        .executeTakeFirstOrThrow();
      return readPromotion(tx, earlier.id);
    }
    await insertCodes(tx, { promotionId: id, codes: input.codes, maxUses: null });
    await recordAudit(tx, {
      action: 'promotion.created',
      target: { kind: 'promotion', id },
      after: { ...input.promotion, status: input.status, codes: input.codes.length },
    });
    return readPromotion(tx, id);
  });
}

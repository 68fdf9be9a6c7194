import { z } from 'zod';
import { recordAudit } from '../identity/index.ts';
import { authorise, type Context, type TransactionContext } from '../kernel/index.ts';
import { randomSigns } from './codes.ts';
import { insertCodes } from './insert-codes.ts';
import { codeInput } from './model.ts';
import { lockPromotion } from './promotion-view.ts';

const MAX_CODES = 10_000;
/** 50 bits: among ten thousand codes a guess hits once in a hundred billion. */
const RANDOM_SIGNS = 10;

export const codesToAdd = z.strictObject({
  promotionId: z.uuid(),
  codes: z.union([
    z.strictObject({ list: z.array(codeInput).min(1).max(MAX_CODES) }),
    z.strictObject({
      count: z.int().min(1).max(MAX_CODES),
      /** What each begins with, such as `SPRING-`. */
      prefix: z
        .string()
        .regex(/^[A-Za-z0-9-]*$/, 'Letters, digits and - only')
        .max(20)
        .default(''),
    }),
  ]),
  /** How often each is good; null: as often as the promotion. */
  maxUses: z.int().min(1).nullable().default(null),
  /** The same request twice adds them once. */
  requestId: z.uuid(),
});
export type CodesToAdd = z.infer<typeof codesToAdd>;

/**
 * Adds codes to a promotion: given ones, or random ones without look-alikes; all or none. Audited by their number.
 *
 * @returns the codes; for a repeated request those of the first
 * @throws DomainError `unauthenticated`, `forbidden`, `not_found`, `code_taken` with `{ code }`
 */
export async function addCodes(ctx: Context, input: CodesToAdd): Promise<{ codes: string[] }> {
  authorise(ctx, 'promotions:manage');
  return ctx.transaction(async (tx) => {
    await lockPromotion(tx, input.promotionId);
    const earlier = await earlierCodes(tx, input);
    if (earlier) return { codes: earlier };
    const codes = 'list' in input.codes ? [...new Set(input.codes.list)] : randomCodes(input.codes);
    await insertCodes(tx, { promotionId: input.promotionId, codes, maxUses: input.maxUses });
    await tx.db
      .insertInto('promotion_code_requests')
      .values({
        id: input.requestId,
        promotion_id: input.promotionId,
        codes,
        created_at: tx.clock.now(),
      })
      .execute();
    await recordAudit(tx, {
      action: 'promotion.codes-added',
      target: { kind: 'promotion', id: input.promotionId },
      after: { count: codes.length, maxUses: input.maxUses },
    });
    return { codes };
  });
}

async function earlierCodes(tx: TransactionContext, input: CodesToAdd): Promise<string[] | undefined> {
  const request = await tx.db
    .selectFrom('promotion_code_requests')
    .select('codes')
    .where('id', '=', input.requestId)
    .where('promotion_id', '=', input.promotionId)
    .executeTakeFirst();
  return request?.codes;
}

function randomCodes({ count, prefix }: { count: number; prefix: string }): string[] {
  const codes = new Set<string>();
  while (codes.size < count) codes.add(`${prefix.toUpperCase()}${randomSigns(RANDOM_SIGNS)}`);
  return [...codes];
}

import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type AuditedAct, recordAudit } from '../identity/index.ts';
import { authorise, type Context, DomainError, type TransactionContext } from '../kernel/index.ts';

/** The most variants that one change may touch. */
const MAX_LINES = 500;

/** The lines of a change: at most one a variant. */
export function linesOf<Line extends z.ZodType<{ variantId: string }>>(line: Line) {
  return z
    .array(line)
    .min(1)
    .max(MAX_LINES)
    .refine((lines) => new Set(lines.map(({ variantId }) => variantId)).size === lines.length, {
      message: 'a variant is named twice',
    });
}

/** What staff did is written into the ledger under this id: doing it again with the same id changes nothing. */
export const requestId = z.uuid();

/**
 * Changes stock on behalf of staff, once for each request id, in one transaction with its entry in the audit log.
 *
 * @param act what is done, with all that tells one request from another in `after`
 * @throws DomainError `unauthenticated`, `forbidden`, `not_found` for an unknown variant or location, `conflict` with
 *   `{ reason: 'promised' }` when units are promised to buyers that would be gone, with `{ reason: 'not_there' }` when there are not so
 *   many, with `{ reason: 'other_request' }` when the id was used for something else
 */
export async function changeOnce(
  ctx: Context,
  request: { id: string; act: AuditedAct },
  work: (tx: TransactionContext) => Promise<void>,
): Promise<void> {
  authorise(ctx, 'stock:update');
  try {
    await ctx.transaction(async (tx) => {
      if (!(await isNew(tx, request))) return;
      await work(tx);
      await recordAudit(tx, request.act);
    });
  } catch (error) {
    throw refusalOf(error);
  }
}

async function isNew(tx: TransactionContext, request: { id: string; act: AuditedAct }): Promise<boolean> {
  const fingerprint = createHash('sha256').update(JSON.stringify(request.act)).digest('base64url');
  const inserted = await tx.db
    .insertInto('stock_requests')
    .values({ id: request.id, fingerprint, created_at: tx.clock.now() })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (inserted) return true;
  const earlier = await tx.db
    .selectFrom('stock_requests')
    .select('fingerprint')
    .where('id', '=', request.id)
    .executeTakeFirst();
  if (earlier?.fingerprint === fingerprint) return false;
  throw new DomainError('conflict', `request ${request.id} was for something else`, {
    reason: 'other_request',
  });
}

const constraintViolation = z.object({ code: z.enum(['23503', '23514']), constraint: z.string() });

/** What the database refused, in the words of the domain. */
export function refusalOf(error: unknown): unknown {
  const violation = constraintViolation.safeParse(error);
  if (!violation.success) return error;
  const { code, constraint } = violation.data;
  const options = { cause: error };
  if (code === '23503') {
    return new DomainError('not_found', 'there is no such variant or location', {}, options);
  }
  if (constraint === 'stock_levels_not_oversold') {
    return new DomainError('conflict', 'these units are promised', { reason: 'promised' }, options);
  }
  if (constraint === 'stock_levels_on_hand_check') {
    return new DomainError('conflict', 'there are not so many units', { reason: 'not_there' }, options);
  }
  return error;
}

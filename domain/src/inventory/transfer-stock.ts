import { z } from 'zod';
import type { Context } from '../kernel/index.ts';
import { MAX_UNITS } from './model.ts';
import { movesOf, moveUnits, openLevels } from './move-units.ts';
import { changeOnce, linesOf, requestId } from './staff-change.ts';

export const stockTransfer = z
  .strictObject({
    requestId,
    fromId: z.uuid(),
    toId: z.uuid(),
    lines: linesOf(z.strictObject({ variantId: z.uuid(), quantity: z.int().min(1).max(MAX_UNITS) })),
    reason: z.string().trim().min(1).max(200).nullable().default(null),
  })
  .refine(({ fromId, toId }) => fromId !== toId, { message: 'expected another location', path: ['toId'] });

/**
 * Takes units from one location to another, at once: what is on its way is at neither, so tell of it when it has come. Units that are
 * promised stay where they are promised from.
 *
 * @throws DomainError as `changeOnce`
 */
export async function transferStock(ctx: Context, input: z.infer<typeof stockTransfer>): Promise<void> {
  const { fromId, toId, lines, reason } = input;
  const act = {
    action: 'stock.transferred',
    target: { kind: 'location', id: fromId },
    after: { toId, lines, reason },
  };
  await changeOnce(ctx, { id: input.requestId, act }, async (tx) => {
    const moves = lines.flatMap(({ variantId, quantity }) => [
      { variantId, locationId: fromId, onHandDelta: -quantity },
      { variantId, locationId: toId, onHandDelta: quantity },
    ]);
    await openLevels(tx, moves);
    await moveUnits(tx, movesOf(moves), {
      kind: 'transfer',
      referenceId: input.requestId,
      ...(reason === null ? {} : { reason }),
    });
  });
}

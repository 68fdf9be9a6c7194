import { z } from 'zod';
import type { Context } from '../kernel/index.ts';
import { MAX_UNITS } from './model.ts';
import { movesOf, moveUnits, openLevels } from './move-units.ts';
import { changeOnce, linesOf, requestId } from './staff-change.ts';

export const stockAdjustment = z.strictObject({
  requestId,
  locationId: z.uuid(),
  lines: linesOf(
    z.strictObject({
      variantId: z.uuid(),
      /** Units found (above zero) or lost (below). */
      delta: z
        .int()
        .min(-MAX_UNITS)
        .max(MAX_UNITS)
        .refine((delta) => delta !== 0, { message: 'expected a difference' }),
    }),
  ),
  /** Such as `damaged`, `stolen`, `found`: whoever reads the ledger wants to know. */
  reason: z.string().trim().min(1).max(200),
});

/**
 * Sets right what was found or lost at a location, with the reason. What is promised to buyers cannot be lost: cancel their orders first.
 *
 * @throws DomainError as `changeOnce`
 */
export async function adjustStock(ctx: Context, input: z.infer<typeof stockAdjustment>): Promise<void> {
  const { locationId, lines, reason } = input;
  const act = {
    action: 'stock.adjusted',
    target: { kind: 'location', id: locationId },
    after: { lines, reason },
  };
  await changeOnce(ctx, { id: input.requestId, act }, async (tx) => {
    const moves = lines.map(({ variantId, delta }) => ({ variantId, locationId, onHandDelta: delta }));
    await openLevels(tx, moves);
    await moveUnits(tx, movesOf(moves), { kind: 'adjust', referenceId: input.requestId, reason });
  });
}

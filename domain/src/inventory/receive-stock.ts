import { z } from 'zod';
import type { Context } from '../kernel/index.ts';
import { MAX_UNITS } from './model.ts';
import { movesOf, moveUnits, openLevels } from './move-units.ts';
import { changeOnce, linesOf, requestId } from './staff-change.ts';

export const stockReceipt = z.strictObject({
  requestId,
  locationId: z.uuid(),
  lines: linesOf(z.strictObject({ variantId: z.uuid(), quantity: z.int().min(1).max(MAX_UNITS) })),
  /** Such as the number of the delivery note. */
  reason: z.string().trim().min(1).max(200).nullable().default(null),
});

/**
 * Takes in units that have come to a location. Those who wait for them get them first, the oldest order first.
 *
 * @throws DomainError as `changeOnce`
 */
export async function receiveStock(ctx: Context, input: z.infer<typeof stockReceipt>): Promise<void> {
  const { locationId, lines, reason } = input;
  const act = {
    action: 'stock.received',
    target: { kind: 'location', id: locationId },
    after: { lines, reason },
  };
  await changeOnce(ctx, { id: input.requestId, act }, async (tx) => {
    const moves = lines.map(({ variantId, quantity }) => ({ variantId, locationId, onHandDelta: quantity }));
    await openLevels(tx, moves);
    await moveUnits(tx, movesOf(moves), {
      kind: 'receive',
      referenceId: input.requestId,
      ...(reason === null ? {} : { reason }),
    });
  });
}

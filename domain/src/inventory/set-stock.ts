import { authorise, type TransactionContext } from '../kernel/index.ts';
import { MAIN_LOCATION_ID } from './model.ts';
import { movesOf, moveUnits, openLevels } from './move-units.ts';

/**
 * Sets the counted units on hand of variants at a location, with a movement in the ledger for each difference. A count below what is
 * already promised to buyers is refused by the database (constraint `stock_levels_not_oversold`). Two statements, or a few more when
 * that makes a difference to others.
 *
 * @param rows at most one a variant
 */
export async function setStock(
  tx: TransactionContext,
  rows: readonly { variantId: string; onHand: number }[],
  locationId: string = MAIN_LOCATION_ID,
): Promise<void> {
  authorise(tx, 'stock:update');
  if (rows.length === 0) return;
  const counts = rows.map(({ variantId, onHand }) => ({ variantId, locationId, onHandTo: onHand }));
  await openLevels(tx, counts);
  await moveUnits(tx, movesOf(counts), { kind: 'count' });
}

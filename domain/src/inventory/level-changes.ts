import type { TransactionContext } from '../kernel/index.ts';
import { availabilityChanged } from './events.ts';

/** What a statement did to the units of a variant that can be sold. */
export interface LevelChange {
  readonly variant_id: string;
  readonly available: number;
  readonly previous: number;
}

/** Tells of variants that sold out or are back; other changes concern nobody. */
export async function tellAvailability(
  tx: TransactionContext,
  changes: readonly LevelChange[],
): Promise<void> {
  await tx.emit(
    ...changes
      .filter((change) => change.available > 0 !== change.previous > 0)
      .map((change) => availabilityChanged(change.variant_id, { isAvailable: change.available > 0 })),
  );
}

import { fewestLocations } from './fewest-locations.ts';
import type { AllocationStrategy } from './model.ts';

/** What shops do differently with their stock. */
export interface StockStrategy {
  /** Chooses the locations that a sale is sent from. */
  readonly allocate: AllocationStrategy;
  /** At so many units a variant counts as low, unless it has a threshold of its own. */
  readonly lowThreshold: number;
}

export const stockStrategy: StockStrategy = { allocate: fewestLocations, lowThreshold: 5 };

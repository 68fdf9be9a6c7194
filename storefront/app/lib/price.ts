import type { Money } from './bff-types.ts';

/**
 * How much a price is reduced, in whole percent, never more than it is: 0 when it is not, or by less than one.
 *
 * @param before of the same currency
 */
export function percentOff(price: Money, before: Money | null): number {
  if (before === null || before.currency !== price.currency || before.amount <= price.amount) return 0;
  return Math.floor(((before.amount - price.amount) * 100) / before.amount);
}

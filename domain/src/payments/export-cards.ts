import { z } from 'zod';
import type { Context } from '../kernel/index.ts';
import { savedCards } from './saved-cards.ts';

/** A saved card in somebody's copy of their data: what is known of it here. */
export const exportedCard = z.object({
  brand: z.string(),
  last4: z.string(),
  expiryMonth: z.int(),
  expiryYear: z.int(),
  isDefault: z.boolean(),
});

/**
 * The saved cards of who is logged in, for their copy of what is kept of them. Asks the provider: not to be called in a transaction.
 *
 * @throws DomainError `unauthenticated`, `unavailable`
 */
export async function exportCards(ctx: Context): Promise<z.infer<typeof exportedCard>[]> {
  return (await savedCards(ctx)).map(({ brand, last4, expiryMonth, expiryYear, isDefault }) => ({
    brand,
    last4,
    expiryMonth,
    expiryYear,
    isDefault,
  }));
}

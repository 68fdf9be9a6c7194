import type { TestDomain } from '@souk/domain/testing';
import { readProviderBooks } from '../chaos/checker/provider-books.ts';

/** What the provider has taken for the checkouts of some carts. */
export async function chargesOf(
  shop: TestDomain,
  cartIds: readonly string[],
): Promise<{ count: number; taken: number }> {
  const checkouts = await shop.ctx.db
    .selectFrom('checkouts')
    .select('id')
    .where('cart_id', 'in', [...cartIds])
    .execute();
  const ids = new Set(checkouts.map(({ id }) => id));
  const intents = await readProviderBooks(shop.ctx.services.stripe);
  const ours = intents.filter(({ checkoutId }) => checkoutId !== null && ids.has(checkoutId));
  return {
    count: ours.reduce((sum, { charges }) => sum + charges, 0),
    taken: ours.reduce((sum, { captured, refunded }) => sum + captured - refunded, 0),
  };
}

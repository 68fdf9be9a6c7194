import type { TransactionContext } from '../kernel/index.ts';
import { dropMailsByKey } from '../mail/index.ts';
import { customerKeysOf } from './customer-key.ts';
import { giftCardMailKey } from './issue-gift-card.ts';

/**
 * Takes from the books of promotions and gift cards what tells who it was, as part of erasing somebody: sums, uses and ledgers stay.
 * Repeating it changes nothing. Five statements at most.
 *
 * @param input.email what it was; null when it is not known any more
 * @param input.checkoutIds those that their orders were placed from
 */
export async function forgetRedeemer(
  tx: TransactionContext,
  input: { userId: string; email: string | null; checkoutIds: readonly string[] },
): Promise<void> {
  const keys = customerKeysOf(tx, input);
  if (input.checkoutIds.length > 0) {
    await tx.db
      .updateTable('redemptions')
      .set({ customer_keys: [] })
      .where('checkout_id', 'in', input.checkoutIds)
      .execute();
  }
  await tx.db.deleteFrom('promotion_customer_uses').where('customer_key', 'in', keys).execute();
  const cards = await tx.db
    .updateTable('gift_cards')
    .set({ recipient_key: null })
    .where('recipient_key', 'in', keys)
    .returning('id')
    .execute();
  await dropMailsByKey(
    tx,
    cards.map(({ id }) => giftCardMailKey(id)),
  );
}

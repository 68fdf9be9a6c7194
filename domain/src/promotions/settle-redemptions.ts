import { sql } from 'kysely';
import type { TransactionContext } from '../kernel/index.ts';
import { moveGiftCards } from './gift-card-moves.ts';
import { discountUses, holdLimits } from './limits.ts';

/**
 * Makes what a checkout holds used by its order, in the transaction that places it. Once: again, or with nothing held, it does nothing.
 * Two statements at most.
 */
export async function useRedemptions(
  tx: TransactionContext,
  input: { checkoutId: string; orderId: string },
): Promise<void> {
  const { checkoutId, orderId } = input;
  const { rows } = await sql<{ has_cards: boolean }>`
    update redemptions set status = 'used', order_id = ${orderId}::uuid, updated_at = ${tx.clock.now()}::timestamptz
    where checkout_id = ${checkoutId}::uuid and status = 'held'
    returning exists (
      select from redemption_gift_cards card where card.checkout_id = redemptions.checkout_id
    ) as has_cards
  `.execute(tx.db);
  if (rows[0]?.has_cards) await moveGiftCards(tx, { checkoutId, orderId, kind: 'redeem' });
}

/**
 * Gives back what a checkout holds, or what its cancelled order has used: uses and money. Once: again it does nothing. Money that comes
 * back to a card which has expired meanwhile is good for 90 days more.
 */
export async function releaseRedemptions(
  tx: TransactionContext,
  input: { checkoutId: string },
): Promise<void> {
  const { checkoutId } = input;
  const standing = await tx.db
    .selectFrom('redemptions')
    .select('status')
    .where('checkout_id', '=', checkoutId)
    .where('status', 'in', ['held', 'used'])
    .forUpdate()
    .executeTakeFirst();
  if (!standing) return;
  await giveBack(tx, checkoutId);
  await tx.db
    .updateTable('redemptions')
    .set({ status: 'released', customer_keys: [], updated_at: tx.clock.now() })
    .where('checkout_id', '=', checkoutId)
    .execute();
}

/** Gives back uses and money of a redemption that the caller has locked. */
export async function giveBack(tx: TransactionContext, checkoutId: string): Promise<void> {
  const { status, customer_keys, order_id } = await tx.db
    .selectFrom('redemptions')
    .select(['status', 'customer_keys', 'order_id'])
    .where('checkout_id', '=', checkoutId)
    .executeTakeFirstOrThrow();
  await discountUses(tx, await holdLimits(tx, checkoutId), customer_keys);
  await moveGiftCards(tx, {
    checkoutId,
    orderId: order_id,
    kind: status === 'used' ? 'return' : 'release',
  });
}

import { sql } from 'kysely';
import { releaseReservation } from '../inventory/index.ts';
import { DomainError, type TransactionContext } from '../kernel/index.ts';
import { abandonHostedPayment, abandonIntent, dropWebhookPayloads } from '../payments/index.ts';

/**
 * Takes from checkouts what tells who it was. Those that are not placed are called off: what they hold is given back, and no order
 * can come of them any more. Repeating it changes nothing.
 *
 * @param input.userId whose checkouts
 * @param input.email their address, lower-cased, for those they began as a guest; null when it is not known any more
 * @param input.checkoutIds others, which their orders were placed from
 * @throws DomainError `conflict` with `{ reason: 'order_under_way' }` while one is being placed: within a minute it is decided
 */
export async function anonymiseCheckouts(
  tx: TransactionContext,
  input: { userId: string; email: string | null; checkoutIds: readonly string[] },
): Promise<void> {
  const rows = await tx.db
    .selectFrom('checkouts')
    .select(['id', 'status', 'reservation_id', 'payment_intent_id', 'payment_session_id'])
    .where((eb) =>
      eb.or([
        eb('user_id', '=', input.userId),
        ...(input.email === null ? [] : [sql<boolean>`lower(email) = ${input.email}`]),
        ...(input.checkoutIds.length > 0 ? [eb('id', 'in', [...input.checkoutIds])] : []),
      ]),
    )
    .orderBy('id')
    .forUpdate()
    .execute();
  if (rows.length === 0) return;
  if (rows.some((row) => row.status === 'placing')) {
    throw new DomainError('conflict', 'an order is being placed', { reason: 'order_under_way' });
  }
  const open = rows.filter((row) => row.status === 'open');
  for (const row of open) {
    if (row.reservation_id !== null) await releaseReservation(tx, row.reservation_id);
    if (row.payment_intent_id !== null) await abandonIntent(tx, row.payment_intent_id);
    if (row.payment_session_id !== null) await abandonHostedPayment(tx, row.payment_session_id);
  }
  const now = tx.clock.now();
  const ids = rows.map((row) => row.id);
  await tx.db
    .updateTable('checkouts')
    .set({
      email: null,
      shipping_address: null,
      billing_address: null,
      payment_card: null,
      vat_id: null,
      note: '',
      gift_message: '',
      payment_choice: null,
      user_id: null,
      updated_at: now,
    })
    .where('id', 'in', ids)
    .execute();
  if (open.length > 0) {
    await tx.db
      .updateTable('checkouts')
      .set({
        status: 'cancelled',
        frozen: null,
        payment_intent_id: null,
        payment_session_id: null,
        updated_at: now,
      })
      .where(
        'id',
        'in',
        open.map((row) => row.id),
      )
      .execute();
  }
  await dropWebhookPayloads(tx, { checkoutIds: ids });
}

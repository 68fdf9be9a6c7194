import { sql } from 'kysely';
import type { TransactionContext } from '../kernel/index.ts';
import { withoutPerson } from './apply-order-event.ts';
import type { OrderEvent } from './history.ts';
import { changeOrder, readHistory } from './order-store.ts';

/**
 * Takes from the orders of a customer what tells who it was: e-mail address, names, streets, towns, postcodes, phones, notes. Lines and
 * sums stay, and so do country and region, which taxes were reckoned by. It is emptied in their histories too, so that what these add up
 * to does not know it either. Repeating it changes nothing.
 *
 * @returns the orders, and the checkouts that they were placed from
 */
export async function anonymiseOrders(
  tx: TransactionContext,
  input: { userId: string },
): Promise<{ orderIds: string[]; checkoutIds: string[] }> {
  const rows = await tx.db
    .selectFrom('orders')
    .select(['id', 'checkout_id'])
    .where('user_id', '=', input.userId)
    .orderBy('id')
    .forUpdate()
    .execute();
  for (const { id } of rows) {
    await changeOrder(tx, id, () => [{ type: 'ORDER_ANONYMISED', data: {} }]);
    await emptyHistory(tx, id);
  }
  return { orderIds: rows.map((row) => row.id), checkoutIds: rows.map((row) => row.checkout_id) };
}

/** Rewrites the entries that tell of a person: the one change of a history that the database lets pass, and only here. */
async function emptyHistory(tx: TransactionContext, orderId: string): Promise<void> {
  const telling = (await readHistory(tx, orderId)).flatMap((event) => {
    const data = emptied(event);
    return data === null ? [] : [{ version: event.version, data }];
  });
  await sql`select set_config('souk.forgets_person', 'on', true)`.execute(tx.db);
  await sql`
    update order_events event set data = emptied.data
    from jsonb_to_recordset(${JSON.stringify(telling)}::jsonb) as emptied (version integer, data jsonb)
    where event.order_id = ${orderId}::uuid and event.version = emptied.version
  `.execute(tx.db);
  await sql`select set_config('souk.forgets_person', 'off', true)`.execute(tx.db);
}

function emptied(event: OrderEvent): OrderEvent['data'] | null {
  switch (event.type) {
    case 'ORDER_CREATED':
      return withoutPerson(event.data);
    case 'PAYMENT_RECEIVED':
      return { ...event.data, reference: '' };
    case 'ORDER_ATTACHED':
      return { userId: null };
    default:
      return null;
  }
}

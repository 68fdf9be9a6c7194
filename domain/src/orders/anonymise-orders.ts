import { sql } from 'kysely';
import type { TransactionContext } from '../kernel/index.ts';

/**
 * Takes from the orders of a customer what tells who it was: e-mail address, names, streets, towns, postcodes, phones. Lines and
 * sums stay, and so do country and region, which taxes were reckoned by. One statement; repeating it changes nothing.
 *
 * @returns the orders, and the checkouts that they were placed from
 */
export async function anonymiseOrders(
  tx: TransactionContext,
  input: { userId: string },
): Promise<{ orderIds: string[]; checkoutIds: string[] }> {
  const rows = await tx.db
    .updateTable('orders')
    .set({
      email: '',
      shipping_address: withoutPerson('shipping_address'),
      billing_address: withoutPerson('billing_address'),
      user_id: null,
      updated_at: tx.clock.now(),
    })
    .where('user_id', '=', input.userId)
    .returning(['id', 'checkout_id'])
    .execute();
  return { orderIds: rows.map((row) => row.id), checkoutIds: rows.map((row) => row.checkout_id) };
}

function withoutPerson(column: 'shipping_address' | 'billing_address') {
  const address = sql.ref(column);
  return sql<string>`jsonb_build_object(
    'fullName', '', 'line1', '', 'line2', '', 'city', '', 'postcode', '', 'phone', '',
    'region', coalesce(${address}->>'region', ''), 'country', ${address}->>'country'
  )`;
}

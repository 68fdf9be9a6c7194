import { z } from 'zod';
import { forgetCartsOf, reminderMailKey } from '../cart/index.ts';
import { anonymiseCheckouts } from '../checkout/index.ts';
import { eraseUser } from '../identity/index.ts';
import { defineJob, type ModuleJobs, type TransactionContext } from '../kernel/index.ts';
import { dropMailsByKey, dropMailsOf } from '../mail/index.ts';
import { dropStockAlertsOf, orderMailKeys } from '../notifications/index.ts';
import { anonymiseOrders } from '../orders/index.ts';
import { forgetPaymentCustomer } from '../payments/index.ts';
import { leaveAllGroups } from '../pricing/index.ts';
import { forgetRedeemer } from '../promotions/index.ts';

/**
 * Takes away all that is kept of a user beside the account itself. Repeating it changes nothing.
 *
 * @param input.email what it was; null when it is not known any more
 * @throws DomainError `conflict` with `{ reason: 'order_under_way' }`
 */
export async function eraseRemains(
  tx: TransactionContext,
  input: { userId: string; email: string | null },
): Promise<void> {
  const { userId, email } = input;
  const { orderIds, checkoutIds } = await anonymiseOrders(tx, { userId });
  await anonymiseCheckouts(tx, { userId, email, checkoutIds });
  const { cartIds } = await forgetCartsOf(tx, { userId, email });
  await forgetPaymentCustomer(tx, { userId });
  await dropMailsOf(tx, userId);
  // they are not tied to an account, as guests have none
  await dropMailsByKey(tx, [...orderIds.flatMap(orderMailKeys), ...cartIds.map(reminderMailKey)]);
  await leaveAllGroups(tx, userId);
  await forgetRedeemer(tx, { userId, email, checkoutIds });
  await dropStockAlertsOf(tx, { userId, email });
  await tx.db.deleteFrom('wishlists').where('user_id', '=', userId).execute();
  await tx.db.deleteFrom('recently_viewed').where('user_id', '=', userId).execute();
  await tx.db.deleteFrom('customers').where('user_id', '=', userId).execute();
  await tx.db.deleteFrom('addresses').where('user_id', '=', userId).execute();
}

/**
 * Looks a while later for what requests left behind that were under way when somebody was erased: they were let in before their
 * session ended.
 */
export const eraseAgainJob = defineJob({
  name: 'customers.erase-again',
  payload: z.object({ userId: z.uuid() }),
  async handle(ctx, { userId }) {
    await ctx.transaction(async (tx) => {
      await eraseUser(tx, { userId });
      await eraseRemains(tx, { userId, email: null });
    });
  },
});

export const erasureJobs: ModuleJobs = { jobs: [eraseAgainJob] };
